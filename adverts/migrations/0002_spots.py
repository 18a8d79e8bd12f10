"""The places our pages have."""

from django.db import migrations

KEYS = ["header", "front", "beside", "midway", "after"]


def make(apps, schema_editor):
    for key in KEYS:
        apps.get_model("adverts", "Spot").objects.get_or_create(key=key)


class Migration(migrations.Migration):
    dependencies = [("adverts", "0001_initial")]
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop)
    ]  # 0001 backwards takes the rows along

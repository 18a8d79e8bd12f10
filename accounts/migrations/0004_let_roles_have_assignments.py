"""The three groups once more, with what they may do with assignments."""

from django.db import migrations

from accounts.roles import grant


def make(apps, schema_editor):
    grant(apps)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_add_notifications"), ("articles", "0002_add_assignments")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]

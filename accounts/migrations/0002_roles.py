"""The three groups with the permissions that `accounts.roles.ROLES` lists."""

from django.db import migrations

from accounts.roles import ROLES, grant


def make(apps, schema_editor):
    grant(apps)


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("adverts", "0001_initial"),
        ("audience", "0001_initial"),
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("images", "0001_initial"),
        ("masthead", "0001_initial"),
    ]
    operations = [migrations.RunPython(make, remove)]

"""Editors keep the story templates, journalists use them."""

from django.db import migrations

from accounts.roles import grant


def give(apps, schema_editor):
    grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        ("articles", "0002_story_templates_and_follow_ups"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]

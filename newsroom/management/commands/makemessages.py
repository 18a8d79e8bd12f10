"""Django's makemessages, which also finds strings marked under the other names we import gettext by."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=later",
        "--keyword=say",
        "--keyword=_now",
    ]

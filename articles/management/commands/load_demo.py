"""Load the demo paper into an empty database."""

import os
import secrets

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from articles.demo.load import Loader


class Command(BaseCommand):
    help = "Loads the demo paper: stories, pictures and three accounts. Only into an empty database."

    def handle(self, **options):
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        loader = Loader(password)
        try:
            loader.load()
        except ValueError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used. Prepare it first: manage.py migrate ({str(error).strip()})"
            ) from error
        if options["verbosity"]:
            self.stdout.write(
                f"{len(loader.articles)} stories. Sign in as {', '.join(loader.users)}: {password}"
            )

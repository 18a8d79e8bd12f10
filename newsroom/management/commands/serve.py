"""Serve the newspaper from this folder: what `make run` calls."""

import hashlib
import os
import signal
import subprocess
import sys
from contextlib import suppress

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from masthead.models import Masthead

DEMO_ACCOUNTS = ["journalist", "editor", "administrator"]


class Command(BaseCommand):
    help = "Migrates, loads the demo paper into an empty database, then starts the web and the background process."

    def handle(self, **options):
        self.migrate()
        self.collect()
        if not Masthead.objects.exists():
            self.tell("Loading the demo paper: its stories, and pictures drawn on the spot …")
            call_command("load_demo", verbosity=0)
        self.announce()
        self.run()

    def tell(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    def migrate(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.tell("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)

    def collect(self):
        """Collect and compress the static files, unless they are as they were."""
        if settings.DEBUG:
            return
        seen = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list(None):
                seen.update(f"{path} {os.path.getmtime(storage.path(path))}\n".encode())
        stamp = settings.STATIC_ROOT / ".collected"
        if stamp.exists() and stamp.read_text() == seen.hexdigest():
            return
        self.tell("Collecting the static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(seen.hexdigest())

    def announce(self):
        people = get_user_model().objects.filter(username__in=DEMO_ACCOUNTS, is_active=True)
        demo = people.count() == len(DEMO_ACCOUNTS)  # a real paper may well have an "administrator"
        self.tell(f"\n  The newspaper   {settings.SITE_URL}/\n  The desk        {settings.SITE_URL}/admin/")
        if demo and os.environ.get("DEMO_PASSWORD"):
            self.tell(
                f"  Sign in as      {', '.join(DEMO_ACCOUNTS)}\n  Password        {os.environ['DEMO_PASSWORD']}"
            )
        self.tell("\n  Ctrl+C stops it.\n")

    def run(self):
        """Run both processes until one ends or a signal comes; then stop the other too."""
        port = settings.SITE_URL.rsplit(":", 1)[-1] if settings.SITE_URL.count(":") == 2 else "8000"
        port = os.environ.get("PORT") or port
        if settings.DEBUG:
            web = [sys.executable, "manage.py", "runserver", port]
        else:
            web = [
                sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{port}",
                "--workers", "2", "--limit-request-line", "8190", "--no-control-socket", "--log-level", "warning",
            ]  # fmt: skip
        work = ["nice", sys.executable, "manage.py", "work"]  # readers come first
        processes = [subprocess.Popen(command, cwd=settings.BASE_DIR) for command in (web, work)]  # noqa: S603 - fixed words

        def stop(*_signal):
            for process in processes:
                process.terminate()

        signal.signal(signal.SIGTERM, stop)
        with suppress(KeyboardInterrupt, ChildProcessError):
            os.waitpid(-1, 0)
        stop()
        for process in processes:
            process.wait()

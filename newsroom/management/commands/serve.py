"""Serve the newspaper from this folder: what `make run` calls."""

import ctypes
import errno
import hashlib
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from masthead.models import Masthead

DEMO_ACCOUNTS = ["journalist", "editor", "administrator"]


def end_with_terminal():
    """Have this process told when its terminal closes.

    The kernel tells only the session's leader, which may be make, and make waits for its child.
    """
    # Not to this thread: the main one sits in waitpid, and only what it gets itself wakes it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    terminal = select.poll()
    terminal.register(0, 0)  # a hang-up is always told, but does not wake who waits for nothing else
    while not (told := terminal.poll(1000)):
        pass
    if told[0][1] & select.POLLHUP:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGHUP)


def end_with_parent():
    """On Linux, have this process told to end when its parent is killed: prctl(2), PR_SET_PDEATHSIG."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Command(BaseCommand):
    help = "Migrates, loads the demo paper into an empty database, then starts the web and the background process."

    def handle(self, **options):
        self.try_port()
        self.migrate()
        self.collect()
        if not Masthead.objects.exists():
            self.tell("Loading the demo paper: its stories, and pictures drawn on the spot …")
            os.environ["DEMO_PASSWORD"] = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
            call_command("load_demo", verbosity=0)
        self.announce()
        self.run()

    def tell(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    def try_port(self):
        """Raises CommandError if nothing can be served on the port."""
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", settings.PORT))
                listener.listen()
            except OSError as error:
                taken = error.errno == errno.EADDRINUSE
                told = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
                raise CommandError(
                    f"Port {settings.PORT} {told}. Choose another: PORT=8123 make run"
                ) from error

    def migrate(self):
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError as error:
            raise CommandError(f"The database of DATABASE_URL cannot be read: {error}") from error
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
        demo = len(people) == len(DEMO_ACCOUNTS)  # a real paper may well have an "administrator"
        password = os.environ.get("DEMO_PASSWORD")
        self.tell(f"\n  The newspaper   {settings.SITE_URL}/\n  The desk        {settings.SITE_URL}/admin/")
        here = f"127.0.0.1:{settings.PORT}"
        if urlsplit(settings.SITE_URL).netloc not in (here, f"localhost:{settings.PORT}"):
            self.tell(f"  Listening on    {here}")
        if demo and password:
            holds = all(person.check_password(password) for person in people)
            told = password if holds else "not DEMO_PASSWORD: these accounts have another"
            self.tell(f"  Sign in as      {', '.join(DEMO_ACCOUNTS)}\n  Password        {told}")
        self.tell("\n  Ctrl+C stops it.\n")

    def run(self):
        """Run both processes until a signal comes. Raises CommandError if one ends by itself; stops the other."""
        if settings.DEBUG:
            web = [sys.executable, "manage.py", "runserver", str(settings.PORT)]
        else:
            web = [
                sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{settings.PORT}",
                "--workers", "2", "--limit-request-line", "8190", "--no-control-socket", "--log-level", "warning",
            ]  # fmt: skip
        work = ["nice", sys.executable, "manage.py", "work"]  # readers come first
        processes, stopping = [], False
        terminal = os.isatty(0)  # asked now: one that has closed meanwhile is none

        def stop(*_signal):
            nonlocal stopping
            stopping = True
            for process in processes:
                process.terminate()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, stop)
        for command in (web, work):
            # A group of their own: the terminal's signals come here only, for gunicorn would reload at SIGHUP.
            processes.append(
                subprocess.Popen(  # noqa: S603 - fixed words
                    command, cwd=settings.BASE_DIR, process_group=0, preexec_fn=end_with_parent
                )
            )
        if stopping:  # at a signal that came before both were there
            stop()
        if terminal and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            threading.Thread(target=end_with_terminal, daemon=True).start()
        ended, _status = os.waitpid(-1, 0)
        by_itself = not stopping
        if by_itself:  # told twice, the worker would break off its task
            stop()
        for process in processes:
            process.wait()
        if by_itself:
            name = "web" if ended == processes[0].pid else "background"
            raise CommandError(f"The {name} process ended; what it wrote above says why.")

"""What `make run` says before it serves, and how it ends."""

import os
import pty
import signal
import socket
import subprocess
import sys
from io import StringIO
from unittest.mock import patch

from django.conf import settings
from django.core.management import CommandError
from django.test import SimpleTestCase, TestCase, override_settings

from newsroom.management.commands.serve import Command
from tests.factories import make_user


@patch.dict(os.environ, {"DEMO_PASSWORD": "sept-bacs-2"})
class AnnounceTests(TestCase):
    def announced(self):
        out = StringIO()
        Command(stdout=out).announce()
        return out.getvalue()

    def make_demo_accounts(self, **passwords):
        for role in ("journalist", "editor", "administrator"):
            user = make_user(role, username=role)
            user.set_password(passwords.get(role, "sept-bacs-2"))
            user.save()

    def test_the_demo_accounts_are_named_with_their_password(self):
        self.make_demo_accounts()
        self.assertIn("Password        sept-bacs-2\n", self.announced())

    def test_a_password_that_does_not_hold_is_not_told(self):
        self.make_demo_accounts(editor="another-one")
        said = self.announced()
        self.assertNotIn("sept-bacs-2", said)
        self.assertIn("not DEMO_PASSWORD", said)

    def test_a_real_papers_administrator_is_no_demo_account(self):
        make_user("administrator", username="administrator")
        self.assertNotIn("Sign in", self.announced())

    @override_settings(SITE_URL="https://paper.example", PORT=8123)
    def test_where_it_listens_is_told_if_the_papers_address_is_another(self):
        self.assertIn("127.0.0.1:8123", self.announced())


class PortTests(SimpleTestCase):
    def test_a_port_that_is_taken_is_told_before_anything_is_done(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with (
                override_settings(PORT=port),
                patch.object(Command, "migrate") as migrate,
                self.assertRaisesMessage(CommandError, f"Port {port} is taken by another program."),
            ):
                Command().handle()
        migrate.assert_not_called()


# The command with two processes that only wait, or of which the first ends at once.
RUN = """
import os, signal, subprocess, sys, django
from unittest.mock import patch
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()
from newsroom.management.commands import serve

start, commands = subprocess.Popen, [["sleep", word] for word in sys.argv[1:]]

def started(_command, **options):
    process = start(commands.pop(0), **options)
    print(process.pid, flush=True)
    return process

with patch.object(serve.subprocess, "Popen", started):
    serve.Command().run()
"""


class RunTests(SimpleTestCase):
    def run_command(self, *seconds):
        """The command, started, and the ids of its two processes."""
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", RUN, *seconds],
            cwd=settings.BASE_DIR,
            env=os.environ | {"SECRET_KEY": "x" * 50},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.communicate)
        return process, [int(process.stdout.readline()) for _ in seconds]

    def assertEnded(self, pids):
        for pid in pids:
            with self.assertRaises(ProcessLookupError):
                os.kill(pid, 0)

    def test_a_terminal_that_closes_ends_both_processes(self):
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            process, pids = self.run_command("60", "60")
            process.send_signal(number)
            self.assertEqual(process.wait(timeout=30), 0)
            self.assertEnded(pids)

    def test_a_terminal_that_closes_ends_both_even_when_only_make_is_told(self):
        child, terminal = pty.fork()
        if not child:  # the session's leader, as make is: it sits out the hang-up and waits
            signal.signal(signal.SIGHUP, lambda *_signal: None)
            os.chdir(settings.BASE_DIR)
            command = [sys.executable, "-c", RUN, "60", "60"]
            environ = os.environ | {"SECRET_KEY": "x" * 50}
            os._exit(subprocess.run(command, env=environ).returncode)  # noqa: S603 - our own program
        with os.fdopen(terminal, "rb", buffering=0) as seen:
            said = b""
            while said.count(b"\n") < 2:
                said += seen.read(1)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertEnded([int(line) for line in said.split()])

    def test_when_one_process_ends_the_other_is_ended_and_it_is_an_error(self):
        process, pids = self.run_command("0", "60")
        _out, said = process.communicate(timeout=30)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn("The web process ended", said)
        self.assertEnded(pids)

    def test_both_end_when_the_command_is_killed(self):
        if sys.platform != "linux":
            self.skipTest("prctl is Linux's")
        process, pids = self.run_command("60", "60")
        process.kill()
        # Both hold its standard error open until they have ended.
        process.communicate(timeout=30)

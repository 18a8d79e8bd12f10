"""The background process: tasks from the queue, and the schedule."""

import logging
import signal
import threading

from django.conf import settings
from django.core.management import BaseCommand

from newsroom import queue
from newsroom.schedule import Rounds, worker_turn

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the background tasks and what settings.SCHEDULE lists, until SIGTERM or Ctrl+C."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what waits and what is due, then end.")

    def handle(self, *, once, **options):
        if once:
            worker_turn()
            queue.run_waiting()
            return
        rounds = Rounds(worker_turn, name="schedule", daemon=False)
        rounds.start()
        try:
            self.run_tasks()
        finally:
            rounds.stop()

    def run_tasks(self):
        """Run tasks in this thread; at the first signal end the one under way, at the second stop at once."""
        if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
            worker = queue.worker()
            worker.configure_signals()
            worker.run()
            return
        log.warning("The tasks are not in the database: this process runs the schedule only.")
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        ended.wait()

"""What runs again and again (`settings.SCHEDULE`), once, however many processes look after it.

`manage.py work` does, and tells by a heartbeat that it is alive; while no worker is, the web processes do.
"""

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

LOOK = 5  # seconds between two looks at what is due
SILENCE = timedelta(seconds=60)  # after which a worker is taken for dead


def run_due(now=None):
    """Run each job that is due; returns the names of those that ran here.

    A job is claimed by one UPDATE, so that of two processes one runs it. One that fails is logged and has its
    next turn like the others.
    """
    from newsroom.models import Job

    now = now or timezone.now()
    known = dict(Job.objects.values_list("name", "due_at"))
    new = settings.SCHEDULE.keys() - known.keys()
    if new:
        Job.objects.bulk_create([Job(name=name, due_at=now) for name in new], ignore_conflicts=True)
    ran = []
    for name, seconds in settings.SCHEDULE.items():
        if known.get(name, now) > now:
            continue
        due = now + timedelta(seconds=seconds)
        if Job.objects.filter(name=name, due_at__lte=now).update(due_at=due, ran_at=now):
            Job.objects.filter(name=name).update(error=_run(name))
            ran.append(name)
    return ran


def _run(name):
    try:
        import_string(name)()
    except Exception as error:
        log.exception("%s failed; it is tried again when it is next due", name)
        return f"{type(error).__name__}: {error}"[:500]
    return ""


def beat(now=None):
    """Say that a worker is alive."""
    from newsroom.models import Heartbeat

    Heartbeat.objects.bulk_create(
        [Heartbeat(id=1, at=now or timezone.now())],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["at"],
    )


def worker_alive(now=None):
    """Whether a worker gave a sign in the last minute."""
    from newsroom.models import Heartbeat

    return Heartbeat.objects.filter(at__gt=(now or timezone.now()) - SILENCE).exists()


class Rounds(threading.Thread):
    """A thread that calls `turn()` every few seconds until it is stopped, whatever goes wrong in one turn."""

    def __init__(self, turn, *, name, every=LOOK, first=0, daemon=True):
        super().__init__(name=name, daemon=daemon)
        self.turn, self.every, self.first = turn, every, first
        self.stopped = threading.Event()

    def run(self):
        wait = self.first
        while not self.stopped.wait(wait):
            wait = self.every
            close_old_connections()
            try:
                self.turn()
            except Exception:
                log.exception("%s: this round failed, the next comes in %s seconds", self.name, self.every)
            finally:
                close_old_connections()

    def stop(self, timeout=20):
        """Let the turn that is under way end, for at most `timeout` seconds."""
        self.stopped.set()
        self.join(timeout)


def worker_turn():
    """A worker's round: the heartbeat, then what is due."""
    beat()
    run_due()


def stand_in_turn():
    """A web process's round: while no worker is alive, what is due and what waits in the queue."""
    from newsroom.queue import run_waiting

    if not worker_alive():
        run_due()
        run_waiting()


def stand_in():
    """Start the web process's thread. It waits first, since a worker may be starting too."""
    Rounds(stand_in_turn, name="schedule", every=15, first=30).start()

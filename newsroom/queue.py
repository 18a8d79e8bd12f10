"""The background tasks in the database: a worker of django-tasks-db with what we want of it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

LOST = timedelta(minutes=30)  # no task of ours takes so long: its worker was killed
ATTEMPTS = 3


def worker(*, batch=False):
    """A worker for all queues; with `batch` its `run()` ends when nothing waits any more."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def run_waiting():
    """Run the tasks that wait now, if they wait in the database."""
    in_database = settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    if in_database and DBTaskResult.objects.ready().exists():
        worker(batch=True).run()


def take_up_lost(now):
    """Put the tasks whose worker was killed back into the queue; after three attempts they have failed."""
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LOST):
        again = len(task.worker_ids) < ATTEMPTS
        log.warning(
            "%s (%s) was never ended: %s", task.task_path, task.pk, "once more" if again else "given up"
        )
        if again:
            DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at).update(
                status="READY"
            )
        else:
            task.set_failed(RuntimeError("The worker was killed while running it, several times."))

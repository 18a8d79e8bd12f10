import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from newsroom import queue, schedule
from newsroom.models import Heartbeat, Job
from newsroom.schedule import Rounds, beat, run_due, stand_in_turn, worker_alive

IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
calls = []


def job():
    calls.append("job")


def broken():
    calls.append("broken")
    raise RuntimeError("The disk is full.")


JOB, BROKEN = f"{__name__}.job", f"{__name__}.broken"


@override_settings(SCHEDULE={JOB: 300})
class ScheduleTests(TestCase):
    def setUp(self):
        calls.clear()
        self.now = timezone.now()

    def test_a_job_runs_at_once_and_then_when_its_time_has_come(self):
        self.assertEqual(run_due(self.now), [JOB])
        self.assertEqual(run_due(self.now + timedelta(seconds=299)), [])
        self.assertEqual(run_due(self.now + timedelta(seconds=300)), [JOB])
        self.assertEqual(calls, ["job", "job"])

    def test_of_two_processes_one_runs_it(self):
        run_due(self.now)
        later = self.now + timedelta(seconds=300)
        stale = list(Job.objects.values_list("name", "due_at"))
        run_due(later)
        with mock.patch.object(Job.objects, "values_list", return_value=stale):
            self.assertEqual(run_due(later), [])
        self.assertEqual(calls, ["job", "job"])

    @override_settings(SCHEDULE={BROKEN: 60, JOB: 60})
    def test_a_job_that_fails_keeps_no_other_from_running_and_has_its_next_turn(self):
        self.assertEqual(run_due(self.now), [BROKEN, JOB])
        self.assertEqual(Job.objects.get(name=BROKEN).error, "RuntimeError: The disk is full.")
        run_due(self.now + timedelta(seconds=60))
        self.assertEqual(calls, ["broken", "job"] * 2)

    @override_settings(SCHEDULE={"nowhere.at_all": 60})
    def test_a_job_that_does_not_exist_is_an_error_of_its_own(self):
        run_due(self.now)
        self.assertIn("ModuleNotFoundError", Job.objects.get().error)

    def test_nothing_due_takes_one_query(self):
        run_due(self.now)
        with self.assertNumQueries(1):
            run_due(self.now)

    def test_every_job_of_the_settings_exists_and_runs(self):
        from newsroom import settings as own

        with override_settings(SCHEDULE=own.SCHEDULE):
            self.assertEqual(set(run_due(self.now)), set(own.SCHEDULE))
        self.assertEqual(set(Job.objects.values_list("error", flat=True)), {""})


class HeartbeatTests(TestCase):
    def test_a_worker_is_alive_for_a_minute_after_its_last_sign(self):
        now = timezone.now()
        self.assertFalse(worker_alive(now))
        beat(now)
        beat(now)
        self.assertEqual(Heartbeat.objects.count(), 1)
        self.assertTrue(worker_alive(now + timedelta(seconds=59)))
        self.assertFalse(worker_alive(now + timedelta(seconds=61)))

    @override_settings(SCHEDULE={JOB: 300})
    def test_the_web_process_works_only_while_no_worker_does(self):
        calls.clear()
        beat()
        stand_in_turn()
        self.assertEqual(calls, [])
        Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=2))
        stand_in_turn()
        self.assertEqual(calls, ["job"])


class RoundsTests(TestCase):
    def test_a_round_that_fails_is_followed_by_the_next_and_stopping_waits_for_it(self):
        turns, enough = [], threading.Event()

        def turn():
            turns.append(1)
            if len(turns) == 3:
                enough.set()
            raise RuntimeError("once more")

        with mock.patch.object(schedule, "close_old_connections"):
            rounds = Rounds(turn, name="test", every=0.001)
            rounds.start()
            self.assertTrue(enough.wait(5))
            rounds.stop()
        self.assertFalse(rounds.is_alive())


class QueueTests(TestCase):
    def task(self, path="tests.newsroom.tasks.note", **fields):
        values = {
            "task_path": path,
            "args_kwargs": {"args": ["done"], "kwargs": {}},
            "backend_name": "default",
            "run_after": get_date_max(),
        }
        return DBTaskResult.objects.create(**values | fields)

    def lost(self, attempts):
        started = timezone.now() - timedelta(hours=1)
        return self.task(status="RUNNING", started_at=started, worker_ids=["w"] * attempts)

    def test_a_task_whose_worker_was_killed_is_taken_up_again(self):
        task = self.lost(1)
        queue.take_up_lost(timezone.now())
        task.refresh_from_db()
        self.assertEqual(task.status, "READY")

    def test_a_task_that_kills_its_workers_is_given_up(self):
        task = self.lost(3)
        queue.take_up_lost(timezone.now())
        task.refresh_from_db()
        self.assertEqual(task.status, "FAILED")

    def test_a_task_under_way_is_left_alone(self):
        task = self.task(status="RUNNING", started_at=timezone.now(), worker_ids=["w"])
        queue.take_up_lost(timezone.now())
        task.refresh_from_db()
        self.assertEqual(task.status, "RUNNING")

    @override_settings(TASKS=IN_DATABASE, SCHEDULE={JOB: 300})
    def test_once_does_what_waits_and_what_is_due(self):
        calls.clear()
        task = self.task()
        with mock.patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
            call_command("work", once=True)
        task.refresh_from_db()
        self.assertEqual((task.status, task.return_value), ("SUCCESSFUL", "done"))
        self.assertEqual(calls, ["job"])
        self.assertTrue(worker_alive())


# `manage.py work` on a database that has what an idle worker reads.
WORK = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()
from django.core.management import call_command
for app in ("django_tasks_database", "newsroom"):
    call_command("migrate", app, verbosity=0)
call_command("work")
"""


class ProcessTests(SimpleTestCase):
    def test_the_process_ends_by_itself_at_sigterm(self):
        database = settings.MEDIA_ROOT / "work.sqlite3"
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "x" * 50}
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", WORK],
            cwd=settings.BASE_DIR,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in process.stderr:
            if "Starting worker" in line:
                break
        process.send_signal(signal.SIGTERM)
        _out, rest = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0, rest)

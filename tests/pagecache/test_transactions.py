"""A page made before a commit is never served after it: several connections, as several processes have."""

import sqlite3
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from unittest import mock

from django.db import connection, connections, transaction
from django.test import Client, SimpleTestCase, TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext

import pagecache
from masthead.models import MenuEntry
from pagecache import generation
from pagecache.stores import MemoryStore
from tests.pagecache import urls


class Connection:
    """Somebody with a connection to the database of their own; what they are asked to do, they do in turn."""

    def __init__(self):
        self.thread = ThreadPoolExecutor(max_workers=1)
        self.store = MemoryStore(1_000_000)
        self.do(self._know_my_store)

    def do(self, func, *args, **kwargs):
        return self.thread.submit(func, *args, **kwargs).result(timeout=30)

    def begin(self):
        self.block = transaction.atomic()
        self.do(self.block.__enter__)

    def commit(self):
        self.do(self.block.__exit__, None, None, None)

    def roll_back(self):
        error = ValueError()
        self.do(self.block.__exit__, ValueError, error, None)

    def write(self, label):
        return self.do(MenuEntry.objects.update, label=label)

    def read(self, path="/label/"):
        return self.do(lambda: Client().get(path).content.decode().split()[0])

    def close(self):
        self.do(connections.close_all)
        self.thread.shutdown()

    def _know_my_store(self):
        mine.store = self.store


mine = threading.local()


@override_settings(ROOT_URLCONF="tests.pagecache.urls")
class ConnectionsTestCase(TransactionTestCase):
    """On PostgreSQL in the test database; on SQLite in a file, since one in memory has one connection."""

    def setUp(self):
        if connection.vendor == "sqlite":
            self._in_a_file()
        self.enterContext(mock.patch("pagecache.middleware.store", lambda: mine.store))
        self.writer, self.reader, self.other = (Connection() for _ in range(3))
        for somebody in (self.writer, self.reader, self.other):
            self.addCleanup(somebody.close)
        self.writer.do(MenuEntry.objects.create, label="one", address="/latest/")
        urls.label.made = 0

    def _in_a_file(self):
        name = str(Path(self.enterContext(tempfile.TemporaryDirectory())) / "db.sqlite3")
        connection.ensure_connection()
        with closing(sqlite3.connect(name)) as copy:
            connection.connection.backup(copy)
        here = connections.settings["default"] | {"NAME": name}
        self.enterContext(mock.patch.dict(connections.settings, {"default": here}))


class CommitTests(ConnectionsTestCase):
    def test_a_page_made_while_a_change_waits_for_its_commit_is_not_served_after_it(self):
        self.writer.begin()
        self.writer.write("two")
        self.assertEqual(self.reader.read(), "one")
        self.assertEqual(self.reader.read(), "one")
        self.assertEqual(urls.label.made, 1)
        self.writer.commit()
        self.assertEqual(self.reader.read(), "two")

    def test_nor_one_that_was_being_made_during_the_commit(self):
        self.writer.begin()
        self.writer.write("two")

        def slowly(request):
            response = urls.label(request)
            self.writer.commit()
            return response

        with mock.patch.object(urls.urlpatterns[0], "callback", slowly):
            self.assertEqual(self.reader.read(), "one")
        self.assertEqual(self.reader.read(), "two")

    def test_every_process_sees_the_change_at_once_whatever_it_keeps(self):
        for somebody in (self.reader, self.other, self.writer):
            self.assertEqual(somebody.read(), "one")
        self.writer.write("two")
        for somebody in (self.reader, self.other, self.writer):
            self.assertEqual(somebody.read(), "two")

    def test_parts_that_pages_share_change_with_the_commit_too(self):
        urls.part.build = lambda: MenuEntry.objects.get().label
        self.assertEqual(self.reader.read("/part/"), "one")
        self.writer.begin()
        self.writer.write("two")
        self.assertEqual(self.reader.read("/part/?again=1"), "one")
        self.writer.commit()
        self.assertEqual(self.reader.read("/part/?again=2"), "two")

    def test_a_change_that_is_rolled_back_throws_no_page_away(self):
        self.reader.read()
        self.writer.begin()
        self.writer.write("two")
        self.writer.roll_back()
        self.assertEqual(self.reader.read(), "one")
        self.assertEqual(urls.label.made, 1)

    def test_after_a_rollback_the_next_change_counts(self):
        self.writer.begin()
        self.writer.write("two")
        self.writer.roll_back()
        self.reader.read()
        self.writer.write("three")
        self.assertEqual(self.reader.read(), "three")

    def test_two_writers_at_once_leave_two_different_numbers(self):
        self.writer.begin()
        self.writer.write("two")
        first = self.writer.do(generation.current)
        second = self.other.thread.submit(MenuEntry.objects.update, label="three")
        self.writer.commit()
        second.result(timeout=30)
        self.assertNotEqual(self.other.do(generation.current), first)
        self.assertEqual(self.reader.read(), "three")

    def test_the_last_of_many_writers_is_read(self):
        def write(somebody, name):
            for number in range(20):
                MenuEntry.objects.update(label=f"{name}{number}")

        people = [(self.writer, "a"), (self.other, "b")]
        running = [somebody.thread.submit(write, somebody, name) for somebody, name in people]
        while not all(work.done() for work in running):
            self.reader.read()
        self.assertEqual(self.reader.read(), self.writer.do(lambda: MenuEntry.objects.get().label))


class SavepointTests(ConnectionsTestCase):
    def test_a_change_after_a_savepoint_was_rolled_back_counts(self):
        self.reader.read()
        self.writer.do(self._fail_then_write)
        self.assertEqual(self.reader.read(), "three")

    @staticmethod
    def _fail_then_write():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    MenuEntry.objects.update(label="two")
                    raise ValueError
            except ValueError:
                MenuEntry.objects.update(label="three")

    def test_a_change_in_a_savepoint_that_was_kept_counts(self):
        self.reader.read()
        self.writer.begin()
        self.writer.do(self._write_inside, "two")
        self.writer.commit()
        self.assertEqual(self.reader.read(), "two")

    @staticmethod
    def _write_inside(label):
        with transaction.atomic():
            MenuEntry.objects.update(label=label)

    def test_a_transaction_writes_the_number_once(self):
        self.assertEqual(self.writer.do(self._count_writes), 1)
        self.assertEqual(self.writer.do(self._count_writes), 1)

    @staticmethod
    def _count_writes():
        with CaptureQueriesContext(connections["default"]) as queries, transaction.atomic():
            for label in ("two", "three", "four"):
                MenuEntry.objects.update(label=label)
                MenuEntry.objects.first().save()
        return sum('INTO "pagecache_generation"' in query["sql"] for query in queries)

    def test_a_change_after_one_outside_any_transaction_counts(self):
        self.writer.do(pagecache.changed)
        self.reader.read()
        self.writer.write("two")
        self.assertEqual(self.reader.read(), "two")

    def test_a_save_outside_a_transaction_is_one(self):
        self.assertEqual(self.writer.do(self._save_and_die), "one")

    @staticmethod
    def _save_and_die():
        entry = MenuEntry.objects.get()
        entry.label = "two"
        dies = mock.patch("django.db.models.base.post_save.send", side_effect=SystemExit)
        with dies, suppress(SystemExit):
            entry.save()
        return MenuEntry.objects.get().label


class RestoreTests(ConnectionsTestCase):
    def test_pages_made_after_the_backup_are_not_served_after_it_was_put_back(self):
        backup = self.writer.do(generation.current)
        self.writer.write("two")
        self.assertEqual(self.reader.read(), "two")
        self.writer.do(self._put_back, backup)
        self.assertEqual(self.reader.read(), "one")

    def test_no_number_is_used_again_after_a_restore(self):
        seen = {self.writer.do(generation.current)}
        for _ in range(3):
            backup = self.writer.do(generation.current)
            self.writer.write("two")
            seen.add(self.writer.do(generation.current))
            self.writer.do(self._put_back, backup)
            self.writer.write("three")
            seen.add(self.writer.do(generation.current))
        self.assertEqual(len(seen), 7)

    @staticmethod
    def _put_back(number):
        """As a backup would: behind the models' back."""
        with connections["default"].cursor() as cursor:
            cursor.execute("UPDATE pagecache_generation SET number = %s", [number])
            cursor.execute("UPDATE masthead_menuentry SET label = 'one'")


class RegistrationTests(SimpleTestCase):
    def test_registering_twice_does_nothing_twice(self):
        save_base = MenuEntry.save_base
        pagecache.public_model(MenuEntry)
        self.assertIs(MenuEntry.save_base, save_base)

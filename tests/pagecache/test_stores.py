"""Where kept pages lie."""

import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock, skipUnless

import redis
from django.conf import settings
from django.test import SimpleTestCase, override_settings

import pagecache
from pagecache import stores
from pagecache.moments import NEVER
from pagecache.stores import MemoryStore, Page, RedisStore
from tests.pagecache.test_pages import DatabaseAwayTests, KeepingTests

REDIS_URL = settings.REDIS_URL
AWAY = "redis://127.0.0.1:1/0"


def page(body=b"body", number=1, until=NEVER):
    return Page(number, until, 0.0, (("Content-Type", "text/html"),), body)


class PageTests(SimpleTestCase):
    def test_a_page_survives_the_way_to_redis_and_back(self):
        whole = page("é\n\x00".encode(), 2**63 - 1, datetime(2026, 11, 24, 11, 0, 0, 5, tzinfo=UTC))
        self.assertEqual(Page.from_bytes(whole.to_bytes()), whole)

    def test_anything_else_is_refused(self):
        for data in (b"", b"x", b"[]\nbody", b"[1, 2]\nbody", b'{"a": 1}\n', page().to_bytes()[5:]):
            with self.assertRaises(ValueError):
                Page.from_bytes(data)


class MemoryTests(SimpleTestCase):
    def test_it_never_holds_more_than_its_limit(self):
        store = MemoryStore(50_000)
        for number in range(200):
            store.set(f"/{number}/", page(b"x" * (number * 37 % 5000)))
            self.assertLessEqual(store.bytes, 50_000)
        self.assertEqual(store.bytes, sum(kept.size for kept in store.pages.values()))

    def test_the_page_not_asked_for_longest_goes_first(self):
        store = MemoryStore(page().size * 2)
        store.set("/a/", page())
        store.set("/b/", page())
        store.get("/a/")
        store.set("/c/", page())
        self.assertEqual(list(store.pages), ["/a/", "/c/"])

    def test_a_page_larger_than_the_limit_is_not_kept_and_replaces_nothing_else(self):
        store = MemoryStore(10_000)
        store.set("/a/", page())
        store.set("/b/", page(b"x" * 20_000))
        self.assertEqual(list(store.pages), ["/a/"])

    def test_a_page_kept_again_counts_once(self):
        store = MemoryStore(10_000)
        for _ in range(3):
            store.set("/a/", page())
        self.assertEqual(store.bytes, page().size)

    def test_a_deleted_page_frees_its_bytes(self):
        store = MemoryStore(10_000)
        store.set("/a/", page())
        store.delete("/a/"), store.delete("/a/")
        self.assertEqual((store.get("/a/"), store.bytes), (None, 0))


class RedisAwayTests(SimpleTestCase):
    def test_redis_away_is_a_miss(self):
        store = RedisStore(AWAY)
        store.set("/a/", page())
        self.assertIsNone(store.get("/a/"))
        store.delete("/a/")

    def test_it_is_not_asked_again_at_once(self):
        store = RedisStore(AWAY)
        with mock.patch.object(store.client, "get", side_effect=redis.TimeoutError) as get:
            store.get("/a/"), store.get("/a/")
        self.assertEqual(get.call_count, 1)


class ReleaseTests(SimpleTestCase):
    def test_pages_of_another_release_have_other_names(self):
        store = RedisStore(AWAY)
        ours = store._name("/a/")
        with mock.patch("pagecache.stores.release", return_value="another"):
            self.assertNotEqual(store._name("/a/"), ours)

    def test_a_release_is_its_code_templates_and_words(self):
        self.addCleanup(stores.release.cache_clear)
        folder = Path(self.enterContext(TemporaryDirectory()))
        (folder / "app").mkdir()
        seen = []
        with override_settings(BASE_DIR=folder, STATIC_ROOT=folder / "var"):
            for name, text in (
                ("a.py", "1"),
                ("a.html", "2"),
                ("a.html", "3"),
                ("a.mo", "4"),
                ("a.sqlite3", "5"),
            ):
                (folder / "app" / name).write_text(text)
                stores.release.cache_clear()
                seen.append(stores.release())
        self.assertEqual(len(set(seen)), 4)
        self.assertEqual(seen[-1], seen[-2])


@skipUnless(REDIS_URL, "REDIS_URL names no Redis")
class RedisTests(SimpleTestCase):
    def test_a_page_is_there_for_another_process(self):
        RedisStore(REDIS_URL).set("/a/", page())
        self.assertEqual(RedisStore(REDIS_URL).get("/a/"), page())
        RedisStore(REDIS_URL).delete("/a/")
        self.assertIsNone(RedisStore(REDIS_URL).get("/a/"))

    def test_what_cannot_be_read_is_a_miss(self):
        store = RedisStore(REDIS_URL)
        store.client.set(store._name("/a/"), b"garbage", ex=5)
        self.assertIsNone(store.get("/a/"))

    def test_no_page_stays_for_ever(self):
        store = RedisStore(REDIS_URL)
        store.set("/a/", page())
        self.assertTrue(0 < store.client.ttl(store._name("/a/")) <= stores.LONGEST_KEPT)


@skipUnless(REDIS_URL, "REDIS_URL names no Redis")
class InRedis:
    """The same behaviour with pages in Redis, under names of this run."""

    def setUp(self):
        run = mock.patch("pagecache.stores.release", return_value=f"test {self.id()} {time.time_ns()}")
        self.enterContext(run)
        self.enterContext(override_settings(REDIS_URL=REDIS_URL))
        super().setUp()
        self.assertIsInstance(stores.store(), RedisStore)


class KeepingInRedisTests(InRedis, KeepingTests):
    pass


class DatabaseAwayInRedisTests(InRedis, DatabaseAwayTests):
    pass


class RedisDiesTests(KeepingTests):
    """With Redis away every page is made anew, and right."""

    def setUp(self):
        self.enterContext(override_settings(REDIS_URL=AWAY))
        super().setUp()

    def test_the_second_reader_gets_the_kept_page_for_one_query(self):
        self.get(), self.get()
        self.assertEqual(urls_made(), 2)

    def test_head_is_served_from_what_get_kept_and_the_other_way_round(self):
        self.assertEqual(self.client.head("/label/").content, b"")
        self.assertEqual(self.get().status_code, 200)


def urls_made():
    from tests.pagecache import urls

    return urls.label.made


class SettingsTests(SimpleTestCase):
    def test_the_settings_choose_the_store(self):
        self.addCleanup(pagecache.forget_pages)
        for url, kind in (("", MemoryStore), (AWAY, RedisStore)):
            pagecache.forget_pages()
            with override_settings(REDIS_URL=url):
                self.assertIsInstance(stores.store(), kind)

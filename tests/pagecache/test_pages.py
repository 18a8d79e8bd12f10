"""Kept pages as a reader gets them."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import time_machine
from django.db import OperationalError
from django.test import TestCase, override_settings

import pagecache
from masthead.models import MenuEntry
from pagecache import generation, moments
from tests.pagecache import urls

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@override_settings(ROOT_URLCONF="tests.pagecache.urls", REDIS_URL="", PAGE_CACHE_BYTES=1_000_000)
class PageTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.entry = MenuEntry.objects.create(label="one", address="/latest/")

    def setUp(self):
        pagecache.forget_pages()
        self.addCleanup(pagecache.forget_pages)
        urls.label.made = 0

    def get(self, path="/label/", **headers):
        return self.client.get(path, headers=headers)

    def words(self, path="/label/"):
        return self.get(path).content.decode().split()[0]


class KeepingTests(PageTestCase):
    def test_the_second_reader_gets_the_kept_page_for_one_query(self):
        first = self.get()
        with self.assertNumQueries(1):
            second = self.get()
        self.assertEqual(first.content, second.content)
        self.assertEqual(urls.label.made, 1)

    def test_an_invented_version_pushes_nothing_out_of_memory(self):
        self.get("/label/?v=1"), self.get("/label/?v=1")
        self.assertEqual(urls.label.made, 2)

    def test_nothing_is_kept_while_nothing_was_ever_public(self):
        generation.apps.get_model("pagecache", "Generation").objects.all().delete()
        self.get(), self.get()
        self.assertEqual(urls.label.made, 2)

    def test_every_kind_of_change_shows_on_the_next_request(self):
        changes = {
            "two": lambda: MenuEntry(pk=self.entry.pk, label="two", address="/").save(),
            "three": lambda: MenuEntry.objects.update(label="three"),
            "four": lambda: MenuEntry.objects.bulk_update(
                [MenuEntry(pk=self.entry.pk, label="four")], ["label"]
            ),
            "none": lambda: MenuEntry.objects.get().delete(),
            "five": lambda: MenuEntry.objects.bulk_create([MenuEntry(label="five", address="/", position=5)]),
            "six": lambda: MenuEntry.objects.update_or_create(label="five", defaults={"label": "six"}),
        }
        for word, change in changes.items():
            self.get()
            change()
            self.assertEqual(self.words(), word)

    def test_a_page_is_not_kept_under_a_number_that_came_while_it_was_made(self):
        def change_meanwhile(request):
            response = urls.label(request)
            MenuEntry.objects.update(label="two")
            return response

        with mock.patch.object(urls.urlpatterns[0], "callback", change_meanwhile):
            self.assertEqual(self.words(), "one")
        self.assertEqual(self.words(), "two")

    def test_head_is_served_from_what_get_kept_and_the_other_way_round(self):
        head = self.client.head("/label/")
        page = self.get()
        self.assertEqual(urls.label.made, 1)
        self.assertEqual(head.content, b"")
        self.assertEqual(head["ETag"], page["ETag"])
        self.assertEqual(head["Content-Length"], str(len(page.content)))

    def test_a_page_that_is_gone_does_not_stay_behind(self):
        self.get()
        MenuEntry.objects.all().delete()
        self.assertEqual(self.get().status_code, 404)
        with mock.patch("pagecache.generation.current", side_effect=OperationalError):
            self.assertEqual(self.get().status_code, 503)


class NotKeptTests(PageTestCase):
    def test_what_is_not_the_same_for_everybody_is_not_kept(self):
        for path in ("/cookie/", "/private/", "/admin/label/", "/preview/label/"):
            self.get(path)
            with mock.patch("pagecache.middleware.answer") as answer:
                self.get(path)
            answer.assert_not_called()

    def test_a_page_with_a_cookie_says_that_it_is_private(self):
        self.assertEqual(self.get("/cookie/")["Cache-Control"], "private, no-store")

    def test_invented_queries_do_not_fill_the_memory(self):
        for number in range(5):
            self.get(f"/label/?q={number}")
        self.assertEqual(urls.label.made, 5)

    def test_a_query_made_to_look_like_a_version_or_like_none_is_not_kept(self):
        for query in ("v=1?", "v=1%3F", "v=", "v=a.b"):
            urls.label.made = 0
            self.get(f"/label/?{query}"), self.get(f"/label/?{query}")
            with self.subTest(query):
                self.assertEqual(urls.label.made, 2)

    def test_a_link_from_a_newsletter_gets_the_kept_page(self):
        self.get()
        self.get("/label/?utm_source=letter&fbclid=abc")
        self.assertEqual(urls.label.made, 1)

    def test_what_a_page_reads_stays_in_its_query(self):
        response = self.get("/given/?after=a%20b&utm_medium=mail&after=c")
        self.assertEqual(response.content.decode(), "[('after', 'c')]")

    def test_missing_pages_are_not_kept(self):
        MenuEntry.objects.all().delete()
        self.get(), self.get()
        self.assertEqual(urls.label.made, 2)

    @override_settings(DEBUG=True)
    def test_nothing_is_kept_while_developing(self):
        self.get(), self.get()
        self.assertEqual(urls.label.made, 2)

    def test_a_posted_form_passes_by(self):
        response = self.client.post("/read/", {"id": 1})
        self.assertNotIn("Cache-Control", response)
        self.assertNotIn("ETag", response)


class HeaderTests(PageTestCase):
    def test_caches_in_front_are_told_how_long(self):
        said = "public, max-age=0, s-maxage=10, stale-if-error=86400"
        for _ in range(2):
            self.assertEqual(self.get()["Cache-Control"], said)
        self.assertEqual(self.get("/moved/")["Cache-Control"], said)
        self.assertEqual(self.get("/nowhere/")["Cache-Control"], said)

    def test_a_page_that_says_itself_how_long_is_left_alone(self):
        for _ in range(2):
            self.assertEqual(self.get("/immutable/")["Cache-Control"], "public, max-age=31536000, immutable")

    def test_who_has_these_bytes_gets_304(self):
        etag = self.get()["ETag"]
        for value in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            response = self.get(if_none_match=value)
            self.assertEqual((response.status_code, response.content), (304, b""))
            self.assertEqual(response["ETag"], etag)
            self.assertIn("s-maxage=10", response["Cache-Control"])
        self.assertEqual(self.client.head("/label/", headers={"if-none-match": etag}).status_code, 304)

    def test_after_a_change_the_old_name_of_the_bytes_is_no_longer_good(self):
        etag = self.get()["ETag"]
        MenuEntry.objects.update(label="two")
        self.assertEqual(self.get(if_none_match=etag).status_code, 200)

    def test_no_public_page_varies_by_cookie_or_sets_one(self):
        response = self.get()
        self.assertNotIn("Cookie", response.get("Vary", ""))
        self.assertFalse(response.cookies)

    def test_a_desk_session_changes_nothing_on_a_public_page(self):
        self.get()
        self.client.cookies["desk"] = "anything"
        with self.assertNumQueries(1):
            self.get()
        self.assertEqual(urls.label.made, 1)


class BoundaryTests(PageTestCase):
    def at(self, moment):
        """Let public state change by itself at `moment`."""
        parts = moments.Parts()
        parts.boundary(lambda now: moment if moment > now else None)
        parts.boundary(lambda now: None)
        self.enterContext(mock.patch("pagecache.moments._parts", parts))

    def test_a_kept_page_does_not_outlive_a_boundary(self):
        self.at(NOON + timedelta(seconds=30))
        with time_machine.travel(NOON, tick=False) as clock:
            self.assertIn(b"11:00:00", self.get().content)
            clock.move_to(NOON + timedelta(seconds=29, milliseconds=999))
            self.assertIn(b"11:00:00", self.get().content)
            clock.move_to(NOON + timedelta(seconds=30))
            self.assertIn(b"11:00:30", self.get().content)
            clock.move_to(NOON + timedelta(days=300))
            self.assertIn(b"11:00:30", self.get().content)

    def test_caches_in_front_do_not_outlive_it_either(self):
        self.at(NOON + timedelta(seconds=30))
        with time_machine.travel(NOON, tick=False) as clock:
            for seconds, shared in ((0, 10), (20.5, 9), (29, 1), (29.5, 0), (30, 10)):
                clock.move_to(NOON + timedelta(seconds=seconds))
                self.assertIn(f"s-maxage={shared},", self.get()["Cache-Control"])

    def test_a_page_being_made_while_a_boundary_passes_is_not_kept(self):
        self.at(NOON + timedelta(seconds=30))
        with time_machine.travel(NOON, tick=False) as clock:

            def slowly(request):
                response = urls.label(request)
                clock.move_to(NOON + timedelta(seconds=31))
                return response

            with mock.patch.object(urls.urlpatterns[0], "callback", slowly):
                self.get()
            self.assertIn(b"11:00:31", self.get().content)

    def test_boundaries_are_asked_for_once_per_change(self):
        asked = []
        parts = moments.Parts()
        parts.boundary(lambda now: asked.append(now))
        with mock.patch("pagecache.moments._parts", parts):
            self.get("/label/"), self.get("/given/"), self.get("/given/?after=1")
            self.assertEqual(len(asked), 1)
            MenuEntry.objects.update(label="two")
            self.get()
        self.assertEqual(len(asked), 2)


class OncePerChangeTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.builds = []
        urls.part.build = lambda: self.builds.append(1) or f"built {len(self.builds)}"
        self.enterContext(mock.patch("pagecache.moments._parts", moments.Parts()))

    def part(self):
        return self.get("/part/?fresh=1").content.decode()

    def test_many_pages_share_one_value(self):
        self.assertEqual([self.part(), self.part()], ["built 1", "built 1"])

    def test_a_change_builds_it_anew(self):
        self.part()
        pagecache.changed()
        self.assertEqual(self.part(), "built 2")

    def test_a_boundary_builds_it_anew(self):
        pagecache.boundary(lambda now: NOON if now < NOON else None)
        with time_machine.travel(NOON - timedelta(seconds=1), tick=False) as clock:
            self.assertEqual([self.part(), self.part()], ["built 1", "built 1"])
            clock.move_to(NOON)
            self.assertEqual([self.part(), self.part()], ["built 2", "built 2"])

    def test_outside_a_request_it_is_built_each_time(self):
        build = urls.part.build
        values = [pagecache.once_per_change("part", build), pagecache.once_per_change("part", build)]
        self.assertEqual(values, ["built 1", "built 2"])

    def test_what_could_not_be_built_is_not_remembered(self):
        with generation_read(), self.assertRaises(ZeroDivisionError):
            pagecache.once_per_change("part", lambda: 1 / 0)
        with generation_read():
            self.assertEqual(pagecache.once_per_change("part", lambda: "good"), "good")


def generation_read():
    return moments.read(generation.current())


class DatabaseAwayTests(PageTestCase):
    def away(self):
        return mock.patch("pagecache.generation.current", side_effect=OperationalError("connection refused"))

    def test_kept_pages_are_served_as_they_are_and_say_so(self):
        page = self.get()
        with self.away():
            response = self.get()
        self.assertEqual((response.status_code, response.content), (200, page.content))
        self.assertEqual(response["X-Newsroom-Stale"], "database-unavailable")
        self.assertEqual(response["ETag"], page["ETag"])

    def test_also_to_head_and_to_who_has_them(self):
        etag = self.get()["ETag"]
        with self.away():
            self.assertEqual(self.client.head("/label/")["X-Newsroom-Stale"], "database-unavailable")
            self.assertEqual(self.get(if_none_match=etag).status_code, 304)

    def test_what_is_not_kept_gets_a_static_page_of_status_503(self):
        with self.away(), self.assertNumQueries(0):
            response = self.get()
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response["Cache-Control"], "no-store")
        self.assertIn("Retry-After", response)

    def test_the_database_is_not_asked_again_at_once(self):
        with time_machine.travel(NOON, tick=False), self.away() as current:
            self.get(), self.get(), self.get()
        self.assertEqual(current.call_count, 1)

    def test_it_may_go_away_while_a_page_is_made(self):
        urls.broken.error = None
        self.get("/broken/")
        pagecache.changed()
        urls.broken.error = urls.AWAY
        response = self.get("/broken/")
        self.assertEqual((response.content, response["X-Newsroom-Stale"]), (b"whole", "database-unavailable"))
        urls.broken.error = None
        self.assertNotIn("X-Newsroom-Stale", self.get("/broken/"))

    def test_other_errors_are_not_hidden(self):
        urls.broken.error = None
        self.get("/broken/")
        pagecache.changed()
        urls.broken.error = ZeroDivisionError()
        self.client.raise_request_exception = False
        self.assertEqual(self.get("/broken/").status_code, 500)
        urls.broken.error = None

    def test_a_kept_page_older_than_a_day_is_not_served(self):
        with time_machine.travel(NOON, tick=False) as clock:
            self.get()
            clock.move_to(NOON + timedelta(days=1))
            with self.away():
                self.assertEqual(self.get().status_code, 503)

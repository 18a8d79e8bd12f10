"""The calendar, and the desk's home: what each sees, what it costs, and who may move what."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import planning
from articles.models import Article, Assignment
from audience.counting import write
from images.models import Image
from tests.factories import make_article, make_image, make_user

CALENDAR = "/admin/calendar/"
ZONE = ZoneInfo("Europe/Brussels")


def tomorrow(hour=18):
    day = timezone.localdate(timezone=ZONE) + timedelta(days=1)
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


class CalendarCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist", "maelle"), make_user("editor", "ysaline")
        cls.other = make_user("journalist", "remi")

    def setUp(self):
        self.client.force_login(self.editor)

    def texts(self, user, **options):
        today = timezone.localdate(timezone=ZONE)
        with timezone.override(ZONE):
            return [
                (e.kind, e.text) for e in planning.entries(user, today, today + timedelta(days=7), **options)
            ]

    def move(self, row, kind, at, **fields):
        sent = {
            "entry": f"{kind}-{row.pk}",
            f"{kind}-{row.pk}-version": row.version,
            f"{kind}-{row.pk}-at": at,
        }
        return self.client.post(CALENDAR, sent | fields)


class EntriesTests(CalendarCase):
    def test_what_is_planned_is_there_in_order(self):
        make_article("scheduled", title="Un pont", published_at=tomorrow(8))
        make_article(title="Une fin", expires_at=tomorrow(9))
        Assignment.start(by=self.editor, title="Une idée", deadline=tomorrow(10))
        make_image(title="Une photo", rights_until=tomorrow().date())
        expected = [
            ("rights", "Une photo"),
            ("story", "Un pont"),
            ("end", "Une fin"),
            ("deadline", "Une idée"),
        ]
        self.assertEqual(self.texts(self.editor), expected)

    def test_a_journalist_sees_what_they_may_open(self):
        make_article("scheduled", title="Un pont", published_at=tomorrow(8))
        make_article("scheduled", title="Un secret", published_at=tomorrow(8), restricted=True)
        make_article("scheduled", title="À moi", published_at=tomorrow(9), by=self.journalist)
        Assignment.start(by=self.editor, title="Pour Rémi", deadline=tomorrow(10), journalist=self.other)
        seen = [("story", "Un pont"), ("story", "À moi"), ("deadline", "Pour Rémi (remi)")]
        self.assertEqual(self.texts(self.journalist), seen)
        self.assertEqual(self.texts(self.journalist, own=True), [("story", "À moi")])

    def test_month_and_week_show_their_days(self):
        for query, days in [
            ("", None),
            ("?view=week&from=2026-11-25", 7),
            ("?from=2026-02-10", 35),
            ("?from=x", None),
        ]:
            with self.subTest(query):
                shown = len(self.client.get(CALENDAR + query).context["days"])
                self.assertEqual(shown, days or shown)
                self.assertEqual(shown % 7, 0)


class MovingTests(CalendarCase):
    def test_an_editor_moves_a_scheduled_story(self):
        article = make_article("scheduled", published_at=tomorrow())
        self.move(article, "story", (tomorrow() + timedelta(days=2)).strftime("%Y-%m-%dT18:00"))
        article.refresh_from_db()
        self.assertEqual(article.published_at.astimezone(ZONE).date(), tomorrow().date() + timedelta(days=2))
        self.assertTrue(article.is_scheduled)

    def test_an_editor_moves_a_deadline(self):
        order = Assignment.start(by=self.editor, title="Une idée", deadline=tomorrow())
        self.assertRedirects(self.move(order, "deadline", "2027-03-01T18:00", back="home"), "/admin/")
        order.refresh_from_db()
        self.assertEqual(order.deadline, datetime(2027, 3, 1, 18, tzinfo=ZONE))

    def test_a_journalist_moves_nothing(self):
        article = make_article("scheduled", by=self.journalist, published_at=tomorrow())
        order = Assignment.start(by=self.editor, title="Une idée", deadline=tomorrow())
        self.client.force_login(self.journalist)
        for row, kind in ((article, "story"), (order, "deadline")):
            self.assertEqual(self.move(row, kind, "2027-03-01T18:00").status_code, 403)
        for address in ("/admin/", CALENDAR):
            self.assertNotContains(self.client.get(address), "data-movable")
        self.client.logout()
        self.assertEqual(self.client.get(CALENDAR).status_code, 302)

    def test_what_was_changed_meanwhile_is_not_moved(self):
        article = make_article("scheduled", published_at=tomorrow())
        article.version -= 1
        response = self.client.get(self.move(article, "story", "2027-03-01T18:00").url)
        self.assertContains(response, "Somebody changed it meanwhile.")
        self.assertEqual(Article.objects.get().published_at, tomorrow())

    def test_changes_pending_are_not_published_by_a_move(self):
        article = make_article("scheduled", published_at=tomorrow(), by=self.journalist)
        changed = replace(article.newest_content(), title="Pas relu")
        article.save_content(changed, by=self.journalist, version=article.version)
        self.assertContains(self.move(article, "story", "2027-03-01T18:00"), "It has changes pending")
        self.assertNotEqual(Article.objects.get().title, "Pas relu")

    def test_a_date_gone_by_or_an_odd_hour_is_said_beside_the_field(self):
        article = make_article("scheduled", published_at=tomorrow())
        for at, sentence in [
            ("2020-01-01T10:00", "This date has gone by"),
            ("2027-03-28T02:30", "This hour does not exist"),
            ("2027-10-31T02:30", "This hour comes twice"),
            ("", "Write the date and the time"),
        ]:
            with self.subTest(at):
                self.assertContains(self.move(article, "story", at), sentence)
        twice = {f"story-{article.pk}-at_which": "second"}
        self.move(article, "story", "2027-10-31T02:30", **twice)
        self.assertEqual(Article.objects.get().published_at.astimezone(ZONE).fold, 1)

    def test_nonsense_is_not_found(self):
        for entry in ("", "story", "story-x", "end-1", f"story-{10**17}"):
            with self.subTest(entry):
                sent = {"entry": entry, f"{entry}-at": "2027-03-01T18:00", f"{entry}-version": 1}
                self.assertEqual(self.client.post(CALENDAR, sent).status_code, 404)


class HomeTests(CalendarCase):
    def test_what_is_wrong_is_said_to_who_can_mend_it(self):
        make_image(title="Une photo", by=self.other)
        Image.objects.update(state=Image.State.FAILED, error="disk")
        gone = make_article(title="Un pont parti")
        make_article(
            title="Un renvoi", body=f'<p>Lire <a data-article="{gone.pk}">ici</a>.</p>', by=self.other
        )
        self.assertNotContains(self.client.get("/admin/"), "leads to a story that is gone")
        gone.take_down(by=None, version=gone.version)
        for user, seen in [(self.editor, True), (self.other, True), (self.journalist, False)]:
            self.client.force_login(user)
            page = self.client.get("/admin/").content.decode()
            for sentence in ("A picture could not be prepared", "A link leads to a story that is gone"):
                with self.subTest(user=user, sentence=sentence):
                    self.assertEqual(sentence in page, seen)

    def test_published_today_with_its_reads(self):
        article = make_article(title="Un pont lu", by=self.other)
        write({article.pk: 3})
        self.assertContains(self.client.get("/admin/"), "3 reads")
        self.client.force_login(self.journalist)
        self.assertNotContains(self.client.get("/admin/"), "Un pont lu")

    def test_assignments_of_mine_and_open_ones(self):
        Assignment.start(by=self.editor, title="À moi", journalist=self.journalist)
        Assignment.start(by=self.editor, title="Libre")
        Assignment.start(by=self.editor, title="Pour Rémi", journalist=self.other)
        self.client.force_login(self.journalist)
        page = self.client.get("/admin/")
        self.assertContains(page, "À moi"), self.assertContains(page, "Libre")
        self.assertNotContains(page, "Pour Rémi")

    def add(self):
        article = make_article("scheduled", published_at=tomorrow(), by=self.editor)
        make_article(
            expires_at=tomorrow(), by=self.editor, body=f'<p><a data-article="{article.pk}">x</a></p>'
        )
        make_article("returned", by=self.editor), make_article("submitted", by=self.editor)
        order = Assignment.start(
            by=self.editor, title="Une idée", deadline=tomorrow(), journalist=self.editor
        )
        order.begin(by=self.editor, version=order.version)
        Assignment.start(by=self.editor, title="Une idée", deadline=tomorrow())

    def test_home_and_calendar_cost_the_same_with_one_row_and_with_thirty(self):
        gone = make_article()
        body = f'<p>Lire <a data-article="{gone.pk}">ici</a>.</p>'
        make_article(body=body)
        gone.take_down(by=None, version=gone.version)
        make_image(rights_until=tomorrow().date())
        Image.objects.update(state=Image.State.FAILED)

        def costs():
            found = {}
            for address in ("/admin/", CALENDAR, f"{CALENDAR}?view=week"):
                self.client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(address)
                found[address] = len(queries)
            return found

        self.add()
        with_one = costs()
        for _n in range(29):
            self.add()
        make_article(body=body), make_article(body=body)
        self.assertEqual(costs(), with_one)

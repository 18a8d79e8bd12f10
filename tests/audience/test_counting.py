from datetime import UTC, datetime, timedelta
from unittest import mock

from django.db import DatabaseError
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles.models import Article
from audience import counting, decay
from audience.counting import Seen, Tally, network, tidy, write
from audience.models import DailyViews, HourlyViews, Popularity
from tests.factories import make_article

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class NetworkTests(SimpleTestCase):
    def test_a_network_is_what_a_provider_gives_a_household_or_a_street(self):
        self.assertEqual(network("203.0.113.5"), "203.0.113.0/24")
        self.assertEqual(network("2001:db8:1:2:3::4"), "2001:db8:1::/48")
        self.assertEqual(network("fe80::1%eth0"), "fe80::/48")

    def test_what_is_no_address_is_no_network(self):
        for text in ("", "unknown", "203.0.113", "a" * 500):
            self.assertEqual(network(text), "")


class SeenTests(SimpleTestCase):
    def test_a_network_counts_again_after_ten_minutes(self):
        seen = Seen()
        self.assertFalse(seen.before(1, "n", 0))
        self.assertTrue(seen.before(1, "n", 599))
        self.assertFalse(seen.before(1, "n", 600))
        self.assertFalse(seen.before(2, "n", 600))

    def test_nothing_is_remembered_in_the_clear_and_the_key_changes_every_hour(self):
        seen = Seen()
        seen.before(1, "203.0.113.0/24", 0)
        first = seen.key
        self.assertNotIn(b"203", b"".join(seen.hashes))
        seen.before(1, "203.0.113.0/24", 3600)
        self.assertNotEqual(seen.key, first)

    def test_memory_is_bounded(self):
        seen = Seen()
        with mock.patch.object(counting, "MOST_SEEN", 10):
            for n in range(50):
                seen.before(n, "n", 1)
        self.assertLessEqual(len(seen.hashes), 10)


class TallyTests(TestCase):
    def test_invented_stories_fill_no_memory_and_no_row(self):
        tally = Tally()
        with mock.patch.object(counting, "MOST_NEW", 10):
            self.invent(tally)
            self.assertEqual(len(tally.reads), 10)
            with mock.patch.object(counting, "write", side_effect=DatabaseError("away")):
                tally.flush()
            self.assertEqual(len(tally.reads), 10)
        tally.flush()
        self.assertFalse(Popularity.objects.exists() or tally.known)

    def test_invented_stories_keep_no_real_one_from_being_counted(self):
        tally, article = Tally(), make_article()
        tally.add(article.pk, "203.0.113.5")
        tally.flush()
        with mock.patch.object(counting, "MOST_NEW", 10):
            self.invent(tally)
            self.assertTrue(tally.add(article.pk, "198.51.100.5"))

    def test_many_known_stories_keep_no_new_one_from_being_counted(self):
        tally, stories = Tally(), [make_article().pk for _n in range(3)]
        for pk in stories:
            tally.add(pk, "203.0.113.5")
        tally.flush()
        with mock.patch.object(counting, "MOST_NEW", 2):
            for pk in [*stories, make_article().pk]:
                self.assertTrue(tally.add(pk, "198.51.100.5"))

    def test_only_so_many_stories_are_known(self):
        tally, stories = Tally(), [make_article().pk for _n in range(3)]
        with mock.patch.object(counting, "MOST_KNOWN", 2):
            for pk in stories:
                tally.add(pk, "203.0.113.5")
                tally.flush()
        self.assertEqual(list(tally.known), stories[1:])

    def invent(self, tally):
        for n in range(50):
            tally.add(10**15 + n, "203.0.113.5")

    def test_what_is_not_public_is_not_counted(self):
        tally = Tally()
        for status in ("draft", "withdrawn", "scheduled"):
            tally.add(make_article(status).pk, "203.0.113.5")
        tally.flush()
        self.assertFalse(Popularity.objects.exists())

    def test_a_count_that_could_not_be_written_is_kept(self):
        tally, article = Tally(), make_article()
        tally.add(article.pk, "203.0.113.5")
        with mock.patch.object(counting, "write", side_effect=DatabaseError("away")):
            tally.flush()
        tally.add(article.pk, "198.51.100.5")
        tally.flush()
        self.assertEqual(Popularity.objects.get().reads, 2)

    def test_nothing_counted_writes_nothing(self):
        with self.assertNumQueries(0):
            Tally().flush()

    def test_a_flush_takes_as_many_queries_for_one_story_as_for_thirty(self):
        articles = [make_article() for _ in range(30)]
        for some in (articles[:1], articles):
            with self.assertNumQueries(6):  # what is public, three upserts, and the transaction around them
                write({article.pk: 1 for article in some})


class WritingTests(TestCase):
    def test_reads_add_up_by_hour_day_and_story(self):
        article = make_article()
        write({article.pk: 2}, at=NOON)
        write({article.pk: 3}, at=NOON + timedelta(minutes=30))
        write({article.pk: 5}, at=NOON + timedelta(hours=1))
        self.assertEqual(list(HourlyViews.objects.order_by("hour").values_list("reads", flat=True)), [5, 5])
        self.assertEqual(DailyViews.objects.get().reads, 10)
        self.assertEqual(Popularity.objects.get().reads, 10)

    def test_a_day_is_a_day_of_the_papers_time_zone(self):
        article = make_article()
        write({article.pk: 1}, at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
        self.assertEqual(str(DailyViews.objects.get().day), "2026-11-25")

    def test_the_database_adds_scores_as_python_does(self):
        article, expected = make_article(), {}
        moments = [NOON, NOON + timedelta(minutes=7), NOON + timedelta(hours=9), NOON + timedelta(days=700)]
        moments.append(NOON)  # and one that comes late
        for n, at in enumerate(moments, start=1):
            write({article.pk: n}, at=at)
            for window in decay.HALF_LIFE:
                new = decay.score(n, at.timestamp(), window)
                expected[window] = decay.added(expected[window], new) if window in expected else new
        row = Popularity.objects.get()
        for window in decay.HALF_LIFE:
            self.assertAlmostEqual(getattr(row, window), expected[window], places=6)

    def test_a_read_counts_half_after_the_half_life(self):
        old, new = make_article(), make_article()
        write({old.pk: 20}, at=NOON)
        write({new.pk: 11}, at=NOON + timedelta(hours=6))
        self.assertGreater(new.popularity.now, old.popularity.now)
        self.assertLess(new.popularity.week, old.popularity.week)

    def test_old_hours_and_days_are_forgotten_and_totals_stay(self):
        article, now = make_article(), timezone.now()
        for ago in (timedelta(hours=1), timedelta(hours=73), timedelta(days=402)):
            write({article.pk: 1}, at=now - ago)
        tidy(now)
        self.assertEqual(HourlyViews.objects.count(), 1)
        self.assertEqual(DailyViews.objects.count(), 2)
        self.assertEqual(Popularity.objects.get().reads, 3)

    def test_a_story_deleted_takes_its_counts_along(self):
        article = make_article()
        write({article.pk: 1})
        Article.objects.get(pk=article.pk).delete()
        self.assertFalse(Popularity.objects.exists())

from datetime import timedelta
from unittest import mock

from django.db import connection
from django.template import Context, Template
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from articles.models import Listing
from audience.counting import write
from audience.models import Ranking
from audience.ranking import most_read, rank
from pagecache.generation import current
from tests.factories import make_article, make_section

FRENCH = "language:fr"


class RankingTests(TestCase):
    def setUp(self):
        self.now = timezone.now()

    def make(self, hours_ago=1, **fields):
        return make_article(published_at=self.now - timedelta(hours=hours_ago), **fields)

    def read(self, article, reads, hours_ago=0):
        write({article.pk: reads}, at=self.now - timedelta(hours=hours_ago))

    def order(self, key=FRENCH, window="now", length=10, **options):
        rank(self.now)
        return most_read(key, window, length, **options)

    def test_the_most_read_comes_first(self):
        little, much = self.make(), self.make(2)
        self.read(little, 2)
        self.read(much, 5)
        stories = self.order()
        self.assertEqual((list(stories), stories.window), ([much, little], "now"))

    def test_now_forgets_what_the_week_remembers(self):
        yesterday, today = self.make(60), self.make(5)
        self.read(yesterday, 40, hours_ago=30)
        self.read(today, 10)
        self.assertEqual(list(self.order(window="now")), [today, yesterday])
        self.assertEqual(list(self.order(window="week")), [yesterday, today])

    def test_a_fresh_paper_shows_the_newest_and_says_so(self):
        old, new = self.make(5), self.make(1)
        for stories in (most_read(FRENCH, "now", 5), self.order()):
            self.assertEqual((list(stories), stories.window), ([new, old], "newest"))

    def test_too_few_reads_are_filled_up_with_the_week_and_then_the_newest(self):
        newest, weekly, read = self.make(1), self.make(100), self.make(50)
        self.read(weekly, 3, hours_ago=90)
        self.read(read, 1)
        self.assertEqual(list(self.order()), [read, weekly, newest])

    def test_each_section_has_its_own(self):
        here, there = self.make(section="network/villes"), self.make(section="monde")
        self.read(there, 9)
        self.read(here, 1)
        key = Listing.key_of(make_section("network"))
        self.assertEqual(list(self.order(key)), [here])

    def test_each_language_has_its_own(self):
        self.read(self.make(language="nl"), 9)
        french = self.make()
        self.assertEqual(list(self.order()), [french])

    def test_what_is_withdrawn_is_gone_before_the_next_run(self):
        article, other = self.make(), self.make(2)
        self.read(article, 9)
        self.assertEqual(self.order()[0], article)
        article.take_down(by=None, version=article.version)
        self.assertEqual(list(most_read(FRENCH, "now", 10)), [other])

    def test_some_can_be_left_out_without_a_gap(self):
        articles = [self.make(n + 1) for n in range(4)]
        stories = self.order(length=3, exclude={articles[0].pk})
        self.assertEqual(list(stories), articles[1:])

    def test_only_a_changed_order_raises_the_generation(self):
        first, second = self.make(), self.make(2)
        self.read(first, 3)
        self.read(second, 1)
        rank(self.now)
        before = current()
        self.read(first, 1)
        self.assertEqual(rank(self.now), 0)
        self.assertEqual(current(), before)
        self.read(second, 30)
        self.assertGreater(rank(self.now), 0)
        self.assertNotEqual(current(), before)

    def test_a_section_that_is_gone_leaves_no_ranking(self):
        section = make_section("sport")
        self.make(section="monde")
        Ranking.objects.create(list="section:999999", window="now", articles=[], read=0)
        rank(self.now)
        self.assertFalse(Ranking.objects.filter(list="section:999999").exists())
        self.assertFalse(Ranking.objects.filter(list=Listing.key_of(section)).exists())

    def test_it_takes_as_many_queries_for_one_story_as_for_thirty(self):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                rank(self.now)
                rank(self.now)
            return len(captured)

        self.read(self.make(), 1)
        one = queries()
        for n in range(29):
            self.read(self.make(n + 2), n + 1)
        self.assertLessEqual(queries(), one)


class TagTests(TestCase):
    def show(self, tag, **context):
        template = (
            "{% load popularity %}"
            + tag
            + "{{ stories.window }}: {% for s in stories %}{{ s.title }} {% endfor %}"
        )
        with translation.override("fr"):
            return Template(template).render(Context(context)).strip()

    def test_it_follows_the_masthead_and_the_pages_language(self):
        for n in range(7):
            make_article(title=f"T{n}", published_at=timezone.now() - timedelta(hours=n + 1))
        self.assertEqual(self.show("{% most_popular as stories %}"), "newest: T0 T1 T2 T3 T4")

    def test_a_section_and_what_to_leave_out_can_be_named(self):
        a, _b = make_article(title="A", section="sport"), make_article(title="B", section="sport")
        make_article(title="C", section="monde")
        shown = self.show("{% most_popular section=s exclude=a as stories %}", s=make_section("sport"), a=a)
        self.assertEqual(shown, "newest: B")

    def test_a_section_that_is_not_given_is_the_whole_paper(self):
        make_article(title="A")
        self.assertEqual(
            self.show("{% most_popular section=nothing as stories %}", nothing=None), "newest: A"
        )


class PageTests(TestCase):
    def test_the_most_read_page_shows_them(self):
        first, second = make_article(title="Un"), make_article(title="Deux")
        write({second.pk: 3})
        rank()
        response = self.client.get("/most-read/")
        self.assertContains(response, first.get_absolute_url())
        self.assertEqual(response.context["stories"][0], second)

    def test_the_page_takes_at_most_eight_queries(self):
        for n in range(12):
            make_article(title=f"T{n}")
        rank()
        self.client.get("/most-read/")
        with (
            CaptureQueriesContext(connection) as queries,
            mock.patch("pagecache.middleware.key_of", return_value=""),
        ):
            self.client.get("/most-read/")
        self.assertLessEqual(len(queries), 8)

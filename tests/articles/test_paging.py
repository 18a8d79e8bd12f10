"""Paging newest first."""

from datetime import timedelta

from django.http import Http404
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles import paging
from articles.models import Article
from tests.factories import make_article


class MarkTests(SimpleTestCase):
    def test_a_mark_stands_for_its_moment_and_id(self):
        now = timezone.now()
        self.assertEqual(paging.read(paging.mark(now, 4711)), (now, 4711))

    def test_what_is_no_mark_is_refused(self):
        for text in (
            "garbage",
            "-",
            "1-",
            "A-B",
            "1-2-3",
            "é-1",
            "1-zzzzzzzzzzzz9",
            "zzzzzzzzzzzz-1",
            "1 -1",
        ):
            with self.assertRaises(Http404, msg=text):
                paging.read(text)

    def test_no_mark_is_the_first_page(self):
        self.assertIsNone(paging.read(None))
        self.assertIsNone(paging.read(""))


class PagingTests(TestCase):
    def read_all(self, length):
        found, after = [], None
        while True:
            page = paging.stories(Article.objects.published(), "fr", length=length, after=after)
            found += page.rows
            after = page.after
            if not after:
                return found

    def test_every_story_comes_once_even_of_one_moment(self):
        at = timezone.now() - timedelta(hours=1)
        stories = [make_article(published_at=at) for _ in range(7)]
        stories += [make_article(published_at=at - timedelta(hours=n)) for n in range(1, 4)]
        found = self.read_all(length=3)
        self.assertEqual(len(found), 10)
        self.assertEqual({story.pk for story in found}, {story.pk for story in stories})
        self.assertEqual(found, sorted(found, key=lambda s: (s.published_at, s.pk), reverse=True))

    def test_what_comes_in_meanwhile_shifts_nothing(self):
        for n in range(4):
            make_article(published_at=timezone.now() - timedelta(hours=n + 1))
        first = paging.stories(Article.objects.published(), "fr", length=2)
        make_article()
        second = paging.stories(Article.objects.published(), "fr", length=2, after=first.after)
        self.assertEqual(len({story.pk for story in [*first, *second]}), 4)

    def test_a_mark_beyond_the_end_is_no_page(self):
        make_article()
        with self.assertRaises(Http404):
            paging.stories(Article.objects.published(), "fr", length=2, after="1-1")

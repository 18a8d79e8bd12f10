"""The rows every list reads, and when writing them lets kept pages go."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import listing
from articles.models import Article, Listing, Section, Tag
from pagecache import generation
from tests.articles.test_workflow import with_values
from tests.factories import make_article, make_section


def lists_of(article):
    return {row.list for row in Listing.objects.filter(article=article)}


class MovingTests(TestCase):
    def test_a_moved_section_takes_its_stories_along(self):
        article = make_article(section="europe/benelux/villes")
        europe, world = Section.objects.get(path="europe"), make_section("monde")
        benelux = Section.objects.get(path="europe/benelux")
        benelux.parent = world
        benelux.save()
        self.assertIn(Listing.key_of(world), lists_of(article))
        self.assertNotIn(Listing.key_of(europe), lists_of(article))

    def test_the_number_of_queries_does_not_follow_the_number_of_stories(self):
        one, many = [make_article()], [make_article() for _ in range(20)]
        self.assertEqual(self.queries_for(one), self.queries_for(many))

    def queries_for(self, articles):
        Listing.objects.filter(article__in=articles).exclude(list__startswith="section").delete()
        with CaptureQueriesContext(connection) as captured:
            listing.rebuild(Article.objects.filter(pk__in=[article.pk for article in articles]))
        return len(captured)

    def test_a_tag_knows_how_many_public_stories_have_it(self):
        first, second = make_article(tags=["Ponts"]), make_article(tags=["Ponts"])
        make_article("draft", tags=["Ponts"])
        uses = Tag.objects.values_list("uses", flat=True)
        self.assertEqual(uses.get(slug="ponts"), 2)
        second.take_down(by=None, version=second.version)
        first.save_content(with_values(first, tags=()), by=None, version=first.version)
        first.publish(by=None, version=first.version)
        self.assertEqual(uses.get(slug="ponts"), 0)


class KeptPagesTests(TestCase):
    """What no reader sees must not empty the page cache: drafts are saved every few seconds somewhere."""

    def assert_raised(self, do, raised):
        before = generation.current()
        do()
        self.assertEqual(generation.current() != before, raised)

    def save(self, article, **values):
        article.save_content(with_values(article, **values), by=None, version=article.version)

    def test_a_draft_that_is_begun_and_saved_raises_nothing(self):
        make_section("monde")
        self.assert_raised(lambda: make_article("draft"), False)
        draft = make_article("draft")
        self.assert_raised(lambda: self.save(draft, title="Un autre pont"), False)

    def test_changes_pending_raise_nothing_until_they_are_published(self):
        article = make_article()
        self.assert_raised(lambda: self.save(article, title="Un autre pont"), False)
        self.assert_raised(lambda: article.submit(by=None, version=article.version), False)
        self.assert_raised(lambda: article.publish(by=None, version=article.version), True)

    def test_a_draft_saved_whole_over_what_became_public_meanwhile_raises(self):
        draft = make_article("draft")
        stale = Article.objects.get(pk=draft.pk)
        draft.publish(by=None, version=draft.version)
        self.assert_raised(stale.save, True)

    def test_a_first_publication_raises(self):
        draft = make_article("draft")
        self.assert_raised(lambda: draft.publish(by=None, version=draft.version), True)

    def test_a_story_taken_down_before_it_was_public_takes_its_locks_in_order(self):
        article = make_article("scheduled")
        article.take_down(by=None, version=article.version)
        generation.current()  # as a new request would
        with CaptureQueriesContext(connection) as captured:
            self.save(article, title="Un autre pont")
        writes = [q["sql"] for q in captured if q["sql"].startswith(("UPDATE", "INSERT"))]
        self.assertIn("pagecache_generation", writes[0])

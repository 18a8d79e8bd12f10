"""States that meet: scheduled and taken down, pending and deleted, saved by two at one moment."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Tag
from tests.articles.test_workflow import with_values
from tests.factories import make_article, make_author, make_image, make_section, make_user


class StatesTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")

    def write(self, article, **values):
        article.save_content(with_values(article, **values), by=self.editor, version=article.version)


class ScheduledTests(StatesTestCase):
    def take_down(self, article):
        article.take_down(by=self.editor, version=article.version)

    def test_what_was_typed_after_a_scheduled_story_was_taken_down_is_the_newest(self):
        article = make_article("scheduled")
        self.write(article, title="Modifié avant")
        self.take_down(article)
        self.write(article, title="Modifié après")
        self.assertEqual(Article.objects.get(pk=article.pk).newest_content().title, "Modifié après")

    def test_a_scheduled_story_taken_down_was_never_public(self):
        article = make_article("scheduled", published_at=timezone.now() + timedelta(hours=1))
        self.take_down(article)
        with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=2)):
            self.assertFalse(Article.objects.get(pk=article.pk).was_public)

    def test_a_scheduled_story_is_not_binned_from_under_its_editor(self):
        article = make_article("scheduled", by=self.journalist)
        with self.assertRaises(ValidationError):
            article.bin(by=self.journalist, version=article.version)
        self.take_down(article)
        article.bin(by=self.journalist, version=article.version)

    def test_an_unscheduled_story_is_a_draft_with_what_was_changed_since(self):
        article = make_article("scheduled", by=self.journalist)
        self.write(article, title="Modifié depuis")
        article.unschedule(by=self.editor, version=article.version)
        kept = Article.objects.get(pk=article.pk)
        self.assertEqual((kept.status, kept.title, kept.draft_revision_id), ("draft", "Modifié depuis", None))
        with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=3)):
            self.assertFalse(kept.was_public or kept.is_public())
        article.bin(by=self.journalist, version=article.version)

    def test_only_editors_unschedule_and_only_what_is_scheduled(self):
        article = make_article("scheduled", by=self.journalist)
        with self.assertRaises(PermissionDenied):
            article.unschedule(by=self.journalist, version=article.version)
        article = make_article()
        with self.assertRaises(ValidationError):
            article.unschedule(by=self.editor, version=article.version)

    def test_a_public_story_cannot_be_put_off(self):
        article = make_article()
        self.write(article, title="Modifié")
        with self.assertRaises(ValidationError) as refused:
            article.publish(by=self.editor, version=article.version, at=timezone.now() + timedelta(days=1))
        self.assertIn("published_at", refused.exception.message_dict)
        self.assertTrue(Article.objects.get(pk=article.pk).is_public())

    def test_a_story_that_would_end_before_it_begins_is_refused(self):
        article = make_article("draft")
        article.arrange(by=self.editor, version=article.version, expires_at=timezone.now())
        with self.assertRaises(ValidationError) as refused:
            article.publish(by=self.editor, version=article.version)
        self.assertIn("expires_at", refused.exception.message_dict)

    def test_a_public_story_is_not_redated_to_another_age_or_after_its_end(self):
        ended = timezone.now() - timedelta(hours=1)
        article = make_article(published_at=ended - timedelta(days=1), expires_at=ended)
        for wrong in (datetime(1600, 1, 1, tzinfo=UTC), ended + timedelta(minutes=1)):
            with self.assertRaises(ValidationError) as refused:
                article.arrange(by=self.editor, version=article.version, published_at=wrong)
            self.assertIn("published_at", refused.exception.message_dict)
        article.arrange(by=self.editor, version=article.version, published_at=timezone.now(), expires_at=None)
        self.assertTrue(article.is_public())


class PastedTests(StatesTestCase):
    def test_what_cannot_be_seen_does_not_reach_the_feeds(self):
        author = make_author("Maëlle\x02 Torrekens")
        article = make_article(
            title="Un\x02 pont", authors=[author.name], section=make_section("a", name="A\x1f")
        )
        self.assertEqual(article.title, "Un pont")
        for path in ("/feed/", "/a/feed/", author.get_absolute_url() + "feed/", "/news-sitemap.xml"):
            self.assertEqual(self.client.get(path).status_code, 200, path)


class PendingTests(StatesTestCase):
    def test_changes_that_name_a_deleted_tag_can_be_published(self):
        article, tag = make_article(tags=["ponts"]), Tag.named("passerelles")
        self.write(article, tags=(tag.pk,), title="Modifié")
        tag.delete()
        article.publish(by=self.editor, version=article.version)
        self.assertEqual(article.title, "Modifié")

    def test_dropped_changes_are_no_longer_what_others_work_is_merged_with(self):
        article = make_article(title="Public")
        self.write(article, title="Essai")
        article.drop_changes(by=self.editor, version=article.version)
        opened, mine = article.version, with_values(article, kicker="Travaux")
        self.write(article, title="Essai")
        article.save_content(mine, by=None, version=opened)
        self.assertEqual(article.newest_content().title, "Essai")
        self.assertEqual(article.newest_content().kicker, "Travaux")

    def test_a_picture_in_the_text_needs_its_description(self):
        image = make_image(alt="")
        body = f'<p>Le pont.</p><figure data-image="{image.pk}"></figure>'
        article = make_article("draft", body=body)
        with self.assertRaises(ValidationError) as refused:
            article.publish(by=self.editor, version=article.version)
        self.assertIn("body", refused.exception.message_dict)

    def test_a_picture_readers_see_already_may_stay_when_its_rights_end(self):
        image = make_image()
        article = make_article(image=image)
        image.rights_until = timezone.localdate() - timedelta(days=1)
        image.save()
        self.write(article, title="Modifié")
        article.publish(by=self.editor, version=article.version)
        self.assertEqual(article.title, "Modifié")


class SameMomentTests(StatesTestCase):
    def test_what_is_typed_survives_a_save_between_the_merge_and_the_write(self):
        article = make_article("draft")
        opened, mine = article.version, with_values(article, kicker="Travaux")
        other = Article.objects.get(pk=article.pk)
        merge = Article._merge

        def interrupted(self, content, version):
            answer = merge(self, content, version)
            if self is not other and other.version == opened:
                other.save_content(with_values(other, title="Plus vite"), by=None, version=opened)
            return answer

        with patch.object(Article, "_merge", interrupted):
            article.save_content(mine, by=self.editor, version=opened)
        newest = Article.objects.get(pk=article.pk)
        self.assertEqual((newest.title, newest.kicker), ("Plus vite", "Travaux"))

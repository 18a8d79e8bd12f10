"""Embargo and expiry: nothing goes public before the one, nothing stays after the other."""

from datetime import timedelta
from unittest import mock

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from articles import planning
from articles.models import Article
from tests.articles.test_admin_form import change, typed
from tests.articles.test_workflow import with_values
from tests.factories import make_article, make_user

LIST = reverse("admin:articles_article_changelist")


def written(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


class EmbargoCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")
        cls.moment = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
        cls.earlier, cls.later = cls.moment - timedelta(minutes=1), cls.moment + timedelta(hours=1)

    def embargoed(self, status="draft", **fields):
        article = make_article(status, by=self.journalist, **fields)
        self.set(article, self.moment)
        return article

    def set(self, article, until, by=None):
        article.arrange(by=by or self.journalist, version=article.version, embargo_until=until)

    def refuses(self, field, verb, **options):
        with self.assertRaises(ValidationError) as refused:
            verb(by=self.editor, **options)
        self.assertIn("It is under embargo until", refused.exception.message_dict[field][0])


class VerbsTests(EmbargoCase):
    def test_nobody_publishes_or_schedules_before_it(self):
        article = self.embargoed()
        past = timezone.now() - timedelta(days=2)
        for at in (None, past, self.earlier):
            self.refuses("published_at", article.publish, version=article.version, at=at)
        with self.assertRaises(ValidationError):
            article.publish(by=None, version=article.version)
        article.publish(by=self.editor, version=article.version, at=self.moment)
        self.assertTrue(article.is_scheduled)

    def test_from_its_moment_on_it_is_published_as_any_other(self):
        article = self.embargoed()
        with mock.patch.object(timezone, "now", return_value=self.moment):
            article.publish(by=self.editor, version=article.version)
            self.assertTrue(article.is_public())

    def test_changes_to_a_public_story_wait_for_it_too(self):
        article = self.embargoed("published")
        article.save_content(
            with_values(article, title="Après"), by=self.editor, version=article.version
        )
        self.refuses("published_at", article.publish, version=article.version)
        self.refuses("go_live_at", article.plan, version=article.version, at=self.earlier)
        article.plan(by=self.editor, version=article.version, at=self.moment)
        self.assertTrue(article.is_public() and article.is_planned)

    def test_it_is_not_set_beyond_what_is_scheduled_or_planned(self):
        article = make_article("scheduled", by=self.journalist, published_at=self.moment)
        with self.assertRaises(ValidationError):
            self.set(article, self.later)
        article = make_article(by=self.journalist)
        article.save_content(with_values(article, title="Après"), by=None, version=article.version)
        article.plan(by=None, version=article.version, at=self.moment)
        with self.assertRaises(ValidationError):
            self.set(article, self.later)

    def test_its_author_sets_it_and_puts_it_off_and_only_editors_lift_it(self):
        article = self.embargoed()
        self.set(article, self.later)
        for until in (None, self.moment):
            with self.assertRaises(ValidationError) as refused:
                self.set(article, until)
            self.assertIn("Only editors lift", str(refused.exception))
        self.set(article, None, by=self.editor)
        article.publish(by=self.editor, version=article.version)
        entry = AuditEntry.objects.filter(verb="arrange").first()
        self.assertEqual((entry.by, entry.detail["embargo_until"]), (self.editor, "None"))
        self.assertEqual(entry.detail["before"], self.later.isoformat())

    def test_a_moment_gone_by_or_too_far_away_is_refused(self):
        article = make_article("draft", by=self.journalist)
        for until in (timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=4000)):
            with self.assertRaises(ValidationError):
                self.set(article, until)

    def test_the_calendar_does_not_move_a_story_before_it(self):
        article = make_article("scheduled", by=self.journalist, published_at=self.later)
        self.set(article, self.moment)
        with self.assertRaises(ValidationError) as refused:
            planning.move("story", article.pk, by=self.editor, version=article.version, at=self.earlier)
        self.assertIn("It is under embargo until", refused.exception.messages[0])


class DeskTests(EmbargoCase):
    def test_its_author_gives_it_in_the_form_in_the_papers_time(self):
        article = make_article("draft", by=self.journalist)
        self.client.force_login(self.journalist)
        self.client.post(change(article), typed(article, embargo_until=written(self.moment)))
        self.assertEqual(Article.objects.get().embargo_until, self.moment)

    def test_its_author_is_told_who_lifts_it_and_keeps_what_was_typed(self):
        article = self.embargoed()
        self.client.force_login(self.journalist)
        response = self.client.post(change(article), typed(article, title="Tapé", embargo_until=""))
        self.assertContains(response, "Only editors lift an embargo")
        article.refresh_from_db()
        self.assertEqual((article.title, article.embargo_until), ("Tapé", self.moment))

    def test_publishing_from_the_form_is_refused_in_a_sentence(self):
        article = self.embargoed()
        self.client.force_login(self.editor)
        for at in ("", written(self.moment)):
            article.refresh_from_db()
            sent = typed(article, embargo_until=written(self.moment), published_at=at, _publish="anyway")
            self.assertContains(self.client.post(change(article), sent), "It is under embargo until")
        article.refresh_from_db()
        self.assertEqual(article.status, "draft")

    def test_the_schedule_proposes_its_moment(self):
        article = self.embargoed()
        self.client.force_login(self.editor)
        form = self.client.get(change(article)).context["form"]
        self.assertEqual(form["published_at"].initial, self.moment)
        sent = typed(article, embargo_until=written(self.moment), _schedule="anyway")
        self.client.post(change(article), sent)
        article.refresh_from_db()
        self.assertEqual(article.published_at, self.moment)

    def test_a_bulk_publication_passes_it_over_with_the_sentence(self):
        article, other = self.embargoed(), make_article("draft")
        self.client.force_login(self.editor)
        data = {"action": "publish", "_selected_action": [article.pk, other.pk]}
        response = self.client.post(LIST, data, follow=True)
        self.assertContains(response, "It is under embargo until")
        self.client.post(LIST, data | {"confirmed": "yes"})
        article.refresh_from_db(), other.refresh_from_db()
        self.assertEqual((article.status, other.status), ("draft", "published"))

    def test_it_is_shown_in_the_state_bar_the_list_and_the_calendar(self):
        article = self.embargoed(title="Un pont")
        self.client.force_login(self.editor)
        for address in (change(article), LIST):
            self.assertContains(self.client.get(address), "not before ")
        today = timezone.localdate()
        found = planning.entries(self.editor, today, today + timedelta(days=3))
        self.assertEqual([(e.kind, e.text) for e in found], [("embargo", "Un pont")])

    def test_a_restricted_one_is_on_nobody_elses_calendar(self):
        self.embargoed(restricted=True)
        today, other = timezone.localdate(), make_user("journalist")
        self.assertEqual(planning.entries(other, today, today + timedelta(days=3)), [])


class ExpiryTests(EmbargoCase):
    def test_an_expired_story_is_gone_everywhere_until_it_is_prolonged(self):
        article = make_article(title="Un pont", expires_at=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 410)
        self.assertNotContains(self.client.get("/monde/"), "Un pont")
        self.client.force_login(self.editor)
        sent = typed(article, published_at=written(article.published_at), expires_at=written(self.later))
        self.client.post(change(article), sent)
        self.client.logout()
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 200)
        self.assertContains(self.client.get("/monde/"), "Un pont")

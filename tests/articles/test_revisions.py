"""Kept states at the desk: choosing two, comparing them, bringing one back."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import record
from articles.models import Author, Revision, Section, Tag
from articles.workflow import Conflict
from images.models import Image
from tests.articles.test_workflow import with_values
from tests.factories import make_article, make_author, make_image, make_section, make_source, make_user


class RevisionTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client.force_login(self.editor)

    def save(self, article, **values):
        article.save_content(with_values(article, **values), by=self.editor, version=article.version)
        return article.revisions.order_by("-id").first()

    def compare(self, article, **which):
        return self.client.get(reverse("admin:articles_article_compare", args=[article.pk]), which)

    def history(self, article, **which):
        return self.client.get(reverse("admin:articles_article_history", args=[article.pk]), which)


class ComparePageTests(RevisionTestCase):
    def test_the_newest_state_is_compared_with_the_one_before(self):
        article = make_article("draft", body="<p>Le conseil a voté mardi soir.</p>")
        self.save(article, body="<p>Le conseil a refusé mardi soir.</p>", kicker="Ponts")
        response = self.compare(article)
        self.assertContains(response, "voté</del>")
        self.assertContains(response, "refusé</ins>")
        self.assertContains(response, "Ponts</ins>")
        self.assertContains(response, "The other fields are the same.")

    def test_any_two_are_compared_the_older_first(self):
        article = make_article("draft", title="Un")
        first = article.revisions.get()
        second = self.save(article, title="Deux")
        third = self.save(article, title="Trois")
        for which in ({"old": first.pk, "new": third.pk}, {"old": third.pk, "new": first.pk}):
            response = self.compare(article, **which)
            self.assertContains(response, "Un</del>")
            self.assertContains(response, "Trois</ins>")
        self.assertContains(self.compare(article, new=second.pk), "Un</del>")

    def test_each_field_that_differs_is_told_by_name(self):
        article = make_article("draft", tags=["Ports", "Canaux"], authors=["Maëlle Torrekens"])
        image, ports = make_image(), Tag.objects.get(slug="ports")
        self.save(
            article, tags=(ports.pk, Tag.named("Écluses").pk), section=make_section("sport").pk, image=image.pk,
            authors=((make_author("Jan Peeters").pk, ""),), source=make_source().pk, seo_title="Un pont",
        )  # fmt: skip
        response = self.compare(article)
        for told in ("Canaux</del>", "Écluses</ins>", "Monde</del>", "Sport</ins>", "Jan Peeters</ins>",
                     "partner.example</ins>", "Un pont</ins>", f'<img src="{image.desk_url()}"'):  # fmt: skip
            self.assertContains(response, told)
        self.assertNotContains(response, "Ports</")

    def test_pending_changes_are_compared_with_what_readers_see(self):
        article = make_article(title="Public")
        form = reverse("admin:articles_article_change", args=[article.pk])
        self.assertNotContains(self.client.get(form), "What has changed")
        self.save(article, title="Proposé une fois")
        self.save(article, title="Proposé")
        self.assertContains(self.client.get(form), "compare/?old=public")
        response = self.compare(article, old="public")
        self.assertContains(response, "Public</del>")
        self.assertContains(response, "What readers see")

    def test_a_story_submitted_again_is_compared_with_what_was_sent_back(self):
        article = make_article("returned", title="Avant")
        self.save(article, title="Après")
        form = reverse("admin:articles_article_change", args=[article.pk])
        self.assertNotContains(self.client.get(form), "old=returned")
        article.submit(by=self.editor, version=article.version)
        self.assertContains(self.client.get(form), "compare/?old=returned")
        self.assertContains(self.compare(article, old="returned"), "Avant</del>")

    def test_a_state_that_changed_nothing_says_so(self):
        article = make_article("draft")
        self.assertContains(self.compare(article), "There is no version before it.")
        article.submit(by=None, version=article.version)
        self.assertContains(self.compare(article), "Nothing differs.")

    def test_no_markup_of_a_revision_runs(self):
        article = make_article("draft")
        evil = "<img src=x onerror=alert(1)>"
        kept = article.revisions.create(
            number=9, kind="saved",
            content=with_values(article, body=f"<p>a<script>alert(1)</script>{evil}</p>", title=evil, via=evil,
                                original_url="javascript:alert(1)").to_json(),
        )  # fmt: skip
        response = self.compare(article, new=kept.pk)
        for marker in ("<img src=x", "<script>alert", 'href="javascript'):
            self.assertNotContains(response, marker)

    def test_what_is_not_there_is_not_found(self):
        article, other = make_article("draft"), make_article("draft")
        foreign = other.revisions.get().pk
        for which in (
            {"old": foreign},
            {"new": foreign},
            {"old": "x"},
            {"old": "public"},
            {"old": "returned"},
        ):
            self.assertEqual(self.compare(article, **which).status_code, 404, which)

    def test_who_may_not_see_the_story_may_not_compare_it(self):
        article = make_article("draft", restricted=True)
        self.client.force_login(make_user("journalist"))
        self.assertEqual(self.compare(article).status_code, 403)

    def test_it_costs_the_same_with_many_states(self):
        article = make_article("draft", title="Un")
        self.save(article, title="Deux")
        self.compare(article)
        with CaptureQueriesContext(connection) as few:
            self.compare(article)
        for n in range(20):
            self.save(article, title=f"Titre {n}")
        with self.assertNumQueries(len(few)):
            self.compare(article)


class HistoryPageTests(RevisionTestCase):
    def test_two_are_chosen_the_newest_and_the_one_before_at_first(self):
        article = make_article("draft")
        first = article.revisions.get()
        second = self.save(article, title="Deux")
        response = self.history(article)
        self.assertContains(response, f'name="old" value="{first.pk}" checked')
        self.assertContains(response, f'name="new" value="{second.pk}" checked')

    def test_what_was_planned_or_submitted_as_it_was_is_passed_over(self):
        article = make_article(title="Un")
        first = article.revisions.order_by("-id").first()
        self.save(article, title="Deux")
        article.plan(by=self.editor, version=article.version, at=timezone.now() + timedelta(hours=2))
        planned = article.revisions.order_by("-id").first()
        self.assertEqual(planned.kind, "planned")
        response = self.history(article)
        self.assertContains(response, f'name="old" value="{first.pk}" checked')
        self.assertContains(response, f'name="new" value="{planned.pk}" checked')
        for which in ({}, {"new": planned.pk}):
            self.assertContains(self.compare(article, **which), "Deux</ins>")

    def test_many_equal_states_are_looked_through_in_a_few_queries(self):
        article = make_article("draft", title="Un")
        first = self.save(article, title="Deux")
        self.history(article)
        with CaptureQueriesContext(connection) as few:
            self.history(article)
        for number in range(2, 32):
            first.pk, first.number = None, first.number + number
            first.save(force_insert=True)
        with CaptureQueriesContext(connection) as many:
            self.history(article)
        self.assertLessEqual(len(many) - len(few), 3)

    def test_an_old_page_compares_with_the_newest_state(self):
        article = make_article("draft")
        first = article.revisions.get()
        self.save(article, title="Deux")
        response = self.history(article, after=first.pk + 1)
        self.assertContains(response, 'name="new" value="" checked')
        self.assertEqual(self.compare(article, old=first.pk, new="").status_code, 200)


class RestoreTests(RevisionTestCase):
    def restore(self, article, kept, **data):
        address = reverse("admin:articles_article_revision", args=[article.pk, kept.pk])
        return self.client.post(address, {"version": article.version} | data, follow=True)

    def test_what_was_public_gets_pending_changes(self):
        article = make_article(title="Premier")
        first = article.revisions.last()
        self.save(article, title="Second")
        article.publish(by=self.editor, version=article.version)
        self.restore(article, first)
        article.refresh_from_db()
        self.assertEqual((article.title, article.newest_content().title), ("Second", "Premier"))

    def test_it_is_not_done_over_what_somebody_saved_meanwhile(self):
        article = make_article("draft", title="Premier")
        first, version = article.revisions.get(), article.version
        self.save(article, title="Second")
        self.assertContains(self.restore(article, first, version=version), "Somebody saved this article")
        with self.assertRaises(Conflict):
            article.restore(first, by=self.editor, version=version)
        article.refresh_from_db()
        self.assertEqual(article.title, "Second")

    def test_what_was_deleted_since_is_named_and_every_word_is_there(self):
        section, image, lead = make_section("ports"), make_image(), make_image()
        figure = f'<figure data-image="{image.pk}"><figcaption>Le quai</figcaption></figure>'
        article = make_article(
            "draft", section="ports", tags=["Canaux"], authors=["Maëlle Torrekens"], source=make_source(),
            body=f"<p>Un mot.</p>{figure}<p>Un autre.</p>", image=lead, image_caption="Au port",
        )  # fmt: skip
        old = article.revisions.get()
        self.save(
            article,
            section=make_section("monde").pk,
            tags=(),
            authors=(),
            source=None,
            image=None,
            body="<p>x</p>",
        )
        for model in (Section, Tag, Author, Image):
            for row in model.objects.exclude(pk=article.section_id if model is Section else None):
                record(f"delete {model._meta.model_name}", row, by=self.editor)
                row.delete()
        self.assertFalse(Section.objects.filter(pk=section.pk).exists())
        shown = self.client.get(reverse("admin:articles_article_revision", args=[article.pk, old.pk]))
        compared = self.compare(article, old=old.pk)
        for response in (shown, compared):
            self.assertContains(response, "Le quai")
            self.assertContains(response, "A picture that was deleted.")
            self.assertContains(response, "Canaux (deleted)")
        said = self.restore(article, old)
        tag = f"Canaux ({Tag._meta.verbose_name})"
        for name in ("Ports (section)", tag, "Maëlle Torrekens (author)", "(picture in the text)"):
            self.assertContains(said, name)
        article.refresh_from_db()
        self.assertIn(figure, article.body)
        self.assertEqual((article.image, article.image_caption), (None, "Au port"))
        self.assertEqual((article.section, list(article.tags.all())), (None, []))
        self.assertEqual(article.source.name, "partner.example")

    def test_who_may_only_read_sees_no_button(self):
        article = make_article("draft", by=make_user("journalist"))
        kept = article.revisions.get()
        self.client.force_login(make_user("journalist"))
        address = reverse("admin:articles_article_revision", args=[article.pk, kept.pk])
        self.assertNotContains(self.client.get(address), "Make it the newest draft")
        self.assertEqual(self.client.post(address, {"version": article.version}).status_code, 403)


class KeptTests(RevisionTestCase):
    def test_each_step_of_the_round_is_kept_with_who_and_when(self):
        article = make_article("draft")
        self.save(article, title="Enregistré")
        article.submit(by=self.editor, version=article.version)
        article.send_back(by=self.editor, version=article.version, note="Non.")
        article.publish(by=self.editor, version=article.version)
        article.take_down(by=self.editor, version=article.version)
        kept = Revision.objects.filter(article=article, by=self.editor, at__isnull=False)
        kinds = set(kept.values_list("kind", flat=True))
        self.assertEqual(kinds, {"saved", "submitted", "returned", "published", "taken-down"})

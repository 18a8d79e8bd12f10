"""The article form: what is typed is kept, whatever happens to it."""

import base64
import uuid
from datetime import timedelta
from unittest import mock

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import saving
from articles.models import Article, Tag
from images.models import Image
from tests.factories import make_article, make_author, make_section, make_source, make_user, picture_bytes

ADD = reverse("admin:articles_article_add")


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(article=None, **fields):
    """What a browser would send from the form of `article` with these fields changed."""
    values = {
        "title": "Le pont ouvre jeudi",
        "slug": "",
        "summary": "Deux ans de travaux.",
        "body": "<p>Les premiers camions passent à six heures.</p>",
        "language": "fr",
        "section": make_section("monde").pk,
        "form_key": uuid.uuid4(),
        "version": article.version if article else 0,
    }
    if article:
        names = ("title", "slug", "summary", "body", "language")
        values |= {name: getattr(article, name) for name in names} | {"section": article.section_id or ""}
    return values | fields


class FormCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")

    def as_(self, user):
        self.client.force_login(user)
        return self.client


class AnotherPersonTests(FormCase):
    """A form that was made for one person, sent when another is signed in in the same browser."""

    def test_nothing_is_saved_and_all_stands_again(self):
        for address, article in ((ADD, None), (change(made := make_article("draft", by=self.journalist)), made)):
            with self.subTest(address):
                sent = typed(article, title="De lui", typed_by=self.journalist.pk, tab=uuid.uuid4(), _save="")
                page = self.as_(self.editor).post(address, sent)
                said = f"This was typed by {self.journalist}, but you are signed in as {self.editor}"
                self.assertContains(page, said)
                self.assertContains(page, f'name="typed_by" value="{self.editor.pk}"')
                form = page.context["form"]
                self.assertEqual(form["title"].value(), "De lui")
                self.assertNotEqual(str(form["tab"].value()), str(sent["tab"]))
                self.assertFalse(Article.objects.filter(title="De lui").exists())
                form_key = form["form_key"].value()
                again = typed(article, title="De lui", typed_by=self.editor.pk, form_key=form_key)
                self.client.post(address, again)
                found = Article.objects.get(title="De lui")
                self.assertEqual(found.revisions.first().by, self.editor)
                Article.objects.filter(pk=found.pk).update(title="")

    def test_who_may_not_write_the_story_is_refused(self):
        article = make_article("draft", by=self.editor)
        sent = typed(article, title="D’elle", typed_by=self.editor.pk)
        self.assertEqual(self.as_(self.journalist).post(change(article), sent).status_code, 403)

    def test_an_unknown_name_breaks_nothing(self):
        for writer in ("x", "9" * 40, "-1", ""):
            with self.subTest(writer):
                page = self.as_(self.journalist).post(ADD, typed(typed_by=writer))
                self.assertContains(page, "This was typed by somebody else")
        self.assertFalse(Article.objects.exists())


class WritingTests(FormCase):
    def test_a_journalist_writes_a_draft(self):
        response = self.as_(self.journalist).post(ADD, typed(_save=""))
        article = Article.objects.get()
        self.assertRedirects(response, change(article))
        self.assertEqual((article.status, article.created_by), ("draft", self.journalist))
        self.assertEqual(article.slug, "le-pont-ouvre-jeudi")

    def test_every_field_reaches_the_article(self):
        author, other = make_author("Maëlle Torrekens"), make_author("Basile Oyono-Krier")
        source, related = make_source(), make_article()
        Tag.named("Énergie")
        self.as_(self.journalist).post(
            ADD,
            typed(
                tags="énergie",
                authors="Basile Oyono-Krier\nMaëlle Torrekens [maelle-torrekens] (photo)",
                source="partner.example",
                original_url="https://partner.example/pont",
                further_sections=[make_section("belgique").pk],
                related=f"Un pont [{related.pk}]",
            ),
        )
        article = Article.objects.get(title="Le pont ouvre jeudi")
        self.assertEqual([t.name for t in article.tags.all()], ["Énergie"])
        self.assertEqual(
            [(b.author, b.role) for b in article.bylines.all()], [(other, ""), (author, "photo")]
        )
        self.assertEqual((article.source, article.chosen_related.get().other), (source, related))
        self.assertEqual([s.path for s in article.further_sections.all()], ["belgique"])

    def test_a_journalist_submits_and_an_editor_publishes(self):
        self.as_(self.journalist).post(ADD, typed(_submit=""))
        article = Article.objects.get()
        self.assertEqual(article.status, "submitted")
        self.as_(self.editor).post(change(article), typed(article, _publish="anyway"))
        article.refresh_from_db()
        self.assertTrue(article.is_public())

    def test_an_editor_sends_it_back_with_a_note(self):
        article = make_article("submitted", by=self.journalist)
        self.as_(self.editor).post(change(article), typed(article, _send_back="", note="Qui parle ?"))
        article.refresh_from_db()
        self.assertEqual((article.status, article.notes.get().text), ("returned", "Qui parle ?"))

    def test_sending_back_without_a_note_is_asked_about_beside_the_note(self):
        article = make_article("submitted", by=self.journalist)
        response = self.as_(self.editor).post(change(article), typed(article, _send_back=""))
        self.assertIn("note", response.context["form"].errors)

    def test_a_form_sent_twice_makes_one_story(self):
        data = typed(_submit="")
        for _time in range(2):
            self.as_(self.journalist).post(ADD, data)
        self.assertEqual(Article.objects.get().status, "submitted")

    def test_nobody_takes_over_a_story_by_its_form_key(self):
        data = typed(_save="")
        self.as_(self.journalist).post(ADD, data)
        response = self.as_(make_user("journalist")).post(ADD, data | {"title": "Le mien"})
        self.assertEqual(response.status_code, 403)
        self.assertEqual(Article.objects.get().title, "Le pont ouvre jeudi")

    def test_french_typography_is_helped_on_save(self):
        texts = dict.fromkeys(("title", "seo_title", "seo_description", "ai_note"), "Le pont : qui paie ?")
        self.as_(self.journalist).post(ADD, typed(**texts))
        for name in texts:
            self.assertEqual(getattr(Article.objects.get(), name), "Le pont\u202f: qui paie\u202f?", name)

    def test_an_unchanged_form_writes_nothing(self):
        self.as_(self.journalist).post(ADD, typed(title="Le pont : qui paie ?"))
        article = Article.objects.get()
        self.as_(self.journalist).post(change(article), typed(article))
        article.refresh_from_db()
        self.assertEqual(article.version, 1)

    def test_saving_a_public_story_waits_for_publishing(self):
        article = make_article(by=self.journalist)
        self.as_(self.journalist).post(change(article), typed(article, title="Autre titre"))
        article.refresh_from_db()
        self.assertNotEqual(article.title, "Autre titre")
        self.assertEqual(article.newest_content().title, "Autre titre")

    def test_publishing_changes_can_tell_readers(self):
        article = make_article()
        self.as_(self.editor).post(
            change(article), typed(article, title="Autre titre", updated="on", _publish="anyway")
        )
        article.refresh_from_db()
        self.assertEqual(article.title, "Autre titre")
        self.assertIsNotNone(article.modified_at)

    def test_an_editor_schedules_in_the_papers_time_zone(self):
        article = make_article("draft")
        year = timezone.now().year + 1
        data = typed(article, _schedule="anyway", published_at=f"{year}-01-10T06:00")
        self.as_(self.editor).post(change(article), data)
        article.refresh_from_db()
        self.assertEqual(article.published_at.isoformat(), f"{year}-01-10T05:00:00+00:00")
        self.assertTrue(article.is_scheduled)

    def test_a_scheduled_story_is_unscheduled_and_keeps_what_was_typed(self):
        article = make_article("scheduled")
        form = self.as_(self.editor).get(change(article))
        self.assertContains(form, "Scheduled · ")
        self.assertNotContains(form, "Published · ")
        self.assertNotContains(form, reverse("admin:articles_article_take_down", args=[article.pk]))
        self.client.post(change(article), typed(article, title="Autre titre", _unschedule=""))
        article.refresh_from_db()
        self.assertEqual((article.status, article.title), ("draft", "Autre titre"))

    def test_each_button_pressed_twice_from_the_same_form_is_no_error(self):
        for button in saving.BUTTONS:
            for status in ("draft", "submitted", "scheduled", "published", "withdrawn"):
                with self.subTest(button=button, status=status):
                    article = make_article(status, by=self.journalist)
                    sent = typed(article, title="Autre titre", note="Voir plus bas.", **{button: ""})
                    for _time in range(2):
                        response = self.as_(self.editor).post(change(article), sent, follow=True)
                        self.assertEqual(response.status_code, 200)

    def test_dropped_changes_stay_in_the_history(self):
        article = make_article()
        self.as_(self.editor).post(change(article), typed(article, title="Autre titre"))
        article.refresh_from_db()
        self.as_(self.editor).post(change(article), typed(article, title="Autre titre", _drop_changes=""))
        article.refresh_from_db()
        self.assertIsNone(article.draft_revision_id)
        self.assertTrue(any(r.content["title"] == "Autre titre" for r in article.revisions.all()))

    def test_the_bin_gives_back(self):
        article = make_article("draft", by=self.journalist)
        self.as_(self.journalist).post(change(article), typed(article, _bin=""))
        article.refresh_from_db()
        self.assertIsNotNone(article.binned_at)
        self.client.post(change(article), {"_unbin": ""})
        article.refresh_from_db()
        self.assertIsNone(article.binned_at)

    def test_the_form_costs_as_many_queries_with_ten_of_each_as_with_one(self):
        def cost(number):
            names = [f"Sujet {n}" for n in range(number)]
            article = make_article(
                "draft", tags=names, authors=names, related=[make_article() for _n in names]
            )
            self.as_(self.editor).get(change(article))
            with CaptureQueriesContext(connection) as queries:
                self.client.get(change(article))
            return len(queries)

        self.assertEqual(cost(10), cost(1))

    def test_a_picture_that_stands_in_the_text_itself_is_named_after_the_story(self):
        data = base64.b64encode(picture_bytes(kind="PNG")).decode()
        body = f'<p>Avant</p><img src="data:image/png;base64,{data}">'
        self.as_(self.journalist).post(ADD, typed(title="Le pont", body=body))
        self.assertEqual(Image.objects.get().title, "Pasted picture, Le pont")

    def test_the_library_which_all_may_read_does_not_name_a_story_that_only_few_may(self):
        data = base64.b64encode(picture_bytes(kind="PNG")).decode()
        body = f'<p>Avant</p><img src="data:image/png;base64,{data}">'
        self.as_(self.journalist).post(ADD, typed(title="Le pont", body=body, restricted="on"))
        self.assertTrue(Article.objects.get().restricted)
        self.assertEqual(Image.objects.get().title, "Pasted picture")


class NothingIsLostTests(FormCase):
    def kept(self, response, text, status=200):
        """The form came back with what was typed."""
        self.assertContains(response, text, status_code=status)

    def test_a_refused_verb_still_saves_what_was_typed(self):
        response = self.as_(self.editor).post(ADD, typed(section="", _publish="anyway"))
        article = Article.objects.get()
        self.assertEqual((article.status, article.title), ("draft", "Le pont ouvre jeudi"))
        self.assertIn("section", response.context["form"].errors)
        self.assertContains(response, f'action="{change(article)}"')
        self.assertContains(response, "What you typed is saved.", 1)
        self.assertNotContains(response, "Something has to be put right")
        self.assertEqual(list(response.context["messages"]), [])

    def test_the_form_of_a_refused_verb_can_be_sent_again(self):
        response = self.as_(self.editor).post(ADD, typed(section="", _publish="anyway"))
        article = Article.objects.get()
        again = typed(version=response.context["form"]["version"].value(), _publish="anyway")
        self.client.post(change(article), again)
        article.refresh_from_db()
        self.assertTrue(article.is_public())

    def test_a_title_of_300_characters_comes_back_with_a_sentence(self):
        response = self.as_(self.journalist).post(ADD, typed(title="x" * 300))
        self.kept(response, "x" * 300)
        self.assertIn("title", response.context["form"].errors)
        self.assertFalse(Article.objects.exists())

    def test_a_text_of_two_megabytes_comes_back_with_a_sentence(self):
        response = self.as_(self.journalist).post(ADD, typed(body="<p>mot " + "mot " * 500_000 + "</p>"))
        self.assertIn("body", response.context["form"].errors)
        self.kept(response, "mot mot mot")

    def test_a_slug_already_taken_is_said(self):
        make_article(slug="le-pont")
        response = self.as_(self.journalist).post(ADD, typed(slug="le-pont"))
        self.assertIn("slug", response.context["form"].errors)

    def test_the_address_of_a_public_story_stays_whatever_becomes_of_its_title(self):
        article = make_article(title="Le pont", slug="le-pont")
        for slug in ("le-pont", ""):
            data = typed(article, title=f"Le pont, enfin {slug}", slug=slug, _publish="anyway")
            self.as_(self.editor).post(change(article), data)
            article.refresh_from_db()
            self.assertEqual((article.title, article.slug), (data["title"].strip(), "le-pont"))

    def test_the_address_of_a_public_story_is_changed_by_hand_and_the_old_one_leads_on(self):
        article = make_article(section="monde", slug="le-pont")
        self.as_(self.editor).post(change(article), typed(article, slug="Le-Viaduc", _publish="anyway"))
        self.assertRedirects(self.client.get("/monde/le-pont/"), "/monde/le-viaduc/", 301)

    def test_only_what_never_was_public_has_a_future_address(self):
        for status, label in (
            ("draft", "Future address"),
            ("published", "Address"),
            ("withdrawn", "Address"),
        ):
            form = self.as_(self.editor).get(change(make_article(status))).context["form"]
            self.assertEqual(form["slug"].label, label)

    def test_a_slug_made_from_the_title_gets_a_number(self):
        make_article(slug="le-pont-ouvre-jeudi")
        self.as_(self.journalist).post(ADD, typed(slug="le-pont-ouvre-jeudi"))
        self.assertTrue(Article.objects.filter(slug="le-pont-ouvre-jeudi-2").exists())

    def test_the_year_9999_is_asked_about(self):
        article = make_article("draft")
        data = typed(article, _schedule="anyway", published_at="9999-12-31T23:59")
        response = self.as_(self.editor).post(change(article), data)
        self.assertIn("published_at", response.context["form"].errors)

    def test_an_hour_that_summer_time_skips_is_asked_about(self):
        article = make_article("draft")
        response = self.as_(self.editor).post(
            change(article), typed(article, published_at="2027-03-28T02:30")
        )
        self.assertIn("published_at", response.context["form"].errors)

    def test_an_hour_that_comes_twice_is_asked_about_and_can_be_answered(self):
        article = make_article("draft")
        data = typed(article, _schedule="anyway", published_at="2027-10-31T02:30")
        response = self.as_(self.editor).post(change(article), data)
        self.assertIn("published_at", response.context["form"].errors)
        self.client.post(change(article), data | {"published_at_which": "second"})
        article.refresh_from_db()
        self.assertEqual(article.published_at.isoformat(), "2027-10-31T01:30:00+00:00")

    def test_an_unknown_tag_does_not_keep_a_journalists_text_from_being_saved(self):
        Tag.named("Rail")
        for button, status in (("_save", "draft"), ("_submit", "draft"), ("_preview", "draft")):
            with self.subTest(button):
                sent = typed(tags="Rail, Inconnu", **{button: ""})
                response = self.as_(self.journalist).post(ADD, sent)
                article = Article.objects.latest("pk")
                self.assertEqual(
                    (article.status, [tag.name for tag in article.tags.all()]), (status, ["Rail"])
                )
                self.assertIn("Inconnu", response.context["form"].errors["tags"][0])
                self.assertEqual(response.context["form"]["tags"].value(), "Rail, Inconnu")
                self.client.post(
                    change(article),
                    sent | {"tags": "Rail", "version": response.context["form"]["version"].value()},
                )
        self.assertFalse(Tag.objects.filter(name="Inconnu").exists())

    def test_a_missing_language_is_said(self):
        response = self.as_(self.journalist).post(ADD, typed(language=""))
        self.assertIn("language", response.context["form"].errors)

    def test_a_full_disk_keeps_the_text(self):
        with mock.patch.object(Article, "start", side_effect=OperationalError("database or disk is full")):
            response = self.as_(self.journalist).post(ADD, typed())
        self.kept(response, "Les premiers camions", status=503)

    def test_two_who_changed_one_field_see_both_versions(self):
        article = make_article("draft", by=self.journalist)
        opened = typed(article)
        self.as_(self.editor).post(change(article), opened | {"title": "Titre de la rédactrice"})
        response = self.as_(self.journalist).post(change(article), opened | {"title": "Titre du journaliste"})
        self.assertContains(response, "Titre de la rédactrice")
        self.assertEqual(response.context["form"]["title"].value(), "Titre du journaliste")
        again = opened | {
            "title": "Titre du journaliste",
            "version": response.context["form"]["version"].value(),
        }
        self.client.post(change(article), again)
        article.refresh_from_db()
        self.assertEqual(article.title, "Titre du journaliste")

    def test_two_who_changed_different_fields_are_brought_together(self):
        article = make_article("draft", by=self.journalist)
        opened = typed(article)
        self.as_(self.editor).post(change(article), opened | {"title": "Nouveau titre"})
        self.as_(self.journalist).post(change(article), opened | {"summary": "Nouveau chapô."})
        article.refresh_from_db()
        self.assertEqual((article.title, article.summary), ("Nouveau titre", "Nouveau chapô."))

    def test_what_only_the_other_changed_survives_the_second_try(self):
        article = make_article("draft", by=self.journalist)
        opened = typed(article)
        theirs = opened | {"title": "Titre de la rédactrice", "summary": "Chapô de la rédactrice."}
        self.as_(self.editor).post(change(article), theirs)
        response = self.as_(self.journalist).post(change(article), opened | {"title": "Le mien"})
        self.assertEqual(response.context["form"]["summary"].value(), "Chapô de la rédactrice.")

    def test_a_note_survives_a_conflict(self):
        article = make_article("draft", by=self.journalist)
        opened = typed(article)
        self.as_(self.editor).post(change(article), opened | {"title": "Titre de la rédactrice"})
        mine = opened | {"title": "Le mien", "note": "Sources vérifiées."}
        response = self.as_(self.journalist).post(change(article), mine)
        self.assertEqual(response.context["form"]["note"].value(), "Sources vérifiées.")

    def test_a_note_survives_somebody_faster(self):
        article = make_article("submitted", by=self.journalist)
        opened = typed(article, _send_back="", note="Qui parle ?")
        self.as_(self.editor).post(change(article), typed(article, _publish="anyway"))
        self.as_(make_user("editor")).post(change(article), opened)
        self.assertEqual(article.notes.get().text, "Qui parle ?")

    def test_two_editors_press_publish_at_once(self):
        article = make_article("submitted", by=self.journalist)
        opened = typed(article, _publish="anyway")
        self.as_(self.editor).post(change(article), opened)
        response = self.as_(make_user("editor")).post(
            change(article), opened | {"kicker": "Ponts"}, follow=True
        )
        article.refresh_from_db()
        self.assertTrue(article.is_public())
        self.assertContains(response, "was faster")
        self.assertEqual(article.newest_content().kicker, "Ponts")

    def test_a_date_gone_by_is_the_date_it_is_published_with(self):
        article = make_article("draft")
        self.as_(self.editor).post(
            change(article), typed(article, published_at="2024-03-05T08:15", _publish="anyway")
        )
        article.refresh_from_db()
        self.assertTrue(article.is_public())
        self.assertEqual(f"{timezone.localtime(article.published_at):%Y-%m-%d %H:%M}", "2024-03-05 08:15")

    def test_scheduling_for_a_date_gone_by_is_asked_about(self):
        article = make_article("draft")
        response = self.as_(self.editor).post(
            change(article), typed(article, published_at="2024-03-05T08:15", _schedule="anyway")
        )
        self.assertIn("published_at", response.context["form"].errors)
        article.refresh_from_db()
        self.assertEqual(article.status, "draft")

    def date_sent(self, article, moment, **fields):
        shown = f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"
        return self.as_(self.editor).post(
            change(article), typed(article, published_at=shown, **fields), follow=True
        )

    def test_the_date_of_a_public_story_is_shown_and_corrected_and_the_lists_follow(self):
        article, other = make_article(), make_article()
        shown = self.as_(self.editor).get(change(article)).context["form"]["published_at"].value()
        self.assertEqual(shown, article.published_at)
        for button in ("_save", "_publish"):
            before = timezone.now().replace(second=0, microsecond=0) - timedelta(days=3)
            response = self.date_sent(article, before, **{button: ""})
            self.assertContains(response, "The publication date is corrected.")
            self.assertEqual(list(Article.objects.published().listed_in("fr")), [other, article])
            article.refresh_from_db()
            self.assertEqual(article.published_at, before)
            article.arrange(by=None, version=article.version, published_at=timezone.now())
        page = self.client.get("/monde/").content.decode()
        self.assertLess(page.index(article.get_absolute_url()), page.index(other.get_absolute_url()))

    def test_a_date_not_touched_stays_to_the_second(self):
        article = make_article(published_at=timezone.now() - timedelta(hours=1))
        before = article.published_at
        self.date_sent(article, before, _publish="anyway", title="Corrigé")
        article.refresh_from_db()
        self.assertEqual((article.title, article.published_at), ("Corrigé", before))

    def test_the_date_of_a_public_story_is_not_put_off_and_what_was_typed_is_kept(self):
        article = make_article()
        before = article.published_at
        response = self.date_sent(
            article, timezone.now() + timedelta(days=2), _publish="anyway", title="Corrigé"
        )
        self.assertIn("published_at", response.context["form"].errors)
        article.refresh_from_db()
        self.assertEqual((article.newest_content().title, article.published_at), ("Corrigé", before))

    def test_a_journalist_does_not_correct_a_date(self):
        article = make_article(by=self.journalist)
        with self.assertRaises(PermissionDenied):
            article.arrange(by=self.journalist, version=article.version, published_at=timezone.now())

    def test_a_date_to_come_is_not_published_at_once(self):
        article = make_article("draft")
        data = typed(article, published_at=f"{timezone.now().year + 1}-01-10T06:00", _publish="anyway")
        response = self.as_(self.editor).post(change(article), data)
        self.assertIn("published_at", response.context["form"].errors)
        article.refresh_from_db()
        self.assertEqual(article.status, "draft")

    def test_scripts_are_gone_before_they_reach_the_database(self):
        self.as_(self.journalist).post(
            ADD, typed(body='<p onclick="x()">Bon<script>alert(1)</script>jour</p>')
        )
        self.assertEqual(Article.objects.get().body, "<p>Bonjour</p>")

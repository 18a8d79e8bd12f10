"""What is being typed: kept for its own person, offered once, and never public."""

import json
import uuid
from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import autosave
from articles.models import Article, Autosave
from pagecache.models import Generation
from tests.articles.test_admin_form import ADD, change, typed
from tests.factories import make_article, make_user

PULSE = reverse("admin:articles_article_pulse")


class AutosaveTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist = make_user("journalist", first_name="Maëlle", last_name="Torrekens")
        cls.editor = make_user("editor", first_name="Inès", last_name="Dubrac")
        cls.article = make_article("draft", by=cls.journalist, title="Le pont")

    def pulse(self, signed_in, *, tab=None, article=None, **message):
        self.client.force_login(signed_in)
        message = {"tab": str(tab or uuid.uuid4()), "article": article and article.pk, "version": 1} | message
        return self.client.post(PULSE, json.dumps(message), content_type="application/json")

    def keep(self, user, article=None, **fields):
        """A form of this person's, closed since, in which `fields` were typed; its row."""
        tab = uuid.uuid4()
        base = typed(article) if article else typed()
        fields = {name: [str(value)] for name, value in (base | fields).items()}
        version = article.version if article else 0
        self.assertEqual(
            self.pulse(user, tab=tab, article=article, version=version, fields=fields).status_code, 200
        )
        Autosave.objects.filter(tab=tab).update(seen_at=timezone.now() - autosave.GONE)
        return Autosave.objects.get(tab=tab)


class KeepingTests(AutosaveTestCase):
    def test_a_tab_has_one_row_however_often_it_is_written(self):
        tab = uuid.uuid4()
        for title in ("Un", "Un pont", "Un pont de bois"):
            self.pulse(self.journalist, tab=tab, article=self.article, fields={"title": [title]})
        self.assertEqual(Autosave.objects.get().fields, {"title": ["Un pont de bois"]})

    def test_neither_the_story_nor_its_revisions_nor_the_page_cache_are_touched(self):
        story = make_article(by=self.journalist)
        before = Generation.objects.get().number, story.version, story.revisions.count()
        self.keep(self.journalist, story, title="Autre titre")
        story.refresh_from_db()
        self.assertEqual(before, (Generation.objects.get().number, story.version, story.revisions.count()))

    def test_a_beat_takes_few_queries(self):
        tab = uuid.uuid4()
        self.pulse(self.journalist, tab=tab, article=self.article)
        with self.assertNumQueries(
            9
        ):  # session, user, rights (2), masthead, the story, the row (2), who else
            self.client.post(
                PULSE,
                json.dumps(
                    {"tab": str(tab), "article": self.article.pk, "version": 1, "fields": {"title": ["x"]}}
                ),
                content_type="application/json",
            )

    def test_a_save_ends_it(self):
        row = self.keep(self.journalist, self.article, title="Gardé")
        self.client.post(change(self.article), typed(self.article, title="Autre", tab=str(row.tab)))
        self.assertFalse(Autosave.objects.filter(is_done=False).exists())

    def test_what_comes_from_a_tab_after_its_save_is_no_second_story(self):
        tab = uuid.uuid4()
        self.client.force_login(self.journalist)
        self.client.post(ADD, typed(title="Enregistré", tab=str(tab)))
        self.pulse(self.journalist, tab=tab, fields={"title": ["Enregistré"]})
        self.pulse(self.journalist, tab=tab, leaving=True)
        self.assertEqual(self.client.get(ADD).context["offers"], [])
        self.assertNotContains(self.client.get(reverse("admin:index")), "Typed and not saved")

    def test_a_form_still_open_after_its_save_goes_on_under_another_name(self):
        tab = uuid.uuid4()
        self.client.force_login(self.journalist)
        self.client.post(change(self.article), typed(self.article, title="Enregistré", tab=str(tab)))
        answer = self.pulse(
            self.journalist, tab=tab, article=self.article, fields={"title": ["Encore"]}
        ).json()
        self.assertTrue(answer["done"])
        self.assertNotIn("kept", answer)
        self.pulse(self.journalist, tab=answer["tab"], article=self.article, fields={"title": ["Encore"]})
        self.assertEqual(Autosave.objects.get(tab=answer["tab"]).fields, {"title": ["Encore"]})

    def test_what_was_typed_and_taken_back_is_not_kept(self):
        tab = uuid.uuid4()
        self.pulse(self.journalist, tab=tab, article=self.article, fields={"title": ["x"]})
        self.pulse(self.journalist, tab=tab, article=self.article, fields={})
        self.assertIsNone(Autosave.objects.get(tab=tab).fields)

    def test_a_form_closed_without_a_word_leaves_nothing(self):
        tab = uuid.uuid4()
        self.pulse(self.journalist, tab=tab, article=self.article)
        self.pulse(self.journalist, tab=tab, leaving=True)
        self.assertFalse(Autosave.objects.exists())
        self.pulse(self.journalist, article=self.article)
        autosave.tidy(timezone.now() + timedelta(hours=2))
        self.assertFalse(Autosave.objects.exists())

    def test_a_settled_conflict_leaves_nothing_to_offer(self):
        row = self.keep(self.journalist, self.article, title="Le mien")
        self.client.force_login(self.editor)
        self.client.post(change(self.article), typed(self.article, title="Le sien"))
        self.client.force_login(self.journalist)
        both = self.client.post(change(self.article), typed(self.article, title="Le mien", tab=str(row.tab)))
        form = both.context["form"]
        self.assertEqual(str(form["tab"].value()), str(row.tab))
        again = typed(self.article, title="Le mien", tab=str(row.tab), version=form["version"].value())
        self.client.post(change(self.article), again)
        self.assertEqual(self.client.get(change(self.article)).context["offers"], [])

    def test_a_save_of_what_was_taken_up_ends_it(self):
        row = self.keep(self.journalist, self.article, title="Gardé")
        self.client.post(change(self.article), typed(self.article, title="Autre", kept=str(row.pk)))
        self.assertFalse(Autosave.objects.exists())

    def test_a_save_that_is_refused_does_not(self):
        row = self.keep(self.journalist, self.article, title="Gardé")
        self.client.post(change(self.article), typed(self.article, title="x" * 300, tab=str(row.tab)))
        self.assertTrue(Autosave.objects.exists())

    def test_what_is_no_message_is_refused(self):
        self.client.force_login(self.journalist)
        for body in (
            "",
            "[]",
            "{}",
            '{"tab": "x"}',
            '{"tab": "%s", "fields": 3}'.replace("%s", str(uuid.uuid4())),
        ):
            with self.subTest(body):
                response = self.client.post(PULSE, body, content_type="application/json")
                self.assertEqual(response.status_code, 400)

    def test_what_nobody_came_back_to_is_forgotten_after_a_month(self):
        old, young = self.keep(self.journalist, title="Vieux"), self.keep(self.journalist, title="Jeune")
        Autosave.objects.filter(pk=old.pk).update(seen_at=timezone.now() - timedelta(days=31))
        autosave.tidy(timezone.now())
        self.assertEqual(Autosave.objects.get(), young)


class OfferTests(AutosaveTestCase):
    def test_what_was_typed_is_offered_beside_what_is_stored(self):
        self.keep(self.journalist, self.article, title="Le pont de bois")
        response = self.client.get(change(self.article))
        offer = response.context["offers"][0]["fields"]
        self.assertEqual([(f["mine"], f["theirs"]) for f in offer], [("Le pont de bois", "Le pont")])

    def test_what_is_stored_already_is_not_offered(self):
        self.keep(self.journalist, self.article)
        self.assertEqual(self.client.get(change(self.article)).context["offers"], [])

    def test_gone_on_with_it_stands_in_the_form_and_is_merged_with_what_came_since(self):
        row = self.keep(self.journalist, self.article, title="Le pont de bois")
        self.client.force_login(self.editor)
        self.client.post(change(self.article), typed(self.article, summary="Un chapô."))
        self.client.force_login(self.journalist)
        form = self.client.get(change(self.article), {"kept": row.pk}).context["form"]
        self.assertEqual(form["title"].value(), "Le pont de bois")
        data = {name: form[name].value() for name in form.fields}
        self.client.post(change(self.article), {k: v for k, v in data.items() if isinstance(v, str | int)})
        self.article.refresh_from_db()
        self.assertEqual((self.article.title, self.article.summary), ("Le pont de bois", "Un chapô."))

    def test_a_new_story_that_was_never_saved_is_offered_and_on_the_desks_home(self):
        self.keep(self.journalist, title="Jamais enregistré")
        self.assertContains(self.client.get(ADD), "Jamais enregistré")
        self.assertContains(self.client.get(reverse("admin:index")), ADD)

    def test_it_can_be_thrown_away(self):
        row = self.keep(self.journalist, self.article, title="Raté")
        self.client.post(reverse("admin:articles_article_drop_typed", args=[row.pk]))
        self.assertFalse(Autosave.objects.exists())

    def test_what_was_typed_into_a_story_deleted_since_is_offered_for_a_new_one(self):
        self.keep(self.journalist, self.article, title="Gardé malgré tout")
        self.article.delete()
        self.assertContains(self.client.get(ADD), "Gardé malgré tout")

    def test_the_number_of_queries_does_not_grow_with_what_was_typed(self):
        for number in range(5):
            self.keep(self.journalist, self.article, title=f"Titre {number}")
        offers = self.client.get(change(self.article)).context["offers"]
        self.assertEqual(len(offers), autosave.OFFERED)
        self.assertEqual(offers[0]["fields"][0]["mine"], "Titre 4")


class OthersTests(AutosaveTestCase):
    def test_who_else_has_it_open_is_said(self):
        self.pulse(self.editor, article=self.article)
        here = self.pulse(self.journalist, article=self.article).json()["here"]
        self.assertEqual(len(here), 1)
        self.assertIn("Inès Dubrac", here[0])

    def test_who_closed_it_is_not_there_any_more(self):
        tab = uuid.uuid4()
        self.pulse(self.editor, tab=tab, article=self.article)
        self.pulse(self.editor, tab=tab, leaving=True)
        self.assertEqual(self.pulse(self.journalist, article=self.article).json()["here"], [])

    def test_what_was_written_since_is_said(self):
        self.article.save_content(
            self.article.newest_content().__class__(title="Autre", language="fr"), by=self.editor, version=1
        )
        self.assertIn("Inès Dubrac", self.pulse(self.journalist, article=self.article).json()["news"])

    def test_taking_over_tells_the_other_and_hands_over_what_was_typed(self):
        tab = uuid.uuid4()
        fields = {
            name: [value]
            for name, value in typed(self.article, title="De lui").items()
            if isinstance(value, str)
        }
        self.pulse(self.journalist, tab=tab, article=self.article, fields=fields)
        self.pulse(self.editor, article=self.article, takeOver=True)
        offers = self.client.get(change(self.article)).context["offers"]
        self.assertEqual(offers[0]["whose"], self.journalist)
        taken = self.pulse(self.journalist, tab=tab, article=self.article).json()["taken"]
        self.assertIn("Inès Dubrac", taken)
        self.assertEqual(
            self.pulse(self.journalist, tab=tab, article=self.article, takeOver=True).json()["taken"], ""
        )

    def taken_over(self, **fields):
        """The journalist's row in whose place the editor went on."""
        tab = uuid.uuid4()
        fields = {name: [str(value)] for name, value in (typed(self.article) | fields).items()}
        self.pulse(self.journalist, tab=tab, article=self.article, fields=fields)
        self.pulse(self.editor, article=self.article, takeOver=True)
        return Autosave.objects.get(tab=tab)

    def test_what_was_handed_over_stays_its_authors_too(self):
        row = self.taken_over(title="De lui")
        self.client.post(change(self.article), typed(self.article, title="D’elle", kept=str(row.pk)))
        self.assertEqual(self.client.get(change(self.article)).context["offers"], [])
        row.refresh_from_db()
        self.assertEqual(row.fields["title"], ["De lui"])

    def test_a_note_and_dates_are_not_handed_over(self):
        row = self.taken_over(title="De lui", note="Entre nous", restricted="on")
        page = self.client.get(change(self.article))
        self.assertNotContains(page, "Entre nous")
        form = self.client.get(change(self.article), {"kept": row.pk}).context["form"]
        self.assertEqual((form["title"].value(), form["note"].value()), ("De lui", None))
        self.assertFalse(form["restricted"].value())

    def test_ones_own_other_tab_is_not_taken_over(self):
        self.pulse(self.journalist, article=self.article)
        answer = self.pulse(self.journalist, article=self.article).json()
        self.assertEqual((len(answer["here"]), answer["mayTakeOver"]), (1, False))

    def test_a_change_that_kept_no_state_is_said_without_a_name(self):
        self.article.arrange(by=self.editor, version=self.article.version, restricted=True)
        news = self.pulse(self.journalist, article=self.article).json()["news"]
        self.assertIn("was changed since you opened it", news)


class RightsTests(AutosaveTestCase):
    def test_who_may_no_longer_see_the_story_is_not_told_its_title(self):
        other = make_user("journalist")
        row = self.keep(self.journalist, self.article, title="Secret")
        Autosave.objects.filter(pk=row.pk).update(user=other)
        Article.objects.filter(pk=self.article.pk).update(restricted=True)
        self.client.force_login(other)
        self.assertNotContains(self.client.get(reverse("admin:index")), self.article.title)
        self.client.post(reverse("admin:articles_article_drop_typed", args=[row.pk]))
        self.assertTrue(Autosave.objects.filter(pk=row.pk).exists())

    def test_who_may_not_write_the_story_is_told_so(self):
        other = make_user("journalist")
        response = self.pulse(other, article=self.article, fields={"title": ["Le mien"]})
        self.assertEqual(response.status_code, 403)
        self.assertIn("stays in this browser", response.json()["refused"])
        self.assertFalse(Autosave.objects.exists())

    def test_a_story_put_into_the_bin_meanwhile_takes_nothing_more(self):
        self.article.bin(by=self.editor, version=self.article.version)
        self.assertEqual(self.pulse(self.journalist, article=self.article).status_code, 403)

    def test_another_persons_tab_cannot_be_written(self):
        row = self.keep(self.journalist, title="À moi")
        self.assertEqual(self.pulse(self.editor, tab=row.tab, fields={"title": ["À elle"]}).status_code, 403)
        row.refresh_from_db()
        self.assertEqual(row.fields["title"], ["À moi"])

    def test_a_form_made_for_somebody_else_is_told_who_is_signed_in(self):
        row = self.keep(self.journalist, self.article, title="À moi")
        for message in ({"fields": {"title": ["À elle"]}}, {"leaving": True}):
            message |= {"tab": row.tab, "user": str(self.journalist.pk)}
            answer = self.pulse(self.editor, article=self.article, **message)
            self.assertEqual((answer.status_code, answer.json()), (403, {"other": "Inès Dubrac"}))
        self.assertEqual(self.pulse(self.editor, article=self.article, user=self.editor.pk).status_code, 200)

    def test_another_persons_words_are_neither_shown_nor_thrown_away(self):
        row = self.keep(self.journalist, self.article, title="À moi")
        self.client.force_login(self.editor)
        self.assertEqual(self.client.get(change(self.article)).context["offers"], [])
        self.assertNotContains(self.client.get(change(self.article), {"kept": row.pk}), "À moi")
        self.client.post(reverse("admin:articles_article_drop_typed", args=[row.pk]))
        self.assertTrue(Autosave.objects.filter(pk=row.pk).exists())

    def test_nobody_without_the_desk_reaches_it(self):
        self.client.logout()
        response = self.client.post(PULSE, "{}", content_type="application/json")
        self.assertNotEqual(response.headers["Content-Type"], "application/json")
        self.assertFalse(Article.objects.filter(title="x").exists())

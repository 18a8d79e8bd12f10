"""Corrections: shown where the reader sees them, reworded and withdrawn with a trace, never deleted."""

import json
from xml.etree import ElementTree

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Notification
from articles.models import Article
from articles.workflow import Conflict
from tests.factories import make_article, make_user

LIST = reverse("admin:articles_correction_changelist")
ATOM = "{http://www.w3.org/2005/Atom}updated"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


class CorrectionsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")
        cls.administrator = make_user("administrator")

    def setUp(self):
        self.article = make_article(by=self.journalist)

    def add(self, text="Le pont a deux voies.", kind="correction"):
        return self.article.correct(text, by=self.editor, kind=kind)

    def amend(self, note, by=None, **values):
        values = {"kind": note.kind, "text": note.text, "version": note.version} | values
        self.article.amend_correction(note, by=by or self.editor, **values)

    def withdraw(self, note, by=None, reason="La note elle-même se trompait."):
        self.article.withdraw_correction(note, by=by or self.editor, version=note.version, reason=reason)

    def page(self):
        return self.client.get(self.article.get_absolute_url())

    def address(self, note):
        return reverse("admin:articles_article_correction", args=[self.article.pk, note.pk])


class ReadersTests(CorrectionsCase):
    def test_a_new_wording_is_shown_with_its_date_and_the_old_one_nowhere(self):
        note = self.add()
        self.amend(note, text="Le pont a trois voies.", kind="clarification")
        for response in (self.page(), self.client.get("/corrections/")):
            self.assertContains(response, "Le pont a trois voies.")
            self.assertContains(response, "reworded on")
            self.assertNotContains(response, "deux voies")

    def test_a_withdrawn_one_is_seen_by_no_reader(self):
        note = self.add()
        self.page()  # kept
        self.withdraw(note)
        for path in (self.article.get_absolute_url(), "/corrections/", "/feed/"):
            self.assertNotContains(self.client.get(path), "deux voies")

    def test_each_of_them_moves_the_date_readers_see(self):
        note = self.add()
        for change in (lambda: self.amend(note, text="Trois."), lambda: self.withdraw(note)):
            Article.objects.update(modified_at=None)
            change()
            self.assertIsNotNone(Article.objects.get().modified_at)
            note.refresh_from_db()

    def test_feeds_say_what_was_corrected_and_when(self):
        note = self.add()
        item = ElementTree.fromstring(self.client.get("/feed/").content).find("channel/item")  # noqa: S314 - ours
        self.assertIn("Le pont a deux voies.", item.findtext(ENCODED))
        self.assertTrue(item.findtext(ATOM).startswith(str(note.at.year)))
        self.assertEqual(item.findtext("title"), self.article.title)

    def test_a_feed_costs_the_same_for_one_correction_and_for_many(self):
        self.add()
        one = self.count("/feed/")
        for _n in range(5):
            make_article().correct("Non.", by=None)
        self.assertEqual(self.count("/feed/"), one)

    def count(self, path):
        make_article()  # nothing is kept
        with CaptureQueriesContext(connection) as found:
            self.client.get(path)
        return len(found)

    def test_a_retraction_stands_first_in_titles_and_in_structured_data(self):
        self.add("Ce récit était inventé.", kind="retraction")
        html = self.page().content.decode()
        self.assertIn("<title>Retraction – ", html)
        self.assertLess(html.index("Ce récit était inventé."), html.index("<h1>"))
        block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
        data = json.loads(block)
        self.assertEqual(data["creativeWorkStatus"], "Retracted")
        self.assertEqual(data["correction"][0]["@type"], "CorrectionComment")
        self.assertEqual(data["correction"][0]["name"], "Retraction")
        self.assertContains(self.client.get("/feed/"), "<title>Retraction – ")


class TraceTests(CorrectionsCase):
    def test_the_trail_keeps_the_wording_that_was(self):
        note = self.add()
        self.amend(note, text="Le pont a trois voies.")
        entry = AuditEntry.objects.get(verb="amend correction")
        self.assertEqual((entry.by, entry.detail["text"]), (self.editor, "Le pont a deux voies."))

    def test_a_withdrawn_one_stays_with_who_and_why(self):
        note = self.add()
        self.withdraw(note)
        note.refresh_from_db()
        self.assertEqual(note.withdrawn_by, self.editor)
        entry = AuditEntry.objects.get(verb="withdraw correction")
        self.assertEqual(entry.detail["text"], "Le pont a deux voies.")
        self.assertEqual(entry.detail["reason"], "La note elle-même se trompait.")

    def test_administrators_see_what_was_withdrawn_and_others_do_not(self):
        self.withdraw(self.add())
        for user, seen in ((self.journalist, 0), (self.editor, 0), (self.administrator, 1)):
            self.client.force_login(user)
            self.assertContains(self.client.get(LIST), "deux voies", count=seen)
        self.assertContains(self.client.get(LIST), "La note elle-même se trompait.")
        entry = AuditEntry.objects.get(verb="withdraw correction")
        trail = self.client.get(reverse("admin:accounts_auditentry_change", args=[entry.pk]))
        self.assertContains(trail, "Le pont a deux voies.")

    def test_it_is_deleted_neither_by_itself_nor_with_its_story(self):
        note = self.add()
        with self.assertRaises(TypeError):
            note.delete()
        with self.assertRaises(ProtectedError):
            self.article.delete()

    def test_its_people_are_told(self):
        note = self.add()
        self.amend(note, text="Trois.")
        note.refresh_from_db()
        self.withdraw(note)
        kinds = Notification.objects.filter(user=self.journalist).order_by("pk").values_list("kind", flat=True)
        self.assertEqual(list(kinds), ["correct", "amend correction", "withdraw correction"])


class RightsTests(CorrectionsCase):
    def test_a_journalist_neither_rewords_nor_withdraws(self):
        note = self.add()
        with self.assertRaises(PermissionDenied):
            self.amend(note, by=self.journalist, text="Trois.")
        with self.assertRaises(PermissionDenied):
            self.withdraw(note, by=self.journalist)
        self.client.force_login(self.journalist)
        self.assertEqual(self.client.get(self.address(note)).status_code, 403)
        self.assertEqual(self.client.post(self.address(note), {"text": "Trois."}).status_code, 403)
        form = reverse("admin:articles_article_change", args=[self.article.pk])
        self.assertNotContains(self.client.get(form), self.address(note))
        self.client.force_login(self.editor)
        self.assertContains(self.client.get(form), self.address(note))

    def test_a_scheduled_story_has_nothing_to_correct_yet(self):
        article = make_article("scheduled")
        with self.assertRaises(ValidationError):
            article.correct("Non.", by=self.editor)

    def test_what_is_missing_is_said(self):
        note = self.add()
        self.assertRaises(ValidationError, self.amend, note, text=" ")
        self.assertRaises(ValidationError, self.withdraw, note, reason=" ")


class PageTests(CorrectionsCase):
    def setUp(self):
        super().setUp()
        self.note = self.add()
        self.client.force_login(self.editor)

    def post(self, **data):
        return self.client.post(self.address(self.note), data)

    def test_an_editor_rewords(self):
        self.post(kind="update", text="Trois voies ?", version=1)
        self.note.refresh_from_db()
        self.assertEqual((self.note.kind, self.note.text), ("update", "Trois voies\u202f?"))

    def test_an_editor_withdraws_with_a_reason(self):
        data = {"_withdraw": "", "withdraw-version": 1, "withdraw-reason": ""}
        self.assertContains(self.post(**data), "Say why: it is kept with the note.")
        self.post(**data | {"withdraw-reason": "Faux."})
        self.note.refresh_from_db()
        self.assertEqual(self.note.withdrawn_reason, "Faux.")
        response = self.client.get(self.address(self.note), follow=True)
        self.assertContains(response, "This correction has been withdrawn.")

    def test_who_was_slower_is_told_and_keeps_the_words(self):
        self.amend(self.note, text="Plus vite.")
        response = self.post(kind="correction", text="Plus tard.", version=1)
        self.assertContains(response, "Somebody changed or withdrew it meanwhile.")
        self.assertContains(response, "Plus tard.")
        self.note.refresh_from_db()
        with self.assertRaises(Conflict):
            self.amend(self.note, text="Plus tard.", version=1)
        self.withdraw(self.note)
        self.assertContains(self.post(kind="correction", text="Encore.", version=2), "Encore.")
        self.note.refresh_from_db()
        self.assertEqual(self.note.text, "Plus vite.")

"""What a form gets in real life: too late, too long, from Word, with a clock that is wrong. No word is lost.

What else there is of it: `test_states` (two saves at one moment), `test_autosave` (deleted since),
`test_admin_form` (summer time, an address that is taken), `test_revisions` (a restore of what names what was
deleted), `tests.accounts.test_resume` (a session that ended).
"""

import json
import uuid
from datetime import timedelta
from unittest import mock

from django.urls import reverse
from django.utils import timezone

from articles.models import LONGEST_BODY, Article, Autosave
from richtext.text import word_count
from tests.articles.test_admin_form import FormCase, change, typed
from tests.articles.test_autosave import PULSE
from tests.articles.test_workflow import with_values
from tests.factories import make_article, make_user

WORD = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto;font-family:&quot;Calibri&quot;,sans-serif;line-height:107%">'
    '<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->'
    '<span style="font-size:11.0pt;mso-fareast-language:EN-US"><o:p></o:p>Le pont a deux voies.</span></p>'
)


class ElsewhereTests(FormCase):
    """Something happens to a story while somebody has its form open."""

    def setUp(self):
        self.article = make_article(by=self.journalist)
        self.sent = typed(self.article, body="<p>Tapé longuement.</p>")

    def test_a_story_withdrawn_meanwhile_keeps_what_was_typed(self):
        self.article.take_down(
            by=self.editor, version=self.article.version, how="withdrawn", reason="Source retirée."
        )
        response = self.as_(self.journalist).post(change(self.article), self.sent, follow=True)
        self.assertContains(response, "Tapé longuement.")
        self.article.refresh_from_db()
        self.assertEqual(self.article.status, "withdrawn")
        self.assertIn("Tapé longuement.", self.article.newest_content().body)

    def test_a_story_that_is_gone_leaves_what_was_typed_to_be_gone_on_with(self):
        article = make_article("draft", by=self.journalist)
        tab = str(uuid.uuid4())
        fields = {"title": ["Un titre"], "body": ["<p>Tapé longuement.</p>"]}
        self.pulse(self.journalist, tab=tab, article=article.pk, fields=fields)
        article.bin(by=self.journalist, version=article.version)
        address = change(article)
        article.delete()
        self.assertEqual(self.client.post(address, self.sent | {"tab": tab}).status_code, 404)
        Autosave.objects.update(seen_at=timezone.now() - timedelta(hours=1))
        self.assertContains(self.client.get(reverse("admin:articles_article_add")), "Tapé longuement.")

    def test_who_lost_the_right_meanwhile_is_refused_and_keeps_what_was_typed(self):
        tab = str(uuid.uuid4())
        self.pulse(self.journalist, tab=tab, article=self.article.pk, fields={"body": ["<p>Tapé.</p>"]})
        self.journalist.groups.clear()
        for article in (self.article.pk, None):
            answer = self.pulse(self.journalist, tab=tab, article=article, fields={"body": ["<p>Plus.</p>"]})
            self.assertEqual(answer.status_code, 403)
            self.assertIn("What you typed stays in this browser", answer.json()["refused"])
        self.assertEqual(self.client.post(change(self.article), self.sent).status_code, 403)
        self.assertEqual(Autosave.objects.get().fields, {"body": ["<p>Tapé.</p>"]})
        self.assertEqual(Article.objects.get().version, self.article.version)

    def pulse(self, user, **message):
        self.client.force_login(user)
        message = {"version": 1} | message
        return self.client.post(PULSE, json.dumps(message), content_type="application/json")

    def test_an_old_state_whose_address_another_story_took_since_comes_back_beside_it(self):
        article = make_article("draft", title="Un pont", by=self.journalist)
        old = article.revisions.first()
        values = with_values(article, slug="un-autre", title="Un autre")
        article.save_content(values, by=self.journalist, version=article.version)
        other = make_article(title="Un pont")
        self.assertEqual(other.slug, "un-pont")
        article.restore(old, by=self.journalist, version=article.version)
        article.publish(by=self.editor, version=article.version)
        self.assertEqual((article.title, article.slug), ("Un pont", "un-pont-2"))
        other.refresh_from_db()
        self.assertEqual(other.slug, "un-pont")


class ClockTests(FormCase):
    """The server's clock is set back by an hour between two writes."""

    def setUp(self):
        self.article = make_article("draft", by=self.journalist)
        back = mock.patch.object(timezone, "now", return_value=timezone.now() - timedelta(hours=1))
        back.start()
        self.addCleanup(back.stop)

    def test_the_newest_state_is_the_last_one_written(self):
        self.as_(self.journalist).post(change(self.article), typed(self.article, title="Après"))
        self.article.refresh_from_db()
        self.assertEqual(self.article.newest_content().title, "Après")
        self.assertEqual(self.article.revisions.first().number, self.article.version)

    def test_what_was_published_with_the_wrong_hour_can_be_published_now(self):
        article = make_article(by=self.journalist, published_at=timezone.now() + timedelta(hours=1))
        self.assertTrue(article.is_scheduled)  # as it looks by the clock that was set right
        article.publish(by=self.editor, version=article.version)
        self.assertTrue(article.is_public())


class LongTests(FormCase):
    def save(self, body):
        article = make_article("draft", by=self.journalist)
        response = self.as_(self.journalist).post(change(article), typed(article, body=body))
        article.refresh_from_db()
        return article, response

    def test_a_text_of_400_kb_is_saved_whole(self):
        article, response = self.save("<p>Le pont a deux voies.</p>" * 15_000)
        self.assertRedirects(response, change(article))
        self.assertGreater(len(article.body), 400_000)
        self.assertEqual(word_count(article.body), 75_000)

    def test_a_paste_from_word_with_3_mb_of_styles_is_saved_without_them(self):
        times = 3_200_000 // len(WORD)
        article, response = self.save(WORD * times)
        self.assertRedirects(response, change(article))
        self.assertEqual(article.body.count("Le pont a deux voies."), times)
        for gone in ("mso", "style=", "Mso", "WordDocument"):
            self.assertNotIn(gone, article.body)

    def test_a_text_that_is_too_long_is_refused_in_a_sentence_and_still_there(self):
        text = "<p>" + "pont " * (LONGEST_BODY // 5) + "fin</p>"
        article, response = self.save(text)
        self.assertContains(response, "Cut it, or make it several stories.")
        self.assertContains(response, "pont fin")
        self.assertNotIn("fin", article.body)


class StrangerTests(FormCase):
    def test_somebody_else_is_refused_whatever_they_send(self):
        article = make_article("draft", by=self.journalist)
        stranger = self.as_(make_user("journalist"))
        for data in ({}, {"title": ""}, typed(article, embargo_until="x"), {"version": "x", "_publish": ""}):
            self.assertEqual(stranger.post(change(article), data).status_code, 403)

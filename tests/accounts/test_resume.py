"""A form that was sent after its session ended goes on after signing in."""

import json

from django.test import Client, TestCase
from django.urls import reverse

from articles.models import Article
from tests.articles.test_admin_form import ADD, change, typed
from tests.factories import make_article, make_user

RESUME = reverse("admin:resume")
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_SEC_FETCH_DEST": "document"}


class ResumeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist = make_user("journalist", username="maelle")

    def sign_in(self, page, password="correct horse", username="maelle"):  # noqa: S107 - the tests' own
        kept = {name: page.context[name] for name in ("to", "carried")}
        return self.client.post(RESUME, {"username": username, "password": password, **kept})

    def go_on(self, page):
        return self.client.post(page.context["to"], dict(page.context["fields"]))

    def test_what_was_typed_survives_the_end_of_the_session(self):
        page = self.client.post(ADD, typed(_submit=""), **HERE)
        self.assertTemplateUsed(page, "admin/sign_in_again.html")
        response = self.go_on(self.sign_in(page))
        article = Article.objects.get()
        self.assertRedirects(response, change(article))
        self.assertEqual((article.status, article.created_by), ("submitted", self.journalist))

    def test_a_wrong_password_loses_nothing(self):
        page = self.client.post(ADD, typed(), **HERE)
        page = self.sign_in(page, password="wrong")
        self.assertIn("Le pont ouvre jeudi", page.context["carried"])
        self.go_on(self.sign_in(page))
        self.assertTrue(Article.objects.exists())

    def test_line_breaks_and_quotes_travel_unchanged(self):
        page = self.client.post(ADD, typed(authors="", note='« Qui ? »\r\n"Moi" </textarea>'), **HERE)
        fields = dict(self.sign_in(page).context["fields"])
        self.assertEqual(fields["note"], '« Qui ? »\r\n"Moi" </textarea>')

    def test_rights_are_checked_again(self):
        article = make_article("draft", by=make_user("editor"))
        page = self.client.post(change(article), typed(article, title="Le mien"), **HERE)
        self.assertEqual(self.go_on(self.sign_in(page)).status_code, 403)

    def test_another_sites_form_is_not_carried_on(self):
        for headers in ({"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {}):
            with self.subTest(headers):
                response = self.client.post(ADD, typed(), **headers)
                self.assertRedirects(response, reverse("admin:login"))

    def test_it_leads_nowhere_but_to_the_desk(self):
        for to in ("https://evil.example/", "//evil.example/", "/", "javascript:alert(1)"):
            with self.subTest(to):
                carried = json.dumps([["title", "x"]])
                data = {"username": "maelle", "password": "correct horse", "to": to, "carried": carried}
                self.assertRedirects(self.client.post(RESUME, data), reverse("admin:index"))

    def test_garbage_is_no_error(self):
        for carried in ("", "{", "[1]", '{"a": 1}', "null"):
            with self.subTest(carried):
                data = {"username": "maelle", "password": "correct horse", "to": ADD, "carried": carried}
                self.assertEqual(self.client.post(RESUME, data).status_code, 302)

    def test_a_key_that_is_no_longer_right_asks_for_one_more_press(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.journalist)
        page = client.post(ADD, typed(), **HERE)
        self.assertTemplateUsed(page, "admin/go_on.html")
        self.assertIn(("title", "Le pont ouvre jeudi"), page.context["fields"])
        self.assertFalse(Article.objects.exists())

    def test_another_sites_form_with_a_wrong_key_is_refused(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.journalist)
        self.assertEqual(client.post(ADD, typed(), HTTP_SEC_FETCH_SITE="cross-site").status_code, 403)

    def test_a_script_without_a_session_gets_no_page(self):
        headers = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_SEC_FETCH_DEST": "empty"}
        self.assertEqual(self.client.post(ADD, typed(), **headers).status_code, 302)

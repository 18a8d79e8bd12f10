"""What the desk refuses: in its own look for who is signed in, in the paper's for anybody else."""

import re

from django.conf import settings
from django.test import TestCase
from django.urls import reverse

from articles.models import Article
from tests.factories import make_user

USERS = reverse("admin:accounts_user_changelist")


class RefusedTests(TestCase):
    def test_what_a_role_may_not_see_leads_back_to_the_desk(self):
        self.client.force_login(make_user("journalist"))
        page = self.client.get(USERS)
        self.assertContains(page, "css/desk.css", status_code=403)
        self.assertContains(page, f'<a href="{reverse("admin:index")}">Back to the desk</a>', status_code=403)
        self.assertNotContains(page, "css/paper.css", status_code=403)

    def test_an_address_of_nothing_leads_back_to_the_desk(self):
        self.client.force_login(make_user("journalist"))
        for address in ("/admin/nothing/", "/admin/articles/article/999999/change/"):
            with self.subTest(address):
                self.assertContains(self.client.get(address), "Back to the desk", status_code=404)

    def test_what_is_too_large_is_said_with_the_way_back_to_what_was_typed(self):
        self.client.force_login(make_user("journalist"))
        add, length = reverse("admin:articles_article_add"), str(50 * 1024 * 1024)
        with self.settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
            pages = {"the text": self.client.post(add, {"body": "x" * 2000})}
        pages["all"] = self.client.post(add, CONTENT_LENGTH=length)
        for what, page in pages.items():
            with self.subTest(what):
                self.assertContains(page, "Go back in your browser", status_code=413)
                self.assertContains(page, "css/desk.css", status_code=413)
                self.assertEqual(page["Cache-Control"], "no-store")
        self.assertFalse(Article.objects.exists())

    def test_the_limits_said_are_those_that_hold(self):
        self.client.force_login(make_user("journalist"))
        add, length = reverse("admin:articles_article_add"), str(50 * 1024 * 1024)
        megabyte = 1024 * 1024
        with self.settings(LARGEST_REQUEST=30 * megabyte, DATA_UPLOAD_MAX_MEMORY_SIZE=5 * megabyte // 2):
            page = self.client.post(add, CONTENT_LENGTH=length)
        self.assertContains(page, "at most 2,5 MB of text, or 30 MB with pictures", status_code=413)

    def test_too_many_fields_are_not_told_as_too_many_bytes(self):
        self.client.force_login(make_user("journalist"))
        with self.settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=10):
            page = self.client.post(reverse("admin:articles_article_add"), {"tags": ["x"] * 20})
        self.assertContains(page, "at most 10 fields and 100 files", status_code=413)
        self.assertNotContains(page, "MB", status_code=413)

    def test_nginx_refuses_at_the_same_size_with_a_page_of_ours(self):
        conf = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
        most = int(re.search(r"client_max_body_size (\d+)m;", conf)[1])
        self.assertEqual(most * 1024 * 1024, settings.LARGEST_REQUEST)
        page = re.search(r"error_page 413 /([\w.-]+);", conf)[1]
        self.assertIn("<html", (settings.BASE_DIR / "deploy" / page).read_text())

    def test_readers_see_the_papers_page(self):
        self.client.force_login(make_user("journalist"))
        self.assertContains(self.client.get("/nothing/"), "css/paper.css", status_code=404)

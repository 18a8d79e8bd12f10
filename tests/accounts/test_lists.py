"""No list of the desk counts its rows, skips some or looks into the middle of words, however many there are."""

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User, record
from articles.models import Article
from masthead.models import MenuEntry, Page, Redirect
from tests.factories import make_article, make_booking, make_image, make_user, with_translations

COSTLY = ("COUNT(", "OFFSET", "LIKE '%")


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


class ListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.owner = User.objects.create_superuser("owner", password="correct horse")
        make_article(authors=["Maëlle Torrekens"], tags=["Rail"]), make_booking(), make_image()
        page = Page.objects.create(title="Charte", slug="charte")
        MenuEntry.objects.create(page=page)
        Redirect.objects.create(old_path="/qui/", url="https://shop.example/")
        record("change page", page, by=cls.owner)

    def assert_cheap(self, where, query):
        with CaptureQueriesContext(connection) as queries:
            self.assertIn(self.client.get(where, query).status_code, (200, 302))
        asked = [each["sql"].upper() for each in queries.captured_queries]
        self.assertTrue(asked)
        self.assertEqual([sql for sql in asked if any(costly in sql for costly in COSTLY)], [])

    def test_what_is_empty_is_a_dash_and_no_label_ends_with_a_colon(self):
        self.client.force_login(self.owner)
        self.assertContains(self.client.get(address(Article)), 'class="field-source nowrap">—</td>')
        for model in admin.site._registry:
            self.assertNotContains(self.client.get(address(model), follow=True), ">-</td>")
            response = self.client.get(address(model, "add"))
            if response.status_code == 200:
                with self.subTest(model=model):
                    self.assertNotRegex(response.content.decode(), r":</(label|legend)>")
        self.assertNotContains(self.client.get(reverse("admin:me")), ":</label>")

    def test_none_costs_more_with_every_row(self):
        self.client.force_login(self.owner)
        for model in admin.site._registry:
            for query in ({}, {"q": "word"}, {"o": "1"}):
                with self.subTest(model=model._meta.label, query=query):
                    self.assert_cheap(address(model), query)

    def test_a_paper_without_a_masthead_costs_an_editor_no_more(self):
        self.client.force_login(make_user("editor"))
        self.assert_cheap("/admin/masthead/masthead/", {})

    def test_pages_are_found_by_the_beginning_of_their_address(self):
        self.client.force_login(self.owner)
        Page.objects.create(title="Qui sommes-nous", slug="qui-sommes-nous")
        for text, found in [("Qui somm", 1), ("/qui-", 1), ("sommes", 0), ("?", 0), ("", 2)]:
            with self.subTest(text):
                rows = self.client.get(address(Page), {"q": text}).context["cl"].result_list
                self.assertEqual(len(rows), found)

    def test_a_menu_longer_than_a_page_is_shown_whole_and_in_order(self):
        self.client.force_login(self.owner)
        MenuEntry.objects.bulk_create(
            MenuEntry(label=f"Ligne {n}", address="/latest/", place="footer", position=n % 3)
            for n in range(70)
        )
        seen, query = [], "?"
        while query:
            changelist = self.client.get(address(MenuEntry) + query).context["cl"]
            seen += [row.pk for row in changelist.result_list]
            query = changelist.next_link
        self.assertEqual(seen, list(MenuEntry.objects.values_list("pk", flat=True)))

    @with_translations()
    def test_every_column_is_named_in_the_language_of_the_desk(self):
        self.client.force_login(self.owner)
        for app_model in ("articles_tag", "articles_correction", "masthead_menuentry", "accounts_auditentry"):
            page = self.client.get(reverse(f"admin:{app_model}_changelist"))
            admin_class = page.context["cl"].model_admin
            for name in page.context["cl"].list_display:
                heading = str(label_for_field(name, admin_class.model, admin_class)).lower()
                with self.subTest(app_model, column=name):
                    self.assertNotIn(heading, ("uses", "by", "words", "what"))

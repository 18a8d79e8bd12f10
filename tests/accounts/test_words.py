"""What Django's own pages say at the desk: words that are right in each language, dates as Europe writes them."""

from datetime import UTC, datetime

from django.test import TestCase
from django.urls import reverse

from accounts.models import AuditEntry, User, record
from articles import wording
from articles.content import Content
from articles.models import Author, Tag
from masthead.models import Masthead, MenuEntry, Page, Redirect
from tests.accounts.test_lists import address
from tests.factories import make_article, make_user, with_translations


@with_translations()
class WordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("root", password="correct horse", language="fr")
        Tag.named("Rail"), Page.objects.create(title="Charte", slug="charte")

    def setUp(self):
        self.client.force_login(self.user)

    def page(self, where, language="fr"):
        User.objects.filter(pk=self.user.pk).update(language=language)
        return self.client.get(where)

    def test_a_list_is_called_by_what_it_lists(self):
        self.assertContains(self.page(address(User)), "<h1>Utilisateurs</h1>")
        self.assertContains(self.page(address(Tag), "de"), "<h1>Schlagwörter</h1>")

    def test_a_page_is_called_by_what_it_shows(self):
        page = Page.objects.get()
        self.assertContains(self.page(address(Page, "change", page.pk)), "<h1>Charte</h1>")
        for model in (User, Tag, Page):
            self.assertNotContains(self.page(address(model, "add")), f"Ajout de {model._meta.verbose_name}")

    def test_adding_a_person_promises_no_second_page(self):
        self.assertNotContains(self.page(address(User, "add")), "davantage")

    def test_the_way_back_names_no_app(self):
        page = Page.objects.get()
        pages = [address(Page), *(address(Page, name, page.pk) for name in ("change", "delete", "history"))]
        for where in [*pages, address(Page, "add"), address(User), reverse("admin:password_change")]:
            with self.subTest(where):
                response = self.page(where)
                self.assertContains(response, '<div class="breadcrumbs"><a href="/admin/">Rédaction</a> › ')
                self.assertNotContains(response, "Accueil")
                self.assertNotContains(response, "Le journal")

    def test_no_app_has_a_page(self):
        response = self.client.get(reverse("admin:app_list", args=["articles"]))
        self.assertRedirects(response, "/admin/")

    def test_several_are_done_at_once_in_words_that_agree(self):
        response = self.page(address(Page))
        self.assertNotContains(response, "sélectionnés<")
        self.assertNotContains(response, ">Envoyer</button>")

    def test_columns_are_translated(self):
        MenuEntry.objects.create(label="Nouvelles", address="/latest/")
        record("add tag", Tag.objects.get(), by=self.user)
        for model, word in ((Tag, "Uses"), (Tag, "Slug"), (AuditEntry, "What"), (MenuEntry, "Words")):
            with self.subTest(word):
                self.assertNotContains(self.page(address(model)), word)

    def test_labels_begin_with_a_capital(self):
        for model in (User, Author, Masthead, Redirect):
            form = self.page(address(model, "add")).context["adminform"].form
            for field in form:
                with self.subTest(model=model._meta.label, field=field.name):
                    self.assertTrue(field.label[:1].isupper(), field.label)

    def test_dates(self):
        entry = record("add tag", Tag.objects.get(), by=self.user)
        AuditEntry.objects.filter(pk=entry.pk).update(at=datetime(2026, 2, 1, 12, 5, tzinfo=UTC))
        for language, written in {
            "fr": "01/02/2026 13:05",
            "nl": "1 februari 2026 13:05",
            "de": "1. Februar 2026 13:05",
            "en": "1 February 2026, 13:05",
        }.items():
            with self.subTest(language):
                self.assertContains(self.page(address(AuditEntry), language), written)

    def test_the_language_of_a_version_is_named(self):
        self.assertEqual(str(wording.in_words(Content(language="nl"), "language", self.user)), "Néerlandais")


class CorrectionsLinkTests(TestCase):
    def test_it_stands_once_under_all_notes(self):
        article, editor = make_article(), make_user("editor")
        for text in ("Le pont a onze arches.", "Il est à Gand."):
            article.correct(text, by=editor)
        self.assertContains(self.client.get(article.get_absolute_url()), "All our corrections", 1)

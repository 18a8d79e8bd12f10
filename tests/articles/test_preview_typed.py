"""The preview of what is typed and not saved, and how long an outsider's link lasts."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, PreviewLink, Revision, Tag
from images.models import Image
from tests.factories import make_article, make_author, make_image, make_section, make_user

NEW = reverse("admin:articles_article_preview_new")


def of(article):
    return reverse("admin:articles_article_preview_typed", args=[article.pk])


class TypedPreviewTests(TestCase):
    def setUp(self):
        self.editor = make_user("editor")
        self.client.force_login(self.editor)

    def test_it_says_while_a_picture_of_it_is_being_prepared(self):
        image = make_image()
        article = make_article("draft")
        for where in ({"body": f'<figure data-image="{image.pk}"></figure>'}, {"image": image.pk}):
            for state in ("waiting", "ready"):
                with self.subTest(where=where, state=state):
                    Image.objects.filter(pk=image.pk).update(state=state)
                    page = self.client.post(of(article), {"title": "Le pont", "language": "fr"} | where)
                    self.assertEqual(page.has_header("X-Pictures-Waiting"), state == "waiting")

    def test_it_shows_what_is_typed_and_writes_nothing(self):
        article = make_article(title="Le pont", tags=["ponts"])
        before = Article.objects.values().get(pk=article.pk), Revision.objects.count()
        typed = {
            "title": "Le pont de bois",
            "body": "<p>Tout neuf.</p>",
            "language": "fr",
            "tags": "ponts, bois neuf",
        }
        page = self.client.post(of(article), typed)
        self.assertContains(page, "<h1>Le pont de bois</h1>")
        self.assertContains(page, "Tout neuf.")
        self.assertEqual(page["X-Robots-Tag"], "noindex")
        self.assertEqual((Article.objects.values().get(pk=article.pk), Revision.objects.count()), before)
        self.assertFalse(Tag.objects.filter(name="bois neuf").exists())
        self.assertContains(self.client.get(article.get_absolute_url()), "<h1>Le pont</h1>")

    def test_a_story_that_was_never_saved_has_one_too(self):
        make_article(title="Une autre")
        author = make_author()
        typed = {"title": "Neuf", "section": make_section().pk, "authors": f"{author.name} [{author.slug}]"}
        page = self.client.post(NEW, typed | {"language": "fr", "body": "<p>Bonjour.</p>"})
        self.assertContains(page, "<h1>Neuf</h1>")
        self.assertContains(page, author.name)
        self.assertEqual(Article.objects.count(), 1)

    def test_an_empty_form_has_one(self):
        self.assertEqual(self.client.post(NEW).status_code, 200)

    def test_what_is_half_typed_shows_what_it_can(self):
        article = make_article("draft", tags=["ponts"], authors=["Maëlle Torrekens"])
        for name, value in {
            "original_url": "htt", "slug": "!!!", "authors": "Personne", "tags": "x" * 300, "source": "Nul",
            "language": "xx", "section": "99999", "further_sections": "x", "image": "99999", "related": "Nul",
            "translation_of": str(article.pk), "published_at_0": "31", "summary": "s" * 500, "version": "x",
            "title": "Un titre bien trop long " * 20, "body": "<p>Ouvert <b>", "form_key": "x",
        }.items():  # fmt: skip
            with self.subTest(name):
                page = self.client.post(of(article), {"title": "Titre", "language": "fr", name: value})
                self.assertContains(page, "<h1>")
        page = self.client.post(of(article), {"title": "Titre", "tags": "x" * 300, "authors": "Personne"})
        self.assertContains(page, "Maëlle Torrekens")

    def test_a_script_is_not_shown(self):
        page = self.client.post(NEW, {"language": "fr", "body": "<p>Un</p><script>alert(1)</script>"})
        self.assertNotContains(page, "alert(1)")

    def test_it_costs_the_same_whatever_the_archive(self):
        typed = {"title": "Neuf", "section": make_section().pk, "language": "fr"}

        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.post(NEW, typed)
            return len(queries)

        make_article()
        cost()
        with_one = cost()
        for _number in range(12):
            make_article()
        self.assertEqual(cost(), with_one)

    def test_who_may_not_write_is_refused(self):
        article, restricted = make_article("draft"), make_article("draft", restricted=True)
        self.assertEqual(self.client.get(of(article)).status_code, 405)
        self.client.force_login(make_user("journalist"))
        for story in (article, restricted):
            self.assertEqual(self.client.post(of(story), {"title": "À moi"}).status_code, 403)
        self.assertNotContains(
            self.client.get(reverse("admin:articles_article_change", args=[article.pk])), "desk-preview"
        )
        self.client.logout()
        self.assertEqual(self.client.post(NEW).status_code, 302)
        self.assertEqual(self.client.post(of(article)).status_code, 302)


class LinkTests(TestCase):
    def test_how_long_it_lasts_is_chosen(self):
        article = make_article("draft")
        self.client.force_login(make_user("editor"))
        address = reverse("admin:articles_article_links", args=[article.pk])
        for sent, days in (("1", 1), ("7", 7), ("30", 30), ("3650", 30), ("", 30)):
            self.client.post(address, {"make": "", "days": sent})
            left = PreviewLink.objects.latest("pk").expires_at - timezone.now()
            self.assertAlmostEqual(left, timedelta(days=days), delta=timedelta(minutes=1))

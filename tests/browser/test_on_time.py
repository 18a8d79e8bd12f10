"""A public story's changes of every kind: shown to an outsider, live to the second, written, and taken back."""

import threading
from datetime import timedelta
from unittest import mock

from django.test import tag
from django.urls import reverse
from django.utils import timezone

from articles import pending
from articles.models import Article, Tag
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_author, make_image, make_section, make_source, make_user

BEFORE = ("Avant l’heure", "Premier texte.", "Ports", "Maëlle Torrekens")
AFTER = ("Après l’heure", "Second texte.", "Rail", "Basile Oyono-Krier", "partner.example", "Deux grues")


@tag("browser")
class OnTimeTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.editor = make_user("editor", "ysaline")
        make_section("europe"), make_author("Basile Oyono-Krier"), make_source(), Tag.named("Rail")
        self.image = make_image(alt="Deux grues")
        self.article = make_article(
            title=BEFORE[0], body=f"<p>{BEFORE[1]}</p>", tags=["Ports"], authors=["Maëlle Torrekens"]
        )
        self.address = self.article.get_absolute_url()
        self.moment = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=2)

    def clock(self, seconds):
        """The server's clock, that many seconds after the moment: the tests' own process serves the pages."""
        return mock.patch.object(timezone, "now", return_value=self.moment + timedelta(seconds=seconds))

    def busy(self):
        """Keep the process computing until the test's end."""
        over = threading.Event()

        def compute():
            while not over.is_set():
                sum(range(10_000))

        thread = threading.Thread(target=compute, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(over.set)

    def press(self, page, name):
        with page.expect_navigation():
            button = page.locator(f".state-bar [name={name}]")
            if not button.is_visible():
                page.click("[popovertarget=other-actions]")
            button.click()
        if page.locator(".asked button").count():  # something is doubtful
            with page.expect_navigation():
                page.click(".asked button")
        self.assertEqual(page.locator(".errornote").count(), 0, page.locator("#content").inner_text()[:600])

    def pick(self, page, field, name, instead_of=""):
        """Choose by its name, in the place of the one that was there."""
        if instead_of:
            page.locator(f"pick-list:has(#id_{field}) li", has_text=instead_of).locator("button").last.click()
        page.fill(f"#id_{field}_add", name)
        page.locator(f"#id_{field}_found [role=option]", has_text=name).first.wait_for()
        page.keyboard.press("Enter")

    def change_everything(self, page):
        page.fill("#id_title", AFTER[0])
        page.locator(".cke_wysiwyg_div").click()
        page.keyboard.press("Control+A")
        page.keyboard.type(AFTER[1])
        page.select_option("#id_section", label="Europe")
        self.pick(page, "tags", "Rail", instead_of="Ports")
        self.pick(page, "authors", "Basile Oyono-Krier", instead_of="Maëlle Torrekens")
        self.pick(page, "source", "partner.example")
        page.fill("#id_original_url", "https://partner.example/grues")
        page.click("picture-field [data-open]")
        page.click(f"dialog.picker [data-id='{self.image.pk}']")
        page.click("dialog.picker .details:not([hidden]) [type=submit]")
        page.locator("dialog.picker").wait_for(state="hidden")

    def assertShows(self, page, words, others):
        html = page.locator(".story-page > article").evaluate("e => e.outerHTML")  # around it, other pages' titles
        for text in words:
            self.assertIn(text, html)
        for text in others:
            self.assertNotIn(text, html)

    def test_changes_of_every_kind_go_live_to_the_second_and_are_taken_back(self):
        reader = self.page()
        page = self.page(height=2000)
        self.sign_in(page, self.editor)
        form = reverse("admin:articles_article_change", args=[self.article.pk])
        page.goto(form)
        page.locator(".cke_wysiwyg_div").wait_for()
        self.change_everything(page)
        self.press(page, "_save")

        page.goto(reverse("admin:articles_article_links", args=[self.article.pk]))
        with page.expect_navigation():
            page.click("[name=make]")
        link = page.locator("input[readonly]").first.input_value()
        outsider = self.page()
        response = outsider.goto("/preview/" + link.split("/preview/")[1])
        self.assertEqual(response.headers["x-robots-tag"], "noindex")
        self.assertShows(outsider, AFTER, BEFORE)
        reader.goto(self.address)
        self.assertShows(reader, BEFORE, AFTER)

        page.goto(form)
        page.fill("#id_go_live_at_0", timezone.localtime(self.moment).strftime("%Y-%m-%dT%H:%M"))
        self.press(page, "_plan")
        self.assertEqual(Article.objects.get().planned_revision.go_live_at, self.moment)

        self.busy()
        with self.clock(-1):
            reader.goto(self.address)
            self.assertShows(reader, BEFORE, AFTER)
        with self.clock(0):
            reader.goto(self.address)
            self.assertShows(reader, AFTER, BEFORE)
            self.assertEqual(Article.objects.get().title, BEFORE[0])  # nobody has written it yet
        with self.clock(60):
            pending.go_live_due()
            article = Article.objects.get()
            self.assertEqual((article.title, article.section.slug), (AFTER[0], "europe"))
            reader.goto(self.address)
            self.assertTrue(reader.url.endswith(article.get_absolute_url()))
            self.assertShows(reader, AFTER, BEFORE)
            reader.goto("/europe/")
            self.assertIn(AFTER[0], reader.inner_text("main"))
            self.restore_the_first(page, form)
            reader.goto(self.address)
            self.assertShows(reader, BEFORE, AFTER)
        self.assertEqual(reader.problems + outsider.problems, [])

    def restore_the_first(self, page, form):
        """As changes pending, which readers see once they are published."""
        first = self.article.revisions.filter(kind="published").earliest("pk")
        page.goto(reverse("admin:articles_article_history", args=[self.article.pk]))
        page.click(f"a[href$='/history/{first.pk}/']")
        with page.expect_navigation():
            page.click("#content .submit-row [type=submit]")
        self.assertTrue(page.url.endswith(form))
        page.locator(".cke_wysiwyg_div").wait_for()
        self.assertEqual(page.input_value("#id_title"), BEFORE[0])
        self.assertEqual(Article.objects.get().title, AFTER[0])
        self.press(page, "_publish")

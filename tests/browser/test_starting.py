"""From a public story to its form, and new stories that begin with something."""

from django.conf import settings

from articles.models import Article, StoryTemplate
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_user

KEY = "Alt+Shift+KeyE"


class StartingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(title="Le pont s’ouvre", tags=["Ponts"])
        self.writer = make_user("editor")

    def test_a_key_leads_from_a_story_through_signing_in_to_its_form(self):
        page = self.page()
        page.goto(self.article.get_absolute_url())
        asked = []
        page.on("request", lambda request: asked.append(request.url) if "/admin/" in request.url else None)
        for other in ("e", "Shift+KeyE", "Alt+KeyE", "Control+Alt+Shift+KeyE"):
            page.keyboard.press(other)
        page.wait_for_timeout(200)
        self.assertEqual((asked, page.context.cookies()), ([], []))
        page.keyboard.press(KEY)
        page.wait_for_url("**/admin/login/**")
        page.fill("#id_username", self.writer.username)
        page.fill("#id_password", "correct horse")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/admin/articles/article/{self.article.pk}/change/")

    def test_the_key_is_a_letter_where_one_types(self):
        page = self.page()
        page.goto(self.article.get_absolute_url())
        page.evaluate("document.querySelector('main').prepend(document.createElement('input'))")
        page.locator("main input").focus()
        page.keyboard.press(KEY)
        page.wait_for_timeout(200)
        self.assertIn(self.article.get_absolute_url(), page.url)

    def test_a_bookmark_leads_there_too(self):
        page = self.page()
        self.sign_in(page, self.writer)
        page.goto("/admin/me/")
        kept = page.locator("a[href^='javascript:']").get_attribute("href").removeprefix("javascript:")
        page.goto(self.article.get_absolute_url())
        page.evaluate(kept.replace(settings.SITE_URL, self.live_server_url))
        page.wait_for_url("**/change/")

    def test_a_template_is_filled_in_by_keyboard_and_saved_when_one_saves(self):
        StoryTemplate.objects.create(
            name="Revue de presse", language="fr", title="Revue du {date}", body="<h2>Journal</h2><p>Dit.</p>"
        )
        page = self.page(width=390, height=844)
        self.sign_in(page, self.writer)
        page.get_by_role("link", name="Revue de presse").press("Enter")
        page.locator(".cke_wysiwyg_div h2").wait_for()
        self.assertFalse(Article.objects.exclude(pk=self.article.pk).exists())
        self.assertEqual(page.problems, [])
        page.locator("#id_section").select_option(index=1)
        page.locator(".state-bar [name=_save]").press("Enter")
        page.wait_for_url("**/change/")
        made = Article.objects.exclude(pk=self.article.pk).get()
        self.assertEqual(made.body, "<h2>Journal</h2><p>Dit.</p>")

    def test_a_follow_up_is_written_and_readers_go_from_one_to_the_other(self):
        page = self.page()
        self.sign_in(page, self.writer)
        page.goto(f"/admin/articles/article/{self.article.pk}/change/")
        page.get_by_role("link", name="Follow-up", exact=True).click()
        page.locator(".cke_wysiwyg_div").wait_for()
        self.assertEqual(self.violations(page), [])
        page.fill("#id_title", "Le pont se ferme")
        page.locator(".cke_wysiwyg_div").press_sequentially("Trop étroit.")
        page.locator(".state-bar [name=_publish]").click()
        page.locator("[name=_publish][value=anyway]").click()  # it has no summary
        page.locator(".messagelist .success").wait_for()
        page.goto(self.article.get_absolute_url())
        page.get_by_role("link", name="Le pont se ferme").first.click()
        page.locator(".thread").get_by_role("link", name="Le pont s’ouvre").click()
        page.wait_for_url(f"**{self.article.get_absolute_url()}")

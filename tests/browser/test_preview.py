"""The page beside the form: of what is typed, while it is typed."""

from django.test import tag

from articles.models import Article
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_section, make_user

BODY = "<p>Le conseil a voté mardi soir, à une voix près.</p>" * 30
PREVIEW = ".others [name=_preview]"


@tag("browser")
class PreviewTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.editor = make_user("editor")
        self.article = make_article("draft", section=make_section("monde"), title="Le pont", body=BODY)

    def form(self, address=None, **options):
        page = self.page(**options)
        self.sign_in(page, self.editor)
        page.goto(address or f"/admin/articles/article/{self.article.pk}/change/")
        page.locator(".cke_wysiwyg_div").wait_for()
        return page

    def shown(self, page, text):
        page.frame_locator("desk-preview iframe").get_by_text(text).first.wait_for(timeout=8000)

    def test_it_follows_what_is_typed_keeps_its_place_and_is_remembered(self):
        page = self.form()
        page.click(PREVIEW)
        frame = page.frame_locator("desk-preview iframe")
        frame.locator("h1", has_text="Le pont").wait_for()
        page.evaluate("document.querySelector('desk-preview iframe').contentWindow.scrollTo(0, 300)")
        page.fill("#id_title", "Le pont de bois")
        frame.locator("h1", has_text="Le pont de bois").wait_for()
        top = page.evaluate("document.querySelector('desk-preview iframe').contentWindow.scrollY")
        self.assertEqual(top, 300)
        page.locator(".cke_wysiwyg_div").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Une phrase de plus.")
        self.shown(page, "Une phrase de plus.")
        self.assertEqual(Article.objects.get().title, "Le pont")
        page.click("desk-preview [data-width='1280']")
        width = "document.querySelector('desk-preview iframe').contentWindow.innerWidth"
        self.assertEqual(page.evaluate(width), 1280)
        self.assertEqual(self.violations(page, include="desk-preview"), [])
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        frame.locator("h1", has_text="Le pont").wait_for()
        page.click("desk-preview [data-close]")
        self.assertFalse(page.locator("desk-preview dialog").is_visible())
        self.assertTrue(page.locator(PREVIEW).evaluate("e => e === document.activeElement"))
        self.assertEqual(page.problems, [])

    def test_on_a_phone_it_lies_over_a_new_story_and_works_by_keyboard(self):
        page = self.form("/admin/articles/article/add/", width=390, height=844, scheme="dark")
        page.fill("#id_title", "Tout neuf")
        page.locator(".state-bar [popovertarget]").press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.shown(page, "Tout neuf")
        box = page.locator("desk-preview dialog").bounding_box()
        self.assertEqual((box["x"], box["y"], box["width"], box["height"]), (0, 0, 390, 844))
        self.assertEqual(self.violations(page, include="desk-preview"), [])
        page.keyboard.press("Escape")
        self.assertFalse(page.locator("desk-preview dialog").is_visible())
        self.assertFalse(Article.objects.filter(title="Tout neuf").exists())
        self.assertEqual(page.problems, [])

    def test_a_link_in_it_leads_nowhere_and_a_dead_server_is_said(self):
        page = self.form()
        page.click(PREVIEW)
        frame = page.frame_locator("desk-preview iframe")
        frame.locator(".masthead a").click()
        page.wait_for_timeout(300)
        self.assertTrue(frame.locator("h1", has_text="Le pont").is_visible())
        page.route("**/preview/typed/", lambda route: route.abort())
        page.fill("#id_title", "Perdu")
        page.locator("desk-preview [role=status]", has_text="could not be made").wait_for()

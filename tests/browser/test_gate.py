"""The list at the form's side: it follows what is typed, leads to each field, and is asked about once."""

from accounts.models import AuditEntry
from articles.models import Article
from tests.browser.base import AXE, BrowserTestCase, needs
from tests.factories import make_article, make_image, make_section, make_user

LIST = "desk-gate"


class GateTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        make_section("monde", name="Monde")
        self.chief = make_user("editor")
        image = make_image(alt="", title="pont.jpg")
        self.body = f'<p>Il ouvre.</p><figure data-image="{image.pk}"></figure>'

    def form(self, **options):
        self.article = make_article("draft", section=None, summary="", title="Le pont", body=self.body)
        page = self.page(**options)
        self.sign_in(page, self.chief)
        page.goto(f"/admin/articles/article/{self.article.pk}/change/")
        page.locator(".cke_wysiwyg_div").wait_for()
        return page

    def test_it_follows_what_is_typed_and_leads_to_the_field(self):
        page = self.form()
        said, button = page.locator(LIST), page.locator("input[name=_publish]")
        self.assertIn("Choose the section", said.inner_text())
        self.assertEqual(button.input_value(), "Publish now (2 missing)")
        said.locator("a[data-field=section]").press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.name"), "section")
        page.select_option("#id_section", label="Monde")
        said.get_by_text("Choose the section").wait_for(state="detached")
        self.assertEqual(button.input_value(), "Publish now (1 missing)")
        said.locator("a[data-field=tags]").press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.id"), "id_tags_add")
        said.locator("a[data-field=body]").first.press("Enter")
        page.keyboard.press("Control+A")
        page.keyboard.type("Il ouvre jeudi.")
        said.get_by_text("Describe the picture").wait_for(state="detached")
        self.assertEqual(button.input_value(), "Publish now")
        self.assertEqual(page.problems, [])

    def test_what_is_doubtful_is_asked_about_once(self):
        page = self.form()
        page.select_option("#id_section", label="Monde")
        page.locator("a[data-field=body]").first.press("Enter")
        page.keyboard.press("Control+A")
        page.keyboard.type("Il ouvre jeudi.")
        page.click("input[name=_publish]")
        page.get_by_role("button", name="Publish all the same").press("Enter")
        page.locator(".messagelist a").wait_for()
        self.assertTrue(Article.objects.get().is_public())
        self.assertIn("summary", AuditEntry.objects.filter(verb="publish").first().detail["doubts"])

    @needs(AXE.exists(), "axe-core")
    def test_nothing_is_wrong_with_it_on_any_screen(self):
        for width in (390, 1440):
            for scheme in ("light", "dark"):
                with self.subTest(width=width, scheme=scheme):
                    page = self.form(width=width, scheme=scheme)
                    self.assertFalse(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
                    self.assertLess(page.locator(".state-bar").bounding_box()["height"], 100)
                    self.assertEqual(self.violations(page, include=LIST), [])
                    page.select_option("#id_section", label="Monde")
                    page.locator("a[data-field=body]").first.press("Enter")
                    page.keyboard.press("Control+A")
                    page.keyboard.type("Il ouvre jeudi.")
                    page.locator("input[name=_publish]").click()
                    page.locator(".asked").wait_for()
                    self.assertEqual(self.violations(page), [])
                    page.context.close()

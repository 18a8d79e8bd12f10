"""The list of articles narrowed by keyboard, on a phone, and kept as a view."""

from articles.models import SavedView, Tag
from tests.browser.base import BrowserTestCase
from tests.browser.test_accessibility import VIEWS
from tests.factories import make_article, make_user

LIST = "/admin/articles/article/"


class FilterTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.editor = make_user("editor")
        make_article("draft", title="Une gare de plus", tags=["Rail"])
        make_article("draft", title="Le vin nouveau")

    def test_by_keyboard_on_a_phone(self):
        page = self.page(width=390)
        self.sign_in(page, self.editor)
        page.goto(LIST)
        page.focus("#narrow summary")
        page.keyboard.press("Enter")
        page.focus("#filter-tag_add")
        page.keyboard.type("rai")
        page.locator("#filter-tag_found [role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.focus("#narrow details [type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url("**tag=Rail*")
        self.assertEqual(page.locator("#result_list a.title").all_inner_texts(), ["Une gare de plus"])
        page.focus(".active-filters summary")
        page.keyboard.press("Enter")
        page.focus("#view-name")
        page.keyboard.type("Le rail")
        page.keyboard.press("Enter")
        page.locator(".views [aria-current]", has_text="Le rail").wait_for()
        self.assertEqual(SavedView.objects.get().user, self.editor)
        page.focus(".active-filters li a")
        page.keyboard.press("Enter")
        page.locator("#result_list a.title", has_text="Le vin nouveau").wait_for()
        self.assertEqual(page.problems, [])

    def test_without_script(self):
        page = self.page(java_script_enabled=False)
        self.sign_in(page, self.editor)
        page.goto(LIST)
        page.click("#narrow summary")
        page.fill("#filter-tag", "Rail")
        page.click("#narrow details [type=submit]")
        self.assertEqual(page.locator("#result_list a.title").all_inner_texts(), ["Une gare de plus"])

    def test_every_look_of_it(self):
        tag = Tag.objects.get()
        SavedView.objects.create(user=self.editor, name="Le rail", query="tag=Rail")
        SavedView.objects.create(user=self.editor, name="Mes brouillons", query="state=mine", position=1)
        asked = (
            f"?tag={tag}+[{tag.slug}]&state=draft&saved=month&person={self.editor.pk}&source=nobody&q=gare"
        )
        for width, scheme in VIEWS:
            page = self.page(width=width, scheme=scheme)
            self.sign_in(page, self.editor)
            for address in (LIST, f"{LIST}{asked}", f"{LIST}?tag=Rail", f"{LIST}views/", "/admin/"):
                page.problems.clear()
                page.goto(address)
                with self.subTest(page=address, width=width, scheme=scheme):
                    self.assertEqual(page.problems, [])
                    self.assertFalse(
                        page.evaluate("document.documentElement.scrollWidth > innerWidth"), "sideways"
                    )
                    self.assertEqual(self.violations(page), [])
            page.context.close()

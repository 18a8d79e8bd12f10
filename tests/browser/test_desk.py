"""The desk on a phone and in the dark: what is in sight, and what it is called."""

from dataclasses import replace

from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_section, make_user

BAR = ".state-bar"
MENU = f"{BAR} [popovertarget]"


class PhoneTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article("draft", section=make_section("monde"))
        self.chief = make_user("editor")

    def open(self, address, **options):
        page = self.page(**options)
        self.sign_in(page, self.chief)
        page.goto(address)
        return page

    def form(self, **options):
        page = self.open(f"/admin/articles/article/{self.article.pk}/change/", **options)
        page.locator(".cke_wysiwyg_div").wait_for()
        return page

    def test_the_state_bar_is_low_and_its_menu_works_by_keyboard(self):
        page = self.form(width=390, height=844)
        self.assertLess(page.locator(BAR).bounding_box()["height"], 100)
        schedule = page.locator("[name=_schedule]")
        self.assertTrue(page.locator("[name=_publish]").is_visible())
        self.assertFalse(schedule.is_visible())
        page.locator(MENU).press("Enter")
        self.assertTrue(schedule.is_visible())
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.name"), "_preview")
        page.keyboard.press("Escape")
        self.assertFalse(schedule.is_visible())
        self.assertTrue(page.locator(MENU).evaluate("e => e === document.activeElement"))

    def test_a_wide_state_bar_has_no_menu(self):
        page = self.form()
        self.assertFalse(page.locator(MENU).is_visible())
        self.assertTrue(page.locator("[name=_schedule]").is_visible())

    def test_of_many_actions_a_wide_state_bar_shows_the_first_and_has_a_menu(self):
        self.article.publish(by=None, version=self.article.version)
        content = replace(self.article.newest_content(), kicker="Ponts")
        self.article.save_content(content, by=None, version=self.article.version)
        page = self.form()
        self.assertLess(page.locator(BAR).bounding_box()["height"], 80)
        drop = page.locator("[name=_drop_changes]")
        self.assertTrue(page.locator(".others [name=_preview]").is_visible())
        self.assertFalse(drop.is_visible())
        page.locator(MENU).press("Enter")
        self.assertTrue(drop.is_visible())
        page.keyboard.press("Escape")
        self.assertFalse(drop.is_visible())

    def test_what_is_done_to_several_is_folded_away_on_a_phone_only(self):
        page = self.open("/admin/articles/article/", width=390, height=844)
        apply = page.locator(".actions [name=index]")
        self.assertFalse(apply.is_visible())
        page.locator("details.several summary").click()
        self.assertTrue(apply.is_visible())
        page.locator("details.several summary").click()
        page.set_viewport_size({"width": 1440, "height": 900})
        apply.wait_for()

    def test_the_values_of_a_list_are_named(self):
        page = self.open("/admin/articles/article/", width=390, height=844)
        name = "e => getComputedStyle(e, '::before').content.replaceAll('\"', '')"
        head = page.locator("thead .column-section .text").text_content().strip()
        self.assertEqual(page.locator("tbody .field-section").evaluate(name), head)
        self.assertFalse(page.locator("tbody .field-source").is_visible(), "nothing in it")

    def test_the_editors_own_dialogs_are_dark_in_the_dark(self):
        page = self.form(scheme="dark")
        page.locator(".cke_button__table").click()
        ground = page.locator(".cke_dialog_contents_body").first
        ground.wait_for()
        desk = page.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertEqual(ground.evaluate("e => getComputedStyle(e).backgroundColor"), desk)

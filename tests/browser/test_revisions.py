"""Comparing two versions of a story, on a phone and by keyboard."""

from django.test import override_settings

from tests.articles.test_workflow import with_values
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_image, make_user

ROW = "<tr><td>Les uns</td><td>{} voix</td></tr>"
TABLE = f"<table><tbody>{ROW}</tbody></table><p>Fin.</p>"
OLD = '<p>Le conseil a voté mardi.</p><figure data-image="{}"></figure><ul><li>Un</li></ul>' + TABLE.format(
    12
)
NEW = '<p>Le conseil a <a href="https://a.example/">refusé</a> mardi.</p><ul><li>Un</li><li>Deux</li></ul>'
NEW += TABLE.format(13) + "<blockquote><p>Enfin !</p><footer>Le maire</footer></blockquote>"


@override_settings(ALLOWED_HOSTS=["*"])
class CompareTests(BrowserTestCase):
    def test_two_versions_are_chosen_by_keyboard_and_compared(self):
        chief, image = make_user("editor"), make_image()
        story = make_article("draft", body=OLD.replace("{}", str(image.pk)), image=image)
        first = story.revisions.get()
        story.save_content(with_values(story, title="Deuxième"), by=chief, version=story.version)
        story.save_content(with_values(story, body=NEW, image=None), by=chief, version=story.version)
        for scheme in ("light", "dark"):
            page = self.page(width=390, scheme=scheme)
            self.sign_in(page, chief)
            page.goto(f"/admin/articles/article/{story.pk}/history/")
            self.assertEqual(self.violations(page), [])
            page.focus("input[name=old]:checked")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/compare/**old={first.pk}*")
            self.assertEqual(page.locator("article p del").first.text_content(), "removed: voté")
            self.assertFalse(page.evaluate("document.documentElement.scrollWidth > innerWidth"), "sideways")
            self.assertEqual(self.violations(page), [])

"""Arranging the front page: by keyboard, by dragging, with a preview before it is public."""

from datetime import timedelta

from django.utils import timezone

from frontpage.models import Slot
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_user


class FrontTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        for n in range(6):
            make_article(title=f"Nouvelle {n}", published_at=timezone.now() - timedelta(hours=n + 1))
        self.story = make_article(title="Ancien pont", published_at=timezone.now() - timedelta(days=40))

    def open(self, **options):
        page = self.page(**options)
        self.sign_in(page, make_user("editor"))
        page.goto("/admin/front/")
        return page

    def choose(self, page, place):
        page.locator(f"#place-{place} summary").press("Enter")
        page.locator(f"#id_{place}-article_add").fill("Ancien")
        page.locator(f"#place-{place} [role=option]").wait_for()
        page.keyboard.press("Enter")

    def test_a_story_is_chosen_moved_previewed_and_published_by_keyboard_on_a_phone(self):
        page = self.open(width=390, height=844)
        self.choose(page, "second-1")
        page.locator("#place-second-1 .moves button").first.press("Enter")
        self.assertEqual(page.locator("#place-lead .now").inner_text(), "Ancien pont")
        self.assertEqual(page.locator("#place-lead textarea").input_value(), f"Ancien pont [{self.story.pk}]")
        page.get_by_role("button", name="Preview").press("Enter")
        page.frame_locator("iframe.preview").locator(".lead h3").wait_for()
        self.assertEqual(page.frame_locator("iframe.preview").locator(".lead h3").inner_text(), "Ancien pont")
        self.assertFalse(Slot.objects.exists())
        self.assertEqual(page.problems, [])
        page.get_by_role("button", name="Publish").press("Enter")
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(list(Slot.objects.values_list("place", "article")), [("lead", self.story.pk)])

    def test_what_was_chosen_is_dragged_to_another_place(self):
        page = self.open()
        self.choose(page, "second-1")
        page.locator("#place-second-1 .now").hover()
        page.mouse.down()
        box = page.locator("#place-lead").bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 20, steps=5)
        page.mouse.move(box["x"] + 40, box["y"] + 30, steps=5)
        page.mouse.up()
        self.assertEqual(page.locator("#place-lead .now").inner_text(), "Ancien pont")
        self.assertEqual(page.locator("#place-second-1 .now").inner_text(), "As usual")

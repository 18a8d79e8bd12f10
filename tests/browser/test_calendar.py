"""Planning by mouse and by keyboard, and naming somebody in a note."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_user


class PlanningTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.editor = make_user("editor", "ysaline", first_name="Ysaline", last_name="Grosjean")

    def test_a_story_is_dragged_to_another_day_and_moved_back_by_keyboard(self):
        before = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
        story = make_article("scheduled", title="Crue", published_at=before)
        after = before + timedelta(days=2)
        page = self.page()
        self.sign_in(page, self.editor)
        item = page.locator("[data-movable]", has_text="Crue")
        day = page.locator(f"[data-day='{timezone.localdate(after)}']")
        item.drag_to(day, source_position={"x": 5, "y": 5})
        page.get_by_text("Moved.").wait_for()
        self.assertEqual(Article.objects.get(pk=story.pk).published_at, after)
        page.goto(f"/admin/calendar/?view=week&from={timezone.localdate(after)}")
        item.locator("summary").focus()
        page.keyboard.press("Enter")
        written = timezone.localtime(before).strftime("%Y-%m-%dT%H:%M")
        item.locator("input[type=datetime-local]").fill(written)
        item.locator("input[type=submit]").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Moved.").wait_for()
        self.assertEqual(Article.objects.get(pk=story.pk).published_at, before)
        self.assertEqual(page.problems, [])

    def test_the_moment_to_move_to_is_read_whole(self):
        at = timezone.now() + timedelta(days=1)
        make_article("scheduled", title="Crue", published_at=at)
        day = timezone.localdate(at)
        whole = """input => {
          const there = input.getBoundingClientRect().width;
          input.style.cssText = "flex: none; inline-size: max-content; max-inline-size: none";
          return there - input.getBoundingClientRect().width;
        }"""
        for width in (1440, 1280, 390):
            page = self.page(width=width)
            self.sign_in(page, self.editor)
            for address in (
                "/admin/",
                f"/admin/calendar/?from={day}",
                f"/admin/calendar/?view=week&from={day}",
            ):
                with self.subTest(width=width, address=address):
                    page.goto(address)
                    item = page.locator("[data-movable]", has_text="Crue")
                    item.locator("summary").click()
                    self.assertGreaterEqual(item.locator("[type=datetime-local]").evaluate(whole), 0)

    def test_a_name_is_completed_by_keyboard(self):
        draft = make_article("draft", by=self.editor)
        page = self.page(width=390)
        self.sign_in(page, self.editor)
        page.goto(f"/admin/articles/article/{draft.pk}/change/")
        page.locator("#id_note").press_sequentially("Vois @Gros")
        page.locator("mention-field [role=option]").wait_for()
        self.assertEqual(self.violations(page, include="mention-field"), [])
        page.locator("#id_note").press("Enter")
        self.assertEqual(page.locator("#id_note").input_value(), "Vois @ysaline ")

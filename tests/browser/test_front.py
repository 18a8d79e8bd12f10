"""Arranging the front page: by keyboard, by dragging, with a preview before it is public."""

from datetime import timedelta

from django.utils import timezone

from frontpage.models import Slot
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_user

PAUSE = 400  # milliseconds after which what was typed is written down


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

    def now(self, page, place):
        return page.locator(f"#place-{place} .now").inner_text()

    def is_open(self, page, place):
        return page.locator(f"#place-{place} details").evaluate("details => details.open")

    def test_a_story_is_chosen_moved_previewed_and_published_by_keyboard_on_a_phone(self):
        page = self.open(width=390, height=844)
        self.assertLess(page.locator("#place-row-1").bounding_box()["height"], 60)
        self.choose(page, "second-1")
        page.locator("#place-second-1 .moves button").first.press("Enter")
        self.assertEqual(self.now(page, "lead"), "Ancien pont")
        self.assertEqual((self.is_open(page, "lead"), self.is_open(page, "second-1")), (True, False))
        self.assertEqual(page.locator("#place-lead textarea").input_value(), f"Ancien pont [{self.story.pk}]")
        page.locator(".state-bar [name=_preview]").press("Enter")
        shown = page.frame_locator("desk-preview iframe").locator(".lead h3")
        shown.wait_for()
        self.assertEqual(shown.inner_text(), "Ancien pont")
        self.assertFalse(Slot.objects.exists())
        self.assertEqual(page.problems, [])
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Publish").press("Enter")
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(list(Slot.objects.values_list("place", "article")), [("lead", self.story.pk)])
        self.assertFalse(page.locator("desk-kept .row").is_visible())
        self.assertEqual(self.violations(page), [])

    def test_the_preview_stands_beside_the_places_and_says_what_is_wrong(self):
        page = self.open()
        page.locator("#id_note").press("Enter")
        self.assertEqual(len(page.context.pages), 1)
        frame = page.frame_locator("desk-preview iframe")
        frame.locator(".lead h3").wait_for()
        places, pane = page.locator("front-sheet").bounding_box(), page.locator("desk-preview dialog").bounding_box()
        self.assertGreaterEqual(pane["x"], places["x"] + places["width"])
        self.choose(page, "lead")
        frame.locator(".lead h3", has_text="Ancien pont").wait_for()
        page.fill("#id_lead-title", "Un titre")
        frame.locator(".lead h3", has_text="Un titre").wait_for()
        page.fill("#id_band-title", "Alerte")
        frame.locator(".errorlist", has_text="Say until when").wait_for()
        page.fill("#id_band-title", "")
        frame.locator(".lead h3", has_text="Un titre").wait_for()
        self.assertEqual(page.problems, [])
        self.assertEqual(self.violations(page), [])

    def test_what_was_not_published_is_offered_on_coming_back(self):
        page = self.open()
        self.choose(page, "lead")
        page.fill("#id_lead-title", "Pas encore")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/admin/front/")
        page.locator("desk-kept [role=status]", has_text=":").wait_for()
        page.goto(f"/admin/front/?section={self.story.section_id}")
        self.assertFalse(page.locator("desk-kept .row").is_visible())
        page.goto("/admin/front/")
        page.click("desk-kept [data-take]")
        self.assertEqual(self.now(page, "lead"), "Pas encore")
        page.get_by_role("button", name="Publish").click()
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(Slot.objects.get().title, "Pas encore")
        self.assertFalse(page.locator("desk-kept .row").is_visible())
        page.reload()
        self.assertFalse(page.locator("desk-kept .row").is_visible())
        self.assertEqual(page.problems, [])

    def test_what_was_not_published_is_thrown_away(self):
        page = self.open()
        self.choose(page, "lead")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        self.assertEqual(self.violations(page, include="desk-kept"), [])
        page.click("desk-kept [data-drop]")
        page.reload()
        self.assertFalse(page.locator("desk-kept .row").is_visible())
        self.assertEqual(page.locator("#id_lead-article").input_value(), "")

    def test_what_the_server_refused_is_kept_too(self):
        page = self.open()
        page.fill("#id_band-title", "Alerte")
        page.get_by_role("button", name="Publish").click()
        page.locator(".errornote").wait_for()
        page.goto("/admin/")
        page.goto("/admin/front/")
        page.click("desk-kept [data-take]")
        self.assertEqual(page.locator("#id_band-title").input_value(), "Alerte")

    def another(self, page):
        """Another tab of the same browser, on the same sheet."""
        other = page.context.new_page()
        other.goto("/admin/front/")
        return other

    def leave(self, page, to):
        page.on("dialog", lambda dialog: dialog.accept())
        page.wait_for_timeout(PAUSE)
        page.goto(to)

    def publish(self, page):
        page.get_by_role("button", name="Publish").click()
        page.locator(".messagelist .success").wait_for()

    def offered(self, page):
        return page.locator("desk-kept .row").is_visible()

    def test_an_offer_stays_whatever_is_typed_beside_it_and_nothing_is_lost_by_taking_it(self):
        page = self.open()
        page.fill("#id_note", "Premier")
        self.leave(page, "/admin/front/")
        page.fill("#id_note", "Second")
        page.wait_for_timeout(PAUSE)
        page.reload()
        for note in ("Second", "Premier", "Second"):
            page.click("desk-kept [data-take]")
            self.assertEqual(page.locator("#id_note").input_value(), note)
        page.fill("#id_note", "Troisième")
        page.click("desk-kept [data-drop]")  # Premier
        self.assertFalse(self.offered(page))
        page.wait_for_timeout(PAUSE)
        page.reload()
        page.click("desk-kept [data-take]")
        self.assertEqual(page.locator("#id_note").input_value(), "Troisième")
        self.assertFalse(self.offered(page))

    def test_what_another_tab_publishes_or_undoes_takes_nothing_away(self):
        page = self.open()
        other = self.another(page)
        page.fill("#id_note", "Pas encore")
        page.wait_for_timeout(PAUSE)
        other.fill("#id_note", "x")
        other.wait_for_timeout(PAUSE)
        other.fill("#id_note", "")
        other.wait_for_timeout(PAUSE)
        other.fill("#id_note", "Le soir")
        self.publish(other)
        page.close()  # as in a crash: nothing is asked or sent
        other.reload()
        other.click("desk-kept [data-take]")
        self.assertEqual(other.locator("#id_note").input_value(), "Pas encore")

    def test_what_was_sent_and_did_not_come_through_is_offered(self):
        page = self.open()
        page.fill("#id_note", "Perdu ?")
        page.route("**/admin/front/", lambda route: route.abort())
        page.get_by_role("button", name="Publish").click()
        other = self.another(page)
        other.fill("#id_note", "Le soir")
        self.publish(other)
        other.click("desk-kept [data-take]")
        self.assertEqual(other.locator("#id_note").input_value(), "Perdu ?")
        self.publish(other)
        self.assertFalse(self.offered(other))

    def test_a_story_sent_to_the_sheet_is_kept_asked_about_and_placed_again(self):
        page = self.open()
        self.choose(page, "lead")
        page.fill("#id_lead-title", "Titre à moi")
        sent = make_article(title="Le marché")
        self.leave(page, f"/admin/front/?story={sent.pk}")
        self.assertIn("Le marché", self.now(page, "lead"))
        page.click("desk-kept [data-take]")
        self.assertEqual((self.now(page, "lead"), self.now(page, "second-1")), ("Titre à moi", "Le marché"))
        page.locator("[data-said]", has_text="“Le marché” is put into “Second 1”.").wait_for()
        self.assertEqual(self.violations(page, include="desk-kept"), [])
        page.goto("/admin/front/")
        page.click("desk-kept [data-take]")
        self.assertEqual((self.now(page, "lead"), self.now(page, "second-1")), ("Titre à moi", "Le marché"))
        self.publish(page)
        self.assertFalse(self.offered(page))

    def test_a_story_sent_to_the_sheet_alone_is_an_unsent_change(self):
        page = self.open()
        page.goto(f"/admin/front/?story={self.story.pk}")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("h1").click()  # browsers ask only where somebody did something
        page.goto("/admin/front/")
        self.assertEqual(asked, ["beforeunload"])
        page.click("desk-kept [data-take]")
        self.assertEqual(self.now(page, "lead"), "Ancien pont")

    def test_it_is_said_where_a_story_sent_to_the_sheet_finds_no_place(self):
        page = self.open()
        for place in page.locator("[data-place]").all():
            place.locator("textarea").evaluate("(area, line) => { area.value = line; }", "Un autre [999]")
        page.fill("#id_note", "Complet")
        self.leave(page, f"/admin/front/?story={self.story.pk}")
        page.click("desk-kept [data-take]")
        page.locator("[data-said]", has_text="Every place is taken.").wait_for()

    def test_a_browser_that_keeps_nothing_says_so_and_the_sheet_works(self):
        for broken in (
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });",
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
        ):
            page = self.page()
            page.route("**/admin/js/theme*.js", lambda route: route.fulfill(body=""))  # Django's own needs the storage
            page.add_init_script(broken)
            self.sign_in(page, make_user("editor", f"editor{len(broken)}"))
            page.goto("/admin/front/")
            page.fill("#id_note", "Le soir")
            page.locator("[data-said]", has_text="This browser keeps nothing").wait_for()
            self.publish(page)
            self.assertEqual(page.problems, [])

    def test_a_record_that_is_garbled_is_passed_over(self):
        page = self.open()
        page.fill("#id_note", "Lisible")
        page.wait_for_timeout(PAUSE)
        page.evaluate(
            """() => {
              const key = Object.keys(localStorage).find((key) => key.startsWith("front "));
              for (const text of ["{", "5", "null", '{"fields": "5"}']) localStorage.setItem(key + text, text);
            }"""
        )
        other = self.another(page)
        other.click("desk-kept [data-take]")
        self.assertEqual(other.locator("#id_note").input_value(), "Lisible")

    def test_the_offer_is_read_aloud_and_the_band_shows_its_storys_title(self):
        page = self.open()
        page.locator("#id_band-article_add").fill("Ancien")
        page.locator("#place-band [role=option]").wait_for()
        page.keyboard.press("Enter")
        self.leave(page, "/admin/front/")
        page.locator("desk-kept [role=status]", has_text="You arranged this page until").wait_for()
        page.click("desk-kept [data-take]")
        self.assertEqual(page.locator("#id_band-title").get_attribute("placeholder"), "Ancien pont")

    def test_the_title_shown_is_never_that_of_the_story_before(self):
        make_article(title="Un très long titre", front_title="Titre court")
        page = self.open()
        page.locator("#place-lead summary").click()
        page.fill("#id_lead-article_add", "très long")
        page.locator("#place-lead [role=option]").click()
        self.assertEqual(self.now(page, "lead"), "Titre court")
        page.locator("#place-lead textarea").evaluate(
            "area => { area.value = 'Un autre [999]'; area.dispatchEvent(new Event('change')); }"
        )
        self.assertEqual(self.now(page, "lead"), "Un autre")

    def test_fields_lie_over_the_places_and_close_when_something_else_is_chosen(self):
        page = self.open()
        height = "document.querySelector('front-sheet').offsetHeight"
        before = page.evaluate(height)
        self.choose(page, "second-2")
        self.assertEqual(page.evaluate(height), before)
        page.locator("#place-second-2 .moves button").first.click()
        self.assertEqual(self.now(page, "second-1"), "Ancien pont")
        self.assertFalse(self.is_open(page, "second-1") or self.is_open(page, "second-2"))
        page.locator("#place-second-1 summary").click()
        page.locator("#id_second-1-title").press("Escape")
        self.assertFalse(self.is_open(page, "second-1"))

    def test_the_title_of_a_story_goes_with_it_and_nothing_found_is_said(self):
        make_article(title="Un très long titre", front_title="Titre court")
        page = self.open()
        page.locator("#place-lead summary").click()
        page.fill("#id_lead-article_add", "introuvable")
        page.locator("#place-lead [role=status]", has_text="Nothing found").wait_for()
        page.fill("#id_lead-article_add", "très long")
        page.locator("#place-lead [role=option]").click()
        self.assertEqual(self.now(page, "lead"), "Titre court")
        self.assertEqual(page.locator("#id_lead-title").get_attribute("placeholder"), "Titre court")
        page.locator("#place-lead .moves button").last.click()
        self.assertEqual(page.locator("#id_second-1-title").get_attribute("placeholder"), "Titre court")
        self.assertEqual(page.locator("#id_lead-title").get_attribute("placeholder"), "")

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

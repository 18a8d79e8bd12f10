"""The library in a real Chromium: by mouse, by keyboard, with files dropped, narrow and wide, light and dark."""

import base64
import tempfile
from pathlib import Path

from django.urls import reverse

from images.models import Image
from tests.browser.base import BrowserTestCase
from tests.factories import make_image, make_user, picture_bytes

LIST, ADD = reverse("admin:images_image_changelist"), reverse("admin:images_image_add")
STORY = reverse("admin:articles_article_add")
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, {type: "image/png"}));
  const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
  document.querySelector(".drop").dispatchEvent(drop);
}"""


class PictureBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.user = make_user("journalist", "maelle")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, data=None):
        (self.folder / name).write_bytes(
            data if data is not None else picture_bytes(colour=(90, len(name), 60))
        )
        return str(self.folder / name)

    def desk(self, address, **options):
        page = self.page(**options)
        self.sign_in(page, self.user)
        page.goto(address)
        return page

    def test_many_files_are_sent_each_with_its_outcome(self):
        page = self.desk(ADD)
        page.fill("#upload_credit", "Agence Canal")
        files = [self.file("pont.jpg"), self.file("faux.jpg", b"hello"), self.file("la gare.jpg")]
        page.set_input_files("input[type=file]", files)
        page.locator(".outcomes li:is(.kept, .refused)").nth(2).wait_for()
        self.assertEqual(page.locator(".outcomes .kept").count(), 2)
        self.assertIn("not a picture", page.inner_text(".outcomes .refused"))
        found = set(Image.objects.values_list("title", "credit"))
        self.assertEqual(found, {("pont", "Agence Canal"), ("la gare", "Agence Canal")})

    def test_pictures_just_taken_are_described_on_the_same_page(self):
        page = self.desk(ADD)
        page.set_input_files("input[type=file]", [self.file("pont.jpg"), self.file("la gare.jpg")])
        page.locator("picture-texts form").nth(1).wait_for()
        gare = Image.objects.get(title="la gare")
        page.fill(f"#texts_alt_{gare.pk}", "Une gare sous la neige")
        form = page.locator(f"form[data-id='{gare.pk}']")
        page.context.set_offline(True)
        page.fill(f"#texts_caption_{gare.pk}", "Mardi")
        page.press(f"#texts_caption_{gare.pk}", "Tab")
        form.locator(".said.wrong:not(:empty)").wait_for()
        page.context.set_offline(False)
        form.locator("button").click()
        form.locator(".said:not(.wrong):not(:empty)").wait_for()
        gare.refresh_from_db()
        self.assertEqual((gare.alt, gare.caption), ("Une gare sous la neige", "Mardi"))
        self.assertEqual(self.violations(page), [])

    def test_without_the_upload_script_a_picture_is_still_chosen(self):
        make_image(by=self.user)
        page = self.page()
        self.sign_in(page, self.user)
        page.route("**/picture-upload*", lambda route: route.abort())
        page.goto(STORY)
        page.click("picture-field [data-open]")
        page.locator(".picker .found li").wait_for()
        page.locator(".picker .said", has_text="does not answer").wait_for()
        self.assertEqual([said for said in page.problems if "dynamically" in said], [])

    def test_a_file_is_dropped(self):
        page = self.desk(ADD)
        page.evaluate(DROP, ["port.png", base64.b64encode(picture_bytes(kind="PNG")).decode()])
        page.locator(".outcomes .kept").wait_for()
        self.assertEqual(page.problems, [])
        self.assertEqual(Image.objects.get().title, "port")

    def test_the_focal_point_is_set_by_click_and_by_keyboard(self):
        image = make_image(by=self.user)
        page = self.desk(reverse("admin:images_image_change", args=[image.pk]))
        box = page.locator(".stage img").bounding_box()
        page.click(".stage img", position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("ArrowDown")
        page.click("[name=_save]")
        page.wait_for_url(f"**{LIST}")
        image.refresh_from_db()
        self.assertEqual((image.focal_x, image.focal_y), (15, 76))
        self.assertEqual(page.problems, [])

    def test_a_picture_is_uploaded_in_the_dialog_described_and_chosen(self):
        page = self.desk(STORY)
        page.click("picture-field [data-open]")
        page.locator("dialog.picker picture-upload:defined").wait_for()  # its script comes after the dialog
        page.set_input_files("dialog.picker input[type=file]", self.file("pont.jpg"))
        page.locator("dialog.picker .details:not([hidden])").wait_for()
        page.fill("#picker_alt", "Un pont au crépuscule")
        page.click("dialog.picker .details [type=submit]")
        page.locator("dialog.picker").wait_for(state="hidden")
        image = Image.objects.get()
        self.assertEqual(image.alt, "Un pont au crépuscule")
        self.assertEqual(page.input_value("[name=image]"), str(image.pk))
        self.assertEqual(page.locator("picture-field .missing").inner_text(), "")

    def test_a_picture_is_found_and_chosen_by_keyboard_alone(self):
        make_image(title="La gare")
        wanted = make_image(title="Marché de Noël")
        page = self.desk(STORY, width=390, height=844)
        page.focus("picture-field [data-open]")
        page.keyboard.press("Enter")
        page.locator("dialog.picker .found li").nth(1).wait_for()
        page.focus("#picker_q")
        page.keyboard.type("noel")
        page.locator("dialog.picker .found li").nth(1).wait_for(state="detached")
        for _key in ("mine", "search", "card"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("dialog.picker .details:not([hidden])").wait_for()
        page.keyboard.press("Enter")
        page.locator("dialog.picker").wait_for(state="hidden")
        self.assertEqual(page.input_value("[name=image]"), str(wanted.pk))

    def test_what_was_typed_about_one_picture_is_kept_when_another_is_looked_at(self):
        mine, other = make_image(by=self.user, title="Le pont"), make_image(by=self.user, title="La gare")
        page = self.desk(STORY)
        page.click("picture-field [data-open]")
        page.click(f"dialog.picker [data-id='{mine.pk}']")
        page.fill("#picker_caption", "Mardi soir")
        page.click(f"dialog.picker [data-id='{other.pk}']")
        page.locator("dialog.picker .name", has_text="La gare").wait_for()
        mine.refresh_from_db()
        self.assertEqual(mine.caption, "Mardi soir")

    def test_every_screen_passes_axe(self):
        image = make_image(by=self.user, alt="")
        make_image(
            title="Un nom très long qui ne finit pas et n'a presque aucune espace", rights_until="2020-01-01"
        )
        change = reverse("admin:images_image_change", args=[image.pk])
        for width in (390, 1440):
            for scheme in ("light", "dark"):
                page = self.desk(LIST, width=width, scheme=scheme)
                for address in (LIST, ADD, change):
                    page.goto(address)
                    with self.subTest(address=address, width=width, scheme=scheme):
                        self.assertEqual(page.problems, [])
                        self.assertEqual(self.violations(page), [])
                        wide = page.evaluate("document.documentElement.scrollWidth")
                        self.assertLessEqual(wide, width)
                        page.problems.clear()
                page.goto(STORY)
                page.click("picture-field [data-open]")
                page.click(f"dialog.picker [data-id='{image.pk}']")
                page.locator("dialog.picker .details:not([hidden])").wait_for()
                with self.subTest("picker", width=width, scheme=scheme):
                    self.assertEqual(self.violations(page, include="dialog.picker"), [])

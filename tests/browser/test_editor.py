"""Writing in the editor, key by key: words stay in the order in which they were typed."""

import base64
import re
from unittest import mock

from django.urls import reverse

from articles.models import Article
from images.models import Image
from images.tasks import make
from richtext.text import plain
from tests.articles.test_admin_form import change
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_image, make_section, make_user, picture_bytes

TEXT = ".cke_wysiwyg_div"


class EditorTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        make_section("monde")
        self.desk = self.page()
        self.sign_in(self.desk, make_user("editor"))

    def open(self, address):
        self.desk.goto(address)
        self.desk.locator(TEXT).wait_for()
        self.desk.wait_for_function(
            "Object.values(CKEDITOR.instances).every(editor => editor.status === 'ready')"
        )

    def link(self, address, words):
        self.desk.locator(".cke_button__storylink").click()
        self.desk.locator("dialog.desk-dialog [name=find]").fill(address)
        self.desk.locator("dialog.desk-dialog [name=text]").fill(words)
        self.desk.keyboard.press("Enter")
        self.desk.locator("dialog.desk-dialog").wait_for(state="detached")

    def save(self, article=None):
        """Save the open form, or that of `article`; the article as it then is."""
        if article and change(article) not in self.desk.url:
            self.open(change(article))
        self.desk.click("[name=_save]")
        self.desk.locator(".messagelist .success").wait_for()
        return Article.objects.get(pk=article.pk) if article else Article.objects.get()

    def test_two_links_in_a_sentence_stay_where_they_were_put(self):
        self.open(reverse("admin:articles_article_add"))
        self.desk.fill("#id_title", "Deux liens")
        self.desk.locator(TEXT).click()
        self.desk.keyboard.type("Un mot ")
        self.link("https://a.example/", "LIEN1")
        self.desk.keyboard.type(" puis ")
        self.link("https://b.example/", "LIEN2")
        self.desk.keyboard.type(" fin.")
        body = self.save().body
        self.assertEqual(plain(body).replace("\u00a0", " "), "Un mot LIEN1 puis LIEN2 fin.")
        self.assertIn('<a href="https://b.example/">LIEN2</a>', body)

    def test_an_address_of_ours_becomes_a_link_to_the_story(self):
        story = make_article(title="Le pont", slug="le-pont")
        draft = make_article("draft")
        self.open(change(draft))
        self.desk.locator(f"{TEXT} > p").last.click()
        self.desk.keyboard.press("End")
        self.link(f"{self.live_server_url}/monde/le-pont/?x=1", "LIEN1")
        self.desk.keyboard.type(" puis ")
        self.link("/ailleurs/le-pont/", "LIEN2")
        self.desk.keyboard.type(" puis ")
        self.link("/monde/", "LIEN3")
        body = self.save(draft).body
        for words in ("LIEN1", "LIEN2"):
            self.assertIn(f'<a data-article="{story.pk}">{words}</a>', body)
        self.assertIn('<a href="/monde/">LIEN3</a>', body)

    def test_the_address_of_a_public_story_stays_when_its_title_changes(self):
        article = make_article(title="Le pont", slug="le-pont")
        self.open(change(article))
        self.desk.fill("#id_title", "Le viaduc")
        self.assertEqual(self.desk.input_value("#id_slug"), "le-pont")
        self.desk.fill("#id_slug", "Le Grand Viaduc")
        self.desk.locator("#id_summary").focus()
        self.assertEqual(self.desk.input_value("#id_slug"), "le-grand-viaduc")
        self.desk.fill("#id_slug", "")
        self.desk.locator("#id_summary").focus()
        self.assertEqual(self.desk.input_value("#id_slug"), "le-pont")

    def paste(self, html):
        """Paste this as a browser would, into the open editor; wait until it has been taken in."""
        self.desk.evaluate(
            """html => {
              const clipboard = new DataTransfer();
              clipboard.setData("text/html", html);
              const event = new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true});
              document.querySelector(".cke_wysiwyg_div").dispatchEvent(event);
            }""",
            html,
        )

    def drop(self, *pictures, name="pont.png"):
        """Paste picture files with these bytes."""
        self.desk.evaluate(
            """([name, ...pictures]) => {
              const clipboard = new DataTransfer();
              for (const text of pictures) {
                const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
                clipboard.items.add(new File([bytes], name, {type: "image/png"}));
              }
              const event = new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true});
              document.querySelector(".cke_wysiwyg_div").dispatchEvent(event);
            }""",
            [name, *(base64.b64encode(picture).decode() for picture in pictures)],
        )

    def test_a_picture_of_another_site_is_left_out_and_said(self):
        self.open(reverse("admin:articles_article_add"))
        self.desk.locator(TEXT).click()
        self.paste('<p>Le pont.</p><img src="https://other.example/a.png">')
        said = self.desk.locator(".cke_notification_message")
        said.wait_for()
        self.assertIn("left out", said.inner_text())
        self.assertEqual(self.desk.locator(f"{TEXT} img").count(), 0)
        self.assertIn("Le pont.", self.desk.locator(TEXT).inner_text())

    def test_pasted_pictures_become_pictures_of_the_library(self):
        self.open(reverse("admin:articles_article_add"))
        self.desk.fill("#id_title", "Deux images")
        self.desk.locator(TEXT).click()
        first, second = picture_bytes(kind="PNG"), picture_bytes(kind="PNG", colour=(200, 30, 30))
        self.drop(first)
        self.desk.locator(f"{TEXT} figure img").wait_for()
        self.paste(
            f'<p>Avant.</p><p><img src="data:image/png;base64,{base64.b64encode(second).decode()}"></p><p>Après.</p>'
        )
        self.desk.locator(f"{TEXT} figure img").nth(1).wait_for()
        body = self.save().body
        ids = [str(pk) for pk in Image.objects.order_by("pk").values_list("pk", flat=True)]
        self.assertEqual(re.findall(r'data-image="(\d+)"', body), ids)
        self.assertLess(body.index("Avant."), body.rindex("<figure"))
        self.assertLess(body.rindex("<figure"), body.index("Après."))
        self.assertEqual(self.desk.problems, [])

    def test_a_pasted_picture_is_named_after_the_story_and_shown_in_the_preview_once_it_is_ready(self):
        self.open(change(make_article("draft", title="Le pont", body="<p>Un.</p>")))
        self.desk.click(".others [name=_preview]")
        self.desk.locator(TEXT).click()
        with mock.patch("images.tasks.make_renditions"):  # the worker is busy
            self.drop(picture_bytes(kind="PNG"), name="image.png")
            self.desk.locator(f"{TEXT} figure img").wait_for()
        image = Image.objects.get()
        self.assertEqual((image.title, image.alt), ("Pasted picture, Le pont", ""))
        self.desk.wait_for_timeout(1500)
        shown = self.desk.frame_locator("desk-preview iframe").locator("figure.picture img")
        self.assertEqual(shown.count(), 0)
        make(image)
        shown.wait_for(timeout=8000)
        self.assertEqual(self.desk.problems, [])

    def test_a_picture_pasted_into_a_story_that_few_may_read_does_not_name_it(self):
        self.open(change(make_article("draft", title="Le pont", body="<p>Un.</p>")))
        self.desk.evaluate("document.querySelector('#id_restricted').checked = true")
        self.desk.locator(TEXT).click()
        self.drop(picture_bytes(kind="PNG"), name="image.png")
        self.desk.locator(f"{TEXT} figure img").wait_for()
        self.assertEqual(Image.objects.get().title, "Pasted picture")

    def test_what_is_no_picture_is_said(self):
        self.open(reverse("admin:articles_article_add"))
        self.desk.locator(TEXT).click()
        self.drop(b"no picture")
        self.desk.locator(".cke_notification_warning").wait_for()
        self.assertEqual(self.desk.locator(f"{TEXT} figure").count(), 0)

    def test_a_picture_copied_within_the_text_is_pasted(self):
        article = make_article("draft", body=f'<p>Un.</p><figure data-image="{make_image().pk}"></figure>')
        self.open(change(article))
        self.desk.locator(f"{TEXT} figure img").click()
        self.desk.keyboard.press("Control+c")
        self.desk.locator(f"{TEXT} > p").last.click()
        self.desk.locator(f"{TEXT} .cke_widget_focused").wait_for(state="detached")
        self.desk.keyboard.press("Control+v")
        self.desk.locator(f"{TEXT} figure").nth(1).wait_for()
        self.assertEqual(self.desk.locator(".cke_notification_message").count(), 0)
        self.assertEqual(self.save(article).body.count("<figure"), 2)

    def test_a_google_document_is_pasted_with_spans_that_have_no_style(self):
        self.open(reverse("admin:articles_article_add"))
        self.desk.locator(TEXT).click()
        self.paste(
            '<b id="docs-internal-guid-1" style="font-weight:normal"><p dir="ltr">Le <span>pont</span> '
            '<span style="font-weight:700">ouvre</span> jeudi.</p><h1>Avant</h1></b>'
        )
        self.desk.locator(f"{TEXT} strong").wait_for()
        self.assertEqual(self.desk.locator(f"{TEXT} p").first.inner_text(), "Le pont ouvre jeudi.")
        self.assertEqual(self.desk.locator(f"{TEXT} h2").inner_text(), "Avant")
        self.assertEqual(self.desk.problems, [])

    def test_a_table_begins_with_headings_and_offers_nothing_that_is_taken_out(self):
        self.open(reverse("admin:articles_article_add"))
        self.desk.fill("#id_title", "Un tableau")
        self.desk.locator(TEXT).click()
        self.desk.locator(".cke_button__table").click()
        dialog = self.desk.locator(".cke_dialog_body")
        dialog.wait_for()
        self.assertEqual(
            dialog.locator("input:visible, select:visible").count(), 4
        )  # rows, columns, headings, caption
        self.desk.locator(".cke_dialog_ui_button_ok").click()
        self.desk.locator(f"{TEXT} th").first.wait_for()
        self.assertIn('<th scope="col">', self.save().body)

    def test_enter_in_a_field_saves(self):
        article = make_article("draft")
        self.open(change(article))
        self.desk.fill("#id_kicker", "Ponts")
        self.desk.locator("#id_kicker").press("Enter")
        self.desk.locator(".messagelist .success").wait_for()
        article.refresh_from_db()
        self.assertEqual((article.kicker, article.status), ("Ponts", "draft"))
        self.assertIn(change(article), self.desk.url)

    def test_there_is_a_paragraph_to_go_on_in_after_every_last_block(self):
        image = make_image()
        blocks = [
            "<blockquote><p>Une citation.</p></blockquote>",
            '<aside class="fact-box"><h3>Les faits</h3><p>Deux ponts.</p></aside>',
            "<ul><li>Un</li></ul>",
            "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            f'<figure data-image="{image.pk}"></figure>',
        ]
        for block in blocks:
            body = f"<p>Premier.</p>{block}"
            article = make_article("draft", body=body)
            with self.subTest(block):
                self.assertEqual(self.save(article).body, article.body, "only opened and saved")
                self.open(change(article))
                self.desk.locator(f"{TEXT} > p").last.click()
                self.desk.keyboard.type("La suite.")
                self.assertEqual(self.save(article).body, f"{article.body}<p>La suite.</p>")

    def test_a_fact_box_made_at_the_end_leaves_room_for_one_paragraph_however_long_it_grows(self):
        article = make_article("draft", body="<p>Premier.</p>")
        self.open(change(article))
        self.desk.locator(f"{TEXT} > p").last.click()
        self.desk.keyboard.press("End")
        self.desk.locator(".cke_button__factbox").click()
        self.desk.keyboard.type("Les faits")
        self.desk.keyboard.type(", en bref")
        self.assertEqual(self.desk.locator(f"{TEXT} > p").count(), 2)
        self.desk.locator(f"{TEXT} > p").last.click()
        self.desk.keyboard.type("La suite.")
        body = self.save().body
        self.assertEqual(plain(body).split("\n")[0], "Premier.")
        self.assertIn("Les faits, en bref", plain(body))
        self.assertTrue(body.endswith("</aside><p>La suite.</p>"), body)

    def test_enter_in_the_speakers_line_goes_on_behind_the_quote(self):
        article = make_article("draft", body="<blockquote><p>Trop tard.</p><footer>Ada</footer></blockquote>")
        self.open(change(article))
        self.desk.locator(f"{TEXT} blockquote footer").click()
        self.desk.keyboard.press("End")
        self.desk.keyboard.press("Enter")
        self.desk.keyboard.type("La suite.")
        self.assertEqual(self.save(article).body, f"{article.body}<p>La suite.</p>")

    def test_enter_in_the_title_of_a_fact_box_goes_to_its_text(self):
        article = make_article("draft", body="<p>Premier.</p>")
        self.open(change(article))
        self.desk.locator(f"{TEXT} > p").last.click()
        self.desk.keyboard.press("End")
        self.desk.locator(".cke_button__factbox").click()
        self.desk.keyboard.type("Les faits")
        self.assertEqual(self.desk.locator(f"{TEXT} aside [data-hint]").count(), 1)
        self.desk.keyboard.press("Enter")
        self.desk.keyboard.type("Deux ponts.")
        self.desk.keyboard.press("Enter")
        self.assertEqual(self.desk.locator(f"{TEXT} aside [data-hint]").count(), 0)
        self.assertEqual(self.desk.locator(f"{TEXT} aside p").count(), 2)
        self.desk.keyboard.type("Un tunnel.")
        box = '<aside class="fact-box"><h3>Les faits</h3><p>Deux ponts.</p><p>Un tunnel.</p></aside>'
        self.assertEqual(self.save(article).body, f"<p>Premier.</p>{box}")

    def test_a_picture_in_the_text_is_described_where_it_stands(self):
        image = make_image(alt="")
        article = make_article("draft", body=f'<p>Un.</p><figure data-image="{image.pk}"></figure>')
        self.open(change(article))
        self.desk.locator(f"{TEXT} figure img").dblclick()
        self.assertEqual(
            self.desk.locator("dialog.desk-dialog a").get_attribute("href"),
            reverse("admin:images_image_change", args=[image.pk]),
        )
        self.desk.fill("dialog.desk-dialog [name=alt]", "Un pont au crépuscule")
        self.desk.select_option("dialog.desk-dialog [name=place]", "wide")
        self.desk.locator("dialog.desk-dialog button.default").click()
        self.desk.locator("dialog.desk-dialog").wait_for(state="detached")
        image.refresh_from_db()
        self.assertEqual(image.alt, "Un pont au crépuscule")
        self.assertEqual(self.desk.locator(f"{TEXT} figure img").get_attribute("alt"), image.alt)
        self.assertIn(f'<figure data-image="{image.pk}" class="wide">', self.save(article).body)

    def test_the_first_arrow_in_a_list_of_names_takes_the_first(self):
        make_article("draft", tags=["Rail", "Rails anciens"])
        for keys in (["Enter"], ["ArrowDown", "Enter"], ["ArrowDown", "ArrowDown", "Enter"]):
            self.open(reverse("admin:articles_article_add"))
            field = self.desk.locator("#id_tags_add")
            field.fill("Rail")
            found = self.desk.locator("#id_tags_found [role=option]")
            found.nth(1).wait_for()
            names = found.all_inner_texts()
            for key in keys:
                field.press(key)
            taken = self.desk.locator(".field-tags pick-list > ul:first-of-type li > span")
            self.assertEqual(taken.inner_text(), names[max(0, len(keys) - 2)])

    def test_an_empty_text_has_no_reading_time_and_in_french_no_plural(self):
        self.open(reverse("admin:articles_article_add"))
        self.assertEqual(self.desk.locator(".editor-foot").inner_text(), "0 word")
        self.desk.evaluate("document.documentElement.lang = 'en'")
        self.desk.locator(TEXT).click()
        self.desk.keyboard.type(".")
        self.desk.locator(".editor-foot", has_text=re.compile("^0 words$")).wait_for()

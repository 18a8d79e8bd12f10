"""Writing in the editor, key by key: words stay in the order in which they were typed."""

from django.urls import reverse

from articles.models import Article
from richtext.text import plain
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_section, make_user

TEXT = ".cke_wysiwyg_div"


class EditorTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        make_section("monde")
        self.desk = self.page()
        self.sign_in(self.desk, make_user("journalist"))

    def open(self, address):
        self.desk.goto(address)
        self.desk.locator(TEXT).wait_for()

    def link(self, address, words):
        self.desk.locator(".cke_button__storylink").click()
        self.desk.locator("dialog.desk-dialog [name=find]").fill(address)
        self.desk.locator("dialog.desk-dialog [name=text]").fill(words)
        self.desk.keyboard.press("Enter")
        self.desk.locator("dialog.desk-dialog").wait_for(state="detached")

    def save(self):
        self.desk.click("[name=_save]")
        self.desk.locator(".messagelist .success").wait_for()
        return Article.objects.get()

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

    def test_there_is_a_paragraph_to_go_on_in_after_every_last_block(self):
        body = "<p>Premier.</p><blockquote><p>Une citation.</p></blockquote>"
        article = make_article("draft", by=None, body=body)
        self.desk.context.clear_cookies()
        self.sign_in(self.desk, make_user("editor"))
        self.open(reverse("admin:articles_article_change", args=[article.pk]))
        self.desk.locator(f"{TEXT} > p").last.click()
        self.desk.keyboard.type("La suite.")
        self.assertEqual(self.save().body, f"{body}<p>La suite.</p>")

    def test_the_room_to_write_is_no_change(self):
        article = make_article("draft", body="<p>Premier.</p><ul><li>Un</li></ul>")
        self.desk.context.clear_cookies()
        self.sign_in(self.desk, make_user("editor"))
        self.open(reverse("admin:articles_article_change", args=[article.pk]))
        self.save()
        article.refresh_from_db()
        self.assertEqual((article.version, article.body), (1, "<p>Premier.</p><ul><li>Un</li></ul>"))

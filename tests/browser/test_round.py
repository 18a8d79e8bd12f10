"""The round by the three roles: ordered, written, reviewed, sent back, published, corrected.

At each step the buttons of what a person may not do are absent, and their addresses refuse.
"""

from django.test import Client, tag
from django.urls import reverse

from accounts.models import AuditEntry
from articles.models import Article, Assignment
from tests.articles.test_admin_form import typed
from tests.browser.base import BrowserTestCase
from tests.factories import make_section, make_user

ALL = ("_submit", "_publish", "_schedule", "_send_back", "_plan", "_unplan", "_unschedule", "_bin")
FORBIDDEN = ("_publish", "_schedule", "_send_back", "_plan", "_unplan", "_unschedule")  # to a journalist
PAGES = ("take_down", "correct")


@tag("browser")
class RoundTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.journalist = make_user("journalist", "maelle", first_name="Maëlle", last_name="Torrekens")
        self.other = make_user("journalist", "remi", first_name="Rémi", last_name="Okkerse")
        self.editor = make_user("editor", "ysaline", first_name="Ysaline", last_name="Grosjean")
        self.chief = make_user("administrator", "cheffe", first_name="Inès", last_name="Dubrac")
        make_section("monde")

    # ------------------------------------------------------------------ small steps
    def desk(self, user):
        page = self.page(height=2000)
        self.sign_in(page, user)
        page.wait_for_url("**/admin/")
        return page

    def open(self, page, title):
        """From the desk's first page to the form."""
        page.goto("/admin/")
        page.get_by_role("link", name=title).first.click()
        page.locator(".cke_wysiwyg_div").wait_for()

    def press(self, page, name):
        with page.expect_navigation():
            page.click(f".submit-row [name={name}]")
        if page.locator(".asked button").count():  # something is doubtful
            with page.expect_navigation():
                page.click(".asked button")
        self.assertEqual(page.locator(".errornote").count(), 0, page.locator("#content").inner_text()[:600])

    def assertButtons(self, page, present, *, among=ALL):
        there = [name for name in among if page.locator(f".submit-row [name={name}]").count()]
        self.assertEqual(sorted(there), sorted(present))

    def assertRefused(self, user, address, **data):
        """Both ways for a page; a form that is sent, with the button that has no place there."""
        client = Client()
        client.force_login(user)
        if not data:
            self.assertEqual(client.get(address).status_code, 403, address)
        self.assertEqual(client.post(address, data).status_code, 403, (address, data))

    def assertJournalistRefused(self, article):
        """What no journalist may do with a story in any state, their own neither."""
        client = Client()
        client.force_login(self.journalist)
        before = Article.objects.values("status", "published_at").get()
        for button in FORBIDDEN:
            article.refresh_from_db()
            data = typed(article, note="x", **{button: "anyway"})
            self.assertIn(client.post(self.address(article), data).status_code, (200, 403), button)
            self.assertEqual(Article.objects.values("status", "published_at").get(), before, button)
        for name in PAGES:
            self.assertRefused(self.journalist, self.address(article, name))

    @staticmethod
    def address(article, name="change"):
        return reverse(f"admin:articles_article_{name}", args=[article.pk])

    # ------------------------------------------------------------------ the round
    def test_the_round(self):
        editor, journalist = self.desk(self.editor), self.desk(self.journalist)
        self.order(editor)
        article = self.write(journalist)
        self.review(editor, article)
        self.write_again(journalist)
        self.publish(editor, article)
        self.correct(self.desk(self.chief), journalist, article)

    def order(self, page):
        page.goto("/admin/articles/assignment/add/")
        page.fill("#id_title", "Le pont de bois")
        page.select_option("#id_desk", label="Monde")
        page.select_option("#id_journalist", label="Maëlle Torrekens")
        with page.expect_navigation():
            page.click("[name=_save]")

    def write(self, page):
        page.goto("/admin/")
        page.get_by_role("link", name="Le pont de bois").first.click()
        order = Assignment.objects.get()
        verbs = ("_save", "_take", "_begin", "_decline", "_finish", "_drop", "_reopen")
        self.assertButtons(page, ["_begin", "_decline", "_finish"], among=verbs)
        self.assertRefused(self.journalist, order.desk_address, _drop="", note="x", version=order.version)
        colleague = self.desk(self.other)
        colleague.goto(order.desk_address)
        self.assertButtons(colleague, [], among=verbs)
        client = Client()
        client.force_login(self.other)
        for verb in verbs:
            data = {verb: "", "title": "Le mien", "version": order.version, "note": "x"}
            said = client.post(order.desk_address, data).status_code
            self.assertIn(said, (200, 403), verb)  # 200: it says that it is not possible now
        self.assertEqual(Assignment.objects.get().version, order.version)
        self.press(page, "_begin")
        page.locator(".cke_wysiwyg_div").click()
        page.keyboard.type("Il est en chêne.")
        self.assertButtons(page, ["_submit", "_bin"])
        self.press(page, "_save")
        article = Article.objects.get()
        self.assertJournalistRefused(article)
        self.assertRefused(self.other, self.address(article), title="Le mien", _submit="")
        self.press(page, "_submit")
        return article

    def review(self, page, article):
        self.open(page, "Le pont de bois")
        self.assertButtons(page, ["_send_back", "_publish", "_schedule", "_bin"])
        self.assertJournalistRefused(article)
        page.fill("#id_note", "Qui l’a construit ?")
        self.press(page, "_send_back")

    def write_again(self, page):
        self.open(page, "Le pont de bois")
        self.assertIn("Qui l’a construit", page.inner_text("#content").replace("\u202f", " "))
        self.assertButtons(page, ["_submit", "_bin"])
        page.locator(".cke_wysiwyg_div").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Basile l’a construit.")
        self.press(page, "_submit")

    def publish(self, page, article):
        self.open(page, "Le pont de bois")
        self.press(page, "_publish")
        article.refresh_from_db()
        self.assertTrue(article.is_public())
        self.assertEqual(Assignment.objects.get().state, "done")
        self.assertButtons(page, ["_publish", "_plan"])
        for name in PAGES:
            self.assertEqual(page.locator(f".state-bar a[href='{self.address(article, name)}']").count(), 1)
        self.assertEqual(page.locator("a[href*='/accounts/']").count(), 0)
        for name in ("accounts_user_changelist", "accounts_auditentry_changelist"):
            self.assertRefused(self.editor, reverse(f"admin:{name}"))

    def correct(self, page, journalist, article):
        journalist.goto(self.address(article))
        self.assertButtons(journalist, ["_submit"])
        self.assertEqual(journalist.locator(".state-bar a").count(), 0)
        self.assertJournalistRefused(article)
        page.goto(self.address(article))
        page.click("[popovertarget=other-actions]")
        page.click(f".state-bar a[href='{self.address(article, 'correct')}']")
        page.select_option("#id_kind", "correction")
        page.fill("#id_text", "Le pont est en hêtre.")
        with page.expect_navigation():
            page.click("#content .submit-row [type=submit]")
        note = article.corrections.get()
        self.assertRefused(self.journalist, reverse("admin:articles_article_correction", args=[article.pk, note.pk]))
        reader = self.page()
        reader.goto(article.get_absolute_url())
        self.assertIn("Le pont est en hêtre.", reader.inner_text(".note"))
        self.assertIn("Basile l’a construit.", reader.inner_text(".text").replace("\u202f", " "))
        verbs = AuditEntry.objects.order_by("pk").exclude(verb="save").values_list("verb", "by__username")
        expected = [
            ("assign", "ysaline"), ("create", "maelle"), ("begin assignment", "maelle"), ("submit", "maelle"),
            ("send back", "ysaline"), ("submit", "maelle"), ("publish", "ysaline"),
            ("correct", "cheffe"),
        ]  # fmt: skip
        self.assertEqual([pair for pair in verbs if pair in expected], expected)
        for shown in (page, journalist, reader):
            self.assertEqual(shown.problems, [])

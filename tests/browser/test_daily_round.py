"""The daily round on a fresh database, in browsers: written, sent back, published, read, ranked, withdrawn.

Nothing reaches into the database behind the desk's back: the paper is started by its command, everything else is
typed and pressed. Only what the background process does every few minutes is called by name.
"""

import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

from audience import counting, ranking
from tests.browser.base import BrowserTestCase
from tests.factories import picture_bytes, with_translations

READER = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"  # a headless one counts as a bot
)
PASSWORD = "quatre-bateaux-7"
TITLE = "Le port et la ville ouvrent une nouvelle ère"
FIRST = "La cérémonie, qui s’est tenue au palais du port, a duré vingt minutes de moins que prévu."
PASTED = (
    '<p class="MsoNormal" style="margin:0cm;mso-style:x" onclick="steal()">Le texte prévoit un dialogue régulier : '
    "<b>deux réunions par an</b>, dont une en hiver.</p><script>steal()</script>"
    '<p><a href="javascript:steal()">Le compte rendu</a> sera public.</p>'
)
PASTE = """([html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "x");
  const target = document.querySelector(".cke_wysiwyg_div");
  target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@with_translations()
@override_settings(
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
)  # readers come from five networks
class DailyRoundTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        call_command(
            "start_paper", name="Le Courrier du Bief", language="fr", publisher="Bief ASBL", username="cheffe",
            email="cheffe@bief.example", password=PASSWORD, no_sections=True, verbosity=0, stdout=StringIO(),
        )  # fmt: skip
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.picture = Path(folder.name, "quai.jpg")
        self.picture.write_bytes(picture_bytes(1600, 1067))

    # ------------------------------------------------------------------ small steps
    def desk(self, username):
        page = self.page()
        page.set_default_timeout(60_000)
        page.goto("/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    def add(self, page, model, **fields):
        """Add something through its own form; a value of None presses the control with this name."""
        page.goto(f"/admin/{model}/add/")
        for name, value in fields.items():
            if value is None:
                page.check(name)
            elif page.locator(f"#id_{name}").evaluate("e => e.tagName") == "SELECT":
                page.select_option(f"#id_{name}", label=value)
            else:
                page.fill(f"#id_{name}", value)
        page.click("[name=_save]")
        page.wait_for_url(lambda url: "/add/" not in url)

    def pick(self, page, field, text):
        """Type the beginning of a name and take the first that is offered."""
        page.fill(f"#id_{field}_add", text)
        page.locator(f"#id_{field}_found [role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

    def press(self, page, name):
        with page.expect_navigation():
            page.click(f".state-bar [name={name}]")
        self.assertEqual(page.locator(".errornote").count(), 0, page.locator("#content").inner_text()[:600])

    def publish(self, page):
        """Publish, whatever is doubtful."""
        self.press(page, "_publish")
        with page.expect_navigation():
            page.click(".asked button")

    def set_up_the_paper(self):
        page = self.desk("cheffe")
        for name, role in (("maelle", "Journalist"), ("ysaline", "Editor")):
            self.add(
                page, "accounts/user", **{"username": name, f"[name=role][value={role}]": None,
                "password1": PASSWORD, "password2": PASSWORD},
            )  # fmt: skip
        self.add(page, "articles/section", name=".NETWORK", slug="network")
        self.add(page, "articles/section", name="almouwatin-actualite", parent=".NETWORK")
        self.add(page, "articles/source", name="europeantimes.news", url="https://partenaire.example/")
        self.add(page, "articles/tag", name="Ports")
        self.add(page, "articles/tag", name="Traités")
        self.add(page, "articles/author", name="Maëlle Torrekens")
        page.context.close()

    def write_the_story(self):
        page = self.desk("maelle")
        page.goto("/admin/articles/article/add/")
        editor = page.locator(".cke_wysiwyg_div")
        editor.wait_for()
        page.fill("#id_kicker", "Accord")
        page.fill("#id_title", TITLE)
        self.assertEqual(page.input_value("#id_slug"), "le-port-et-la-ville-ouvrent-une-nouvelle-ere")
        page.fill("#id_summary", "Un accord de vingt-six pages, et une question : qui paie ?")
        editor.click()
        page.keyboard.insert_text(FIRST)
        page.keyboard.press("Enter")
        page.evaluate(PASTE, [PASTED])
        page.get_by_text("deux réunions par an").wait_for()
        page.select_option("#id_section", label="\u2003almouwatin-actualite")
        self.pick(page, "tags", "Por")
        self.pick(page, "tags", "Trai")
        self.pick(page, "authors", "Torre")
        self.pick(page, "source", "europ")
        page.fill("#id_original_url", "https://partenaire.example/port-et-ville")
        page.click("picture-field [data-open]")
        page.set_input_files("dialog.picker input[type=file]", self.picture)
        page.locator("dialog.picker .details:not([hidden])").wait_for()
        page.fill("#picker_alt", "Deux grues au bord du quai, au petit matin")
        page.click("dialog.picker .details [type=submit]")
        self.press(page, "_submit")
        self.assertEqual(page.problems, [])
        return page

    def address_of_the_form(self, page):
        page.goto("/admin/")
        page.get_by_role("link", name=TITLE).first.click()
        page.locator(".cke_wysiwyg_div").wait_for()

    def visit(self, address, n=0, **options):
        headers = {"X-Forwarded-For": f"203.0.{113 + n}.9"}
        page = self.page(extra_http_headers=headers, user_agent=READER, **options)
        page.set_default_timeout(60_000)
        return page, page.goto(address)

    # ------------------------------------------------------------------ the round
    def test_the_whole_round(self):
        self.set_up_the_paper()
        journalist = self.write_the_story()

        editor = self.desk("ysaline")
        self.address_of_the_form(editor)  # it waits on the editor's desk
        editor.fill("#id_note", "Qui a dit « vingt minutes » ? Ajoutez une phrase.")
        self.press(editor, "_send_back")

        self.address_of_the_form(journalist)
        self.assertIn("Qui a dit", journalist.inner_text("#content"))
        journalist.locator(".cke_wysiwyg_div p").last.click()
        journalist.keyboard.press("End")
        journalist.keyboard.insert_text(" Le maire a tenu la montre.")
        self.press(journalist, "_submit")

        self.address_of_the_form(editor)
        self.publish(editor)
        self.publish_another(editor)
        address = "/network/almouwatin-actualite/le-port-et-la-ville-ouvrent-une-nouvelle-ere/"
        self.read_it(address)
        self.rank_it(address)
        self.withdraw_it(editor, address)

    def publish_another(self, editor):
        """A newer story, which the ranking would put first if it only went by date."""
        editor.goto("/admin/articles/article/add/")
        editor.locator(".cke_wysiwyg_div").wait_for()
        editor.fill("#id_title", "La marée a attendu tout le monde")
        editor.locator(".cke_wysiwyg_div").click()
        editor.keyboard.insert_text("Elle est arrivée à l’heure, ce qui ne lui était pas arrivé depuis mars.")
        editor.select_option("#id_section", label=".NETWORK")
        self.publish(editor)

    def read_it(self, address):
        for width in (390, 1440):
            for scheme in ("light", "dark"):
                with self.subTest(width=width, scheme=scheme):
                    page, response = self.visit(address, width=width, scheme=scheme)
                    self.assertEqual(response.status, 200)
                    self.assertEqual(page.inner_text("h1").replace("\u202f", " "), TITLE)
                    crumbs = page.locator(".crumbs li").all_inner_texts()
                    self.assertEqual([c.strip() for c in crumbs], [".NETWORK", "almouwatin-actualite", TITLE])
                    text = page.inner_text(".text")
                    for words in (
                        FIRST,
                        "deux réunions par an",
                        "Le maire a tenu la montre",
                        "Le compte rendu",
                    ):
                        self.assertIn(words, text)
                    html = page.inner_html(".text")
                    for gone in ("javascript:", "onclick", "<script", "Mso", "style="):
                        self.assertNotIn(gone, html)
                    source = page.locator(".source a").first
                    self.assertEqual(source.get_attribute("href"), "https://partenaire.example/port-et-ville")
                    self.assertIn("europeantimes.news", page.inner_text(".source"))
                    self.assertTrue(
                        page.locator(".lead-picture img").evaluate("e => e.complete && e.naturalWidth > 0")
                    )
                    self.assertNotIn(
                        "Articles les plus populaires", page.inner_text("main")
                    )  # nobody has read yet
                    self.assertEqual(page.context.cookies(), [])
                    self.assertEqual(page.problems, [])
                    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                    self.assertFalse(wide, "the page scrolls sideways")
                    page.context.close()

    def rank_it(self, address):
        for n in range(5):
            page, _response = self.visit(address, n)
            with page.expect_request("**/read/"):
                page.wait_for_timeout(5_500)  # five seconds in view is what counts as reading
            page.context.close()
        counting.tally.flush()
        ranking.rank()
        page, _response = self.visit("/")
        first = page.locator(".ranking li").first
        self.assertIn(TITLE, first.inner_text().replace("\u202f", " "))
        self.assertIn("Articles les plus populaires", page.inner_text("main"))
        page.context.close()

    def withdraw_it(self, editor, address):
        self.address_of_the_form_of_a_public_story(editor, address)
        editor.click(".state-bar [popovertarget]")
        editor.click(".state-bar a[href*=take]")
        editor.check("[name=how][value=withdrawn]")
        editor.fill("[name=reason]", "La source a retiré son texte.")
        with editor.expect_navigation():
            editor.click("#content .submit-row [type=submit]")
        page, response = self.visit(address)
        self.assertEqual(response.status, 410)
        self.assertIn("La source a retiré son texte", page.inner_text("main"))
        for other in ("/", "/latest/", "/network/", "/network/almouwatin-actualite/", "/tag/ports/",
                      "/feed/", "/source/europeantimes-news/", "/most-read/", "/search/?q=port",
                      "/news-sitemap.xml"):  # fmt: skip
            response = page.request.get(other)
            self.assertNotIn("nouvelle-ere", response.text(), other)

    def address_of_the_form_of_a_public_story(self, page, address):
        page.goto(f"/admin/go/?url={address}")
        page.locator(".cke_wysiwyg_div").wait_for()

"""Nothing typed is lost, and nobody overwrites anybody: real browsers, two people, a server that stops."""

import contextlib
import os
import signal
import socket
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

from django.contrib.sessions.models import Session
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import override_settings, tag
from django.test.testcases import LiveServerThread
from django.urls import reverse

from articles.content import Content
from articles.models import Article, Autosave, Tag
from tests.browser.base import CHROMIUM, FLAGS, BrowserTestCase
from tests.factories import make_article, make_author, make_image, make_section, make_source, make_user

ADD = "/admin/articles/article/add/"
IN_THIS_BROWSER = """() => new Promise((resolve) => {
  indexedDB.open("desk", 1).onsuccess = ({target}) => {
    const all = target.result.transaction("typed").objectStore("typed").getAll();
    all.onsuccess = () => resolve(all.result.flatMap(({fields}) => fields?.title ?? []));
  };
})"""


def write(page, text):
    """Type a paragraph at the end of the text."""
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(text)


TABS = IN_THIS_BROWSER.replace("({fields}) => fields?.title ?? []", "({tab}) => tab")
FULL = """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""


def lose_the_answer(page):
    """Save; the server does, but its answer never comes and the page stays."""
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0))
            return route.fulfill(status=204)
        return route.continue_()

    page.route("**/change/", lose)
    page.click("[name=_save]")
    while not lost:
        page.wait_for_timeout(50)


@tag("browser")
class AtOnceTestCase(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.journalist = make_user("journalist", first_name="Maëlle", last_name="Torrekens")
        self.editor = make_user("editor", first_name="Inès", last_name="Dubrac")

    def form(self, user, article=None, **options):
        page = self.page(**options)
        self.sign_in(page, user)
        self.open(page, article)
        return page

    def open(self, page, article=None):
        address = reverse("admin:articles_article_change", args=[article.pk]) if article else ADD
        page.goto(address)
        page.locator(".cke_wysiwyg_div").wait_for()
        page.wait_for_timeout(300)

    def press(self, page, name):
        with page.expect_navigation():
            page.click(f"[name={name}]")

    def kept(self, page):
        page.locator("desk-autosave", has_text="Kept at").wait_for(timeout=8000)


class KeptTests(AtOnceTestCase):
    def test_what_is_typed_is_kept_and_offered_when_the_tab_is_closed(self):
        page = self.form(self.journalist)
        page.fill("#id_title", "Le pont de bois")
        write(page, "Une phrase jamais enregistrée.")
        self.kept(page)
        self.assertFalse(Article.objects.exists())
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/admin/")
        self.open(page)
        self.assertIn("Une phrase jamais enregistrée.", page.locator(".offer").inner_text())
        page.click("text=Go on with it")
        page.locator(".cke_wysiwyg_div", has_text="Une phrase jamais enregistrée.").wait_for()
        self.assertEqual(page.input_value("#id_title"), "Le pont de bois")
        self.press(page, "_save")
        self.assertEqual(Article.objects.get().title, "Le pont de bois")
        self.assertFalse(Autosave.objects.filter(fields__isnull=False).exists())
        self.assertEqual(page.problems, [])

    def test_a_session_that_ended_is_signed_in_again_in_place(self):
        article = make_article("draft", by=self.journalist)
        page = self.form(self.journalist, article)
        Session.objects.all().delete()
        write(page, "Écrit sans session.")
        page.click("desk-autosave button")
        page.fill("dialog #id_username", self.journalist.username)
        page.fill("dialog #id_password", "wrong")
        page.keyboard.press("Enter")
        page.locator("dialog .said:not(:empty)").wait_for()
        page.fill("dialog #id_password", "correct horse")
        page.keyboard.press("Enter")
        self.kept(page)
        self.assertIn("Écrit sans session.", Autosave.objects.get(user=self.journalist).fields["body"][0])
        self.press(page, "_save")
        article.refresh_from_db()
        self.assertIn("Écrit sans session.", article.body)

    def test_a_form_does_not_leave_while_the_server_is_away(self):
        article = make_article("draft", by=self.journalist)
        page = self.form(self.journalist, article)
        page.context.set_offline(True)
        write(page, "Sans réseau.")
        page.locator("desk-autosave.late").wait_for(timeout=8000)
        page.click("[name=_save]")
        page.wait_for_timeout(500)
        self.assertIn("Sans réseau.", page.locator(".cke_wysiwyg_div").inner_text())
        page.context.set_offline(False)
        self.press(page, "_save")
        article.refresh_from_db()
        self.assertIn("Sans réseau.", article.body)

    def test_what_is_typed_after_a_save_whose_answer_was_lost_is_kept(self):
        article = make_article("draft", by=self.journalist)
        page = self.form(self.journalist, article)
        write(page, "Avant la panne.")
        lose_the_answer(page)
        write(page, "Après la panne.")
        page.evaluate(
            "document.querySelector('desk-autosave').start()"
        )  # what it does by itself after a while
        page.wait_for_timeout(500)
        self.kept(page)
        rows = Autosave.objects.filter(fields__isnull=False)
        self.assertIn("Après la panne.", "".join(row.fields["body"][0] for row in rows))
        page.wait_for_timeout(500)
        self.assertEqual(len(page.evaluate(TABS)), 1)  # what the tab held before is not offered a second time

    def test_what_cannot_be_kept_can_be_saved(self):
        article = make_article("draft", by=self.journalist)
        page = self.form(self.journalist, article)
        with mock.patch("articles.autosave.LONGEST", 10):
            write(page, "Bien trop long.")
            page.locator("desk-autosave.late").wait_for(timeout=8000)
            self.press(page, "_save")
        article.refresh_from_db()
        self.assertIn("Bien trop long.", article.body)

    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=60_000)
    def test_what_is_too_large_for_the_server_stays_in_the_form_and_can_be_shortened(self):
        article = make_article("draft", by=self.journalist, title="Avant")
        page = self.form(self.journalist, article)
        page.fill("#id_title", "Bien trop long")
        page.evaluate("CKEDITOR.instances.id_body.setData(`<p>${'été '.repeat(20000)}</p>`)")
        page.click("[name=_save]")
        said = page.locator("#too-large")
        said.wait_for()
        self.assertIn("takes 0,3 MB, and the server takes at most 0,1 MB", said.inner_text())
        self.assertTrue(said.evaluate("e => e === document.activeElement"))
        self.assertEqual(self.violations(page, include="#too-large"), [])
        self.assertEqual(page.input_value("#id_title"), "Bien trop long")
        self.assertEqual(page.evaluate(IN_THIS_BROWSER), ["Bien trop long"])
        page.locator("desk-autosave", has_text="could not be kept").wait_for(timeout=8000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        page.locator(".offer button", has_text="Go on with it").click()
        page.locator(".cke_wysiwyg_div", has_text="été été").wait_for()
        self.assertEqual(page.input_value("#id_title"), "Bien trop long")
        self.assertEqual(page.evaluate(IN_THIS_BROWSER), ["Bien trop long"])
        page.evaluate("CKEDITOR.instances.id_body.setData('<p>Plus court.</p>')")
        self.press(page, "_save")
        article.refresh_from_db()
        self.assertEqual((article.title, article.body), ("Bien trop long", "<p>Plus court.</p>"))

    def test_what_is_too_large_for_what_stands_before_the_server_stays_in_the_form(self):
        page = self.form(self.journalist, make_article("draft", by=self.journalist))
        page.route("**/gate/", lambda route: route.fulfill(status=413, body="nginx"))
        self.long_text(page)
        page.click("[name=_save]")
        page.locator("#too-large", has_text="more than the server takes").wait_for()
        self.assertIn("is kept.", page.locator("#too-large").inner_text())
        self.assertIn("pont pont", page.locator(".cke_wysiwyg_div").inner_text())

    def test_a_line_that_is_cut_instead_of_an_answer_keeps_the_form_here(self):
        page = self.form(self.journalist, make_article("draft", by=self.journalist))
        page.route("**/gate/", lambda route: route.abort("connectionreset"))
        self.long_text(page)
        page.click("[name=_save]")
        page.locator("#too-large", has_text="more than the server takes").wait_for()
        page.route("**/pulse/", lambda route: route.abort("connectionreset"))
        page.click("[name=_save]")
        page.locator("desk-autosave.late", has_text="does not answer").wait_for()
        self.assertEqual(page.locator("#too-large").count(), 0)
        self.assertIn("pont pont", page.locator(".cke_wysiwyg_div").inner_text())

    def test_a_long_text_is_asked_about_once_and_it_is_said(self):
        page = self.form(self.journalist, make_article("draft", by=self.journalist))
        asked = []

        def hold(route):
            own = "urlencoded" in route.request.headers["content-type"]  # the list of what is missing asks there, too
            asked.append(route) if own else route.continue_()

        self.long_text(page)
        page.route("**/gate/", hold)
        page.route("**/change/", lambda route: route.fulfill(status=204))
        page.click("[name=_save]")
        page.locator("[name=_save][aria-busy]").wait_for()
        self.assertIn("sent to see", page.locator("desk-autosave").inner_text())
        page.click("[name=_save]")
        asked[0].continue_()
        page.locator("[name=_save]:not([aria-busy])").wait_for()
        page.click("[name=_save]")
        page.wait_for_timeout(500)
        self.assertEqual(len(asked), 1)

    def long_text(self, page):
        page.evaluate("CKEDITOR.instances.id_body.setData(`<p>${'pont '.repeat(110000)}</p>`)")
        page.wait_for_timeout(500)

    def test_what_the_server_refused_is_offered_with_the_reason_and_nothing_goes_unasked(self):
        page = self.waiting("Refusé")
        offer, asked = page.locator(".offer[role=status]"), []
        said = offer.inner_text()
        self.assertIn("This could not be kept", said)
        self.assertIn("Typed by you until 24/11/2026", said)
        self.assertIn("differs from this form in: Title.", said)
        self.assertEqual(self.violations(page, include=".offer"), [])
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        offer.get_by_text("Throw it away").click()
        page.fill("#id_title", "Autre chose")
        offer.get_by_text("Go on with it").click()
        self.assertEqual((page.input_value("#id_title"), len(asked)), ("Autre chose", 2))
        self.assertIn("Refusé", page.evaluate(IN_THIS_BROWSER))

    def test_what_waits_in_this_browser_is_not_dropped_before_it_is_written_down_again(self):
        page = self.waiting("Refusé")
        page.evaluate(FULL)
        page.locator(".offer[role=status]").get_by_text("Go on with it").click()
        page.locator("desk-autosave", has_text="neither on the server nor in this browser").wait_for()
        self.assertEqual(page.input_value("#id_title"), "Refusé")
        self.assertEqual(page.evaluate(IN_THIS_BROWSER), ["Refusé"])

    def waiting(self, title):
        """A form above which waits what an earlier tab typed and the server refuses."""
        page = self.form(self.journalist, make_article("draft", by=self.journalist))
        refusing = mock.patch("articles.autosave.LONGEST", 10)
        refusing.start()
        self.addCleanup(refusing.stop)
        page.evaluate(
            """title => new Promise((resolve) => {
              const {dataset: {user}, article, version} = document.querySelector("desk-autosave");
              const fields = {...document.querySelector("desk-autosave").fields(), title: [title]};
              const record = {tab: crypto.randomUUID(), user, article, version, at: Date.UTC(2026, 10, 24, 9), fields};
              indexedDB.open("desk", 1).onsuccess = ({target}) => {
                target.result.transaction("typed", "readwrite").objectStore("typed").put(record).onsuccess = resolve;
              };
            })""",
            title,
        )
        page.reload()
        page.locator(".offer[role=status]").wait_for()
        return page

    def test_it_is_not_said_to_be_in_this_browser_when_it_is_not(self):
        page = self.form(self.journalist, make_article("draft", by=self.journalist))
        page.evaluate(FULL)
        page.route("**/gate/", lambda route: route.fulfill(status=413, body="nginx"))
        with mock.patch("articles.autosave.LONGEST", 10):
            self.long_text(page)
            page.locator("desk-autosave.late", has_text="neither on the server nor").wait_for(timeout=8000)
            page.click("[name=_save]")
            page.locator("#too-large", has_text="neither on the server nor").wait_for()

    def test_another_person_who_signed_in_does_not_get_what_was_typed(self):
        article = make_article("draft", by=self.journalist, title="Avant")
        page = self.form(self.journalist, article)
        self.another_signs_in(page)
        page.fill("#id_title", "De Maëlle")
        page.click("desk-autosave button", timeout=8000)
        page.locator("desk-autosave", has_text="Inès Dubrac is signed in here now").wait_for()
        page.click("[name=_save]")
        page.wait_for_timeout(1000)
        self.assertEqual(page.input_value("#id_title"), "De Maëlle")
        self.assertIn("Inès Dubrac", page.locator("desk-autosave").inner_text())
        key = page.context.pages[-1].input_value("#logout-form [name=csrfmiddlewaretoken]")
        page.evaluate("key => { document.forms.article_form.elements.csrfmiddlewaretoken.value = key; }", key)
        page.evaluate("document.querySelector('desk-autosave').beat()")
        page.wait_for_timeout(500)
        said = page.locator("desk-autosave").inner_text()
        self.assertIn("Inès Dubrac is signed in", said)
        self.assertEqual(page.evaluate(IN_THIS_BROWSER), ["De Maëlle"])
        article.refresh_from_db()
        self.assertEqual((article.title, Autosave.objects.filter(user=self.editor).exists()), ("Avant", False))

    def test_a_form_sent_after_another_person_signed_in_stands_again_under_their_name(self):
        article = make_article("draft", by=self.journalist, title="Avant")
        page = self.form(self.journalist, article)
        page.fill("#id_title", "De Maëlle")
        self.kept(page)
        self.another_signs_in(page)
        self.press(page, "_save")
        page.click(".submit-row [type=submit]")  # the key of the form was another session's
        page.locator(".errornote", has_text="typed by Maëlle Torrekens").wait_for()
        self.assertEqual(page.input_value("#id_title"), "De Maëlle")
        article.refresh_from_db()
        self.assertEqual(article.title, "Avant")
        self.kept(page)
        self.press(page, "_save")
        article.refresh_from_db()
        self.assertEqual((article.title, article.revisions.first().by), ("De Maëlle", self.editor))

    def another_signs_in(self, page):
        other = page.context.new_page()
        other.goto("/admin/")
        other.locator("#logout-form button").click()
        other.wait_for_url("**/logout/")
        self.sign_in(other, self.editor)

    def test_what_was_just_saved_is_not_offered(self):
        page = self.form(self.journalist)
        page.fill("#id_title", "Le pont : cent exposants")
        self.press(page, "_save")
        self.open(page)
        page.wait_for_timeout(1500)
        self.assertEqual(page.locator(".offer").count(), 0)

    def test_words_typed_just_before_the_tab_is_closed_are_on_the_desks_home(self):
        page = self.form(self.journalist)
        page.fill("#id_title", "Mots perdus ?")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/admin/")
        for _ in range(20):  # the message of the page that was left may come after the next page
            if "Mots perdus ?" in page.locator("#content").inner_text():
                break
            page.wait_for_timeout(200)
            page.reload()
        self.assertIn("Mots perdus ?", page.locator("#content").inner_text())


class StoppableServer(ThreadedWSGIServer):
    """As the tests' own, but that stopping it also cuts the connections browsers keep open."""

    def __init__(self, *args, **options):
        self.sockets = []
        super().__init__(*args, **options | {"allow_reuse_address": True})  # it comes back at the same port

    def process_request(self, request, client_address):
        self.sockets.append(request)
        super().process_request(request, client_address)

    def server_close(self):
        for connection in self.sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()


class StoppableThread(LiveServerThread):
    server_class = StoppableServer


class CrashTests(AtOnceTestCase):
    server_thread_class = StoppableThread

    def browser_with(self, profile):
        context = self.playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, base_url=self.live_server_url, locale="fr-BE"
        )
        return context, context.pages[0]

    def kill(self, profile):
        """As a crash does it: every process of this browser, at once."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    command = (entry / "cmdline").read_bytes().decode(errors="replace")
                except OSError:
                    continue
                if profile in command and "chrom" in command:
                    os.kill(int(entry.name), signal.SIGKILL)

    def test_every_word_is_there_after_server_and_browser_were_killed(self):
        article = make_article("draft", by=self.journalist, title="Avant")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            context, page = self.browser_with(profile)
            self.sign_in(page, self.journalist)
            self.open(page, article)
            write(page, "Tapé pendant que tout va bien.")
            self.kept(page)
            self.stop_server()
            page.fill("#id_title", "Pendant")
            write(page, "Tapé sans serveur.")
            page.locator("desk-autosave.late").wait_for(timeout=8000)
            page.wait_for_timeout(500)
            self.kill(profile)
            self.start_server()
            context, page = self.browser_with(profile)
            self.addCleanup(context.close)
            if "login" in page.goto("/admin/").url:
                self.sign_in(page, self.journalist)
            self.open(page, article)
            offer = page.locator(".offer", has_text="Tapé sans serveur.")
            offer.wait_for()
            self.assertIn("Tapé pendant que tout va bien.", offer.inner_text())
            offer.get_by_text("Go on with it").click()
            page.locator(".cke_wysiwyg_div", has_text="Tapé sans serveur.").wait_for()
            self.assertEqual(page.input_value("#id_title"), "Pendant")

    def test_what_is_typed_after_a_save_whose_answer_was_lost_outlives_the_browser(self):
        article = make_article("draft", by=self.journalist, title="Avant")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            context, page = self.browser_with(profile)
            self.sign_in(page, self.journalist)
            self.open(page, article)
            write(page, "Avant la panne.")
            lose_the_answer(page)
            write(page, "Après la panne.")
            page.wait_for_timeout(500)
            self.kill(profile)
            article.refresh_from_db()
            self.assertIn("Avant la panne.", article.body)
            context, page = self.browser_with(profile)
            self.addCleanup(context.close)
            if "login" in page.goto("/admin/").url:
                self.sign_in(page, self.journalist)
            self.open(page, article)
            page.locator(".offer", has_text="Après la panne.").wait_for()
            self.assertEqual(Autosave.objects.filter(fields__isnull=False).count(), 1)

    def stop_server(self):
        thread = type(self).server_thread
        thread.httpd.shutdown()
        thread.httpd.server_close()
        thread.join()

    def start_server(self):
        cls, old = type(self), type(self).server_thread
        cls.server_thread = cls._create_server_thread(old.connections_override)
        cls.server_thread.port = old.port
        cls.server_thread.daemon = True
        cls.server_thread.start()
        cls.server_thread.is_ready.wait()
        if cls.server_thread.error:
            raise cls.server_thread.error


class TwoVersionsTests(AtOnceTestCase):
    def take(self, page, label, side="theirs", which=0):
        buttons = page.locator(f"desk-choice button[value={side}]", has_text=f": {label}")
        buttons.nth(which).press("Enter")

    def test_what_both_changed_is_chosen_field_by_field_and_paragraph_by_paragraph(self):
        body = "<p>Un.</p><p>Deux.</p><p>Trois.</p><p>Quatre.</p>"
        article = make_article("draft", by=self.journalist, kicker="Ville", body=body, authors=["Bram Nolf"])
        author = article.bylines.get().author_id
        his = self.form(self.journalist, article)
        theirs = replace(
            Content.of(article), title="Leur titre", slug="leur-titre", kicker="Leur ville",
            authors=((author, "photo"),), body="<p>Un, d’elle.</p><p>Deux.</p><p>Trois, d’elle.</p><p>Quatre.</p>",
        )  # fmt: skip
        article.save_content(theirs, by=self.editor, version=article.version)
        his.fill("#id_title", "Mon titre")
        his.fill("#id_kicker", "Ma ville")
        his.select_option("pick-list select", "with")
        his.evaluate("CKEDITOR.instances.id_body.setData('<p>Un, de lui.</p><p>Deux.</p><p>Quatre.</p>')")
        self.press(his, "_save")
        his.locator(".cke_wysiwyg_div").wait_for()
        self.assertEqual(self.violations(his, include=".conflict"), [])
        for label in ("Kicker", "Title", "Signed by"):
            self.take(his, label)
        self.take(his, "Kicker", "mine")
        pressed = his.locator("desk-choice [aria-pressed=true]").all_text_contents()
        self.assertIn("Keep mine: Kicker", pressed)
        self.assertIn("Take theirs: Address", pressed)  # it follows the title
        his.locator(".cke_wysiwyg_div p", has_text="Deux.").click()
        his.keyboard.press("End")
        his.keyboard.type(" Et demi.")
        self.take(his, "Text", which=1)  # what he took away
        his.locator(".cke_wysiwyg_div p", has_text="Trois, d’elle.").wait_for()
        self.press(his, "_save")
        content = Content.of(Article.objects.get())
        self.assertEqual(
            (content.title, content.slug, content.kicker), ("Leur titre", "leur-titre", "Ma ville")
        )
        self.assertEqual(content.authors, ((author, "photo"),))
        expected = "<p>Un, de lui.</p><p>Deux. Et demi.</p><p>Trois, d’elle.</p><p>Quatre.</p>"
        self.assertEqual(content.body, expected)
        self.assertEqual(his.problems, [])

    def test_a_paragraph_that_was_rewritten_since_is_not_taken_away(self):
        article = make_article("draft", by=self.journalist, body="<p>Un.</p><p>Deux.</p>")
        his = self.form(self.journalist, article)
        theirs = replace(Content.of(article), body="<p>Un, d’elle.</p><p>Deux.</p>")
        article.save_content(theirs, by=self.editor, version=article.version)
        his.evaluate("CKEDITOR.instances.id_body.setData('<p>Un, de lui.</p><p>Deux.</p>')")
        self.press(his, "_save")
        his.locator(".cke_wysiwyg_div p", has_text="Un, de lui.").click()
        his.keyboard.press("End")
        his.keyboard.type(" Encore.")
        self.take(his, "Text")
        his.locator(".cke_wysiwyg_div p", has_text="Un, d’elle.").wait_for()
        text = his.locator(".cke_wysiwyg_div").inner_text()
        self.assertIn("Un, de lui. Encore.", text)
        self.assertIn("this version now stands beside the other", his.locator("desk-choice").inner_text())

    def test_every_field_takes_their_value(self):
        other, photo = make_article(title="Le fleuve"), make_image(alt="Un pont")
        article = make_article("draft", by=self.journalist, tags=["Ponts"])
        theirs = Content(
            title="Le pont", slug="le-pont", kicker="Ville", summary="Rien.", body="<p>Elle.</p><h2>Fin</h2>",
            language="nl", section=make_section("sport").pk, further_sections=(make_section("monde").pk,),
            tags=(Tag.named("Fleuve").pk, Tag.named("Villes").pk), authors=((make_author("Ana").pk, "with"),),
            source=make_source().pk, original_url="https://partner.example/1", via="Belga",
            via_url="https://belga.example/", image=photo.pk, image_caption="Le soir.", related=(other.pk,),
            follows=other.pk, translation_of=other.pk, front_title="Front", social_title="Social",
            social_description="Tout.", seo_title="SEO", seo_description="Bref.", ai_note="Aucune.",
        )  # fmt: skip
        his = self.form(self.journalist, article)
        article.save_content(theirs, by=self.editor, version=article.version)
        article.revisions.filter(number=1).delete()  # what both began with is not known any more
        his.fill("#id_title", "Mon titre")
        self.press(his, "_save")
        his.locator(".cke_wysiwyg_div").wait_for()
        buttons = his.locator("desk-choice button[value=theirs]")
        self.assertEqual(buttons.count(), len(theirs.differs(Content.of(make_article("draft")))))
        for button in buttons.all():
            button.click()
        his.locator(".cke_wysiwyg_div h2", has_text="Fin").wait_for()
        his.locator("picture-field strong:not(:empty)").wait_for()
        self.press(his, "_save")
        self.assertEqual(Content.of(Article.objects.get(pk=article.pk)), theirs)
        self.assertEqual(his.problems, [])


class TwoPeopleTests(AtOnceTestCase):
    def test_both_write_and_both_texts_are_there(self):
        article = make_article("draft", by=self.journalist, body="<p>Un.</p><p>Deux.</p><p>Trois.</p>")
        hers, his = self.form(self.editor, article), self.form(self.journalist, article)
        self.assertIn("Inès Dubrac", his.locator("desk-presence").inner_text())
        hers.locator(".cke_wysiwyg_div p", has_text="Un.").click()
        hers.keyboard.press("End")
        hers.keyboard.type(" Par elle.")
        write(his, "Par lui.")
        self.press(hers, "_save")
        self.beat(his)
        self.assertIn("Inès Dubrac wrote to this article", his.locator("desk-presence").inner_text())
        self.press(his, "_save")
        article.refresh_from_db()
        self.assertIn("Un. Par elle.", article.body)
        self.assertIn("Par lui.", article.body)

    def test_taking_over_hands_over_what_was_typed_and_says_so(self):
        article = make_article("draft", by=self.journalist)
        his = self.form(self.journalist, article)
        write(his, "La fin du papier.")
        self.kept(his)
        hers = self.form(self.editor, article)
        hers.locator("desk-presence button", has_text="Take over").click()
        hers.locator(".offer", has_text="La fin du papier.").wait_for()
        self.beat(his)
        self.assertIn("Inès Dubrac goes on with this article", his.locator("desk-presence").inner_text())
        self.assertTrue(his.locator("[name=_save]").is_disabled())
        self.assertEqual(self.violations(hers), [])
        his.locator("desk-presence button", has_text="Take it back").click()
        his.locator("[name=_save]:enabled").wait_for()

    def beat(self, page):
        """What the form does by itself every ten seconds."""
        with page.expect_response("**/pulse/"):
            page.evaluate("document.querySelector('desk-autosave').beat()")
        page.wait_for_timeout(100)

"""Nothing typed is lost, and nobody overwrites anybody: real browsers, two people, a server that stops."""

import contextlib
import os
import signal
import socket
import tempfile
from pathlib import Path
from unittest import mock

from django.contrib.sessions.models import Session
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import tag
from django.test.testcases import LiveServerThread
from django.urls import reverse

from articles.models import Article, Autosave
from tests.browser.base import CHROMIUM, FLAGS, BrowserTestCase
from tests.factories import make_article, make_user

ADD = "/admin/articles/article/add/"


def write(page, text):
    """Type a paragraph at the end of the text."""
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(text)


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
        lost = []

        def lose(route):
            if route.request.method == "POST" and not lost:
                lost.append(route.fetch(max_redirects=0))
                return route.fulfill(status=204)  # the page stays
            return route.continue_()

        page.route("**/change/", lose)
        page.click("[name=_save]")
        while not lost:
            page.wait_for_timeout(50)
        write(page, "Après la panne.")
        page.evaluate(
            "document.querySelector('desk-autosave').start()"
        )  # what it does by itself after a while
        page.wait_for_timeout(500)
        self.kept(page)
        rows = Autosave.objects.filter(fields__isnull=False)
        self.assertIn("Après la panne.", "".join(row.fields["body"][0] for row in rows))

    def test_what_cannot_be_kept_can_be_saved(self):
        article = make_article("draft", by=self.journalist)
        page = self.form(self.journalist, article)
        with mock.patch("articles.autosave.LONGEST", 10):
            write(page, "Bien trop long.")
            page.locator("desk-autosave.late").wait_for(timeout=8000)
            self.press(page, "_save")
        article.refresh_from_db()
        self.assertIn("Bien trop long.", article.body)

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

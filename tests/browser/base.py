"""Tests in a real Chromium against a real server; passed over where Chromium is missing, but not in CI."""

import os
import shutil
import threading
import time
import unittest
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.signals import request_finished, request_started

from accounts.roles import grant

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
VNU = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"


def needs(there, what):
    """Pass the test over if `what` is missing, or fail it where browser tests are required."""

    def decorate(test):
        if there or REQUIRED:
            return test
        return unittest.skip(f"{what} is not installed")(test)

    return decorate


class Answering:
    """How many requests are being answered, in whatever thread."""

    def __init__(self):
        self.number, self.changed = 0, threading.Condition()
        request_started.connect(self.begins)
        request_finished.connect(self.ends)

    def begins(self, **_signal):
        with self.changed:
            self.number += 1

    def ends(self, **_signal):
        with self.changed:
            self.number -= 1
            self.changed.notify_all()

    def wait(self):
        """Until none is, ten seconds at most: a page that closes may have sent one on its way."""
        time.sleep(0.05)
        with self.changed:
            self.changed.wait_for(lambda: self.number <= 0, timeout=10)


answering = Answering()


@needs(CHROMIUM, "Chromium")
class BrowserTestCase(StaticLiveServerTestCase):
    """One Chromium for the class; `self.page(…)` opens a page in a context of its own."""

    host = "127.0.0.1"

    @classmethod
    def setUpClass(cls):
        if not CHROMIUM:
            raise RuntimeError("Chromium is not installed, but BROWSER_TESTS=required.")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        super().setUpClass()
        from playwright.sync_api import sync_playwright

        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        super().tearDownClass()

    def setUp(self):
        self.addCleanup(answering.wait)  # after the pages are closed, and before the database is emptied
        grant()

    def page(self, *, width=1440, height=900, scheme="light", **options):
        """A fresh page without cookies. What its console reports as an error is kept in `page.problems`."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-BE",
            timezone_id="Europe/Brussels", base_url=self.live_server_url, **options,
        )  # fmt: skip
        self.addCleanup(context.close)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        return page

    def sign_in(self, page, user, password="correct horse"):
        """Sign in at the desk through its own form."""
        page.goto("/admin/login/")
        page.fill("#id_username", user.username)
        page.fill("#id_password", password)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")

    def violations(self, page, *, include=None):
        """What axe-core finds on the page as it stands: WCAG 2.2 A and AA and best practices, a line each."""
        page.evaluate(Path(AXE).read_text())  # not as a script element: the page's policy would refuse it
        found = page.evaluate(
            """async ([where, rules]) => (await axe.run(where || document, {runOnly: rules})).violations
            .map(v => `${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`)""",
            [include, RULES],
        )
        return found

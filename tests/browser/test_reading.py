"""What a reader's page says to the counter, and when."""

from unittest import mock

from audience.counting import Tally
from tests.browser.base import BrowserTestCase
from tests.factories import make_article, make_user

READER = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


class ReadingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.tally = Tally()
        self.enterContext(mock.patch("audience.views.tally", self.tally))
        self.enterContext(mock.patch.object(self.tally, "start"))
        self.article = make_article()

    def open(self, page=None, path=None):
        """The article in a browser whose clock we move, and what the page has sent to the counter."""
        page = page or self.page(user_agent=READER)
        page.clock.install(time=0)
        page.clock.pause_at(1)  # it moves only when we say so
        sent = []
        page.on("request", lambda r: sent.append(r) if r.url.endswith("/read/") else None)
        page.goto(path or self.article.get_absolute_url(), wait_until="load")
        return page, sent

    def test_a_story_counts_once_after_five_seconds_in_view(self):
        page, sent = self.open()
        page.clock.run_for(4900)
        self.assertEqual(sent, [])
        with page.expect_request_finished(lambda request: request.url.endswith("/read/")):
            page.clock.run_for(200)
        page.clock.run_for(60_000)
        self.assertEqual([request.post_data for request in sent], [str(self.article.pk)])
        self.assertEqual(self.tally.reads, {self.article.pk: 1})
        self.assertEqual(
            page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]"), ["", 0, 0]
        )
        self.assertEqual(page.problems, [])

    def test_loading_it_again_does_not_count(self):
        page = self.page(
            user_agent=READER
        )  # Playwright's clock hides the kind of navigation: timers run faster instead
        page.add_init_script("const slow = setTimeout; window.setTimeout = (f, ms) => slow(f, ms / 50)")
        address = self.article.get_absolute_url()
        with page.expect_request_finished(lambda request: request.url.endswith("/read/")):
            page.goto(address)
        sent = []
        page.on("request", lambda r: sent.append(r) if r.url.endswith("/read/") else None)
        page.reload(wait_until="load")
        page.evaluate("new Promise(done => setTimeout(done, 20_000))")
        self.assertEqual(sent, [])

    def test_other_pages_do_not_count(self):
        page, sent = self.open(path="/latest/")
        page.clock.run_for(10_000)
        self.assertEqual(sent, [])

    def test_the_desks_own_reading_does_not_count(self):
        page = self.page(user_agent=READER)
        self.sign_in(page, make_user("editor"))
        page, sent = self.open(page)
        page.clock.run_for(10_000)
        self.assertEqual(sent, [])

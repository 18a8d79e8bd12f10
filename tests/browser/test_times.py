"""Times that become relative in the reader's browser, where that moves nothing."""

from datetime import timedelta

from django.utils import timezone

from tests.browser.base import BrowserTestCase
from tests.factories import make_article

# A line just too narrow for the absolute time: shorter words would pull it up beside the name.
NARROW = """() => {
  const line = document.createElement("p");
  line.innerHTML = "<b>Perrine Vaucheret</b> · <time-ago><time></time></time-ago> · 3 min";
  const time = line.querySelector("time");
  time.dateTime = new Date(Date.now() - 3 * 3600_000).toISOString();
  time.textContent = "25\\u00a0novembre\\u00a02026\\u00a0à\\u00a008\\u00a0h\\u00a052";
  line.style.inlineSize = "15rem";
  document.querySelector("main").append(line);
  const narrow = line.cloneNode(true), wide = line;
  wide.style.inlineSize = "60rem";
  document.querySelector("main").append(narrow);
  customElements.get("time-ago").show();
  return [wide, narrow].map((shown) => shown.querySelector("time").textContent.replace(/\\s/g, " "));
}"""


class TimesTests(BrowserTestCase):
    def test_a_time_of_today_says_how_long_ago_and_an_older_one_the_day(self):
        make_article(published_at=timezone.now() - timedelta(hours=2, minutes=5))
        make_article(published_at=timezone.now() - timedelta(days=3))
        page = self.page()
        page.goto("/monde/")
        times = [text.replace("\u00a0", " ") for text in page.locator("time-ago").all_inner_texts()]
        self.assertEqual(sum(text.startswith("il y a") for text in times), 1, times)
        self.assertEqual(page.problems, [])

    def test_it_stays_as_it_is_where_shorter_words_would_move_a_line(self):
        make_article()
        page = self.page()
        page.goto("/monde/")
        wide, narrow = page.evaluate(NARROW)
        self.assertEqual((wide, narrow), ("il y a 3 h", "25 novembre 2026 à 08 h 52"))

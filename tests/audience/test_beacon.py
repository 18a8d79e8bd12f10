from unittest import mock

from django.test import TestCase, override_settings

from audience import counting
from audience.models import DailyViews, HourlyViews, Popularity
from tests.factories import make_article

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADERS = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}


class BeaconTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.tally = counting.Tally()
        self.enterContext(mock.patch("audience.views.tally", self.tally))
        self.enterContext(mock.patch.object(self.tally, "start"))

    def send(self, body=None, address="203.0.113.5", **headers):
        return self.client.post(
            "/read/",
            str(self.article.pk) if body is None else body,
            content_type="text/plain;charset=UTF-8",
            headers={k: v for k, v in (HEADERS | headers).items() if v is not None},
            REMOTE_ADDR=address,
        )

    def counted(self):
        return self.tally.reads.get(self.article.pk, 0)

    def test_a_readers_page_counts_once_and_gets_an_empty_answer(self):
        response = self.send()
        self.assertEqual((response.status_code, response.content, dict(response.cookies)), (204, b"", {}))
        self.assertEqual(response["Cache-Control"], "no-store")
        self.assertEqual(self.counted(), 1)

    def test_it_writes_nothing_and_looks_nothing_up(self):
        with self.assertNumQueries(1):  # the masthead's, which every request asks for the time zone
            self.send()

    def test_five_visitors_are_five_reads(self):
        for n in range(5):
            self.send(address=f"203.0.{n}.5")
        self.assertEqual(self.counted(), 5)

    def test_one_network_counts_once_in_ten_minutes(self):
        self.send(address="203.0.113.5")
        self.send(address="203.0.113.99")
        self.send(address="2001:db8:1:2::1")
        self.send(address="2001:db8:1:ffff::1")
        self.send(address="::ffff:203.0.113.7")
        self.assertEqual(self.counted(), 2)

    def test_other_sites_do_not_count(self):
        for site in ("cross-site", "same-site", "none"):
            self.assertEqual(self.send(**{"Sec-Fetch-Site": site}).status_code, 204)
        self.send(**{"Sec-Fetch-Site": None})
        self.send(**{"Sec-Fetch-Site": None, "Origin": "https://elsewhere.example"})
        self.assertEqual(self.counted(), 0)

    def test_a_browser_without_fetch_metadata_counts_by_its_origin(self):
        self.send(**{"Sec-Fetch-Site": None, "Origin": "http://testserver"})
        self.assertEqual(self.counted(), 1)

    def test_machines_do_not_count(self):
        for agent in (
            "Googlebot/2.1",
            "Mozilla/5.0 HeadlessChrome/140.0",
            "curl/8.0",
            "",
            "AhrefsBot",
            "facebookexternalhit/1.1",
        ):
            self.send(**{"User-Agent": agent})
        self.assertEqual(self.counted(), 0)

    def test_a_telephone_that_is_called_cubot_is_no_machine(self):
        self.send(**{"User-Agent": "Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG 9) Chrome/140.0 Mobile"})
        self.assertEqual(self.counted(), 1)

    def test_pages_fetched_ahead_do_not_count(self):
        self.send(**{"Sec-Purpose": "prefetch;prerender"})
        self.send(**{"Purpose": "prefetch"})
        self.assertEqual(self.counted(), 0)

    def test_anything_else_than_an_id_is_passed_over(self):
        for body in ("", "x", "-1", "0", "1e5", "9" * 19, "1" * 65, "1 2", "\x00", "é", b"\xff\xfe"):
            self.assertEqual(self.send(body=body).status_code, 204)
        self.assertFalse(self.tally.reads)

    def test_only_post_is_known(self):
        self.assertEqual(self.client.get("/read/").status_code, 405)

    def test_behind_our_proxy_the_address_is_the_one_it_saw(self):
        with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
            for n in range(3):
                self.send(address="127.0.0.1", **{"X-Forwarded-For": f"198.51.{n}.1, 203.0.113.5"})
        self.assertEqual(self.counted(), 1)

    def test_without_a_proxy_a_forged_address_is_not_believed(self):
        with override_settings(SECURE_PROXY_SSL_HEADER=None):
            for n in range(3):
                self.send(**{"X-Forwarded-For": f"198.51.{n}.1"})
        self.assertEqual(self.counted(), 1)

    def test_what_was_counted_is_written_with_the_next_flush(self):
        self.send()
        self.tally.flush()
        self.assertEqual(HourlyViews.objects.get().reads, 1)
        self.assertEqual(DailyViews.objects.get().reads, 1)
        self.assertEqual(Popularity.objects.get().reads, 1)

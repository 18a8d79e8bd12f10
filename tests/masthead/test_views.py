"""Static pages and the small files, as readers and crawlers get them."""

import json
import re

from django.test import TestCase, override_settings

import pagecache
from masthead.models import Masthead, Page


@override_settings(SITE_URL="https://paper.example")
class ViewTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.masthead = Masthead.objects.create(
            name="Le Courrier <des> Deux Rives",
            tagline="Le quotidien de Port-Sainte-Aude.",
            publisher_name="Deux Rives SRL",
            publisher_registration="0999.000.000",
            responsible_editor="Solveig Van der Meulebeke",
            responsible_editor_address="quai des Tanneurs 12",
            social_profiles="https://social.example/@courrier",
        )

    def setUp(self):
        pagecache.forget_pages()

    def change(self, **fields):
        Masthead.objects.update(**fields)


class PageTests(ViewTestCase):
    def test_a_page_is_read_at_its_address(self):
        Page.objects.create(title="Notre charte", slug="charte", body="<p>Nous vérifions.</p>")
        response = self.client.get("/charte/")
        self.assertContains(response, "<h1>Notre charte</h1>", html=True)
        self.assertContains(response, "<p>Nous vérifions.</p>", html=True)
        self.assertContains(
            response, '<link rel="canonical" href="https://paper.example/charte/">', html=True
        )

    def test_an_unpublished_page_is_not(self):
        Page.objects.create(title="Notre charte", slug="charte", is_published=False)
        self.assertEqual(self.client.get("/charte/").status_code, 404)

    def test_a_page_speaks_its_own_language(self):
        Page.objects.create(title="Over ons", slug="over-ons", language="nl")
        self.assertContains(self.client.get("/over-ons/"), '<html lang="nl"')

    def test_the_imprint_is_on_the_legal_page(self):
        Page.objects.create(title="Mentions légales", slug="mentions", kind="legal")
        self.assertContains(self.client.get("/mentions/"), "<td>Deux Rives SRL, 0999.000.000</td>", html=True)

    def test_who_we_are_tells_search_engines_too(self):
        Page.objects.create(title="Qui sommes-nous", slug="about", kind="about")
        Page.objects.create(title="Notre charte", slug="charte", kind="ethics")
        html = self.client.get("/about/").content.decode()
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        paper = next(data for data in map(json.loads, blocks) if data.get("@type") == "NewsMediaOrganization")
        self.assertEqual(paper["name"], "Le Courrier <des> Deux Rives")
        self.assertEqual(paper["ethicsPolicy"], "https://paper.example/charte/")
        self.assertEqual(paper["masthead"], "https://paper.example/about/")
        self.assertEqual(paper["sameAs"], ["https://social.example/@courrier"])
        self.assertNotIn("telephone", paper)

    def test_a_name_cannot_end_the_structured_data(self):
        self.change(name="</script><script>alert(1)</script>")
        Page.objects.create(title="Qui sommes-nous", slug="about", kind="about")
        self.assertNotContains(self.client.get("/about/"), "<script>alert(1)")


class AccentTests(ViewTestCase):
    def test_without_accents_no_sheet_is_asked_for(self):
        Page.objects.create(title="x", slug="x")
        self.assertNotContains(self.client.get("/x/"), "paper.css?v=")

    def test_accents_have_a_sheet_of_their_own_kept_for_ever(self):
        self.change(accent_light="#102a56")
        Page.objects.create(title="x", slug="x")
        address = re.search(r"/paper\.css\?v=\w+", self.client.get("/x/").content.decode())[0]
        response = self.client.get(address)
        self.assertEqual(response.content, b"@media screen{:root{--red-700:#102a56}}")
        self.assertEqual(response["Content-Type"], "text/css; charset=utf-8")
        self.assertIn("immutable", response["Cache-Control"])

    def test_an_old_or_invented_version_is_not_kept_for_ever(self):
        self.change(accent_dark="#9db9e8")
        for address in ("/paper.css", "/paper.css?v=old"):
            response = self.client.get(address)
            self.assertIn(b"prefers-color-scheme:dark", response.content)
            self.assertEqual(response["Cache-Control"], "no-cache")


class SmallFileTests(ViewTestCase):
    def test_robots_names_the_sitemaps_and_keeps_crawlers_out_of_three_places(self):
        response = self.client.get("/robots.txt")
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        lines = response.content.decode().splitlines()
        self.assertIn("Sitemap: https://paper.example/news-sitemap.xml", lines)
        for place in ("/admin/", "/preview/", "/search/"):
            self.assertIn(f"Disallow: {place}", lines)

    def test_ads_txt_is_what_the_desk_wrote(self):
        self.assertEqual(self.client.get("/ads.txt").status_code, 404)
        self.change(ads_txt="exchange.example, 12, DIRECT\r\n# nobody else\r\n")
        text = self.client.get("/ads.txt").content
        self.assertEqual(text, b"exchange.example, 12, DIRECT\n# nobody else\n")

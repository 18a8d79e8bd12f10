"""Every kind of page of the demo paper: valid HTML, whole head, one heading, no cookie, nobody else asked."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.test import TestCase, override_settings
from lxml import html

from articles.models import Article
from tests.browser.base import VNU, needs
from tests.factories import with_translations
from tests.test_architecture import HIDDEN_BY_BLOCKERS
from tests.validity import pages

NOT_INDEXED = {"preview", "search", "search, found", "search, nothing found"}
JAVA = shutil.which("java")


@with_translations()
@override_settings(SITE_URL="https://paper.example", ALLOWED_HOSTS=["*"])
class EveryPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        pages.load()
        cls.addresses = pages.addresses()
        cls.failures = dict(pages.FAILURES)
        cls.failures["withdrawn"] = (Article.objects.get(status="withdrawn").get_absolute_url(), 410)

    def fetch(self, address):
        return self.client.get(address, headers={"host": "paper.example"})

    def each(self):
        """(kind, address, response, parsed page) of every page; fetched once for the class."""
        cls = type(self)
        if "fetched" not in cls.__dict__:
            cls.fetched = {kind: self.fetch(address) for kind, address in self.addresses.items()}
        for kind, response in cls.fetched.items():
            self.assertEqual(response.status_code, 200, kind)
            yield kind, self.addresses[kind], response, html.document_fromstring(response.content)

    @needs(JAVA and VNU.exists(), "Java or the Nu HTML checker")
    def test_the_nu_checker_finds_no_error(self):
        with tempfile.TemporaryDirectory() as folder:
            names = {}
            for number, (kind, address) in enumerate(
                {**self.addresses, **{k: v[0] for k, v in self.failures.items()}}.items()
            ):
                path = Path(folder, f"{number}.html")
                path.write_bytes(self.fetch(address).content)
                names[path.name] = kind
            run = subprocess.run(  # noqa: S603 - fixed words
                [JAVA, "-jar", str(VNU), "--errors-only", "--format", "json", folder],
                capture_output=True,
                text=True,
            )
        found = [
            f"{names.get(m['url'].rsplit('/', 1)[-1])}: {m['message']} — {m.get('extract', '')[:120]}"
            for m in json.loads(run.stderr)["messages"]
        ]
        self.assertEqual(found, [])

    def test_the_head_says_what_the_page_is(self):
        titles, descriptions = {}, {}
        for kind, address, _response, page in self.each():
            self.assertEqual(len(page.findall(".//h1")), 1, kind)
            self.assertTrue(page.get("lang"))
            for landmark in ("main", "header", "footer"):
                self.assertIsNotNone(page.find(f".//{landmark}"))
            canonical = [link.get("href") for link in page.findall(".//link[@rel='canonical']")]
            self.assertEqual(
                [url[:8] for url in canonical], [] if kind in NOT_INDEXED else ["https://"], kind
            )
            if kind != "preview":
                self.assertIn("max-image-preview:large", page.find(".//meta[@name='robots']").get("content"))
                self.assertIsNotNone(page.find(".//link[@type='application/rss+xml']"))
            if "search" not in kind and kind != "preview":
                titles.setdefault(page.findtext(".//title").strip(), []).append(address)
                description = page.find(".//meta[@name='description']").get("content")
                self.assertTrue(description.strip())
                descriptions.setdefault(description, []).append(address)
            for picture in page.iter("img"):
                for name in ("alt", "width", "height"):
                    self.assertIsNotNone(picture.get(name), html.tostring(picture))
        for found in (titles, descriptions):
            doubled = {words: set(where) for words, where in found.items() if len(set(where)) > 1}
            self.assertEqual(doubled, {})

    def test_no_cookie_and_no_other_host(self):
        for _kind, _address, response, page in self.each():
            self.assertFalse(response.cookies)
            self.assertNotIn("cookie", response.get("Vary", "").lower())
            for node in page.xpath(
                "//script[@src] | //img[@src] | //source | //iframe | //link[@rel='stylesheet' or @rel='preload']"
            ):
                for name in ("src", "href", "srcset"):
                    for part in (node.get(name) or "").split(", "):
                        self.assertFalse(re.match(r"(https?:)?//", part), part)
            self.assertEqual(page.xpath("//*[@style] | //style | //*[@onclick or @onload or @onerror]"), [])
            self.assertEqual(
                [
                    s
                    for s in page.iter("script")
                    if not s.get("src") and s.get("type") != "application/ld+json"
                ],
                [],
            )

    def test_headers_are_strict(self):
        for _kind, _address, response, _page in self.each():
            policy = response["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(response["X-Content-Type-Options"], "nosniff")
            for name in (
                "Referrer-Policy",
                "Permissions-Policy",
                "Cross-Origin-Opener-Policy",
                "ETag",
                "Cache-Control",
            ):
                if name == "ETag" and "no-store" in response.get("Cache-Control", ""):
                    continue
                self.assertTrue(response.get(name), name)

    def test_no_word_that_blockers_hide(self):
        for _kind, _address, _response, page in self.each():
            for node in page.iter():
                if not isinstance(node.tag, str):
                    continue
                words = f"{node.get('class', '')} {node.get('id', '')}".lower()
                self.assertIsNone(HIDDEN_BY_BLOCKERS.search(words), words)
                for name in ("src", "srcset"):
                    self.assertIsNone(
                        HIDDEN_BY_BLOCKERS.search((node.get(name) or "").lower()), node.get(name)
                    )

    def test_bad_addresses_get_the_right_answer_in_the_sites_look(self):
        for kind, (address, status) in self.failures.items():
            response = self.fetch(address)
            with self.subTest(page=kind):
                self.assertIn(response.status_code, status if isinstance(status, tuple) else (status,))
                self.assertContains(response, "Le Courrier des Deux Rives", status_code=response.status_code)
        for method in ("post", "put", "delete", "patch"):
            self.assertEqual(
                getattr(self.client, method)("/monde/", headers={"host": "paper.example"}).status_code, 405
            )

    def test_a_name_that_is_not_ours_is_refused(self):
        with override_settings(ALLOWED_HOSTS=["paper.example"]):
            self.assertEqual(self.client.get("/", headers={"host": "other.example"}).status_code, 400)


@with_translations()
class StructuredDataTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        with override_settings(SITE_URL="https://paper.example"):
            pages.load()
            cls.addresses = pages.addresses()

    def data(self, kind):
        response = self.client.get(self.addresses[kind])
        page = html.document_fromstring(response.content)
        found = []
        for script in page.findall(".//script[@type='application/ld+json']"):
            loaded = json.loads(script.text_content())
            found += loaded if isinstance(loaded, list) else loaded.get("@graph", [loaded])
        return page, {one["@type"]: one for one in found}

    def test_every_story_is_a_news_article_with_breadcrumbs(self):
        for kind in [kind for kind in self.addresses if "story" in kind or kind == "opinion"]:
            page, found = self.data(kind)
            with self.subTest(page=kind):
                story = found.get("NewsArticle") or found.get("OpinionNewsArticle")
                for name in (
                    "headline", "description", "datePublished", "dateModified", "author", "publisher",
                    "mainEntityOfPage", "articleSection", "inLanguage", "isAccessibleForFree", "wordCount",
                ):  # fmt: skip
                    self.assertIn(name, story)
                for author in story["author"]:
                    self.assertTrue(author["name"] and author["url"].startswith(settings.SITE_URL))
                self.assertRegex(story["datePublished"], r"T\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
                shown = [time.get("datetime") for time in page.iterfind(".//time")]
                self.assertIn(story["datePublished"], shown)
                steps = found["BreadcrumbList"]["itemListElement"]
                self.assertEqual([step["position"] for step in steps], list(range(1, len(steps) + 1)))
                self.assertGreaterEqual(len(steps), 2)
                if "taken over" in kind:
                    for name in ("isBasedOn", "sourceOrganization", "creditText"):
                        self.assertIn(name, story)
                if "corrections" in kind:
                    self.assertEqual(story["correction"][0]["@type"], "CorrectionComment")

    def test_a_story_with_a_picture_has_it_in_three_shapes(self):
        _page, found = self.data("own story")
        story = found["NewsArticle"]
        self.assertEqual(len(story["image"]), 3)

    def test_the_front_page_and_the_page_about_us_say_who_we_are(self):
        for kind in ("front", "page qui-sommes-nous"):
            _page, found = self.data(kind)
            self.assertEqual(found["NewsMediaOrganization"]["name"], "Le Courrier des Deux Rives")

    def test_lists_and_authors_say_what_they_are(self):
        for kind, wanted in {
            "section": "CollectionPage",
            "tag": "CollectionPage",
            "author": "ProfilePage",
        }.items():
            _page, found = self.data(kind)
            self.assertIn(wanted, found)

    def test_a_sources_contract_is_kept(self):
        def robots(policy):
            page, _found = self.data(f"story taken over, {policy}")
            names = {"robots": "", "googlebot-news": ""}
            for meta in page.iterfind(".//meta[@name]"):
                name = meta.get("name").lower()
                names[name] = names.get(name, "") + " " + meta.get("content")
            return names, page

        names, page = robots("noindex-all")
        self.assertIn("noindex", names["robots"])
        names, page = robots("noindex-news")
        self.assertIn("noindex", names["googlebot-news"])
        self.assertNotIn("noindex", names["robots"])
        names, page = robots("canonical")
        self.assertNotIn(settings.SITE_URL, page.find(".//link[@rel='canonical']").get("href"))
        names, page = robots("index")
        self.assertNotIn("noindex", names["robots"])

    def test_translations_point_at_one_another(self):
        page, _found = self.data("story in nl")
        languages = {link.get("hreflang") for link in page.iterfind(".//link[@rel='alternate'][@hreflang]")}
        self.assertLessEqual({"nl", "fr", "x-default"}, languages)

    def test_share_cards_have_what_they_need(self):
        page, _found = self.data("own story")
        names = {m.get("property") or m.get("name"): m.get("content") for m in page.iterfind(".//meta")}
        self.assertEqual(names["og:type"], "article")
        self.assertEqual((names["og:image:width"], names["og:image:height"]), ("1200", "630"))
        for name in ("og:title", "og:url", "article:published_time", "article:section", "twitter:card"):
            self.assertTrue(names.get(name), name)

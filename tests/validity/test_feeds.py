"""Feeds and sitemaps of the demo paper, held against their rules."""

from email.utils import parsedate_to_datetime

from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from lxml import etree

from articles.models import Article, Author, Source, Tag
from tests.validity import pages

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "sm": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


class DemoTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        pages.load()

    def xml(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        self.assertFalse(response.cookies)
        return response, etree.fromstring(response.content)

    def locs(self, address):
        return [loc.text for loc in self.xml(address)[1].iterfind(".//sm:loc", NAMES)]


class FeedTests(DemoTestCase):
    def feeds(self):
        yield "/feed/"
        yield "/latest/feed/"
        yield "/network/feed/"
        yield "/network/almouwatin-actualite/feed/"
        for model in (Author, Source, Tag):
            yield model.objects.order_by("pk").first().get_absolute_url() + "feed/"

    def test_every_feed_keeps_the_rules_of_rss(self):
        for address in self.feeds():
            response, root = self.xml(address)
            with self.subTest(feed=address):
                self.assertEqual(response["Content-Type"], "application/rss+xml; charset=utf-8")
                self.assertEqual(root.get("version"), "2.0")
                channel = root.find("channel")
                for name in ("title", "link", "description"):
                    self.assertTrue(channel.findtext(name))
                link = channel.find("atom:link", NAMES)
                self.assertEqual((link.get("rel"), link.get("href")), ("self", settings.SITE_URL + address))
                guids = [guid.text for guid in channel.iterfind("item/guid")]
                self.assertEqual(len(guids), len(set(guids)))
                for item in channel.iterfind("item"):
                    self.assertEqual(item.find("guid").get("isPermaLink"), "false")
                    self.assertTrue(item.findtext("link").startswith(settings.SITE_URL))
                    self.assertIsNotNone(parsedate_to_datetime(item.findtext("pubDate")).tzinfo)
                    self.assertTrue(item.findtext("category"))
                    body = item.findtext("content:encoded", namespaces=NAMES)
                    for name in ('href="/', 'src="/', "data-article", "data-image", "<script", "<news-"):
                        self.assertNotIn(name, body)

    def test_a_story_taken_over_names_its_source(self):
        _response, root = self.xml("/network/feed/")
        sources = [source.get("url") for source in root.iterfind(".//item/source")]
        self.assertTrue(sources and all(url.startswith("https://") for url in sources))

    def test_pictures_have_their_size(self):
        _response, root = self.xml("/feed/")
        pictures = root.findall(".//media:content", NAMES)
        self.assertTrue(pictures)
        for picture in pictures:
            self.assertTrue(picture.get("url").startswith(settings.SITE_URL))
            for name in ("width", "height", "fileSize"):
                self.assertGreater(int(picture.get(name)), 0)

    def test_bylines_are_creators(self):
        _response, root = self.xml("/feed/")
        self.assertTrue(root.findall(".//dc:creator", NAMES))

    def test_an_unchanged_feed_is_not_sent_again(self):
        first = self.client.get("/feed/")
        self.assertTrue(first["Last-Modified"])
        again = self.client.get("/feed/", headers={"if-none-match": first["ETag"]})
        self.assertEqual(again.status_code, 304)

    def test_a_feed_costs_the_same_for_one_story_and_for_thirty(self):
        self.client.get("/robots.txt")  # what every page shares is read once per change
        with CaptureQueriesContext(connection) as many:
            self.client.get("/feed/")
        with CaptureQueriesContext(connection) as few:
            self.client.get("/network/communiques/feed/")
        self.assertLessEqual(len(few), len(many))
        self.assertLessEqual(len(many), 8)


class SitemapTests(DemoTestCase):
    def test_the_sitemaps_name_every_public_story_that_may_be_indexed(self):
        found = []
        for address in self.locs("/sitemap.xml"):
            self.assertTrue(address.startswith(settings.SITE_URL))
            found += self.locs(address.removeprefix(settings.SITE_URL))
        self.assertEqual(len(found), len(set(found)))
        kept_out = {Source.Policy.NOINDEX_ALL, Source.Policy.CANONICAL}
        for story in Article.objects.published().select_related("section", "source"):
            address = settings.SITE_URL + story.get_absolute_url()
            if story.source and story.source.policy in kept_out:
                self.assertNotIn(address, found)
            else:
                self.assertIn(address, found)

    def test_every_address_of_the_sitemaps_answers(self):
        for part in self.locs("/sitemap.xml"):
            for address in self.locs(part.removeprefix(settings.SITE_URL)):
                self.assertEqual(
                    self.client.get(address.removeprefix(settings.SITE_URL)).status_code, 200, address
                )

    def test_the_news_sitemap_has_the_last_two_days_only(self):
        _response, root = self.xml("/news-sitemap.xml")
        stories = root.findall("sm:url", NAMES)
        self.assertTrue(stories)
        for story in stories:
            for name in (
                "news:news/news:title",
                "news:news/news:publication_date",
                "news:news/news:publication/news:name",
            ):
                self.assertTrue(story.findtext(name, namespaces=NAMES))
        held = {loc.text.removeprefix(settings.SITE_URL) for loc in root.iterfind(".//sm:loc", NAMES)}
        for story in (
            Article.objects.published()
            .filter(source__policy=Source.Policy.NOINDEX_NEWS)
            .select_related("section")
        ):
            self.assertNotIn(story.get_absolute_url(), held)

    def test_robots_names_both(self):
        text = self.client.get("/robots.txt").content.decode()
        self.assertIn(f"Sitemap: {settings.SITE_URL}/sitemap.xml", text)
        self.assertIn(f"Sitemap: {settings.SITE_URL}/news-sitemap.xml", text)

"""What is not public is at no public address: a story in each state, looked for everywhere."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.models import PreviewLink
from tests.factories import make_article, make_section, make_source

MARKER = "Hallebarde"
HIDDEN = (
    "draft",
    "submitted",
    "returned",
    "scheduled",
    "unpublished",
    "withdrawn",
    "blocked",
    "expired",
    "binned",
)


class PublicTests(TestCase):
    def addresses(self, article):
        now = timezone.localtime()
        month = f"{now.year}/{now.month:02}/"
        lists = [
            "/",
            "/monde/",
            "/monde/asie/",
            f"/monde/{month}",
            "/sport/",
            "/latest/",
            "/most-read/",
            "/corrections/",
        ]
        lists += ["/author/maelle-torrekens/", article.source.get_absolute_url(), "/tag/energie/"]
        feeds = [
            f"{path}feed/"
            for path in lists
            if path not in ("/most-read/", "/corrections/", f"/monde/{month}")
        ]
        files = [
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/sitemap-lists.xml",
            f"/sitemap-{now.year}-{now.month:02}.xml",
        ]
        return [*lists, *feeds, *files, f"/search/?q={MARKER}", f"/search/?q={MARKER}&order=date"]

    def story(self, state):
        fields = {
            "title": f"{MARKER} {state}",
            "slug": f"{MARKER.lower()}-{state}",
            "summary": MARKER,
            "body": f"<p>{MARKER}</p>",
        }
        fields |= {"section": "monde/asie", "further_sections": [make_section("sport")], "tags": ["Énergie"]}
        fields |= {
            "authors": ["Maëlle Torrekens"],
            "source": make_source(),
            "original_url": "https://partner.example/a",
        }
        if state == "expired":
            article = make_article(**fields)
            article.arrange(
                by=None, version=article.version, expires_at=timezone.now() - timedelta(seconds=1)
            )
            return article
        if state == "binned":
            article = make_article(status="draft", **fields)
            article.bin(by=None, version=article.version)
            return article
        return make_article(status=state, **fields)

    def test_a_public_story_is_at_every_address(self):
        article = self.story("published")
        article.correct("Il fallait lire hallebarde.", by=None)
        missing = [path for path in self.addresses(article) if not self.shows(path)]
        self.assertEqual([path for path in missing if path not in ("/sitemap.xml", "/sitemap-lists.xml")], [])

    def test_what_is_not_public_is_at_none(self):
        neighbour = make_article(section="monde/asie", tags=["Énergie"], authors=["Maëlle Torrekens"])
        for state in HIDDEN:
            article = self.story(state)
            PreviewLink.objects.create(article=article, token=f"token-{state}")
            if state not in ("draft", "submitted", "returned", "scheduled", "binned"):
                article.corrections.create(text=MARKER)
            addresses = [*self.addresses(article), neighbour.get_absolute_url()]
            with self.subTest(state=state):
                self.assertEqual([path for path in addresses if self.shows(path)], [])
                self.assertIn(self.client.get(article.get_absolute_url()).status_code, (404, 410, 451))

    def shows(self, path):
        html = self.client.get(path).content.decode()
        return MARKER.lower() in html.lower().replace(f"q={MARKER}".lower(), "").replace(
            f'value="{MARKER}"'.lower(), ""
        ).replace(f"“{MARKER}”".lower(), "")

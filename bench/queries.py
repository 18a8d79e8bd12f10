"""How many queries each kind of public page costs, with one story in every list, with 30 and with 300.

"Warm": the parts that every page shares (masthead, menus, section tree, bookings, ranking) were read since the
last change, as they are for all but the first request after it; "cold" is that first request. No kept page is
served in either. On a new SQLite file, or on the empty PostgreSQL database that BENCH_DATABASE_URL names (left
filled). Figures: bench/figures/queries-*.json. `bench/queries.py "month"` shows that page's queries instead.
"""

import json
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1, 30, 300)
APART = timedelta(hours=7)  # between one story and the next: 300 of them spread over three months
SPOTS = ("header", "front", "beside", "midway", "after")
SHAPES = ((ratio, height) for ratio, height in (("full", 267), ("16x9", 225), ("4x3", 300), ("1x1", 400)))
RENDITIONS = [
    {"ratio": ratio, "width": 400 * n, "height": height * n, "format": form, "name": f"{ratio}-{n}.{form}", "bytes": 1}
    for ratio, height in SHAPES
    for n in (1, 2, 3, 4)
    for form in ("avif", "webp", "jpeg")
] + [{"ratio": "share", "width": 1200, "height": 630, "format": "jpeg", "name": "share.jpeg", "bytes": 1}]  # fmt: skip


class Paper:
    """A paper whose lists are as long as asked for, every story with all that a story can have."""

    def __init__(self):
        from django.utils import timezone

        from masthead.models import Masthead, MenuEntry, Page
        from tests.factories import make_article, make_booking, make_source

        self.now, self.pictures, self.size = timezone.now(), 0, 0
        Masthead.objects.create(name="Le Courrier", language="fr", logo=self.picture(), icon=self.picture())
        self.source = make_source("partner.example")
        self.nearly = make_article(
            section="monde/europe", title="Le premier pont", published_at=self.ago(400)
        )
        self.add(1)
        picture = f'<figure data-image="{self.picture().pk}"></figure>'
        body = f'<p>Lire <a data-article="{self.own.pk}">ceci</a>.</p>{picture}'
        about = Page.objects.create(title="Le journal", slug="le-journal", kind="about", body=body)
        MenuEntry.objects.create(page=about)
        MenuEntry.objects.create(label="Ailleurs", address="https://ailleurs.example/", place="footer")
        for spot in SPOTS:
            make_booking(spot, image=self.picture())

    def ago(self, stories):
        return self.now - timedelta(minutes=5) - stories * APART

    def picture(self):
        from images.models import Image

        self.pictures += 1
        return Image.objects.create(
            file=f"masters/{self.pictures}.jpg", title=f"{self.pictures}", alt="Un pont", credit="A. Haas",
            sha256=f"{self.pictures:064x}", width=1600, height=1067, state="ready", renditions=RENDITIONS,
        )  # fmt: skip

    def add(self, size):
        """Stories until every list has `size`: each time one of ours, one taken over and a translation."""
        from audience.ranking import rank

        for number in range(self.size, size):
            own = self.story(number, language="fr", tags=["Ponts", f"Eau {number}"], related=[self.nearly])
            taken_over = self.story(
                number, language="fr", section="network/depeches", tags=["Reprise"], source=self.source,
                original_url=f"https://partner.example/{number}",
            )  # fmt: skip
            self.story(number, language="nl", section="nl", translation_of=own)
            if number == 0:
                self.own, self.taken_over = own, taken_over
        self.size = size
        rank()

    def story(self, number, *, section="monde/asie", **fields):
        from tests.factories import make_article, make_section

        figures = "".join(f'<figure data-image="{self.picture().pk}"></figure>' for _ in range(2))
        story = make_article(
            section=section, image=self.picture(), authors=["Maëlle Torrekens", f"{section} Haas {number}"],
            further_sections=[make_section("monde/afrique")], published_at=self.ago(number),
            body=f'<p>Voir <a data-article="{self.nearly.pk}">le pont</a>.</p>{"<p>Et l’eau.</p>" * 8}{figures}',
            **fields,
        )  # fmt: skip
        story.correct("Il fallait lire neuf.", by=None)
        return story

    def addresses(self):
        """{kind of page: address}, status 200 expected for each."""
        from tests.factories import make_author

        author, source = make_author().get_absolute_url(), self.source.get_absolute_url()
        month = self.own.published_at
        return {
            "front page": "/",
            "section": "/monde/",
            "sub-section": "/monde/asie/",
            "section in another language": "/nl/",
            "month": f"/monde/{month:%Y/%m}/",
            "story, our own": self.own.get_absolute_url(),
            "story, taken over": self.taken_over.get_absolute_url(),
            "author": author,
            "source": source,
            "tag": "/tag/ponts/",
            "latest": "/latest/",
            "most read": "/most-read/",
            "search, empty": "/search/",
            "search": "/search/?q=pont",
            "search in a section": "/search/?q=pont&section=monde&period=year",
            "corrections": "/corrections/",
            "static page": "/le-journal/",
            "feed": "/feed/",
            "feed of a section": "/monde/asie/feed/",
            "feed of an author": f"{author}feed/",
            "feed of a source": f"{source}feed/",
            "feed of a tag": "/tag/ponts/feed/",
            "sitemap": "/sitemap.xml",
            "sitemap of lists": "/sitemap-lists.xml",
            "sitemap of a month": f"/sitemap-{month:%Y-%m}.xml",
            "news sitemap": "/news-sitemap.xml",
            "robots.txt": "/robots.txt",
        }


def queries(client, address):
    """The queries of a page after something public changed, and those of the next reader: two lists of SQL.

    No kept page is served. Raises AssertionError if the page is not there.
    """
    import pagecache

    pagecache.changed()
    return _captured(client, address), _captured(client, address)


def _captured(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    import pagecache

    pagecache.forget_pages()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return [query["sql"] for query in captured]


def main(show=None):
    from django.conf import settings
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import setup_test_environment

    from bench import machine

    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        paper, client, found = Paper(), Client(), {}
        if show:
            for sql in queries(client, paper.addresses()[show])[1]:
                print(sql, end="\n\n")
            return
        for size in SIZES:
            paper.add(size)
            for kind, address in paper.addresses().items():
                cold, warm = queries(client, address)
                row = found.setdefault(kind, {"warm": [], "cold": []})
                row["warm"].append(len(warm))
                row["cold"].append(len(cold))
    figures = {
        "machine": machine.describe(),
        "database": connection.vendor,
        "stories": SIZES,
        "queries": found,
    }
    out = ROOT / "bench" / "figures" / f"queries-{connection.vendor}.json"
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    print(f"queries with {', '.join(map(str, SIZES))} stories in each list")
    for kind, row in found.items():
        print(f"  {kind:28} warm {row['warm']}  cold {row['cold']}")


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        os.environ["DATABASE_URL"] = (
            os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        )
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        os.environ.setdefault("SECRET_KEY", "only-for-measuring-" + "x" * 50)
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        main(*sys.argv[1:2])

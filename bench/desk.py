"""What the desk's home and its list of articles cost in a small archive and in a large one, and what autosave costs.

On a new SQLite file, or on the empty PostgreSQL database that BENCH_DATABASE_URL names (left filled). The same pages
are asked for, by the same editor, with 1,000 and with 100,000 stories of every state; autosave is measured beside a
plain save of the same story. Figures: bench/figures/desk-*.json.
"""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

import archive
from machine import describe

HERE = Path(__file__).resolve().parent
ROUNDS = 15
# The newest hundred are drafts, waiting, planned: a paper has no more of them with a longer past.
STATES = ["draft"] * 40 + ["submitted"] * 30 + ["scheduled"] * 30


def main():
    with archive.database():
        from django.conf import settings
        from django.db import connection
        from django.test.utils import setup_test_environment

        setup_test_environment()
        plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": plain}}
        desk = Desk()
        figures = {"machine": describe(), "database": connection.vendor, "pages": {}}
        for had, size in archive.grow(archive.vocabulary()):
            desk.people(had)
            archive.analyze()
            for name, address in desk.pages().items():
                figures["pages"].setdefault(name, {})[str(size)] = desk.measure(address)
        for name, found in figures["pages"].items():
            small, large = (found[str(size)] for size in archive.SIZES)
            found["ratio"] = round(large["milliseconds"] / small["milliseconds"], 2)
            print(
                f"{name:28} {small['queries']:3} and {large['queries']:3} queries, "
                f"{small['milliseconds']:6.1f} and {large['milliseconds']:6.1f} ms: {found['ratio']} times"
            )
        figures["autosave"] = desk.autosave()
        for name, found in figures["autosave"].items():
            print(f"{name:28} {found}")
        out = HERE / "figures" / f"desk-{connection.vendor}.json"
        out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


class Desk:
    """An editor at the desk."""

    def __init__(self):
        from django.test import Client

        from masthead.models import Masthead
        from tests.factories import make_source, make_user

        Masthead.objects.create(name="Le Courrier", language="fr")
        self.editor = make_user("editor", language="fr")
        self.writers = [make_user("journalist", language="fr") for _ in range(8)]
        self.sources = [make_source(f"partner-{n}.example") for n in range(4)]
        self.client = Client()
        self.client.force_login(self.editor)

    def people(self, have):
        """Give the stories from number `have` on who wrote them, where from, and the newest their states."""
        from django.db.models import F
        from django.utils import timezone

        from articles.models import Article, Byline, Revision, Tag, Tagging
        from tests.factories import make_author

        stories = Article.objects.order_by("pk")[have:]
        authors = [make_author(f"Auteur {n}") for n in range(12)]
        ids = list(stories.values_list("pk", flat=True))
        for place, writer in enumerate(self.writers):
            Article.objects.filter(pk__in=ids[place :: len(self.writers)][:30000]).update(created_by=writer)
        for place, source in enumerate(self.sources):
            Article.objects.filter(pk__in=ids[place::16][:30000]).update(source=source)
        Byline.objects.bulk_create(
            [Byline(article_id=pk, author=authors[pk % 12]) for pk in ids], batch_size=2000
        )
        # A tag of every second story, which never meets the first source, and one of a few.
        for name, step, first in (("Rail", 2, 1), ("Rare", 100, 3)):
            tag = Tag.named(name)
            Tagging.objects.bulk_create(
                [Tagging(content_object_id=pk, tag=tag) for pk in ids[first::step]], batch_size=2000
            )
        Article.objects.filter(pk__in=ids[-100:]).update(created_by=self.writers[0])
        Article.objects.filter(pk__gte=ids[0]).update(saved_at=F("published_at"))
        now = timezone.now()
        Article.objects.exclude(status="published").update(
            status="published", submitted_at=None, first_published_at=F("published_at")
        )
        Article.objects.filter(published_at__gt=now).update(published_at=F("saved_at"))
        for pk, state in zip(ids[-100:], STATES, strict=True):
            values = {"status": "published" if state == "scheduled" else state}
            if state == "scheduled":
                values |= {
                    "published_at": now + timedelta(hours=pk % 90 + 1),
                    "first_published_at": now + timedelta(hours=1),
                }
            else:
                values |= {"published_at": None, "first_published_at": None}
            if state == "submitted":
                values["submitted_at"] = now - timedelta(minutes=pk % 500)
            Article.objects.filter(pk=pk).update(**values)
        # Changes pending, changes planned and an end are of the newest, too; what was taken down is of any age.
        Article.objects.update(draft_revision=None, planned_revision=None, expires_at=None)
        for place, pk in enumerate(ids[-160:-100]):
            revision = Revision.objects.create(article_id=pk, number=1, content={}, at=now)
            values = [
                {"draft_revision": revision},
                {"planned_revision": revision},
                {"expires_at": now + timedelta(9)},
            ]
            Article.objects.filter(pk=pk).update(**values[place % 3])
        Article.objects.filter(pk__in=ids[50:-200:100]).update(status="withdrawn")

    def pages(self):
        from articles.models import Section

        articles, section = "/admin/articles/article/", Section.objects.get(path="monde").pk
        return {
            "home": "/admin/",
            "list": articles,
            "second page": None,
            "by publication": f"{articles}?o=2",
            "waiting": f"{articles}?state=waiting",
            "scheduled": f"{articles}?state=scheduled",
            "public": f"{articles}?state=public",
            "section": f"{articles}?section={section}",
            "source": f"{articles}?source=partner-1.example",
            "language": f"{articles}?language=fr",
            "words": f"{articles}?q=ville",
            **{
                state: f"{articles}?state={state}"
                for state in ("draft", "pending", "planned", "expires", "down")
            },
            "person": f"{articles}?person={self.writers[1].pk}",
            "author": f"{articles}?author=Auteur+1",
            "tag": f"{articles}?tag=Rail",
            "tag of few": f"{articles}?tag=Rare",
            "saved this month": f"{articles}?saved=month",
            "publication from, to": f"{articles}?public_from={self.day(30)}&public_to={self.day(3)}",
            "section by publication": f"{articles}?section={section}&o=2",
            # Two conditions: what meets often, and what never does.
            "section and source": f"{articles}?section={section}&source=partner-1.example",
            "tag and section": f"{articles}?tag=Rail&section={section}",
            "words and section": f"{articles}?q=ville&section={section}",
            "source and person, never": f"{articles}?source=partner-0.example&person={self.writers[1].pk}",
            "tag and source, never": f"{articles}?tag=Rail&source=partner-0.example",
            "tag and author, never": f"{articles}?tag=Rail&author=Auteur+{self.other_author()}",
            "down and tag of few": f"{articles}?state=down&tag=Rare",
            "person and draft, never": f"{articles}?state=draft&person={self.writers[1].pk}",
            "words and source": f"{articles}?q=ville&source=partner-0.example",
            "words and down": f"{articles}?q=ville&state=down",
        }

    @staticmethod
    def day(ago):
        from django.utils import timezone

        return timezone.localdate() - timedelta(days=ago)

    @staticmethod
    def other_author():
        """The number of an author none of whose stories has the tag: both go by parity."""
        from articles.models import Tagging

        return 2 + (Tagging.objects.filter(tag__name="Rail").first().content_object_id + 1) % 2

    def measure(self, address):
        """`{queries, milliseconds}` of a page, the quickest of some rounds after one that warms.

        Processor time on SQLite; on PostgreSQL, whose server works too, the time that passes.
        """
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        if address is None:
            first = self.client.get("/admin/articles/article/")
            address = "/admin/articles/article/" + first.context["cl"].next_link
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(address).status_code == 200, address
            number = len(queries)
        clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
        times = []
        for _ in range(ROUNDS):
            start = clock()
            self.client.get(address)
            times.append(clock() - start)
        return {"queries": number, "milliseconds": round(min(times) * 1000, 1)}

    def autosave(self):
        """Autosave beside a plain save of the same story: bytes sent, queries, milliseconds, and their ratio."""
        import uuid

        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from articles.models import Article
        from tests.articles.test_admin_form import change, typed

        article = Article.objects.filter(status="draft").first()
        article.body = "".join(f"<p>{'mot ' * 90}{n}</p>" for n in range(12))
        article.save()
        tab, found = str(uuid.uuid4()), {}

        def pulse(number):
            fields = {name: [str(value)] for name, value in typed(article, title=f"Titre {number}").items()}
            body = json.dumps(
                {"tab": tab, "article": article.pk, "version": article.version, "fields": fields}
            )
            return (
                "/admin/articles/article/pulse/",
                {"data": body, "content_type": "application/json"},
                len(body),
            )

        def save(number):
            article.refresh_from_db()
            data = typed(article, title=f"Autre {number}")
            return change(article), {"data": data}, sum(len(str(value)) for value in data.values())

        for name, make in {"a plain save": save, "autosave": pulse}.items():
            clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
            times, queries = [], 0
            for number in range(ROUNDS):
                address, options, size = make(f"{name} {number}")
                with CaptureQueriesContext(connection) as captured:
                    start = clock()
                    response = self.client.post(address, **options)
                    times.append(clock() - start)
                    queries = len(captured)
                assert response.status_code in (200, 302), response.status_code
            milliseconds = round(min(times) * 1000, 1)
            found[name] = {"bytes": size, "queries": queries, "milliseconds": milliseconds}
        found["ratio"] = round(found["autosave"]["milliseconds"] / found["a plain save"]["milliseconds"], 2)
        return found


if __name__ == "__main__":
    sys.path.remove(str(HERE))  # a program beside this one has the name of an app
    main()

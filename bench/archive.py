"""An archive of stories for the programs that measure in a small one and in a large one."""

import os
import random
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = [1_000, int(os.environ.get("STORIES", "100000"))]


@contextmanager
def database():
    """Django on a new SQLite file, or on the empty PostgreSQL database that BENCH_DATABASE_URL names (left filled)."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = (
            os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        )
        sys.path.insert(0, str(HERE.parent))
        os.environ.setdefault("SECRET_KEY", "only-for-measuring-" + "x" * 50)
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from articles.models import Article

        call_command("migrate", verbosity=0)
        if Article.objects.exists():
            sys.exit("There are stories in this database. Name an empty one.")
        yield


def grow(words):
    """Give the archive each of `SIZES` in turn: yields how many stories it had and how many it has."""
    have = 0
    for size in SIZES:
        add(have, size, words)
        yield have, size
        have = size


def analyze():
    """Have the database look at what is there, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def vocabulary():
    """The words of the demo paper's stories, each as often as it stands there."""
    import re

    from articles.demo.load import read

    text = " ".join(story["body"] for story in read()[1] if story.get("language", "fr") == "fr")
    return re.findall(r"[^\W\d_]+", re.sub(r"<[^>]+>", " ", text))


def add(have, size, words):
    """Stories number `have` to `size`, an hour apart, with their entries in the index; what was there grows older."""
    from django.db.models import F, QuerySet
    from django.utils import timezone

    from articles.models import Article, Section
    from search import entries

    chance, now = random.Random(have), timezone.now()
    sections = [
        Section.objects.get_or_create(slug=s, defaults={"name": s})[0] for s in ("monde", "europe", "sport")
    ]
    common = [word for word, _times in Counter(words).most_common()]

    def text(length):
        start = chance.randrange(len(words) - length)
        rare = chance.choice(common)
        return " ".join([*words[start : start + length], rare])

    older = timedelta(hours=size - have)
    Article.objects.update(
        published_at=F("published_at") - older, first_published_at=F("first_published_at") - older
    )
    entries.write(Article.objects.all())
    for start in range(have, size, 1000):
        batch = [
            Article(
                title=text(9),
                slug=f"s-{n}",
                summary=text(25),
                body=f"<p>{text(chance.randrange(150, 500))}</p>",
                language="fr",
                section=chance.choice(sections),
                status="published",
                published_at=now - timedelta(hours=size - n),
                first_published_at=now - timedelta(hours=size - n),
            )
            for n in range(start, min(start + 1000, size))
        ]
        QuerySet(Article).bulk_create(batch)
        entries.write(batch)

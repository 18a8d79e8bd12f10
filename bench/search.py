"""What a search costs in a small archive and in a large one.

On a new SQLite file, or on the empty PostgreSQL database that BENCH_DATABASE_URL names (left filled). The
stories are made of the demo paper's words, each as common as there. Figures: bench/figures/search-*.json.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = [1_000, int(os.environ.get("STORIES", "100000"))]
ROUNDS = 5


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = (
            os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        )
        sys.path[:0] = [str(HERE.parent), str(HERE)]
        os.environ.setdefault("SECRET_KEY", "only-for-measuring-" + "x" * 50)
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from machine import describe

        from articles.models import Article

        call_command("migrate", verbosity=0)
        if Article.objects.exists():
            sys.exit("There are stories in this database. Name an empty one.")
        words = vocabulary()
        figures = {"machine": describe(), "database": connection.vendor, "milliseconds": {}}
        have = 0
        for size in SIZES:
            start = time.perf_counter()
            add(have, size, words)
            print(f"{size} stories; {time.perf_counter() - start:.0f} s to add {size - have}")
            have = size
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            figures["milliseconds"][str(size)] = {name: measure(*query) for name, query in QUERIES.items()}
            for name, milliseconds in figures["milliseconds"][str(size)].items():
                print(f"  {name:34} {milliseconds:7.1f} ms")
        out = HERE / "figures" / f"search-{connection.vendor}.json"
        out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


QUERIES = {
    "the commonest word": ("de", {}),
    "two common words": ("ville eau", {}),
    "by date": ("ville eau", {"order": "date"}),
    "four common words": ("la ville et son eau", {}),
    "a phrase": ('"de la ville"', {}),
    "a rare word": ("parapluies", {}),
    "in a section": ("ville", {"section": "monde"}),
    "nothing found": ("ornithorynque", {}),
}


def vocabulary():
    """The words of the demo paper's stories, each as often as it stands there."""
    import re

    from articles.demo.load import read

    text = " ".join(story["body"] for story in read()[1] if story.get("language", "fr") == "fr")
    return re.findall(r"[^\W\d_]+", re.sub(r"<[^>]+>", " ", text))


def add(have, size, words):
    """Stories number `have` to `size`, an hour apart, with their entries in the index."""
    from django.db.models import QuerySet
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
                published_at=now - timedelta(hours=SIZES[-1] - n),
                first_published_at=now - timedelta(hours=SIZES[-1] - n),
            )
            for n in range(start, min(start + 1000, size))
        ]
        QuerySet(Article).bulk_create(batch)
        entries.write(batch)


def measure(query, options):
    """CPU milliseconds of the quickest of some rounds, after one that warms the caches.

    On SQLite that is all the work. On PostgreSQL the server works too: there it is the time that passes.
    """
    from django.db import connection

    from articles.models import Section
    from search.find import find

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    options = dict(options)
    if "section" in options:
        options["section"] = Section.objects.get(path=options["section"])
    times = []
    for _ in range(ROUNDS + 1):
        start = clock()
        find(query, **options)
        times.append(clock() - start)
    return round(min(times[1:]) * 1000, 1)


if __name__ == "__main__":
    main()

"""What a search costs in a small archive and in a large one.

On a new SQLite file, or on the empty PostgreSQL database that BENCH_DATABASE_URL names (left filled). The
stories are made of the demo paper's words, each as common as there. Figures: bench/figures/search-*.json.
"""

import json
import sys
import time
from pathlib import Path

import archive
from machine import describe

HERE = Path(__file__).resolve().parent
ROUNDS = 5


def main():
    with archive.database():
        from django.db import connection

        words = archive.vocabulary()
        figures = {"machine": describe(), "database": connection.vendor, "milliseconds": {}}
        for _had, size in archive.grow(words):
            archive.analyze()
            print(f"{size} stories")
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
    sys.path.remove(str(HERE))  # this program has the name of an app
    main()

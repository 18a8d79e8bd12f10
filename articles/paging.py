"""Paging newest first: a page ends at a story and the next begins after it, whatever came in meanwhile."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import Http404

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MARK = re.compile(r"([0-9a-z]{1,12})-([0-9a-z]{1,12})")
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Page:
    """Some rows, and the mark after which the next page begins ("" on the last)."""

    rows: list
    after: str = ""
    is_first: bool = True

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def mark(at, pk):
    """The mark of the row `pk`, dated `at`: as short as an address can bear."""
    return f"{_base36((at - EPOCH) // timedelta(microseconds=1))}-{_base36(pk)}"


def read(after):
    """The moment and id a mark stands for; None for no mark. Raises Http404 for what was never one."""
    if not after:
        return None
    found = MARK.fullmatch(after)
    if not found:
        raise Http404
    micros, pk = (int(part, 36) for part in found.groups())
    try:
        at = EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        raise Http404 from None
    if pk >= 2**63:
        raise Http404
    return at, pk


def cut(rows, length, *, date, after=None):
    """The page made of `rows`, read one longer than `length` to see whether another follows."""
    rows = list(rows)
    more = len(rows) > length
    rows = rows[:length]
    return Page(rows, mark(getattr(rows[-1], date), rows[-1].pk) if more else "", not after)


def stories(published, key, *, length, after=None):
    """A page of a list (see `Article.objects.listed_in`) of the published stories, ready for cards.

    `published` is a queryset of what is public. Raises Http404 for a mark that is none or beyond the end.
    """
    start = read(after)
    found = published.listed_in(key, lte=start[0]) if start else published.listed_in(key)
    if start:
        found = found.exclude(published_at=start[0], pk__gte=start[1])
    page = cut(found.for_cards()[: length + 1], length, date="published_at", after=after)
    if after and not page.rows:
        raise Http404
    return page


def _base36(number):
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = LETTERS[rest] + digits
        if number <= 0:
            return digits

"""Ordering the most read: `rank()` every five minutes, and what pages read of it."""

from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import pagecache
from articles.models import Article, Listing, Section
from audience.decay import floor
from audience.models import Popularity, Ranking
from masthead.models import Masthead

KEPT = 20  # stories of a ranking: ten to show, and some for those that a page leaves out
LOOKED_AT = 2000  # the most read stories among which those of each list are sought


class Stories(list):
    """Articles with what a card needs, the most read first.

    `window` says what the order rests on: "now", "week", or "newest" if nobody has read anything yet.
    """

    window = "newest"


def rank(now=None):
    """Write each list's ranking anew, where it differs; returns how many did.

    Those read lately come first, then those read this week, then the newest. A fixed number of queries, and
    one for each list that needs its newest.
    """
    now = now or timezone.now()
    lists = [f"language:{code}" for code, _name in settings.LANGUAGES]
    lists += [f"section:{pk}" for pk in Section.objects.values_list("pk", flat=True)]
    before = {(row.list, row.window): row for row in Ranking.objects.all()}
    after = {place: order for place, order in _orders(lists, now) if order[0] or place in before}
    differing = {
        place: order
        for place, order in after.items()
        if place not in before or order != (before[place].articles, before[place].read)
    }
    gone = [row.pk for place, row in before.items() if place not in after]
    if not differing and not gone:
        return 0
    with transaction.atomic():
        for (key, window), (ids, read) in differing.items():
            Ranking.objects.update_or_create(
                list=key, window=window, defaults={"articles": ids, "read": read}
            )
        Ranking.objects.filter(pk__in=gone).delete()
    return len(differing) + len(gone)


def _orders(lists, now):
    """Pairs of (list, window) and (ids, how many of them were read)."""
    read = {window: _read(window, now) for window in Ranking.Window.values}
    standing = _standing({pk for ids in read.values() for pk in ids}, set(lists))
    for key in lists:
        members = standing.get(key, set())
        newest = None
        for window in Ranking.Window.values:
            ids = [pk for pk in dict.fromkeys([*read[window], *read["week"]]) if pk in members][:KEPT]
            count = len(ids)
            if count < KEPT:
                newest = _newest(key, now) if newest is None else newest
                ids = list(dict.fromkeys([*ids, *newest]))[:KEPT]
            yield (key, window), (ids, count)


def _read(window, now):
    """The ids of the public stories read in this window, the most read first."""
    least = floor(now.timestamp(), window)
    rows = Popularity.objects.filter(**{f"{window}__gte": least}).order_by(f"-{window}")
    ids = list(rows.values_list("article", flat=True)[:LOOKED_AT])
    public = set(Article.objects.published(now).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in public]


def _standing(ids, lists):
    """Which of these stories stand in which of these lists."""
    found = {}
    for key, pk in Listing.objects.filter(article__in=ids).values_list("list", "article"):
        if key in lists:
            found.setdefault(key, set()).add(pk)
    return found


def _newest(key, now):
    return list(_listed(key, now).values_list("pk", flat=True)[:KEPT])


def _listed(key, now=None):
    """The public stories of a list given by its key, newest first."""
    rows = Article.objects.published(now).filter(listings__list=key)
    return rows.order_by("-listings__published_at", "-listings__article_id")


def most_read(key, window, length, exclude=()):
    """The `length` most read stories of a list as `Stories`, without those whose ids are in `exclude`.

    Read once per change of anything public; never empty as long as the list has stories.
    """
    everything = pagecache.once_per_change(f"most read {key} {window}", lambda: _stories(key, window))
    shown = Stories(islice((story for story in everything if story.pk not in exclude), length))
    shown.window = everything.window
    return shown


def ids(key):
    """The ids of a list's most read stories, in the masthead's window."""
    return [story.pk for story in most_read(key, Masthead.current().popular_window, KEPT)]


def _stories(key, window):
    row = Ranking.objects.filter(list=key, window=window).first()
    stories = Stories()
    if row:
        by_id = {
            story.pk: story for story in Article.objects.published().filter(pk__in=row.articles).for_cards()
        }
        stories.extend(by_id[pk] for pk in row.articles if pk in by_id)
        if any(pk in by_id for pk in row.articles[: row.read]):
            stories.window = window
    if len(stories) < KEPT // 2:
        there = {story.pk for story in stories}
        stories.extend(story for story in _listed(key).for_cards()[:KEPT] if story.pk not in there)
    return stories

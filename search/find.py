"""Finding stories: at most the thousand newest matches are looked at, and ranked among themselves.

That bound holds whatever the archive's size: both databases hand out matches by the entry's key, which
follows the date. Words are joined by AND; each may stand in any of the paper's languages.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models.functions import Substr
from django.utils import timezone

from articles.models import Article
from richtext.text import plain
from search import entries
from search.models import Entry
from search.snippets import Marker
from search.words import terms

MOST = 1000  # matches looked at
PAGE = 20
# How much a word counts in the title, in the summary, and at most in the text however often it stands there.
IN_TITLE, IN_SUMMARY, IN_TEXT = 10, 4, 3
READ = 4000  # characters of a text in which words are counted


@dataclass
class Results:
    """A page of `hits`: articles with `snippet` and `title_marked`. If `capped`, more than `found` match."""

    hits: list = field(default_factory=list)
    found: int = 0
    capped: bool = False
    next: int | None = None  # `after` of the next page
    terms: tuple = ()


def find(query, *, language=None, section=None, since=None, order="relevance", after=None, now=None):
    """The public stories in which all words of `query` stand; a `Results`.

    `section` narrows to a Section and those below it, `since` to what was published after a moment,
    `language` to stories in one language. `order` is "relevance" or "date"; `after` the page before's `next`.
    """
    asked = terms(query)
    if not asked:
        return Results()
    now = now or timezone.now()
    places = [[entries.language_word(language)]] if language else []
    if section:
        places.append([entries.section_word(pk) for pk in section.branch().values_list("pk", flat=True)])
    keys = _matches(asked, places, entries.key(since) if since else 0)
    capped, keys = len(keys) > MOST, keys[:MOST]
    if order != "date":
        keys = _ranked(keys, asked)
    ids = _public([entries.article_of(key) for key in keys], now)
    start = ids.index(after) + 1 if after in ids else 0
    shown, rest = ids[start : start + PAGE], ids[start + PAGE :]
    hits = _hits(shown, asked, now)
    return Results(
        hits, len(ids), capped, shown[-1] if rest else None, tuple(" ".join(t.words) for t in asked)
    )


def ids_for_desk(query, limit=200, *, section=None, language=None, published=False):
    """The ids of the newest `limit` articles, in whatever state, in which all of the query begins a word.

    `section` is an id, or a list of ids of which one is enough.
    """
    asked = terms(query)
    if not asked:
        return []
    sections = section if isinstance(section, list) else [section]
    places = [
        [entries.section_word(pk) for pk in sections if pk],
        [entries.language_word(language)] if language else [],
        [entries.PUBLISHED] if published else [],
    ]
    places = [words for words in places if words]
    return [entries.article_of(key) for key in _matches(asked, places, 0, beginnings=True, limit=limit)]


def _public(ids, now):
    there = set(Article.objects.published(now).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in there]


def _hits(ids, asked, now):
    by_id = {
        story.pk: story for story in Article.objects.published(now).filter(pk__in=ids).for_cards().defer(None)
    }
    hits = [by_id[pk] for pk in ids if pk in by_id]
    markers = {story.language: Marker(asked, story.language) for story in hits}
    for story in hits:
        marker = markers[story.language]
        story.title_marked = marker.mark(story.title)
        story.snippet = marker.snippet(story.summary, plain(story.body))
    return hits


def _matches(asked, places, least, *, beginnings=False, limit=None):
    """The keys of the newest matches, newest first."""
    if connection.vendor == "sqlite":
        # ORDER BY rowid is the order in which FTS5 reads: it stops at the limit.
        sql = (
            "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid >= %s "
            "ORDER BY rowid DESC LIMIT %s"
        )
        query = _fts(asked, places, beginnings)
    else:
        sql = "SELECT id FROM search_entry WHERE words @@ %s::tsquery AND id >= %s ORDER BY id DESC LIMIT %s"
        query = _tsquery(asked, places, beginnings)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, least, limit or MOST + 1])
        return [key for (key,) in cursor.fetchall()]


def _fts(asked, places, beginnings):
    """What is asked in FTS5's language. Words are letters and digits only: in quotes they are safe."""

    def choices(term):
        yield from (f'"{" ".join(variant)}"' for variant in term.variants())
        if beginnings and len(term.words) == 1:
            yield f'"{term.words[0]}"*'

    words = " AND ".join(f"({' OR '.join(choices(term))})" for term in asked)
    return " AND ".join(
        [f"{{title summary body}} : ({words})", *(f"places : ({' OR '.join(p)})" for p in places)]
    )


def _tsquery(asked, places, beginnings):
    """The same as a tsquery; the places have the weight D."""

    def choices(term):
        yield from (" <-> ".join(f"'{word}':ABC" for word in variant) for variant in term.variants())
        if beginnings and len(term.words) == 1:
            yield f"'{term.words[0]}':*ABC"

    words = [f"({' | '.join(choices(term))})" for term in asked]
    return " & ".join([*words, *("(" + " | ".join(f"{word}:D" for word in p) + ")" for p in places)])


def _ranked(keys, asked):
    """These keys, the most relevant first; among equals the newest.

    The databases' own ranking would read all that matches anywhere in the archive (bm25), or not be the same
    in both: this reads the beginning of at most `MOST` texts.
    """
    texts = Entry.objects.filter(pk__in=keys).values_list("pk", "title", "summary", Substr("body", 1, READ))
    wanted = [[f" {' '.join(variant)} " for variant in term.variants()] for term in asked]
    scores = {
        pk: _score(wanted, f" {title} ", f" {summary} ", f" {body} ") for pk, title, summary, body in texts
    }
    return sorted(keys, key=lambda key: (scores.get(key, 0), key), reverse=True)


def _score(wanted, title, summary, body):
    """How well these texts answer; `wanted` are the variants of each term, with a space around."""
    score = 0
    for variants in wanted:
        often = max(body.count(variant) for variant in variants)
        score += IN_TITLE * any(variant in title for variant in variants)
        score += IN_SUMMARY * any(variant in summary for variant in variants)
        score += IN_TEXT * often / (often + 2)
    return score

"""Writing the search index: called for every article that is written, and by `manage.py reindex`."""

from django.db import transaction

from articles.models import Article, Byline, Placement, Tagging
from richtext.text import plain
from search.models import Entry
from search.words import stems

ID_BITS = 30  # article ids below 2^30, seconds since 1970 below 2^33 (the year 2242)


def key(moment, article_id=0):
    """The key of an entry: the second of `moment`, then the article. Later is greater."""
    seconds = min(max(int(moment.timestamp()), 0), 2**33 - 1)
    return seconds << ID_BITS | article_id % 2**ID_BITS


def article_of(entry_key):
    """The article's id in an entry's key."""
    return entry_key % 2**ID_BITS


def entry_of(article, names=(), sections=()):
    """The entry of an article, unsaved. `names` (bylines, tags) are found as its summary is."""

    def words(*texts):
        return stems(" . ".join(filter(None, texts)), article.language)

    return Entry(
        id=key(article.published_at or article.created_at, article.pk),
        article=article,
        title=words(article.title, article.kicker),
        summary=words(article.summary, *names),
        body=words(plain(article.body)),
        places=" ".join(places_of(article, sections)),
    )


def places_of(article, sections):
    """Words no text contains: what a search is narrowed by."""
    yield language_word(article.language)
    if article.status == Article.Status.PUBLISHED:
        yield PUBLISHED
    for pk in sorted(sections):
        yield section_word(pk)


PUBLISHED = "xxpublished"


def language_word(code):
    return f"xxlanguage{code}"


def section_word(pk):
    return f"xxsection{pk}"


@transaction.atomic
def write(articles):
    """Write the entries of these articles anew, in one go. What is in the bin leaves the index."""
    ids = [article.pk for article in articles]
    names, sections = {}, {}
    for pk, name in Byline.objects.filter(article__in=ids).values_list("article", "author__name"):
        names.setdefault(pk, []).append(name)
    for pk, name in Tagging.objects.filter(content_object__in=ids).values_list("content_object", "tag__name"):
        names.setdefault(pk, []).append(name)
    for pk, section in Placement.objects.filter(article__in=ids).values_list("article", "section"):
        sections.setdefault(pk, set()).add(section)
    fresh = [
        entry_of(
            article,
            names.get(article.pk, ()),
            sections.get(article.pk, set()) | {article.section_id} - {None},
        )
        for article in articles
        if article.binned_at is None
    ]
    Entry.objects.filter(article__in=ids).delete()
    Entry.objects.bulk_create(fresh)

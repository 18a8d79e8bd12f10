"""Writing the `Listing` rows: which lists each article stands in."""

from itertools import islice

from django.apps import apps
from django.db.models import F

import pagecache

BATCH = 500  # articles whose rows are compared at once: the number of queries does not follow theirs


def rebuild(articles):
    """Write the rows of these articles anew, adding and removing only what differs."""
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        _write({article.pk: article for article in batch})


def _write(articles):
    model = apps.get_model("articles", "Listing")
    wanted = _wanted(articles)
    rows = {(row.article_id, row.list): row for row in model.objects.filter(article__in=articles)}
    gone, new = rows.keys() - wanted, wanted - rows.keys()
    moved = {
        pk for pk, key in rows.keys() & wanted if rows[pk, key].published_at != articles[pk].published_at
    }
    if not (gone or new or moved):
        return
    pagecache.changed()
    model.objects.filter(pk__in=[rows[key].pk for key in gone]).delete()
    for pk in moved:
        model.objects.filter(article=pk).update(published_at=articles[pk].published_at)
    model.objects.bulk_create(
        model(article_id=pk, list=key, published_at=articles[pk].published_at) for pk, key in sorted(new)
    )
    _count_tags(gone, new)


def _wanted(articles):
    """The (article, list) pairs that should be there: none for what is not published."""
    listed = {
        pk: article
        for pk, article in articles.items()
        if article.status == article.Status.PUBLISHED and article.binned_at is None and article.section_id
    }
    found = {(pk, f"language:{article.language}") for pk, article in listed.items()}
    found |= {(pk, f"source:{article.source_id}") for pk, article in listed.items() if article.source_id}
    found |= {(pk, f"author:{other}") for pk, other in _pairs("Byline", "article", "author", listed)}
    found |= {(pk, f"tag:{other}") for pk, other in _pairs("Tagging", "content_object", "tag", listed)}
    inside = {(pk, article.section_id) for pk, article in listed.items()}
    inside |= set(_pairs("Placement", "article", "section", listed))
    lines = _lines() if inside else {}
    return found | {(pk, f"section:{above}") for pk, section in inside for above in lines[section]}


def _pairs(model, article, other, articles):
    rows = apps.get_model("articles", model).objects.filter(**{f"{article}__in": articles})
    return rows.values_list(f"{article}_id", f"{other}_id")


def _lines():
    """The ids of each section and of those above it, by the section's id."""
    above = dict(apps.get_model("articles", "Section").objects.values_list("id", "parent_id"))
    lines = {}
    for section in above:
        line, step = [], section
        while step is not None and step not in line:
            line.append(step)
            step = above[step]
        lines[section] = line
    return lines


def _count_tags(gone, new):
    """Keep `Tag.uses` true for the tags whose rows came or went."""
    changes = {}
    for keys, step in ((gone, -1), (new, 1)):
        for _article, key in keys:
            if key.startswith("tag:"):
                changes[key] = changes.get(key, 0) + step
    tags = apps.get_model("articles", "Tag").objects
    for key, change in sorted(changes.items()):
        if change:
            tags.filter(pk=int(key.removeprefix("tag:"))).update(uses=F("uses") + change)

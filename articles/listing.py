"""Writing the `Listing` rows: which lists each article stands in."""

from django.apps import apps

import pagecache


def keys_of(article, sections, authors, tags):
    """The lists an article belongs to. `sections` are the primary and further ones, with their `path`."""
    paths = {path for section in sections for path in section.ancestor_paths}
    ids = apps.get_model("articles", "Section").objects.filter(path__in=paths).values_list("id", flat=True)
    keys = {f"section:{pk}" for pk in ids} | {f"author:{pk}" for pk in authors} | {f"tag:{pk}" for pk in tags}
    if article.source_id:
        keys.add(f"source:{article.source_id}")
    return keys | {f"language:{article.language}"}


def rebuild(articles):
    """Write the rows of these articles anew, adding and removing only what differs."""
    model = apps.get_model("articles", "Listing")
    for article in articles:
        wanted = set()
        if article.status == article.Status.PUBLISHED and article.binned_at is None and article.section_id:
            further = [placement.section for placement in article.placements.select_related("section")]
            wanted = keys_of(
                article,
                [article.section, *further],
                article.bylines.values_list("author_id", flat=True),
                article.taggings.values_list("tag_id", flat=True),
            )
        rows = dict(model.objects.filter(article=article).values_list("list", "published_at"))
        model.objects.filter(article=article, list__in=rows.keys() - wanted).delete()
        moved = [key for key in rows.keys() & wanted if rows[key] != article.published_at]
        if moved:
            model.objects.filter(article=article, list__in=moved).update(published_at=article.published_at)
        model.objects.bulk_create(
            model(article=article, list=key, published_at=article.published_at)
            for key in wanted - rows.keys()
        )
        _count_tags({key for key in rows.keys() ^ wanted if key.startswith("tag:")})
    pagecache.changed()


def _count_tags(keys):
    """Keep `Tag.uses` true for the tags whose rows came or went."""
    model, tags = apps.get_model("articles", "Listing"), apps.get_model("articles", "Tag")
    for key in keys:
        tags.objects.filter(pk=int(key.split(":")[1])).update(uses=model.objects.filter(list=key).count())

"""Making one tag of several."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

import pagecache
from accounts.models import record
from articles import registry
from articles.models import Article, Listing, Revision, StoryTemplate, Tag, Tagging
from masthead.addresses import normal
from masthead.models import Redirect

CHUNK = 200


@transaction.atomic
def merge(others, into, *, by):
    """Give every story of the tags `others` the tag `into`, delete them, and send their addresses to it."""
    pagecache.changed()  # first: see there
    touched, kind = set(), ContentType.objects.get_for_model(Tag)
    for tag in others:
        touched.update(Tagging.objects.filter(tag=tag).values_list("content_object_id", flat=True))
        _move(
            Tagging.objects.filter(tag=tag), Tagging.objects.filter(tag=into), "content_object_id", tag=into
        )
        key, wanted = Listing.key_of(tag), Listing.key_of(into)
        _move(
            Listing.objects.filter(list=key), Listing.objects.filter(list=wanted), "article_id", list=wanted
        )
        Redirect.objects.filter(target_type=kind, target_id=tag.pk).update(target_id=into.pk)
        Redirect.objects.update_or_create(
            old_path=normal(tag.get_absolute_url()), defaults={"target_type": kind, "target_id": into.pk}
        )
        record("merge tag", tag, by=by, into=into.name)
    for template in StoryTemplate.objects.filter(tags__in=others).distinct():
        template.tags.add(into)
    _rewrite_drafts({tag.pk for tag in others}, into.pk)
    Tag.objects.filter(pk__in=[tag.pk for tag in others]).delete()
    Tag.objects.filter(pk=into.pk).update(uses=Listing.objects.filter(list=Listing.key_of(into)).count())
    touched = sorted(touched)
    for start in range(0, len(touched), CHUNK):
        registry.tell(list(Article.objects.filter(pk__in=touched[start : start + CHUNK])))


def _move(rows, there, column, **values):
    """Point `rows` elsewhere, but for those whose article is there already, which go."""
    rows.filter(**{f"{column}__in": there.values(column)}).delete()
    rows.update(**values)


def _rewrite_drafts(gone, into):
    """Changes pending that name a tag which is gone would otherwise fail when published."""
    waiting = [
        Article.objects.exclude(**{column: None}).values(column)
        for column in ("draft_revision", "planned_revision")
    ]
    for draft in Revision.objects.filter(Q(pk__in=waiting[0]) | Q(pk__in=waiting[1])):
        tags = draft.content.get("tags", [])
        if gone.intersection(tags):
            kept = dict.fromkeys(into if pk in gone else pk for pk in tags)
            draft.content = draft.content | {"tags": list(kept)}
            draft.save(update_fields=["content"])

"""What is wrong and can be put right at the desk. Each question is bounded, whatever the archive holds."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Reference
from images.models import Image

MOST = 6  # of a kind
LOOKED_AT = 100  # of the stories that went, the latest in each way
LATELY = timedelta(days=30)


@dataclass
class Fault:
    """What is wrong, where it can be put right, and why it is so."""

    what: str
    where: str
    address: str
    why: str = ""


def found(user):
    """The faults this person can put right: editors all, others those of their own. Seven queries."""
    return [*_pictures(user), *_links(user)]


def _pictures(user):
    rows = Image.objects.filter(state=Image.State.FAILED).defer("renditions")
    if not user.has_perm("images.change_any_image"):
        rows = rows.filter(uploaded_by=user)
    for row in rows.order_by("-id")[:MOST]:
        address = reverse("admin:images_image_change", args=[row.pk])
        yield Fault(_("A picture could not be prepared"), str(row), address, row.get_error_display())


def _links(user):
    """Public stories whose text leads to one that went lately."""
    now, s = timezone.now(), Article.Status
    ended = Article.objects.filter(status=s.PUBLISHED, expires_at__gt=now - LATELY, expires_at__lte=now)
    gone = set()
    for status in (s.UNPUBLISHED, s.WITHDRAWN, s.BLOCKED):  # one by one an index has the latest of each
        taken = Article.objects.filter(status=status).order_by("-saved_at", "-id")
        gone |= {*taken.values_list("pk", flat=True)[:LOOKED_AT]}
    gone |= {*ended.order_by("-expires_at").values_list("pk", flat=True)[:LOOKED_AT]}
    rows = Reference.objects.filter(
        kind=Reference.Kind.ARTICLE, target_id__in=gone, article__in=Article.objects.published(now)
    )
    if not user.has_perm("articles.edit_any_article"):
        rows = rows.filter(article__created_by=user)
    rows = list(rows.select_related("article").defer("article__body").order_by("-id")[:MOST])
    stories = Article.objects.defer("body").in_bulk({row.target_id for row in rows})
    for row in rows:
        address = reverse("admin:articles_article_change", args=[row.article_id])
        yield Fault(
            _("A link leads to a story that is gone"),
            str(row.article),
            address,
            stories[row.target_id].title_for(user),
        )

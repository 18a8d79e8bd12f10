"""What is being typed, kept while it is: who has which story open, and what stands in their forms.

A form tells of itself every few seconds (`beat`), with its fields when they changed. What was typed and never saved
is offered again (`unsaved`) until it is saved or thrown away.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Autosave

BEAT = 10  # seconds between two signs of life of an open form
GONE = timedelta(seconds=35)  # a form not heard of for so long is closed
KEPT = timedelta(days=30)  # what was typed and neither saved nor thrown away
LONGEST = 4_000_000  # characters of all fields together
HIDDEN = frozenset({"csrfmiddlewaretoken", "version", "form_key", "tab", "kept"})


def beat(user, tab, *, article=None, version=0, fields=None):
    """Note that `user` has the form of `article` (None: of a new one) open in `tab`; keep `fields` if given.

    Returns the row. Raises `PermissionDenied` where the person may not write the story (any more).
    """
    allowed = article.may(user, "save") if article else user.has_perm("articles.add_article")
    if not allowed:
        raise PermissionDenied
    now = timezone.now()
    values = {"article": article, "version": version, "seen_at": now}
    if fields is not None:
        values |= {"fields": fields, "typed_at": now}
    if not Autosave.objects.filter(tab=tab, user=user).update(**values):
        try:
            with transaction.atomic():
                return Autosave.objects.create(tab=tab, user=user, **values)
        except IntegrityError:  # another person's tab
            raise PermissionDenied from None
    return Autosave.objects.select_related("taken_by").get(tab=tab)


def leave(user, tab):
    """The form was closed: what was typed stays, the sign of life goes."""
    Autosave.objects.filter(tab=tab, user=user, fields=None).delete()
    Autosave.objects.filter(tab=tab, user=user).update(seen_at=timezone.now() - GONE)


def others(article, tab):
    """The rows of those who have the story open elsewhere, this person's own other tabs among them."""
    live = article.autosaves.filter(seen_at__gt=timezone.now() - GONE, taken_by=None)
    return list(live.exclude(tab=tab).select_related("user").order_by("opened_at")[:20])


def take_over(article, tab, *, by):
    """Go on in the others' place: their forms are told, and what they typed is offered to `by`."""
    live = article.autosaves.filter(seen_at__gt=timezone.now() - GONE, taken_by=None)
    live.exclude(tab=tab).exclude(user=by).update(taken_by=by)
    Autosave.objects.filter(tab=tab, user=by).update(taken_by=None)


def unsaved(user, article=None):
    """What this person typed into the story's form (None: into a new one's) and never saved, the newest first.

    With it what those typed in whose place they went on. Forms that are open are left out.
    """
    rows = Autosave.objects.filter(article=article, fields__isnull=False).select_related("user")
    mine = rows.filter(user=user, seen_at__lte=timezone.now() - GONE)
    found = list(mine.order_by("-typed_at")[:10])
    if article:
        found += rows.filter(taken_by=user).exclude(user=user).order_by("-typed_at")[:10]
    return found


def readable(user, pk):
    """The row with this id, if it may be offered to this person; else None."""
    row = Autosave.objects.filter(pk=pk, fields__isnull=False).select_related("user", "article").first()
    return row if row and user.pk in (row.user_id, row.taken_by_id) else None


def forget(user, *, tab=None, pk=None):
    """What was typed is saved now, or not wanted."""
    if tab:
        Autosave.objects.filter(tab=tab, user=user).delete()
    row = readable(user, pk) if pk else None
    if row:
        row.delete()


def tidy(now):
    """Delete the rows of closed forms without a word typed, and what nobody came back to for a month."""
    Autosave.objects.filter(seen_at__lt=now - timedelta(hours=1), fields=None).delete()
    Autosave.objects.filter(seen_at__lt=now - KEPT).delete()


def waiting_for(user, longest=12):
    """What this person typed and never saved, of all stories, for the desk's home: one query."""
    rows = Autosave.objects.filter(user=user, fields__isnull=False, seen_at__lte=timezone.now() - GONE).defer(
        "fields"
    )
    return list(rows.select_related("article").order_by("-typed_at")[:longest])


def article_for(user, pk):
    """The story a form tells of; raises `PermissionDenied` if this person may not see it, or it is gone."""
    article = Article.objects.defer("body").filter(pk=pk).first()
    if article is None or not article.may_see(user):
        raise PermissionDenied
    return article

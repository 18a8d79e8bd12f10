"""What is being typed, kept while it is: who has which story open, and what stands in their forms.

A form tells of itself every few seconds (`beat`), with its fields when they changed. What was typed and never saved
is offered again (`unsaved`) until it is saved or thrown away.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils import timezone

from articles.models import Article, Autosave

BEAT = 10  # seconds between two signs of life of an open form; browsers let one in the background give one a minute
GONE = timedelta(seconds=150)  # a form not heard of for so long is closed
KEPT = timedelta(days=30)  # what was typed and neither saved nor thrown away
LONGEST = 4_000_000  # bytes of one message
OFFERED = 3  # the newest of what one person never saved of one story; older ones come when these are gone
HIDDEN = frozenset({"csrfmiddlewaretoken", "version", "form_key", "tab", "kept", "typed_by"})


def beat(user, tab, *, article=None, version=0, fields=None):
    """Note that `user` has the form of `article` (None: of a new one) open in `tab`; keep `fields` if given.

    Empty fields mean that the form is again as it was opened. Returns the row. Raises `PermissionDenied` where the
    person may not write the story (any more). A row that `is_done` takes nothing more: the form needs another tab.
    """
    allowed = article.may(user, "save") if article else user.has_perm("articles.add_article")
    if not allowed:
        raise PermissionDenied
    now = timezone.now()
    values = {"article": article, "version": version, "seen_at": now}
    if fields is not None:
        values |= {"fields": fields or None, "typed_at": now if fields else None}
    if not Autosave.objects.filter(tab=tab, user=user, is_done=False).update(**values):
        _first_beat(user, tab, values)
    return Autosave.objects.select_related("taken_by").defer("fields").get(tab=tab)


def _first_beat(user, tab, values):
    row, made = Autosave.objects.get_or_create(tab=tab, defaults={"user": user, **values})
    if not made and row.user_id != user.pk:
        raise PermissionDenied


def leave(user, tab):
    """The form was closed: what was typed stays, the sign of life goes."""
    Autosave.objects.filter(tab=tab, user=user, fields__isnull=True, is_done=False).delete()
    Autosave.objects.filter(tab=tab, user=user).update(seen_at=timezone.now() - GONE)


def others(article, tab):
    """The rows of those who have the story open elsewhere, this person's own other tabs among them."""
    live = article.autosaves.filter(seen_at__gt=timezone.now() - GONE, taken_by=None, is_done=False)
    live = live.annotate(types=Q(fields__isnull=False)).defer("fields")  # a whole text each
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
    found = list(mine.order_by("-typed_at")[:OFFERED])
    if article:
        found += rows.filter(taken_by=user).exclude(user=user).order_by("-typed_at")[:OFFERED]
    return found


def readable(user, pk):
    """The row with this id, if it may be offered to this person; else None."""
    row = Autosave.objects.filter(pk=pk, fields__isnull=False).select_related("user", "article").first()
    if row is None or user.pk not in (row.user_id, row.taken_by_id):
        return None
    return None if row.article and not row.article.may_see(user) else row


def forget(user, *, tab=None, pk=None):
    """What was typed in this tab, or was taken up from this row, is saved now, or not wanted.

    The tab's row stays a while, so that what is still under way from there is not taken for something new. What
    somebody else typed stays theirs: only the offer ends.
    """
    done = {"fields": None, "typed_at": None, "is_done": True, "seen_at": timezone.now()}
    if tab:
        known = Autosave.objects.filter(tab=tab)
        if not known.filter(user=user).update(**done) and not known.exists():
            Autosave.objects.get_or_create(tab=tab, defaults={"user": user, **done})
    row = readable(user, pk) if pk else None
    if row and row.user_id == user.pk:
        row.delete()
    elif row:
        Autosave.objects.filter(pk=row.pk).update(taken_by=None)


def tidy(now):
    """Delete the rows of closed forms without a word typed, and the others after a month.

    Those that are done are kept as long: a browser that was closed may send what it had much later.
    """
    wordless = Autosave.objects.filter(fields__isnull=True, is_done=False)
    wordless.filter(seen_at__lt=now - timedelta(hours=1)).delete()
    Autosave.objects.filter(seen_at__lt=now - KEPT).delete()


def waiting_for(user, longest=12):
    """What this person typed and never saved, of all stories, for the desk's home: one query."""
    rows = Autosave.objects.filter(user=user, fields__isnull=False, seen_at__lte=timezone.now() - GONE)
    rows = rows.annotate(title=KT("fields__title__0")).defer("fields")
    rows = rows.select_related("article").order_by("-typed_at")[:longest]
    return [row for row in rows if row.article is None or row.article.may_see(user)]


def article_for(user, pk):
    """The story a form tells of; raises `PermissionDenied` if this person may not see it, or it is gone."""
    article = Article.objects.defer("body").filter(pk=pk).first()
    if article is None or not article.may_see(user):
        raise PermissionDenied
    return article

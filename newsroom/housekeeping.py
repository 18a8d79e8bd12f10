"""What is thrown away: drafts a month in the bin, ended sessions, old task results, needless revisions."""

import logging
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import notices
from accounts.models import record
from articles import autosave
from articles.models import Article, Revision
from newsroom import queue

log = logging.getLogger(__name__)

IN_THE_BIN = timedelta(days=30)
TASK_RESULTS = timedelta(days=7)
CONFLICTS = timedelta(days=30)  # what could not be merged is looked for within
LATELY = timedelta(
    days=8
)  # revisions come only with a save: a story not saved for so long was thinned before
BATCH = 100
IN_USE = ("article__live_revision", "article__draft_revision", "article__planned_revision")


def tidy():
    """All of it, each part by itself: a failure in one does not keep the others from being done."""
    now, failed = timezone.now(), []
    for part in (
        queue.take_up_lost,
        empty_bin,
        end_sessions,
        forget_task_results,
        thin_revisions,
        autosave.tidy,
        notices.tidy,
    ):
        try:
            part(now)
        except Exception as error:
            log.exception("%s failed", part.__name__)
            failed.append(error)
    if failed:
        raise ExceptionGroup("Tidying up failed in part.", failed)


def empty_bin(now):
    """Delete drafts that lay in the bin for thirty days. What was ever public is never deleted."""
    old = Article.objects.filter(binned_at__lt=now - IN_THE_BIN)
    for article in old.filter(first_published_at=None) | old.filter(first_published_at__gt=now):
        with transaction.atomic():
            article = old.select_for_update().filter(pk=article.pk).first()
            if article:  # nobody took it out meanwhile
                record("delete", article, by=None)
                article.delete()


def end_sessions(now):
    """Delete the sessions that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def forget_task_results(now):
    """Delete what finished tasks left behind a week ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASK_RESULTS).delete()


def thin_revisions(now):
    """Of the stories saved lately, or as long ago as the daily states are kept, delete the needless revisions."""
    for end in (now, now - timedelta(days=settings.REVISIONS_DAILY)):
        counted = Article.objects.filter(saved_at__gte=end - LATELY, saved_at__lte=end)
        counted = counted.annotate(states=Count("revisions")).filter(states__gt=settings.REVISIONS_KEPT)
        for pk in counted.order_by().values_list("pk", flat=True):
            doomed = superfluous(Revision.objects.filter(article=pk), now)
            for start in range(0, len(doomed), BATCH):
                Revision.objects.filter(pk__in=doomed[start : start + BATCH]).delete()


def superfluous(revisions, now):
    """The ids of those of one article's revisions that need not be kept. One query.

    Kept are every state that was public, the last `REVISIONS_KEPT`, the last of each day for `REVISIONS_DAILY` days,
    what could not be merged for a month, and what the story stands on.
    """
    newest_first = revisions.order_by("-number", "-id")
    rows = list(newest_first.values_list("pk", "kind", "at", *IN_USE))
    daily = now - timedelta(days=settings.REVISIONS_DAILY)
    doomed, days = [], set()
    for place, (pk, kind, at, *in_use) in enumerate(rows):
        day = timezone.localtime(at).date()
        last_of_its_day = at >= daily and day not in days
        days.add(day)
        kept = (
            place < settings.REVISIONS_KEPT
            or last_of_its_day
            or kind == Revision.Kind.PUBLISHED
            or (kind == Revision.Kind.CONFLICT and at >= now - CONFLICTS)
            or pk in in_use
        )
        if not kept:
            doomed.append(pk)
    return doomed

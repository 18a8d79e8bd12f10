"""What comes when: scheduled stories, embargoes, ends, deadlines, rights that end; and moving them elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Assignment, seen_by
from images.models import Image

MOST = 200  # of a kind that a calendar shows


@dataclass
class Entry:
    """Something on the calendar; `at` is a moment, or a date for what has no hour."""

    kind: str  # "story", "embargo", "end", "change", "deadline" or "rights"
    pk: int
    at: datetime | date
    text: str
    what: str
    address: str
    version: int = 0
    movable: bool = False
    late: bool = False
    form: object = None

    @property
    def key(self):
        return f"{self.kind}-{self.pk}"

    @property
    def day(self):
        return timezone.localdate(self.at) if isinstance(self.at, datetime) else self.at


def midnight(day):
    """The first moment of a day, where the paper is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def entries(user, first, last, *, own=False):
    """What is planned from the day `first` to `last` as this person may see it, in order. Five queries at most.

    `own` narrows it to one's own stories and assignments.
    """
    start, end = midnight(first), midnight(last + timedelta(days=1))
    found = [
        *_stories(user, start, end, own),
        *_embargoes(user, start, end, own),
        *_ends(user, start, end, own),
        *_changes(user, start, end, own),
        *_deadlines(user, start, end, own),
    ]
    if user.has_perm("images.change_any_image"):
        found += _rights(first, last)
    return sorted(
        found, key=lambda entry: (entry.day, isinstance(entry.at, datetime) and entry.at.timestamp())
    )


def _seen(user, own):
    rows = Article.objects.filter(seen_by(user), binned_at=None)
    rows = rows.select_related("section", "created_by").defer("body")
    return rows.filter(created_by=user) if own else rows


def _public(user, own):
    return _seen(user, own).filter(status=Article.Status.PUBLISHED)


def _stories(user, start, end, own):
    rows = _public(user, own).filter(published_at__gte=max(start, timezone.now()), published_at__lt=end)
    may = user.has_perm("articles.publish_article")
    for row in rows.order_by("published_at", "id")[:MOST]:
        yield Entry(
            "story",
            row.pk,
            row.published_at,
            str(row),
            _("goes public"),
            _form("article", row),
            row.version,
            may,
        )


def _embargoes(user, start, end, own):
    rows = Article.objects.filter(
        seen_by(user), binned_at=None, embargo_until__gte=start, embargo_until__lt=end
    )
    if own:
        rows = rows.filter(created_by=user)
    for row in rows.defer("body").order_by("embargo_until", "id")[:MOST]:
        yield Entry("embargo", row.pk, row.embargo_until, str(row), _("not before"), _form("article", row))


def _ends(user, start, end, own):
    rows = _public(user, own).filter(expires_at__gte=start, expires_at__lt=end)
    for row in rows.order_by("expires_at", "id")[:MOST]:
        yield Entry("end", row.pk, row.expires_at, str(row), _("public until"), _form("article", row))


def _changes(user, start, end, own):
    """Changes to public stories; they are moved from the story's own form."""
    # Only public stories have any; asked for those, SQLite would read all of them, and not the few that are planned.
    rows = _seen(user, own).filter(planned_revision__isnull=False).select_related("planned_revision")
    rows = rows.filter(planned_revision__go_live_at__gte=start, planned_revision__go_live_at__lt=end)
    for row in rows.order_by("planned_revision__go_live_at", "id")[:MOST]:
        moment = row.planned_revision.go_live_at
        yield Entry("change", row.pk, moment, str(row), _("changes go live"), _form("article", row))


def _deadlines(user, start, end, own):
    rows = Assignment.objects.seen_by(user).filter(
        state__in=Assignment.UNFINISHED, deadline__gte=start, deadline__lt=end
    )
    if own:
        rows = rows.filter(Q(journalist=user) | Q(journalist=None))
    may = user.has_perm("articles.change_assignment")
    for row in rows.select_related("journalist").order_by("deadline", "id")[:MOST]:
        text = f"{row} ({row.journalist})" if row.journalist else str(row)
        yield Entry(
            "deadline",
            row.pk,
            row.deadline,
            text,
            _("deadline"),
            row.desk_address,
            row.version,
            may,
            row.is_late,
        )


def _rights(first, last):
    rows = Image.objects.filter(rights_until__gte=first, rights_until__lte=last).defer("renditions")
    for row in rows.order_by("rights_until", "id")[:MOST]:
        address = reverse("admin:images_image_change", args=[row.pk])
        yield Entry("rights", row.pk, row.rights_until, str(row), _("rights end"), address)


def _form(model, row):
    return reverse(f"admin:articles_{model}_change", args=[row.pk])


def move(kind, pk, *, by, version, at):
    """Have a scheduled story go public, or an assignment end, at another moment; only for editors.

    Raises what the verbs raise, and Http404 if it is gone.
    """
    if kind == "deadline":
        get_object_or_404(Assignment.objects.seen_by(by), pk=pk).change(by=by, version=version, deadline=at)
        return
    article = get_object_or_404(Article, pk=pk)
    if not by.has_perm("articles.publish_article"):
        raise PermissionDenied(_("Your role does not allow this."))
    if not article.is_scheduled:
        raise ValidationError(article.not_now())
    if article.draft_revision_id:  # `publish` would take them along, read or not
        raise ValidationError(_("It has changes pending: open the article and schedule it there."))
    if at <= timezone.now():
        raise ValidationError(_("This date has gone by: choose a later one."))
    article.publish(by=by, version=version, at=at)

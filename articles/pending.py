"""Changes pending on a public story: dropped, or planned for a moment at which they go live by themselves.

Planned changes are a revision with `go_live_at`, approved as it is: what is saved after that stays pending. From their
moment on the story's page shows them because it looks (`due`), with no process alive; the schedule then writes
them to the row (`go_live_due`), which the lists, feeds and the search follow.
"""

import logging
from dataclasses import replace

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import pagecache
from accounts.models import record
from articles.content import Content

log = logging.getLogger(__name__)


class Pending:
    """The verbs for changes pending, of `articles.workflow.Workflow`."""

    @transaction.atomic
    def drop_changes(self, *, by, version):
        """Forget the changes pending; they stay among the revisions. What is planned, only who may publish drops."""
        self._require(by, "drop_changes")
        version = self._caught_up(version)
        if not self.draft_revision_id:
            raise ValidationError(self.not_now())
        keeps = self.is_planned and by is not None and not self._role_allows(by, "unplan")
        if self.is_planned and not keeps:
            pagecache.changed()  # before the row is locked, as every verb does
        values = {"draft_revision": self.planned_revision} if keeps else {"draft_revision": None}
        self._claim(version, submitted_at=None, **values)
        if self.is_planned and not keeps:
            self._plan(None)
        self._keep("restored", by=by, content=self.newest_content())
        self._write_references()
        record("drop changes", self, by=by)

    @transaction.atomic
    def plan(self, *, by, version, at, updated=False, asking=False):
        """Have the newest changes go live at `at`; `updated` tells readers then that it was updated.

        Raises what `publish` does for what is missing or doubtful.
        """
        self._require(by, "plan")
        content = self.newest_content()
        doubts = self.doubts_about(content, at)
        if at <= timezone.now():
            raise ValidationError({"go_live_at": _("This moment has gone by. Choose one still to come.")})
        if self.expires_at and self.expires_at <= at:
            raise ValidationError(
                {"go_live_at": _("The article is no longer public then. Choose an earlier moment.")}
            )
        self.keep_embargo(at, "go_live_at")
        passed = self._passed_over(doubts, asking)
        pagecache.changed()  # before the row is locked, as every verb does
        self._claim(version, submitted_at=None)
        kept = self._keep("planned", by=by, content=content, go_live_at=at, updated=updated)
        self._plan(kept)
        record("plan changes", self, by=by, at=at.isoformat(), **passed)

    @transaction.atomic
    def unplan(self, *, by, version):
        """Take back the moment at which changes were to go live; they stay pending."""
        self._require(by, "unplan")
        version = self._caught_up(version)
        if not self.is_planned:
            raise ValidationError(self.not_now())
        pagecache.changed()
        self._claim(version)
        self._plan(None)
        record("unplan changes", self, by=by)

    def _caught_up(self, version):
        """The version to go on from: what readers see already, though it is not yet written, is written first."""
        planned = self.planned_revision
        if planned is None or planned.go_live_at > timezone.now() or version != self.version:
            return version
        self.go_live()
        return self.version

    def _plan(self, revision):
        type(self).objects.filter(pk=self.pk).update(planned_revision=revision)
        self.planned_revision = revision
        self._write_references()

    @property
    def is_planned(self):
        """Whether changes go live at a moment that is set."""
        return self.planned_revision_id is not None

    @transaction.atomic
    def go_live(self):
        """Write the planned changes to the row; the schedule's verb. Raises `Conflict` if somebody was faster."""
        planned, draft = self.planned_revision, self.draft_revision
        content, _gone = self.still_there(Content.from_json(planned.content))
        if (
            content.section is None
        ):  # deleted meanwhile: the story stays where it is, it does not leave every list
            content = replace(content, section=self.section_id)
        values = {"planned_revision": None}
        if planned.updated:
            values["modified_at"] = planned.go_live_at
        if draft and Content.from_json(draft.content) == Content.from_json(planned.content):
            draft = None
            values |= {"draft_revision": None, "submitted_at": None}
        pagecache.changed()
        self._claim(self.version, **values)
        self.apply(content)
        live = self._keep("published", by=planned.by, content=Content.of(self), note=planned.note)
        values = {"live_revision": live}
        if draft:  # what was written since stands on the new state
            values["draft_revision"] = self._keep(
                "saved", by=draft.by, content=Content.from_json(draft.content)
            )
        type(self).objects.filter(pk=self.pk).update(**values)
        for name, revision in values.items():
            setattr(self, name, revision)
        self._write_references()
        record("publish", self, by=planned.by, at=planned.go_live_at.isoformat())
        self._say("publish", "", planned.by)


def _planned():
    return apps.get_model("articles", "Article").objects.filter(planned_revision__isnull=False)


def due(now=None):
    """`{article id: Content}` of the changes whose moment has come and that are not yet written to their rows."""
    return pagecache.once_per_change("articles.due", lambda: _due(now or timezone.now()))


def _due(now):
    rows = _planned().filter(planned_revision__go_live_at__lte=now)
    rows = rows.values_list("pk", "planned_revision__content")
    return {pk: Content.from_json(content) for pk, content in rows}


def next_boundary(now):
    """The next moment at which planned changes go live, or None."""
    later = _planned().filter(planned_revision__go_live_at__gt=now)
    return (
        later.order_by("planned_revision__go_live_at")
        .values_list("planned_revision__go_live_at", flat=True)
        .first()
    )


def go_live_due():
    """Write every planned change whose moment has come; one that fails is logged and stops no other."""
    ready = _planned().filter(planned_revision__go_live_at__lte=timezone.now())
    failed = []
    for article in ready.select_related("planned_revision__by", "draft_revision").order_by("pk"):
        try:
            article.go_live()
        except Exception as error:
            log.exception("The changes of article %s could not go live; it is tried again", article.pk)
            failed.append(error)
    if failed:
        raise ExceptionGroup("Some changes could not go live.", failed)

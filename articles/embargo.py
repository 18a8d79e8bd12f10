"""Embargo: nothing new of a story goes public before its moment, whoever presses the button."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class Embargo:
    """What `embargo_until` asks of the verbs of `articles.workflow.Workflow`."""

    @property
    def is_embargoed(self):
        """Whether its embargo is still to end."""
        return self.embargo_until is not None and self.embargo_until > timezone.now()

    def keep_embargo(self, at, field):
        """Raise `ValidationError` at `field` if what goes public at `at` (or now, if that is later) is too early."""
        if self.embargo_until and max(at, timezone.now()) < self.embargo_until:
            when = date_format(timezone.localtime(self.embargo_until), "DATETIME_FORMAT")
            sentence = _("It is under embargo until %(when)s: nothing of it goes public before.")
            raise ValidationError({field: sentence % {"when": when}})

    def _check_embargo(self, until, by):
        """Raise `ValidationError` if `by` may not set this embargo, or if something is to go public before it."""
        before = self.embargo_until
        lifted = before is not None and (until is None or until < before)
        if lifted and by is not None and not self._role_allows(by, "publish"):
            sentence = _("Only editors lift an embargo or bring it forward: ask one in a note.")
        elif until is None:
            return
        elif not self._plausible(until):
            sentence = _("This date is too far away. Choose one within the next five years.")
        elif until <= timezone.now():
            sentence = _("This moment has gone by. Choose one still to come.")
        elif self.is_scheduled and self.published_at < until:
            sentence = _("It is scheduled for an earlier moment: unschedule it first.")
        elif self.is_planned and self.planned_revision.go_live_at < until:
            sentence = _("Its changes go live at an earlier moment: unschedule them first.")
        else:
            return
        raise ValidationError({"embargo_until": sentence})

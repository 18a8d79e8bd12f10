"""Corrections: dated public notes on a story. One can be reworded or withdrawn, never removed.

What an earlier wording was, the audit trail keeps; a withdrawn note stays with who withdrew it, when and why.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import record
from articles import telling


class Correcting:
    """The verbs for corrections, of `articles.workflow.Workflow`. Each is an update of the story for its readers."""

    @transaction.atomic
    def correct(self, text, *, by, kind="correction"):
        """Add a dated public note."""
        self._require(by, "correct")
        correction = self.corrections.create(text=self._said(text), kind=kind, by=by)
        self._updated(correction.at)
        record("correct", self, by=by, kind=kind)
        telling.happened(self, "correct", by=by, note=correction.text)
        return correction

    @transaction.atomic
    def amend_correction(self, correction, *, by, version, kind, text):
        """Give a note another kind or wording; its date stays. Without a change nothing is written."""
        self._require(by, "amend_correction")
        text, before = self._said(text), {"kind": correction.kind, "text": correction.text}
        if before == {"kind": kind, "text": text} and version == correction.version:
            return
        now = timezone.now()
        self._claim_correction(correction, version, kind=kind, text=text, amended_at=now)
        self._updated(now)
        record("amend correction", self, by=by, **before)
        telling.happened(self, "amend correction", by=by, note=text)

    @transaction.atomic
    def withdraw_correction(self, correction, *, by, version, reason):
        """Take a note from the readers, because it was wrong itself; the desk keeps it, with the reason."""
        self._require(by, "withdraw_correction")
        reason = reason.strip()
        if not reason:
            raise ValidationError({"reason": _("Say why: it is kept with the note.")})
        now = timezone.now()
        self._claim_correction(
            correction, version, withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason[:500]
        )
        self._updated(now)
        kind, text = correction.kind, correction.text
        record("withdraw correction", self, by=by, kind=kind, text=text, reason=reason)
        telling.happened(self, "withdraw correction", by=by, note=reason)

    @staticmethod
    def _said(text):
        if not text.strip():
            raise ValidationError({"text": _("Say what was wrong, and what is right.")})
        return text.strip()

    def _claim_correction(self, correction, version, **values):
        """Write to a note that stands and is still at `version`. Raises `Conflict` otherwise."""
        from articles.workflow import Conflict  # it stands on this module

        rows = self.corrections.standing().filter(pk=correction.pk, version=version)
        if not rows.update(version=F("version") + 1, **values):
            raise Conflict(self)

    def _updated(self, at):
        type(self).objects.filter(pk=self.pk).update(modified_at=at)
        self.modified_at = at

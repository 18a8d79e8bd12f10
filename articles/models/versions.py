"""What is kept beside a story: its earlier states, corrections, notes and the keys for outsiders."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import pagecache


class Revision(models.Model):
    """A whole state of a story."""

    class Kind(models.TextChoices):
        SAVED = "saved", _("saved")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("sent back")
        PUBLISHED = "published", _("published")
        TAKEN_DOWN = "taken-down", _("taken down")
        RESTORED = "restored", _("restored")
        CONFLICT = "conflict", _("kept beside a faster one")
        PLANNED = "planned", _("planned")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()  # the article's version that this state made
    kind = models.CharField(max_length=20, choices=Kind.choices)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, max_length=2000)
    go_live_at = models.DateTimeField(null=True, blank=True)
    updated = models.BooleanField(default=False)  # whether readers are told then that the story was updated

    class Meta:
        ordering = ["-number", "-id"]
        indexes = [models.Index(fields=["article", "-number"], name="revision_newest")]

    def __str__(self):
        return f"{self.article_id} v{self.number}"

    @property
    def what(self):
        """Its kind in words; what became public only later was scheduled."""
        return _("scheduled") if self.go_live_at else self.get_kind_display()


class Autosave(models.Model):
    """What somebody has open in a tab and, once they type, what stands in the form: a row each, overwritten.

    It is no state of the story: nothing is checked, and nothing of it is ever public.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    article = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, related_name="autosaves"
    )  # of a story deleted meanwhile, it is offered for a new one
    tab = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)  # the article's when the form was opened
    fields = models.JSONField(
        null=True
    )  # as a browser sends a form: {name: [values]}; None until something is typed
    typed_at = models.DateTimeField(null=True)
    is_done = models.BooleanField(
        default=False
    )  # saved or thrown away: what this tab still sends comes too late
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )  # who went on with the story in this person's place

    def __str__(self):
        return f"{self.user_id} {self.article_id} {self.tab}"


class CorrectionQuerySet(pagecache.PublicQuerySet):
    def standing(self):
        """Those that readers see."""
        return self.filter(withdrawn_at=None)


class Correction(models.Model):
    """A dated public note on a story. Written by its verbs (`articles.correcting`); never deleted."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        RETRACTION = "retraction", _("Retraction")

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField(_("what was wrong, and what is right"), max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    amended_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"

    def delete(self, *args, **kwargs):
        raise TypeError("A correction is withdrawn, never deleted.")


class DeskNote(models.Model):
    """A note between the desk and a story's author."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"), max_length=2000)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.text[:60]


def month_from_now():
    return timezone.now() + timedelta(days=30)


class PreviewLink(models.Model):
    """A key that shows an unpublished state to someone without an account, until it ends or is revoked."""

    DAYS: ClassVar = {1: _("1 day"), 7: _("1 week"), 30: _("30 days")}  # how long it can be made to last

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=month_from_now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.article_id} {self.at:%Y-%m-%d}"

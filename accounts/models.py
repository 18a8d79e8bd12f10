"""Who works here: users, and the trail of what they did."""

from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import ADMINISTRATOR, EDITOR, JOURNALIST
from accounts.verbs import DETAILS, NOTICES, VERBS, WORDS, WRITTEN


class User(AbstractUser):
    """Someone who signs in to the desk. What they may do comes from their role: see `accounts.roles`."""

    language = models.CharField(
        _("language of the desk"),
        max_length=5,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leave empty to use the paper's language."),
    )
    mail = models.CharField(
        _("notifications by mail"),
        max_length=10,
        blank=True,
        choices=[("", _("Never")), ("mine", _("When I am named, and what happens to my stories"))],
        help_text=_("At the desk you see them in any case."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [
            models.Index(fields=["last_name"], opclasses=["varchar_pattern_ops"], name="user_surname"),
            models.Index(fields=["email"], opclasses=["varchar_pattern_ops"], name="user_email"),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def role(self):
        """The highest role held, in words; empty for none."""
        names = {group.name for group in self.groups.all()}
        if self.is_superuser or ADMINISTRATOR in names:
            return _("administrator")
        if EDITOR in names:
            return _("editor")
        return _("journalist") if JOURNALIST in names else ""


class AuditEntry(models.Model):
    """Who did what to what, and when. Written by the models' verbs; never changed, never deleted."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    verb = models.CharField(_("what"), max_length=40, db_index=True)
    target_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    target_id = models.BigIntegerField(null=True)
    label = models.CharField(_("of what"), max_length=300)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id", "-id"], name="audit_target")]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.what} – {self.label}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit trail is append-only.")

    @property
    def what(self):
        """The verb in words."""
        return VERBS.get(self.verb, self.verb)

    @property
    def told(self):
        """The detail in words, as (name, text) pairs."""
        return [
            (DETAILS.get(key) or self._field_named(key), self._worded(key, value))
            for key, value in self.detail.items()
            if value
        ]

    def _field_named(self, name):
        """What the target's form calls a field of it; the plain name of one that is gone."""
        try:
            return self.target_type.model_class()._meta.get_field(name).verbose_name
        except (AttributeError, FieldDoesNotExist):
            return name

    def _worded(self, key, value):
        if key == "fields":
            return ", ".join(str(self._field_named(name)) for name in value)
        if key == "along":
            return ", ".join(f"{_plural(name)}: {n}" for name, n in sorted(value.items()))
        if key in WRITTEN:
            return value
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            return WORDS.get(str(value), value)
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _plural(label):
    """What several of this model (`app.model`) are called; the label of one that is no more."""
    try:
        return apps.get_model(label)._meta.verbose_name_plural
    except LookupError:
        return label


class Notification(models.Model):
    """What somebody is told at the desk. Written by the models' verbs: see `accounts.notices.tell`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("user")
    )
    kind = models.CharField(max_length=40)  # one of `accounts.verbs.NOTICES`
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=300)
    address = models.CharField(max_length=300, db_index=True)  # a path of the desk
    note = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_newest"),
            models.Index(
                fields=["user"], name="notification_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]
        default_permissions = ()

    def __str__(self):
        return self.sentence

    @property
    def sentence(self):
        """What happened, in words."""
        return NOTICES[self.kind] % {"who": self.by or _("The system"), "what": self.label}


def record(verb, target, *, by, label="", **detail):
    """Add an entry to the audit trail about `target`, a saved model instance; `by` is None for the system."""
    return AuditEntry.objects.create(
        verb=verb,
        by=by,
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        label=(label or str(target))[:300],
        detail=detail,
    )


def names_of_deleted(model, ids):
    """`{id: name}` of those of this model's rows that the desk deleted, as the trail knows them. One query at most."""
    if not ids:
        return {}
    entries = AuditEntry.objects.filter(
        target_type=ContentType.objects.get_for_model(model), target_id__in=list(ids)
    )
    return dict(entries.filter(verb__startswith="delete").values_list("target_id", "label"))

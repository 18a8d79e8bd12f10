"""The picture library: each picture once, and what was really made of it."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import pagecache


class Image(models.Model):
    """A picture. `file` is the master: upright, sRGB, without metadata, and never public by its address.

    `renditions` lists what was made of it: `{"ratio": "full|16x9|4x3|1x1|share", "width", "height", "format":
    "avif|webp|jpeg", "name", "bytes"}` each, so that a page needs no further query to show it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be prepared")

    file = models.FileField(upload_to="masters/", max_length=200, editable=False)
    title = models.CharField(_("name"), max_length=200, blank=True, help_text=_("To find it again; readers do not see it."))
    alt = models.CharField(
        _("description for those who do not see it"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, in a sentence. A story needs it to be published."),
    )
    caption = models.TextField(_("caption"), max_length=600, blank=True, help_text=_("Who, where, when."))
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Such as: Name / agency."))
    rights = models.CharField(_("rights"), max_length=300, blank=True, help_text=_("What was agreed, for the desk only."))
    rights_until = models.DateField(_("rights end"), null=True, blank=True)
    focal_x = models.PositiveSmallIntegerField(_("focal point, from the left"), default=50, validators=[MinValueValidator(0), MaxValueValidator(100)])
    focal_y = models.PositiveSmallIntegerField(_("focal point, from the top"), default=50, validators=[MinValueValidator(0), MaxValueValidator(100)])
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)  # of the bytes that were uploaded
    dhash = models.CharField(max_length=16, blank=True, db_index=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True, editable=False)
    error = models.CharField(max_length=500, blank=True, editable=False)
    renditions = models.JSONField(default=list, editable=False)

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        indexes = [models.Index(fields=["rights_until"], name="image_rights", condition=models.Q(rights_until__isnull=False))]
        permissions = [("change_any_image", _("Can change anyone's pictures"))]

    def __str__(self):
        return self.title or f"#{self.pk}"

    @property
    def is_ready(self):
        """Whether there is something to show."""
        return bool(self.renditions)

    def rendition(self, ratio, width, format):
        """The narrowest rendition of this ratio and format at least `width` wide, else the widest; None if none."""
        found = sorted(
            (r for r in self.renditions if r["ratio"] == ratio and r["format"] == format), key=lambda r: r["width"]
        )
        return next((r for r in found if r["width"] >= width), found[-1] if found else None)

    def url(self, ratio="full", width=800, format="jpeg"):
        """The address of that rendition (see `rendition`), "" if there is none."""
        found = self.rendition(ratio, width, format)
        return default_storage.url(found["name"]) if found else ""

    def _absolute(self, ratio, origin):
        address = self.url(ratio, 1200, "jpeg")
        return origin + address if address.startswith("/") else address

    def jsonld_urls(self, origin):
        """Addresses of the three crops that structured data asks for: 1:1, 4:3, 16:9."""
        return [address for ratio in ("1x1", "4x3", "16x9") if (address := self._absolute(ratio, origin))]

    def share_url(self, origin):
        """The address of the 1200×630 crop for share cards; "" if there is none."""
        return self._absolute("share", origin)

    def rendition_for_feed(self, origin):
        """`{"url", "width", "height", "bytes", "type"}` of the JPEG for feeds; None if there is none."""
        found = self.rendition("full", 1200, "jpeg")
        if found is None:
            return None
        return {key: found[key] for key in ("width", "height", "bytes")} | {
            "url": self._absolute("full", origin), "type": "image/jpeg",
        }  # fmt: skip

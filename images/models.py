"""The picture library: each picture once, what was really made of it, and the words to find it by."""

from functools import partial
from operator import itemgetter

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models, transaction
from django.db.models.deletion import ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

import pagecache
from images import usage
from images.words import LONGEST, words

MOST_TERMS = 6  # words of a search that are looked at


class ImageQuerySet(pagecache.PublicQuerySet):
    def matching(self, text):
        """Those with every word of `text` (or a word beginning like it) in their name, texts or credit."""
        found = self
        for term in sorted(words(text))[:MOST_TERMS]:
            found = found.filter(pk__in=Word.objects.beginning(term).values("image"))
        return found

    def delete(self):
        """Delete the rows and, after the commit, their files. Raises ProtectedError if one is in use."""
        doomed = list(self.only("pk", "file", "renditions", "title"))
        _refuse_used(doomed)
        with transaction.atomic():
            deleted = super().delete()
            transaction.on_commit(partial(_remove_files, [name for image in doomed for name in image.files]))
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class Image(models.Model):
    """A picture. `file` is the master: upright, sRGB, without metadata, and never public by its address.

    `renditions` lists what was made of it: `{"ratio": "full|16x9|4x3|1x1|share", "width", "height", "format":
    "avif|webp|jpeg", "name", "bytes"}` each, so that a page needs no further query to show it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be prepared")

    class Problem(models.TextChoices):
        DISK = "disk", _("The disk is full. Tell the administrator, then make the sizes again.")
        UNREADABLE = "unreadable", _("The stored picture cannot be read. Upload it again under another name.")
        OTHER = "other", _("Something unexpected happened; the log says what. Make the sizes again.")

    FOCAL = (MinValueValidator(0), MaxValueValidator(100))
    SEARCHED = {"title", "alt", "caption", "credit"}
    MADE = {"renditions", "state", "error"}  # the background's: what a form holds of them may be old

    file = models.FileField(upload_to="masters/", max_length=200, editable=False)
    title = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("To find it again; readers do not see it.")
    )
    alt = models.CharField(
        _("description for those who do not see it"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, in a sentence. A story needs it to be published."),
    )
    caption = models.TextField(_("caption"), max_length=600, blank=True, help_text=_("Who, where, when."))
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Such as: Name / agency."))
    rights = models.CharField(
        _("rights"), max_length=300, blank=True, help_text=_("What was agreed, for the desk only.")
    )
    rights_until = models.DateField(
        _("rights end"), null=True, blank=True, help_text=_("After this day no new story can use it.")
    )
    focal_x = models.PositiveSmallIntegerField(_("focal point, from the left"), default=50, validators=FOCAL)
    focal_y = models.PositiveSmallIntegerField(_("focal point, from the top"), default=50, validators=FOCAL)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)  # of the bytes that were uploaded
    dhash = models.CharField(max_length=16, blank=True, db_index=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True, editable=False
    )
    error = models.CharField(max_length=20, blank=True, choices=Problem.choices, editable=False)
    renditions = models.JSONField(default=list, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["rights_until"], name="image_rights", condition=models.Q(rights_until__isnull=False)
            )
        ]
        permissions = [("change_any_image", _("Can change anyone's pictures"))]

    def __str__(self):
        return self.title or say("Picture %(number)s") % {"number": self.pk}

    def save(self, *args, update_fields=None, **kwargs):
        """Save the row, but for what the background writes (`MADE`), and the words it is found by."""
        if update_fields is None and not self._state.adding:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            update_fields = names - self.MADE - self.get_deferred_fields()
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            if update_fields is None or self.SEARCHED & set(update_fields):
                self._write_words()

    def delete(self, *args, **kwargs):
        """Delete the row and, after the commit, its files. Raises ProtectedError if it is in use."""
        _refuse_used([self])
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            transaction.on_commit(partial(_remove_files, self.files))
        return deleted

    def refresh_made(self):
        """Read again what the background writes."""
        self.refresh_from_db(fields=self.MADE)

    @property
    def is_ready(self):
        """Whether there is something to show."""
        return bool(self.renditions)

    @property
    def files(self):
        """The names of all its files in the storage."""
        return [self.file.name, *(row["name"] for row in self.renditions)]

    def used_in(self):
        """Where it is used: `[(words, admin address)]`."""
        return usage.of([self.pk])[self.pk]

    def rendition(self, ratio, width, format):
        """The narrowest rendition of this ratio and format from `width` up, else the widest; None if none."""
        found = [row for row in self.renditions if row["ratio"] == ratio and row["format"] == format]
        enough = [row for row in found if row["width"] >= width]
        if enough:
            return min(enough, key=itemgetter("width"))
        return max(found, key=itemgetter("width"), default=None)

    def url(self, ratio="full", width=800, format="jpeg"):
        """The address of that rendition (see `rendition`), "" if there is none."""
        found = self.rendition(ratio, width, format)
        return default_storage.url(found["name"]) if found else ""

    def desk_url(self, width=400):
        """Where the desk sees it small: a rendition, or the master made smaller while there is none."""
        return self.url("full", width, "webp") or reverse("admin:images_image_thumb", args=[self.pk])

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
        size = {key: found[key] for key in ("width", "height", "bytes")}
        return size | {"url": self._absolute("full", origin), "type": "image/jpeg"}

    def _absolute(self, ratio, origin):
        address = self.url(ratio, 1200, "jpeg")
        return origin + address if address.startswith("/") else address

    def _write_words(self):
        wanted = words(" ".join(getattr(self, name) for name in self.SEARCHED))
        there = set(self.words.values_list("word", flat=True))
        if gone := there - wanted:
            self.words.filter(word__in=gone).delete()
        Word.objects.bulk_create(
            [Word(image=self, word=word) for word in sorted(wanted - there)], ignore_conflicts=True
        )


class WordQuerySet(models.QuerySet):
    def beginning(self, term):
        """Those that begin with `term`, by the index: SQLite uses none for LIKE."""
        if connection.vendor == "sqlite":
            return self.filter(word__gte=term, word__lt=term + "\U0010ffff")
        return self.filter(word__startswith=term)


class Word(models.Model):
    """A word by which a picture is found; written by `Image.save`."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="words")
    word = models.CharField(max_length=LONGEST, db_index=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "word"], name="image_word_once")]

    def __str__(self):
        return self.word


def _refuse_used(images):
    used = usage.of([image.pk for image in images])
    if doomed := {image for image in images if used[image.pk]}:
        raise ProtectedError(
            say("A picture in use cannot be deleted. Take it out of the stories first."), doomed
        )


def _remove_files(names):
    for name in names:
        default_storage.delete(name)

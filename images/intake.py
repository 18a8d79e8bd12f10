"""Taking a picture into the library."""

import hashlib
import re
import secrets
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import record
from images import embedded, reading, tasks
from images.disk import is_disk_full
from images.models import Image

LIKE = 4  # bits in which two fingerprints of one picture may differ
NEWEST = 1000  # pictures among which we look for one that is nearly the same


class Duplicate(ValidationError):
    """The library has this very file already: as `existing`."""

    def __init__(self, existing):
        super().__init__(_("This picture is in the library already, as “%(name)s”.") % {"name": existing})
        self.existing = existing


def receive(uploaded, *, by, credit="", title=""):
    """Take an uploaded file into the library; its renditions are made in the background.

    `credit` and `title` stand if the file itself has none; without a title it gets the file's name.

    Raises `ValidationError` with a sentence if it cannot be taken, `Duplicate` if it is there already.
    The picture given back has `notices`: sentences about what was done to it and what it resembles.
    """
    if not uploaded.size:
        raise ValidationError(_("This file is empty. Choose another one."))
    if uploaded.size > reading.MOST_BYTES:
        raise ValidationError(
            _("This file is larger than 40 MB. Save the picture smaller and upload it again.")
        )
    digest = _digest(uploaded)
    existing = Image.objects.filter(sha256=digest).first()
    if existing:
        raise Duplicate(existing)
    with reading.opened(uploaded) as opened:
        told, moves = embedded.told(opened), reading.moves(opened)
        picture = reading.decoded(opened)
    told["title"] = told["title"] or " ".join(title.split())[:200] or _name_in_words(uploaded.name)
    told["credit"] = told["credit"] or " ".join(credit.split())[:200]
    image = Image(
        width=picture.width,
        height=picture.height,
        sha256=digest,
        dhash=reading.dhash(picture),
        uploaded_by=by,
        **told,
    )
    _keep(image, *_encoded(picture))
    image.notices = _notices(image, moves)
    return image


def looks_like(image):
    """A picture of the library that is nearly the same, or None: a hint, not a verdict.

    The same fingerprint is found however old it is, a similar one among the newest.
    """
    if not int(image.dhash or "0", 16):
        return None  # one flat colour resembles every other
    others = Image.objects.exclude(pk=image.pk)
    if same := others.filter(dhash=image.dhash).first():
        return same
    mine = int(image.dhash, 16)
    for pk, theirs in others.order_by("-pk").values_list("pk", "dhash")[:NEWEST]:
        if theirs and (mine ^ int(theirs, 16)).bit_count() <= LIKE:
            return others.filter(pk=pk).first()
    return None


def _digest(uploaded):
    digest = hashlib.sha256()
    for chunk in uploaded.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _encoded(picture):
    out = BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG")
        return out.getvalue(), "png"
    picture.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return out.getvalue(), "jpg"


def _keep(image, master, ending):
    """Store the master, the row and its entry in the trail together: if one cannot be, none is."""
    name = f"masters/{timezone.now():%Y/%m}/{secrets.token_hex(16)}.{ending}"
    with _nothing_half_done(name, image.sha256):
        image.file.name = default_storage.save(name, ContentFile(master))
        with transaction.atomic():
            image.save()
            tasks.make_again(image)
            record("add image", image, by=image.uploaded_by)


@contextmanager
def _nothing_half_done(name, digest):
    try:
        yield
    except BaseException as error:
        default_storage.delete(name)
        if isinstance(error, IntegrityError) and (existing := Image.objects.filter(sha256=digest).first()):
            raise Duplicate(existing) from error  # the same file came twice at once
        if is_disk_full(error):
            raise ValidationError(
                _("The disk is full: the picture was not kept. Tell the administrator, then upload it again.")
            ) from error
        raise


def _notices(image, moves):
    found = []
    if moves:
        found.append(_("It is animated: its first image was kept, as a still picture."))
    if like := looks_like(image):
        found.append(_("It resembles “%(name)s”, which is in the library already.") % {"name": like})
    return found


def _name_in_words(name):
    stem = re.sub(r"\.\w{1,5}$", "", (name or "").replace("\\", "/").rsplit("/", 1)[-1])
    printable = "".join(letter if letter.isprintable() else " " for letter in stem)
    return " ".join(re.sub(r"[_\s-]+", " ", printable).split())[:200]

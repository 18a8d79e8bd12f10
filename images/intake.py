"""Taking a picture into the library."""

import errno
import hashlib
import re
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from images import reading
from images.models import Image
from images.tasks import make_renditions


class Duplicate(ValidationError):
    """The library has this very file already: as `existing`."""

    def __init__(self, existing):
        super().__init__(_("This picture is in the library already, as “%(name)s”.") % {"name": existing})
        self.existing = existing


def receive(uploaded, *, by):
    """Take an uploaded file into the library; its renditions are made in the background.

    Raises `ValidationError` with a sentence if it cannot be taken, `Duplicate` if it is there already.
    """
    if uploaded.size > reading.MOST_BYTES:
        raise ValidationError(_("This file is larger than 40 MB. Save the picture smaller and upload it again."))
    data = uploaded.read()
    digest = hashlib.sha256(data).hexdigest()
    existing = Image.objects.filter(sha256=digest).first()
    if existing:
        raise Duplicate(existing)
    with reading.opened(data) as opened:
        told = reading.told(opened)
        picture = reading.decoded(opened)
    master, ending = _encoded(picture)
    told["title"] = told["title"] or _name_in_words(uploaded.name)
    image = Image(
        width=picture.width, height=picture.height, sha256=digest, dhash=reading.dhash(picture), uploaded_by=by, **told
    )
    try:
        image.file.save(f"{digest[:2]}/{digest[:32]}.{ending}", ContentFile(master), save=False)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ValidationError(
                _("The disk is full: the picture was not kept. Tell the administrator, then try again.")
            ) from error
        raise
    try:
        with transaction.atomic():
            image.save()
            make_renditions.enqueue(image.pk)
    except IntegrityError:
        image.file.delete(save=False)
        raise Duplicate(Image.objects.get(sha256=digest)) from None
    except BaseException:
        image.file.delete(save=False)
        raise
    return image


def looks_like(image):
    """Another picture of the library with the same fingerprint, or None: a hint, not a verdict."""
    return Image.objects.filter(dhash=image.dhash).exclude(pk=image.pk).first() if image.dhash else None


def _encoded(picture):
    out = BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG")
        return out.getvalue(), "png"
    picture.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return out.getvalue(), "jpg"


def _name_in_words(name):
    stem = re.sub(r"\.\w{1,5}$", "", (name or "").replace("\\", "/").rsplit("/", 1)[-1])
    return " ".join(re.sub(r"[_\s-]+", " ", re.sub(r"[\x00-\x1f]", "", stem)).split())[:200]

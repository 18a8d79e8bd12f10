"""Making a picture's renditions: AVIF and WebP at four widths in four shapes, JPEG for feeds, cards and crawlers."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image as Picture

from images.models import Image

WIDTHS = [400, 800, 1200, 1600]
RATIOS = {"full": None, "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0}
SHARE = (1200, 630)  # Open Graph's card
JPEG_WIDTH = 1200
ENCODERS = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpeg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


def crop_box(width, height, ratio, focal_x, focal_y):
    """The largest box of this ratio (width / height), as near round the focal point (0–100 each) as the edges allow."""
    if ratio is None:
        return 0, 0, width, height
    box_width, box_height = (width, round(width / ratio)) if width / height <= ratio else (round(height * ratio), height)
    left = min(max(round(width * focal_x / 100 - box_width / 2), 0), width - box_width)
    top = min(max(round(height * focal_y / 100 - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def make(image):
    """Make every rendition of `image`, then switch the row to them and remove the old files.

    A picture that cannot be made into them is marked as failed, with the reason.
    """
    try:
        made = list(_made(image))
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        Image.objects.filter(pk=image.pk).update(state=Image.State.FAILED, error=f"{type(error).__name__}: {error}"[:500])
        image.refresh_from_db()
        return
    old = {rendition["name"] for rendition in image.renditions} - {rendition["name"] for rendition in made}
    with transaction.atomic():
        Image.objects.filter(pk=image.pk).update(renditions=made, state=Image.State.READY, error="")
        transaction.on_commit(lambda: remove(old))
    image.refresh_from_db()


def remove(names):
    """Remove these files from the storage; those that are gone already do not matter."""
    for name in names:
        default_storage.delete(name)


def _made(image):
    with image.file.open("rb") as file, Picture.open(file, formats=["JPEG", "PNG"]) as master:
        master.load()
        for name, ratio in RATIOS.items():
            box = crop_box(master.width, master.height, ratio, image.focal_x, image.focal_y)
            yield from _sizes(image, name, master.crop(box) if ratio else master)
        box = crop_box(master.width, master.height, SHARE[0] / SHARE[1], image.focal_x, image.focal_y)
        card = master.crop(box).resize(SHARE, Picture.Resampling.LANCZOS, reducing_gap=3)
        yield _stored(image, "share", _flat(card), "jpeg")


def _sizes(image, name, picture):
    """This shape at each width up to its own, from the widest down, each made from the one before."""
    widths = [width for width in WIDTHS if width <= picture.width] or [picture.width]
    jpeg_at = max((width for width in widths if width <= JPEG_WIDTH), default=widths[0])
    if name != "full" and picture.width < JPEG_WIDTH:
        jpeg_at = max(widths)
    for width in reversed(widths):
        size = width, max(1, round(picture.height * width / picture.width))
        picture = picture.resize(size, Picture.Resampling.LANCZOS, reducing_gap=3)
        for format in ("avif", "webp"):
            yield _stored(image, name, picture, format)
        if width == jpeg_at:
            yield _stored(image, name, _flat(picture), "jpeg")


def _flat(picture):
    """Without transparency, on white: JPEG has none."""
    if picture.mode != "RGBA":
        return picture
    ground = Picture.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _stored(image, ratio, picture, format):
    kind, options = ENCODERS[format]
    out = BytesIO()
    picture.save(out, kind, **options)
    data = out.getvalue()
    ending = "jpg" if format == "jpeg" else format
    digest = hashlib.sha256(data).hexdigest()[:10]
    name = f"renditions/{image.sha256[:2]}/{image.sha256[2:14]}-{ratio}-{picture.width}.{digest}.{ending}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(data))
    return {
        "ratio": ratio, "width": picture.width, "height": picture.height, "format": format, "name": name, "bytes": len(data),
    }  # fmt: skip

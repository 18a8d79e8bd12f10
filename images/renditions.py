"""Making a picture's renditions: AVIF and WebP at four widths in four shapes, JPEG for feeds and cards."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Picture

WIDTHS = (400, 800, 1200, 1600)
RATIOS = {"full": None, "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0}
CARD = (1200, 630)  # Open Graph's, as `share`
JPEG_WIDTH = 1200  # structured data asks for at least that
ENCODERS = {
    # One step faster each than what is smallest: a third of the time for 7 % more bytes.
    "avif": ("AVIF", "avif", {"quality": 55, "speed": 9}),
    "webp": ("WEBP", "webp", {"quality": 78, "method": 2}),
    "jpeg": ("JPEG", "jpg", {"quality": 80, "optimize": True, "progressive": True}),
}


def crop_box(width, height, ratio, focal_x, focal_y):
    """The largest box of this ratio (width / height), centred on the focal point if it can be."""
    if ratio is None:
        return 0, 0, width, height
    if width <= height * ratio:
        box_width, box_height = width, max(1, round(width / ratio))
    else:
        box_width, box_height = max(1, round(height * ratio)), height
    left = min(max(round(width * focal_x / 100 - box_width / 2), 0), width - box_width)
    top = min(max(round(height * focal_y / 100 - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def widths(native):
    """The widths to make of a crop `native` pixels wide: none beyond, its own where it falls between."""
    chosen = [width for width in WIDTHS if width <= native]
    if native < WIDTHS[-1] and (not chosen or native >= 1.1 * chosen[-1]):
        chosen.append(native)
    return chosen


def encode(image):
    """Make and store the files of every rendition; the rows that describe them. Asks no database."""
    return list(_made(image))


def remove(names):
    """Remove these files from the storage; those that are gone already do not matter."""
    for name in names:
        default_storage.delete(name)


def _made(image):
    with image.file.open("rb") as file, Picture.open(file, formats=["JPEG", "PNG"]) as master:
        master.load()
        made = {}
        for ratio, value in RATIOS.items():
            box = crop_box(*master.size, value, image.focal_x, image.focal_y)
            if box not in made:
                made[box] = list(_sizes(image, ratio, master, box))
            yield from [row | {"ratio": ratio} for row in made[box]]  # a 4:3 picture whole is its own 4:3
        box = crop_box(*master.size, CARD[0] / CARD[1], image.focal_x, image.focal_y)
        card = master.resize(CARD, Picture.Resampling.LANCZOS, box=box, reducing_gap=3)
        yield _stored(image, "share", card, "jpeg")


def _sizes(image, ratio, master, box):
    """This shape at each of its widths: the widest from the master, each other from the one before."""
    picture, native = master, box[2] - box[0]
    height = box[3] - box[1]
    chosen = widths(native)
    jpeg_at = max(width for width in chosen if width <= JPEG_WIDTH or width == chosen[0])
    for width in reversed(chosen):
        size = width, max(1, round(height * width / native))
        picture = picture.resize(size, Picture.Resampling.LANCZOS, box=box, reducing_gap=3)
        box = None
        for form in ("avif", "webp", *(["jpeg"] if width == jpeg_at else [])):
            yield _stored(image, ratio, picture, form)


def _flat(picture):
    """Without transparency, on white: JPEG has none."""
    if picture.mode != "RGBA":
        return picture
    ground = Picture.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _stored(image, ratio, picture, form):
    """Encode and store one rendition. The name holds a hash of the bytes: what it names never changes."""
    kind, ending, options = ENCODERS[form]
    out = BytesIO()
    (_flat(picture) if form == "jpeg" else picture).save(out, kind, **options)
    data = out.getvalue()
    digest = hashlib.sha256(data).hexdigest()[:16]
    name = f"renditions/{image.pk // 1000}/{image.pk}-{ratio}-{picture.width}-{digest}.{ending}"
    write(name, data)
    row = {"ratio": ratio, "width": picture.width, "height": picture.height}
    return row | {"format": form, "name": name, "bytes": len(data)}


def write(name, data):
    """Store these bytes under a name that holds a hash; does nothing if they are there."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return
        default_storage.delete(name)  # half of it, from when the disk was full or the power went
    try:
        stored = default_storage.save(name, ContentFile(data))
    except OSError:
        default_storage.delete(name)
        raise
    if stored != name:  # another process wrote the same bytes meanwhile
        default_storage.delete(stored)

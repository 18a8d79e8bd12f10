"""Opening a picture that a stranger sent: every refusal is a sentence that says what to do."""

import io
import logging
import math
import warnings
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image as Picture
from PIL import ImageCms

log = logging.getLogger(__name__)

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"]
MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000
LEAST_SIDE = 16
LONGEST_SIDE = 4096  # of the master
ENOUGH = 3200  # twice the widest rendition: a JPEG may be halved down to that while it is read

# What people send by mistake, by its first bytes.
_MISTAKES = [
    (b"%!PS", gettext_lazy("This is a PostScript file. Export it as PNG and upload that.")),
    (b"%PDF", gettext_lazy("This is a PDF. Export the page as PNG or JPEG and upload that.")),
    (b"II*\0", gettext_lazy("This is a TIFF or a camera's raw file. Export it as JPEG and upload that.")),
    (b"MM\0*", gettext_lazy("This is a TIFF or a camera's raw file. Export it as JPEG and upload that.")),
    (b"8BPS", gettext_lazy("This is a Photoshop file. Export it as JPEG or PNG and upload that.")),
]
_UPRIGHT = {
    2: Picture.Transpose.FLIP_LEFT_RIGHT,
    3: Picture.Transpose.ROTATE_180,
    4: Picture.Transpose.FLIP_TOP_BOTTOM,
    5: Picture.Transpose.TRANSPOSE,
    6: Picture.Transpose.ROTATE_270,
    7: Picture.Transpose.TRANSVERSE,
    8: Picture.Transpose.ROTATE_90,
}  # by the value of EXIF's tag 0x0112


@contextmanager
def opened(file):
    """The picture in this binary file, known by its content, its size checked, its pixels not decoded yet.

    Raises ValidationError if it is none of `FORMATS`, too large or too small.
    """
    from pillow_heif import register_heif_opener

    register_heif_opener()
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            picture = Picture.open(file, formats=FORMATS)
    except Picture.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception as error:  # a forged header makes a decoder raise whatever it likes
        raise _not_a_picture(file) from error
    with picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_pixels()
        if min(picture.size) < LEAST_SIDE:
            raise ValidationError(
                _("This picture is only %(width)s × %(height)s pixels. Upload it in its original size.")
                % {"width": picture.width, "height": picture.height}
            )
        yield picture


def _too_many_pixels():
    return ValidationError(
        _("This picture has more than 50 megapixels. Save it smaller and upload it again.")
    )


def _not_a_picture(file):
    file.seek(0)
    head = file.read(1024)
    if b"<svg" in head:
        return ValidationError(_("SVG drawings are not taken. Export it as PNG and upload that."))
    for start, sentence in _MISTAKES:
        if head.startswith(start):
            return ValidationError(sentence)
    return ValidationError(
        _(
            "This file is not a picture, whatever its name says. "
            "Upload a JPEG, PNG, WebP, AVIF, GIF or HEIC file."
        )
    )


def moves(picture):
    """Whether it is an animation, of which only the first image is kept."""
    return picture.format != "MPO" and bool(getattr(picture, "is_animated", False))


def decoded(picture):
    """The picture decoded, upright, in sRGB, mode RGB or RGBA, at most `LONGEST_SIDE` long, without metadata.

    Raises ValidationError if its data is damaged. Memory at its peak (measured): 100 MB for a JPEG, up to sixteen
    bytes a pixel for the other formats.
    """
    try:
        picture.seek(0)
        _skip_detail(picture)
        picture.load()
        profile = picture.info.get("icc_profile")
        orientation = _orientation(picture)
        picture = _plain_mode(picture)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Picture.Resampling.LANCZOS, reducing_gap=3)
    except Exception as error:  # what is cut off or forged makes a decoder raise whatever it likes
        log.info("A picture could not be decoded: %r", error)
        raise ValidationError(
            _("This picture is damaged or incomplete. Open it, save it again and upload the new file.")
        ) from error
    if orientation in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[orientation])
    picture = _in_srgb(picture, profile)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _skip_detail(picture):
    """Have the JPEG decoder halve a picture that is too large anyway: a quarter of the memory."""
    if max(picture.size) > LONGEST_SIDE:
        scale = ENOUGH / max(picture.size)
        picture.draft(None, [math.ceil(side * scale) for side in picture.size])


def _orientation(picture):
    try:
        return picture.getexif().get(0x0112, 1)
    except Exception as error:  # EXIF as broken as it comes: then nobody can say which way is up
        log.info("Unreadable EXIF: %r", error)
        return 1


def _plain_mode(picture):
    """One of RGB, RGBA, L, CMYK, with eight bits."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256, "L")  # convert() would make everything over 255 white
    if picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "RGBA", "L", "CMYK") else picture.convert("RGB")


def _in_srgb(picture, profile):
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        alpha = picture.getchannel("A") if wanted == "RGBA" else None
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if not ImageCms.getProfileDescription(source).startswith("sRGB"):
                picture = ImageCms.profileToProfile(
                    picture.convert("RGB") if alpha else picture,
                    source,
                    ImageCms.createProfile("sRGB"),
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    outputMode="RGB",
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                if alpha:
                    picture.putalpha(alpha)
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            log.info("A colour profile is left out: %s", error)
    return picture if picture.mode == wanted else picture.convert(wanted)


def dhash(picture):
    """A fingerprint that survives resizing, 16 hex digits: which of two neighbours is brighter."""
    small = picture.convert("L").resize((9, 8), Picture.Resampling.BOX).tobytes()
    pairs = [(row * 9 + column, row * 9 + column + 1) for row in range(8) for column in range(8)]
    return f"{sum((small[a] > small[b]) << place for place, (a, b) in enumerate(pairs)):016x}"

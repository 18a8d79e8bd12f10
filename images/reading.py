"""Opening a picture that a stranger sent: every refusal is a sentence that says what to do."""

import warnings
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageCms, ImageOps, IptcImagePlugin

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"]
MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096  # of the master


@contextmanager
def opened(data):
    """The picture in these bytes, header read and size checked, pixels not decoded yet. Raises ValidationError."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    if len(data) > MOST_BYTES:
        raise ValidationError(_("This file is larger than 40 MB. Save the picture smaller and upload it again."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            picture = Picture.open(BytesIO(data), formats=FORMATS)
    except Picture.DecompressionBombError:
        raise too_many_pixels() from None
    except Exception:  # whatever a broken header makes a decoder raise
        raise ValidationError(
            _("This file is not a picture we can read. Upload a JPEG, PNG, WebP, AVIF, GIF or HEIC file.")
        ) from None
    with picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise too_many_pixels()
        yield picture


def too_many_pixels():
    return ValidationError(_("This picture has more than 50 megapixels. Save it smaller and upload it again."))


def told(picture):
    """Credit and caption as the file's IPTC and EXIF tell them: `{"credit", "caption", "title"}`."""
    found = {"credit": "", "caption": "", "title": ""}
    try:
        iptc = IptcImagePlugin.getiptcinfo(picture) or {}
    except Exception:  # a broken block is no reason to refuse the picture
        iptc = {}

    def line(*number):
        value = iptc.get(number)
        value = value[0] if isinstance(value, list) else value
        if not value:
            return ""
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        return " ".join(text.replace("\x00", "").split())

    by, agency = line(2, 80), line(2, 110)
    found["credit"] = " / ".join(dict.fromkeys(filter(None, [by, agency]))) or line(2, 116)
    found["caption"], found["title"] = line(2, 120), line(2, 105) or line(2, 5)
    try:
        exif = picture.getexif()
    except Exception:
        exif = {}
    words = {key: " ".join(str(exif.get(tag, "")).replace("\x00", "").split()) for key, tag in
             (("artist", 0x013B), ("copyright", 0x8298), ("description", 0x010E))}  # fmt: skip
    found["credit"] = found["credit"] or words["artist"] or words["copyright"]
    found["caption"] = found["caption"] or words["description"]
    return {"credit": found["credit"][:200], "caption": found["caption"][:600], "title": found["title"][:200]}


def decoded(picture):
    """The picture decoded, upright, in sRGB, mode RGB or RGBA, at most `LONGEST_SIDE` long. Raises ValidationError."""
    try:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE)) if picture.format == "JPEG" and picture.mode == "RGB" else None
        picture.load()
        profile = picture.info.get("icc_profile")
        picture = ImageOps.exif_transpose(picture)
    except Exception:  # truncated data raises whatever the decoder likes
        raise ValidationError(_("This picture is damaged: part of it is missing. Save it again and upload it.")) from None
    picture = _to_srgb(picture, profile)
    if max(picture.size) > LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Picture.Resampling.LANCZOS, reducing_gap=3)
    return picture


def _to_srgb(picture, profile):
    if picture.mode in ("I;16", "I;16L", "I;16B", "I", "F"):
        # convert() would cut everything over 255 to white
        low, high = picture.getextrema()
        scale = 255 / 65535 if high > 255 else 1
        picture = picture.convert("F").point(lambda value: value * scale).convert("L")
        profile = None
    alpha = "A" in picture.getbands() or "transparency" in picture.info
    if picture.mode == "P":
        picture = picture.convert("RGBA" if alpha else "RGB")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mask = picture.getchannel("A") if picture.mode == "RGBA" else None
            base = picture.convert("RGB") if picture.mode == "RGBA" else picture
            base = ImageCms.profileToProfile(base, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if mask:
                base.putalpha(mask)
            picture = base
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the numbers are taken as sRGB
    wanted = "RGBA" if alpha else "RGB"
    picture = picture if picture.mode == wanted else picture.convert(wanted)
    picture.info = {}
    return picture


def dhash(picture):
    """A 64-bit fingerprint, 16 hex digits, that survives resizing: which of two neighbours is brighter, 8 × 8 times."""
    small = picture.convert("L").resize((9, 8), Picture.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (small[row * 9 + column] > small[row * 9 + column + 1])
    return f"{bits:016x}"

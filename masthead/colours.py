"""Contrast between a colour and the paper it stands on."""

import math
import re

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

# `--paper-1` of static/css: the darkest light and the lightest dark ground that text stands on (lightness,
# chroma, hue of OKLCH). What is legible on it is so on `--paper-0`.
TINTS = {"light": (0.956, 0.012, 80), "dark": (0.23, 0.008, 70)}
LEAST = 7  # WCAG 2.2, 1.4.6


def contrast_on_tint(colour, scheme):
    """The contrast ratio (1 to 21, WCAG 2.2) of "#rrggbb" with the tint of the scheme "light" or "dark"."""
    pair = sorted((luminance(linear_of_hex(colour)), luminance(linear_of_oklch(*TINTS[scheme]))))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


def luminance(linear):
    """Relative luminance (WCAG 2.2) of linear sRGB."""
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def linear_of_hex(colour):
    """Linear sRGB, three numbers from 0 to 1, of "#rrggbb". Raises ValueError if it is not a colour."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour")
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def linear_of_oklch(lightness, chroma, hue):
    """Linear sRGB of an OKLCH colour (CSS Color 4, section 18: lightness from 0 to 1, hue in degrees)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [min(1, max(0, part)) for part in linear]


def hex_of_oklch(lightness, chroma, hue):
    """The same as "#rrggbb"."""
    linear = linear_of_oklch(lightness, chroma, hue)
    parts = [12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in linear]
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _validate(colour, scheme, advice):
    try:
        ratio = contrast_on_tint(colour, scheme)
    except ValueError:
        raise ValidationError(_("Write the colour as # and six digits, such as #8c1d18.")) from None
    if ratio < LEAST:
        said = _("On paper of this kind the colour has a contrast of %(ratio)s to 1; %(least)s is needed.")
        raise ValidationError(f"{said} {advice}" % {"ratio": number_format(ratio, 1), "least": LEAST})


def legible_on_light(colour):
    """Raises ValidationError if the colour is no colour, or too light for text on the light tint."""
    _validate(colour, "light", _("Choose a darker one."))


def legible_on_dark(colour):
    """Raises ValidationError if the colour is no colour, or too dark for text on the dark tint."""
    _validate(colour, "dark", _("Choose a lighter one."))

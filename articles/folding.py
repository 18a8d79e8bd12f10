"""Making addresses and keys out of people's words: lower case, accents and ligatures taken off."""

import re
import unicodedata

from django.utils.text import slugify

_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
    }
)
_APART = re.compile(r"['’ʼ`´./·:–—-]+")


def fold(text):
    """The text in lower case without accents: "L’École Œuvre" → "l’ecole oeuvre"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def make_slug(text, length=80, fallback="article"):
    """An ASCII slug of at most `length` characters, cut between words; `fallback` if nothing is left."""
    slug = slugify(_APART.sub(" ", fold(text)))
    if len(slug) > length:
        slug = slug[: length + 1].rsplit("-", 1)[0][:length]
    return slug.strip("-_") or fallback

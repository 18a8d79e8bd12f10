"""The share card of a story without a picture: its title as a picture of 1200×630, in the paper's own type."""

import hashlib
import unicodedata
from io import BytesIO
from itertools import groupby

from django.conf import settings
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from masthead.models import Masthead

SIZE = WIDTH, HEIGHT = 1200, 630  # Open Graph's
EDGE = 64
DESIGN = "1"  # another look makes other names
PAPER, INK, ACCENT = "#fdfaf6", "#1d1713", "#8a161b"  # paper-0, ink-900 and red-700 of css/paper.css
TITLE = 222  # where it begins
LARGEST, SMALLEST = 132, 48
LEADING = 1.12
FONTS = ("newsreader-latin.woff2", "newsreader-latin-ext.woff2")
AXES = (600, 72)  # weight and, where the file has it, optical size


def name_for(article):
    """The file that shows the story as it is now, "" if its picture does or no reader will see it.

    Another title, section, or name or accent of the paper makes another file.
    """
    if article.image_id or article.status != article.Status.PUBLISHED:
        return ""
    paper = Masthead.current()
    shown = [DESIGN, paper.name, paper.accent_light, str(article.section or ""), article.share_title]
    digest = hashlib.sha256("\0".join(shown).encode()).hexdigest()[:16]
    return f"share/{article.pk // 1000}/{article.pk}-{digest}.png"


def draw(article):
    """The card as the bytes of a PNG; None if our type lacks a letter of what stands on it."""
    paper, room = Masthead.current(), WIDTH - 2 * EDGE
    texts = paper.name, str(article.section or ""), article.share_title
    name, section, title = (unicodedata.normalize("NFC", text).replace("\u00ad", "") for text in texts)
    letters = _letters(name + section + title)
    if not title or None in letters.values():
        return None
    accent = paper.accent_light or ACCENT
    card = Picture.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, WIDTH, 13), fill=accent)
    _Type(44, letters).write(pen, 92, name, INK, room)
    pen.rectangle((EDGE, 114, WIDTH - EDGE, 117), fill=INK)
    pen.rectangle((EDGE, 121, WIDTH - EDGE, 121), fill=INK)
    _Type(34, letters).write(pen, 186, section, accent, room)
    type_, lines = _fitted(title, letters, room, HEIGHT - TITLE - 44)
    for number, line in enumerate(lines):
        type_.write(pen, TITLE + round(type_.size * (0.85 + number * LEADING)), line, INK, room)
    out = BytesIO()
    card.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _font(index, size):
    font = ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / FONTS[index], size)
    font.set_variation_by_axes(list(AXES)[: len(font.get_variation_axes())])
    return font


def _letters(text):
    """{letter: which of our files has it}, None for one that none has."""
    fonts = [_font(index, 24) for index in range(len(FONTS))]
    missing = [bytes(font.getmask("\uffff")) for font in fonts]

    def first(letter):
        there = (index for index, font in enumerate(fonts) if bytes(font.getmask(letter)) != missing[index])
        return 0 if letter.isspace() else next(there, None)

    return {letter: first(letter) for letter in {*text, "…", " "}}


def _fitted(title, letters, width, height):
    """The largest type in which the title fits, and its lines, about as long as each other."""
    for size in range(LARGEST, SMALLEST - 1, -6):
        type_ = _Type(size, letters)
        lines = type_.wrapped(title, width)
        if lines and len(lines) * size * LEADING <= height:
            break
    else:  # a word wider than the card
        return type_, type_.wrapped(type_.broken(title, width), width)
    low, high = width / 2, width
    while high - low > 20:
        middle = (low + high) / 2
        narrower = type_.wrapped(title, middle)
        low, high = (low, middle) if narrower and len(narrower) == len(lines) else (middle, high)
    return type_, type_.wrapped(title, high)


class _Type:
    """The paper's type in one size; `letters` says which file has which."""

    def __init__(self, size, letters):
        self.size, self.letters = size, letters
        self.fonts = [_font(index, size) for index in range(len(FONTS))]

    def _runs(self, text):
        return [(self.fonts[index], "".join(run)) for index, run in groupby(text, self.letters.get)]

    def length(self, text):
        return sum(font.getlength(run) for font, run in self._runs(text))

    def wrapped(self, text, width):
        """The lines of a text this wide, broken at plain spaces only; None if a word is wider."""
        lines = []
        for word in text.split(" "):  # no-break spaces hold what French typography holds
            longer = f"{lines[-1]} {word}" if lines else ""
            if lines and self.length(longer) <= width:
                lines[-1] = longer
            elif self.length(word) > width:
                return None
            else:
                lines.append(word)
        return lines

    def broken(self, text, width):
        """The text with spaces in what is too wide for a line."""
        done, start = "", 0
        for end, letter in enumerate(text, 1):
            if letter == " ":
                start = end
            elif self.length(text[start:end]) > width:
                done, start = f"{done} ", end - 1
            done += letter
        return done

    def write(self, pen, baseline, text, colour, width):
        """One line from the left edge, cut where it is wider."""
        while text and self.length(text) > width:
            text = text[:-2].rstrip() + "…"
        x = EDGE
        for font, run in self._runs(text):
            pen.text((x, baseline), run, font=font, fill=colour, anchor="ls")
            x += font.getlength(run)

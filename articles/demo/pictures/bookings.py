"""Advertising pictures for invented advertisers, in the four sizes the paper sells."""

import math
import unicodedata

from PIL import ImageDraw, ImageFont

from .brush import Painting, arc, mix, rgb, shift, soft, spline

SIZES = ((970, 250), (640, 200), (300, 600), (300, 250))
ADVERTISERS = {
    "librairie": (
        "Librairie Passe-Pages",
        "Livres neufs et anciens, quai des Tanneurs",
        "Ouvert le dimanche",
        "#f2e7d0",
        "#6a2a2e",
    ),
    "papeterie": (
        "Papeterie Vélin",
        "Carnets cousus main, encres, plumes",
        "12, rue des Orfèvres",
        "#e3e9e2",
        "#27485a",
    ),
    "theatre": (
        "Théâtre de l'Écluse",
        "La saison des marées : onze pièces",
        "Réservez au guichet",
        "#2a1d2c",
        "#f0c987",
    ),
    "velo": (
        "Cycles Roue Libre",
        "Vélos de ville, réparés sur place",
        "Révision offerte en novembre",
        "#dfe6d3",
        "#2f5347",
    ),
    "fromagerie": (
        "Fromagerie du Pré Haut",
        "Affinage en cave depuis trois générations",
        "Halles Saint-Druon",
        "#f4e6c3",
        "#7a4a1e",
    ),
}


def booking(key, width, height):
    """The advertising picture of one invented advertiser, RGB, `width` × `height` pixels."""
    name, line, note, ground, ink = ADVERTISERS[key]
    p = Painting(f"{key} {width} {height}", (width, height))
    p.sky((0, mix(ground, "#ffffff", 0.25)), (height, ground))
    place, words = _layout(width, height)
    DRAWINGS[key](p, *place)
    picture = p.finished(grain=0.03, vignette=0.0)
    _words(picture, words, (name, line, note), ink)
    ImageDraw.Draw(picture).rectangle((0, 0, width - 1, height - 1), outline=rgb(mix(ground, ink, 0.35)))
    return picture


def _layout(width, height):
    """(x, y, size) of the drawing and the box (x0, y0, x1, y1) of the words."""
    if width > height * 1.6:
        size = height * 0.78
        left = height * 0.62 + width * 0.03
        return (left, height / 2, size), (left + size * 0.76, height * 0.08, width * 0.97, height * 0.92)
    size = min(width * 0.74, height * 0.44)
    return (width / 2, height * 0.07 + size / 2, size), (
        width * 0.06,
        height * 0.09 + size,
        width * 0.94,
        height * 0.97,
    )


def _words(picture, box, texts, ink):
    draw = ImageDraw.Draw(picture)
    x0, y0, x1, y1 = box
    centred = x1 - x0 > picture.width * 0.8
    big = min((y1 - y0) * 0.25, picture.width * (0.1 if centred else 0.055))
    lines = []
    for text, share, colour in zip(
        texts, (1.0, 0.58, 0.54), (ink, mix(ink, "#808080", 0.12), ink), strict=True
    ):
        font = _fitting(draw, text, max(15, big * share), x1 - x0)
        lines += [(part, font, colour) for part in _wrapped(draw, text, font, x1 - x0)]
    heights = [font.size * 1.32 for _, font, _ in lines]
    y = y0 + max(0, (y1 - y0 - sum(heights)) / 2)
    for (text, font, colour), high in zip(lines, heights, strict=True):
        x = (x0 + x1 - draw.textlength(_plain(text), font)) / 2 if centred else x0
        _write(draw, x, y, text, font, rgb(colour))
        y += high


def _plain(text):
    """`text` without its accents: Pillow's own font has none."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


ACCENTS = {
    "\u0301": ((-0.05, 0.09), (0.08, -0.05)),
    "\u0300": ((-0.08, -0.05), (0.05, 0.09)),
    "\u0302": ((-0.11, 0.07), (0, -0.05), (0.11, 0.07)),
}


def _write(draw, x, y, text, font, colour):
    """Draw `text` with Pillow's own font, and its accents as strokes above their letters."""
    plain, at = _plain(text), -1
    draw.text((x, y), plain, colour, font)
    for char in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(char):
            at += 1
            continue
        left, top, right, _ = draw.textbbox((x + draw.textlength(plain[:at], font), y), plain[at], font)
        middle, base = (left + right) / 2, top - font.size * 0.15
        stroke = [(middle + u * font.size, base + v * font.size) for u, v in ACCENTS[char]]
        draw.line(stroke, colour, max(1, round(font.size * 0.075)), joint="curve")


def _fitting(draw, text, size, width):
    """The font at `size`, or up to a quarter smaller if the text then stays on one line."""
    for shrunk in range(round(size), max(14, round(size * 0.75)) - 1, -1):
        font = ImageFont.load_default(size=shrunk)
        if draw.textlength(_plain(text), font) <= width:
            return font
    return ImageFont.load_default(size=round(size * 0.9))


def _wrapped(draw, text, font, width):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(_plain(longer), font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cast(p, mask, size):
    p.paint(shift(soft(mask, size * 0.03), size * 0.03, size * 0.03), "#3a2a24", opacity=0.3)


def _books(p, x, y, size):
    """A pile of books, one open on top."""
    foot = y + size * 0.4
    for k, (colour, wide) in enumerate(
        (("#7a3430", 0.86), ("#c9953f", 0.74), ("#35504d", 0.8), ("#4a3a52", 0.64))
    ):
        top, off = foot - (k + 1) * size * 0.13, size * p.rng.uniform(-0.04, 0.04)
        pen = p.pen()
        pen.rect(x + off - size * wide / 2, top, x + off + size * wide / 2, top + size * 0.122)
        mask = pen.done()
        _cast(p, mask, size)
        p.paint(mask, mix(colour, "#fff0d4", 0.15), mix(colour, "#15131a", 0.2), way="right", grain=0.6)
        pages = p.inks()
        pages.rect(
            x + off + size * wide * 0.42,
            top + size * 0.02,
            x + off + size * wide / 2,
            top + size * 0.1,
            "#f6ecd4",
        )
        for band in (0.36, 0.3):
            pages.rect(
                x + off - size * wide * band,
                top,
                x + off - size * wide * band + size * 0.02,
                top + size * 0.122,
                mix(colour, "#f0d594", 0.7),
            )
        p.lay(pages)
    top = foot - size * 0.52
    pen = p.inks()
    for side in (-1, 1):
        leaf = [
            (x, top - size * 0.08),
            (x + side * size * 0.16, top - size * 0.2),
            (x + side * size * 0.4, top - size * 0.16),
            (x + side * size * 0.4, top - size * 0.01),
            (x + side * size * 0.16, top - size * 0.05),
            (x, top),
        ]
        pen.polygon(spline(leaf, steps=4), "#fbf4e2" if side < 0 else "#e6d7b6")
        for k in range(4):
            a = top - size * (0.155 - k * 0.033)
            pen.line(
                [(x + side * size * 0.08, a + size * 0.02), (x + side * size * 0.34, a)],
                max(1, size * 0.006),
                "#b3a184",
            )
    p.lay(pen)


def _stationery(p, x, y, size):
    """A sewn notebook, a nib and a bottle of ink."""
    pen = p.pen()
    pen.polygon(
        [
            (x - size * 0.4, y - size * 0.3),
            (x + size * 0.1, y - size * 0.42),
            (x + size * 0.24, y + size * 0.3),
            (x - size * 0.26, y + size * 0.42),
        ]
    )
    cover = pen.done()
    _cast(p, cover, size)
    p.paint(cover, "#3d6a7d", "#23465a", way="right down", grain=0.7)
    pen = p.inks()
    pen.polygon(
        [
            (x - size * 0.3, y - size * 0.14),
            (x + size * 0.02, y - size * 0.22),
            (x + size * 0.045, y - size * 0.09),
            (x - size * 0.275, y - size * 0.01),
        ],
        "#f3ecd6",
    )
    for k in range(7):
        t = k / 7
        pen.line(
            [
                (x - size * 0.385 + size * 0.13 * t, y - size * 0.28 + size * 0.68 * t),
                (x - size * 0.34 + size * 0.13 * t, y - size * 0.29 + size * 0.68 * t),
            ],
            max(1, size * 0.012),
            "#e9d9a8",
        )
    pen.limb(
        [(x + size * 0.46, y - size * 0.42), (x + size * 0.12, y + size * 0.12)],
        size * 0.05,
        size * 0.034,
        "#8a3f34",
    )
    pen.polygon(
        [
            (x + size * 0.135, y + size * 0.1),
            (x + size * 0.1, y + size * 0.075),
            (x + size * 0.03, y + size * 0.25),
        ],
        "#d8b765",
    )
    pen.rect(x + size * 0.26, y + size * 0.12, x + size * 0.48, y + size * 0.36, "#1d2f4a")
    pen.rect(x + size * 0.28, y + size * 0.14, x + size * 0.32, y + size * 0.33, "#55708f")
    pen.rect(x + size * 0.31, y + size * 0.05, x + size * 0.43, y + size * 0.12, "#c9a25a")
    p.lay(pen)


def _stage(p, x, y, size):
    """Curtains drawn apart on a moonlit sea."""
    top, foot, half = y - size * 0.42, y + size * 0.4, size * 0.44
    pen = p.pen()
    pen.rect(x - half, top, x + half, foot)
    opening = pen.done()
    p.paint(opening, "#3a4a74", "#e0a67c", grain=0.7)
    pen = p.inks()
    pen.disc(x + size * 0.06, y - size * 0.12, size * 0.09, fill="#fbeecb")
    for k, colour in enumerate(("#6d6a86", "#46507a", "#2a3458")):
        waves = [
            (
                x - half + half * 2 * t / 30,
                y + size * (0.14 + 0.09 * k) + size * 0.02 * math.sin(t * 0.9 + k * 2),
            )
            for t in range(31)
        ]
        pen.polygon([*waves, (x + half, foot), (x - half, foot)], colour)
    pen.polygon(
        [
            (x - size * 0.12, y + size * 0.17),
            (x + size * 0.12, y + size * 0.17),
            (x + size * 0.08, y + size * 0.22),
            (x - size * 0.08, y + size * 0.22),
        ],
        "#1d1a2c",
    )
    pen.polygon([(x, y - size * 0.08), (x, y + size * 0.16), (x + size * 0.1, y + size * 0.14)], "#f3e6c8")
    p.lay(pen)
    for side in (-1, 1):
        pen = p.pen()
        pen.polygon(
            spline(
                [
                    (x + side * half * 1.08, top - size * 0.02),
                    (x + side * half * 0.3, top - size * 0.02),
                    (x + side * half * 0.5, y - size * 0.05),
                    (x + side * half * 0.86, y + size * 0.16),
                    (x + side * half * 0.74, foot + size * 0.03),
                    (x + side * half * 1.08, foot + size * 0.03),
                ],
                steps=6,
            )
        )
        cloth = pen.done()
        p.paint(cloth, "#a23a38", "#511a24", way="right" if side > 0 else "left", grain=0.7)
        folds = p.inks()
        for k in range(4):
            a = x + side * half * (0.5 + 0.15 * k)
            folds.line(
                spline([(a, top), (a + side * size * 0.05, y), (a + side * size * 0.03, foot)], closed=False),
                size * 0.014,
                "#5d1d27",
                150,
            )
        sheet = folds.done()
        p.lay(sheet)
    pen = p.inks()
    pen.rect(x - half * 1.12, foot, x + half * 1.12, foot + size * 0.05, "#c99a55")
    pen.rect(x - half * 1.12, top - size * 0.06, x + half * 1.12, top + size * 0.01, "#c99a55")
    p.lay(pen)


def _cycle(p, x, y, size):
    """A town bicycle with a basket."""
    pen, dark, frame = p.inks(), "#26302e", "#b5482f"
    r, foot = size * 0.23, y + size * 0.36
    back, front = (x - size * 0.27, foot - r), (x + size * 0.29, foot - r)
    pen.disc(x, foot + size * 0.015, size * 0.5, size * 0.025, "#2a3a30", 90)
    for cx, cy in (back, front):
        for k in range(10):
            a = k * math.pi / 10
            pen.line(
                [(cx - r * math.cos(a), cy - r * math.sin(a)), (cx + r * math.cos(a), cy + r * math.sin(a))],
                max(0.6, size * 0.004),
                "#8a938a",
            )
        pen.ring(cx, cy, r, size * 0.022, dark)
        pen.line(arc(cx, cy, r * 1.14, r * 1.14, 190, 330, 20), size * 0.018, frame)
        pen.disc(cx, cy, size * 0.022, fill=dark)
    crank, seat, head = (
        (x - size * 0.03, foot - r * 0.9),
        (x - size * 0.13, foot - size * 0.52),
        (x + size * 0.2, foot - size * 0.52),
    )
    for line in (
        (back, crank, seat, back),
        (crank, (head[0] + size * 0.01, head[1] + size * 0.06)),
        (head, front),
    ):
        pen.line(list(line), size * 0.026, frame)
    pen.line(
        spline(
            [
                (seat[0] + size * 0.03, seat[1] + size * 0.1),
                (x + size * 0.02, foot - size * 0.36),
                (head[0], head[1] + size * 0.02),
            ],
            closed=False,
        ),
        size * 0.026,
        frame,
    )
    pen.disc(*crank, size * 0.05, fill=dark)
    pen.line([seat, (seat[0] - size * 0.015, seat[1] - size * 0.07)], size * 0.02, dark)
    pen.polygon(
        spline(
            [
                (seat[0] - size * 0.1, seat[1] - size * 0.1),
                (seat[0] + size * 0.09, seat[1] - size * 0.085),
                (seat[0], seat[1] - size * 0.05),
            ],
            steps=4,
        ),
        "#6d4528",
    )
    pen.line(
        spline(
            [
                head,
                (head[0] - size * 0.02, head[1] - size * 0.1),
                (head[0] - size * 0.1, head[1] - size * 0.11),
            ],
            closed=False,
        ),
        size * 0.022,
        dark,
    )
    pen.polygon(
        [
            (head[0] + size * 0.03, head[1] - size * 0.06),
            (head[0] + size * 0.25, head[1] - size * 0.06),
            (head[0] + size * 0.22, head[1] + size * 0.1),
            (head[0] + size * 0.06, head[1] + size * 0.1),
        ],
        "#c79b5a",
    )
    for k in range(7):
        pen.disc(
            head[0] + size * (0.05 + 0.03 * k),
            head[1] - size * (0.07 + 0.02 * (k % 3)),
            size * 0.03,
            fill=("#d9603a", "#6d8a4f", "#e6bd4e")[k % 3],
        )
    p.lay(pen)


def _cheese(p, x, y, size):
    """A wheel with a wedge out, a knife, some leaves."""
    pen = p.pen()
    pen.disc(x, y + size * 0.2, size * 0.44, size * 0.2)
    pen.rect(x - size * 0.44, y - size * 0.02, x + size * 0.44, y + size * 0.2)
    side = pen.done()
    _cast(p, side, size)
    p.paint(side, "#d9a441", "#9a6424", way="right", grain=0.8)
    pen = p.pen()
    pen.disc(x, y - size * 0.02, size * 0.44, size * 0.2)
    p.paint(pen.done(), "#f3d182", "#dba94c", way="right down", grain=0.7)
    pen = p.inks()
    centre = (x, y - size * 0.02)
    a, b = (x + size * 0.43, y + size * 0.02), (x + size * 0.13, y + size * 0.171)
    deep = size * 0.22
    pen.polygon([centre, a, (a[0], a[1] + deep * 1.02), (x, y - size * 0.02 + deep)], "#fbe9b6")
    pen.polygon([centre, b, (b[0], b[1] + deep), (x, y - size * 0.02 + deep)], "#f6dc98")
    pen.polygon(
        [(x, y - size * 0.02 + deep), (a[0], a[1] + deep * 1.02), (b[0], b[1] + deep)],
        mix("#f4e6c3", "#8a6a3c", 0.25),
    )
    for u, v, r in (
        (0.3, 0.06, 0.022),
        (0.2, 0.14, 0.016),
        (0.36, 0.16, 0.018),
        (0.12, 0.06, 0.02),
        (0.06, 0.15, 0.014),
    ):
        pen.disc(x + size * u, y + size * v, size * r, size * r * 0.9, "#d6a955")
    pen.polygon(
        spline(
            [
                (x - size * 0.5, y + size * 0.44),
                (x + size * 0.1, y + size * 0.4),
                (x + size * 0.12, y + size * 0.44),
                (x - size * 0.42, y + size * 0.48),
            ],
            steps=5,
        ),
        "#b9bfb8",
    )
    pen.limb(
        [(x + size * 0.12, y + size * 0.42), (x + size * 0.4, y + size * 0.4)],
        size * 0.05,
        size * 0.04,
        "#6d4528",
    )
    for k in range(5):
        a = -2.5 + k * 0.35
        lx, ly = x - size * 0.2 + size * 0.1 * k * 0.6, y - size * 0.2
        pen.curve(
            [
                (lx, ly),
                (lx + size * 0.07 * math.cos(a) - size * 0.02, ly + size * 0.09 * math.sin(a)),
                (lx + size * 0.14 * math.cos(a), ly + size * 0.16 * math.sin(a)),
                (lx + size * 0.07 * math.cos(a) + size * 0.03, ly + size * 0.07 * math.sin(a)),
            ],
            ("#5d7a4a", "#7a9455", "#486540")[k % 3],
        )
    p.lay(pen)


DRAWINGS = {
    "librairie": _books,
    "papeterie": _stationery,
    "theatre": _stage,
    "velo": _cycle,
    "fromagerie": _cheese,
}

"""A map without names and two compositions for pages that show no place."""

import math

from PIL import Image, ImageChops, ImageOps

from .brush import Pen, arc, both, mix, rgb, shift, soft, spline, without


def carte_abstraite(p):
    """A coast, its heights in steps of tint, rivers, roads and districts."""
    land = p.fbm((900, 760), 6, 0.5)
    up, across = (Image.linear_gradient("L").rotate(turn).resize(p.size) for turn in (180, 90))
    slope = Image.blend(up, across, 0.55)
    land = ImageChops.add(land, slope, 1.6)
    land = soft(ImageOps.autocontrast(land), 2)
    steps = (
        (0, "#6f98a3"),
        (58, "#86acb0"),
        (88, "#a3c1bb"),
        (112, "#e6dcb8"),
        (134, "#cfcf9f"),
        (158, "#adbd8a"),
        (184, "#8ba47c"),
        (208, "#b39a6c"),
        (232, "#8d6a4f"),
    )
    p.image.paste(rgb(steps[0][1]), (0, 0, *p.size))
    for level, colour in steps[1:]:
        mask = land.point(lambda v, level=level: max(0, min(255, (v - level) * 60)))
        if level > 100:
            p.paint(shift(soft(mask, 6), 7, 9), "#2e3b40", opacity=0.3)
        p.paint(mask, colour, mix(colour, "#f7ecd0", 0.2), way="right", grain=0.9)
        edge = without(mask, shift(mask, 2, 2))
        p.paint(edge, mix(colour, "#fffbe8", 0.6), opacity=0.7)
    lines = land.point(lambda v: 255 if v > 112 and v % 8 == 0 else 0)
    p.paint(soft(lines, 0.7), "#5d5a40", opacity=0.4)
    depth = land.point(lambda v: 255 if v < 108 and v % 11 == 0 else 0)
    p.paint(soft(depth, 0.7), "#f3f2df", opacity=0.4)
    dry = land.point(lambda v: max(0, min(255, (v - 113) * 60)))
    _rivers(p, land, dry)
    _roads(p, land, dry)


def _downhill(land, x, y):
    """The course of a river from a spring to the sea, as points."""
    field, points = soft(land, 16).load(), [(x, y)]
    turn = math.pi * 0.5
    for _ in range(170):
        best = min(
            ((turn + k * 0.22) for k in range(-4, 5)),
            key=lambda a: _height(field, land.size, x + 18 * math.cos(a), y + 18 * math.sin(a)),
        )
        turn = turn * 0.35 + best * 0.65
        x, y = x + 9 * math.cos(turn), y + 9 * math.sin(turn)
        points.append((x, y))
        if not (0 <= x < land.size[0] and 0 <= y < land.size[1]) or field[int(x), int(y)] < 104:
            break
    return points


def _height(field, size, x, y):
    return field[int(max(0, min(size[0] - 1, x))), int(max(0, min(size[1] - 1, y)))]


def _rivers(p, land, dry):
    values, found, tries = land.load(), [], 0
    pen = p.pen()
    while len(found) < 8 and tries < 400:
        tries += 1
        x, y = p.rng.uniform(60, p.width - 60), p.rng.uniform(60, p.height - 60)
        if values[int(x), int(y)] > 190 and all(math.hypot(x - a, y - b) > 150 for a, b in found):
            found.append((x, y))
            course = _downhill(land, x, y)
            for i, (a, b) in enumerate(zip(course, course[1:], strict=False)):
                pen.limb([a, b], 1.5 + i * 0.05)
    p.paint(both(pen.done(), dry), "#5f8f9f")


def _roads(p, land, dry):
    values, towns, tries = land.load(), [], 0
    while len(towns) < 22 and tries < 900:
        tries += 1
        x, y = p.rng.uniform(40, p.width - 40), p.rng.uniform(40, p.height - 40)
        if 118 < values[int(x), int(y)] < 206 and all(math.hypot(x - a, y - b) > 120 for a, b in towns):
            towns.append((x, y))
    bed, top, built = p.pen(), p.pen(), set()
    for i, (x, y) in enumerate(towns):
        near = sorted(towns, key=lambda other: math.hypot(other[0] - x, other[1] - y))[1:3]
        for a, b in near:
            if frozenset(((x, y), (a, b))) in built:
                continue
            built.add(frozenset(((x, y), (a, b))))
            bend = ((x + a) / 2 + p.rng.uniform(-26, 26), (y + b) / 2 + p.rng.uniform(-26, 26))
            course = spline([(x, y), bend, (a, b)], closed=False)
            bed.line(course, 6 if i % 3 == 0 else 4)
            top.line(course, 3.4 if i % 3 == 0 else 1.6)
    p.paint(both(bed.done(), dry), "#7a3a32")
    p.paint(both(top.done(), dry), "#f6e7c3")
    pen = p.inks()
    for i, (x, y) in enumerate(towns):
        size = p.rng.uniform(7, 12) if i % 4 else 19
        pen.disc(x + 2, y + 3, size, fill="#3b3a35", opacity=110)
        pen.disc(x, y, size, fill="#f8efd6")
        pen.disc(x, y, size * 0.62, fill="#9c3a32")
    p.lay(pen)


BLUES = ("#16304a", "#23506f", "#3f7f95", "#8fb8b8", "#d8dcc6", "#efe7d0", "#d9964a", "#0f2236")


def composition_bleue(p):
    """Tiles of quarter and half circles in blues, one warm note in each row."""
    p.image.paste(rgb("#16304a"), (0, 0, *p.size))
    side = 178
    for row in range(6):
        warm = p.rng.randrange(1, 8)
        for col in range(9):
            _tile(p, col * side, row * side, side, col == warm)
    p.mottle(Image.new("L", p.size, 255), "#0f2236", (700, 500), 130, 240, 0.3)
    p.mottle(Image.new("L", p.size, 255), "#f6efd8", (600, 420), 150, 250, 0.18)


def _tile(p, x, y, side, warm):
    """One square: a ground and a shape on it, both with a stippled turn of light."""
    ground, shape = p.rng.sample(BLUES[:6], 2)
    light = mix(shape, "#fff6e0", 0.32)
    if warm:
        shape, light = BLUES[6], mix(BLUES[6], "#8a3f2a", 0.32)
    ways = ("down", "up", "left", "right", "down right", "up left")
    p.paint(
        _placed(p, Image.new("L", (side, side), 255), x, y),
        ground,
        mix(ground, BLUES[7], 0.3),
        p.rng.choice(ways),
        1.0,
    )
    mask = _shape(p, side)
    p.paint(_placed(p, shift(soft(mask, 5), 4, 5), x, y), "#0b1828", opacity=0.25)
    p.paint(_placed(p, mask, x, y), shape, light, p.rng.choice(ways), 1.0)


def _placed(p, part, x, y):
    mask = Image.new("L", p.size)
    mask.paste(part, (x, y))
    return mask


def _shape(p, side):
    """The mask of a tile's shape, `side` pixels square."""
    pen, kind = (
        Pen((side, side)),
        p.rng.choice(("quarter", "quarter", "half", "leaf", "rings", "disc", "steps")),
    )
    cx, cy = p.rng.choice((0, side)), p.rng.choice((0, side))
    if kind == "quarter":
        pen.disc(cx, cy, side)
    elif kind == "half":
        pen.disc(side / 2, cy, side / 2)
    elif kind == "disc":
        pen.disc(side / 2, side / 2, side * 0.36)
    elif kind == "leaf":
        other = Pen((side, side))
        pen.disc(0, cy, side)
        other.disc(side, side - cy, side)
        return both(pen.done(), other.done())
    elif kind == "rings":
        for k in range(5, 0, -1):
            pen.disc(cx, cy, side * k / 5, fill=255 if k % 2 else 0)
    else:
        for k in range(4):
            pen.rect(k * side / 4, side - (k + 1) * side / 4, (k + 1) * side / 4, side)
    return pen.done()


def composition_rouge(p):
    """Sheets of cut paper in reds and creams, one over the other, round a dark disc."""
    p.sky((0, "#f0e3c8"), (1067, "#e2c79c"))
    _sheet(p, arc(1010, 470, 470, 470, 0, 360, 120), "#f6ead0", "#e9bf8c", "down right")
    _sheet(p, arc(900, 430, 250, 250, 0, 360, 90), "#26344a", "#131b2b", "down right")
    cuts = (
        ("#e3a274", ((-60, 250), (260, 330), (560, 560), (900, 640), (1260, 520), (1660, 640))),
        ("#c8553f", ((-60, 420), (240, 400), (520, 640), (860, 800), (1240, 640), (1660, 470))),
        ("#f2dfba", ((-60, 700), (300, 560), (640, 760), (960, 900), (1320, 800), (1660, 700))),
        ("#8e2f2b", ((-60, 640), (260, 690), (520, 850), (860, 880), (1200, 980), (1660, 760))),
        ("#d9714e", ((-60, 860), (300, 800), (660, 960), (1000, 990), (1360, 860), (1660, 930))),
        ("#5d1d26", ((-60, 960), (320, 930), (700, 1040), (1100, 1010), (1400, 1000), (1660, 880))),
    )
    for k, (colour, edge) in enumerate(cuts):
        line = spline(edge, closed=False, steps=24)
        _sheet(
            p,
            [*line, (1700, 1140), (-80, 1140)],
            colour,
            mix(colour, "#3a0f18", 0.45),
            "down left" if k % 2 else "down right",
        )
    for radius, wide, start, end in ((640, 16, 196, 300), (700, 8, 205, 322), (575, 7, 200, 268)):
        band = arc(1010, 470, radius, radius, start, end, 60)
        _sheet(
            p,
            [*band, *reversed(arc(1010, 470, radius - wide, radius - wide, start, end, 60))],
            "#b5483a",
            "#6a2026",
            "right",
        )
    _sheet(p, arc(372, 262, 78, 78, 0, 360, 60), "#c8553f", "#8e2f2b", "down right")


def _sheet(p, outline, colour, to, way):
    """A piece of paper with its shadow and a lit edge."""
    pen = p.pen()
    pen.polygon(outline)
    mask = pen.done()
    p.paint(shift(soft(mask, 12), 10, -6), "#2b0f14", opacity=0.32)
    p.paint(shift(soft(mask, 5), 6, 6), "#2b0f14", opacity=0.3)
    p.paint(mask, colour, to, way=way, grain=1.0)
    p.rim(mask, 2, 3, mix(colour, "#fff3d8", 0.6), 0.7)


SCENES = {
    "carte-abstraite": carte_abstraite,
    "composition-bleue": composition_bleue,
    "composition-rouge": composition_rouge,
}

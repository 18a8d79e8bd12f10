"""A map without names and two compositions for pages that show no place."""

import math

from PIL import Image, ImageChops, ImageOps

from .brush import arc, both, mix, rgb, shift, soft, spline, without


def carte_abstraite(p):
    """A coast, its heights in steps of tint, rivers, roads and districts."""
    land = p.fbm((900, 760), 6, 0.5)
    slope = ImageOps.flip(Image.linear_gradient("L").rotate(64)).resize(p.size)
    land = ImageChops.add(land, slope, 1.6)
    land = soft(ImageOps.autocontrast(land), 2)
    steps = ((0, "#6f98a3"), (58, "#86acb0"), (88, "#a3c1bb"), (112, "#e6dcb8"), (134, "#cfcf9f"), (158, "#adbd8a"), (184, "#8ba47c"), (208, "#b39a6c"), (232, "#8d6a4f"))
    for level, colour in steps:
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
        best = min(((turn + k * 0.22) for k in range(-4, 5)), key=lambda a: _height(field, land.size, x + 18 * math.cos(a), y + 18 * math.sin(a)))
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
    bed, top = p.pen(), p.pen()
    for i, (x, y) in enumerate(towns):
        near = sorted(towns, key=lambda other: math.hypot(other[0] - x, other[1] - y))[1:3]
        for a, b in near:
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
    ground, shape = p.rng.sample(BLUES[:6], 2)
    if warm:
        shape = BLUES[6]
    box = p.pen()
    box.rect(x, y, x + side, y + side)
    square = box.done()
    ways = ("down", "up", "left", "right", "down right", "up left")
    p.paint(square, ground, mix(ground, BLUES[7], 0.3), way=p.rng.choice(ways), grain=1.0)
    pen, kind = p.pen(), p.rng.choice(("quarter", "quarter", "half", "leaf", "rings", "disc", "steps"))
    cx, cy = p.rng.choice((0, 1)), p.rng.choice((0, 1))
    corner = (x + cx * side, y + cy * side)
    if kind == "quarter":
        pen.disc(*corner, side)
    elif kind == "half":
        pen.disc(x + side / 2, y + cy * side, side / 2)
    elif kind == "disc":
        pen.disc(x + side / 2, y + side / 2, side * 0.36)
    elif kind == "leaf":
        one, two = p.pen(), p.pen()
        one.disc(x, y + cy * side, side)
        two.disc(x + side, y + (1 - cy) * side, side)
        mask = both(both(one.done(), two.done()), square)
        p.paint(mask, shape, mix(shape, "#fff6e0", 0.3), way=p.rng.choice(ways), grain=1.0)
        return
    elif kind == "rings":
        for k in range(5, 0, -1):
            pen.disc(*corner, side * k / 5, fill=255 if k % 2 else 0)
    else:
        for k in range(4):
            pen.rect(x + k * side / 4, y + side - (k + 1) * side / 4, x + (k + 1) * side / 4, y + side)
    mask = both(pen.done(), square)
    p.paint(shift(soft(mask, 5), 4, 5), "#0b1828", opacity=0.25)
    p.paint(both(mask, square), shape, mix(shape, "#fff6e0" if not warm else "#8a3f2a", 0.32), way=p.rng.choice(ways), grain=1.0)


def composition_rouge(p):
    """Folded bands of paper in reds and creams turning round a dark disc."""
    p.sky((0, "#efe2c6"), (1067, "#d9bd94"))
    reds = ("#8e2f2b", "#b5483a", "#d2694c", "#e39a6c", "#6a2026", "#f0dcb6", "#c23f33")
    centre = (800, 560)
    for ring in range(7):
        outer = 1080 - ring * 142
        start = p.rng.uniform(0, 360)
        turns = p.rng.choice((150, 190, 220, 260))
        band = [*arc(*centre, outer, outer, start, start + turns, 80), *reversed(arc(*centre, outer - 118, outer - 118, start, start + turns, 80))]
        _sheet(p, band, reds[ring % len(reds)], reds[(ring + 4) % len(reds)], "down right" if ring % 2 else "up left")
        if ring % 2 == 0:
            begin = start + turns
            strip = [_polar(centre, outer, begin), _polar(centre, outer - 118, begin), _polar(centre, outer - 118 - 260, begin + 58), _polar(centre, outer - 260, begin + 46)]
            _sheet(p, strip, reds[(ring + 5) % len(reds)], reds[(ring + 2) % len(reds)], "right")
    pen = p.pen()
    pen.disc(*centre, 118)
    disc = pen.done()
    p.paint(shift(soft(disc, 14), 14, 18), "#2b0f14", opacity=0.55)
    p.paint(disc, "#26344a", "#131b2b", way="down right", grain=1.0)
    pen = p.pen()
    pen.disc(1085, 300, 62)
    small = pen.done()
    p.paint(shift(soft(small, 10), 10, 14), "#2b0f14", opacity=0.5)
    p.paint(small, "#f6ead0", "#dfbf8c", way="down right", grain=1.0)
    p.mottle(Image.new("L", p.size, 255), "#5d1a20", (640, 480), 140, 250, 0.25)


def _polar(centre, radius, degrees):
    turn = math.radians(degrees)
    return (centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn))


def _sheet(p, outline, colour, to, way):
    """A piece of paper with its shadow and a lit edge."""
    pen = p.pen()
    pen.polygon(outline)
    mask = pen.done()
    p.paint(shift(soft(mask, 12), 12, 16), "#2b0f14", opacity=0.5)
    p.paint(mask, colour, mix(colour, to, 0.5), way=way, grain=1.0)
    p.rim(mask, 2, 2, mix(colour, "#fff3d8", 0.6), 0.6)


SCENES = {
    "carte-abstraite": carte_abstraite,
    "composition-bleue": composition_bleue,
    "composition-rouge": composition_rouge,
}

"""Streets: a canal, roofs at dusk, a market, a tram in the rain."""

from PIL import Image, ImageOps

from .brush import Camera, arc, both, mix, shift, soft, spline, without
from .things import birds, bust, leafy_tree, person, round_arch


def canal(p):
    """Gabled houses along a canal at noon in October, a bridge, moored boats."""
    p.sky((0, "#86a9b6"), (320, "#d5dccd"), (620, "#efe6cc"))
    p.clouds(-60, 420, "#faf4e2", "#b5c0bd", cell=(520, 120), low=120, opacity=0.9)
    quay = 690
    pen = p.inks()
    x = -30.0
    styles = ["step", "bell", "neck", "spout", "step", "bell", "cornice"]
    previous = None
    while x < p.width + 20:
        wide = p.rng.uniform(112, 158)
        style = p.rng.choice([one for one in styles if one != previous])
        _gabled_house(p, pen, x, quay, wide, p.rng.uniform(330, 430), style)
        previous, x = style, x + wide
    p.lay(pen)
    light = p.fade((120, 0), (200, 0.0), (690, 0.45))
    p.paint(light, "#33303a", opacity=0.28)
    p.mottle(p.fade((250, 1), (690, 1), (691, 0)), "#f7e3b4", (240, 300), 150, 230, 0.22)
    _quay(p, quay)
    p.reflect(742, "#3f5a58", strength=0.66, ripple=11, stretch=0.75)
    p.ripples(742, p.height, "#dfe3cc", 0.5, 165, 215)
    p.ripples(760, p.height, "#1d3638", 0.6, 140, 220)
    _barge(p, 520, 800, 330)
    _fallen(p, 742)


def _gabled_house(p, pen, x, foot, wide, tall, style):
    wall = p.rng.choice(
        ("#a4523e", "#7d3a33", "#c2876a", "#d8c7a4", "#5b4a45", "#b06a48", "#8a8d82", "#e2d8bf", "#4b5a5c")
    )
    trim = "#f0e6cf" if wall not in ("#d8c7a4", "#e2d8bf") else "#6a4a3c"
    top, roof = foot - tall, 96 + wide * 0.2
    outline = _gable(x, top, wide, roof, style)
    pen.polygon([*[(a + 5, b - 4) for a, b in outline], (x + wide, foot)], mix(trim, "#8c7f70", 0.35))
    pen.polygon([(x, foot), *outline, (x + wide, foot)], wall)
    pen.polygon(
        [(x + wide * 0.9, foot), (x + wide * 0.9, top), (x + wide, top), (x + wide, foot)],
        mix(wall, "#211d22", 0.22),
    )
    for _ in range(46):
        bx, by = x + p.rng.uniform(0.02, 0.9) * wide, p.rng.uniform(top, foot)
        pen.rect(bx, by, bx + 9, by + 3, mix(wall, p.rng.choice(("#f3dfb8", "#2a1f20")), 0.16))
    cols = 3 if wide > 124 else 2
    floors = 4
    step = (tall - 84) / floors
    for floor in range(floors):
        for col in range(cols):
            wx = x + wide * (col + 0.5) / cols
            _window(
                p,
                pen,
                wx,
                top + 14 + floor * step,
                wide / cols * 0.54,
                step * (0.66 - 0.05 * (3 - floor)),
                trim,
            )
    _window(p, pen, x + wide / 2, top - roof * 0.48, wide * 0.16, roof * 0.3, trim)
    pen.line([(x + wide / 2, top - roof * 0.7), (x + wide / 2, top - roof * 0.62)], 3, "#2b2526")
    pen.line([(x, top + 3), (x + wide, top + 3)], 4, mix(trim, wall, 0.3))
    _ground_floor(p, pen, x, foot, wide, trim)


def _gable(x, top, wide, roof, style):
    half = wide / 2
    if style == "step":
        points, steps = [], 5
        for k in range(steps):
            a, y = x + half * k / steps, top - roof * k / steps
            points += [(a, y), (a, y - roof / steps)]
        peak = [(x + half - half / 6, top - roof), (x + half - half / 6, top - roof * 1.12)]
    elif style == "bell":
        points = spline(
            [
                (x, top),
                (x + half * 0.2, top - roof * 0.18),
                (x + half * 0.42, top - roof * 0.5),
                (x + half * 0.55, top - roof * 0.88),
            ],
            closed=False,
            steps=6,
        )
        peak = arc(x + half, top - roof * 0.9, half * 0.45, roof * 0.22, 180, 270, 10)
    elif style == "neck":
        curl = arc(x + half * 0.12, top - roof * 0.5, half * 0.4, roof * 0.45, 90, 0, 8)
        points = [(x, top), (x, top - roof * 0.05), *curl]
        peak = [
            (x + half * 0.52, top - roof * 0.9),
            (x + half * 0.46, top - roof * 0.92),
            (x + half, top - roof * 1.16),
        ]
    elif style == "spout":
        points = [(x, top), (x + half * 0.82, top - roof * 0.86)]
        peak = [(x + half * 0.82, top - roof * 1.02), (x + half, top - roof * 1.04)]
    else:
        points = [(x - 3, top), (x - 3, top - roof * 0.42), (x + 4, top - roof * 0.42)]
        peak = [(x + 8, top - roof * 0.42), (x + half * 0.5, top - roof * 0.72)]
    left = points + peak
    return left + [(2 * x + wide - a, b) for a, b in reversed(left)]


def _window(p, pen, x, y, wide, tall, trim):
    glass = p.rng.choice(("#34454d", "#3f545b", "#2b383f", "#52686b", "#cdd6c8"))
    pen.rect(x - wide / 2 - 3, y - 3, x + wide / 2 + 3, y + tall + 4, trim)
    pen.rect(x - wide / 2, y, x + wide / 2, y + tall, glass)
    pen.polygon(
        [(x - wide / 2, y + tall * 0.5), (x - wide / 2, y), (x + wide * 0.3, y)], mix(glass, "#e8ecdc", 0.28)
    )
    pen.line([(x, y), (x, y + tall)], 1.8, trim)
    pen.line([(x - wide / 2, y + tall * 0.42), (x + wide / 2, y + tall * 0.42)], 1.8, trim)
    if p.rng.random() < 0.16:
        pen.rect(x - wide / 2, y + tall - 5, x + wide / 2, y + tall + 3, "#4e6a44")
        for k in range(5):
            pen.disc(
                x - wide / 2 + wide * k / 4,
                y + tall - 6,
                3.6,
                fill=p.rng.choice(("#c8553d", "#7e9a58", "#e0b25c")),
            )


def _ground_floor(p, pen, x, foot, wide, trim):
    door = p.rng.choice(("#27423c", "#6d2a26", "#2b3748", "#3b3430"))
    dx = x + wide * p.rng.choice((0.16, 0.64))
    pen.rect(dx - 3, foot - 66, dx + 29, foot, trim)
    pen.rect(dx, foot - 62, dx + 26, foot, door)
    pen.rect(dx + 3, foot - 60, dx + 23, foot - 48, "#cfd6c5")
    pen.rect(dx - 8, foot - 6, dx + 34, foot, "#8f8a7e")
    other = x + wide * (0.66 if dx < x + wide / 2 else 0.3)
    pen.rect(other - 27, foot - 62, other + 27, foot - 12, trim)
    pen.rect(other - 23, foot - 58, other + 23, foot - 16, "#38464a")
    pen.line([(other, foot - 58), (other, foot - 16)], 2, trim)
    if p.rng.random() < 0.35:
        stripe = p.rng.choice(("#a8452f", "#2f5750", "#c79a4a"))
        pen.polygon(
            [
                (other - 28, foot - 66),
                (other + 28, foot - 66),
                (other + 36, foot - 48),
                (other - 36, foot - 48),
            ],
            stripe,
        )


def _quay(p, quay):
    pen = p.pen()
    pen.rect(-10, quay, p.width + 10, 742)
    wall = pen.done()
    p.paint(wall, "#a39a88", "#4c4a47", grain=0.9)
    pen = p.inks()
    for row in range(3):
        for k in range(70):
            bx = k * 24 + (row % 2) * 12 - 10
            pen.line([(bx, quay + 12 + row * 14), (bx, quay + 26 + row * 14)], 1.2, "#3d3c3b", 120)
        pen.line([(0, quay + 12 + row * 14), (p.width, quay + 12 + row * 14)], 1.2, "#3d3c3b", 120)
    pen.rect(-10, quay - 2, p.width + 10, quay + 7, "#c9c0aa")
    for x in range(60, p.width, 128):
        _bicycle(pen, x + p.rng.uniform(-20, 20), quay - 2, 30)
    for _ in range(9):
        x = p.rng.uniform(20, p.width - 20)
        person(
            pen, x, quay, 62, p.rng, p.rng.choice(("#2c2b33", "#59343a", "#3d4a4e", "#8a5d3b")), stride=0.05
        )
    p.lay(pen)
    shade, trees = p.pen(), p.pen()
    for x in (150, 420, 745, 1060, 1330, 1540):
        x += p.rng.uniform(-24, 24)
        leafy_tree(trees, x, quay, p.rng.uniform(215, 260), p.rng, spread=0.27, leaves=210)
        shade.disc(x, quay + 3, 70, 5)
    p.paint(shade.done(), "#2d2a28", opacity=0.4)
    mask = trees.done()
    p.paint(mask, "#d0a347", "#7c5a2d", way="down right", grain=0.9)
    p.mottle(mask, "#6d7a3d", (70, 60), 120, 190, 0.8)
    p.rim(mask, 2, 2, "#f0d488", 0.5)


def _bicycle(pen, x, foot, size):
    for dx in (-0.62, 0.62):
        pen.ring(x + dx * size, foot - size * 0.4, size * 0.4, 1.6, "#25252a")
    hub, seat, head = (
        (x, foot - size * 0.38),
        (x - size * 0.24, foot - size * 0.95),
        (x + size * 0.44, foot - size * 0.95),
    )
    for line in (
        (seat, hub, head, seat),
        (hub, (x - size * 0.62, foot - size * 0.4), seat),
        (head, (x + size * 0.62, foot - size * 0.4)),
    ):
        pen.line(line, 1.7, "#25252a")
    pen.line([(x - size * 0.36, foot - size), (x - size * 0.14, foot - size)], 2.4, "#25252a")
    pen.line([(x + size * 0.3, foot - size * 1.08), (x + size * 0.52, foot - size * 1.06)], 2, "#25252a")


def _barge(p, x, y, long):
    pen = p.inks()
    hull = [
        (x - long / 2, y - 22),
        (x - long * 0.44, y + 18),
        (x + long * 0.44, y + 18),
        (x + long / 2, y - 26),
        (x + long * 0.4, y - 12),
        (x - long * 0.4, y - 12),
    ]
    pen.polygon(spline(hull, steps=2), "#27363a")
    pen.line([(x - long * 0.48, y - 8), (x + long * 0.48, y - 10)], 4, "#c9a25a")
    pen.rect(x - long * 0.3, y - 44, x + long * 0.22, y - 12, "#7b3d33")
    pen.rect(x - long * 0.32, y - 50, x + long * 0.24, y - 43, "#e4d8bc")
    for k in range(6):
        pen.rect(
            x - long * 0.27 + k * long * 0.08,
            y - 37,
            x - long * 0.225 + k * long * 0.08,
            y - 22,
            "#e9d39a" if k in (1, 4) else "#33474c",
        )
    for k in range(8):
        pen.disc(
            x + long * 0.28 + k * 5,
            y - 18 - (k % 3) * 3,
            7,
            fill=p.rng.choice(("#5b7546", "#c55b41", "#7f9455")),
        )
    person(pen, x - long * 0.38, y - 10, 58, p.rng, "#2a2f3a", stride=0.02)
    p.lay(pen)
    pen = p.pen()
    pen.rect(x - long * 0.46, y + 18, x + long * 0.46, y + 40)
    p.paint(soft(pen.done(), 6), "#14282b", opacity=0.6)


def _fallen(p, top):
    pen = p.inks()
    for _ in range(150):
        x, y = p.rng.uniform(0, p.width), top + 14 + p.rng.uniform(0, 1) ** 0.7 * 300
        size = 1.5 + (y - top) / 90
        pen.disc(x, y, size, size * 0.4, p.rng.choice(("#d8a648", "#b06a35", "#e8c878")))
    p.lay(pen)


def ville_crepuscule(p):
    """Roofs of an old town at dusk, lights coming on, a belfry against the last red."""
    p.sky((0, "#353a63"), (280, "#6b5a80"), (470, "#b9788a"), (600, "#e9a284"), (690, "#f5c293"))
    p.clouds(20, 420, "#d98f8c", "#4d4a74", cell=(760, 80), low=120, opacity=0.75)
    p.glow(560, 650, 680, "#ffcf9a", 330, strength=0.6)
    moon = p.pen()
    moon.disc(1190, 190, 46)
    full = moon.done()
    p.paint(without(full, shift(full, -20, -10)), "#fbecc9")
    p.glow(1195, 192, 150, "#d9b9a8", strength=0.35)
    _belfry(p, 860, 660)
    rows = (
        ("#a8768a", 640, 0.34, 0.1),
        ("#7f5f80", 690, 0.5, 0.25),
        ("#5a4a70", 760, 0.75, 0.5),
        ("#433c62", 870, 1.05, 0.75),
        ("#2a2849", 1010, 1.55, 0.9),
    )
    for colour, foot, scale, lit in rows:
        _roofs(p, colour, foot, scale, lit)
        p.mist(
            p.fade((foot - 60, 0), (foot + 30, 0.55 - lit * 0.4), (foot + 110, 0)),
            "#eab49a",
            body=0.5,
            cell=(500, 60),
        )
    pen = p.pen()
    birds(pen, 640, 330, 26, 120, p.rng, size=9)
    p.paint(pen.done(), "#39345c", opacity=0.85)


def _belfry(p, x, foot):
    pen = p.pen()
    pen.rect(x - 46, foot - 300, x + 46, foot + 60)
    pen.rect(x - 56, foot - 306, x + 56, foot - 290)
    for dx in (-50, 50):
        pen.rect(x + dx - 9, foot - 340, x + dx + 9, foot - 290)
        pen.polygon([(x + dx - 12, foot - 340), (x + dx, foot - 384), (x + dx + 12, foot - 340)])
    pen.rect(x - 34, foot - 374, x + 34, foot - 300)
    pen.polygon(
        spline(
            [
                (x - 40, foot - 374),
                (x - 26, foot - 412),
                (x - 12, foot - 440),
                (x - 9, foot - 470),
                (x + 9, foot - 470),
                (x + 12, foot - 440),
                (x + 26, foot - 412),
                (x + 40, foot - 374),
            ],
            closed=False,
            steps=5,
        )
    )
    pen.polygon([(x - 10, foot - 468), (x, foot - 560), (x + 10, foot - 468)])
    mask = pen.done()
    p.paint(mask, "#6a4f76", "#a0708a", grain=0.7)
    p.rim(mask, 3, 0, "#f3b592", 0.7)
    pen = p.inks()
    for dx in (-18, 4):
        pen.polygon([(a + x + dx + 7, b) for a, b in round_arch(0, 15, foot - 360, foot - 312)], "#f6cf96")
    pen.disc(x, foot - 246, 25, fill="#f7dba6")
    pen.line([(x, foot - 262), (x, foot - 246), (x + 11, foot - 240)], 3, "#5d4568")
    p.lay(pen)
    p.glow(x, foot - 246, 80, "#ffcf8c", strength=0.45)


def _roofs(p, colour, foot, s, lit):
    pen, walls, lights = p.pen(), p.inks(), []
    x = -60.0
    while x < p.width + 40:
        wide, tall, roof = p.rng.uniform(56, 110) * s, p.rng.uniform(30, 110) * s, p.rng.uniform(40, 76) * s
        top = foot - tall
        if p.rng.random() < 0.55:
            pen.polygon([(x, top), (x + wide / 2, top - roof), (x + wide, top)])
            tiles = [
                (x - 4 * s, top + 6 * s),
                (x + wide / 2, top - roof),
                (x + wide / 2, top - roof + 12 * s),
                (x - 4 * s, top + 20 * s),
            ]
            for flip in (0, 1):
                edge = [(2 * x + wide - a, b) for a, b in tiles] if flip else tiles
                walls.polygon(edge, mix(colour, "#f0a98a", 0.16 if flip else 0.34))
        else:
            pen.polygon(
                [
                    (x - 3 * s, top),
                    (x + wide * 0.14, top - roof * 0.8),
                    (x + wide * 0.86, top - roof * 0.8),
                    (x + wide + 3 * s, top),
                ]
            )
            slope = [
                (x - 3 * s, top),
                (x + wide * 0.14, top - roof * 0.8),
                (x + wide * 0.86, top - roof * 0.8),
                (x + wide + 3 * s, top),
            ]
            walls.polygon(slope, mix(colour, "#c98793", 0.24))
            for k in range(1, 6):
                y = top - roof * 0.8 * k / 6
                walls.line(
                    [(x + wide * 0.023 * k, y), (x + wide * (1 - 0.023 * k), y)],
                    1.2 * s,
                    mix(colour, "#191936", 0.2),
                )
            for k in (0.3, 0.64):
                dormer = x + wide * k
                pen.polygon(
                    [
                        (dormer - 9 * s, top - roof * 0.2),
                        (dormer - 9 * s, top - roof * 0.7),
                        (dormer, top - roof * 0.95),
                        (dormer + 9 * s, top - roof * 0.7),
                        (dormer + 9 * s, top - roof * 0.2),
                    ]
                )
        pen.rect(x - 1, top, x + wide + wide * 0.07, p.height + 10)
        for _ in range(p.rng.randint(0, 2)):
            cx = x + wide * p.rng.uniform(0.15, 0.85)
            pen.rect(cx - 5 * s, top - roof * 1.02, cx + 5 * s, top - roof * 0.3)
            pen.rect(cx - 3 * s, top - roof * 1.1, cx - 1 * s, top - roof)
        rows, cols = int((foot + 110 * s - top) / (30 * s)), max(2, int(wide / (24 * s)))
        for row in range(rows):
            for col in range(cols):
                if p.rng.random() < 0.27 + 0.16 * lit:
                    wx, wy = x + wide * (col + 0.5) / cols, top + 9 * s + row * 30 * s
                    lights.append((wx, wy))
        x += wide * p.rng.uniform(0.94, 1.06)
    mask = pen.done()
    p.paint(mask, mix(colour, "#e9a58c", 0.12), mix(colour, "#1a1a36", 0.15), grain=0.7)
    p.lay(walls, 0.7)
    p.rim(mask, 2, 3, mix(colour, "#f7b991", 0.55), 0.55)
    panes = p.inks()
    for wx, wy in lights:
        tint = mix(p.rng.choice(("#ffd58a", "#f6b667", "#ffe5b0")), colour, max(0, 0.55 - lit * 0.6))
        panes.rect(wx - 4.6 * s, wy, wx + 4.6 * s, wy + 14 * s, tint)
        if s > 0.7:
            panes.line([(wx, wy), (wx, wy + 14 * s)], 1.2, colour)
            panes.line([(wx - 4.6 * s, wy + 5 * s), (wx + 4.6 * s, wy + 5 * s)], 1.2, colour)
    sheet = panes.done()
    halo = soft(sheet.getchannel("A").resize((400, 267)), 3.2 * s).resize(p.size, Image.BICUBIC)
    p.paint(halo, "#f2a35e", opacity=0.35)
    p.lay(sheet)


def marche(p):
    """A market square at noon: awnings, crates, shoppers."""
    p.sky((0, "#a9c2bd"), (300, "#e3e2c9"), (600, "#f1e6c8"))
    pen = p.inks()
    x = -20.0
    while x < p.width:
        wide, tall = p.rng.uniform(120, 190), p.rng.uniform(330, 450)
        wall = p.rng.choice(("#dcc5a0", "#d0ad8c", "#e7d8b9", "#c99c7e", "#cfc2a8"))
        pen.rect(x, 640 - tall, x + wide, 660, wall)
        pen.polygon(
            [
                (x - 5, 640 - tall),
                (x + 18, 586 - tall),
                (x + wide - 18, 586 - tall),
                (x + wide + 5, 640 - tall),
            ],
            p.rng.choice(("#8a5b4b", "#7c6a66", "#9c6a50")),
        )
        for row in range(int(tall / 92)):
            for col in range(3):
                wx, wy = x + wide * (col + 0.5) / 3, 664 - tall + row * 92
                pen.rect(wx - 13, wy, wx + 13, wy + 46, "#6f7f7c")
                pen.rect(wx - 22, wy, wx - 13, wy + 46, mix(wall, "#4e7368", 0.6))
                pen.rect(wx + 13, wy, wx + 22, wy + 46, mix(wall, "#4e7368", 0.6))
        x += wide
    p.lay(pen)
    p.mist(p.fade((0, 0.25), (660, 0.55)), "#f3e8ca", body=0.8)
    ground = p.fade((640, 0), (642, 1))
    p.paint(ground, "#e3d3ae", "#a98c68", grain=0.7)
    _setts(p, 660)
    for y, size, count in ((660, 80, 15), (690, 98, 9)):
        pen = p.inks()
        for _ in range(count):
            _shopper(p, pen, p.rng.uniform(20, 1580), y, size, haze=0.45)
        p.lay(pen)
    for x, wide, colours in (
        (30, 420, ("#3f6b5f", "#f2e7cd")),
        (590, 460, ("#b4482f", "#f5ead0")),
        (1160, 430, ("#d39a3a", "#f6edd5")),
    ):
        _stall(p, x, 470, wide, 800, *colours)
    shoppers = (
        (690, 868, 246),
        (500, 884, 268),
        (1085, 878, 258),
        (196, 905, 280),
        (1420, 900, 272),
        (1010, 930, 190),
    )
    pen = p.inks()
    for x, y, _ in shoppers:
        pen.disc(x + 34, y - 2, 70, 10, "#6d5238", 110)
    p.lay(pen)
    pen = p.inks()
    coats = ("#5b6b4a", "#2f5560", "#d8c8a8", "#8c3f36", "#4b4f68", "#c9913f")
    for (x, y, size), coat in zip(shoppers, coats, strict=True):
        _shopper(p, pen, x, y, size, coat=coat)
    p.lay(pen)


def _setts(p, top):
    """Paving stones towards the horizon, pigeons among them."""
    pen, eye = p.pen(), Camera(560, 3, 1100, 800)
    for k in range(26):
        z = 8.0 + k * 1.15
        y = eye.at(0, 0, z)[1]
        if y > top:
            pen.line([(0, y), (p.width, y)], 26 / z)
            for x in range(-14, 15):
                shift_x = 0.5 if k % 2 else 0.0
                pen.line([eye.at(x + shift_x, 0, z), eye.at(x + shift_x, 0, z + 1.15)], 18 / z)
    p.paint(pen.done(), "#8f7350", opacity=0.28)
    pen = p.inks()
    for _ in range(16):
        x, y = p.rng.gauss(760, 190), p.rng.uniform(950, 1030)
        pen.curve(
            [(x - 17, y - 6), (x - 4, y - 17), (x + 10, y - 15), (x + 8, y - 5), (x - 6, y - 2)],
            p.rng.choice(("#6c7479", "#8a8f90", "#55606a")),
        )
        pen.disc(x + 11, y - 19, 5, fill="#4b5860")
        pen.line([(x, y - 3), (x, y + 3)], 1.6, "#a8583e")
    p.lay(pen)


def _shopper(p, pen, x, foot, size, haze=0.0, coat=None):
    def tone(colour):
        return mix(colour, "#e9d9b4", haze)

    legs = tone(p.rng.choice(("#3a3f4b", "#4c443e", "#2d3a44")))
    coat = coat or p.rng.choice(("#7d3b34", "#2f5560", "#c08a3e", "#5b6b4a", "#8c7a9a", "#d8c8a8", "#9c5a3a"))
    skin, hair = (
        tone(p.rng.choice(("#e2b490", "#b57f5a", "#6f4a38", "#efc9a8"))),
        tone(p.rng.choice(("#2c2524", "#5b3d2c", "#a38a6a", "#8d8a86"))),
    )
    stride = p.rng.choice((-0.08, 0.07, 0.03))
    person(pen, x, foot, size, p.rng, legs, stride=stride, coat=False, arms=False)
    long = p.rng.choice((0.36, 0.46, 0.28))
    body = [
        (x - 0.13 * size, foot - 0.78 * size),
        (x, foot - 0.84 * size),
        (x + 0.13 * size, foot - 0.78 * size),
    ]
    body += [
        (x + 0.14 * size, foot - 0.55 * size),
        (x + 0.17 * size, foot - long * size),
        (x - 0.17 * size, foot - long * size),
        (x - 0.14 * size, foot - 0.55 * size),
    ]
    pen.polygon(spline(body, steps=5), tone(coat))
    pen.polygon(
        [
            (x + 0.03 * size, foot - 0.82 * size),
            (x + 0.13 * size, foot - 0.77 * size),
            (x + 0.165 * size, foot - long * size),
            (x + 0.05 * size, foot - long * size),
        ],
        tone(mix(coat, "#241c22", 0.22)),
    )
    for side in (-1, 1):
        hand = (x + side * 0.16 * size, foot - 0.46 * size)
        pen.limb(
            [(x + side * 0.12 * size, foot - 0.76 * size), (x + side * 0.17 * size, foot - 0.6 * size), hand],
            0.07 * size,
            0.055 * size,
            tone(mix(coat, "#241c22", 0.12)),
        )
        pen.disc(*hand, 0.026 * size, fill=skin)
    pen.disc(x, foot - 0.92 * size, 0.054 * size, 0.066 * size, skin)
    pen.polygon(
        arc(
            x,
            foot - 0.935 * size,
            0.062 * size,
            0.066 * size,
            150 if long < 0.4 else 175,
            390 if long < 0.4 else 365,
            20,
        ),
        hair,
    )
    if size > 150 and p.rng.random() < 0.8:
        bx, by = x + 0.165 * size, foot - 0.44 * size
        pen.polygon(
            [
                (bx - 0.06 * size, by + 0.06 * size),
                (bx + 0.06 * size, by + 0.06 * size),
                (bx + 0.045 * size, by + 0.17 * size),
                (bx - 0.045 * size, by + 0.17 * size),
            ],
            "#c79b5a",
        )
        pen.line(arc(bx, by + 0.06 * size, 0.045 * size, 0.06 * size, 180, 360, 10), 3, "#8a6334")
        for k in (-0.03, 0, 0.03):
            pen.disc(
                bx + k * size,
                by + 0.05 * size,
                0.024 * size,
                fill=p.rng.choice(("#5d7a3f", "#c8543a", "#e2b04a")),
            )


def _stall(p, x, top, wide, foot, dark, pale):
    pen = p.pen()
    pen.polygon([(x - 10, foot), (x + wide + 10, foot), (x + wide + 90, foot + 46), (x + 60, foot + 46)])
    p.paint(soft(pen.done(), 6), "#6d5238", opacity=0.55)
    pen = p.inks()
    pen.rect(x + 6, top + 70, x + wide - 6, foot - 120, "#6d5a4a")
    for dx in (4, wide - 12):
        pen.rect(x + dx, top + 60, x + dx + 8, foot, "#5b4636")
    _seller(p, pen, x + wide * p.rng.uniform(0.4, 0.6), foot - 46, dark)
    fruit = ("#d9803a", "#b8432f", "#7f9a45", "#e6bd4e", "#7a4a63", "#cfd08a", "#a6bf6a")
    for row in range(3):
        y = foot - 96 + row * 34
        for k in range(5):
            cx, cw = x + 12 + (wide - 24) * k / 5, (wide - 24) / 5 - 5
            pile = p.rng.choice(fruit)
            for line in range(3):
                for one in range(7 - line):
                    fx = cx + cw * (one + 0.5 + line * 0.5) / 7
                    pen.disc(
                        fx,
                        y - 2 - line * 7,
                        cw / 13,
                        fill=mix(pile, p.rng.choice(("#fff0c0", "#3a2420")), p.rng.uniform(0, 0.22)),
                    )
            pen.rect(cx, y, cx + cw, y + 22, mix("#c49a64", "#6d4a30", 0.18 * row))
            pen.line([(cx, y + 11), (cx + cw, y + 11)], 1.6, "#8a6540")
    pen.rect(x, foot - 6, x + wide, foot, "#5e4631")
    p.lay(pen)
    _awning(p, x, top, wide, dark, pale)


def _seller(p, pen, x, foot, apron):
    skin = p.rng.choice(("#e2b490", "#a8744f", "#7a5140"))
    pen.polygon(
        spline(
            [
                (x - 46, foot),
                (x - 44, foot - 96),
                (x - 22, foot - 118),
                (x + 22, foot - 118),
                (x + 44, foot - 96),
                (x + 46, foot),
            ],
            closed=False,
            steps=5,
        ),
        "#e8dcc2",
    )
    pen.polygon(
        [(x - 26, foot), (x - 22, foot - 84), (x + 22, foot - 84), (x + 26, foot)], mix(apron, "#28303a", 0.3)
    )
    pen.rect(x - 8, foot - 130, x + 8, foot - 110, mix(skin, "#4a2a20", 0.2))
    pen.disc(x, foot - 146, 19, 24, skin)
    pen.polygon(arc(x, foot - 152, 21, 20, 170, 370, 16), "#3a2c28")


def _awning(p, x, top, wide, dark, pale):
    pen = p.pen()
    pen.polygon([(x + 24, top), (x + wide - 24, top), (x + wide + 22, top + 84), (x - 22, top + 84)])
    stripes = 11
    for k in range(stripes):
        cx, r = x - 22 + (wide + 44) * (k + 0.5) / stripes, (wide + 44) / stripes / 2
        pen.disc(cx, top + 84, r, 15)
    mask = pen.done()
    p.paint(mask, pale, mix(pale, "#b79a6c", 0.4), grain=0.5)
    bands = p.pen()
    for k in range(0, stripes, 2):
        a, b = (k / stripes, (k + 1) / stripes)
        up = [(x + 24 + (wide - 48) * t, top) for t in (a, b)]
        low = [(x - 22 + (wide + 44) * t, top + 84) for t in (b, a)]
        bands.polygon([*up, *low])
        cx, r = x - 22 + (wide + 44) * (k + 0.5) / stripes, (wide + 44) / stripes / 2
        bands.disc(cx, top + 84, r, 15)
    p.paint(both(bands.done(), mask), dark, mix(dark, "#1f1c22", 0.3), grain=0.6)
    under = p.pen()
    under.rect(x + 4, top + 98, x + wide - 4, top + 150)
    p.paint(both(soft(under.done(), 14), p.fade((top + 98, 0.7), (top + 150, 0))), "#2f2420")


def tram(p):
    """A tram comes up a wet street at dusk, its lamps on the rails."""
    p.sky((0, "#3f4f66"), (300, "#8a8a93"), (480, "#dca98a"), (600, "#f0c799"))
    p.clouds(-60, 330, "#b79a95", "#4a566c", cell=(620, 90), opacity=0.7)
    eye = Camera(590, 2.4, 900, 800)
    p.glow(800, 560, 460, "#ffd9a3", strength=0.7)
    for side in (-1, 1):
        _street_side(p, eye, side)
    road = p.pen()
    road.polygon([eye.at(-9, 0, 3), eye.at(9, 0, 3), eye.at(9, 0, 400), eye.at(-9, 0, 400)])
    p.paint(road.done(), "#e9b98e", "#3a4253", grain=0.6)
    p.paint(
        both(p.fade((590, 0), (640, 1)), p.below([(-20, 592), (1620, 592)])),
        "#3f4759",
        "#262d3e",
        opacity=0.35,
    )
    _cobbles(p, eye)
    p.mist(p.fade((470, 0), (596, 0.6), (680, 0)), "#f2cda4", body=0.6)
    _wires(p, eye)
    _walkers(p, eye)
    _tram_front(p, 800, 800, 330)
    _wet_light(p)
    pen = p.pen()
    for _ in range(300):
        x, y, long = p.rng.uniform(0, p.width + 60), p.rng.uniform(0, p.height), p.rng.uniform(14, 36)
        pen.line([(x, y), (x - long * 0.16, y + long)], 0.9)
    p.paint(pen.done(), "#f3e3cc", opacity=0.25)


def _street_side(p, eye, side):
    pen, lights = p.inks(), []
    z, houses = 7.0, []
    while z < 170:
        houses.append((z, z + p.rng.uniform(6, 10), p.rng.uniform(12, 17)))
        z = houses[-1][1]
    for z0, z1, tall in reversed(houses):
        haze = min(0.75, z0 / 120)
        wall = mix(p.rng.choice(("#7a5a55", "#8d7366", "#5f5a63", "#9c8270", "#6b4a4a")), "#eec39a", haze)
        x = side * 9.5
        pen.polygon([eye.at(x, 0, z0), eye.at(x, tall, z0), eye.at(x, tall, z1), eye.at(x, 0, z1)], wall)
        pen.polygon(
            [
                eye.at(x, tall, z0),
                eye.at(x + side * 3, tall + 4, z0 + 1),
                eye.at(x + side * 3, tall + 4, z1 - 1),
                eye.at(x, tall, z1),
            ],
            mix(wall, "#35303f", 0.4),
        )
        pen.polygon(
            [
                eye.at(x, tall, z0),
                eye.at(x - side * 0.6, tall, z0),
                eye.at(x - side * 0.6, tall, z1),
                eye.at(x, tall + 0.5, z1),
            ],
            mix(wall, "#f5dcb8", 0.35),
        )
        for floor in range(int((tall - 4.5) / 3.2)):
            for col in range(3):
                a = z0 + (z1 - z0) * (col + 0.24) / 3
                b = z0 + (z1 - z0) * (col + 0.72) / 3
                y = 4.8 + floor * 3.2
                lit = p.rng.random() < 0.4
                glass = mix("#ffd38a" if lit else "#3d4657", "#eec39a", haze * 0.7)
                pen.polygon(
                    [eye.at(x, y, a), eye.at(x, y + 2, a), eye.at(x, y + 2, b), eye.at(x, y, b)], glass
                )
                pen.polygon(
                    [
                        eye.at(x, y - 0.15, a),
                        eye.at(x - side * 0.35, y - 0.15, a),
                        eye.at(x - side * 0.35, y, b),
                        eye.at(x, y, b),
                    ],
                    mix(wall, "#f5dcb8", 0.3),
                )
        a, b = z0 + 0.6, z1 - 0.6
        pen.polygon(
            [eye.at(x, 0.6, a), eye.at(x, 3.2, a), eye.at(x, 3.2, b), eye.at(x, 0.6, b)],
            mix(p.rng.choice(("#ffdc98", "#f4c078", "#ffe9bd")), "#eec39a", haze * 0.5),
        )
        lights.append(eye.at(x, 2, (a + b) / 2))
        awn = mix(p.rng.choice(("#7d3030", "#2f4f4f", "#39405c", "#8a6a34")), "#eec39a", haze)
        pen.polygon(
            [
                eye.at(x, 3.7, a),
                eye.at(x - side * 1.5, 3.0, a),
                eye.at(x - side * 1.5, 3.0, b),
                eye.at(x, 3.7, b),
            ],
            awn,
        )
        pen.polygon(
            [
                eye.at(x, 0, z0),
                eye.at(x - side * 2.6, 0, z0),
                eye.at(x - side * 2.6, 0, z1),
                eye.at(x, 0, z1),
            ],
            mix("#6a6470", "#f0c59b", haze),
        )
    p.lay(pen)
    for x, y in lights:
        p.glow(x, y, 90, "#eaa860", strength=0.3)


def _cobbles(p, eye):
    pen = p.pen()
    for x in (-3.4, -1.9, 1.9, 3.4):
        pen.polygon(
            [
                eye.at(x - 0.05, 0, 3),
                eye.at(x + 0.05, 0, 3),
                eye.at(x + 0.02, 0, 300),
                eye.at(x - 0.02, 0, 300),
            ]
        )
    rails = pen.done()
    rows = p.pen()
    z = 4.0
    while z < 60:
        y = eye.at(0, 0, z)[1]
        rows.line([(0, y), (p.width, y)], max(0.6, 14 / z))
        z *= 1.07
    p.paint(both(rows.done(), p.below([(-20, 610), (1620, 610)])), "#1d2433", opacity=0.3)
    p.paint(rails, "#f6d9ae", "#8a8a92")


def _wires(p, eye):
    pen = p.pen()
    for x in (-2.65, 2.65):
        pen.line([eye.at(x, 6.4, 3), eye.at(x, 6.4, 220)], 1.6)
    for z in (9, 15, 24, 40, 66):
        sag = [eye.at(-9.5, 8, z), eye.at(-2.65, 6.6, z), eye.at(2.65, 6.6, z), eye.at(9.5, 8, z)]
        pen.line(sag, max(0.8, 14 / z))
    p.paint(pen.done(), "#2c3345", opacity=0.9)
    pen = p.inks()
    spots = []
    for z in (11, 18, 29, 46):
        for side in (-1, 1):
            foot, top = eye.at(side * 7, 0, z), eye.at(side * 7, 4.6, z)
            pen.line([foot, top, eye.at(side * 6.2, 4.8, z)], max(1.5, 60 / z), "#232938")
            spots.append((*eye.at(side * 6.2, 4.5, z), 900 / z))
    p.lay(pen)
    for x, y, size in spots:
        p.glow(x, y, size * 1.6, "#ffce86", strength=0.8)
        p.glow(x, y, max(4, size * 0.16), "#fff3d3", power=0.5, screen=False)


def _walkers(p, eye):
    pen = p.inks()
    for x, z, umbrella in (
        (-8, 34, 0),
        (7.6, 26, 1),
        (-7.4, 17, 1),
        (8.2, 14, 1),
        (-8.6, 12.4, 0),
        (6.6, 44, 0),
        (5.2, 20, 1),
    ):
        foot, size = eye.at(x, 0, z), eye.size(1.75, z)
        coat = mix(p.rng.choice(("#1f2636", "#3a2730", "#28323f")), "#eec39a", min(0.5, z / 90))
        person(pen, *foot, size, p.rng, coat, stride=0.06)
        if umbrella:
            y = foot[1] - size * 1.02
            shade = mix(
                p.rng.choice(("#8e3a34", "#2f4f55", "#c08d42", "#222a3a")), "#eec39a", min(0.4, z / 110)
            )
            pen.line(
                [(foot[0] + size * 0.1, foot[1] - size * 0.6), (foot[0] + size * 0.1, y - size * 0.2)],
                2,
                "#1f2636",
            )
            pen.polygon(
                arc(foot[0] + size * 0.1, y + size * 0.06, size * 0.44, size * 0.3, 180, 360, 20), shade
            )
    p.lay(pen)


def _tram_front(p, x, foot, tall):
    half = tall * 0.36
    top = foot - tall
    body = p.pen()
    body.polygon(
        spline(
            [
                (x - half, foot - 26),
                (x - half * 1.02, foot - tall * 0.5),
                (x - half * 0.9, top + 26),
                (x - half * 0.7, top + 6),
                (x + half * 0.7, top + 6),
                (x + half * 0.9, top + 26),
                (x + half * 1.02, foot - tall * 0.5),
                (x + half, foot - 26),
            ],
            closed=False,
            steps=6,
        )
    )
    mask = body.done()
    p.paint(mask, "#d9a441", "#8a5a28", way="down right", grain=0.6)
    pen = p.inks()
    pen.rect(x - half * 0.96, foot - 40, x + half * 0.96, foot - 10, "#232938")
    pen.polygon(
        [
            (x - half * 0.86, foot - tall * 0.46),
            (x - half * 0.78, top + 62),
            (x + half * 0.78, top + 62),
            (x + half * 0.86, foot - tall * 0.46),
        ],
        "#2a3548",
    )
    pen.polygon(
        [
            (x - half * 0.8, foot - tall * 0.48),
            (x - half * 0.74, top + 70),
            (x + half * 0.1, top + 70),
            (x - half * 0.2, foot - tall * 0.48),
        ],
        "#f4c987",
        120,
    )
    pen.polygon(
        [
            (x + half * 0.2, foot - tall * 0.48),
            (x + half * 0.36, top + 70),
            (x + half * 0.5, top + 70),
            (x + half * 0.36, foot - tall * 0.48),
        ],
        "#f7dfb2",
        70,
    )
    bust(pen, x + half * 0.34, foot - tall * 0.59, 26, "#141b28")
    pen.rect(x - half * 0.46, top + 20, x + half * 0.46, top + 50, "#1d2433")
    for k in range(9):
        pen.rect(
            x - half * 0.36 + k * half * 0.08,
            top + 28,
            x - half * 0.31 + k * half * 0.08,
            top + 42,
            "#ffcf7a",
        )
    pen.line([(x - half, foot - tall * 0.36), (x + half, foot - tall * 0.36)], 6, "#f6e6c4")
    pen.line([(x - half * 0.84, foot - tall * 0.4), (x - half * 0.1, foot - tall * 0.62)], 3, "#151b27")
    for side in (-1, 1):
        pen.disc(x + side * half * 0.62, foot - tall * 0.2, 19, fill="#fff6d8")
        pen.disc(x + side * half * 0.62, foot - tall * 0.29, 8, fill="#c4452f")
        pen.rect(
            x + side * half * 1.12 - 8,
            foot - tall * 0.72,
            x + side * half * 1.12 + 8,
            foot - tall * 0.56,
            "#232938",
        )
    pen.line([(x - 60, top + 4), (x, top - 52), (x + 60, top + 4)], 4, "#232938")
    pen.line([(x - 70, top - 56), (x + 70, top - 56)], 4, "#232938")
    p.lay(pen)
    p.rim(mask, 3, 3, "#ffe7b4", 0.6)
    for side in (-1, 1):
        p.glow(x + side * half * 0.62, foot - tall * 0.2, 190, "#ffe4a6", strength=0.75)


def _wet_light(p):
    mirror = ImageOps.flip(p.image.crop((0, 533, p.width, 800)))
    mirror = mirror.resize((200, 30)).resize((p.width, 267), Image.BICUBIC)
    wet = p.fbm((240, 26), 4, 0.6, (p.width, 267)).point(lambda v: max(0, min(255, (v - 96) * 2)))
    window = p.fade((800, 0.75), (1067, 0.25)).crop((0, 800, p.width, 1067))
    p.image.paste(mirror, (0, 800), both(wet, window))
    pen = p.pen()
    for x in (726, 874):
        pen.polygon([(x - 16, 800), (x + 16, 800), (x + 46, 1060), (x - 46, 1060)])
    glare = both(soft(pen.done(), 8), p.fbm((120, 12), 3))
    p.paint(both(glare, p.fade((795, 0.9), (1067, 0.2))), "#ffe9b4")


SCENES = {
    "ville-crepuscule": ville_crepuscule,
    "canal": canal,
    "marche": marche,
    "tram": tram,
}

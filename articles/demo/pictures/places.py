"""Public places: a viaduct, a court, a school, a hospital, a stadium."""

import math

from PIL import Image

from .brush import Camera, arc, both, mix, shift, soft, spline, without
from .things import bare_tree, conifer, leafy_tree, person, round_arch


def train_nuit(p):
    """A lit night train on a viaduct, the moon over the mountains, all of it again in a lake."""
    p.sky((0, "#0f1c38"), (340, "#2b4468"), (560, "#5f7c94"), (700, "#8fa3a8"))
    pen = p.inks()
    for _ in range(240):
        pen.disc(
            p.rng.uniform(0, p.width),
            p.rng.uniform(0, 480),
            0.5 + 1.3 * p.rng.random() ** 4,
            fill="#e8edf2",
            opacity=p.rng.randint(90, 240),
        )
    p.lay(pen)
    p.glow(1080, 190, 420, "#8fb0c8", strength=0.5)
    p.glow(1080, 190, 60, "#f6f1dc", power=0.35, screen=False)
    p.clouds(60, 400, "#7b93a8", "#31496a", cell=(700, 60), low=140, opacity=0.6)
    for y, high, colour in ((430, 190, "#5b7690"), (540, 130, "#43607c")):
        mask = p.below(p.ridge(y, high, 520, 6, 0.48, True))
        p.paint(mask, colour, mix(colour, "#a8bcc2", 0.5), grain=0.7)
        p.mottle(both(mask, p.fade((y - 220, 1), (y + 60, 0))), "#dbe4e6", (110, 150), 136, 190, 0.5)
        p.mist(p.fade((y + 20, 0), (y + 110, 0.5), (y + 190, 0)), "#9fb2b8", body=0.4)
    for y, tall, colour in ((650, 46, "#2c4860"), (700, 70, "#1b3348")):
        pen = p.pen()
        pen.polygon([*p.ridge(y, 26, 380, 4), (1620, 800), (-20, 800)])
        for x in range(-20, 1640, 14):
            conifer(
                pen,
                x + p.rng.uniform(-6, 6),
                y + 34 + 16 * math.sin(x / 140),
                tall * p.rng.uniform(0.5, 1.2),
                p.rng,
            )
        p.paint(pen.done(), colour, mix(colour, "#6f8a98", 0.3), grain=0.7)
    _viaduct(p, 570, 765)
    _night_train(p, 570)
    p.mist(p.fade((690, 0), (758, 0.5), (800, 0)), "#8fa6b0", body=0.3, cell=(500, 50))
    p.reflect(765, "#14283f", strength=0.7, ripple=10, stretch=0.9)
    p.ripples(765, p.height, "#b9cbd2", 0.35, 170, 215)
    p.ripples(775, p.height, "#0c1c30", 0.6, 140, 215)
    p.mist(p.fade((750, 0), (785, 0.4), (850, 0)), "#93a9b3", body=0.2, cell=(600, 40))


def _viaduct(p, top, foot):
    pen = p.pen()
    pen.rect(-10, top, p.width + 10, foot)
    whole = pen.done()
    holes = p.pen()
    for k in range(11):
        holes.polygon(round_arch(60 + k * 148, 116, top + 26, foot + 40))
    stone = without(whole, holes.done())
    p.paint(stone, "#56677a", "#26384e", grain=0.9)
    joints = p.pen()
    for y in range(top + 30, foot, 17):
        joints.line([(0, y), (p.width, y)], 1)
    p.paint(both(joints.done(), stone), "#1d2c40", opacity=0.4)
    inner = without(stone, shift(stone, 12, 0))
    p.paint(inner, "#8196a3", opacity=0.55)
    rail = p.pen()
    rail.rect(-10, top - 6, p.width + 10, top + 8)
    p.paint(rail.done(), "#7b8e9c", "#33475c")


def _night_train(p, rail):
    pen, lights = p.inks(), []
    for car in range(6):
        x0 = -150 + car * 262
        x1 = x0 + 254
        pen.rect(x0, rail - 70, x1, rail - 14, "#1d3350" if car % 2 else "#243f5e")
        pen.polygon([(x0, rail - 70), (x0 + 10, rail - 79), (x1 - 10, rail - 79), (x1, rail - 70)], "#3d566f")
        pen.rect(x0, rail - 26, x1, rail - 21, "#c8a45c")
        for k in range(9):
            wx = x0 + 18 + k * 25
            lit = p.rng.random() < 0.78
            pen.rect(
                wx,
                rail - 61,
                wx + 18,
                rail - 37,
                p.rng.choice(("#ffdf9c", "#ffd07e", "#f8c46d")) if lit else "#33506d",
            )
            if lit:
                lights.append((wx + 9, rail - 48))
                if p.rng.random() < 0.35:
                    pen.disc(wx + 9, rail - 44, 4, 5, "#5d4334")
                    pen.rect(wx + 3, rail - 41, wx + 15, rail - 37, "#5d4334")
        for k in (0.14, 0.24, 0.76, 0.86):
            pen.disc(x0 + 254 * k, rail - 9, 8, fill="#101c2c")
        pen.rect(x1, rail - 40, x1 + 8, rail - 18, "#101c2c")
    nose = [(1424, rail - 12), (1424, rail - 76), (1520, rail - 76), (1556, rail - 46), (1566, rail - 12)]
    pen.polygon(nose, "#7d2f2c")
    pen.polygon([(1516, rail - 70), (1540, rail - 48), (1500, rail - 48), (1496, rail - 70)], "#ffe2a6")
    pen.rect(1424, rail - 30, 1560, rail - 24, "#c8a45c")
    for x in (1450, 1474, 1510, 1534):
        pen.disc(x, rail - 9, 8, fill="#101c2c")
    pen.line([(1440, rail - 76), (1462, rail - 100), (1484, rail - 76)], 2.4, "#16263a")
    for x in range(30, 1600, 148):
        pen.line([(x, rail - 2), (x, rail - 122), (x + 34, rail - 116)], 2.6, "#16263a")
    pen.line([(0, rail - 104), (p.width, rail - 104)], 1.2, "#16263a")
    p.lay(pen)
    for x, y in lights[::2]:
        p.glow(x, y, 46, "#e8a95c", strength=0.35)
    p.glow(1562, rail - 28, 190, "#ffe9b8", 80, strength=0.8)


def tribunal(p):
    """A court house with columns in low morning light, lawyers on its steps."""
    p.sky((0, "#7f9aa8"), (340, "#c9cfc2"), (560, "#ece2c6"))
    p.clouds(-40, 380, "#f5efdc", cell=(620, 90), opacity=0.7)
    base = 760
    pen = p.pen()
    pen.rect(150, 330, 1450, base)
    p.paint(pen.done(), "#b8aa8d", "#8c7f6a", grain=0.6)
    pen = p.inks()
    for side in (0, 1):
        for k in range(3):
            for row in range(2):
                x = (200 + k * 62) if side == 0 else (1400 - k * 62)
                pen.rect(x - 16, 400 + row * 170, x + 16, 510 + row * 170, "#5a5c58")
                pen.line([(x, 400 + row * 170), (x, 510 + row * 170)], 2.5, "#a99d84")
                pen.rect(x - 22, 392 + row * 170, x + 22, 399 + row * 170, "#d8cbab")
    pen.rect(136, 318, 1464, 336, "#d9ccad")
    p.lay(pen)
    deep = p.pen()
    deep.rect(380, 330, 1220, base)
    p.paint(deep.done(), "#4a4440", "#2d2a2b", grain=0.5)
    pen = p.inks()
    for x in (560, 800, 1040):
        pen.rect(x - 48, 470 if x == 800 else 520, x + 48, base, "#6b4a37")
        pen.rect(x - 2, 470 if x == 800 else 520, x + 2, base, "#2a2020")
    pen.rect(768, 490, 832, 560, "#d8a860")
    p.lay(pen)
    p.glow(800, 560, 170, "#d99a52", strength=0.35)
    for k in range(6):
        _column(p, 420 + k * 152, 340, base)
    _pediment(p)
    _steps(p, base)


def _column(p, x, top, foot):
    pen = p.pen()
    pen.polygon([(x - 40, foot - 24), (x - 33, top + 34), (x + 33, top + 34), (x + 40, foot - 24)])
    shaft = pen.done()
    p.paint(shaft, "#f4e7c6", "#7f7260", way="right", grain=0.7)
    pen = p.pen()
    for k in range(-3, 4):
        pen.line([(x + k * 11, foot - 24), (x + k * 9, top + 34)], 2)
    p.paint(both(pen.done(), shaft), "#6d6150", opacity=0.35)
    pen = p.pen()
    pen.polygon(
        [
            (x - 34, top + 36),
            (x - 50, top + 10),
            (x - 50, top),
            (x + 50, top),
            (x + 50, top + 10),
            (x + 34, top + 36),
        ]
    )
    pen.rect(x - 48, foot - 26, x + 48, foot - 12)
    pen.rect(x - 54, foot - 12, x + 54, foot + 2)
    p.paint(pen.done(), "#f6ebcd", "#8f816b", way="right", grain=0.6)


def _pediment(p):
    pen = p.pen()
    pen.rect(356, 268, 1244, 342)
    p.paint(pen.done(), "#efe2c2", "#b3a487", way="right", grain=0.6)
    pen = p.pen()
    pen.polygon([(330, 268), (800, 104), (1270, 268)])
    p.paint(pen.done(), "#f3e7c9", "#a39478", way="right down", grain=0.6)
    pen = p.pen()
    pen.polygon([(420, 252), (800, 122), (1180, 252)])
    inner = pen.done()
    p.paint(inner, "#8d806a", "#c6b797", grain=0.7)
    pen = p.pen()
    pen.limb([(800, 150), (800, 246)], 7)
    pen.limb([(730, 176), (870, 176)], 6)
    for side in (-1, 1):
        pen.line([(800 + side * 70, 176), (800 + side * 92, 218)], 2)
        pen.line([(800 + side * 70, 176), (800 + side * 48, 218)], 2)
        pen.polygon(arc(800 + side * 70, 218, 26, 16, 0, 180, 14))
        for k in range(3):
            person(pen, 800 + side * (140 + k * 62), 251, 82 - k * 22, p.rng, stride=0.02)
    pen.rect(766, 240, 834, 252)
    relief = both(pen.done(), inner)
    p.paint(relief, "#efe2c3", "#c2b292", way="right")
    p.rim(relief, -2, -2, "#5f5545", 0.6)
    pen = p.inks()
    pen.polygon([(322, 270), (800, 100), (1278, 270), (1278, 258), (800, 86), (322, 258)], "#f8eed5")
    for k in range(37):
        pen.rect(366 + k * 24, 330, 376 + k * 24, 342, "#8d806a")
    pen.line([(356, 296), (1244, 296)], 2, "#a39478")
    p.lay(pen)


def _steps(p, base):
    plaza = p.fade((base - 1, 0), (base, 1))
    p.paint(plaza, "#e3d5b4", "#a8997d", grain=0.7)
    for k in range(9):
        y0, y1 = base + k * 15 + k * k * 1.1, base + (k + 1) * 15 + (k + 1) ** 2 * 1.1
        spread = 36 * k + k * k * 2
        pen = p.pen()
        pen.rect(350 - spread, y0, 1250 + spread, y1 + 2)
        p.paint(pen.done(), "#f1e5c7", "#a8997d", grain=0.5)
    ground = p.pen()
    ground.rect(-10, base + 224, p.width + 10, p.height + 10)
    p.paint(ground.done(), "#cdbf9f", "#8f8269", grain=0.9)
    shade = p.pen()
    for k in range(6):
        x = 420 + k * 152
        shade.polygon([(x + 20, base), (x + 60, base), (x + 330, base + 300), (x + 270, base + 300)])
    p.paint(both(soft(shade.done(), 4), p.fade((base, 0.45), (p.height, 0.1))), "#4d4650")
    pen, long = p.inks(), p.pen()
    for x, y, size in (
        (610, 838, 118),
        (668, 842, 112),
        (960, 896, 132),
        (1110, 800, 96),
        (760, 960, 150),
        (420, 990, 158),
    ):
        long.polygon(
            [(x - 12, y), (x + 16, y), (x + size * 1.2, y + size * 0.5), (x + size * 1.05, y + size * 0.5)]
        )
        robe = p.rng.random() < 0.6
        person(pen, x, y, size, p.rng, "#26242b" if robe else "#3e4a57", stride=0.05)
        if robe:
            pen.polygon(
                [
                    (x - size * 0.14, y - size * 0.76),
                    (x + size * 0.14, y - size * 0.76),
                    (x + size * 0.2, y - size * 0.08),
                    (x - size * 0.2, y - size * 0.08),
                ],
                "#26242b",
            )
            pen.polygon(
                [
                    (x - 4, y - size * 0.82),
                    (x + 4, y - size * 0.82),
                    (x + 6, y - size * 0.66),
                    (x - 6, y - size * 0.66),
                ],
                "#f3ead4",
            )
    p.paint(soft(long.done(), 2), "#4d4650", opacity=0.5)
    p.lay(pen)


def ecole(p):
    """A brick school before the bell, children crossing the yard with long shadows."""
    p.sky((0, "#9db7b5"), (300, "#dfdfc6"), (600, "#f5e6bf"))
    p.clouds(-30, 300, "#f8f1dc", cell=(560, 90), opacity=0.7)
    foot = 700
    pen = p.pen()
    pen.rect(110, 330, 1490, foot)
    pen.polygon([(560, 330), (560, 250), (800, 140), (1040, 250), (1040, 330)])
    wall = pen.done()
    p.paint(wall, "#b3644a", "#8a4538", way="down right", grain=0.6)
    pen = p.pen()
    for y in range(140, foot, 11):
        pen.line([(100, y), (1500, y)], 0.9)
    p.paint(both(pen.done(), wall), "#e0a784", opacity=0.3)
    pen = p.inks()
    pen.polygon([(90, 334), (150, 262), (556, 262), (556, 334)], "#5a5a5f")
    pen.polygon([(1044, 334), (1044, 262), (1450, 262), (1510, 334)], "#4b4b52")
    pen.line([(546, 254), (800, 132), (1054, 254)], 12, "#efe2c2")
    for y in (330, 512):
        pen.rect(104, y, 1496, y + 9, "#e6d5b0")
    for x in (200, 340, 480, 1120, 1260, 1400):
        for y in (372, 552):
            _school_window(p, pen, x, y, 92, 112)
    for x in (660, 940):
        _school_window(p, pen, x, 360, 92, 120)
    _school_window(p, pen, 800, 360, 110, 120)
    pen.disc(800, 244, 48, fill="#efe2c2")
    pen.disc(800, 244, 40, fill="#faf3df")
    for k in range(12):
        a = math.radians(k * 30)
        pen.line(
            [
                (800 + 33 * math.cos(a), 244 + 33 * math.sin(a)),
                (800 + 38 * math.cos(a), 244 + 38 * math.sin(a)),
            ],
            2.5,
            "#3a3330",
        )
    pen.line([(775, 229), (800, 244), (800, 214)], 4, "#3a3330")
    _bell_turret(pen, 800, 140)
    pen.polygon(round_arch(800, 170, 526, foot), "#e6d5b0")
    pen.polygon(round_arch(800, 142, 540, foot), "#2f4c48")
    pen.rect(738, 600, 796, foot, "#3f655e")
    pen.rect(804, 600, 862, foot, "#3f655e")
    for x in (752, 818):
        pen.rect(x, 614, x + 30, 650, "#e9cf91")
    pen.rect(706, foot - 8, 894, foot + 6, "#cfc0a0")
    p.lay(pen)
    yard = p.fade((foot - 1, 0), (foot, 1))
    p.paint(yard, "#e7d3a6", "#b08f66", grain=0.8)
    _yard(p, foot)


def _school_window(p, pen, x, y, wide, tall):
    pen.rect(x - wide / 2 - 7, y - 7, x + wide / 2 + 7, y + tall + 9, "#efe2c2")
    pen.rect(x - wide / 2, y, x + wide / 2, y + tall, "#4b6468")
    pen.polygon([(x - wide / 2, y + tall * 0.7), (x - wide / 2, y), (x + wide * 0.2, y)], "#8ba5a0")
    if p.rng.random() < 0.5:
        for k in range(4):
            pen.disc(
                x - wide * 0.34 + k * wide * 0.22,
                y + tall - 16 - p.rng.uniform(0, 8),
                8,
                fill=p.rng.choice(("#e0b04e", "#c8573e", "#8fae6a", "#efe6cf")),
            )
    for k in range(1, 4):
        pen.line([(x - wide / 2 + wide * k / 4, y), (x - wide / 2 + wide * k / 4, y + tall)], 2.5, "#efe2c2")
    for k in (0.33, 0.66):
        pen.line([(x - wide / 2, y + tall * k), (x + wide / 2, y + tall * k)], 2.5, "#efe2c2")


def _bell_turret(pen, x, foot):
    pen.rect(x - 32, foot - 74, x + 32, foot + 16, "#e6d5b0")
    pen.polygon(round_arch(x, 38, foot - 62, foot), "#6d8a8a")
    pen.polygon([(x - 13, foot - 14), (x - 9, foot - 38), (x + 9, foot - 38), (x + 13, foot - 14)], "#8a6a34")
    pen.disc(x, foot - 12, 4, fill="#5b4424")
    pen.polygon([(x - 42, foot - 72), (x, foot - 128), (x + 42, foot - 72)], "#4b4b52")


def _yard(p, foot):
    lines = p.pen()
    eye = Camera(560, 3.2, 1100, 800)
    for k in range(6):
        z = 9.5 + k * 1.2
        for x in (-5.2, -4.0, -2.8)[: 3 if k % 2 else 2]:
            corners = [eye.at(x + a, 0, z + b) for a, b in ((0, 0), (1.2, 0), (1.2, 1.2), (0, 1.2), (0, 0))]
            lines.line(corners, 3.4)
    p.paint(lines.done(), "#f8efd8", opacity=0.8)
    shade, kids = p.pen(), p.inks()
    spots = [(p.rng.uniform(180, 1440), p.rng.uniform(730, 980)) for _ in range(15)]
    for x, y in sorted(spots, key=lambda spot: spot[1]):
        size = 52 + (y - 700) * 0.3
        shade.polygon(
            [(x - 6, y), (x + 8, y), (x + size * 1.9, y + size * 0.42), (x + size * 1.6, y + size * 0.46)]
        )
        _child(p, kids, x, y, size)
    for x in (150, 1452):
        shade.disc(x + 160, 748, 210, 26)
    p.paint(soft(shade.done(), 2), "#6b4a3a", opacity=0.5)
    p.lay(kids)
    for x in (96, 1500):
        tree = p.pen()
        leafy_tree(tree, x, 770, 520, p.rng, leaves=300)
        mask = tree.done()
        p.paint(mask, "#c98f3b", "#6d4526", way="down right", grain=0.9)
        p.mottle(mask, "#7d7a3c", (90, 80), 125, 190, 0.75)
        p.rim(mask, 3, 3, "#f2d389", 0.45)


def _child(p, pen, x, y, size):
    coat = p.rng.choice(("#c9503a", "#2f6470", "#d9a03f", "#4f6b45", "#7a4a6a", "#e6dbc0"))
    legs, skin = (
        p.rng.choice(("#33404d", "#4d3f39")),
        p.rng.choice(("#e6bb98", "#a8744f", "#6f4a38", "#f0cdae")),
    )
    swing = p.rng.choice((-0.16, 0.14, 0.1))
    for side in (-1, 1):
        pen.limb([(x, y - size * 0.42), (x + side * swing * size, y)], size * 0.12, size * 0.09, legs)
    pen.polygon(
        spline(
            [
                (x - size * 0.17, y - size * 0.72),
                (x + size * 0.17, y - size * 0.72),
                (x + size * 0.2, y - size * 0.34),
                (x - size * 0.2, y - size * 0.34),
            ],
            steps=5,
        ),
        coat,
    )
    pen.limb(
        [(x, y - size * 0.68), (x + swing * size * 1.5, y - size * 0.46)],
        size * 0.1,
        fill=mix(coat, "#2a2024", 0.2),
    )
    pen.rect(
        x - size * 0.13,
        y - size * 0.7,
        x + size * 0.13,
        y - size * 0.46,
        p.rng.choice(("#8a5a34", "#37505c", "#a33d33")),
    )
    pen.disc(x, y - size * 0.87, size * 0.13, fill=skin)
    pen.polygon(
        arc(x, y - size * 0.89, size * 0.145, size * 0.14, 165, 375, 14),
        p.rng.choice(("#2f2422", "#6b432b", "#b58a4f", "#c9503a")),
    )


def hopital_nuit(p):
    """A hospital at night: rows of lit windows, an ambulance, wet asphalt."""
    p.sky((0, "#0d1a2e"), (420, "#22405a"), (720, "#4d7480"))
    p.clouds(-60, 420, "#3c5c70", cell=(640, 100), low=120, opacity=0.7)
    ground = 760
    for x, wide, tall, tone in (
        (-20, 430, 360, "#1d3448"),
        (1130, 500, 430, "#1f374b"),
        (360, 830, 560, "#2a465a"),
    ):
        _ward_block(p, x, wide, tall, ground, tone)
    _entrance(p, ground)
    p.reflect(ground, "#12243a", strength=0.55, ripple=5, stretch=0.62)
    p.mottle(p.fade((ground, 0), (ground + 4, 1)), "#16283c", (300, 40), 105, 200, 0.75)
    p.ripples(ground, p.height, "#86a5ad", 0.3, 165, 220)
    _ambulance(p, 500, 872)
    pen = p.pen()
    person(pen, 838, 800, 96, p.rng, stride=0.06)
    person(pen, 884, 802, 92, p.rng, stride=-0.03)
    figures = pen.done()
    p.paint(figures, "#10202f")
    p.rim(figures, 2, 3, "#f6dfa8", 0.6)
    pen = p.pen()
    for x in (130, 1440):
        bare_tree(pen, x, 800, 330, p.rng, width=20)
    p.paint(pen.done(), "#0d1927", opacity=0.9)


def _ward_block(p, x, wide, tall, ground, tone):
    pen = p.pen()
    pen.rect(x, ground - tall, x + wide, ground)
    body = pen.done()
    p.paint(body, tone, mix(tone, "#7d97a0", 0.25), way="right down", grain=0.7)
    pen, glows = p.inks(), []
    rows, cols = int((tall - 60) / 66), int((wide - 30) / 58)
    for row in range(rows):
        y = ground - tall + 34 + row * 66
        pen.rect(x + 8, y + 45, x + wide - 8, y + 50, mix(tone, "#0d1a2e", 0.4))
        for col in range(cols):
            wx = x + 22 + col * (wide - 30) / cols
            roll = p.rng.random()
            glass = (
                "#1a3145"
                if roll < 0.42
                else p.rng.choice(("#f8d993", "#f3c777", "#e9e6c4", "#bcd8d2", "#f0b968"))
            )
            pen.rect(wx, y, wx + 38, y + 42, glass)
            if roll >= 0.42:
                glows.append((wx + 19, y + 20))
                if p.rng.random() < 0.3:
                    pen.disc(wx + 16, y + 24, 6, 7, "#33404a")
                    pen.polygon(
                        [(wx + 5, y + 42), (wx + 9, y + 32), (wx + 24, y + 32), (wx + 28, y + 42)], "#33404a"
                    )
                elif p.rng.random() < 0.5:
                    for k in range(5):
                        pen.line(
                            [(wx, y + 3 + k * 4), (wx + 38, y + 3 + k * 4)], 1.3, mix(glass, "#5b5a50", 0.4)
                        )
            pen.line([(wx + 19, y), (wx + 19, y + 42)], 2, mix(tone, "#0d1a2e", 0.2))
    pen.rect(x - 6, ground - tall - 10, x + wide + 6, ground - tall, mix(tone, "#8fa8ae", 0.3))
    p.lay(pen)
    for gx, gy in glows[::2]:
        p.glow(gx, gy, 54, "#d9a860", strength=0.25)


def _entrance(p, ground):
    pen = p.inks()
    pen.rect(560, ground - 128, 1040, ground, "#f4e1ae")
    for k in range(13):
        pen.line([(560 + k * 40, ground - 116), (560 + k * 40, ground)], 3, "#4d6770")
    pen.rect(600, ground - 40, 720, ground - 6, "#8a9c94")
    pen.rect(930, ground - 88, 980, ground, "#cfc294")
    pen.rect(520, ground - 150, 1080, ground - 116, "#365465")
    pen.rect(520, ground - 120, 1080, ground - 114, "#f8ecc6")
    cross = (800, ground - 640)
    pen.rect(cross[0] - 60, cross[1] - 4, cross[0] + 60, cross[1] + 92, "#365465")
    for w, h in ((34, 11), (11, 34)):
        pen.rect(cross[0] - w, cross[1] + 44 - h, cross[0] + w, cross[1] + 44 + h, "#9be0c0")
    p.lay(pen)
    p.glow(cross[0], cross[1] + 44, 150, "#4fb493", strength=0.6)
    p.glow(800, ground - 50, 420, "#f0c98a", 170, strength=0.35)


def _ambulance(p, x, y):
    pen = p.inks()
    pen.disc(x + 120, y + 4, 190, 14, "#08121f", 200)
    pen.polygon(
        [
            (x - 60, y - 6),
            (x - 60, y - 136),
            (x + 170, y - 136),
            (x + 178, y - 100),
            (x + 226, y - 92),
            (x + 268, y - 52),
            (x + 274, y - 6),
        ],
        "#e9e6d6",
    )
    pen.polygon([(x - 60, y - 6), (x - 60, y - 40), (x + 272, y - 40), (x + 274, y - 6)], "#b9bcae")
    for k in range(14):
        pen.rect(x - 60 + k * 24, y - 62, x - 48 + k * 24, y - 46, "#2f7d6d")
        pen.rect(x - 48 + k * 24, y - 62, x - 36 + k * 24, y - 46, "#e3c24a")
    pen.polygon([(x + 184, y - 94), (x + 222, y - 86), (x + 252, y - 56), (x + 184, y - 56)], "#27404f")
    pen.rect(x + 20, y - 118, x + 84, y - 80, "#f6dfa0")
    pen.rect(x + 96, y - 122, x + 98, y - 8, "#9a9d92")
    for w, h in ((15, 5), (5, 15)):
        pen.rect(x - 26 - w, y - 98 - h, x - 26 + w, y - 98 + h, "#2f7d6d")
    for wx in (x + 10, x + 212):
        pen.disc(wx, y - 6, 27, fill="#10161e")
        pen.disc(wx, y - 6, 12, fill="#8a9298")
    pen.rect(x + 150, y - 150, x + 176, y - 136, "#7fb4ff")
    pen.rect(x - 50, y - 150, x - 26, y - 136, "#7fb4ff")
    pen.disc(x + 268, y - 40, 8, fill="#fff6d6")
    p.lay(pen)
    for gx in (x + 163, x - 38):
        p.glow(gx, y - 144, 190, "#4b86e0", strength=0.7)
    p.glow(x + 272, y - 38, 90, "#fff0c4", strength=0.8)
    beam = p.pen()
    beam.polygon([(x + 270, y - 42), (x + 720, y - 30), (x + 760, y + 70), (x + 270, y - 30)])
    p.paint(soft(beam.done(), 12), "#f7e6b4", opacity=0.22)


def stade(p):
    """A full stadium on a match night: floodlights, mown stripes, a sea of people."""
    p.sky((0, "#0f1d33"), (300, "#2a4763"), (470, "#5f7f8c"))
    p.clouds(-40, 330, "#4b6a80", cell=(600, 80), opacity=0.6)
    bowl = p.pen()
    bowl.disc(800, 640, 1080, 400)
    seats = both(bowl.done(), p.fade((240, 1), (1067, 1)))
    p.paint(seats, "#33455a", "#1d2a3c", grain=0.9)
    _crowd(p)
    roof = p.pen()
    roof.polygon([*arc(800, 660, 1110, 450, 180, 360, 60), *reversed(arc(800, 660, 980, 330, 180, 360, 60))])
    top = roof.done()
    p.paint(top, "#8fa3ac", "#37495c", grain=0.7)
    ribs = p.pen()
    for k in range(5, 56):
        a = math.radians(180 + k * 3)
        ribs.line(
            [
                (800 + 1110 * math.cos(a), 660 + 450 * math.sin(a)),
                (800 + 980 * math.cos(a), 660 + 330 * math.sin(a)),
            ],
            2,
        )
    p.paint(both(ribs.done(), top), "#22334a", opacity=0.7)
    p.rim(top, 0, -4, "#f3edcf", 0.9)
    _pitch(p)
    spots = []
    for k in range(9):
        a = math.radians(206 + k * 16)
        spots.append((800 + 990 * math.cos(a), 660 + 338 * math.sin(a)))
    for x, y in spots:
        p.glow(x, y, 150, "#f6f2d4", 110, strength=0.75)
        p.glow(x, y, 16, "#fffdf0", 10, power=0.5, screen=False)
    rays = p.pen()
    for x, y in spots[1:-1]:
        rays.polygon([(x, y), (800 + (x - 800) * 0.1 - 200, 900), (800 + (x - 800) * 0.1 + 200, 900)])
    haze = soft(rays.done().resize((400, 267)), 8).resize(p.size, Image.BICUBIC)
    p.paint(both(haze, p.fade((320, 0.2), (900, 0.02))), "#f4f2da")


def _crowd(p):
    pen = p.inks()
    tones = (
        "#e9d9b8",
        "#c9503f",
        "#c9503f",
        "#8a9aa5",
        "#4b6278",
        "#d9a04a",
        "#22303f",
        "#f3ead2",
        "#5f4a4a",
    )
    for ring in range(34):
        t = ring / 34
        rx, ry, cy = 1000 - 420 * t, 330 - 168 * t, 640 + 20 * t
        size = 3.0 + 2.2 * t
        steps = int(rx * 2.7 / (size * 2.1))
        for k in range(steps):
            a = math.radians(180 + 180 * (k + p.rng.uniform(-0.3, 0.3)) / steps)
            block = (k * 22 // steps) % 11 == 5
            if k * 22 % steps < 22 * 1.2 or p.rng.random() < 0.05 or ring in (16, 17):
                continue
            shade = mix(p.rng.choice(tones), "#1b2a3d", 0.42 - 0.3 * t)
            pen.disc(
                800 + rx * math.cos(a),
                cy + ry * math.sin(a),
                size * 0.55,
                size * 0.75,
                mix(shade, "#e6d6ae", 0.25 if block else 0),
            )
    p.lay(pen)


def _pitch(p):
    eye = Camera(330, 36, 900, 800)
    pen = p.pen()
    pen.polygon([eye.at(x, 0, z) for x, z in ((-62, 40), (62, 40), (62, 152), (-62, 152))])
    p.paint(pen.done(), "#3c5b48", "#27463a", grain=0.6)
    pen = p.inks()
    for k in range(14):
        z0, z1 = 50 + k * 7, 57 + k * 7
        pen.polygon(
            [eye.at(-52, 0, z0), eye.at(52, 0, z0), eye.at(52, 0, z1), eye.at(-52, 0, z1)],
            "#7c9a63" if k % 2 else "#688856",
        )
    white, wide = "#f4f1dc", 3

    def line(*points):
        pen.line([eye.at(x, 0, z) for x, z in points], wide, white)

    line((-46, 55), (46, 55), (46, 143), (-46, 143), (-46, 55))
    line((0, 55), (0, 143))
    line(*[(10 * math.cos(a / 10), 99 + 10 * math.sin(a / 10)) for a in range(64)])
    for side in (-1, 1):
        line((side * 46, 78), (side * 30, 78), (side * 30, 120), (side * 46, 120))
        line((side * 46, 88), (side * 40, 88), (side * 40, 110), (side * 46, 110))
        for z in (95, 103):
            pen.line([eye.at(side * 46, 0, z), eye.at(side * 46, 3.4, z)], 4, white)
        pen.line([eye.at(side * 46, 3.4, 95), eye.at(side * 46, 3.4, 103)], 4, white)
    for k in range(22):
        x, z = p.rng.uniform(-38, 38), p.rng.uniform(62, 136)
        foot, size = eye.at(x, 0, z), eye.size(3.4, z)
        pen.polygon(
            [
                foot,
                (foot[0] + size * 0.9, foot[1] + size * 0.16),
                (foot[0] + size * 0.8, foot[1] - size * 0.02),
            ],
            "#27463a",
            150,
        )
        person(pen, *foot, size, p.rng, "#c34f3a" if k % 2 else "#f1ead2", coat=False, stride=0.14)
    pen.disc(*eye.at(-4, 0.4, 92), 4, fill="#ffffff")
    p.lay(pen)
    p.paint(
        both(p.fade((560, 0), (700, 0.3), (1000, 0)), soft(pen.done().getchannel("A"), 2)),
        "#eff2c8",
        grain=0.8,
        opacity=0.5,
    )


SCENES = {
    "train-nuit": train_nuit,
    "tribunal": tribunal,
    "ecole": ecole,
    "hopital-nuit": hopital_nuit,
    "stade": stade,
}

"""A valley, a polder, dunes, islands and the night sky."""

import math

from PIL import Image

from .brush import Camera, both, mix, soft, spline
from .things import birds, conifer, crown, person


def vallee_brume(p):
    """Ranges of hills in the morning's mist, firs on the near ones, a river between."""
    p.sky((0, "#86aab6"), (260, "#cdd5c4"), (460, "#f5e2b8"), (700, "#efdcb4"))
    p.clouds(20, 330, "#f2ead6", cell=(700, 80), opacity=0.55)
    p.glow(520, 300, 620, "#fff0c8", strength=0.8)
    p.glow(520, 300, 66, "#fffaea", power=0.5, screen=False)
    ranges = [("#b9c7bd", 430, 130, 520, True), ("#9bb3ae", 520, 120, 430, True)]
    ranges += [("#7a9a99", 610, 90, 480, False), ("#577c7f", 700, 90, 420, False)]
    ranges += [("#37595e", 800, 100, 520, False), ("#1f3c42", 930, 110, 600, False)]
    for i, (colour, y, high, cell, sharp) in enumerate(ranges):
        skyline = p.ridge(y, high, cell, 5, 0.42 if i < 3 else 0.3, sharp)
        if i > 2:
            skyline = [
                (x, sy + 150 * math.exp(-(((x - 760) / 330) ** 2)) - abs(x - 800) * 0.06) for x, sy in skyline
            ]
        pen = p.pen()
        pen.polygon([*skyline, (p.width + 20, p.height), (-20, p.height)])
        if i > 1:
            for _ in range((60, 110, 130, 120)[i - 2]):
                x, sy = p.rng.choice(skyline)
                conifer(pen, x, sy + 12, p.rng.uniform(0.6, 1.2) * (16, 30, 58, 110)[i - 2], p.rng)
        mask = pen.done()
        p.paint(mask, colour, mix(colour, "#e9e2cb", 0.62 if i < 4 else 0.25), grain=0.5)
        p.rim(mask, -2, 4, mix(colour, "#fff0c8", 0.45), opacity=0.5)
        low = y + 60
        p.mist(
            p.fade((low - 90, 0), (low + 50, 0.8 - i * 0.07), (low + 170, 0)),
            "#efe7d2",
            cell=(620, 70),
            body=0.25,
        )
    pen = p.pen()
    birds(pen, 690, 330, 9, 60, p.rng, size=13)
    p.paint(pen.done(), "#41616a", opacity=0.8)


def polder(p):
    """Fields, bulbs and a canal running to the horizon, from a balloon."""
    p.sky((0, "#7fa6bd"), (240, "#e6e3cf"), (300, "#f0e8d0"))
    p.clouds(-40, 250, "#f8f2e2", "#b9c4c6", cell=(520, 70), opacity=0.85)
    eye = Camera(horizon=262, height=95, focal=1150, middle=830)
    pen = p.inks()
    pen.rect(0, 262, p.width, p.height, "#8d9c6b")
    greens = ["#7f9a5c", "#93a866", "#6b8a56", "#a9b06a", "#b8b27a", "#c9b878", "#587a52", "#8a7a54"]
    bulbs = ["#c8564b", "#e0a43a", "#d9a7a4", "#efe3c0", "#8d5a7c", "#d9733f"]
    z = 120.0
    while z < 5200:
        deep = z * p.rng.uniform(0.22, 0.42)
        for side in (-1, 1):
            x = 26.0
            while x < z * 0.95 + 120:
                wide = p.rng.uniform(45, 130)
                _field(p, pen, eye, side, x, x + wide, z, z + deep, greens, bulbs)
                x += wide + 5
        z += deep + 8 + z * 0.008
    p.lay(pen)
    ground = p.fade((262, 0), (264, 1))
    p.mottle(ground, "#f3ecc6", (700, 90), 150, 235, 0.35)
    p.mottle(ground, "#2f4a44", (900, 160), 150, 225, 0.42)
    _canal(p, eye)
    _dyke_trees(p, eye)
    p.mist(p.fade((220, 0), (266, 0.95), (420, 0)), "#efe8d2", body=0.75)
    _windmill(p, *eye.at(120, 0, 620), eye.size(44, 620))
    pen = p.pen()
    birds(pen, 560, 470, 12, 70, p.rng, size=12)
    p.paint(pen.done(), "#f7f1df", opacity=0.9)


def _field(p, pen, eye, side, x0, x1, z0, z1, greens, bulbs):
    corners = ((x0, z0), (x1, z0), (x1, z1), (x0, z1))
    pen.polygon([eye.at(side * x, 0, z) for x, z in corners], p.rng.choice(greens))
    kind = p.rng.random()
    if kind < 0.4 and z0 < 2600:
        rows = p.rng.randint(5, 12)
        tints = p.rng.sample(bulbs, 2)
        for i in range(rows):
            a, b = (x0 + (x1 - x0) * (i + k) / rows for k in (0.08, 0.78))
            colour = tints[0] if i < rows * 0.6 else tints[1]
            pen.polygon(
                [eye.at(side * x, 0, z) for x, z in ((a, z0 + 3), (b, z0 + 3), (b, z1 - 3), (a, z1 - 3))],
                colour,
            )
    elif kind < 0.75 and z0 < 1400:
        for i in range(1, 14):
            x = x0 + (x1 - x0) * i / 14
            pen.line([eye.at(side * x, 0, z0), eye.at(side * x, 0, z1)], 1.4 * 300 / z0, "#5f7a4e", 150)


def _canal(p, eye):
    pen = p.pen()
    pen.polygon([eye.at(x, 0, z) for x, z in ((-19, 60), (19, 60), (19, 9000), (-19, 9000))])
    banks = pen.done()
    p.paint(banks, "#c9c39a", "#6f7f58")
    pen = p.pen()
    pen.polygon([eye.at(x, 0, z) for x, z in ((-14, 60), (14, 60), (14, 9000), (-14, 9000))])
    for z in (330, 900):
        pen.polygon([eye.at(x, 0, zz) for x, zz in ((-300, z), (300, z), (300, z + 9), (-300, z + 9))])
    water = pen.done()
    p.paint(water, "#f0e6cb", "#5f8ea3", grain=0.3)
    p.ripples(262, p.height, "#f9f3e2", 0.5, mask=water)
    pen = p.inks()
    for z, x in ((300, -5), (520, 4)):
        hull = [(x - 2.6, z), (x + 2.6, z), (x + 2.6, z + 26), (x, z + 34), (x - 2.6, z + 26)]
        pen.polygon([eye.at(*(a, 1, b)) for a, b in hull], "#3a4447")
        pen.polygon(
            [
                eye.at(a, 2, b)
                for a, b in ((x - 1.7, z + 5), (x + 1.7, z + 5), (x + 1.7, z + 22), (x - 1.7, z + 22))
            ],
            "#b8593f",
        )
        pen.polygon([eye.at(a, 0, b) for a, b in ((x, z), (x + 9, z - 45), (x - 9, z - 45))], "#f5efdc", 110)
    p.lay(pen)


def _dyke_trees(p, eye):
    shade, trees = p.pen(), p.pen()
    z = 2600.0
    while z > 150:
        for x in (-25, 25):
            sx, sy = eye.at(x, 0, z)
            tall, wide = eye.size(17, z), eye.size(3.2, z)
            shade.polygon(
                spline([(sx - wide, sy), (sx + tall * 1.1, sy + tall * 0.14), (sx + wide, sy + wide * 0.6)])
            )
            trees.disc(sx, sy - tall * 0.5, wide, tall * 0.52)
        z *= 0.93
    p.paint(shade.done(), "#2c4540", opacity=0.45)
    mask = trees.done()
    p.paint(mask, "#7d8f52", "#33513f", way="down right")
    p.rim(mask, 2, 2, "#d9cf8b", 0.7)


def _windmill(p, x, y, tall):
    pen = p.inks()
    body = [
        (x - tall * 0.17, y),
        (x - tall * 0.1, y - tall * 0.6),
        (x + tall * 0.1, y - tall * 0.6),
        (x + tall * 0.17, y),
    ]
    pen.polygon(body, "#5b4238")
    pen.disc(x, y - tall * 0.6, tall * 0.11, tall * 0.1, "#3b3230")
    for turn in (20, 110, 200, 290):
        dx, dy = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        hub = (x, y - tall * 0.62)
        tip = (x + dx * tall * 0.55, hub[1] + dy * tall * 0.55)
        pen.line([hub, tip], 2, "#3b3230")
        side = (-dy * tall * 0.08, dx * tall * 0.08)
        mid = (x + dx * tall * 0.12, hub[1] + dy * tall * 0.12)
        pen.polygon(
            [mid, tip, (tip[0] + side[0], tip[1] + side[1]), (mid[0] + side[0], mid[1] + side[1])],
            "#e9dfc4",
            220,
        )
    p.lay(pen)


def desert(p):
    """Dunes with a knife's edge between light and shade, a caravan on the crest."""
    p.sky((0, "#5d8794"), (280, "#b9bba6"), (470, "#f1d3a0"), (600, "#f3c98d"))
    p.glow(1130, 330, 560, "#ffe9b8", strength=0.7)
    p.glow(1130, 330, 60, "#fff6dd", power=0.5, screen=False)
    far = p.below(p.ridge(500, 30, 500, 4))
    p.paint(far, "#e0b489", "#efcb9b")
    far = p.below(p.ridge(548, 34, 640, 3))
    p.paint(far, "#d79f70", "#eabd86")
    crest = [(-20, 700), (180, 640), (430, 520), (610, 470), (760, 545), (960, 640), (1200, 690), (1620, 640)]
    _dune(p, crest, (610, 470), [(690, 600), (560, 740), (700, 900), (520, 1090)], "#e9b277", "#a8623f")
    _caravan(p)
    crest = [(-20, 800), (300, 850), (640, 820), (900, 730), (1110, 650), (1300, 730), (1620, 850)]
    _dune(p, crest, (1110, 650), [(1180, 760), (1040, 860), (1190, 980), (1090, 1090)], "#efbd80", "#93523a")
    crest = [(-20, 860), (180, 830), (420, 880), (700, 980), (1000, 1040), (1620, 1010)]
    _dune(p, crest, (180, 830), [(260, 900), (210, 990), (330, 1090)], "#e2a468", "#70402f")


def _dune(p, crest, top, edge, light, dark):
    """A dune lit from the right; `edge` runs down from its `top` between the lit and the dark side."""
    line = spline(crest, closed=False, steps=14)
    body = p.below(line)
    p.paint(body, dark, mix(dark, light, 0.55), grain=0.7)
    pen = p.pen()
    right = [pt for pt in line if pt[0] >= top[0]]
    pen.polygon([top, *right, (p.width + 20, p.height + 20), *reversed(spline([top, *edge], closed=False))])
    lit = both(pen.done(), body)
    p.paint(lit, mix(light, "#fff0cf", 0.35), mix(light, dark, 0.3), way="down left", grain=0.6)
    waves = p.fbm((260, 16), 3).rotate(-7, Image.BICUBIC)
    waves = waves.point(lambda v: max(0, min(255, (v - 150) * 5)))
    p.paint(both(both(waves, lit), p.fade((560, 0), (1067, 0.34))), dark)
    p.rim(body, 0, 3, mix(light, "#fff6dd", 0.7), opacity=0.8)


def _caravan(p):
    pen, shade = p.pen(), p.pen()
    for i in range(7):
        x = 250 + i * 46 + p.rng.uniform(-4, 4)
        y = 607 - (x - 250) * 0.37 + 4 - max(0, x - 430) * 0.06
        _camel(pen, x, y, 34)
        shade.polygon([(x - 16, y), (x + 12, y), (x - 60, y + 44)])
    person(pen, 572, 487, 32, p.rng, stride=0.08)
    p.paint(shade.done(), "#6d3b2c", opacity=0.5)
    p.paint(pen.done(), "#3d2620")


def _camel(pen, x, foot, h):
    for dx in (-0.38, -0.26, 0.24, 0.36):
        pen.limb([(x + dx * h * 0.8, foot - h * 0.45), (x + dx * h, foot)], h * 0.09, h * 0.05)
    pen.disc(x, foot - h * 0.56, h * 0.42, h * 0.17)
    pen.disc(x - h * 0.02, foot - h * 0.74, h * 0.2, h * 0.18)
    pen.limb(
        spline(
            [(x + h * 0.34, foot - h * 0.55), (x + h * 0.55, foot - h * 0.5), (x + h * 0.62, foot - h * 0.9)],
            closed=False,
            steps=4,
        ),
        h * 0.15,
        h * 0.09,
    )
    pen.limb([(x + h * 0.6, foot - h * 0.92), (x + h * 0.8, foot - h * 0.86)], h * 0.13, h * 0.08)


def volcan_iles(p):
    """Islands at sundown; one of them smokes."""
    p.sky((0, "#33426b"), (260, "#8b6a86"), (430, "#d98b72"), (540, "#f4bf84"), (600, "#f8d79c"))
    p.clouds(0, 330, "#c7807c", "#5d527b", cell=(800, 70), opacity=0.75)
    p.glow(1180, 590, 640, "#ffd79a", strength=0.8)
    p.glow(1180, 585, 82, "#fff1c9", power=0.5, screen=False)
    _plume(p, 700, 330)
    for y, peaks, colour in (
        (612, ((180, 70, 190), (380, 40, 120), (1420, 90, 260)), "#b97f80"),
        (620, ((1180, 60, 160), (1010, 34, 120), (80, 60, 150)), "#8d6478"),
    ):
        p.paint(p.below(_cones(p, y, peaks)), colour, mix(colour, "#f4bf84", 0.4), grain=0.7)
    skyline = _cones(p, 640, ((700, 310, 330),))
    skyline = [(x, max(y, 338 + 5 * math.sin(x / 9))) for x, y in skyline]
    mask = p.below(skyline)
    p.paint(mask, "#4b3d58", "#6d4d62", way="down left", grain=0.8)
    gullies = p.fbm((34, 260), 4).point(lambda v: max(0, min(255, (v - 120) * 4)))
    p.paint(both(both(mask, gullies), p.fade((330, 0.6), (640, 0.15))), "#35304c")
    p.rim(mask, -5, 3, "#f0a474", 0.75)
    p.glow(700, 345, 120, "#ff7a45", 60, strength=0.9)
    pen = p.pen()
    for sway in (-1, 0.4):
        run = [
            (700 + sway * 20, 340),
            (712 + sway * 50, 400),
            (700 + sway * 90, 450),
            (718 + sway * 110, 520),
        ]
        pen.limb(spline(run, closed=False), 8, 2)
    lava = pen.done()
    p.paint(soft(lava, 7), "#ff6a3c", opacity=0.8)
    p.paint(lava, "#ffd08a", "#e2512f")
    p.reflect(636, "#3a3f66", strength=0.62, ripple=16, stretch=0.85)
    p.ripples(636, p.height, "#f6c08c", 0.55, 165, 215)
    p.ripples(700, p.height, "#2b3158", 0.6, 130, 215)
    _headland(p)


def _cones(p, base, peaks):
    jag = p.ridge(0, 9, 60, 4)
    out = []
    for x, j in jag:
        rise = max(0, *(high * (1 - min(1, abs(x - px) / wide)) ** 1.55 for px, high, wide in peaks), 0)
        out.append((x, base - rise + (j * min(1, rise / 24) if rise > 0 else 6)))
    return out


def _plume(p, x, y):
    for i in range(46):
        t = i / 46
        px = x + 420 * t**1.4 + p.rng.gauss(0, 12 + 30 * t)
        py = y - 290 * t**0.75 + p.rng.gauss(0, 8 + 22 * t)
        size = 22 + 95 * t
        p.glow(
            px + size * 0.3,
            py + size * 0.25,
            size,
            mix("#e0876c", "#a97684", t),
            strength=0.7 - 0.3 * t,
            power=1.2,
            screen=False,
        )
        p.glow(px, py, size, mix("#5a4560", "#6e5a80", t), strength=0.6 - 0.25 * t, power=1.2, screen=False)


def _headland(p):
    skyline = spline([(-20, 820), (160, 836), (330, 890), (480, 985), (560, 1090)], closed=False)
    pen = p.pen()
    pen.polygon([*skyline, (-20, 1090)])
    for i in range(26):
        x, y = skyline[min(len(skyline) - 1, i)]
        crown(pen, x, y - 4, p.rng.uniform(14, 34), p.rng.uniform(10, 26), p.rng, leaves=16)
    mask = pen.done()
    p.paint(mask, "#2c2947", "#1d1c36", grain=0.7)
    p.rim(mask, -3, 4, "#c9766a", 0.5)


def observatoire(p):
    """A dome under the Milky Way, a sea of cloud below the ridge."""
    p.sky((0, "#0b1430"), (420, "#1c2c56"), (700, "#4a4c78"), (820, "#b07f7e"), (880, "#e0a780"))
    _milky_way(p)
    _stars(p)
    p.clouds(720, 960, "#8a7f9d", "#3a4068", cell=(700, 50), low=90, high=170, opacity=0.9)
    for y, high, colour in ((830, 60, "#4d4b73"), (880, 50, "#343758")):
        mask = p.below(p.ridge(y, high, 420, 5, 0.45, True))
        p.paint(mask, colour, mix(colour, "#a98c9d", 0.6), grain=0.7)
        p.mist(p.fade((y, 0), (y + 60, 0.55), (y + 130, 0)), "#8d83a3", body=0.2, cell=(500, 40))
    hill = [(-20, 960), (240, 930), (520, 880), (860, 858), (1130, 866), (1380, 925), (1620, 1000)]
    mask = p.below(spline(hill, closed=False))
    p.paint(mask, "#1d2240", "#0d1226", grain=0.8)
    p.rim(mask, 0, 4, "#7c6a8c", 0.6)
    _dome(p, 960, 862)


def _milky_way(p):
    band = p.pen()
    band.polygon(
        spline(
            [
                (160, 1000),
                (420, 620),
                (700, 330),
                (1010, 60),
                (1180, -80),
                (1420, -80),
                (1150, 200),
                (900, 480),
                (640, 760),
                (420, 1000),
            ]
        )
    )
    window = soft(band.done().resize((400, 267)), 22).resize(p.size, Image.BICUBIC)
    window = both(window, p.fade((0, 1), (620, 0.9), (840, 0)))
    cloud = p.fbm((330, 300), 6, 0.62)
    p.paint(both(window, cloud.point(lambda v: max(0, min(255, (v - 40) * 1.4)))), "#7483b6", opacity=0.85)
    p.paint(both(window, cloud.point(lambda v: max(0, min(255, (v - 118) * 2.6)))), "#dcc0bd", opacity=0.75)
    core = soft(window.point(lambda v: max(0, (v - 190) * 4)), 12)
    dust = p.fbm((210, 190), 6, 0.66).point(lambda v: max(0, min(255, (v - 134) * 5)))
    p.paint(both(core, dust), "#141b3c", opacity=0.62)
    sand = p.speckle.point(lambda v: 255 if v > 222 else 0)
    p.paint(both(window, sand), "#efe6ea", opacity=0.75)


def _stars(p):
    pen = p.inks()
    for _ in range(900):
        x, y = p.rng.uniform(0, p.width), p.rng.uniform(0, 800)
        size = 0.5 + 1.5 * p.rng.random() ** 5
        tint = p.rng.choice(("#ffffff", "#cfdcff", "#ffe6c4"))
        pen.disc(x, y, size, fill=tint, opacity=round(255 * p.rng.uniform(0.4, 1) * (1 - y / 950)))
    p.lay(pen)
    for _ in range(9):
        x, y = p.rng.uniform(60, 1540), p.rng.uniform(40, 560)
        p.glow(x, y, 16, "#bcd0ff", strength=0.8)
    pen = p.pen()
    pen.limb([(380, 210), (540, 270)], 1, 3)
    p.paint(pen.done(), "#f4efe6", opacity=0.7)


def _dome(p, x, y):
    pen = p.pen()
    pen.disc(x, y - 205, 150, 150)
    dome = both(pen.done(), p.fade((y - 206, 1), (y - 205, 0)))
    p.paint(dome, "#c3bccb", "#4a4d76", way="right down", grain=0.8)
    pen = p.pen()
    pen.polygon([(x - 158, y - 206), (x + 158, y - 206), (x + 158, y - 188), (x - 158, y - 188)])
    pen.rect(x - 140, y - 188, x + 140, y + 12)
    pen.rect(x + 140, y - 90, x + 300, y + 22)
    base = pen.done()
    p.paint(base, "#9f9bb2", "#343a60", way="right", grain=0.8)
    ribs = p.pen()
    for k in (-0.72, -0.42, 0.3, 0.62, 0.86):
        ribs.line(
            [
                (x + 150 * k * math.sin(t / 20 * math.pi / 2), y - 205 - 150 * math.cos(t / 20 * math.pi / 2))
                for t in range(21)
            ],
            2,
        )
    p.paint(both(ribs.done(), dome), "#3a3d62", opacity=0.6)
    slit = p.pen()
    slit.polygon(
        spline(
            [
                (x - 66, y - 206),
                (x - 62, y - 290),
                (x - 34, y - 352),
                (x - 4, y - 356),
                (x - 16, y - 290),
                (x - 12, y - 206),
            ],
            steps=6,
        )
    )
    slit = both(slit.done(), dome)
    p.paint(slit, "#2a1a2a", "#c2553b", grain=0.6)
    pen = p.inks()
    pen.polygon([(x - 52, y - 216), (x - 40, y - 322), (x - 22, y - 326), (x - 26, y - 214)], "#1b1830")
    pen.rect(x - 30, y - 60, x + 14, y + 10, "#f0b56f")
    for k in range(4):
        pen.rect(x + 168 + k * 30, y - 62, x + 184 + k * 30, y - 38, "#f3c684" if k != 2 else "#3a3f63")
    person(pen, x - 210, y + 20, 74, p.rng, "#0c1022", stride=0.02)
    p.lay(pen)
    p.glow(x - 8, y - 20, 150, "#e8944f", 110, strength=0.45)
    p.glow(x - 40, y - 260, 150, "#d8563c", strength=0.45)
    light = p.pen()
    light.polygon([(x - 30, y + 10), (x + 14, y + 10), (x - 40, y + 150), (x - 170, y + 150)])
    p.paint(both(soft(light.done(), 6), p.fade((y, 0.6), (y + 140, 0))), "#e8a05c")


SCENES = {
    "polder": polder,
    "observatoire": observatoire,
    "vallee-brume": vallee_brume,
    "desert": desert,
    "volcan-iles": volcan_iles,
}

"""Valleys, fields, forest, desert, islands, snow and the night sky."""

import math

from PIL import Image, ImageChops

from .brush import Camera, both, mix, shift, soft, spline
from .things import bare_tree, birds, conifer, crown, leafy_tree, person


def vallee_brume(p):
    """Ranges of hills in the morning's mist, firs on the near ones, a river between."""
    p.sky((0, "#8fb0b8"), (300, "#c9d3c6"), (520, "#f0e2c2"), (700, "#e9dcc0"))
    p.clouds(20, 330, "#f2ead6", cell=(700, 80), opacity=0.55)
    p.glow(930, 400, 620, "#fff0c8", strength=0.75)
    p.glow(930, 400, 74, "#fff8e4", strength=1, power=0.6, screen=False)
    ranges = [("#b9c7bd", 430, 130, 520, True), ("#9bb3ae", 520, 120, 430, True)]
    ranges += [("#7a9a99", 610, 90, 480, False), ("#577c7f", 700, 90, 420, False)]
    ranges += [("#37595e", 800, 100, 520, False), ("#1f3c42", 930, 110, 600, False)]
    for i, (colour, y, high, cell, sharp) in enumerate(ranges):
        skyline = p.ridge(y, high, cell, 5, 0.42 if i < 3 else 0.3, sharp)
        if i > 2:
            skyline = [(x, sy + 150 * math.exp(-(((x - 760) / 330) ** 2)) - abs(x - 800) * 0.06) for x, sy in skyline]
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
        p.mist(p.fade((low - 90, 0), (low + 50, 0.8 - i * 0.07), (low + 170, 0)), "#efe7d2", cell=(620, 70), body=0.25)
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
            pen.polygon([eye.at(side * x, 0, z) for x, z in ((a, z0 + 3), (b, z0 + 3), (b, z1 - 3), (a, z1 - 3))], colour)
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
        pen.polygon([eye.at(a, 2, b) for a, b in ((x - 1.7, z + 5), (x + 1.7, z + 5), (x + 1.7, z + 22), (x - 1.7, z + 22))], "#b8593f")
        pen.polygon([eye.at(a, 0, b) for a, b in ((x, z), (x + 9, z - 45), (x - 9, z - 45))], "#f5efdc", 110)
    p.lay(pen)


def _dyke_trees(p, eye):
    shade, trees = p.pen(), p.pen()
    z = 2600.0
    while z > 150:
        for x in (-25, 25):
            sx, sy = eye.at(x, 0, z)
            tall, wide = eye.size(17, z), eye.size(3.2, z)
            shade.polygon(spline([(sx - wide, sy), (sx + tall * 1.1, sy + tall * 0.14), (sx + wide, sy + wide * 0.6)]))
            trees.disc(sx, sy - tall * 0.5, wide, tall * 0.52)
        z *= 0.93
    p.paint(shade.done(), "#2c4540", opacity=0.45)
    mask = trees.done()
    p.paint(mask, "#7d8f52", "#33513f", way="down right")
    p.rim(mask, 2, 2, "#d9cf8b", 0.7)


def _windmill(p, x, y, tall):
    pen = p.inks()
    body = [(x - tall * 0.17, y), (x - tall * 0.1, y - tall * 0.6), (x + tall * 0.1, y - tall * 0.6), (x + tall * 0.17, y)]
    pen.polygon(body, "#5b4238")
    pen.disc(x, y - tall * 0.6, tall * 0.11, tall * 0.1, "#3b3230")
    for turn in (20, 110, 200, 290):
        dx, dy = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        hub = (x, y - tall * 0.62)
        tip = (x + dx * tall * 0.55, hub[1] + dy * tall * 0.55)
        pen.line([hub, tip], 2, "#3b3230")
        side = (-dy * tall * 0.08, dx * tall * 0.08)
        mid = (x + dx * tall * 0.12, hub[1] + dy * tall * 0.12)
        pen.polygon([mid, tip, (tip[0] + side[0], tip[1] + side[1]), (mid[0] + side[0], mid[1] + side[1])], "#e9dfc4", 220)
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
    pen.limb(spline([(x + h * 0.34, foot - h * 0.55), (x + h * 0.55, foot - h * 0.5), (x + h * 0.62, foot - h * 0.9)], closed=False, steps=4), h * 0.15, h * 0.09)
    pen.limb([(x + h * 0.6, foot - h * 0.92), (x + h * 0.8, foot - h * 0.86)], h * 0.13, h * 0.08)


def foret_automne(p):
    """Beeches in October, sun between the trunks, a path."""
    p.sky((0, "#e7c37d"), (420, "#f6e4b4"), (640, "#efd9a2"))
    p.glow(800, 400, 700, "#fff3cf", strength=0.9)
    everywhere = Image.new("L", p.size, 255)
    p.mottle(both(everywhere, p.fade((0, 1), (520, 0))), "#d48f3c", (160, 130), 110, 200, 0.7)
    for depth, (trunk, leaf, count, wide, foot) in enumerate((
        ("#d9b67c", "#e0a852", 46, 9, 640), ("#b98c58", "#d18a3b", 30, 17, 690),
        ("#84593b", "#b8642d", 17, 30, 770), ("#46302a", "#8e4323", 7, 62, 900),
    )):
        _trunks(p, depth, trunk, leaf, count, wide, foot)
    pen = p.pen()
    person(pen, 812, 770, 118, p.rng, stride=0.06)
    pen.limb([(862, 762), (890, 752)], 12)
    pen.limb([(860, 762), (858, 774)], 4)
    pen.limb([(888, 758), (890, 774)], 4)
    figure = pen.done()
    p.paint(figure, "#3a2a28")
    p.rim(figure, 0, 3, "#f6dca0", 0.8)
    _beams(p, 800, 120, 9, "#fff0c4")
    _leaf_fall(p)


def _trunks(p, depth, trunk, leaf, count, wide, foot):
    floor = p.below([(x, y) for x, y in p.ridge(foot, 14 + 5 * depth, 420, 3)])
    p.paint(floor, mix(leaf, "#f3d9a0", 0.45), mix(leaf, "#3a241e", 0.12 * depth), grain=0.9)
    p.mottle(floor, mix(leaf, "#6b2f1c", 0.5), (60 + 40 * depth, 14 + 8 * depth), 130, 200, 0.6)
    if depth == 2:
        _path(p)
    pen = p.pen()
    for i in range(count):
        x = (i + p.rng.uniform(0.1, 0.9)) * p.width / count
        if depth > 1 and 560 < x < 1040:
            x = x - 340 if x < 800 else x + 340
        w = wide * p.rng.uniform(0.6, 1.2)
        lean = p.rng.uniform(-18, 18)
        base = foot + 22 + p.rng.uniform(0, 20 * (depth + 1))
        pen.polygon(spline([(x - w * 0.85, base), (x - w * 0.45, base - 90), (x - w * 0.36 + lean, -60), (x + w * 0.36 + lean, -60), (x + w * 0.5, base - 90), (x + w * 0.95, base)]))
        for _ in range(3 if depth else 0):
            y = p.rng.uniform(40, foot * 0.55)
            side = p.rng.choice((-1, 1))
            reach = p.rng.uniform(90, 260)
            pen.limb(spline([(x + lean * 0.6, y), (x + side * reach * 0.5, y - reach * 0.35), (x + side * reach, y - reach * 0.55)], closed=False, steps=5), w * 0.34, w * 0.06)
    mask = pen.done()
    p.paint(mask, mix(trunk, "#f0cf8c", 0.15), mix(trunk, "#2b1c1c", 0.18 * depth), grain=0.8)
    p.rim(mask, -3 - depth, 0, mix(trunk, "#f8dd9d", 0.6), 0.55)
    _foliage(p, depth, leaf)
    if depth < 3:
        p.mist(p.fade((250, 0), (560, 0.5 - depth * 0.12), (foot + 90, 0)), "#fbe8b8", body=0.6)


def _foliage(p, depth, leaf):
    pen = p.inks()
    for _ in range((260, 220, 150, 60)[depth]):
        x = p.rng.uniform(-40, p.width + 40)
        arch = 130 + 190 * ((x - 800) / 800) ** 2
        y = p.rng.uniform(-60, arch + 60 - depth * 18)
        colour = mix(leaf, p.rng.choice(("#f0c25a", "#8e3f22", "#dd8330")), p.rng.uniform(0, 0.55))
        size = (16, 24, 34, 46)[depth] * p.rng.uniform(0.5, 1.2)
        for _ in range(16):
            leaf_size = size * p.rng.uniform(0.1, 0.26)
            spot = (x + p.rng.gauss(0, size), y + p.rng.gauss(0, size * 0.6))
            pen.disc(*spot, leaf_size, leaf_size * 0.7, mix(colour, "#5e2a18", p.rng.uniform(0, 0.25)), 235)
    p.lay(pen)


def _path(p):
    pen = p.pen()
    left = spline([(760, 690), (700, 790), (640, 900), (380, 1090)], closed=False)
    right = spline([(860, 690), (880, 790), (960, 900), (1180, 1090)], closed=False)
    pen.polygon([*left, *reversed(right)])
    p.paint(soft(pen.done(), 5), "#f5dfae", "#b98a58", grain=0.9, opacity=0.75)


def _beams(p, x, y, count, colour):
    pen = p.pen()
    for _ in range(count):
        turn = math.radians(p.rng.uniform(40, 140))
        spread = p.rng.uniform(0.01, 0.025)
        ends = [(x + math.cos(turn + k) * 1300, y + math.sin(turn + k) * 1300) for k in (-spread, spread)]
        pen.polygon([(x, y), *ends])
    rays = soft(pen.done().resize((400, 267)), 4).resize(p.size, Image.BICUBIC)
    p.paint(both(rays, p.fade((120, 0), (400, 0.45), (860, 0))), colour, opacity=0.6)


def _leaf_fall(p):
    pen = p.inks()
    for _ in range(90):
        x, y, size = p.rng.uniform(0, p.width), p.rng.uniform(200, 1040), p.rng.uniform(3, 8)
        pen.disc(x, y, size, size * p.rng.uniform(0.3, 0.7), p.rng.choice(("#e9a33f", "#c4602b", "#f3cf72")))
    p.lay(pen)


def champ_ble(p):
    """Ripe wheat under a coming storm, one tree, ears in the foreground."""
    p.sky((0, "#44576a"), (300, "#7f8e94"), (480, "#d9c9a0"), (560, "#f0dda8"))
    p.clouds(-160, 420, "#2f4155", cell=(760, 170), low=90, high=190, opacity=0.9)
    p.clouds(120, 520, "#efe3c4", "#8d9495", cell=(560, 70), low=140, opacity=0.7)
    _rain(p)
    far = p.below(p.ridge(566, 16, 500, 4))
    p.paint(far, "#6d7a6a", "#8d8f6c")
    field = p.below(p.ridge(588, 8, 700, 3))
    p.paint(field, "#f0cf7c", "#b07a2c", grain=0.8)
    p.mottle(field, "#8a5a22", (300, 60), 130, 230, 0.4)
    p.mottle(both(field, p.fade((560, 1), (900, 0.2))), "#fff0b8", (900, 36), 150, 220, 0.7)
    eye = Camera(575, 5, 1100, 980)
    pen = p.pen()
    for a in (-1.1, 1.1):
        pen.polygon([eye.at(x, 0, z) for x, z in ((a - 0.32, 6), (a + 0.32, 6), (a + 0.32, 420), (a - 0.32, 420))])
    p.paint(pen.done(), "#94652a", "#6b441b", grain=0.9, opacity=0.6)
    _lone_tree(p, 560, 600)
    for base, count, tall, colours in (
        (820, 900, 60, ("#e5bd62", "#c08a34", "#f2d68a")), (960, 700, 120, ("#d8a445", "#a06a26", "#f0cf7c")),
    ):
        p.grass(lambda x, base=base: base + 30 * math.sin(x / 210), count, tall, colours, 0.25, 70, 2.2)
    _ears(p)


def _rain(p):
    pen = p.pen()
    for _ in range(120):
        x = p.rng.uniform(960, 1560)
        pen.line([(x, p.rng.uniform(180, 300)), (x - 90, 575)], 5)
    p.paint(both(soft(pen.done(), 9), p.fade((200, 0), (330, 1), (570, 0.5))), "#3f5263", opacity=0.55)


def _lone_tree(p, x, foot):
    pen = p.pen()
    leafy_tree(pen, x, foot, 290, p.rng, leaves=420)
    mask = pen.done()
    p.paint(mask, "#5d6d3e", "#232f2c", way="down left", grain=0.9)
    p.rim(mask, -3, 3, "#c2b46a", 0.5)
    pen = p.pen()
    pen.disc(x - 60, foot + 6, 150, 8)
    p.paint(soft(pen.done(), 3), "#6b4720", opacity=0.6)


def _ears(p):
    for count, low, high, size in ((70, 770, 900, 0.55), (26, 690, 930, 1.0)):
        pen = p.inks()
        for i in range(count):
            x = (i + p.rng.random()) * (p.width + 80) / count - 40
            top = p.rng.uniform(low, high) - 90 * size * math.exp(-(((x - 1230) / 260) ** 2))
            _ear(p, pen, x, top, size, p.rng.uniform(0.1, 0.5))
        p.lay(pen)


def _ear(p, pen, x, top, size, lean):
    """One ear of wheat bending right, kernels in pairs, a beard on each."""
    colour = mix(p.rng.choice(("#eec66a", "#d9a545", "#c58b35")), "#8a5a24", p.rng.uniform(0, 0.3))
    stem = [(x - 150 * lean * size, p.height + 40), (x - 40 * lean * size, (top + p.height) / 2), (x, top + 120 * size)]
    pen.line(spline(stem, closed=False), 3.4 * size, mix(colour, "#5d3d1c", 0.35))
    for k in range(11):
        turn = lean * (0.5 + k * 0.11)
        gx, gy = x + math.sin(turn) * k * 11 * size * 0.8, top + (120 - k * 11 * math.cos(turn * 0.6)) * size
        for side in (-1, 1):
            way = turn + side * 0.42
            tip = (gx + math.sin(way) * 27 * size, gy - math.cos(way) * 27 * size)
            swell = (math.cos(way) * 5.2 * size, math.sin(way) * 5.2 * size)
            mid = ((gx * 1.2 + tip[0] * 0.8) / 2, (gy * 1.2 + tip[1] * 0.8) / 2)
            end = (gx + math.sin(turn + side * 0.16) * 112 * size, gy - math.cos(turn + side * 0.16) * 112 * size)
            pen.line([tip, end], 1.1, mix(colour, "#fff0c0", 0.35), 200)
            kernel = [(gx, gy), (mid[0] - swell[0], mid[1] - swell[1]), tip, (mid[0] + swell[0], mid[1] + swell[1])]
            pen.curve(kernel, mix(colour, "#5d3d1c", 0.55), steps=4)
            inner = [(a + (mid[0] - a) * 0.22, b + (mid[1] - b) * 0.22) for a, b in kernel]
            pen.curve(inner, mix(colour, "#fff0c0", 0.35 if side > 0 else 0.05), steps=4)


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
        run = [(700 + sway * 20, 340), (712 + sway * 50, 400), (700 + sway * 90, 450), (718 + sway * 110, 520)]
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
        p.glow(px + size * 0.3, py + size * 0.25, size, mix("#e0876c", "#a97684", t), strength=0.7 - 0.3 * t, power=1.2, screen=False)
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


def neige_village(p):
    """A village under snow at the blue hour, lights on, smoke rising."""
    p.sky((0, "#2f4468"), (280, "#6f83a5"), (470, "#c9b3b5"), (560, "#eac7ae"))
    p.clouds(0, 300, "#8796b3", cell=(800, 90), opacity=0.5)
    for y, high, colour in ((470, 150, "#93a1bd"), (560, 110, "#7688aa")):
        mask = p.below(p.ridge(y, high, 480, 6, 0.5, True))
        p.paint(mask, colour, mix(colour, "#e8dadb", 0.6), grain=0.6)
        p.mottle(mask, "#eef0f4", (120, 160), 130, 190, 0.55)
    for y, tall, colour in ((610, 40, "#5b6f92"), (660, 58, "#45597c")):
        pen = p.pen()
        for x in range(-20, 1640, 13):
            conifer(pen, x + p.rng.uniform(-6, 6), y + 20 + 12 * math.sin(x / 170), tall * p.rng.uniform(0.6, 1.2), p.rng)
        mask = pen.done()
        p.paint(mask, mix(colour, "#e8ecf3", 0.25), colour, grain=0.8)
        ground = p.below([(x, sy + 22) for x, sy in p.ridge(y, 8, 400, 3)])
        p.paint(ground, "#ccd3e2", "#a3b0cb", grain=0.6)
    _snow_houses(p)
    _snow_foreground(p)
    for size, count, opacity in ((1.5, 420, 0.6), (3, 150, 0.75), (5.5, 40, 0.6)):
        pen = p.pen()
        for _ in range(count):
            pen.disc(p.rng.uniform(0, p.width), p.rng.uniform(0, p.height), size * p.rng.uniform(0.6, 1.2))
        p.paint(pen.done(), "#f6f7fb", opacity=opacity)


def _snow_houses(p):
    places = [(x + p.rng.uniform(-18, 18), 700 + 26 * math.sin(x / 90) + p.rng.uniform(-8, 8)) for x in range(330, 1400, 92)]
    places += [(x + p.rng.uniform(-20, 20), 770 + p.rng.uniform(-14, 14)) for x in range(240, 1500, 128)]
    _church(p, 800, 720)
    pen, lights = p.inks(), []
    for x, y in sorted(places, key=lambda place: place[1]):
        _snow_house(p, pen, lights, x, y, 0.55 + (y - 660) / 230)
    p.lay(pen)
    for x, y, size in lights:
        p.glow(x, y, size, "#f0a050", strength=0.4)


def _snow_house(p, pen, lights, x, y, s):
    wall = p.rng.choice(("#5b5566", "#6b5a60", "#4d5068", "#74656a"))
    w, h, roof = 64 * s * p.rng.uniform(0.85, 1.15), 46 * s, 44 * s
    pen.rect(x - w * 0.55, y - h, x + w * 0.1, y, mix(wall, "#2b2f4a", 0.15))
    pen.polygon([(x + w * 0.1, y), (x + w * 0.1, y - h), (x + w * 0.4, y - h - roof), (x + w * 0.7, y - h), (x + w * 0.7, y)], mix(wall, "#2b2f4a", 0.45))
    pen.polygon([(x - w * 0.66, y - h + 3), (x - w * 0.3, y - h - roof), (x + w * 0.4, y - h - roof), (x + w * 0.06, y - h + 3)], "#e3e8f2")
    pen.polygon([(x + w * 0.4, y - h - roof), (x + w * 0.78, y - h + 6), (x + w * 0.7, y - h + 6), (x + w * 0.4, y - h - roof + 12 * s)], "#f4f6fa")
    pen.rect(x - w * 0.12, y - h - roof * 1.25, x + w * 0.02, y - h - roof * 0.7, "#494458")
    pen.rect(x - w * 0.14, y - h - roof * 1.32, x + w * 0.04, y - h - roof * 1.22, "#eef1f7")
    for wx in (-0.42, -0.14, 0.34):
        if p.rng.random() < 0.75:
            pen.rect(x + w * wx, y - h * 0.7, x + w * wx + 9 * s, y - h * 0.38, "#ffcf7d")
            lights.append((x + w * wx + 4 * s, y - h * 0.5, 40 * s))
    if p.rng.random() < 0.3:
        for k in range(12):
            p.glow(x - w * 0.05 + k * 3 + p.rng.gauss(0, 2), y - h - roof * 1.4 - k * 9, 7 + k * 1.8, "#b4b8c9", strength=0.5 - k * 0.03, power=1.2, screen=False)


def _church(p, x, y):
    pen = p.inks()
    pen.rect(x - 30, y - 230, x + 30, y, "#5a5870")
    pen.rect(x + 4, y - 230, x + 30, y, "#474762")
    pen.polygon([(x - 38, y - 228), (x, y - 400), (x + 38, y - 228)], "#dfe4ef")
    pen.polygon([(x, y - 400), (x + 38, y - 228), (x + 6, y - 228)], "#8d99b5")
    pen.polygon([(x + 30, y), (x + 30, y - 90), (x + 70, y - 140), (x + 190, y - 140), (x + 190, y)], "#545468")
    pen.polygon([(x + 22, y - 86), (x + 66, y - 146), (x + 200, y - 146), (x + 170, y - 84)], "#e6eaf3")
    pen.line([(x, y - 430), (x, y - 396)], 3, "#454766")
    pen.disc(x, y - 196, 12, fill="#ffe2a4")
    for k in range(3):
        pen.rect(x + 62 + k * 40, y - 66, x + 74 + k * 40, y - 28, "#ffc871")
    p.lay(pen)
    p.glow(x, y - 196, 60, "#ffcf86", strength=0.5)
    p.glow(x + 110, y - 46, 110, "#f2a657", strength=0.4)


def _snow_foreground(p):
    line = spline([(-20, 850), (300, 830), (620, 870), (900, 850), (1250, 815), (1620, 850)], closed=False)
    ground = p.below(line)
    p.paint(ground, "#d5dbea", "#8595b8", grain=0.8)
    p.rim(ground, 0, 4, "#f7ead9", 0.8)
    p.mottle(ground, "#f0e6e2", (500, 50), 140, 220, 0.6)
    pen = p.pen()
    for i in range(44):
        t = i / 44
        x = 820 + 150 * math.sin(t * 3) - 250 * t
        pen.disc(x + (7 if i % 2 else -7) * (0.4 + t), 868 + 210 * t**1.4, 3 + 6 * t, 2 + 3 * t)
    p.paint(pen.done(), "#6d7da4", opacity=0.8)
    pen = p.pen()
    bare_tree(pen, 1330, 960, 430, p.rng, width=26)
    pen.polygon([(1300, 968), (1320, 930), (1342, 930), (1364, 968)])
    tree = pen.done()
    p.paint(tree, "#3a3c58", "#2c2f4a")
    p.rim(tree, 0, 3, "#e9edf5", 0.85)
    mound = p.pen()
    mound.disc(1332, 974, 120, 26)
    p.paint(soft(mound.done(), 5), "#aab7d2", "#8f9dbf", grain=0.8)
    pen = p.pen()
    person(pen, 806, 872, 66, p.rng, stride=0.05)
    p.paint(pen.done(), "#33344f")


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
    band.polygon(spline([(160, 1000), (420, 620), (700, 330), (1010, 60), (1180, -80), (1420, -80), (1150, 200), (900, 480), (640, 760), (420, 1000)]))
    window = soft(band.done().resize((400, 267)), 22).resize(p.size, Image.BICUBIC)
    window = both(window, p.fade((0, 1), (620, 0.9), (840, 0)))
    cloud = p.fbm((330, 300), 6, 0.62)
    p.paint(both(window, cloud.point(lambda v: max(0, min(255, (v - 40) * 1.4)))), "#6a78ab", opacity=0.7)
    p.paint(both(window, cloud.point(lambda v: max(0, min(255, (v - 128) * 3)))), "#d3b7b8", opacity=0.6)
    core = soft(window.point(lambda v: max(0, (v - 190) * 4)), 12)
    dust = p.fbm((210, 190), 6, 0.66).point(lambda v: max(0, min(255, (v - 134) * 5)))
    p.paint(both(core, dust), "#141b3c", opacity=0.75)
    sand = p.speckle.point(lambda v: 255 if v > 222 else 0)
    p.paint(both(window, sand), "#efe6ea", opacity=0.75)


def _stars(p):
    pen = p.inks()
    for _ in range(900):
        x, y = p.rng.uniform(0, p.width), p.rng.uniform(0, 800) ** 1.0
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
        ribs.line([(x + 150 * k * math.sin(t / 20 * math.pi / 2), y - 205 - 150 * math.cos(t / 20 * math.pi / 2)) for t in range(21)], 2)
    p.paint(both(ribs.done(), dome), "#3a3d62", opacity=0.6)
    slit = p.pen()
    slit.polygon(spline([(x - 66, y - 206), (x - 62, y - 290), (x - 34, y - 352), (x - 4, y - 356), (x - 16, y - 290), (x - 12, y - 206)], steps=6))
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
    "foret-automne": foret_automne,
    "champ-ble": champ_ble,
    "neige-village": neige_village,
}

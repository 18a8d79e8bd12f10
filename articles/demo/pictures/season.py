"""The seasons: a wood in October, wheat in July, a village under snow."""

import math

from PIL import Image

from .brush import Camera, both, mix, soft, spline
from .things import bare_tree, conifer, leafy_tree, person


def foret_automne(p):
    """Beeches in October, sun between the trunks, a path."""
    p.sky((0, "#e7c37d"), (420, "#f6e4b4"), (640, "#efd9a2"))
    p.glow(800, 400, 700, "#fff3cf", strength=0.9)
    everywhere = Image.new("L", p.size, 255)
    p.mottle(both(everywhere, p.fade((0, 1), (520, 0))), "#d48f3c", (160, 130), 110, 200, 0.7)
    for depth, (trunk, leaf, count, wide, foot) in enumerate(
        (
            ("#d9b67c", "#e0a852", 46, 9, 640),
            ("#b98c58", "#d18a3b", 30, 17, 690),
            ("#84593b", "#b8642d", 17, 30, 770),
            ("#46302a", "#8e4323", 7, 62, 900),
        )
    ):
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
    floor = p.below(p.ridge(foot, 14 + 5 * depth, 420, 3))
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
        pen.polygon(
            spline(
                [
                    (x - w * 0.85, base),
                    (x - w * 0.45, base - 90),
                    (x - w * 0.36 + lean, -60),
                    (x + w * 0.36 + lean, -60),
                    (x + w * 0.5, base - 90),
                    (x + w * 0.95, base),
                ]
            )
        )
        for _ in range(3 if depth else 0):
            y = p.rng.uniform(40, foot * 0.55)
            side = p.rng.choice((-1, 1))
            reach = p.rng.uniform(90, 260)
            pen.limb(
                spline(
                    [
                        (x + lean * 0.6, y),
                        (x + side * reach * 0.5, y - reach * 0.35),
                        (x + side * reach, y - reach * 0.55),
                    ],
                    closed=False,
                    steps=5,
                ),
                w * 0.34,
                w * 0.06,
            )
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
        pen.polygon(
            [eye.at(x, 0, z) for x, z in ((a - 0.32, 6), (a + 0.32, 6), (a + 0.32, 420), (a - 0.32, 420))]
        )
    p.paint(pen.done(), "#94652a", "#6b441b", grain=0.9, opacity=0.6)
    _lone_tree(p, 560, 600)
    for base, count, tall, colours in (
        (820, 900, 60, ("#e5bd62", "#c08a34", "#f2d68a")),
        (960, 700, 120, ("#d8a445", "#a06a26", "#f0cf7c")),
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
    stem = [
        (x - 150 * lean * size, p.height + 40),
        (x - 40 * lean * size, (top + p.height) / 2),
        (x, top + 120 * size),
    ]
    pen.line(spline(stem, closed=False), 3.4 * size, mix(colour, "#5d3d1c", 0.35))
    for k in range(11):
        turn = lean * (0.5 + k * 0.11)
        gx, gy = x + math.sin(turn) * k * 11 * size * 0.8, top + (120 - k * 11 * math.cos(turn * 0.6)) * size
        for side in (-1, 1):
            way = turn + side * 0.42
            tip = (gx + math.sin(way) * 27 * size, gy - math.cos(way) * 27 * size)
            swell = (math.cos(way) * 5.2 * size, math.sin(way) * 5.2 * size)
            mid = ((gx * 1.2 + tip[0] * 0.8) / 2, (gy * 1.2 + tip[1] * 0.8) / 2)
            end = (
                gx + math.sin(turn + side * 0.16) * 112 * size,
                gy - math.cos(turn + side * 0.16) * 112 * size,
            )
            pen.line([tip, end], 1.1, mix(colour, "#fff0c0", 0.35), 200)
            kernel = [
                (gx, gy),
                (mid[0] - swell[0], mid[1] - swell[1]),
                tip,
                (mid[0] + swell[0], mid[1] + swell[1]),
            ]
            pen.curve(kernel, mix(colour, "#5d3d1c", 0.55), steps=4)
            inner = [(a + (mid[0] - a) * 0.22, b + (mid[1] - b) * 0.22) for a, b in kernel]
            pen.curve(inner, mix(colour, "#fff0c0", 0.35 if side > 0 else 0.05), steps=4)


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
            conifer(
                pen,
                x + p.rng.uniform(-6, 6),
                y + 20 + 12 * math.sin(x / 170),
                tall * p.rng.uniform(0.6, 1.2),
                p.rng,
            )
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
    places = [
        (x + p.rng.uniform(-18, 18), 700 + 26 * math.sin(x / 90) + p.rng.uniform(-8, 8))
        for x in range(330, 1400, 92)
    ]
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
    pen.polygon(
        [
            (x + w * 0.1, y),
            (x + w * 0.1, y - h),
            (x + w * 0.4, y - h - roof),
            (x + w * 0.7, y - h),
            (x + w * 0.7, y),
        ],
        mix(wall, "#2b2f4a", 0.45),
    )
    pen.polygon(
        [
            (x - w * 0.66, y - h + 3),
            (x - w * 0.3, y - h - roof),
            (x + w * 0.4, y - h - roof),
            (x + w * 0.06, y - h + 3),
        ],
        "#e3e8f2",
    )
    pen.polygon(
        [
            (x + w * 0.4, y - h - roof),
            (x + w * 0.78, y - h + 6),
            (x + w * 0.7, y - h + 6),
            (x + w * 0.4, y - h - roof + 12 * s),
        ],
        "#f4f6fa",
    )
    pen.rect(x - w * 0.12, y - h - roof * 1.25, x + w * 0.02, y - h - roof * 0.7, "#494458")
    pen.rect(x - w * 0.14, y - h - roof * 1.32, x + w * 0.04, y - h - roof * 1.22, "#eef1f7")
    for wx in (-0.42, -0.14, 0.34):
        if p.rng.random() < 0.75:
            pen.rect(x + w * wx, y - h * 0.7, x + w * wx + 9 * s, y - h * 0.38, "#ffcf7d")
            lights.append((x + w * wx + 4 * s, y - h * 0.5, 40 * s))
    if p.rng.random() < 0.3:
        for k in range(12):
            p.glow(
                x - w * 0.05 + k * 3 + p.rng.gauss(0, 2),
                y - h - roof * 1.4 - k * 9,
                7 + k * 1.8,
                "#b4b8c9",
                strength=0.5 - k * 0.03,
                power=1.2,
                screen=False,
            )


def _church(p, x, y):
    pen = p.inks()
    pen.rect(x - 30, y - 230, x + 30, y, "#5a5870")
    pen.rect(x + 4, y - 230, x + 30, y, "#474762")
    pen.polygon([(x - 38, y - 228), (x, y - 400), (x + 38, y - 228)], "#dfe4ef")
    pen.polygon([(x, y - 400), (x + 38, y - 228), (x + 6, y - 228)], "#8d99b5")
    pen.polygon(
        [(x + 30, y), (x + 30, y - 90), (x + 70, y - 140), (x + 190, y - 140), (x + 190, y)], "#545468"
    )
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


SCENES = {
    "foret-automne": foret_automne,
    "champ-ble": champ_ble,
    "neige-village": neige_village,
}

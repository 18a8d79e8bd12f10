"""A library and a museum, in one-point perspective."""

import math

from PIL import Image

from .brush import Camera, both, mix, soft
from .things import bust, person, round_arch


def bibliotheque(p):
    """An old library's aisle: books to the ceiling, a tall window, a reader under a lamp."""
    p.sky((0, "#3b2a24"), (1067, "#4a332a"))
    eye = Camera(560, 1.9, 1000, 800)
    ceiling_and_floor(p, eye, 5.2, 30, "#6a4a36", "#2f221f", "#b0804f", "#4d3225", plank=0.55)
    _end_window(p, eye)
    for z in range(23, -2, -4):
        for side in (-1, 1):
            _bookcase(p, eye, side, max(1.25, z), z + 3.6)
    p.mist(p.fade((120, 0.12), (560, 0.34), (720, 0.1), (1000, 0)), "#f3d7a0", body=0.8)
    shaft = p.pen()
    shaft.polygon([(740, 260), (860, 260), (1060, 1067), (560, 1067)])
    beam = soft(shaft.done().resize((400, 267)), 9).resize(p.size, Image.BICUBIC)
    p.paint(both(beam, p.fade((260, 0.5), (1067, 0.14))), "#ffeec4")
    _ladder(p, eye)
    _reading_table(p, eye)


def ceiling_and_floor(p, eye, tall, far, light, dark, floor_far, floor_near, plank):
    pen = p.pen()
    pen.polygon([eye.at(x, 0, z) for x, z in ((-40, far), (40, far), (40, 1.2), (-40, 1.2))])
    ground = pen.done()
    p.paint(ground, floor_far, floor_near, grain=0.7)
    boards = p.pen()
    for k in range(-30, 31):
        boards.line([eye.at(k * plank, 0, 1.2), eye.at(k * plank, 0, far)], 1.4)
    p.paint(both(boards.done(), ground), mix(floor_near, "#120c0a", 0.4), opacity=0.6)
    pen = p.pen()
    pen.polygon([eye.at(x, tall, z) for x, z in ((-40, far), (40, far), (40, 1.2), (-40, 1.2))])
    p.paint(pen.done(), dark, light, grain=0.7)


def _end_window(p, eye):
    x0, y0 = eye.at(-2.6, 5.2, 27)
    x1, y1 = eye.at(2.6, 0, 27)
    pen = p.inks()
    pen.rect(x0, y0, x1, y1, "#c39a66")
    middle = (x0 + x1) / 2
    pen.polygon(round_arch(middle, 112, y0 + 16, y1 - 40), "#8a6440")
    pen.polygon(round_arch(middle, 100, y0 + 22, y1 - 42), "#fdf1cf")
    for k in (-25, 0, 25):
        pen.line([(middle + k, y0 + 22), (middle + k, y1 - 42)], 2, "#a57c50")
    for k in range(1, 5):
        pen.line([(middle - 50, y0 + 30 + k * 26), (middle + 50, y0 + 30 + k * 26)], 2, "#a57c50")
    p.lay(pen)
    p.glow(middle, (y0 + y1) / 2, 420, "#ffe2a0", strength=0.7)


BOOKS = (
    "#7a3430",
    "#35504d",
    "#8a6a3a",
    "#4a3a52",
    "#2f3f55",
    "#a8763f",
    "#c9b083",
    "#5d2c30",
    "#4f5d3c",
    "#d8c49a",
    "#6d4630",
)


def _bookcase(p, eye, side, z0, z1):
    """A bay of shelves along the aisle's side, from `z0` to `z1` metres away."""
    pen, x, shelves = p.inks(), side * 2.1, 9
    haze = min(0.5, z0 / 46)
    wood = mix("#5a3a28", "#d8ab70", haze)
    pen.polygon(
        [eye.at(x, 0, z0), eye.at(x, 5.0, z0), eye.at(x, 5.0, z1), eye.at(x, 0, z1)],
        mix("#22181a", "#d8ab70", haze * 0.7),
    )
    for shelf in range(shelves):
        y, z = 0.28 + shelf * 0.52, z0 + 0.08
        lean = p.rng.random()
        while z < z1 - 0.12:
            thick, tall = p.rng.uniform(0.06, 0.16), p.rng.uniform(0.28, 0.44)
            if p.rng.random() < 0.06:
                z += 0.2
                continue
            colour = mix(p.rng.choice(BOOKS), "#e8bf84", haze)
            if lean < 0.5 and p.rng.random() < 0.4:
                colour = mix(p.rng.choice(BOOKS[:3]), "#e8bf84", haze)
            pen.polygon(
                [
                    eye.at(x, y, z),
                    eye.at(x, y + tall, z),
                    eye.at(x, y + tall, z + thick),
                    eye.at(x, y, z + thick),
                ],
                colour,
            )
            if z0 < 14 and tall > 0.34:
                pen.polygon(
                    [
                        eye.at(x, y + tall * 0.7, z),
                        eye.at(x, y + tall * 0.78, z),
                        eye.at(x, y + tall * 0.78, z + thick),
                        eye.at(x, y + tall * 0.7, z + thick),
                    ],
                    mix(colour, "#f1d590", 0.55),
                )
            z += thick + 0.006
        pen.polygon(
            [eye.at(x, y - 0.05, z0), eye.at(x, y, z0), eye.at(x, y, z1), eye.at(x, y - 0.05, z1)],
            mix(wood, "#f0cf95", 0.22),
        )
    for z in (z0, z1):
        pen.polygon(
            [
                eye.at(x, 0, z),
                eye.at(x, 5.0, z),
                eye.at(x - side * 0.16, 5.0, z),
                eye.at(x - side * 0.16, 0, z),
            ],
            mix(wood, "#f0cf95", 0.3),
        )
        pen.polygon(
            [eye.at(x, 0, z), eye.at(x, 5.0, z), eye.at(x, 5.0, z + 0.14), eye.at(x, 0, z + 0.14)],
            mix(wood, "#1a1010", 0.15),
        )
    pen.polygon(
        [
            eye.at(x, 4.9, z0),
            eye.at(x - side * 0.2, 5.2, z0),
            eye.at(x - side * 0.2, 5.2, z1),
            eye.at(x, 4.9, z1),
        ],
        mix(wood, "#f0cf95", 0.16),
    )
    p.lay(pen)


def _ladder(p, eye):
    pen = p.pen()
    for z in (7.4, 8.0):
        pen.limb([eye.at(-1.3, 0, z), eye.at(-1.95, 4.3, z)], 9, 7)
    for k in range(1, 13):
        t = k / 13
        pen.limb([eye.at(-1.3 - 0.65 * t, 4.3 * t, z) for z in (7.4, 8.0)], 6)
    mask = pen.done()
    p.paint(mask, "#c08a50", "#6d4528", way="left", grain=0.6)


def _reading_table(p, eye):
    pen = p.inks()
    top = [eye.at(x, 0.78, z) for x, z in ((-0.95, 5.0), (0.95, 5.0), (0.95, 8.6), (-0.95, 8.6))]
    for x in (-0.85, 0.85):
        pen.polygon(
            [
                eye.at(x - 0.06, 0, 5.1),
                eye.at(x + 0.06, 0, 5.1),
                eye.at(x + 0.06, 0.76, 5.1),
                eye.at(x - 0.06, 0.76, 5.1),
            ],
            "#3a2419",
        )
    pen.polygon([*top], "#8d5c36")
    pen.polygon([top[0], top[1], (top[1][0], top[1][1] + 16), (top[0][0], top[0][1] + 16)], "#5a3721")
    for x, z in ((-0.5, 6.0), (0.42, 7.4)):
        pen.polygon(
            [
                eye.at(x - 0.28, 0.8, z),
                eye.at(x, 0.8, z),
                eye.at(x, 0.8, z + 0.5),
                eye.at(x - 0.26, 0.8, z + 0.5),
            ],
            "#f6e8c6",
        )
        pen.polygon(
            [
                eye.at(x, 0.8, z),
                eye.at(x + 0.28, 0.8, z),
                eye.at(x + 0.26, 0.8, z + 0.5),
                eye.at(x, 0.8, z + 0.5),
            ],
            "#e5d2a8",
        )
    x, y = eye.at(0.42, 0.8, 8.2)
    bust(pen, x, y - 82, 58, "#2a2530")
    lights = []
    for z, lx in ((5.9, 0.2), (7.7, -0.35)):
        a, b = eye.at(lx, 0.8, z)
        s = eye.size(0.5, z)
        pen.line([(a, b), (a, b - s * 0.75)], 4, "#c79a4f")
        pen.disc(a, b, s * 0.2, s * 0.06, "#c79a4f")
        pen.polygon(
            [
                (a - s * 0.46, b - s * 0.66),
                (a - s * 0.3, b - s * 0.96),
                (a + s * 0.3, b - s * 0.96),
                (a + s * 0.46, b - s * 0.66),
            ],
            "#2f6350",
        )
        pen.polygon(
            [
                (a - s * 0.46, b - s * 0.66),
                (a + s * 0.46, b - s * 0.66),
                (a + s * 0.4, b - s * 0.6),
                (a - s * 0.4, b - s * 0.6),
            ],
            "#fff2c6",
        )
        lights.append((a, b - s * 0.5, s))
    p.lay(pen)
    for a, b, s in lights:
        p.glow(a, b, s * 2.6, "#ffd488", s * 1.4, strength=0.6)


def musee(p):
    """A museum room: pictures under a skylight, a visitor standing, one sitting."""
    p.sky((0, "#e6dcc6"), (1067, "#cbb992"))
    eye = Camera(520, 1.75, 1000, 800)
    back, half, tall = 13.0, 6.6, 5.4
    walls = ((-half, "#7b3a36", "#a65a4e"), (half, "#5a2a2c", "#7b3a36"))
    for x, far, near in walls:
        pen = p.pen()
        pen.polygon([eye.at(x, 0, 2), eye.at(x, tall, 2), eye.at(x, tall, back), eye.at(x, 0, back)])
        p.paint(pen.done(), near, far, way="right" if x < 0 else "left", grain=0.5)
    pen = p.pen()
    pen.polygon([eye.at(x, y, back) for x, y in ((-half, 0), (half, 0), (half, tall), (-half, tall))])
    p.paint(pen.done(), "#96504a", "#7d3d3b", grain=0.5)
    _skylight(p, eye, half, tall, back)
    _parquet(p, eye, half, back)
    pen = p.inks()
    for x in (-half, half):
        pen.polygon(
            [eye.at(x, 0, 2), eye.at(x, 0.35, 2), eye.at(x, 0.35, back), eye.at(x, 0, back)],
            "#ead9b8" if x < 0 else "#c7b48f",
        )
        pen.polygon(
            [
                eye.at(x, tall - 0.3, 2),
                eye.at(x, tall, 2),
                eye.at(x, tall, back),
                eye.at(x, tall - 0.3, back),
            ],
            "#f1e6cc" if x < 0 else "#d3c3a0",
        )
    pen.polygon(
        [eye.at(x, y, back) for x, y in ((-half, 0), (half, 0), (half, 0.35), (-half, 0.35))], "#dfcda8"
    )
    pen.polygon(
        [
            eye.at(x, y, back)
            for x, y in ((-half, tall - 0.3), (half, tall - 0.3), (half, tall), (-half, tall))
        ],
        "#e9dcbd",
    )
    p.lay(pen)
    for k, (x, y, w, h) in enumerate(((-4.5, 1.3, 2.2, 2.7), (0, 1.1, 3.6, 3.0), (4.5, 1.5, 2.2, 2.2))):
        _hung(
            p,
            [
                eye.at(a, b, back)
                for a, b in ((x - w / 2, y + h), (x + w / 2, y + h), (x + w / 2, y), (x - w / 2, y))
            ],
            k,
        )
    for k, (side, z, w) in enumerate(((-1, 4.2, 2.2), (-1, 8.0, 2.8), (1, 4.4, 2.6), (1, 8.6, 2.4))):
        x = side * (half - 0.02)
        corners = [(z, 4.1), (z + w, 4.1), (z + w, 1.2), (z, 1.2)]
        _hung(p, [eye.at(x, b, a) for a, b in corners], k + 3)
    _visitors(p, eye)


def _skylight(p, eye, half, tall, back):
    pen = p.pen()
    pen.polygon([eye.at(x, tall, z) for x, z in ((-half, back), (half, back), (half, 2), (-half, 2))])
    p.paint(pen.done(), "#f0e6cf", "#d9c9a6", way="up", grain=0.5)
    pen = p.inks()
    inner = half - 2.2
    pen.polygon(
        [eye.at(x, tall, z) for x, z in ((-inner, back - 1), (inner, back - 1), (inner, 2), (-inner, 2))],
        "#bcd3d3",
    )
    pen.polygon(
        [
            eye.at(x, tall, z)
            for x, z in ((-inner, back - 1), (inner * 0.1, back - 1), (inner * 0.4, 2), (-inner, 2))
        ],
        "#dfe9e0",
    )
    for k in range(9):
        x = -inner + inner * 2 * k / 8
        pen.line([eye.at(x, tall, 2), eye.at(x, tall, back - 1)], 3, "#8d9a94")
    for z in (3, 4.2, 5.6, 7.2, 9.2, 12):
        pen.line([eye.at(-inner, tall, z), eye.at(inner, tall, z)], max(2, 18 / z), "#8d9a94")
    p.lay(pen)


def _parquet(p, eye, half, back):
    pen = p.pen()
    pen.polygon([eye.at(x, 0, z) for x, z in ((-half, back), (half, back), (half, 1.5), (-half, 1.5))])
    floor = pen.done()
    p.paint(floor, "#d9b27a", "#8f643c", grain=0.6)
    pen = p.inks()
    z, row = 1.6, 0
    while z < back:
        for k in range(-12, 12):
            x = k * 0.6 + (0.3 if row % 2 else 0)
            if p.rng.random() < 0.5:
                tone = p.rng.choice(("#b98850", "#e4c08a", "#8a5f3a"))
                pen.polygon(
                    [
                        eye.at(max(-half, min(half, a)), 0, min(back, b))
                        for a, b in ((x, z), (x + 0.6, z), (x + 0.6, z + 0.5), (x, z + 0.5))
                    ],
                    tone,
                    110,
                )
        z += 0.5
        row += 1
    p.lay(pen)
    top = eye.at(0, 0, back)[1]
    shine = p.pen()
    for x in (-3.2, 0, 3.2):
        shine.polygon(
            [
                eye.at(x - 0.9, 0, back),
                eye.at(x + 0.9, 0, back),
                eye.at(x * 0.9 + 1.2, 0, 2),
                eye.at(x * 0.9 - 1.2, 0, 2),
            ]
        )
    p.paint(
        both(both(soft(shine.done(), 24), floor), p.fade((top, 0.75), (1067, 0.1))), "#f7ecd0", opacity=0.7
    )


def _hung(p, corners, kind):
    """A framed picture on the quadrilateral `corners` (clockwise from top left)."""

    def spot(u, v):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
        top, low = (ax + (bx - ax) * u, ay + (by - ay) * u), (dx + (cx - dx) * u, dy + (cy - dy) * u)
        return (top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v)

    def quad(a, b, c, d):
        return [spot(a, b), spot(c, b), spot(c, d), spot(a, d)]

    cast = p.pen()
    cast.polygon([(x + 12, y + 16) for x, y in quad(0, 0, 1, 1)])
    p.paint(soft(cast.done(), 8), "#2a1214", opacity=0.6)
    pen = p.inks()
    pen.polygon(quad(0, 0, 1, 1), "#c59a52")
    pen.polygon(quad(0.02, 0.02, 0.98, 0.98), "#8a6430")
    pen.polygon(quad(0.055, 0.055, 0.945, 0.945), "#efe5cc")
    paints = (
        ("#26506b", "#7fa6a8", "#f0e2bd", "#d9853f"),
        ("#d9b86a", "#a8543a", "#33334a", "#f3e7c9"),
        ("#3d5a48", "#a9b06a", "#efe0b4", "#c8553d"),
        ("#2d2f4a", "#8a5d7c", "#e2a36c", "#f6e3bb"),
        ("#efe4c6", "#b4472f", "#1f2a3a", "#d9a03f"),
        ("#567a86", "#e3e0c8", "#2f4a55", "#c9a25a"),
        ("#7a3038", "#d98a5c", "#f2d8a6", "#31405a"),
    )
    a, b, c, d = paints[kind % len(paints)]
    pen.polygon(quad(0.08, 0.08, 0.92, 0.92), a)
    if kind % 3 == 0:
        pen.polygon(
            [
                spot(0.08, 0.55),
                *[spot(0.08 + 0.84 * t / 20, 0.52 + 0.09 * math.sin(t * 0.55)) for t in range(21)],
                spot(0.92, 0.92),
                spot(0.08, 0.92),
            ],
            b,
        )
        pen.polygon(
            [
                spot(0.08, 0.75),
                *[spot(0.08 + 0.84 * t / 20, 0.72 + 0.05 * math.sin(t * 0.8 + 2)) for t in range(21)],
                spot(0.92, 0.92),
                spot(0.08, 0.92),
            ],
            c,
        )
        pen.polygon([spot(0.66 + 0.09 * math.cos(t / 5), 0.3 + 0.1 * math.sin(t / 5)) for t in range(32)], d)
    elif kind % 3 == 1:
        pen.polygon(
            [spot(0.46 + 0.28 * math.cos(t / 6), 0.48 + 0.25 * math.sin(t / 6)) for t in range(38)], b
        )
        pen.polygon(quad(0.08, 0.56, 0.92, 0.7), c)
        pen.polygon([spot(0.3, 0.14), spot(0.62, 0.2), spot(0.5, 0.86), spot(0.36, 0.8)], d, 210)
    else:
        for k in range(5):
            pen.polygon(
                quad(0.12 + k * 0.16, 0.86 - 0.12 * (k * 7 % 5), 0.24 + k * 0.16, 0.92), (b, c, d)[k % 3]
            )
        pen.polygon([spot(0.7 + 0.1 * math.cos(t / 5), 0.26 + 0.1 * math.sin(t / 5)) for t in range(32)], d)
    p.lay(pen)


def _visitors(p, eye):
    shade, pen = p.pen(), p.inks()
    for x, z, coat in ((-1.0, 7.6, "#2a2f3d"), (-0.35, 7.4, "#c9a06a"), (3.6, 9.6, "#3d4f4a")):
        foot, size = eye.at(x, 0, z), eye.size(1.75, z)
        shade.disc(foot[0] + size * 0.1, foot[1], size * 0.26, size * 0.035)
        person(pen, *foot, size, p.rng, coat, stride=0.02)
        head = (foot[0], foot[1] - 0.925 * size)
        pen.disc(*head, 0.058 * size, 0.07 * size, p.rng.choice(("#2a2223", "#6b4a36", "#8d8681")))
    bench = [eye.at(a, 0.46, b) for a, b in ((0.6, 5.0), (2.9, 5.0), (2.9, 5.8), (0.6, 5.8))]
    shade.polygon([eye.at(a, 0, b) for a, b in ((0.6, 4.9), (3.1, 4.9), (3.1, 5.8), (0.6, 5.8))])
    p.paint(soft(shade.done(), 7), "#3b2113", opacity=0.5)
    for x in (0.8, 2.7):
        pen.polygon(
            [
                eye.at(x - 0.05, 0, 5.1),
                eye.at(x + 0.05, 0, 5.1),
                eye.at(x + 0.05, 0.4, 5.1),
                eye.at(x - 0.05, 0.4, 5.1),
            ],
            "#2a2426",
        )
    x, y = eye.at(1.6, 0.46, 5.4)
    size = eye.size(0.27, 5.4)
    pen.curve(
        [
            (x - size * 0.9, y + 6),
            (x - size * 0.95, y - size * 1.2),
            (x - size * 0.5, y - size * 2.0),
            (x, y - size * 2.15),
            (x + size * 0.5, y - size * 2.0),
            (x + size * 0.95, y - size * 1.2),
            (x + size * 0.9, y + 6),
        ],
        "#a8472f",
    )
    pen.rect(x - size * 0.16, y - size * 2.4, x + size * 0.16, y - size * 2.0, "#b98460")
    pen.disc(x, y - size * 2.75, size * 0.4, size * 0.5, "#2a2223")
    pen.disc(x + size * 0.05, y - size * 2.3, size * 0.22, size * 0.16, "#2a2223")
    pen.polygon(bench, "#4a3a36")
    pen.polygon(
        [bench[0], bench[1], (bench[1][0], bench[1][1] + 15), (bench[0][0], bench[0][1] + 15)], "#2f2524"
    )
    p.lay(pen)


SCENES = {
    "bibliotheque": bibliotheque,
    "musee": musee,
}

"""Places of work: a greenhouse, a weaving shed, a laboratory, a hive."""

import math

from PIL import Image

from .brush import Camera, arc, both, mix, shift, soft, spline
from .rooms import ceiling_and_floor
from .things import person


def serre(p):
    """A tomato house: glass arches one behind the other, rows of plants, a gardener."""
    p.sky((0, "#bcd2c6"), (420, "#f4f0d6"), (700, "#d8d8b0"))
    p.glow(800, 430, 700, "#fff8dc", strength=0.8)
    eye = Camera(520, 1.7, 950, 800)
    ground = p.pen()
    ground.polygon([eye.at(x, 0, z) for x, z in ((-6, 60), (6, 60), (6, 1.2), (-6, 1.2))])
    p.paint(ground.done(), "#dcd3a8", "#6a5a40", grain=0.8)
    _glass(p, eye)
    pen, z = p.inks(), 40.0
    while z > 2.9:
        _plants(p, pen, eye, z)
        z *= 0.93
    p.lay(pen)
    path = p.pen()
    path.polygon([eye.at(x, 0, z) for x, z in ((-0.62, 50), (0.62, 50), (0.62, 1.2), (-0.62, 1.2))])
    lane = path.done()
    p.paint(lane, "#f0e9c8", "#a59a78", grain=0.7)
    pipes = p.pen()
    for x in (-0.5, 0.5):
        pipes.polygon(
            [
                eye.at(x - 0.04, 0.06, 1.2),
                eye.at(x + 0.04, 0.06, 1.2),
                eye.at(x + 0.04, 0.06, 60),
                eye.at(x - 0.04, 0.06, 60),
            ]
        )
    p.paint(pipes.done(), "#f6f2dc", "#7d8a7c")
    bars = p.pen()
    for k in range(26):
        bars.polygon(
            [
                eye.at(x, 0, z)
                for x, z in (
                    (-0.62, 2 + k * 1.3),
                    (0.62, 2 + k * 1.3),
                    (0.62, 2.3 + k * 1.3),
                    (-0.62, 2.3 + k * 1.3),
                )
            ]
        )
    p.paint(both(bars.done(), lane), "#5d6a4c", opacity=0.28)
    _gardener(p, eye)
    p.mist(p.fade((330, 0), (520, 0.55), (640, 0)), "#fbf7dc", body=0.7)


def _glass(p, eye):
    def arch(z):
        side = [eye.at(-5.2, 0, z), eye.at(-5.2, 3.2, z)]
        roof = [eye.at(-5.2 + 10.4 * k / 16, 3.2 + 2.4 * math.sin(math.pi * k / 16), z) for k in range(17)]
        return [*side, *roof, eye.at(5.2, 0, z)]

    pen = p.pen()
    for k in range(1, 17):
        a = (-5.2 + 10.4 * k / 16, 3.2 + 2.4 * math.sin(math.pi * k / 16))
        pen.line([eye.at(*a, 1.4), eye.at(*a, 60)], 2)
    for y in (1.1, 2.2, 3.2):
        for x in (-5.2, 5.2):
            pen.line([eye.at(x, y, 1.4), eye.at(x, y, 60)], 2.4)
    p.paint(pen.done(), "#8fa79a", opacity=0.85)
    z = 48.0
    while z > 1.8:
        pen = p.pen()
        pen.line(arch(z), max(1.6, 34 / z))
        pen.line([eye.at(-5.2, 3.2, z), eye.at(5.2, 3.2, z)], max(1, 16 / z))
        for k in (-2.6, 0, 2.6):
            pen.line(
                [eye.at(k, 3.2, z), eye.at(k, 3.2 + 2.4 * math.cos(k / 5.2 * math.pi / 2), z)], max(1, 12 / z)
            )
        p.paint(pen.done(), mix("#476258", "#e8ead0", min(0.85, z / 40)))
        z *= 0.8
    panes = p.pen()
    for k in range(12):
        z0 = 2.5 * 1.24**k
        side = p.rng.choice((-1, 1))
        a, b = sorted(p.rng.sample(range(2, 9), 2))
        ring = [(side * (5.2 - 10.4 * j / 16), 3.2 + 2.4 * math.sin(math.pi * j / 16)) for j in (a, b)]
        panes.polygon(
            [
                eye.at(*ring[0], z0),
                eye.at(*ring[1], z0),
                eye.at(*ring[1], z0 * 1.2),
                eye.at(*ring[0], z0 * 1.2),
            ]
        )
    p.paint(panes.done(), "#ffffff", opacity=0.3)


def _plants(p, pen, eye, z):
    """One step of the four rows of vines: leaves, stems on strings, ripening fruit."""
    haze = min(0.72, z / 34)
    for x in (-4.1, -2.0, 2.0, 4.1):
        for _ in range(2):
            px = x + p.rng.uniform(-0.3, 0.3)
            tall = p.rng.uniform(2.3, 2.9)
            pen.line([eye.at(px, 0, z), eye.at(px, 3.2, z)], max(0.7, 3 / z), mix("#e6e4c4", "#f3f1d4", haze))
            for _ in range(9):
                y = p.rng.uniform(0.25, tall)
                lx, ly = eye.at(px + p.rng.gauss(0, 0.26), y, z)
                size = eye.size(p.rng.uniform(0.1, 0.22), z)
                tone = mix(
                    p.rng.choice(("#3f6b43", "#55834b", "#2c5138", "#7a9a55", "#8fae62")), "#f0f0cf", haze
                )
                turn = p.rng.uniform(0, 3.14)
                ca, sa = math.cos(turn), math.sin(turn)
                leaf = [
                    (lx + (u * ca - v * sa) * size, ly + (u * sa + v * ca) * size)
                    for u, v in ((-1.3, 0), (-0.4, -0.5), (0.6, -0.42), (1.4, 0), (0.6, 0.42), (-0.4, 0.5))
                ]
                pen.curve(leaf, tone, steps=3)
            for _ in range(3):
                y = p.rng.uniform(0.4, 1.7)
                fx, fy = eye.at(px + p.rng.gauss(0, 0.2), y, z)
                size = eye.size(0.055, z)
                for k in range(3):
                    ripe = mix(p.rng.choice(("#c8442e", "#d9603a", "#e09a44", "#9aa653")), "#f3e7c0", haze)
                    pen.disc(fx + p.rng.gauss(0, size), fy + k * size * 1.5, size, fill=ripe)
                    pen.disc(
                        fx - size * 0.3,
                        fy + k * size * 1.5 - size * 0.3,
                        size * 0.25,
                        fill=mix(ripe, "#fff6e0", 0.6),
                    )


def _gardener(p, eye):
    foot, size = eye.at(0.05, 0, 8.5), eye.size(1.72, 8.5)
    shade = p.pen()
    shade.disc(foot[0], foot[1], size * 0.3, size * 0.04)
    p.paint(soft(shade.done(), 4), "#4a4a30", opacity=0.6)
    pen = p.inks()
    person(pen, *foot, size, p.rng, "#33506a", coat=False, stride=0.05)
    body = [
        (foot[0] - size * 0.12, foot[1] - size * 0.79),
        (foot[0] + size * 0.12, foot[1] - size * 0.79),
        (foot[0] + size * 0.13, foot[1] - size * 0.5),
        (foot[0] - size * 0.13, foot[1] - size * 0.5),
    ]
    pen.polygon(body, "#33506a")
    pen.disc(foot[0], foot[1] - size * 0.91, size * 0.05, size * 0.065, "#b98460")
    pen.disc(foot[0], foot[1] - size * 0.95, size * 0.13, size * 0.025, "#e0c07c")
    pen.disc(foot[0], foot[1] - size * 0.975, size * 0.06, size * 0.04, "#cfa95f")
    pen.rect(
        foot[0] - size * 0.16, foot[1] - size * 0.6, foot[0] + size * 0.16, foot[1] - size * 0.48, "#a8754a"
    )
    for k in range(9):
        pen.disc(
            foot[0] - size * 0.14 + size * 0.035 * k,
            foot[1] - size * 0.61,
            size * 0.028,
            fill=p.rng.choice(("#c8442e", "#d9603a")),
        )
    p.lay(pen)


def usine_textile(p):
    """A weaving shed: threads of every colour run from the bobbins to the looms."""
    p.sky((0, "#4d4f4e"), (1067, "#5a5148"))
    eye = Camera(470, 2.3, 950, 800)
    ceiling_and_floor(p, eye, 5.0, 44, "#5f6464", "#b9b39c", "#c9b48d", "#4b3f36", plank=1.1)
    _shed_windows(p, eye)
    _shafts(p, eye)
    pen, z = p.inks(), 30.0
    while z > 2.6:
        for side in (-1, 1):
            _creel(pen, eye, side, z)
        z *= 0.82
    p.lay(pen)
    foot, size = eye.at(0.15, 0, 9.0), eye.size(1.7, 9.0)
    pen = p.pen()
    person(pen, *foot, size, p.rng, stride=0.06)
    figure = pen.done()
    p.paint(figure, "#2a2f38", "#1f2026")
    p.rim(figure, 3, 2, "#f3e3ba", 0.7)
    p.mist(p.fade((300, 0), (470, 0.6), (600, 0)), "#f1e6c4", body=0.7)
    rays = p.pen()
    for k in range(6):
        z = 4.0 * 1.45**k
        rays.polygon(
            [
                eye.at(-5.5, 4.6, z),
                eye.at(-5.5, 4.6, z * 1.2),
                eye.at(1.4, 0, z * 1.35),
                eye.at(1.4, 0, z * 1.1),
            ]
        )
    p.paint(both(soft(rays.done(), 14), p.fade((100, 0.5), (900, 0.12))), "#fff1cc")


def _shed_windows(p, eye):
    pen = p.inks()
    for side in (-1, 1):
        wall = "#a39a82" if side > 0 else "#6f6c62"
        pen.polygon(
            [
                eye.at(side * 5.5, 0, 1.5),
                eye.at(side * 5.5, 5, 1.5),
                eye.at(side * 5.5, 5, 44),
                eye.at(side * 5.5, 0, 44),
            ],
            wall,
        )
        z = 1.6
        while z < 40:
            a, b = z, z * 1.22
            x = side * 5.48
            pen.polygon(
                [eye.at(x, 2.1, a), eye.at(x, 4.6, a), eye.at(x, 4.6, b), eye.at(x, 2.1, b)],
                "#f9efce" if side < 0 else "#cfd0bd",
            )
            for k in range(1, 4):
                c = a + (b - a) * k / 4
                pen.line([eye.at(x, 2.1, c), eye.at(x, 4.6, c)], max(1, 12 / c), "#565a57")
            for y in (2.7, 3.3, 3.9):
                pen.line([eye.at(x, y, a), eye.at(x, y, b)], max(1, 12 / b), "#565a57")
            z *= 1.36
    pen.polygon([eye.at(x, y, 44) for x, y in ((-5.5, 0), (5.5, 0), (5.5, 5), (-5.5, 5))], "#f0e4c0")
    p.lay(pen)


def _shafts(p, eye):
    pen = p.inks()
    for x in (-2.6, 2.6):
        pen.polygon(
            [
                eye.at(x - 0.06, 4.2, 1.5),
                eye.at(x + 0.06, 4.2, 1.5),
                eye.at(x + 0.06, 4.2, 44),
                eye.at(x - 0.06, 4.2, 44),
            ],
            "#3a3d40",
        )
    z = 32.0
    while z > 1.8:
        tone = mix("#3d4145", "#d9cfae", min(0.75, z / 34))
        pen.polygon(
            [eye.at(-5.5, 4.6, z), eye.at(5.5, 4.6, z), eye.at(5.5, 4.85, z), eye.at(-5.5, 4.85, z)], tone
        )
        for x in (-2.6, 2.6):
            cx, cy = eye.at(x, 4.2, z)
            pen.disc(cx, cy, eye.size(0.26, z), fill=tone)
            pen.disc(cx, cy, eye.size(0.08, z), fill=mix(tone, "#e9dcb8", 0.5))
            pen.line(
                [eye.at(x - 0.24, 4.2, z), eye.at(x - 0.15, 1.2, z)],
                max(1, 14 / z),
                mix("#6b4a33", "#d9cfae", min(0.7, z / 34)),
            )
            pen.line(
                [eye.at(x + 0.24, 4.2, z), eye.at(x + 0.15, 1.2, z)],
                max(1, 14 / z),
                mix("#6b4a33", "#d9cfae", min(0.7, z / 34)),
            )
        z *= 0.74
    p.lay(pen)


YARNS = ("#a8433a", "#d98a3f", "#e6c46a", "#3f6f77", "#2d4a66", "#7a9a86", "#efe3c4", "#8a4a63", "#c9705a")


def _creel(pen, eye, side, z):
    """A machine on one side: frame, a slanting web of threads, bobbins in rows on top."""
    haze = min(0.78, z / 26)
    long = z * 0.2

    def tone(colour):
        return mix(colour, "#eadfba", haze)

    near, far = side * 1.0, side * 4.4
    pen.polygon(
        [eye.at(near, 0, z), eye.at(near, 0.95, z), eye.at(near, 0.95, z + long), eye.at(near, 0, z + long)],
        tone("#2f4a4c" if side < 0 else "#27393d"),
    )
    pen.polygon(
        [eye.at(near, 0, z), eye.at(near, 0.95, z), eye.at(far, 0.95, z), eye.at(far, 0, z)], tone("#3d5c5c")
    )
    pen.polygon(
        [
            eye.at(near, 0.95, z),
            eye.at(far, 0.95, z),
            eye.at(far, 0.95, z + long),
            eye.at(near, 0.95, z + long),
        ],
        tone("#54706c"),
    )
    for k in range(44):
        t = k / 43
        x = near + (far - near) * t
        colour = tone(YARNS[(k * 5 + int(z * 3)) % len(YARNS)])
        pen.line(
            [eye.at(x, 0.97, z), eye.at(near + (far - near) * (0.08 + 0.84 * t), 2.0, z + long * 0.6)],
            max(0.8, 6 / z),
            colour,
        )
    for row in range(3):
        y = 1.95 + row * 0.3
        pen.polygon(
            [
                eye.at(near, y - 0.05, z + long * 0.6),
                eye.at(far, y - 0.05, z + long * 0.6),
                eye.at(far, y, z + long * 0.6),
                eye.at(near, y, z + long * 0.6),
            ],
            tone("#2b3033"),
        )
        for k in range(13):
            x = near + (far - near) * (k + 0.5) / 13
            a, b = eye.at(x, y, z + long * 0.6)
            s = eye.size(0.1, z + long * 0.6)
            colour = tone(YARNS[(k * 4 + row * 7 + int(z * 2)) % len(YARNS)])
            pen.polygon(
                [(a - s, b), (a - s * 0.5, b - s * 2.4), (a + s * 0.5, b - s * 2.4), (a + s, b)], colour
            )
            pen.polygon(
                [(a + s * 0.2, b), (a + s * 0.1, b - s * 2.4), (a + s * 0.5, b - s * 2.4), (a + s, b)],
                mix(colour, "#1f1a20", 0.25),
            )
            pen.disc(a, b - s * 2.4, s * 0.5, s * 0.2, mix(colour, "#fff3d0", 0.4))
    for x in (near, far):
        pen.polygon(
            [
                eye.at(x, 0.9, z),
                eye.at(x + side * 0.05, 0.9, z),
                eye.at(x + side * 0.05, 2.9, z + long * 0.6),
                eye.at(x, 2.9, z + long * 0.6),
            ],
            tone("#39464a"),
        )
    _cloth(pen, eye, side, z, tone)


def _cloth(pen, eye, side, z, tone):
    """The woven cloth on its roller, at the end of the machine that faces us."""
    a, b = side * 1.25, side * 4.2
    base = YARNS[int(z * 7) % len(YARNS)]
    for k in range(12):
        y0, y1 = 0.18 + k * 0.05, 0.18 + (k + 1) * 0.05
        light = math.sin(math.pi * (k + 0.7) / 12)
        shade = mix(mix(base, "#20202a", 0.5), mix(base, "#fff0cc", 0.25), light)
        pen.polygon(
            [
                eye.at(a, y0, z - 0.02),
                eye.at(b, y0, z - 0.02),
                eye.at(b, y1, z - 0.02),
                eye.at(a, y1, z - 0.02),
            ],
            tone(shade),
        )
    for k in range(9):
        x = a + (b - a) * (k + 0.5) / 9
        w = 0.05 if k % 3 else 0.12
        colour = tone(mix(YARNS[(k + int(z * 5)) % len(YARNS)], "#2a2428", 0.15))
        pen.polygon(
            [
                eye.at(x - w, 0.18, z - 0.03),
                eye.at(x + w, 0.18, z - 0.03),
                eye.at(x + w, 0.78, z - 0.03),
                eye.at(x - w, 0.78, z - 0.03),
            ],
            colour,
        )
    for x in (a, b):
        c = eye.at(x, 0.48, z - 0.03)
        pen.disc(*c, eye.size(0.08, z), eye.size(0.36, z), tone("#5a4432"))


def laboratoire(p):
    """A bench by the window: flasks, a microscope, seedlings under glass."""
    p.sky((0, "#41636b"), (1067, "#2f4a52"))
    pen = p.pen()
    pen.rect(250, -10, 1350, 660)
    glass = pen.done()
    p.paint(glass, "#a9cfca", "#f3ecd0", grain=0.5)
    hills = p.below(p.ridge(520, 50, 420, 4))
    p.paint(both(hills, glass), "#8fb5ab", "#d6dcbf", grain=0.6)
    hills = p.below(p.ridge(585, 30, 260, 4))
    p.paint(both(hills, glass), "#6f9a92", "#b7c7a9", grain=0.6)
    p.glow(1010, 300, 420, "#fff6d6", strength=0.6)
    pen = p.inks()
    for x in (250, 617, 983, 1350):
        pen.rect(x - 10, -10, x + 10, 664, "#27424b")
    pen.rect(240, 180, 1360, 192, "#27424b")
    pen.rect(220, 656, 1380, 690, "#d8d2b6")
    for x in (0, 1390):
        for y in (150, 330, 510):
            pen.rect(x, y, x + 210, y + 12, "#8a9a8d")
            for k in range(6):
                bx, tall = x + 16 + k * 31, p.rng.uniform(40, 92)
                tone = p.rng.choice(("#5d8a86", "#c98a4a", "#7a5a4a", "#a9b8a0", "#3a5560", "#d9c48a"))
                pen.rect(bx, y - tall, bx + 22, y, mix(tone, "#2f4a52", 0.35))
                pen.rect(bx + 5, y - tall - 10, bx + 17, y - tall, mix("#d8d2b6", "#2f4a52", 0.4))
    p.lay(pen)
    p.paint(p.fade((690, 0), (691, 1)), "#2c454c", "#1d3138", grain=0.6)
    bench = p.pen()
    bench.rect(-10, 800, 1610, 1080)
    p.paint(bench.done(), "#e3dcc2", "#9aa392", grain=0.6)
    edge = p.pen()
    edge.rect(-10, 1000, 1610, 1080)
    p.paint(edge.done(), "#4c625f", "#2b3f42", grain=0.6)
    _glassware(p)
    _microscope(p, 1010, 900)


def _vessel(p, outline, level, liquid, foot):
    """A glass of the given outline, filled with `liquid` from the height `level` down."""
    pen = p.pen()
    pen.polygon(outline)
    body = pen.done()
    cast = p.pen()
    xs = [x for x, _ in outline]
    cast.polygon(
        [
            (min(xs) + 10, foot - 4),
            (max(xs) - 6, foot - 4),
            (min(xs) - 60, foot + 78),
            (min(xs) - 130, foot + 78),
        ]
    )
    p.paint(soft(cast.done(), 7), mix(liquid, "#5a6a66", 0.55), opacity=0.5)
    p.paint(body, "#eff3e4", opacity=0.3)
    fill = both(body, p.fade((level - 1, 0), (level, 1)))
    p.paint(
        fill,
        mix(liquid, "#fff3d6", 0.25),
        mix(liquid, "#16242e", 0.3),
        way="right down",
        grain=0.6,
        opacity=0.9,
    )
    line = p.pen()
    line.rect(min(xs), level - 3, max(xs), level + 3)
    p.paint(both(line.done(), body), mix(liquid, "#ffffff", 0.5), opacity=0.8)
    p.rim(body, 5, 0, "#ffffff", 0.75)
    p.rim(body, -3, 0, "#36545c", 0.5)


def _erlenmeyer(x, foot, size):
    left = [
        (x - size * 0.16, foot - size * 1.5),
        (x - size * 0.16, foot - size * 0.95),
        (x - size * 0.62, foot - size * 0.12),
        (x - size * 0.56, foot),
    ]
    return [
        (x - size * 0.21, foot - size * 1.55),
        *left,
        *[(2 * x - a, b) for a, b in reversed(left)],
        (x + size * 0.21, foot - size * 1.55),
    ]


def _glassware(p):
    for x, foot, size, level, liquid in (
        (430, 884, 210, 770, "#3f8a86"),
        (690, 930, 170, 850, "#d9803a"),
        (250, 930, 130, 872, "#b6533f"),
    ):
        _vessel(p, _erlenmeyer(x, foot, size), level, liquid, foot)
        pen = p.inks()
        for k in range(4):
            pen.line(
                [
                    (x + size * 0.1, foot - size * 0.2 - k * size * 0.14),
                    (x + size * 0.24, foot - size * 0.2 - k * size * 0.14),
                ],
                2.4,
                "#f7f4e2",
                200,
            )
        p.lay(pen)
    _vessel(p, [(560, 890), (560, 560), (550, 548), (630, 548), (620, 560), (620, 890)], 660, "#c9b04a", 890)
    flask = [*arc(840, 760, 78, 78, -70, 250, 50), (814, 686), (814, 590), (866, 590), (866, 686)]
    _vessel(p, flask, 752, "#7a4a7c", 838)
    pen = p.inks()
    for dx in (-62, 62):
        pen.line([(840 + dx * 0.7, 842), (840 + dx, 912)], 6, "#2b3f42")
    pen.line([(776, 842), (904, 842)], 7, "#2b3f42")
    for _ in range(7):
        pen.disc(
            820 + p.rng.uniform(-30, 50),
            770 + p.rng.uniform(0, 46),
            p.rng.uniform(3, 7),
            fill="#d9b8d6",
            opacity=170,
        )
    p.lay(pen)
    for k, liquid in enumerate(("#c8553d", "#e0b04a", "#3f8a86", "#7a9a55", "#33556f")):
        x = 1236 + k * 50
        tube = [(x - 15, 650), (x - 15, 850), *arc(x, 850, 15, 15, 180, 0, 10), (x + 15, 650)]
        _vessel(p, tube, 730 + (k * 37 % 60), liquid, 866)
    pen = p.inks()
    for y in (706, 826):
        pen.rect(1206, y, 1466, y + 18, "#b98a54")
        pen.rect(1206, y + 12, 1466, y + 18, "#8a6238")
    for x in (1206, 1452):
        pen.rect(x, 690, x + 14, 880, "#a87a46")
    pen.rect(1196, 876, 1476, 892, "#8a6238")
    p.lay(pen)
    _seedlings(p, 120, 884)


def _seedlings(p, x, foot):
    pen = p.inks()
    pen.polygon([(x - 80, foot - 70), (x + 80, foot - 70), (x + 64, foot), (x - 64, foot)], "#b0643f")
    pen.rect(x - 88, foot - 86, x + 88, foot - 66, "#c67a50")
    for k in range(9):
        sx, tall = x - 64 + k * 16, p.rng.uniform(80, 190)
        pen.line(
            spline(
                [
                    (sx, foot - 84),
                    (sx + 6, foot - 84 - tall * 0.5),
                    (sx + p.rng.uniform(-16, 16), foot - 84 - tall),
                ],
                closed=False,
            ),
            3.5,
            "#4f7a4a",
        )
        for j in range(3):
            y = foot - 84 - tall * (0.45 + 0.27 * j)
            for side in (-1, 1):
                pen.curve(
                    [(sx, y), (sx + side * 16, y - 14), (sx + side * 34, y - 10), (sx + side * 18, y + 2)],
                    p.rng.choice(("#5d8a4f", "#7ba35a", "#44703f")),
                    steps=4,
                )
    p.lay(pen)


def _microscope(p, x, foot):
    cast = p.pen()
    cast.polygon([(x - 80, foot), (x + 110, foot), (x + 10, foot + 74), (x - 190, foot + 74)])
    p.paint(soft(cast.done(), 8), "#5a6a66", opacity=0.6)
    pen = p.pen()
    pen.polygon([(x - 96, foot), (x - 84, foot - 34), (x + 96, foot - 34), (x + 106, foot)])
    pen.limb(
        spline(
            [(x + 70, foot - 30), (x + 112, foot - 150), (x + 84, foot - 270), (x + 10, foot - 330)],
            closed=False,
        ),
        46,
        34,
    )
    pen.rect(x - 92, foot - 142, x + 74, foot - 122)
    pen.limb([(x - 14, foot - 344), (x - 46, foot - 216)], 50, 46)
    pen.limb([(x + 4, foot - 420), (x - 12, foot - 350)], 34, 40)
    pen.rect(x - 40, foot - 112, x - 8, foot - 60)
    for dx, dy in ((-52, -180), (-30, -186), (-74, -192)):
        pen.limb([(x + dx * 0.7 - 12, foot + dy - 26), (x + dx, foot + dy + 20)], 20, 14)
    pen.disc(x + 104, foot - 110, 26)
    pen.disc(x + 108, foot - 180, 18)
    mask = pen.done()
    p.paint(mask, "#3f5660", "#18262d", way="right", grain=0.7)
    p.rim(mask, 5, 3, "#dfe8d8", 0.75)
    pen = p.inks()
    pen.disc(x + 104, foot - 110, 14, fill="#8fa19c")
    pen.limb([(x + 6, foot - 428), (x + 2, foot - 408)], 36, fill="#12191d")
    pen.rect(x - 84, foot - 148, x - 4, foot - 142, "#dff0e4")
    p.lay(pen)
    p.glow(x - 26, foot - 126, 70, "#fff3c0", 40, strength=0.8)


def abeilles(p):
    """Bees at work on the comb, warm light from above."""
    p.sky((0, "#8a5a22"), (1067, "#5a3312"))
    pen, radius = p.inks(), 64
    step, rise = radius * math.sqrt(3), radius * 1.5
    cells = []
    for row in range(-1, 14):
        for col in range(-1, 17):
            x, y = col * step + (step / 2 if row % 2 else 0), row * rise - 12
            cells.append((x, y))
            _cell(p, pen, x, y, radius)
    p.lay(pen)
    p.mottle(Image.new("L", p.size, 255), "#5b2f10", (420, 360), 130, 230, 0.45)
    p.mottle(Image.new("L", p.size, 255), "#ffd88a", (60, 60), 170, 235, 0.25)
    p.glow(640, 260, 900, "#ffd27a", strength=0.45)
    for x, y, turn, size in (
        (800, 520, -24, 1.5),
        (420, 300, 62, 1.18),
        (1190, 330, 158, 1.2),
        (560, 820, 205, 1.22),
        (1130, 810, -70, 1.3),
        (170, 720, 20, 1.1),
        (1480, 620, 110, 1.1),
        (900, 130, 12, 0.95),
    ):
        _bee(p, x, y, math.radians(turn), size * 105)


def _hexagon(x, y, radius):
    return [
        (x + radius * math.cos(math.radians(60 * k + 30)), y + radius * math.sin(math.radians(60 * k + 30)))
        for k in range(6)
    ]


def _cell(p, pen, x, y, radius):
    kind = p.rng.random() + 0.25 * math.sin(x / 320) + 0.2 * math.cos(y / 240)
    pen.polygon(_hexagon(x, y, radius * 1.01), "#d79a3c")
    pen.polygon(_hexagon(x - 2, y - 2, radius * 0.95), "#f0c064")
    if kind > 0.78:
        pen.polygon(_hexagon(x, y, radius * 0.88), "#d9a85a")
        pen.disc(x - 5, y - 6, radius * 0.64, fill="#e6bf7a")
        pen.disc(x - 12, y - 14, radius * 0.4, fill="#efd096")
        return
    deep = _hexagon(x, y, radius * 0.86)
    pen.polygon(deep, "#6a3510")
    pen.polygon(
        [
            deep[0],
            deep[1],
            deep[2],
            (x - radius * 0.3, y + radius * 0.36),
            (x + radius * 0.3, y + radius * 0.3),
        ],
        "#93521b",
    )
    if kind > 0.2:
        honey = p.rng.choice(("#c9781f", "#d98f2a", "#b5651a"))
        pen.polygon(_hexagon(x, y + 2, radius * 0.76), honey)
        pen.curve(
            [
                (x - radius * 0.5, y - radius * 0.1),
                (x - radius * 0.2, y - radius * 0.5),
                (x + radius * 0.36, y - radius * 0.46),
                (x, y - radius * 0.28),
            ],
            "#f6cf72",
            210,
            steps=5,
        )
        pen.disc(x + radius * 0.3, y + radius * 0.34, radius * 0.08, fill="#fbe6ae")
    else:
        pen.polygon(_hexagon(x, y + 4, radius * 0.6), "#45200a")


def _bee(p, x, y, turn, s):
    """A worker bee seen from above, `s` pixels long from thorax to sting."""
    ca, sa = math.cos(turn), math.sin(turn)

    def at(u, v):
        return (x + (u * ca - v * sa) * s, y + (u * sa + v * ca) * s)

    def blob(u, v, ru, rv, steps=26):
        return [
            at(u + ru * math.cos(k / steps * 2 * math.pi), v + rv * math.sin(k / steps * 2 * math.pi))
            for k in range(steps)
        ]

    body, fur, stripes, wings, legs = p.pen(), p.pen(), p.pen(), p.pen(), p.pen()
    for side in (-1, 1):
        for u, a, b in ((0.16, 0.34, 0.52), (0.0, 0.06, 0.6), (-0.14, -0.2, 0.56)):
            legs.limb(
                [at(u, side * 0.14), at((u + a) / 2 + 0.04, side * b * 0.75), at(a + 0.02, side * b)],
                s * 0.05,
                s * 0.028,
            )
        legs.line([at(0.46, side * 0.06), at(0.58, side * 0.16), at(0.7, side * 0.13)], s * 0.026)
    abdomen = spline(
        [
            at(-0.02, -0.14),
            at(-0.3, -0.26),
            at(-0.62, -0.2),
            at(-0.86, 0),
            at(-0.62, 0.2),
            at(-0.3, 0.26),
            at(-0.02, 0.14),
        ]
    )
    body.polygon(abdomen)
    body.polygon(blob(0.4, 0, 0.14, 0.17))
    fur.polygon(blob(0.12, 0, 0.25, 0.24))
    for _ in range(90):
        a = p.rng.uniform(0, 6.28)
        fur.line(
            [
                at(0.12 + 0.2 * math.cos(a), 0.2 * math.sin(a)),
                at(0.12 + 0.3 * math.cos(a), 0.29 * math.sin(a)),
            ],
            1.6,
        )
    for u in (-0.2, -0.36, -0.52, -0.67):
        stripes.polygon(
            [
                at(u, -0.3),
                at(u - 0.085, -0.3),
                at(u - 0.115, 0),
                at(u - 0.085, 0.3),
                at(u, 0.3),
                at(u - 0.03, 0),
            ]
        )
    cast = body.done()
    p.paint(shift(soft(cast, 7), 12, 16), "#2a1206", opacity=0.6)
    p.paint(legs.done(), "#2b180d")
    p.paint(cast, "#e2a03a", "#8a5016", grain=0.7)
    p.paint(both(stripes.done(), cast), "#2a180f", "#3f2413", grain=0.6)
    coat = fur.done()
    p.paint(coat, "#e6bd6e", "#7a4c1c", grain=1.0)
    p.rim(cast, 2, 3, "#ffdf96", 0.5)
    eyes = p.inks()
    for side in (-1, 1):
        eyes.polygon(blob(0.44, side * 0.13, 0.07, 0.055), "#1c100b")
        eyes.disc(*at(0.46, side * 0.12), s * 0.016, fill="#d8c9a8")
    eyes.polygon(blob(0.1, 0, 0.11, 0.09), "#4a2b14")
    p.lay(eyes)
    for side in (-1, 1):
        wings.polygon(
            spline(
                [
                    at(0.1, side * 0.1),
                    at(-0.14, side * 0.4),
                    at(-0.6, side * 0.6),
                    at(-0.78, side * 0.46),
                    at(-0.5, side * 0.2),
                ]
            )
        )
        wings.polygon(
            spline(
                [
                    at(0.02, side * 0.1),
                    at(-0.3, side * 0.24),
                    at(-0.6, side * 0.28),
                    at(-0.56, side * 0.14),
                    at(-0.2, side * 0.06),
                ]
            )
        )
    film = wings.done()
    p.paint(film, "#fbf2d8", opacity=0.5)
    p.rim(film, 2, 2, "#fffaf0", 0.7)
    veins = p.pen()
    for side in (-1, 1):
        for u, v in ((-0.7, 0.5), (-0.6, 0.36), (-0.46, 0.5)):
            veins.line([at(0.06, side * 0.12), at(u, side * v)], 1.2)
    p.paint(both(veins.done(), film), "#8a6a3c", opacity=0.6)


SCENES = {
    "serre": serre,
    "usine-textile": usine_textile,
    "laboratoire": laboratoire,
    "abeilles": abeilles,
}

"""Gatherings: a signing, a race, a concert, a chamber in session."""

import math

from PIL import Image

from .brush import arc, both, mix, shift, soft, spline, without
from .things import bust, person


def conference(p):
    """Two signatories at a long table, their witnesses and flags behind, under a spotlight."""
    p.sky((0, "#5d4a3d"), (300, "#9a7f62"), (700, "#6e5744"))
    folds = p.fbm((70, 3000), 3).point(lambda v: max(0, min(255, (v - 70) * 2)))
    p.paint(folds, "#4a382f", opacity=0.6)
    pen = p.pen()
    for x in range(-20, 1640, 62):
        pen.line([(x + p.rng.uniform(-8, 8), 0), (x, 780)], 7)
    p.paint(soft(pen.done(), 7), "#3a2a26", opacity=0.55)
    p.glow(800, 330, 760, "#f0cf9a", 520, strength=0.5)
    p.glow(800, 40, 480, "#fff0cc", 420, strength=0.4)
    flags = [
        (170, ("#8e2f2f", "#f0e2c0", "#2d4f6e")),
        (300, ("#2f5d4a", "#e2b24c")),
        (430, ("#26436b", "#e9c65c", "#26436b")),
    ]
    flags += [
        (1130, ("#e6dcc0", "#9a3a33")),
        (1255, ("#3a5f7a", "#f0e6cc", "#c45b3c")),
        (1380, ("#d9a441", "#2c4a44")),
    ]
    for x, colours in flags:
        _flag(p, x, 130, 560, colours)
    for x, size, look in ((585, 112, 0), (725, 118, 1), (875, 118, 2), (1015, 112, 3)):
        _sitter(p, x, 470 + (118 - size) * 2, size, SITTERS[look])
    for x, lean, look in ((650, 1, 4), (950, -1, 5)):
        _sitter(p, x, 592, 142, SITTERS[look], lean)
    _table(p)
    p.glow(800, 560, 620, "#ffe2b0", 300, strength=0.16)
    _audience(p)


def _flag(p, x, top, deep, colours):
    """A flag hanging from its staff, in folds."""
    pen = p.inks()
    wide, n = 165, len(colours)
    for i, colour in enumerate(colours):
        a, b = i / n, (i + 1) / n
        left = [
            (x + wide * (a * 0.62) + 12 * math.sin(t * 2.4 + a * 4), top + 26 + a * 46 + (deep - a * 96) * t)
            for t in (0, 0.25, 0.5, 0.75, 1)
        ]
        right = [
            (x + wide * (b * 0.62) + 12 * math.sin(t * 2.4 + b * 4), top + 26 + b * 46 + (deep - b * 96) * t)
            for t in (0, 0.25, 0.5, 0.75, 1)
        ]
        pen.polygon([*spline(left, closed=False), *reversed(spline(right, closed=False))], colour)
    sheet = pen.done()
    p.paint(shift(soft(sheet.getchannel("A"), 10), 22, 16), "#2a1d1b", opacity=0.5)
    p.lay(sheet)
    cloth = sheet.getchannel("A")
    folds = p.fbm((26, 900), 3).point(lambda v: max(0, min(255, (v - 118) * 4)))
    p.paint(both(cloth, folds), "#1f1718", opacity=0.5)
    p.rim(cloth, 3, 0, "#fff0d0", 0.4)
    staff = p.pen()
    staff.rect(x - 5, top - 6, x + 3, 800)
    staff.disc(x - 1, top - 16, 10, 13)
    p.paint(staff.done(), "#e3bd70", "#7a5428", way="right", grain=0.5)


SITTERS = (
    {"skin": "#b27d58", "hair": "#2a2223", "cloth": "#39414f", "long": False},
    {"skin": "#e3b893", "hair": "#6b432b", "cloth": "#6a343a", "long": True},
    {"skin": "#7a5140", "hair": "#241d1f", "cloth": "#2b423f", "long": False},
    {"skin": "#efcdb0", "hair": "#a9a39b", "cloth": "#2f2a33", "long": False},
    {"skin": "#d7a47c", "hair": "#33282a", "cloth": "#2a3550", "long": True},
    {"skin": "#e3b893", "hair": "#8d8681", "cloth": "#262832", "long": False},
)
SKINS = ("#e3b893", "#b27d58", "#7a5140", "#d7a47c", "#efcdb0", "#925f44")


def _sitter(p, x, chin, size, look, lean=0):
    """Someone in a dark suit or dress, facing us; a face without features."""
    skin, hair, cloth, long = look["skin"], look["hair"], look["cloth"], look["long"]
    head = x + lean * size * 0.07
    pen = p.pen()
    body = [
        (x - size * 1.02, chin + size * 3),
        (x - size * 0.98, chin + size * 0.8),
        (x - size * 0.62, chin + size * 0.38),
        (x - size * 0.16, chin + size * 0.18),
    ]
    body += [(2 * x - a, b) for a, b in reversed(body)]
    pen.polygon(spline(body, closed=False, steps=6))
    suit = pen.done()
    p.paint(shift(soft(suit, 14), 20, 10), "#2a1d1b", opacity=0.35)
    p.paint(suit, mix(cloth, "#d8b88c", 0.16), mix(cloth, "#141318", 0.3), way="down", grain=0.8)
    pen = p.inks()
    _collar(p, pen, x, chin, size, cloth)
    pen.limb([(head, chin - size * 0.2), (x, chin + size * 0.2)], size * 0.3, fill=mix(skin, "#3a2420", 0.3))
    pen.disc(head - size * 0.33, chin - size * 0.44, size * 0.07, size * 0.11, mix(skin, "#3a2420", 0.12))
    pen.disc(head + size * 0.33, chin - size * 0.44, size * 0.07, size * 0.11, mix(skin, "#3a2420", 0.25))
    face = [
        (head, chin),
        (head - size * 0.26, chin - size * 0.16),
        (head - size * 0.34, chin - size * 0.5),
        (head - size * 0.27, chin - size * 0.86),
        (head, chin - size),
    ]
    face += [(2 * head - a, b) for a, b in reversed(face[1:4])]
    if long:
        mane = [
            (head - size * 0.36, chin + size * 0.02),
            (head - size * 0.43, chin - size * 0.4),
            (head - size * 0.36, chin - size * 0.86),
        ]
        pen.curve(
            [
                *mane,
                (head, chin - size * 1.07),
                *[(2 * head - a, b) for a, b in reversed(mane)],
                (head, chin - size * 0.2),
            ],
            hair,
        )
        pen.limb(
            [(head, chin - size * 0.2), (x, chin + size * 0.22)], size * 0.28, fill=mix(skin, "#3a2420", 0.3)
        )
    pen.curve(face, skin)
    half = [
        (head + size * 0.04, chin - size),
        (head + size * 0.04, chin - size * 0.52),
        (head + size * 0.1, chin - size * 0.36),
        (head + size * 0.03, chin - size * 0.3),
        (head + size * 0.05, chin),
    ]
    half += [
        (head + size * 0.26, chin - size * 0.16),
        (head + size * 0.34, chin - size * 0.5),
        (head + size * 0.27, chin - size * 0.86),
    ]
    pen.polygon(half, mix(skin, "#5a2f28", 0.22))
    low = 0.5 if long else 0.6
    fringe = [
        (head - size * 0.35, chin - size * low),
        (head - size * 0.36, chin - size * 0.84),
        (head - size * 0.18, chin - size * 1.04),
        (head + size * 0.16, chin - size * 1.05),
        (head + size * 0.36, chin - size * 0.84),
    ]
    fringe += [
        (head + size * 0.35, chin - size * low),
        (head + size * 0.29, chin - size * 0.76),
        (head + size * 0.12, chin - size * 0.85),
        (head - size * 0.12, chin - size * 0.86),
        (head - size * 0.29, chin - size * 0.74),
    ]
    pen.curve(fringe, hair)
    p.lay(pen)


def _collar(p, pen, x, chin, size, cloth):
    pen.polygon(
        [
            (x - size * 0.24, chin + size * 0.16),
            (x + size * 0.24, chin + size * 0.16),
            (x + size * 0.04, chin + size * 1.1),
            (x - size * 0.04, chin + size * 1.1),
        ],
        "#eee4d0",
    )
    tie = p.rng.choice(("#8a2f32", "#2f4f6e", "#6d5a2c", "#e9dfcb"))
    pen.polygon(
        [
            (x - size * 0.06, chin + size * 0.24),
            (x + size * 0.06, chin + size * 0.24),
            (x + size * 0.08, chin + size * 0.95),
            (x, chin + size * 1.08),
            (x - size * 0.08, chin + size * 0.95),
        ],
        tie,
    )
    for side in (-1, 1):
        lapel = [
            (x + side * size * 0.22, chin + size * 0.16),
            (x + side * size * 0.42, chin + size * 0.5),
            (x + side * size * 0.3, chin + size * 0.58),
            (x + side * size * 0.02, chin + size * 1.15),
        ]
        pen.polygon(lapel, mix(cloth, "#d8b88c", 0.24 if side < 0 else 0.06))


def _table(p):
    pen = p.pen()
    pen.polygon([(300, 800), (1300, 800), (1370, 850), (230, 850)])
    p.paint(pen.done(), "#b98550", "#7b4d2f", way="left", grain=0.6)
    pen = p.pen()
    pen.polygon([(230, 850), (1370, 850), (1350, 1080), (250, 1080)])
    cloth = pen.done()
    p.paint(cloth, "#6e2f30", "#381a20", grain=0.7)
    folds = p.fbm((60, 900), 3).point(lambda v: max(0, min(255, (v - 126) * 4)))
    p.paint(both(cloth, folds), "#2c1219", opacity=0.6)
    pen = p.inks()
    pen.rect(228, 846, 1372, 858, "#d8ab6a")
    for x in (650, 950):
        pen.polygon([(x - 84, 838), (x + 84, 838), (x + 70, 806), (x - 70, 806)], "#5a2226")
        pen.polygon([(x - 72, 834), (x - 3, 834), (x - 2, 809), (x - 60, 809)], "#f6edd8")
        pen.polygon([(x + 3, 834), (x + 72, 834), (x + 60, 809), (x + 2, 809)], "#ece0c4")
        pen.limb([(x - 150, 700), (x - 120, 790), (x - 40, 822)], 50, 34, "#2a2f3b")
        pen.limb([(x + 150, 700), (x + 126, 790), (x + 52, 820)], 50, 34, "#20242e")
        for hx in (x - 34, x + 46):
            pen.disc(hx, 822, 21, 13, "#c99b78")
        pen.line([(x + 36, 818), (x + 14, 772)], 4, "#16181d")
    for x in (520, 800, 1080):
        pen.rect(x - 11, 796, x + 11, 832, "#cfe0dc")
        pen.rect(x - 11, 808, x + 11, 832, "#a9c4c4")
    for _ in range(26):
        pen.disc(
            800 + p.rng.gauss(0, 48),
            842 - abs(p.rng.gauss(0, 11)),
            p.rng.uniform(7, 14),
            fill=p.rng.choice(("#c9573f", "#e6c06a", "#5d7a52", "#f0e2cb", "#415f48")),
        )
    p.lay(pen)


def _audience(p):
    pen = p.pen()
    for x in range(-20, 1640, 150):
        bust(
            pen,
            x + p.rng.uniform(-24, 24),
            1034 + p.rng.uniform(-10, 16),
            p.rng.uniform(92, 106),
            turn=p.rng.uniform(-1, 1),
        )
    mask = pen.done()
    p.paint(mask, "#241a1b", "#140f12")
    p.rim(mask, 0, 3, "#d9a972", 0.5)


def course_cycliste(p):
    """A bunch of riders on a ridge road, low sun behind them and through the dust."""
    p.sky((0, "#8a6a62"), (260, "#cf9468"), (480, "#f2c67f"), (680, "#fbe4ab"))
    p.clouds(0, 320, "#f3c68b", "#8f6b68", cell=(760, 80), low=125, opacity=0.7)
    p.glow(930, 560, 760, "#fff0bd", strength=0.85)
    p.glow(930, 560, 104, "#fffbe6", power=0.4, screen=False)
    for y, high, colour in ((660, 70, "#dfa873"), (715, 60, "#bf8560")):
        mask = p.below(p.ridge(y, high, 520, 5, 0.45))
        p.paint(mask, colour, mix(colour, "#f8dca0", 0.5), grain=0.7)
    trees = p.pen()
    for x, tall in ((60, 300), (236, 350), (1400, 330), (1552, 380)):
        trees.limb([(x, 800), (x, 740)], 11, 8)
        for k in range(60):
            t = k / 60
            wide = tall * 0.13 * math.sin(math.pi * (0.06 + 0.94 * t) ** 0.75)
            trees.disc(x + p.rng.gauss(0, wide * 0.35), 770 - tall * (1 - t), wide * 0.55, tall * 0.045)
    mask = trees.done()
    p.paint(mask, "#96684f", "#7a5040", grain=0.9)
    p.rim(mask, 3, 0, "#f4cf90", 0.5)
    p.mist(p.fade((560, 0), (760, 0.7), (830, 0.2)), "#fbe2a6", body=0.4)
    road = [(x, 822 + 12 * math.sin(x / 240)) for x in range(-20, 1640, 20)]
    riders = [(190 + k * 104 + p.rng.uniform(-16, 16), p.rng.uniform(-10, 6)) for k in range(11)]
    far, near = p.pen(), p.pen()
    for k, (x, lift) in enumerate(riders):
        _rider(
            far if k % 3 == 1 else near,
            x,
            830 + 12 * math.sin(x / 240) + lift,
            205 if k % 3 != 1 else 190,
            p.rng,
        )
    mask = far.done()
    p.paint(mask, "#7d4f40")
    p.rim(mask, 2, 3, "#ffe6a8", 0.7)
    p.mist(p.fade((700, 0), (840, 0.5)), "#f7d79b", body=0.5, cell=(300, 60))
    verge = p.below(road)
    p.paint(verge, "#6b4638", "#2b1d20", grain=0.8)
    p.rim(verge, 0, 5, "#f9d897", 0.8)
    mask = near.done()
    p.paint(mask, "#33211f", "#271a1c")
    p.rim(mask, 2, 3, "#ffe0a0", 0.8)
    _long_shadows(p, near.done())
    p.grass(
        lambda x: 1000 + 20 * math.sin(x / 170),
        700,
        90,
        ("#2a1b1d", "#3d2823", "#6b4630", "#a8743f"),
        0.2,
        80,
        2.2,
    )
    for _ in range(26):
        p.glow(
            p.rng.uniform(100, 1500),
            p.rng.uniform(790, 850),
            p.rng.uniform(40, 110),
            "#f6d090",
            p.rng.uniform(20, 40),
            strength=0.3,
            power=1.3,
        )


def _rider(pen, x, foot, tall, rng):
    """A racing cyclist going right, bent over the bars."""
    t = tall
    wheel, back, front = 0.19 * t, (x - 0.27 * t, foot - 0.19 * t), (x + 0.29 * t, foot - 0.19 * t)
    for cx, cy in (back, front):
        pen.ring(cx, cy, wheel, 0.017 * t)
        for k in range(7):
            a = math.radians(k * 26 + rng.uniform(0, 20))
            pen.line(
                [
                    (cx - wheel * math.cos(a), cy - wheel * math.sin(a)),
                    (cx + wheel * math.cos(a), cy + wheel * math.sin(a)),
                ],
                0.6,
            )
    crank, seat, head = (
        (x - 0.02 * t, foot - 0.16 * t),
        (x - 0.11 * t, foot - 0.52 * t),
        (x + 0.22 * t, foot - 0.47 * t),
    )
    for line in ((back, crank, seat, back), (seat, head, crank), (head, front)):
        pen.line(line, 0.017 * t)
    pen.line([(x - 0.17 * t, foot - 0.54 * t), (x - 0.06 * t, foot - 0.535 * t)], 0.022 * t)
    hands = (x + 0.32 * t, foot - 0.5 * t)
    pen.line(
        [
            head,
            (x + 0.24 * t, foot - 0.52 * t),
            hands,
            (x + 0.34 * t, foot - 0.45 * t),
            (x + 0.29 * t, foot - 0.42 * t),
        ],
        0.018 * t,
    )
    hip = (x - 0.1 * t, foot - 0.58 * t)
    turn = rng.uniform(0, 6.28)
    for phase in (0, math.pi):
        pedal = (crank[0] + 0.08 * t * math.cos(turn + phase), crank[1] + 0.08 * t * math.sin(turn + phase))
        knee = _joint(hip, (pedal[0] - 0.01 * t, pedal[1] - 0.03 * t), 0.245 * t, 0.245 * t)
        pen.limb([hip, knee], 0.095 * t, 0.06 * t)
        pen.limb([knee, (pedal[0] - 0.015 * t, pedal[1] - 0.03 * t)], 0.062 * t, 0.034 * t)
        pen.limb(
            [(pedal[0] - 0.03 * t, pedal[1] - 0.015 * t), (pedal[0] + 0.045 * t, pedal[1])],
            0.03 * t,
            0.022 * t,
        )
    shoulder = (x + 0.19 * t, foot - 0.77 * t)
    back_line = [
        (hip[0] - 0.055 * t, hip[1] + 0.02 * t),
        (hip[0] - 0.035 * t, hip[1] - 0.09 * t),
        (x + 0.04 * t, foot - 0.79 * t),
        (x + 0.17 * t, foot - 0.84 * t),
        (x + 0.235 * t, foot - 0.78 * t),
        (x + 0.19 * t, foot - 0.7 * t),
        (x + 0.04 * t, foot - 0.62 * t),
        (hip[0] + 0.06 * t, hip[1] + 0.05 * t),
    ]
    pen.curve(back_line)
    elbow = (x + 0.235 * t, foot - 0.59 * t)
    pen.limb([shoulder, elbow], 0.06 * t, 0.045 * t)
    pen.limb([elbow, hands], 0.042 * t, 0.03 * t)
    pen.limb([shoulder, (x + 0.26 * t, foot - 0.85 * t)], 0.05 * t)
    pen.disc(x + 0.28 * t, foot - 0.87 * t, 0.05 * t, 0.055 * t)
    helmet = [
        (x + 0.2 * t, foot - 0.9 * t),
        (x + 0.24 * t, foot - 0.945 * t),
        (x + 0.31 * t, foot - 0.94 * t),
        (x + 0.345 * t, foot - 0.885 * t),
        (x + 0.26 * t, foot - 0.89 * t),
    ]
    pen.curve(helmet)


def _joint(a, b, upper, lower):
    """Where the knee is between the hip `a` and the ankle `b`, bending forward (right)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    far = min(math.hypot(dx, dy), (upper + lower) * 0.995)
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    out = math.sqrt(max(0, upper**2 - along**2))
    ux, uy = dx / far, dy / far
    return (a[0] + ux * along + uy * out, a[1] + uy * along - ux * out)


def _long_shadows(p, mask):
    low = mask.crop((0, 560, p.width, 840)).transpose(Image.FLIP_TOP_BOTTOM)
    low = low.resize((p.width, 190)).transform(
        (p.width, 190), Image.AFFINE, (1, 0.45, -20, 0, 1, 0), Image.BILINEAR
    )
    shade = Image.new("L", p.size)
    shade.paste(low, (0, 836))
    p.paint(both(soft(shade, 3), p.fade((836, 0.6), (1030, 0))), "#140d10")


def scene_concert(p):
    """A band against the light, hands up in the hall."""
    p.sky((0, "#160f1d"), (500, "#3a1d38"), (760, "#7a3342"), (1067, "#1a0f18"))
    p.mottle(p.fade((0, 0.4), (400, 1), (760, 1)), "#c8643f", (420, 260), 120, 230, 0.5)
    p.glow(800, 640, 820, "#ff9a58", 420, strength=0.75)
    p.glow(800, 600, 340, "#ffe0a8", 260, strength=0.6)
    beams = [
        (150, 330, "#e9a65c"),
        (400, 560, "#d9638a"),
        (640, 690, "#f6c37a"),
        (800, 800, "#fff0cf"),
        (960, 930, "#f6c37a"),
        (1200, 1040, "#8a6ad0"),
        (1450, 1290, "#e9a65c"),
    ]
    for x, aim, colour in beams:
        pen = p.pen()
        pen.polygon([(x - 7, -20), (x + 7, -20), (aim + 130, 800), (aim - 130, 800)])
        beam = soft(pen.done().resize((800, 534)), 5).resize(p.size, Image.BICUBIC)
        haze = p.fbm((260, 200), 3).point(lambda v: 110 + v // 2)
        p.paint(both(both(beam, haze), p.fade((0, 0.75), (800, 0.15))), colour)
    _rig(p, [x for x, _, _ in beams])
    _band(p)
    _hall(p)


def _rig(p, spots):
    pen = p.pen()
    for y in (38, 74):
        pen.line([(-10, y), (1610, y)], 5)
    for k in range(46):
        pen.line([(k * 36, 38), (k * 36 + 18, 74), (k * 36 + 36, 38)], 3)
    for x in spots:
        pen.polygon([(x - 24, 74), (x + 24, 74), (x + 30, 122), (x - 30, 122)])
    p.paint(pen.done(), "#120c15")
    for x in spots:
        p.glow(x, 122, 80, "#fff0c8", strength=0.85)


def _band(p):
    stage = p.pen()
    stage.rect(-10, 790, 1610, 860)
    pen = p.pen()
    for x, foot, tall in ((400, 796, 300), (800, 792, 318), (1190, 796, 304)):
        person(pen, x, foot, tall, p.rng, coat=False, stride=0.12, arms=False)
    for x, flip in ((400, -1), (1190, 1)):
        body = (x + flip * 12, 626)
        pen.disc(body[0] - flip * 34, body[1] + 14, 44, 34)
        pen.disc(body[0] + flip * 6, body[1], 32, 26)
        pen.limb([body, (x + flip * 150, 560)], 11, 9)
        pen.limb([(x + flip * 146, 562), (x + flip * 180, 548)], 18, 14)
        pen.limb([(x + flip * 32, 560), (x + flip * 76, 610), (x + flip * 118, 576)], 24, 16)
        pen.limb([(x - flip * 32, 560), (x - flip * 62, 620), (x - flip * 12, 636)], 24, 16)
    pen.limb([(764, 550), (726, 494), (738, 424)], 22, 11)
    pen.disc(739, 414, 9, 11)
    pen.limb([(836, 544), (868, 580), (834, 520)], 24, 15)
    pen.line([(842, 796), (842, 520), (822, 506)], 5)
    pen.limb([(824, 508), (814, 502)], 13)
    pen.limb([(816, 796), (868, 796)], 8)
    _drums(pen, 620, 790)
    _keys(pen, 985, 792)
    for x in (250, 1350):
        pen.rect(x - 62, 610, x + 62, 800)
    figures = pen.done()
    p.paint(figures, "#1c1018")
    p.rim(figures, 2, 3, "#ffc582", 0.85)
    p.rim(figures, -2, 3, "#ffb06e", 0.6)
    floor = stage.done()
    p.paint(floor, "#24131c", "#120a11")
    p.rim(floor, 0, 4, "#ffbc78", 0.7)


def _drums(pen, x, foot):
    pen.disc(x, foot - 48, 50, 48)
    for dx, dy, r in ((-78, 78, 34), (76, 82, 34), (-30, 112, 27), (34, 114, 27)):
        pen.disc(x + dx, foot - dy - 14, r, 7)
        pen.polygon(
            [
                (x + dx - r, foot - dy - 14),
                (x + dx + r, foot - dy - 14),
                (x + dx + r * 0.86, foot - dy + 26),
                (x + dx - r * 0.86, foot - dy + 26),
            ]
        )
        pen.line([(x + dx, foot - dy), (x + dx * 1.1, foot)], 4)
    for dx, dy in ((-116, 160), (112, 168)):
        pen.line([(x + dx, foot), (x + dx, foot - dy)], 4)
        pen.polygon([(x + dx - 46, foot - dy + 6), (x + dx, foot - dy - 6), (x + dx + 46, foot - dy + 4)])
    pen.polygon(
        spline(
            [
                (x - 46, foot - 80),
                (x - 44, foot - 178),
                (x, foot - 204),
                (x + 44, foot - 178),
                (x + 46, foot - 80),
            ],
            closed=False,
            steps=5,
        )
    )
    pen.disc(x, foot - 232, 19, 25)
    pen.limb([(x - 38, foot - 176), (x - 80, foot - 140), (x - 60, foot - 206)], 20, 12)
    pen.line([(x - 60, foot - 206), (x - 96, foot - 236)], 4)
    pen.limb([(x + 38, foot - 176), (x + 74, foot - 130), (x + 66, foot - 132)], 20, 12)


def _keys(pen, x, foot):
    pen.polygon([(x - 92, foot - 132), (x + 78, foot - 132), (x + 84, foot - 114), (x - 96, foot - 114)])
    pen.line([(x - 70, foot - 116), (x + 56, foot)], 6)
    pen.line([(x + 56, foot - 116), (x - 70, foot)], 6)
    pen.polygon(
        spline(
            [
                (x - 36, foot - 120),
                (x - 40, foot - 200),
                (x, foot - 228),
                (x + 40, foot - 200),
                (x + 36, foot - 120),
            ],
            closed=False,
            steps=5,
        )
    )
    pen.disc(x - 6, foot - 258, 19, 25)
    for side in (-1, 1):
        pen.limb(
            [(x + side * 36, foot - 202), (x + side * 56, foot - 160), (x + side * 30, foot - 136)], 20, 12
        )


def _hall(p):
    for y, size, colour, lit in (
        (900, 46, "#3d1d2a", "#f0965c"),
        (958, 62, "#251320", "#c9663f"),
        (1040, 84, "#130a13", "#7c3a35"),
    ):
        pen = p.pen()
        x = -40.0
        while x < p.width + 60:
            chin = y + p.rng.uniform(-14, 12)
            bust(pen, x, chin, size * p.rng.uniform(0.85, 1.1), turn=p.rng.uniform(-1, 1))
            roll = p.rng.random()
            if roll < 0.34:
                _raised(pen, x + size * 0.7, chin + size * 0.5, size, p.rng)
            if roll < 0.14:
                _raised(pen, x - size * 0.7, chin + size * 0.5, size, p.rng, -1)
            x += size * p.rng.uniform(1.1, 1.6)
        mask = pen.done()
        p.paint(mask, colour, mix(colour, "#0d070d", 0.5))
        p.rim(mask, 0, 4, lit, 0.85)


def _raised(pen, x, y, size, rng, side=1):
    elbow = (x + side * size * rng.uniform(0.1, 0.3), y - size * rng.uniform(0.4, 0.7))
    hand = (x + side * size * rng.uniform(-0.2, 0.25), y - size * rng.uniform(1.5, 2.0))
    pen.limb([(x, y), elbow, hand], size * 0.28, size * 0.16)
    pen.disc(*hand, size * 0.12, size * 0.15)
    for k in (-0.4, 0, 0.4):
        pen.limb([hand, (hand[0] + size * 0.22 * k, hand[1] - size * 0.26)], size * 0.06)


def parlement(p):
    """The half-circle of a chamber seen from the gallery, a speaker at the rostrum."""
    p.sky((0, "#6d4a3a"), (340, "#9c7050"), (1067, "#5a3a30"))
    _chamber_wall(p)
    middle, floor = 800, 470
    carpet = p.pen()
    carpet.disc(middle, floor + 8, 1300, 760)
    p.paint(both(carpet.done(), p.fade((floor - 4, 0), (floor, 1))), "#8d3a35", "#4a1f24", grain=0.7)
    for row in range(7):
        _benches(p, middle, floor, row)
    _rostrum(p, middle)
    p.glow(middle, 330, 620, "#ffe6b4", 420, strength=0.28)
    light = p.pen()
    light.polygon([(640, -20), (960, -20), (1250, 760), (350, 760)])
    beam = soft(light.done().resize((400, 267)), 12).resize(p.size, Image.BICUBIC)
    p.paint(both(beam, p.fade((0, 0.34), (760, 0))), "#fff0cc")
    rail = p.pen()
    rail.rect(-10, 1010, 1610, 1030)
    for x in range(10, 1620, 44):
        rail.limb([(x, 1028), (x, 1080)], 12, 18)
    p.paint(rail.done(), "#4d2f22", "#20140f", grain=0.6)


def _chamber_wall(p):
    pen = p.inks()
    pen.rect(-10, 0, 1610, 480, "#a87d58")
    for k in range(11):
        x = 20 + k * 156
        pen.polygon(
            [(x + 78 - 56, 470), *arc(x + 78, 140, 56, 56, 180, 360, 20), (x + 78 + 56, 470)], "#7d5740"
        )
        pen.rect(x - 15, 60, x + 15, 470, "#d5b184")
        pen.rect(x + 4, 60, x + 15, 470, "#9a734f")
        pen.rect(x - 22, 48, x + 22, 64, "#e9cfa2")
        pen.rect(x - 22, 456, x + 22, 472, "#c9a070")
        pen.rect(x + 78 - 56, 300, x + 78 + 56, 308, "#d5b184")
        for b in range(3):
            bust(pen, x + 48 + b * 30, 292, 20, "#4a312a")
    pen.rect(-10, 18, 1610, 46, "#e6c998")
    p.lay(pen)
    p.paint(p.fade((0, 0.0), (300, 0.0), (480, 1)), "#4a2a22", opacity=0.45)
    sides = p.pen()
    sides.rect(380, -10, 1220, 490)
    p.paint(
        without(Image.new("L", p.size, 255), soft(sides.done().resize((400, 267)), 40).resize(p.size)),
        "#2d1a1a",
        opacity=0.5,
    )


def _benches(p, middle, floor, row):
    """One row of desks: a band of an ellipse, members along it, seen from behind at the front."""
    rx, ry = 250 + row * 116 + row * row * 9, 110 + row * 58 + row * row * 6
    deep = 15 + row * 6
    pen = p.pen()
    outer = arc(middle, floor, rx, ry, 6, 174, 70)
    pen.polygon([*outer, *[(x, y + deep) for x, y in reversed(outer)]])
    front = pen.done()
    top = p.pen()
    top.polygon(
        [*outer, *reversed(arc(middle, floor - deep * 0.1, rx - 10 - row * 4, ry - 8 - row * 3, 6, 174, 70))]
    )
    people = p.inks()
    count = 13 + row * 5
    for k in range(count):
        angle = 9 + 162 * (k + 0.5) / count
        if abs(angle - 90) < 4.5 or abs(angle - 50) < 2.6 or abs(angle - 130) < 2.6 or p.rng.random() < 0.12:
            continue
        a = math.radians(angle)
        x, y = middle + (rx + 6) * math.cos(a), floor + (ry + 6) * math.sin(a)
        size = 13 + row * 4.6
        cloth = p.rng.choice(("#2d2c38", "#3a3340", "#283a44", "#5d2d33", "#454b55", "#8a8078", "#35463f"))
        people.polygon(
            spline(
                [
                    (x - size * 1.0, y + size * 1.3),
                    (x - size * 0.9, y - size * 0.1),
                    (x, y - size * 0.5),
                    (x + size * 0.9, y - size * 0.1),
                    (x + size * 1.0, y + size * 1.3),
                ],
                closed=False,
                steps=4,
            ),
            cloth,
        )
        people.disc(
            x,
            y - size * 0.95,
            size * 0.44,
            size * 0.56,
            p.rng.choice(("#2a2223", "#5a3b2a", "#8d8681", "#c9a27a", "#b08a58", "#7a5140")),
        )
    p.paint(top.done(), "#d8a468", "#a8743f", grain=0.5)
    papers = p.inks()
    for k in range(count):
        if p.rng.random() < 0.55:
            a = math.radians(9 + 162 * (k + 0.5) / count)
            x, y = middle + (rx - 8 - row * 2) * math.cos(a), floor + (ry - 5 - row * 1.6) * math.sin(a)
            papers.rect(x - 4 - row, y - 2, x + 4 + row, y + 2 + row * 0.5, "#f4e9d0")
    p.lay(papers)
    p.paint(front, "#8a5636", "#53301f", grain=0.6)
    p.lay(people)


def _rostrum(p, x):
    pen = p.inks()
    pen.rect(x - 200, 330, x + 200, 440, "#6b4029")
    pen.rect(x - 210, 322, x + 210, 334, "#d5a468")
    for k in range(-2, 3):
        bust(pen, x + k * 70, 316, 30 if k else 36, p.rng.choice(("#2d2c38", "#4a2a2e", "#2c3c42")))
        pen.disc(x + k * 70, 316 - (15 if k else 18), 10 if k else 12, 14 if k else 17, p.rng.choice(SKINS))
    for k in range(-4, 5):
        pen.rect(x + k * 44 - 16, 350, x + k * 44 + 16, 426, "#7d4d31")
    person(pen, x, 560, 132, p.rng, "#26242f", stride=0.02)
    pen.disc(x, 438, 8, 10, "#d7a47c")
    pen.polygon([(x - 46, 488), (x + 46, 488), (x + 38, 566), (x - 38, 566)], "#8d5a37")
    pen.polygon([(x - 54, 478), (x + 54, 478), (x + 46, 490), (x - 46, 490)], "#e0b074")
    pen.rect(x - 14, 508, x + 14, 544, "#c99a5e")
    for dx in (-22, 22):
        pen.line([(x + dx, 480), (x + dx * 0.5, 456)], 2.4, "#1b1a20")
    p.lay(pen)


SCENES = {
    "conference": conference,
    "course-cycliste": course_cycliste,
    "scene-concert": scene_concert,
    "parlement": parlement,
}

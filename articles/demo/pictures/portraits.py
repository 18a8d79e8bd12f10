"""Six portraits, lit from the left, in a few flat tones; each reads at 64 pixels too."""

import math

from .brush import both, mix, shift, soft, spline, without

X, Y = 400, 372


def _mirror(points):
    """The left half of an outline (from bottom to top), closed to the right."""
    return [*points, *[(2 * X - x, y) for x, y in reversed(points) if x != X]]


def _at(*pairs):
    return [(X + x, Y + y) for x, y in pairs]


def _ground(p, colour, to):
    p.sky((0, mix(colour, "#fff6e0", 0.15)), (800, to))
    p.glow(250, 260, 560, mix(colour, "#fff6e0", 0.6), strength=0.45)


def _curve(p, points):
    pen = p.pen()
    pen.curve(points)
    return pen.done()


def _shoulders(p, colour, wide=300, slope=0):
    body = _mirror(
        _at((-wide, 470), (-wide + 14, 330), (-wide + 74, 262 + slope), (-150, 226), (-62, 196), (0, 190))
    )
    mask = _curve(p, [*body, (X, 900)])
    p.paint(shift(soft(mask, 18), 22, 6), "#2a2024", opacity=0.3)
    p.paint(mask, mix(colour, "#fff0d4", 0.14), mix(colour, "#15131a", 0.35), way="right down", grain=0.8)
    p.rim(mask, 3, 3, mix(colour, "#fff0d4", 0.5), 0.5)
    return mask


def _neck(p, skin, wide=58):
    pen = p.pen()
    pen.polygon(
        spline(
            _at(
                (-wide, 60),
                (-wide + 4, 150),
                (-wide - 12, 204),
                (0, 262),
                (wide + 12, 204),
                (wide - 4, 150),
                (wide, 60),
            ),
            steps=8,
        )
    )
    mask = pen.done()
    p.paint(mask, mix(skin, "#4a2420", 0.2), mix(skin, "#3a1a1c", 0.42), way="right", grain=0.7)
    cast = _curve(p, _at((-84, 108), (0, 214), (96, 108), (0, 70)))
    p.paint(both(soft(cast, 5), mask), mix(skin, "#2f1519", 0.55), opacity=0.75)
    return mask


def _face(p, skin, jaw=88, chin=162, cheek=110, top=-156):
    """The head's front with its shaded side, ears and nose; gives the mask."""
    for side in (-1, 1):
        ear = _curve(
            p,
            _at(
                (side * (cheek - 4), -34),
                (side * (cheek + 22), -30),
                (side * (cheek + 18), 14),
                (side * (cheek - 2), 34),
            ),
        )
        p.paint(ear, mix(skin, "#5a2a24", 0.16 if side < 0 else 0.36), grain=0.5)
    outline = _mirror(
        _at(
            (0, chin),
            (-36, chin - 5),
            (-jaw * 0.78, chin - 46),
            (-jaw - 10, 74),
            (-cheek, -6),
            (-cheek + 3, -72),
            (-70, -136),
            (0, top),
        )
    )
    mask = _curve(p, outline)
    p.paint(mask, mix(skin, "#fff0da", 0.14), mix(skin, "#5a2a24", 0.14), way="right", grain=0.7)
    shade = p.pen()
    shade.polygon(
        _at(
            (34, top - 10),
            (30, -70),
            (24, -28),
            (16, 8),
            (34, 54),
            (22, 66),
            (12, 78),
            (18, 104),
            (8, 128),
            (12, 190),
            (170, 190),
            (170, -200),
        )
    )
    p.paint(
        both(soft(shade.done(), 1.2), mask),
        mix(skin, "#5a2430", 0.36),
        mix(skin, "#4a1f2a", 0.5),
        way="right",
        grain=0.8,
        opacity=0.85,
    )
    for x, strength in ((-58, 0.26), (64, 0.16)):
        p.glow(X + x, Y + 62, 58, mix(skin, "#c8453a", 0.5), strength=strength, screen=False)
    nose = p.pen()
    nose.curve(_at((-18, 62), (-2, 72), (22, 64), (12, 76), (-6, 78)))
    p.paint(nose.done(), mix(skin, "#4a1f22", 0.5), opacity=0.75)
    light = p.pen()
    light.limb(_at((0, -34), (2, 48)), 7, 12)
    p.paint(both(soft(light.done(), 4), mask), mix(skin, "#fff4e2", 0.6), opacity=0.55)
    return mask


def _features(p, skin, brow, eye="#2a1d1c", lips=None, gap=46, age=0.0, smile=4):
    pen = p.inks()
    lips = lips or mix(skin, "#8a3a38", 0.5)
    for side in (-1, 1):
        x = X + side * gap
        white = mix("#f4e9d8", skin, 0.25 if side < 0 else 0.5)
        almond = [
            (x - 24, Y + 2),
            (x - 8, Y - 10),
            (x + 10, Y - 9),
            (x + 24, Y + 1),
            (x + 8, Y + 8),
            (x - 10, Y + 8),
        ]
        pen.curve(almond, white)
        pen.disc(x + 1, Y - 1, 9.5, fill=eye)
        pen.disc(x - 2, Y - 4, 2.6, fill="#f6efe2")
        lid = spline([(x - 26, Y + 3), (x - 9, Y - 12), (x + 10, Y - 11), (x + 26, Y + 1)], closed=False)
        pen.limb(lid, 4.4, 3.4, mix("#241617", skin, 0.1))
        crease = spline([(x - 22, Y - 12), (x, Y - 21), (x + 22, Y - 12)], closed=False)
        pen.line(crease, 2, mix(skin, "#3a1a1c", 0.42))
        arch = spline(
            [(x - side * 24, Y - 33), (x - side * -2, Y - 43), (x + side * 32, Y - 33)], closed=False
        )
        pen.limb(arch, 11, 4, brow)
        if age:
            pen.line(
                spline([(x - 20, Y + 20), (x, Y + 26), (x + 20, Y + 19)], closed=False),
                2,
                mix(skin, "#3a1a1c", 0.2 + 0.2 * age),
            )
            fold = spline(_at((side * 34, 66), (side * 52, 88), (side * 52, 112)), closed=False)
            pen.line(fold, 2.4, mix(skin, "#3a1a1c", 0.2 + 0.22 * age))
    pen.polygon(
        spline(
            _at((-40, 108 - smile), (-14, 100), (0, 104), (14, 100), (40, 108 - smile), (0, 112)), steps=6
        ),
        mix(lips, "#3a1518", 0.3),
    )
    pen.polygon(spline(_at((-32, 110 - smile / 2), (0, 112), (32, 110 - smile / 2), (0, 126)), steps=6), lips)
    pen.line(
        spline(_at((-44, 106 - smile), (-14, 108), (0, 110), (14, 108), (44, 106 - smile)), closed=False),
        2.4,
        mix(lips, "#2a0f14", 0.7),
    )
    pen.line(spline(_at((-14, 138), (0, 141), (14, 138)), closed=False), 2.4, mix(skin, "#3a1a1c", 0.3))
    p.lay(pen, 0.92)


def _hair(p, points, colour, strands=60, way="right down"):
    mask = _curve(p, points)
    p.paint(mask, mix(colour, "#fff0d8", 0.16), mix(colour, "#0f0c12", 0.3), way=way, grain=0.9)
    flow = p.fbm((26, 240), 4).point(lambda v: max(0, min(255, (v - 140) * 4)))
    p.paint(both(flow, mask), mix(colour, "#fff0d8", 0.3), opacity=strands / 160)
    p.rim(mask, 3, 3, mix(colour, "#fff0d8", 0.45), 0.55)
    return mask


def _glasses(p, colour, round_lens=False, gap=48):
    lens, frame = p.pen(), p.pen()
    for side in (-1, 1):
        x = X + side * gap
        if round_lens:
            lens.disc(x, Y, 38)
            frame.ring(x, Y, 40, 5)
        else:
            box = spline(
                [(x - 40, Y - 24), (x + 40, Y - 26), (x + 38, Y + 20), (x, Y + 30), (x - 37, Y + 20)], steps=6
            )
            lens.polygon(box)
            frame.line([*box, box[0], box[1]], 7)
        frame.line([(x + side * 38, Y - 8), (X + side * 112, Y - 14)], 5)
    frame.line(spline(_at((-14, -8), (0, -14), (14, -8)), closed=False), 6)
    p.paint(lens.done(), "#fff8e8", opacity=0.16)
    p.paint(frame.done(), colour, mix(colour, "#fff0d8", 0.2), way="left")


def _shirt(p, colour, collar="shirt", under="#efe6d2"):
    """What shows between the lapels, and the collar over it."""
    pen = p.inks()
    if collar == "shirt":
        pen.polygon(_at((-66, 196), (66, 196), (26, 470), (-26, 470)), under)
        pen.polygon(_at((8, 210), (66, 196), (26, 470), (4, 470)), mix(under, "#3a3038", 0.2))
        for side in (-1, 1):
            pen.polygon(
                _at((side * 60, 176), (side * 84, 216), (side * 44, 276), (0, 236)),
                mix(under, "#3a3038", 0.04 if side < 0 else 0.26),
            )
            lapel = _at(
                (side * 84, 206),
                (side * 150, 250),
                (side * 118, 330),
                (side * 140, 350),
                (side * 16, 500),
                (side * 26, 420),
            )
            pen.polygon(lapel, mix(colour, "#fff0d4" if side < 0 else "#15131a", 0.16))
    elif collar == "roll":
        pen.curve(
            _at((-80, 186), (-92, 236), (0, 268), (92, 236), (80, 186), (0, 220)),
            mix(colour, "#fff0d4", 0.12),
        )
        pen.curve(_at((10, 220), (20, 262), (92, 236), (80, 186)), mix(colour, "#15131a", 0.2))
    else:
        pen.polygon(
            spline(
                _at(
                    (-112, 214), (-40, 262), (0, 296), (40, 262), (112, 214), (60, 300), (0, 350), (-60, 300)
                ),
                steps=6,
            ),
            under,
        )
        pen.line(
            spline(_at((-118, 212), (-50, 290), (0, 352), (50, 290), (118, 212)), closed=False),
            6,
            mix(under, "#3a3038", 0.3),
        )
    p.lay(pen)


def portrait_a(p):
    """An editor of fifty-odd: grey bob, dark glasses."""
    skin, hair = "#e5b896", "#a9a29a"
    _ground(p, "#c9a48a", "#8f6a5c")
    _hair(
        p,
        _mirror(_at((0, 160), (-96, 190), (-146, 150), (-156, 20), (-134, -120), (-70, -192), (0, -204))),
        mix(hair, "#3a3438", 0.25),
    )
    _shoulders(p, "#2f4a57", 286)
    _neck(p, skin, 50)
    _shirt(p, "#2f4a57", "neck", "#e9dcc2")
    _face(p, skin, 82, 156, 104)
    _features(p, skin, "#6d625c", "#3d4a44", "#a84f4a", age=0.5)
    left = _at(
        (-96, 176),
        (-142, 120),
        (-150, -10),
        (-128, -120),
        (-60, -190),
        (30, -196),
        (-20, -150),
        (-84, -84),
        (-104, 0),
        (-98, 90),
    )
    right = _at(
        (92, 180),
        (146, 130),
        (152, -10),
        (132, -120),
        (66, -186),
        (-10, -200),
        (30, -160),
        (92, -92),
        (106, -20),
        (98, 90),
    )
    _hair(p, right, mix(hair, "#3a3438", 0.2), 70)
    _hair(p, left, hair, 90)
    _glasses(p, "#2a2226")


def portrait_b(p):
    """A reporter of sixty: bald, short grey beard, open collar."""
    skin, hair = "#8f5f47", "#8d857e"
    _ground(p, "#7f9a9b", "#48626a")
    _shoulders(p, "#5b4a3c", 316)
    _neck(p, skin, 70)
    _shirt(p, "#5b4a3c", "shirt", "#dfe3d8")
    face = _face(p, skin, 98, 166, 112, -168)
    beard = _curve(
        p,
        _at(
            (-112, -4),
            (-106, 100),
            (-66, 168),
            (0, 190),
            (66, 168),
            (106, 100),
            (112, -4),
            (92, 60),
            (58, 84),
            (0, 76),
            (-58, 84),
            (-92, 60),
        ),
    )
    p.paint(beard, mix(hair, "#fff0d8", 0.14), mix(hair, "#1a1418", 0.35), way="right", grain=1.1)
    _features(p, skin, "#5f5650", "#33291f", "#a4604f", age=0.9, smile=3)
    moustache = _curve(
        p, _at((-62, 106), (-34, 84), (0, 88), (34, 84), (62, 106), (30, 100), (0, 102), (-30, 100))
    )
    p.paint(moustache, mix(hair, "#fff0d8", 0.1), mix(hair, "#1a1418", 0.3), way="right", grain=1.1)
    shine = p.pen()
    shine.disc(X - 44, Y - 118, 38, 22)
    p.paint(both(soft(shine.done(), 10), face), "#fff0dc", opacity=0.45)
    sides = p.pen()
    for side in (-1, 1):
        sides.curve(_at((side * 106, -80), (side * 120, -60), (side * 116, 0), (side * 104, -10)))
    p.paint(sides.done(), hair, grain=1.0)


def portrait_c(p):
    """A young correspondent: natural hair, gold earrings, ochre dress."""
    skin, hair = "#7d4f3a", "#231a1c"
    _ground(p, "#d6a25c", "#a5653c")
    cloud = p.pen()
    cloud.disc(X, Y - 84, 186, 178)
    for k in range(90):
        a = k / 90 * 2 * math.pi
        cloud.disc(X + 178 * math.cos(a), Y - 84 + 170 * math.sin(a), p.rng.uniform(14, 30))
    mass = cloud.done()
    p.paint(mass, mix(hair, "#d99a5a", 0.18), hair, way="right down", grain=1.1)
    curls = p.fbm((22, 22), 3).point(lambda v: max(0, min(255, (v - 150) * 5)))
    p.paint(both(curls, mass), "#5a3c32", opacity=0.5)
    p.rim(mass, 3, 4, "#a8703f", 0.5)
    _shoulders(p, "#2f5c54", 270, 10)
    _neck(p, skin, 46)
    _shirt(p, "#2f5c54", "neck", "#e2b04e")
    _face(p, skin, 80, 154, 102, -150)
    _features(p, skin, "#1d1416", "#1d1214", "#8f3f3d", smile=7)
    top = _curve(
        p,
        _at(
            (-108, -40),
            (-116, -120),
            (-60, -196),
            (0, -206),
            (60, -196),
            (116, -120),
            (108, -40),
            (84, -100),
            (36, -134),
            (0, -138),
            (-36, -134),
            (-84, -100),
        ),
    )
    p.paint(top, mix(hair, "#d99a5a", 0.12), hair, way="right", grain=1.1)
    p.paint(both(curls, top), "#5a3c32", opacity=0.5)
    pen = p.inks()
    for side in (-1, 1):
        pen.ring(X + side * 114, Y + 62, 19, 5, "#e9c05a" if side < 0 else "#b98636")
    p.lay(pen)


def portrait_d(p):
    """A columnist in his thirties: black hair parted at the side, dark roll-neck."""
    skin, hair = "#e2b78c", "#1f1c22"
    _ground(p, "#a9b5a0", "#66796c")
    _shoulders(p, "#3a3f52", 306)
    _neck(p, skin, 62)
    _shirt(p, "#2a2d3c", "roll")
    _face(p, skin, 92, 160, 107)
    _features(p, skin, hair, "#1d1618", smile=5)
    top = _at(
        (-110, -30),
        (-126, -100),
        (-96, -178),
        (-20, -212),
        (64, -204),
        (122, -150),
        (122, -70),
        (110, -24),
        (100, -78),
        (76, -118),
        (10, -118),
        (-58, -132),
        (-88, -96),
        (-102, -60),
    )
    _hair(p, top, hair, 90)
    part = p.pen()
    part.line(spline(_at((-70, -130), (-66, -170), (-30, -206)), closed=False), 3)
    p.paint(soft(part.done(), 1), "#6a5a58", opacity=0.7)


def portrait_e(p):
    """A science writer: teal headscarf, warm coat."""
    skin, scarf = "#c99670", "#2f6f74"
    _ground(p, "#d9b7a0", "#a8766c")
    _shoulders(p, "#6a3a44", 292)
    drape = _mirror(_at((0, 330), (-120, 300), (-168, 210), (-150, 60), (-150, -60), (-112, -170), (0, -218)))
    mask = _curve(p, drape)
    p.paint(shift(soft(mask, 12), 14, 10), "#2a1a20", opacity=0.35)
    p.paint(mask, mix(scarf, "#fff0d8", 0.2), mix(scarf, "#0f1418", 0.4), way="right down", grain=0.9)
    _face(p, skin, 78, 152, 98, -128)
    _features(p, skin, "#35241f", "#2a1b18", "#a4504c", smile=6)
    opening = _curve(p, _mirror(_at((0, 172), (-58, 148), (-94, 70), (-104, -20), (-84, -92), (0, -124))))
    over = without(mask, opening)
    p.paint(over, mix(scarf, "#fff0d8", 0.2), mix(scarf, "#0f1418", 0.4), way="right down", grain=0.9)
    edge = without(
        opening, _curve(p, _mirror(_at((0, 164), (-54, 140), (-87, 68), (-97, -20), (-78, -86), (0, -116))))
    )
    p.paint(edge, "#1a2a30", opacity=0.4)
    folds = p.pen()
    for k in range(6):
        bend = spline(
            _at(
                (-140 + k * 8, -40 + k * 46),
                (-96 + k * 10, 120 + k * 30),
                (-10 + k * 20, 210 + k * 22),
                (130 - k * 4, 140 + k * 34),
            ),
            closed=False,
        )
        folds.limb(bend, 2, 6)
    for k in range(4):
        folds.limb(
            spline(
                _at(
                    (-120 + k * 16, -90 - k * 18),
                    (-40, -160 - k * 12),
                    (70, -150 - k * 14),
                    (128 - k * 10, -60 - k * 20),
                ),
                closed=False,
            ),
            2,
            4,
        )
    p.paint(both(soft(folds.done(), 1.4), over), mix(scarf, "#0f1418", 0.5), opacity=0.65)
    p.rim(mask, 3, 3, mix(scarf, "#fff0d8", 0.5), 0.6)


def portrait_f(p):
    """An old cartoonist: white hair, moustache, round glasses, scarf."""
    skin, hair = "#dcab84", "#e8e2d6"
    _ground(p, "#6f7f94", "#3d4a63")
    sides = p.pen()
    for side in (-1, 1):
        for _ in range(26):
            sides.disc(X + side * p.rng.uniform(96, 150), Y + p.rng.uniform(-130, 40), p.rng.uniform(14, 30))
    mask = sides.done()
    p.paint(mask, hair, mix(hair, "#4a4a5c", 0.5), way="right down", grain=0.9)
    _shoulders(p, "#4d4638", 296, 14)
    _neck(p, skin, 54)
    pen = p.inks()
    pen.curve(
        _at((-120, 206), (-96, 262), (0, 300), (96, 262), (120, 206), (60, 224), (0, 232), (-60, 224)),
        "#a8423a",
    )
    pen.curve(_at((30, 262), (84, 250), (104, 420), (50, 470)), "#8a322f")
    for k in range(5):
        pen.line(_at((40 + k * 2, 290 + k * 34), (100 + k, 280 + k * 34)), 7, "#e2c08a")
    p.lay(pen)
    _face(p, skin, 86, 158, 106, -160)
    _features(p, skin, "#d8d2c6", "#35261f", "#b56a5c", age=1.0, smile=6)
    moustache = _curve(
        p,
        _at(
            (-78, 118),
            (-58, 90),
            (-20, 80),
            (0, 88),
            (20, 80),
            (58, 90),
            (78, 118),
            (40, 112),
            (0, 106),
            (-40, 112),
        ),
    )
    p.paint(moustache, hair, mix(hair, "#4a4a5c", 0.45), way="right", grain=0.9)
    _hair(
        p,
        _at(
            (-106, -70),
            (-122, -130),
            (-70, -196),
            (10, -214),
            (90, -186),
            (126, -120),
            (108, -60),
            (90, -120),
            (20, -150),
            (-50, -136),
            (-88, -104),
        ),
        hair,
        40,
    )
    _glasses(p, "#6a4a2e", round_lens=True)


SCENES = {
    "portrait-a": portrait_a,
    "portrait-b": portrait_b,
    "portrait-c": portrait_c,
    "portrait-d": portrait_d,
    "portrait-e": portrait_e,
    "portrait-f": portrait_f,
}

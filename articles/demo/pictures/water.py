"""Bridges, harbours, dams, wind and weather at sea."""

import math

from PIL import Image

from .brush import Camera, both, mix, shift, soft, spline, without
from .things import birds, crown, person, rowing_boat


def estuaire(p):
    """A cable-stayed bridge over an estuary at dawn."""
    p.sky((0, "#4c6480"), (230, "#8496a3"), (420, "#dcae93"), (540, "#f5cf9f"), (600, "#f9e0b5"))
    p.clouds(10, 330, "#e9b79b", "#6f7d93", cell=(720, 80), low=125, opacity=0.85)
    p.clouds(250, 520, "#fbe3bd", cell=(900, 40), low=130, opacity=0.6)
    p.glow(700, 590, 700, "#ffe2ae", 420, strength=0.8)
    p.glow(700, 572, 62, "#fff3d3", power=0.5, screen=False)
    water = 606
    for y, high, colour in ((598, 26, "#c39d94"), (602, 14, "#9c8890")):
        mask = p.below(p.ridge(y - 10, high, 300, 4))
        p.paint(both(mask, p.fade((water, 1), (water + 1, 0))), colour, "#ecc7a1", grain=0.5)
    _skyline(p, water, 60, 620, "#8f8490")
    _far_cranes(p, water)
    p.reflect(water, "#7c8797", strength=0.72, ripple=12)
    p.ripples(water, p.height, "#fbdcae", 0.55, 160, 215)
    p.ripples(water + 30, p.height, "#4a5c74", 0.5, 140, 220)
    glint = p.pen()
    glint.polygon([(640, water), (760, water), (900, p.height), (480, p.height)])
    p.ripples(water, p.height, "#fff3d0", 0.9, 120, 170, mask=soft(glint.done(), 40), cell=(90, 8))
    p.mist(p.fade((560, 0), (water, 0.7), (690, 0)), "#f6d9b4", body=0.4, cell=(700, 40))
    _stayed_bridge(p, Camera(water, 13, 1150, 820))
    _reeds(p)


def _skyline(p, foot, x, end, colour):
    pen = p.pen()
    while x < end:
        wide, tall = p.rng.uniform(14, 44), p.rng.uniform(16, 62) * (1 - abs(x - 330) / 420)
        pen.rect(x, foot - tall, x + wide, foot)
        if p.rng.random() < 0.2:
            pen.polygon([(x, foot - tall), (x + wide / 2, foot - tall - 34), (x + wide, foot - tall)])
        x += wide * p.rng.uniform(0.8, 1.1)
    p.paint(pen.done(), colour, mix(colour, "#f0cba6", 0.5))


def _far_cranes(p, foot):
    """The port's cranes on the right bank, small in the haze."""
    pen = p.pen()
    for x, size in ((1130, 0.3), (1225, 0.34), (1335, 0.3)):
        _gantry(pen, x, foot, size)
    pen.rect(1060, foot - 5, 1440, foot + 1)
    p.paint(pen.done(), "#7d7688", "#b89c98", grain=0.4)


def _stayed_bridge(p, eye):
    """The bridge comes from the far left bank and passes over the reader's right shoulder."""

    def spot(s, side, y):
        return eye.at(-560 + 690 * s + side * 13, y, 1700 - 1560 * s)

    upright, mirrored = p.pen(), p.pen()
    for pen, sign in ((upright, 1), (mirrored, -1)):
        for s in (0.36, 0.73):
            _pylon(pen, spot, s, sign, eye)
        for k in range(-20, 40):
            s = k / 40
            wide = eye.size(2.6, max(60, 1700 - 1560 * s))
            pen.polygon(
                [
                    spot(s, 1, sign * 38),
                    spot(s + 0.026, 1, sign * 38),
                    spot(s + 0.026, 1, sign * 43),
                    spot(s, 1, sign * 43),
                ]
            )
            pen.polygon(
                [
                    spot(s, -1, sign * 41),
                    spot(s + 0.026, -1, sign * 41),
                    spot(s + 0.026, 1, sign * 38),
                    spot(s, 1, sign * 38),
                ]
            )
            if k % 8 == 4 and s < 0.3:
                pen.line([spot(s, 0, 0), spot(s, 0, sign * 40)], wide * 1.4)
        pen.polygon(
            [
                spot(0.97, 1, sign * 38),
                spot(1.04, 1, sign * 38),
                spot(1.04, 1, sign * 43),
                spot(0.97, 1, sign * 43),
            ]
        )
    ripple = mirrored.done()
    wavy = Image.new("L", p.size)
    for row in range(606, p.height, 2):
        near = 0.1 + (row - 606) / 460
        sway = (math.sin(row / (3 + 5 * near)) + p.rng.uniform(-0.6, 0.6)) * 13 * near
        wavy.paste(ripple.crop((0, row, p.width, row + 2)), (round(sway), row))
    p.paint(soft(wavy, 1.4), "#3d4c63", "#6f7686", opacity=0.62)
    bridge = both(upright.done(), p.fade((640, 1), (p.height, 1)))
    p.paint(bridge, "#2d3a50", "#8c7f86", way="left", grain=0.6)
    p.rim(bridge, 2, 0, "#f2c79a", 0.5)


def _pylon(pen, spot, s, sign, eye):
    wide = eye.size(5.2, 1700 - 1560 * s)
    top = spot(s, 0, sign * 178)
    for side in (-1.5, 1.5):
        pen.limb(
            [spot(s, side, 0), spot(s, side, sign * 44), spot(s, side * 0.1, sign * 132), top],
            wide,
            wide * 0.7,
        )
    pen.limb([spot(s, -1.5, sign * 36), spot(s, 1.5, sign * 36)], wide * 0.8)
    for k in range(1, 15):
        for way in (-1, 1):
            reach = s + way * k * 0.0121
            for side in (-1, 1):
                pen.line(
                    [spot(s, 0, sign * (128 + 3.2 * k)), spot(reach, side, sign * 43)], max(0.75, wide * 0.11)
                )


def _reeds(p):
    bank = spline([(-20, 905), (200, 925), (420, 985), (600, 1030), (800, 1090)], closed=False)
    pen = p.pen()
    pen.polygon([*bank, (-20, 1090)])
    p.paint(pen.done(), "#2e3847", "#1f2735", grain=0.8)
    p.grass(
        lambda x: 905 + max(0, x) * 0.22 + (900 if x > 720 else 0),
        520,
        120,
        ("#2c3646", "#3a4352", "#56545a", "#1f2836"),
        0.18,
        60,
        2.4,
    )
    pen = p.pen()
    rowing_boat(pen, 960, 846, 150)
    person(pen, 950, 858, 96, p.rng, stride=0.0)
    pen.line([(930, 812), (1060, 866)], 3)
    boat = pen.done()
    p.paint(
        soft(shift(boat.transpose(Image.FLIP_TOP_BOTTOM), 0, 2 * 850 - p.height), 2), "#38475d", opacity=0.45
    )
    p.paint(boat, "#27313f")
    p.rim(boat, 2, 3, "#f3cd9c", 0.6)
    pen = p.pen()
    birds(pen, 420, 300, 11, 70, p.rng, size=13)
    p.paint(pen.done(), "#4a5264")


def eoliennes(p):
    """A wind farm far out, rows of machines, a supply boat and its wake."""
    p.sky((0, "#6d9aa8"), (330, "#bcd2cb"), (540, "#f2e8cd"), (640, "#f7ecd0"))
    p.clouds(-60, 420, "#f9f3e2", "#a9bfc0", cell=(560, 100), low=118, opacity=0.85)
    p.glow(420, 600, 600, "#fff2cd", 320, strength=0.6)
    sea = p.fade((640, 0), (642, 1))
    p.paint(sea, "#a9c3bd", "#24566a", grain=0.35)
    p.ripples(642, p.height, "#f4ead0", 0.7, 160, 205)
    p.ripples(642, p.height, "#174457", 0.6, 130, 220)
    p.mottle(both(sea, p.fade((650, 0), (900, 1))), "#12384b", (500, 60), 130, 220, 0.5)
    eye = Camera(640, 18, 1150, 800)
    spots = [(x, z) for z in (5200, 3700, 2600, 1800, 1250) for x in range(-2600, 2700, 520)]
    for x, z in spots:
        shade = min(0.86, z / 5600)
        _turbine(p, eye, x + z * 0.23 - 500, z, mix("#2b4a58", "#f2e8cf", shade))
    p.mist(p.fade((560, 0), (640, 0.6), (690, 0)), "#f7edd3", body=0.6)
    for x, z in ((-250, 720), (135, 390)):
        _turbine(p, eye, x, z, "#f6f1e3", "#6f8d94")
    _wake(p, eye)
    pen = p.pen()
    birds(pen, 900, 480, 7, 110, p.rng, size=16)
    p.paint(pen.done(), "#4b6a74", opacity=0.8)


def _turbine(p, eye, x, z, colour, shade=None):
    foot, hub = eye.at(x, 0, z), eye.at(x, 105, z)
    if not -200 < foot[0] < p.width + 200:
        return
    wide = max(1.0, eye.size(6, z))
    pen = p.pen()
    pen.polygon(
        [
            (foot[0] - wide / 2, foot[1]),
            (hub[0] - wide / 4, hub[1]),
            (hub[0] + wide / 4, hub[1]),
            (foot[0] + wide / 2, foot[1]),
        ]
    )
    start, reach = p.rng.uniform(0, 120), eye.size(74, z)
    for turn in (0, 120, 240):
        a = math.radians(start + turn)
        dx, dy = math.cos(a), math.sin(a)
        blade = [
            (0, -0.010),
            (0.08, -0.032),
            (0.25, -0.045),
            (1, -0.004),
            (1, 0.004),
            (0.2, 0.016),
            (0, 0.012),
        ]
        pen.polygon(
            [(hub[0] + (dx * u - dy * v) * reach, hub[1] + (dy * u + dx * v) * reach) for u, v in blade]
        )
    pen.disc(*hub, max(1, wide * 0.45))
    mask = pen.done()
    if shade:
        p.paint(mask, colour, shade, way="right", grain=0.5)
        p.rim(mask, 2, 0, "#fffaf0", 0.8)
        base = p.pen()
        base.rect(foot[0] - wide * 0.7, foot[1] - wide * 1.7, foot[0] + wide * 0.7, foot[1] + 2)
        p.paint(base.done(), "#e2b24a", "#9a6f2c", way="right")
        mirror = both(
            shift(mask.transpose(Image.FLIP_TOP_BOTTOM), 0, round(2 * foot[1] - p.height)),
            p.fade((foot[1], 0.5), (p.height, 0)),
        )
        p.paint(soft(mirror, 3), "#e9eadb", opacity=0.5)
    else:
        p.paint(mask, colour)


def _wake(p, eye):
    pen = p.pen()
    boat = eye.at(14, 0, 250)
    for side in (-1, 1):
        pen.polygon([boat, (boat[0] - 620, 905 + side * 110), (boat[0] - 640, 905 + side * 84)])
    pen.polygon([boat, (boat[0] - 560, 890), (boat[0] - 560, 925)])
    foam = both(soft(pen.done(), 5), p.fbm((60, 12), 4))
    p.paint(foam, "#fbf6e6", opacity=0.9)
    x, y = boat
    pen = p.inks()
    pen.polygon([(x - 62, y - 14), (x + 70, y - 20), (x + 52, y + 8), (x - 54, y + 8)], "#b4472f")
    pen.polygon([(x - 58, y - 2), (x + 59, y - 4), (x + 52, y + 8), (x - 54, y + 8)], "#21404f")
    pen.rect(x + 2, y - 48, x + 40, y - 15, "#f5efdf")
    pen.rect(x + 8, y - 42, x + 40, y - 32, "#2e5161")
    pen.line([(x + 20, y - 48), (x + 20, y - 78)], 2.5, "#33505c")
    pen.line([(x - 44, y - 14), (x - 30, y - 50), (x - 8, y - 30)], 3, "#e0a93f")
    p.lay(pen)


def port_grues(p):
    """Gantry cranes, a loaded ship and its reflection in a hazy morning."""
    p.sky((0, "#b58a6c"), (260, "#e0b486"), (520, "#f6dcae"), (650, "#f9e6c2"))
    p.clouds(0, 360, "#f8dcae", "#a88476", cell=(760, 80), low=125, opacity=0.6)
    p.glow(1150, 360, 560, "#fff0c8", strength=0.8)
    p.glow(1150, 360, 66, "#fffaea", power=0.5, screen=False)
    water = 742
    for x, s, shade in ((90, 0.5, 0.72), (300, 0.52, 0.72), (1390, 0.5, 0.74), (1530, 0.56, 0.7)):
        pen = p.pen()
        _gantry(pen, x, 720, s)
        p.paint(pen.done(), mix("#36475a", "#f3d8ac", shade))
    _stacks(p, 40, 1580, 716, 11, 4, 0.55)
    p.mist(p.fade((560, 0), (720, 0.5), (760, 0)), "#f8e2ba", body=0.5)
    for x, s in ((420, 1.05), (820, 1.12), (1230, 1.05)):
        pen = p.pen()
        _gantry(pen, x, 716, s)
        mask = pen.done()
        p.paint(mask, "#34546a", "#5e6f78", grain=0.7)
        p.rim(mask, -2, 2, "#f4c990", 0.7)
    quay = p.pen()
    quay.rect(-10, 712, 1610, water)
    p.paint(quay.done(), "#6b5a55", "#3c3a43", grain=0.7)
    _ship(p, 300, 1290, water)
    p.reflect(water, "#5d6a72", strength=0.7, ripple=12, stretch=0.8)
    p.ripples(water, p.height, "#fbe3b6", 0.6, 155, 210)
    p.ripples(water + 20, p.height, "#2f4656", 0.55, 140, 220)
    _tug(p, 1310, 900)


def _gantry(pen, x, foot, s):
    legs = 150 * s
    top, boom = foot - 300 * s, foot - 230 * s
    for dx in (-legs / 2, legs / 2):
        pen.rect(x + dx - 6 * s, boom - 10 * s, x + dx + 6 * s, foot)
        pen.rect(x + dx - 18 * s, foot - 12 * s, x + dx + 18 * s, foot)
    pen.rect(x - legs / 2, foot - 130 * s, x + legs / 2, foot - 118 * s)
    pen.rect(x - 150 * s, boom - 8 * s, x + 290 * s, boom + 5 * s)
    pen.line([(x - legs / 2, foot - 118 * s), (x + legs / 2, boom)], 4 * s)
    pen.polygon(
        [(x + 40 * s, boom), (x + 56 * s, top - 60 * s), (x + 68 * s, top - 60 * s), (x + 84 * s, boom)]
    )
    for reach in (-145, 170, 285):
        pen.line([(x + 62 * s, top - 56 * s), (x + reach * s, boom)], 2.6 * s)
    for k in range(-14, 29):
        pen.line([(x + k * 10 * s, boom + 4 * s), (x + (k + 1) * 10 * s, boom - 16 * s)], 1.3 * s)
    pen.line([(x - 145 * s, boom - 16 * s), (x + 288 * s, boom - 16 * s)], 1.8 * s)
    pen.rect(x - 70 * s, boom - 34 * s, x - 20 * s, boom - 6 * s)
    pen.rect(x + 190 * s, boom + 5 * s, x + 216 * s, boom + 20 * s)
    for dx in (195, 211):
        pen.line([(x + dx * s, boom + 18 * s), (x + dx * s, foot - 110 * s)], 1.4 * s)
    pen.rect(x + 172 * s, foot - 112 * s, x + 234 * s, foot - 88 * s)


BOXES = ("#b5523b", "#d98f4a", "#4d7484", "#38566b", "#8c9a80", "#c7b08a", "#7a3f3a", "#e2c489")


def _stacks(p, x0, x1, foot, high, levels, haze):
    pen = p.inks()
    x = x0
    while x < x1:
        top = p.rng.randint(1, levels)
        colour = None
        for level in range(top):
            colour = p.rng.choice(BOXES) if colour is None or p.rng.random() < 0.7 else colour
            tint = mix(colour, "#f5dfb6", haze)
            pen.rect(x, foot - high * (level + 1) + 0.8, x + high * 2.5, foot - high * level, tint)
            for k in range(1, 8):
                pen.line(
                    [
                        (x + high * 2.5 * k / 8, foot - high * (level + 1) + 2),
                        (x + high * 2.5 * k / 8, foot - high * level - 1),
                    ],
                    0.8,
                    mix(tint, "#33333c", 0.25),
                )
        x += high * 2.5 + 1.5
    p.lay(pen)


def _ship(p, x0, x1, water):
    _stacks(p, x0 + 120, x1 - 60, water - 74, 23, 6, 0.06)
    pen = p.pen()
    pen.polygon(
        [(x0 - 20, water - 92), (x0 + 60, water - 78), (x1 + 20, water - 78), (x1, water), (x0 + 40, water)]
    )
    hull = pen.done()
    p.paint(hull, "#344a5d", "#1e2c3b", grain=0.7)
    p.rim(hull, 0, 3, "#d9a877", 0.7)
    pen = p.inks()
    pen.polygon([(x0 + 26, water - 18), (x1 + 5, water - 18), (x1, water), (x0 + 40, water)], "#9c4531")
    pen.rect(x0 + 40, water - 210, x0 + 106, water - 78, "#efe3c9")
    pen.rect(x0 + 80, water - 210, x0 + 106, water - 78, "#c9b797")
    pen.rect(x0 + 26, water - 222, x0 + 118, water - 206, "#f7eedb")
    for k in range(4):
        pen.rect(x0 + 46, water - 196 + k * 28, x0 + 100, water - 187 + k * 28, "#4a5a66")
    pen.rect(x0 + 52, water - 252, x0 + 84, water - 222, "#b4513a")
    pen.line([(x0 + 95, water - 222), (x0 + 95, water - 280)], 3, "#4a5560")
    p.lay(pen)


def _tug(p, x, y):
    pen = p.inks()
    pen.polygon(
        [(x - 80, y - 30), (x - 40, y - 22), (x + 60, y - 20), (x + 56, y + 6), (x - 62, y + 6)], "#26323e"
    )
    pen.rect(x - 34, y - 58, x + 14, y - 20, "#f0dfbe")
    pen.rect(x - 30, y - 52, x + 10, y - 40, "#3d5566")
    pen.rect(x + 20, y - 60, x + 34, y - 20, "#b4513a")
    pen.line([(x - 8, y - 58), (x - 8, y - 96)], 2.5, "#26323e")
    p.lay(pen)
    pen = p.pen()
    pen.polygon([(x + 56, y - 4), (x + 56, y + 6), (x + 420, y + 34), (x + 420, y + 12)])
    pen.polygon([(x - 66, y), (x - 92, y + 6), (x - 30, y + 12)])
    p.paint(both(soft(pen.done(), 3), p.fbm((50, 8), 3)), "#fdf1d6")


def barrage(p):
    """An arch dam between two rock faces, water bursting from its gates."""
    p.sky((0, "#9fb4ad"), (230, "#dfe2cd"), (420, "#f0ead2"))
    p.clouds(-40, 260, "#f6f1de", cell=(600, 80), opacity=0.7)
    for y, high, colour in ((250, 120, "#a9bcb2"), (330, 80, "#8da69c")):
        mask = p.below(p.ridge(y, high, 520, 6, 0.45, True))
        p.paint(mask, colour, "#e3e4cf", grain=0.6)
    _dam_wall(p)
    _cliffs(p)
    _jets(p)
    pen = p.pen()
    birds(pen, 800, 190, 8, 80, p.rng, size=13)
    p.paint(pen.done(), "#4b5f5a")


def _dam_wall(p):
    top = spline([(150, 372), (420, 408), (800, 424), (1180, 408), (1450, 372)], closed=False)
    pen = p.pen()
    pen.polygon([*top, (1180, 960), (420, 960)])
    wall = pen.done()
    p.paint(wall, "#dcd6c2", "#8e958c", way="down", grain=0.6)
    right = p.pen()
    right.polygon([(800, 380), (1500, 340), (1500, 1000), (800, 1000)])
    p.paint(both(soft(right.done(), 190), wall), "#5d6d6b", grain=0.6, opacity=0.6)
    pen = p.pen()
    for k in range(1, 9):
        sag = [(x, y + k * 58) for x, y in top]
        pen.line(sag, 1.6)
    for k in range(-9, 10):
        pen.line([(800 + k * 72, 380), (800 + k * 47, 960)], 1.6)
    p.paint(both(pen.done(), wall), "#5f6a64", opacity=0.5)
    streaks = p.fbm((26, 520), 4).point(lambda v: max(0, min(255, (v - 140) * 4)))
    p.paint(both(both(streaks, wall), p.fade((400, 0.8), (900, 0.2))), "#6c716a", opacity=0.5)
    pen = p.inks()
    pen.line([(x, y - 8) for x, y in top], 16, "#efe9d6")
    pen.line([(x, y + 4) for x, y in top], 5, "#5b645f")
    for k in range(0, len(top), 3):
        x, y = top[k]
        pen.line([(x, y - 14), (x, y - 44)], 2, "#4d5852")
        pen.line([(x, y - 44), (x + 8, y - 42)], 2, "#4d5852")
    pen.rect(730, 352, 870, 416, "#cfc8b2")
    pen.rect(800, 352, 870, 416, "#a5a595")
    pen.rect(722, 344, 878, 356, "#8a4a38")
    for k in range(5):
        pen.rect(744 + k * 24, 368, 756 + k * 24, 392, "#4d5a58")
    for x in (1040, 1056, 560):
        person(pen, x, 410 if x > 900 else 404, 34, p.rng, "#39413f")
    p.lay(pen)


def _cliffs(p):
    for side in (-1, 1):
        for k, colour in enumerate(("#7d8b7b", "#566a60", "#33493f")):
            inner = [
                (400 - k * 110, 1090),
                (330 - k * 100, 860),
                (250 - k * 60, 640),
                (170 - k * 62, 430),
                (90 - k * 60, 300 + k * 80),
                (-40, 250 + k * 120),
            ]
            edge = []
            for x, y in spline(inner, closed=False, steps=9):
                x += p.rng.uniform(-14, 14)
                edge.append((x if side < 0 else p.width - x, y + p.rng.uniform(-8, 8)))
            corner = (-40, 1090) if side < 0 else (p.width + 40, 1090)
            pen = p.pen()
            pen.polygon([*edge, corner])
            mask = pen.done()
            p.paint(
                mask,
                mix(colour, "#e9e2c5", 0.3),
                mix(colour, "#18282a", 0.25),
                way="down right" if side > 0 else "down left",
                grain=0.9,
            )
            cracks = p.fbm((90, 130), 5, 0.65).point(lambda v: max(0, min(255, (v - 138) * 5)))
            p.paint(both(mask, cracks), mix(colour, "#1b2a2b", 0.5), opacity=0.6)
            firs = p.pen()
            for x, y in edge[::2]:
                if y < 900:
                    crown(firs, x, y - 6, 20 + 7 * k, 22 + 8 * k, p.rng, leaves=20)
            p.paint(firs.done(), mix(colour, "#23402f", 0.5), mix(colour, "#12231d", 0.5), grain=0.9)


def _jets(p):
    pool = p.below(spline([(-20, 985), (400, 950), (800, 940), (1200, 950), (1620, 985)], closed=False))
    p.paint(pool, "#7fa39c", "#2d5552", grain=0.5)
    p.ripples(940, p.height, "#eef1df", 0.8, 130, 190)
    for x, wide in ((560, 26), (720, 34), (880, 34), (1040, 26)):
        pen = p.pen()
        pen.rect(x - wide * 0.7, 606, x + wide * 0.7, 640)
        p.paint(pen.done(), "#2e3a39")
        pen = p.pen()
        lean = (800 - x) * 0.25
        left = spline(
            [(x - wide * 0.5, 625), (x - wide + lean * 0.4, 760), (x - wide * 2.3 + lean, 975)], closed=False
        )
        right = spline(
            [(x + wide * 0.5, 625), (x + wide + lean * 0.4, 760), (x + wide * 2.3 + lean, 975)], closed=False
        )
        pen.polygon([*left, *reversed(right)])
        jet = soft(pen.done(), 3)
        p.paint(jet, "#fbf9ec", "#d5dfd2", grain=0.9)
        strands = p.fbm((14, 160), 4).point(lambda v: max(0, min(255, (v - 130) * 4)))
        p.paint(both(jet, strands), "#8fb0a8", opacity=0.7)
    for _ in range(46):
        x = p.rng.gauss(800, 240)
        p.glow(
            x,
            p.rng.uniform(880, 985),
            p.rng.uniform(50, 150),
            "#f6f5e6",
            strength=0.4,
            power=1.4,
            screen=False,
        )
    p.mist(p.fade((640, 0), (900, 0.45), (1000, 0.1), (1067, 0)), "#f3f2e0", body=0.1, cell=(260, 160))


def pont_suspendu(p):
    """A red suspension bridge, its towers standing out of the fog."""
    p.sky((0, "#54808a"), (330, "#a9c1b6"), (560, "#e9dfc0"), (700, "#f1e3c3"))
    p.glow(300, 330, 620, "#fff1cd", strength=0.7)
    p.glow(300, 330, 64, "#fffaea", power=0.5, screen=False)
    p.clouds(0, 300, "#eef0df", cell=(800, 60), opacity=0.5)
    mask = p.below([(x, y + 0.07 * x) for x, y in p.ridge(530, 70, 520, 5, 0.45, True)])
    p.paint(mask, "#8aa7a3", "#dcd8bd", grain=0.7)
    p.mist(p.fade((520, 0), (690, 0.9), (900, 0.4)), "#f3e8cc", cell=(700, 90), body=0.3)
    eye = Camera(690, 46, 1150, 780)

    def spot(s, side, y):
        return eye.at(-430 + 520 * s + side * 13, y, 1500 - 1330 * s)

    for order in ((0.28, -1), (0.28, 1), (0.8, -1), (0.8, 1)):
        _hangers(p, spot, eye, *order)
    _bridge_deck(p, spot, eye)
    for s in (0.28, 0.8):
        _tower(p, spot, eye, s)
    for top, bottom, strength in ((640, 860, 0.9), (760, 960, 1.0)):
        p.mist(
            p.fade((top, 0), ((top + bottom) / 2, strength), (bottom, strength * 0.8)),
            "#f2e7cd",
            cell=(520, 130),
            body=0.12,
        )
    p.mist(p.fade((870, 0), (1000, 0.9)), "#e3dcc4", cell=(500, 120), body=0.5)
    pen = p.pen()
    birds(pen, 640, 420, 8, 80, p.rng, size=15)
    p.paint(pen.done(), "#5b4a48")


def _cable(s):
    """The height of the main cable over the deck's run, in metres."""
    low, high, towers = 76, 214, (0.28, 0.8)
    if s < towers[0]:
        return max(low, high - (towers[0] - s) * 620)
    if s > towers[1]:
        return low + 6 + (high - low - 6) * (2 * (s - towers[1]) / 0.52 - 1) ** 2
    t = (s - towers[0]) / (towers[1] - towers[0])
    return low + 6 + (high - low - 6) * (2 * t - 1) ** 2


def _hangers(p, spot, eye, tower, side):
    pen = p.pen()
    start, end = (0.0, 0.8) if tower == 0.28 else (0.8, 1.09)
    steps = 70
    for k in range(steps):
        s, n = (start + (end - start) * (k + j) / steps for j in (0, 1))
        wide = eye.size(1.5, 1500 - 1330 * s)
        pen.limb([spot(s, side, _cable(s)), spot(n, side, _cable(n))], wide)
        if k % 2 == 0:
            pen.line([spot(s, side, _cable(s)), spot(s, side, 70)], max(0.7, wide * 0.25))
    p.paint(pen.done(), "#a2422f", "#d99a78", way="left", opacity=0.95 if side > 0 else 0.65)


def _bridge_deck(p, spot, eye):
    pen, truss = p.pen(), p.pen()
    steps = 60
    for k in range(steps):
        s, n = 1.1 * k / steps, 1.1 * (k + 1) / steps
        pen.polygon([spot(s, 1, 66), spot(n, 1, 66), spot(n, 1, 71), spot(s, 1, 71)])
        pen.polygon([spot(s, -1, 68), spot(n, -1, 68), spot(n, 1, 66), spot(s, 1, 66)])
        wide = eye.size(1.1, 1500 - 1330 * s)
        truss.line([spot(s, 1, 66), spot((s + n) / 2, 1, 58), spot(n, 1, 66)], wide)
        truss.line([spot(s, 1, 58), spot(n, 1, 58)], wide * 1.3)
    p.paint(truss.done(), "#7a3127", "#d39a7c", way="left")
    p.paint(pen.done(), "#8d3629", "#dba583", way="left", grain=0.6)


def _tower(p, spot, eye, s):
    pen, shade = p.pen(), p.pen()
    wide = eye.size(6.5, 1500 - 1330 * s)
    for side in (-1.15, 1.15):
        foot, top = spot(s, side, -90), spot(s, side * 0.94, 218)
        for target, part in ((pen, (-0.5, 0.5)), (shade, (0.08, 0.5))):
            target.polygon(
                [
                    (foot[0] + wide * part[0], foot[1]),
                    (top[0] + wide * part[0] * 0.72, top[1]),
                    (top[0] + wide * part[1] * 0.72, top[1]),
                    (foot[0] + wide * part[1], foot[1]),
                ]
            )
    for y in (96, 132, 166, 200):
        left, right = spot(s, -1.1, y), spot(s, 1.1, y)
        deep = wide * (0.62 if y == 200 else 0.5)
        pen.polygon([left, right, (right[0], right[1] + deep), (left[0], left[1] + deep)])
    mask = pen.done()
    far = s < 0.5
    p.paint(mask, "#d98a68" if far else "#c4523a", "#efd2b0" if far else "#93392c", grain=0.7)
    p.paint(both(shade.done(), mask), "#b8705a" if far else "#74291f", opacity=0.75)
    p.rim(mask, 2, 2, "#f6c9a0", 0.8)


def mer_tempete(p):
    """A lighthouse in a storm: breaking waves, spindrift, a beam through rain."""
    p.sky((0, "#1f2f3a"), (300, "#44585e"), (520, "#8a9a92"), (620, "#b9bda6"))
    p.clouds(-220, 420, "#16242f", cell=(620, 190), low=88, high=170, opacity=0.95)
    p.clouds(120, 600, "#c9cbb4", "#56686c", cell=(700, 90), low=135, high=210, opacity=0.6)
    _beam(p, 1010, 330)
    sea = p.fade((600, 0), (603, 1))
    p.paint(sea, "#7f9690", "#40606a")
    _wave(p, 640, 22, 210, "#6c8883", 0.3)
    _wave(p, 690, 34, 300, "#557679", 0.4)
    _lighthouse(p, 1010, 720)
    for y, high, cell, colour, foam in (
        (770, 54, 380, "#3f626a", 0.6),
        (870, 78, 520, "#2c4f59", 0.8),
        (985, 84, 640, "#1b3a45", 0.9),
    ):
        _wave(p, y, high, cell, colour, foam)
    _spray(p)
    pen = p.pen()
    for _ in range(420):
        x, y, long = p.rng.uniform(-100, p.width + 200), p.rng.uniform(-40, p.height), p.rng.uniform(20, 70)
        pen.line([(x, y), (x - long * 0.45, y + long)], 1)
    p.paint(pen.done(), "#dfe3d4", opacity=0.28)
    pen = p.pen()
    birds(pen, 560, 420, 6, 120, p.rng, size=20)
    p.paint(pen.done(), "#e4e4d4")


def _beam(p, x, y):
    pen = p.pen()
    pen.polygon([(x, y), (-60, 90), (-60, 330)])
    pen.polygon([(x, y), (1700, 350), (1700, 470)])
    beam = soft(pen.done().resize((800, 534)), 6).resize(p.size, Image.BICUBIC)
    p.paint(both(beam, p.fbm((300, 120), 4).point(lambda v: 70 + v // 2)), "#f6e9bd", opacity=0.62)


def _wave(p, y, high, cell, colour, foam):
    swell = p.ridge(0, 1, cell, 1, sharp=True)
    line = [(x, y - high * 2.3 * ((1 - v) / 2) ** 2.4 + 9 * math.sin(x / 37 + y)) for x, v in swell]
    mask = p.below(line)
    p.paint(mask, mix(colour, "#b9cabb", 0.45), mix(colour, "#0e2430", 0.45), grain=0.7)
    veins = p.fbm((150, 26), 5, 0.6).rotate(4).point(lambda v: 255 - min(255, abs(v - 128) * 16))
    p.paint(both(both(veins, mask), p.fade((y - high, foam), (y + 190, 0))), "#e6ead9", opacity=0.7)
    crest = without(mask, shift(mask, 0, 12 + high * 0.2))
    torn = both(crest, p.fbm((46, 14), 4).point(lambda v: max(0, min(255, (v - 90) * 4))))
    torn = both(torn, p.fade((y - 1.9 * high, 1), (y - 0.4 * high, 0.8), (y + 0.1 * high, 0.4)))
    p.paint(torn, "#f5f4e6", opacity=min(1, foam + 0.25))
    p.rim(mask, 0, 3, "#f4f3e4", foam)
    mist = soft(shift(torn.resize((400, 267)), 5, -3), 4).resize(p.size, Image.BICUBIC)
    p.paint(mist, "#eef0e1", opacity=foam * 0.8)


def _lighthouse(p, x, foot):
    rock = [
        (x - 210, foot + 60),
        (x - 150, foot - 20),
        (x - 70, foot - 62),
        (x + 60, foot - 72),
        (x + 130, foot - 30),
        (x + 230, foot + 60),
    ]
    pen = p.pen()
    pen.polygon(
        [(a + p.rng.uniform(-8, 8), b + p.rng.uniform(-8, 8)) for a, b in spline(rock, closed=False, steps=6)]
    )
    mask = pen.done()
    p.paint(mask, "#4c5756", "#1c2a30", way="right down", grain=0.9)
    p.rim(mask, 3, 4, "#aab2a2", 0.6)
    pen = p.pen()
    pen.polygon([(x - 42, foot - 58), (x - 26, foot - 350), (x + 26, foot - 350), (x + 42, foot - 58)])
    tower = pen.done()
    p.paint(tower, "#efe9d6", "#7d8a88", way="right", grain=0.8)
    pen = p.pen()
    for y in (110, 220):
        pen.rect(x - 60, foot - y - 60, x + 60, foot - y)
    p.paint(both(pen.done(), tower), "#a8432f", "#57291f", way="right", grain=0.8)
    pen = p.inks()
    pen.rect(x - 36, foot - 362, x + 36, foot - 350, "#2d3a3e")
    pen.rect(x - 20, foot - 404, x + 20, foot - 362, "#f8e3a3")
    for k in (-20, -7, 7, 20):
        pen.line([(x + k, foot - 404), (x + k, foot - 362)], 2, "#2d3a3e")
    pen.polygon([(x - 27, foot - 404), (x, foot - 438), (x + 27, foot - 404)], "#803525")
    for y in (120, 190, 260):
        pen.rect(x - 6, foot - y - 18, x + 6, foot - y, "#33444a")
    p.lay(pen)
    p.glow(x, foot - 383, 190, "#ffedb0", strength=0.85)


def _spray(p):
    for x, y, spread, count in ((880, 690, 60, 26), (1140, 700, 40, 14), (360, 880, 50, 12)):
        pen = p.pen()
        for _ in range(count * 9):
            a, far = p.rng.gauss(-1.6, 0.5), abs(p.rng.gauss(0, spread * 1.2))
            pen.disc(
                x + math.cos(a) * far * 1.2 + p.rng.gauss(0, spread),
                y + math.sin(a) * far * 1.6,
                p.rng.uniform(0.5, 2.3),
            )
        for _ in range(count):
            p.glow(
                x + p.rng.gauss(0, spread),
                y - abs(p.rng.gauss(0, spread)),
                p.rng.uniform(30, 80),
                "#f1f2e4",
                strength=0.4,
                power=1.3,
                screen=False,
            )
        p.paint(pen.done(), "#fbfaf0", opacity=0.9)


SCENES = {
    "estuaire": estuaire,
    "eoliennes": eoliennes,
    "port-grues": port_grues,
    "barrage": barrage,
    "pont-suspendu": pont_suspendu,
    "mer-tempete": mer_tempete,
}

"""Trees, birds, people and boats that several scenes share; each draws with the pen it is given."""

import math

from .brush import arc, spline


def conifer(pen, x, foot, height, rng, fill=255):
    """A fir with ragged tiers."""
    tiers = max(4, int(height / 9))
    left, right = [], []
    for i in range(tiers + 1):
        y = foot - height + height * i / tiers
        reach = height * 0.2 * (i / tiers) ** 0.85
        for side, points in ((-1, left), (1, right)):
            out = reach * rng.uniform(0.75, 1.15)
            points.append((x + side * out * 0.45, y - height / tiers * 0.15))
            points.append((x + side * out, y + height / tiers * 0.35))
    pen.polygon([(x, foot - height * 1.04), *right, (x, foot), *reversed(left)], fill)


def crown(pen, x, y, rx, ry, rng, fill=255, leaves=60):
    """A leafy mass: many small discs over a body."""
    pen.disc(x, y, rx * 0.72, ry * 0.78, fill)
    for _ in range(leaves):
        angle, out = rng.uniform(0, 2 * math.pi), rng.uniform(0.5, 0.95)
        size = rng.uniform(0.1, 0.24) * min(rx, ry)
        pen.disc(x + math.cos(angle) * rx * out, y + math.sin(angle) * ry * out, size, size * 0.85, fill)


def leafy_tree(pen, x, foot, height, rng, fill=255, spread=0.36, leaves=150):
    """A broad tree: trunk, boughs, and a crown of leaf clusters with light between them."""
    width, middle = height * 0.05, foot - height * 0.66
    pen.limb([(x, foot), (x + height * 0.01, foot - height * 0.34)], width, width * 0.7, fill)
    for turn in (-150, -125, -100, -75, -50, -28):
        reach = height * 0.32 * (0.8 if turn in (-150, -28) else 1.15)
        tip = (
            x + reach * math.cos(math.radians(turn)),
            foot - height * 0.34 + reach * math.sin(math.radians(turn)),
        )
        pen.limb([(x, foot - height * 0.32), tip], width * 0.6, width * 0.15, fill)
    rx, ry = height * spread, height * 0.35
    lobes = [(rng.uniform(-0.62, 0.62), rng.uniform(-0.55, 0.6)) for _ in range(9)] + [(0, -0.5), (0, 0.1)]
    for _ in range(leaves):
        lx, ly = rng.choice(lobes)
        out, angle = rng.random() ** 0.6 * 0.42, rng.uniform(0, 2 * math.pi)
        cx, cy = x + rx * (lx + out * math.cos(angle)), middle + ry * (ly + out * math.sin(angle))
        size = height * rng.uniform(0.018, 0.05)
        pen.disc(cx, cy, size, size * 0.7, fill)


def bare_tree(pen, x, foot, height, rng, fill=255, angle=-90.0, width=None, depth=6):
    """A winter tree, branching until its twigs are thin."""
    width = width or height * 0.06
    reach = height * rng.uniform(0.26, 0.34)
    turn = math.radians(angle)
    tip = (x + math.cos(turn) * reach, foot + math.sin(turn) * reach)
    pen.limb([(x, foot), tip], width, width * 0.7, fill)
    if depth == 0:
        return
    for side in (-1, 1):
        lean = angle + side * rng.uniform(12, 34) - (angle + 90) * 0.12
        bare_tree(pen, *tip, height * rng.uniform(0.72, 0.86), rng, fill, lean, width * 0.68, depth - 1)


def birds(pen, x, y, count, spread, rng, fill=255, size=9):
    for _ in range(count):
        bx, by = x + rng.gauss(0, spread), y + rng.gauss(0, spread * 0.3)
        span, lift = size * rng.uniform(0.6, 1.2), rng.uniform(0.15, 0.55)
        wings = [(bx - span, by - span * lift), (bx - span * 0.4, by - span * lift * 0.9), (bx, by)]
        wings += [(bx + span * 0.45, by - span * lift), (bx + span, by - span * lift * 0.7)]
        pen.line(spline(wings, closed=False, steps=4), size * 0.2, fill)


def person(pen, x, foot, height, rng, fill=255, coat=True, stride=None, arms=True):
    """Someone standing or walking, as a silhouette."""
    h = height
    stride = rng.uniform(-0.09, 0.09) if stride is None else stride
    hip = (x, foot - 0.48 * h)
    for side in (-1, 1):
        ankle = (x + side * (stride + 0.028) * h, foot - 0.01 * h)
        knee = (x + side * (stride * 0.35 + 0.03) * h, foot - 0.26 * h)
        pen.limb([(hip[0] + side * 0.035 * h, hip[1]), knee, ankle], 0.085 * h, 0.05 * h, fill)
        pen.limb([ankle, (ankle[0] + 0.045 * h * (1 if stride >= 0 else -1), foot)], 0.04 * h, fill=fill)
    hem = foot - (0.34 if coat else 0.46) * h
    width = rng.uniform(0.115, 0.14) * h
    body = [(x - width, foot - 0.79 * h), (x - 0.04 * h, foot - 0.845 * h), (x + 0.04 * h, foot - 0.845 * h)]
    body += [(x + width, foot - 0.79 * h), (x + width * 0.92, foot - 0.6 * h), (x + width * 0.98, hem)]
    body += [(x - width * 0.98, hem), (x - width * 0.92, foot - 0.6 * h)]
    pen.polygon(spline(body, steps=5), fill)
    if arms:
        for side in (-1, 1):
            swing = rng.uniform(-0.04, 0.06) * h
            elbow = (x + side * (width + 0.02 * h), foot - 0.62 * h)
            hand = (x + side * (width + 0.005 * h) + swing, foot - 0.46 * h)
            pen.limb([(x + side * width * 0.85, foot - 0.78 * h), elbow, hand], 0.065 * h, 0.045 * h, fill)
    pen.limb([(x, foot - 0.84 * h), (x, foot - 0.9 * h)], 0.055 * h, fill=fill)
    pen.disc(x, foot - 0.925 * h, 0.054 * h, 0.068 * h, fill)


def bust(pen, x, y, size, fill=255, turn=0.0):
    """Head and shoulders seen from behind or as a silhouette; `y` is the chin, `size` the head's height."""
    pen.disc(x + turn * size * 0.1, y - size * 0.5, size * 0.37, size * 0.5, fill)
    pen.limb([(x, y - size * 0.3), (x, y + size * 0.25)], size * 0.36, size * 0.42, fill)
    body = [
        (x - size * 1.15, y + size * 1.9),
        (x - size * 1.02, y + size * 0.62),
        (x - size * 0.62, y + size * 0.3),
    ]
    body += [(x, y + size * 0.12), (x + size * 0.62, y + size * 0.3), (x + size * 1.02, y + size * 0.62)]
    body += [(x + size * 1.15, y + size * 1.9)]
    pen.polygon(spline(body, closed=False, steps=6), fill)


def rowing_boat(pen, x, y, length, fill=255):
    half = length / 2
    hull = [
        (x - half, y - length * 0.1),
        (x - half * 0.8, y + length * 0.03),
        (x + half * 0.8, y + length * 0.03),
    ]
    hull += [
        (x + half, y - length * 0.12),
        (x + half * 0.5, y - length * 0.05),
        (x - half * 0.5, y - length * 0.05),
    ]
    pen.polygon(hull, fill)


def round_arch(x, width, top, foot):
    """The outline of an opening with a round head."""
    half = width / 2
    return [(x - half, foot), *arc(x, top + half, half, half, 180, 360, 24), (x + half, foot)]

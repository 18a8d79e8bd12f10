"""The hand all demo pictures share: grainy gradients, mist, glow, splines, reflections. Pillow only.

Coordinates are pixels of the finished picture; outlines are drawn at twice its size and reduced.
Colours are "#rrggbb". Every random choice comes from the painting's own generator.
"""

import math
import random
from bisect import bisect_right

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

FINE = 2


def rgb(colour):
    """(red, green, blue) of "#rrggbb"."""
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def mix(one, other, share):
    """`one` with `share` (0 to 1) of `other` in it."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def spline(points, closed=True, steps=10):
    """A smooth line through `points` (Catmull-Rom)."""
    count = len(points)
    spots = range(count if closed else count - 1)
    out = []
    for i in spots:
        if closed:
            near = [points[(i + k) % count] for k in (-1, 0, 1, 2)]
        else:
            near = [points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2)]
        for step in range(steps):
            out.append(_between(*near, step / steps))
    if not closed:
        out.append(points[-1])
    return out


def _between(a, b, c, d, t):
    weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
    return tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) / 2 for axis in (0, 1))


def arc(x, y, rx, ry, start, end, steps=40):
    """Points on an ellipse from `start` to `end` degrees (clockwise from three o'clock)."""
    turns = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns]


class Camera:
    """A level camera over a plane: metres (x right, y up, z ahead) to pixels."""

    def __init__(self, horizon, height, focal=1100, middle=800):
        self.horizon, self.height, self.focal, self.middle = horizon, height, focal, middle

    def at(self, x, y, z):
        scale = self.focal / z
        return (self.middle + x * scale, self.horizon + (self.height - y) * scale)

    def size(self, length, z):
        """Pixels of `length` metres at the distance `z`."""
        return length * self.focal / z


class Pen:
    """Outlines on a mask (default) or, with colours, on a clear sheet."""

    def __init__(self, size, mode="L"):
        self.mode = mode
        self.sheet = Image.new(mode, (size[0] * FINE, size[1] * FINE), 0)
        self.draw = ImageDraw.Draw(self.sheet)

    def _fill(self, fill, opacity=255):
        if isinstance(fill, str):
            return (*rgb(fill), opacity)
        return fill

    def polygon(self, points, fill=255, opacity=255):
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=self._fill(fill, opacity))

    def curve(self, points, fill=255, opacity=255, steps=10):
        self.polygon(spline(points, steps=steps), fill, opacity)

    def rect(self, x0, y0, x1, y1, fill=255, opacity=255):
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], fill, opacity)

    def disc(self, x, y, rx, ry=None, fill=255, opacity=255):
        ry = rx if ry is None else ry
        box = [(x - rx) * FINE, (y - ry) * FINE, (x + rx) * FINE, (y + ry) * FINE]
        self.draw.ellipse(box, fill=self._fill(fill, opacity))

    def ring(self, x, y, radius, width, fill=255):
        box = [(x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE]
        self.draw.ellipse(box, outline=self._fill(fill), width=max(1, round(width * FINE)))

    def line(self, points, width, fill=255, opacity=255):
        fine = [(x * FINE, y * FINE) for x, y in points]
        thick = max(1, round(width * FINE))
        self.draw.line(fine, fill=self._fill(fill, opacity), width=thick, joint="curve")

    def limb(self, points, width, end=None, fill=255):
        """A line with round ends whose width goes from `width` to `end`."""
        end = width if end is None else end
        for i, ((x0, y0), (x1, y1)) in enumerate(zip(points, points[1:], strict=False)):
            share = max(1, len(points) - 1)
            r0, r1 = (width + (end - width) * k / share for k in (i, i + 1))
            angle = math.atan2(y1 - y0, x1 - x0) + math.pi / 2
            dx, dy = math.cos(angle) / 2, math.sin(angle) / 2
            corners = [(x0 + dx * r0, y0 + dy * r0), (x1 + dx * r1, y1 + dy * r1)]
            corners += [(x1 - dx * r1, y1 - dy * r1), (x0 - dx * r0, y0 - dy * r0)]
            self.polygon(corners, fill)
            self.disc(x0, y0, r0 / 2, fill=fill)
            self.disc(x1, y1, r1 / 2, fill=fill)

    def done(self):
        """The sheet at the picture's size; only the part drawn on is reduced."""
        size = tuple(side // FINE for side in self.sheet.size)
        result = Image.new(self.mode, size, 0)
        box = self.sheet.getbbox()
        if box:
            box = [edge // FINE * FINE for edge in box[:2]] + [-(-edge // FINE) * FINE for edge in box[2:]]
            result.paste(self.sheet.crop(box).reduce(FINE), (box[0] // FINE, box[1] // FINE))
        return result


class Painting:
    """One picture in the making; `rng` and all noise are seeded by its key."""

    def __init__(self, key, size=(1600, 1067)):
        self.rng = random.Random(key)
        self.size = self.width, self.height = size
        self.image = Image.new("RGB", size)
        self.speckle = self._speckle()

    # Noise

    def _noise(self, size):
        return Image.frombytes("L", size, self.rng.randbytes(size[0] * size[1]))

    def _speckle(self):
        """The grain of the paper: fine dots with a few coarser ones, mean 128."""
        fine = self._noise(self.size)
        coarse = fine.filter(ImageFilter.GaussianBlur(0.8)).point(
            lambda v: max(0, min(255, round(128 + (v - 128) * 2.6)))
        )
        return Image.blend(fine, coarse, 0.6)

    def fbm(self, cell, octaves=5, gain=0.55, size=None):
        """Cloudy noise (L, full range) whose largest forms measure `cell` = (width, height) pixels."""
        size = size or self.size
        half = (size[0] // 2 + 1, size[1] // 2 + 1)
        result, total = None, 0.0
        for octave in range(octaves):
            grid = [max(2, math.ceil(size[i] / cell[i] * 2**octave) + 2) for i in (0, 1)]
            grid = [min(grid[i], half[i]) for i in (0, 1)]
            layer = self._noise(tuple(grid)).resize(half, Image.BICUBIC)
            weight = gain**octave
            total += weight
            result = layer if result is None else Image.blend(result, layer, weight / total)
        return ImageOps.autocontrast(result, cutoff=0.5).resize(size, Image.BILINEAR)

    def ridge(self, y, height, cell=400, octaves=6, gain=0.5, sharp=False):
        """A skyline from edge to edge: points from (-20, …) to (width + 20, …) round `y`."""
        waves = []
        for octave in range(octaves):
            step = cell / 2**octave
            knots = [self.rng.uniform(-1, 1) for _ in range(int((self.width + 60) / step) + 3)]
            waves.append((step, knots, gain**octave))
        points = []
        for x in range(-20, self.width + 24, 4):
            total = sum(weight * _wave(knots, (x + 20) / step, sharp) for step, knots, weight in waves)
            points.append((x, y - height * total))
        return points

    # Masks

    def pen(self):
        return Pen(self.size)

    def inks(self):
        """A pen with colours; give the result to `lay`."""
        return Pen(self.size, "RGBA")

    def below(self, skyline):
        """The mask of everything under a skyline."""
        pen = self.pen()
        pen.polygon([*skyline, (self.width + 20, self.height + 20), (-20, self.height + 20)])
        return pen.done()

    def fade(self, *stops):
        """A mask by height: stops are (y, 0 to 1)."""
        ys = [y for y, _ in stops]
        column = Image.new("L", (1, self.height))
        column.putdata([round(255 * _level(stops, ys, y)) for y in range(self.height)])
        return column.resize(self.size)

    # Paint

    def sky(self, *stops):
        """Colours from top to bottom: stops are (y, colour)."""
        ys = [y for y, _ in stops]
        column = Image.new("RGB", (1, self.height))
        column.putdata([_shade(stops, ys, y) for y in range(self.height)])
        self.image.paste(column.resize(self.size))

    def paint(self, mask, colour, to=None, way="down", grain=0.5, opacity=1.0):
        """Fill `mask` with `colour`, going over into `to` with a stippled gradient across its box.

        `way` is where `to` lies: down, up, left, right, or two of them ("down right").
        """
        box = mask.getbbox()
        if box is None:
            return
        part = mask.crop(box)
        if opacity < 1:
            part = part.point(lambda value: round(value * opacity))
        size = part.size
        fill = Image.new("RGB", size, rgb(colour))
        if to:
            share = self._stipple(_gradient(size, way), box, grain)
            fill = Image.composite(Image.new("RGB", size, rgb(to)), fill, share)
        self.image.paste(fill, box[:2], part)

    def _stipple(self, gradient, box, grain):
        dots = self.speckle.crop(box).point(lambda value: round(128 + (value - 128) * grain * 1.6))
        return ImageChops.add(gradient, dots, 1, -128)

    def lay(self, pen, opacity=1.0):
        """Put a sheet of inks on the picture."""
        sheet = pen.done() if isinstance(pen, Pen) else pen
        box = sheet.getbbox()
        if box is None:
            return
        part = sheet.crop(box)
        alpha = part.getchannel("A")
        if opacity < 1:
            alpha = alpha.point(lambda value: round(value * opacity))
        self.image.paste(part.convert("RGB"), box[:2], alpha)

    def mottle(self, mask, colour, cell, low=110, high=190, opacity=1.0, octaves=5):
        """Patches of `colour` inside `mask`, where the noise is above `low`, full at `high`."""
        box = mask.getbbox()
        if box is None:
            return
        size = (box[2] - box[0], box[3] - box[1])
        noise = self.fbm(cell, octaves, 0.62, size)
        noise = self._stipple(noise, box, 0.3)
        patches = noise.point(lambda v: round(min(1, max(0, (v - low) / (high - low))) * 255 * opacity))
        self.image.paste(rgb(colour), box, ImageChops.multiply(patches, mask.crop(box)))

    def clouds(self, top, bottom, colour, under=None, cell=(620, 120), low=120, high=205, opacity=0.9):
        """A bank of clouds between two heights, lit on top if `under` (the shaded side) is given."""
        window = self.fade((top, 0), (top + (bottom - top) * 0.35, 1), (bottom, 0))
        noise = self.fbm(cell, 6, 0.55)
        curve = [round(min(1, max(0, (v - low) / (high - low))) * 255 * opacity) for v in range(256)]
        shape = ImageChops.multiply(noise.point(curve), window)
        self.image.paste(rgb(colour), (0, 0), shape)
        if under:
            lower = shift(shape, 0, cell[1] * 0.22)
            self.image.paste(rgb(under), (0, 0), ImageChops.multiply(shape, lower))

    def glow(self, x, y, rx, colour, ry=None, strength=1.0, power=2.0, screen=True):
        """Light round a point, fading out at the radius."""
        ry = rx if ry is None else ry
        box = (round(x - rx), round(y - ry), round(x + rx), round(y + ry))
        size = (box[2] - box[0], box[3] - box[1])
        curve = [round(255 * strength * max(0, 1 - v / 180) ** power) for v in range(256)]
        disc = Image.radial_gradient("L").point(curve).resize(size, Image.BICUBIC)
        disc = self._dither(disc)
        if screen:
            light = ImageOps.colorize(disc, "black", colour)
            here = self.image.crop(box)
            self.image.paste(ImageChops.screen(here, light), box[:2])
        else:
            self.image.paste(rgb(colour), box[:2], disc)

    def _dither(self, soft):
        """Break the steps an 8-bit gradient would show."""
        dots = (
            self.speckle.resize(soft.size) if soft.size > self.size else self.speckle.crop((0, 0, *soft.size))
        )
        dots = dots.point(lambda value: 128 + round((value - 128) * 0.06))
        return ImageChops.multiply(ImageChops.add(soft, dots, 1, -128), soft.point(lambda v: 255 if v else 0))

    def mist(self, mask, colour, opacity=1.0, cell=(500, 120), body=0.6):
        """Drifting haze inside `mask` (usually a `fade`), `body` of it even, the rest in wisps."""
        wisps = self.fbm(cell, 4).point(lambda v: round(255 * (body + (1 - body) * v / 255) * opacity))
        self.image.paste(rgb(colour), (0, 0), ImageChops.multiply(mask, wisps))

    def rim(self, mask, dx, dy, colour, opacity=1.0):
        """Light along the edges of `mask` that face (-dx, -dy)."""
        edge = ImageChops.subtract(mask, shift(mask, dx, dy))
        self.paint(edge, colour, opacity=opacity)

    def reflect(self, waterline, tint, depth=None, strength=0.75, ripple=9, stretch=1.0):
        """Mirror what is above `waterline` below it: wavy, tinted, broken by streaks."""
        depth = depth or self.height - waterline
        above = self.image.crop((0, round(waterline - depth / stretch), self.width, waterline))
        mirror = ImageOps.flip(above).resize((self.width, depth)).filter(ImageFilter.BoxBlur(1.5))
        wavy = mirror.copy()
        phase = self.rng.uniform(0, 6)
        for row in range(depth):
            near = 0.15 + row / depth
            sway = math.sin(row / (3.5 + 9 * near) + phase) + 0.5 * math.sin(row / (2 + 4 * near) + 1)
            sway += self.rng.uniform(-0.15, 0.15)
            wavy.paste(mirror.crop((0, row, self.width, row + 1)), (round(sway * ripple * near), row))
        wavy = wavy.filter(ImageFilter.GaussianBlur((2.5, 1.6)))
        wavy = Image.blend(wavy, Image.new("RGB", wavy.size, rgb(tint)), 1 - strength)
        self.image.paste(wavy, (0, waterline))

    def ripples(self, top, bottom, colour, opacity=0.5, low=150, high=210, mask=None, cell=(420, 9)):
        """Streaks on water, finer towards the horizon `top`."""
        depth = bottom - top
        noise = self.fbm(cell, 3, 0.6, (self.width, depth))
        flat = Image.new("L", (self.width, depth))
        rows = 60
        for i in range(rows):
            y0, y1 = (round(depth * (k / rows) ** 1.6) for k in (i, i + 1))
            s0, s1 = (round(depth * k / rows) for k in (i, i + 1))
            if y1 > y0:
                flat.paste(noise.resize((self.width, y1 - y0), box=(0, s0, self.width, s1)), (0, y0))
        flat = flat.point(lambda v: round(min(1, max(0, (v - low) / (high - low))) * 255 * opacity))
        if mask is not None:
            flat = ImageChops.multiply(flat, mask.crop((0, top, self.width, bottom)))
        self.image.paste(rgb(colour), (0, top), flat)

    def grass(self, base, count, height, colours, lean=0.0, low=None, width=2.0):
        """Blades along a skyline `base` (a function of x), swaying by `lean`."""
        pen = self.inks()
        for _ in range(count):
            x = self.rng.uniform(-20, self.width + 20)
            y = base(x) + self.rng.uniform(0, low or height * 0.3)
            tall = height * self.rng.uniform(0.5, 1.1)
            tip = x + tall * (lean + self.rng.uniform(-0.25, 0.25))
            bend = [(x, y), (x + (tip - x) * 0.3, y - tall * 0.6), (tip, y - tall)]
            pen.line(spline(bend, closed=False, steps=5), width, self.rng.choice(colours))
        self.lay(pen)

    def finished(self, grain=0.07, vignette=0.22):
        """The picture with its paper grain and slightly darker corners."""
        soft = self._dither(Image.radial_gradient("L").resize(self.size, Image.BICUBIC))
        corner = soft.point(lambda v: 255 - round(255 * vignette * max(0, (v - 110) / 145) ** 1.5))
        image = ImageChops.multiply(self.image, Image.merge("RGB", [corner] * 3))
        dots = self.speckle.point(lambda value: round(128 + (value - 128) * grain * 1.5))
        return ImageChops.add(image, Image.merge("RGB", [dots] * 3), 1, -128)


def shift(mask, dx, dy):
    """`mask` moved, empty where it came from."""
    moved = Image.new("L", mask.size)
    moved.paste(mask, (round(dx), round(dy)))
    return moved


def both(one, other):
    return ImageChops.multiply(one, other)


def without(one, other):
    return ImageChops.subtract(one, other)


def soft(mask, radius):
    return mask.filter(ImageFilter.GaussianBlur(radius))


def _gradient(size, way):
    ramp = Image.linear_gradient("L")
    turns = {"down": ramp, "up": ImageOps.flip(ramp), "right": ramp.rotate(90), "left": ramp.rotate(-90)}
    parts = [turns[word].resize(size) for word in way.split()]
    return parts[0] if len(parts) == 1 else Image.blend(parts[0], parts[1], 0.5)


def _wave(knots, place, sharp):
    i = int(place)
    t = place - i
    if not sharp:
        t = t * t * (3 - 2 * t)
    value = knots[i] + (knots[i + 1] - knots[i]) * t
    return 1 - 2 * abs(value) if sharp else value


def _level(stops, ys, y):
    i = bisect_right(ys, y)
    if i == 0:
        return stops[0][1]
    if i == len(stops):
        return stops[-1][1]
    (y0, a), (y1, b) = stops[i - 1], stops[i]
    return a + (b - a) * (y - y0) / (y1 - y0)


def _shade(stops, ys, y):
    i = bisect_right(ys, y)
    if i == 0:
        return rgb(stops[0][1])
    if i == len(stops):
        return rgb(stops[-1][1])
    (y0, a), (y1, b) = stops[i - 1], stops[i]
    return rgb(mix(a, b, (y - y0) / (y1 - y0)))

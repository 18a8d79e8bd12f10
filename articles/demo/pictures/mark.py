"""The paper's mark: two banks and the river between them."""

from .brush import Pen, spline

RED, STONE = "#8e2a2c", "#a8a195"


def logo(wide=False):
    """The mark on a clear ground: 512 square, or 1024 × 512 with the river running on (`wide`)."""
    width = 1024 if wide else 512
    pen = Pen((width, 512), "RGBA")
    stretch = width / 512
    for colour, drop, thick in ((RED, 0, 118), (STONE, 150, 44), (RED, 226, 118)):
        top = _wave(stretch, 86 + drop)
        low = _wave(stretch, 86 + drop + thick)
        pen.polygon([*top, *reversed(low)], colour)
    return pen.done()


def _wave(stretch, y):
    points = [(28, y + 34), (150, y - 10), (256, y + 16), (362, y + 42), (484, y - 2)]
    return spline([(x * stretch, b) for x, b in points], closed=False, steps=30)



"""The paper's mark: two banks and the river between them."""

from PIL import ImageChops

from .brush import Pen, arc, spline

NEAR, FAR = "#a3352f", "#7f8a8c"


def logo(wide=False):
    """The mark on a clear ground, for light and dark pages.

    512 square; or, `wide`, 1536 × 512 with the river running on to both sides as two rules.
    """
    width = 1536 if wide else 512
    middle = width / 2
    pen = Pen((width, 512), "RGBA")
    pen.disc(middle, 256, 236, fill=NEAR)
    right = [*_bank(middle, 1), *arc(middle, 256, 236, 236, 62, -82, 60)]
    pen.polygon(right, FAR)
    if wide:
        for y in (240, 272):
            pen.rect(20, y - 5, middle - 268, y + 5, NEAR)
            pen.rect(middle + 268, y - 5, width - 20, y + 5, NEAR)
    mark = pen.done()
    river = Pen((width, 512))
    river.polygon([*_bank(middle, -1), *reversed(_bank(middle, 1))])
    mark.putalpha(ImageChops.subtract(mark.getchannel("A"), river.done()))
    return mark


def _bank(middle, side):
    """One bank of the river, from the horizon down; it widens as it comes near."""
    course = [
        (44, 10, 3),
        (30, 100, 8),
        (-62, 176, 15),
        (-20, 262, 26),
        (84, 340, 40),
        (20, 440, 62),
        (-70, 530, 84),
    ]
    return spline([(middle + x + side * half, y) for x, y, half in course], closed=False, steps=24)

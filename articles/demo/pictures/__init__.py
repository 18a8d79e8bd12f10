"""The demo paper's pictures, drawn by program: landscapes, towns, rooms, portraits, bookings, the mark."""

from io import BytesIO

from . import abstract, land, people, places, portraits, rooms, season, town, water, work
from .bookings import booking
from .brush import Painting
from .mark import logo

PARTS = (water, land, season, town, places, people, rooms, work, abstract, portraits)
SCENES = {key: scene for part in PARTS for key, scene in part.SCENES.items()}

__all__ = ["SCENES", "as_file", "booking", "draw", "logo"]


def draw(key):
    """The picture of the scene `key`: 1600 × 1067 RGB, portraits 800 × 800, the same every time."""
    painting = Painting(key, (800, 800) if key in portraits.SCENES else (1600, 1067))
    SCENES[key](painting)
    return painting.finished()


def as_file(key):
    """The key and its picture as the bytes of a JPEG file; no Django here, so that a new process can run it."""
    out = BytesIO()
    draw(key).convert("RGB").save(out, "JPEG", quality=92)
    return key, out.getvalue()

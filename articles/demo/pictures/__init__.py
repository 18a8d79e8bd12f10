"""The demo paper's pictures, drawn by program: landscapes, towns, rooms, portraits, bookings, the mark."""

from . import abstract, land, people, places, portraits, rooms, season, town, water, work
from .bookings import booking
from .brush import Painting
from .mark import logo

PARTS = (water, land, season, town, places, people, rooms, work, abstract, portraits)
SCENES = {key: scene for part in PARTS for key, scene in part.SCENES.items()}

__all__ = ["SCENES", "booking", "draw", "logo"]


def draw(key):
    """The picture of the scene `key`: 1600 × 1067 RGB, portraits 800 × 800, the same every time."""
    painting = Painting(key, (800, 800) if key in portraits.SCENES else (1600, 1067))
    SCENES[key](painting)
    return painting.finished()

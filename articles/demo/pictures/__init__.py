"""The demo paper's pictures, drawn by program: landscapes, towns, rooms, portraits, bookings, the mark."""

from . import abstract, land, people, portraits, rooms, town, water
from .bookings import booking
from .brush import Painting
from .mark import logo

SCENES = {
    **water.SCENES,
    **land.SCENES,
    **town.SCENES,
    **people.SCENES,
    **rooms.SCENES,
    **abstract.SCENES,
    **portraits.SCENES,
}

__all__ = ["SCENES", "booking", "draw", "logo"]


def draw(key):
    """The picture of the scene `key`: 1600 × 1067 RGB, portraits 800 × 800, the same every time."""
    painting = Painting(key, (800, 800) if key in portraits.SCENES else (1600, 1067))
    SCENES[key](painting)
    return painting.finished()

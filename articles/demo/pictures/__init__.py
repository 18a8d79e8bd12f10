from . import land, people, rooms, town, water
from .brush import Painting
SCENES = {**land.SCENES, **water.SCENES, **town.SCENES, **people.SCENES, **rooms.SCENES}
def draw(key):
    p = Painting(key)
    SCENES[key](p)
    return p.finished()

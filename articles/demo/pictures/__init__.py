from . import land, town, water
from .brush import Painting
SCENES = {**land.SCENES, **water.SCENES, **town.SCENES}
def draw(key):
    p = Painting(key)
    SCENES[key](p)
    return p.finished()

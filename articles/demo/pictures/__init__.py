from . import land
from .brush import Painting
SCENES = {**land.SCENES}
def draw(key):
    p = Painting(key)
    SCENES[key](p)
    return p.finished()

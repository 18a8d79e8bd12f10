from django.test import SimpleTestCase
from PIL import ImageChops

from articles.demo import pictures
from articles.demo.pictures.bookings import ADVERTISERS, SIZES

PLACES = [
    "estuaire",
    "ville-crepuscule",
    "polder",
    "eoliennes",
    "canal",
    "conference",
    "course-cycliste",
    "observatoire",
    "scene-concert",
    "vallee-brume",
    "port-grues",
    "marche",
    "train-nuit",
    "tribunal",
    "barrage",
    "serre",
    "ecole",
    "usine-textile",
    "desert",
    "volcan-iles",
    "foret-automne",
    "hopital-nuit",
    "stade",
    "bibliotheque",
    "musee",
    "laboratoire",
    "champ-ble",
    "neige-village",
    "pont-suspendu",
    "parlement",
    "mer-tempete",
    "abeilles",
    "tram",
    "carte-abstraite",
    "composition-bleue",
    "composition-rouge",
]
PORTRAITS = [f"portrait-{letter}" for letter in "abcdef"]


def shades(picture):
    """How many colours a thumbnail of the picture has: a flat or broken one has few."""
    return len(set(picture.resize((120, 80)).quantize(256).getdata()))


class DemoPictureTests(SimpleTestCase):
    def test_the_scenes_are_those_the_stories_name(self):
        self.assertEqual(set(pictures.SCENES), {*PLACES, *PORTRAITS})

    def test_each_scene_is_drawn_whole_and_is_not_flat(self):
        for key in PLACES + PORTRAITS:
            with self.subTest(key):
                picture = pictures.draw(key)
                self.assertEqual(picture.size, (800, 800) if key in PORTRAITS else (1600, 1067))
                self.assertEqual(picture.mode, "RGB")
                self.assertGreater(shades(picture), 100)

    def test_a_scene_is_the_same_every_time(self):
        for key in ("portrait-b", "tribunal"):
            with self.subTest(key):
                self.assertIsNone(ImageChops.difference(pictures.draw(key), pictures.draw(key)).getbbox())

    def test_each_booking_is_drawn_in_each_size(self):
        for key in ADVERTISERS:
            for size in SIZES:
                with self.subTest(key=key, size=size):
                    picture = pictures.booking(key, *size)
                    self.assertEqual(picture.size, size)
                    self.assertGreater(shades(picture), 40)

    def test_the_mark_is_clear_round_its_banks(self):
        for wide, size in ((False, (512, 512)), (True, (1536, 512))):
            with self.subTest(wide=wide):
                mark = pictures.logo(wide=wide)
                self.assertEqual((mark.mode, mark.size), ("RGBA", size))
                self.assertEqual(mark.getpixel((0, 0))[3], 0)

"""What comes out of the files people upload, and what is refused."""

import io

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase
from PIL import Image as Picture

from images import reading
from tests.images.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    claims_to_be,
    corners,
    encoded,
    swapped_profile,
    with_exif,
)


def decoded(data):
    with reading.opened(io.BytesIO(data)) as picture:
        return reading.decoded(picture)


class Colours(SimpleTestCase):
    def assertColours(self, picture, *expected):
        """The colours in the corners, row by row, within what a lossy format may change."""
        w, h = picture.size
        for place, colour in zip([(9, 9), (w - 9, 9), (9, h - 9), (w - 9, h - 9)], expected, strict=True):
            found = picture.convert("RGB").getpixel(place)
            distance = max(abs(a - b) for a, b in zip(found, colour, strict=True))
            self.assertLess(distance, 24, f"{place}: {found}, not {colour}")


class DecodingTests(Colours):
    def test_every_format_we_name_is_read(self):
        for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"):
            with self.subTest(kind):
                picture = decoded(encoded(corners(), kind))
                self.assertEqual(picture.mode, "RGB")
                self.assertColours(picture, RED, GREEN, BLUE, WHITE)

    def test_each_orientation_comes_out_upright(self):
        upright = corners()
        stored_as = {  # how a camera held that way stores it: the inverse of what is undone
            1: upright,
            2: upright.transpose(Picture.Transpose.FLIP_LEFT_RIGHT),
            3: upright.transpose(Picture.Transpose.ROTATE_180),
            4: upright.transpose(Picture.Transpose.FLIP_TOP_BOTTOM),
            5: upright.transpose(Picture.Transpose.TRANSPOSE),
            6: upright.transpose(Picture.Transpose.ROTATE_90),
            7: upright.transpose(Picture.Transpose.TRANSVERSE),
            8: upright.transpose(Picture.Transpose.ROTATE_270),
        }
        for number, stored in stored_as.items():
            with self.subTest(number):
                exif = Picture.Exif()
                exif[0x0112] = number
                picture = decoded(encoded(stored, exif=exif))
                self.assertEqual(picture.size, (640, 400))
                self.assertColours(picture, RED, GREEN, BLUE, WHITE)

    def test_broken_exif_does_not_matter(self):
        data = bytearray(with_exif(orientation=1))
        at = data.index(b"Exif\0\0") + 6
        data[at : at + 40] = b"\xff" * 40
        self.assertColours(decoded(bytes(data)), RED, GREEN, BLUE, WHITE)

    def test_a_colour_profile_is_applied(self):
        picture = decoded(encoded(corners(), icc_profile=swapped_profile()))
        red, green, _blue = picture.getpixel((9, 9))
        self.assertGreater(green, red)

    def test_a_colour_profile_is_applied_beside_transparency(self):
        source = corners(mode="RGBA")
        source.putalpha(128)
        picture = decoded(encoded(source, "PNG", icc_profile=swapped_profile()))
        red, green, _blue, alpha = picture.getpixel((9, 9))
        self.assertGreater(green, red)
        self.assertEqual(alpha, 128)

    def test_a_broken_profile_is_left_out(self):
        picture = decoded(encoded(corners(), icc_profile=b"not a profile" * 20))
        self.assertColours(picture, RED, GREEN, BLUE, WHITE)

    def test_nothing_of_the_metadata_is_left(self):
        picture = decoded(with_exif(artist="Maëlle Torrekens"))
        self.assertEqual(picture.info, {})

    def test_cmyk_becomes_rgb(self):
        picture = decoded(encoded(corners(mode="CMYK")))
        self.assertEqual(picture.mode, "RGB")
        self.assertColours(picture, RED, GREEN, BLUE, WHITE)

    def test_sixteen_bit_grey_keeps_its_greys(self):
        source = Picture.new("I;16", (64, 64), 0x8000)
        self.assertEqual(decoded(encoded(source, "PNG")).getpixel((9, 9)), (128, 128, 128))

    def test_black_and_white_and_palettes(self):
        self.assertEqual(decoded(encoded(corners(mode="1"), "PNG")).mode, "RGB")
        self.assertColours(decoded(encoded(corners().quantize(16), "PNG")), RED, GREEN, BLUE, WHITE)
        self.assertEqual(decoded(encoded(corners(mode="LA"), "PNG")).mode, "RGB")

    def test_transparency_is_kept_where_there_is_some(self):
        source = corners(mode="RGBA")
        source.putpixel((0, 0), (0, 0, 0, 0))
        self.assertEqual(decoded(encoded(source, "PNG")).mode, "RGBA")
        self.assertEqual(decoded(encoded(corners(mode="RGBA"), "PNG")).mode, "RGB")

    def test_a_transparent_colour_of_a_palette_is_kept(self):
        source = Picture.new("P", (64, 64), 0)
        self.assertEqual(decoded(encoded(source, "GIF", transparency=0)).getpixel((9, 9))[3], 0)

    def test_an_animation_gives_its_first_image(self):
        frames = [Picture.new("RGB", (64, 64), colour) for colour in (RED, BLUE)]
        for kind in ("GIF", "WEBP", "PNG", "AVIF"):
            with self.subTest(kind):
                data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
                with reading.opened(io.BytesIO(data)) as picture:
                    self.assertTrue(reading.moves(picture))
                    self.assertColours(reading.decoded(picture), RED, RED, RED, RED)

    def test_a_large_picture_is_made_smaller(self):
        for kind, size in {"PNG": (4096, 3277), "JPEG": (3500, 2800)}.items():
            with self.subTest(kind):
                picture = decoded(encoded(corners(7000, 5600), kind))
                self.assertEqual(picture.size, size)
                self.assertColours(picture, RED, GREEN, BLUE, WHITE)

    def test_a_very_long_one_keeps_a_line(self):
        self.assertEqual(decoded(encoded(Picture.new("L", (60000, 16)), "PNG")).size, (4096, 1))


class RefusalTests(SimpleTestCase):
    def assertRefused(self, data, words):
        with self.assertRaisesRegex(ValidationError, words):
            decoded(data)

    def test_what_is_no_picture(self):
        self.assertRefused(b"To be or not to be, in a file named hamlet.jpg", "is not a picture")
        self.assertRefused(b"", "is not a picture")
        self.assertRefused(b"\xff\xd8\xff\xe0", "is not a picture")
        self.assertRefused(b"<html><img src=x onerror=alert(1)></html>", "is not a picture")

    def test_drawings_and_documents_are_told_how(self):
        self.assertRefused(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG.*as PNG")
        self.assertRefused(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript.*as PNG")
        self.assertRefused(b"%PDF-1.7\n", "PDF.*as PNG")

    def test_a_format_we_do_not_take_though_the_library_could(self):
        self.assertRefused(encoded(corners(), "TIFF"), "TIFF.*as JPEG")
        self.assertRefused(encoded(corners(), "BMP"), "is not a picture")
        self.assertRefused(encoded(corners(), "EPS"), "PostScript")

    def test_a_bomb_is_refused_by_its_header(self):
        for size in ((50_000, 50_000), (10_000, 10_000), (60_000, 1_000)):
            with self.subTest(size):
                self.assertRefused(claims_to_be(*size), "50 megapixels")

    def test_one_pixel_is_too_small(self):
        self.assertRefused(encoded(Picture.new("RGB", (1, 1)), "GIF"), "only 1 × 1 pixels")

    def test_what_is_cut_off(self):
        for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"):
            with self.subTest(kind):
                data = encoded(Picture.effect_noise((400, 300), 80).convert("RGB"), kind)
                self.assertRefused(data[: len(data) * 2 // 3], "damaged|not a picture")

    def test_a_header_without_its_pixels(self):
        self.assertRefused(claims_to_be(400, 300), "damaged")


class FingerprintTests(SimpleTestCase):
    def setUp(self):
        self.picture = Picture.linear_gradient("L").rotate(33).convert("RGB")

    def distance(self, a, b):
        return (int(reading.dhash(a), 16) ^ int(reading.dhash(b), 16)).bit_count()

    def test_it_survives_resizing_and_another_format(self):
        small = self.picture.resize((100, 80))
        again = Picture.open(io.BytesIO(encoded(self.picture, quality=40)))
        self.assertLessEqual(self.distance(self.picture, small), 4)
        self.assertLessEqual(self.distance(self.picture, again), 4)

    def test_another_picture_has_another(self):
        mirrored = self.picture.transpose(Picture.Transpose.FLIP_LEFT_RIGHT)
        self.assertGreater(self.distance(self.picture, mirrored), 16)

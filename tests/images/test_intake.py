"""Pictures on their way into the library."""

import errno
from unittest import mock

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import TestCase
from PIL import Image as Picture

from images import intake
from images.models import Image
from tests.factories import make_user
from tests.images.pictures import BLUE, RED, corners, encoded, uploaded, with_exif, with_iptc, with_xmp


def stored_files():
    """Every file of every month in the private part of the storage."""
    found, folders = [], ["masters"]
    while folders:
        folder = folders.pop()
        if default_storage.exists(folder):
            inner, files = default_storage.listdir(folder)
            folders += [f"{folder}/{name}" for name in inner]
            found += files
    return found


class ReceivingTests(TestCase):
    def test_a_picture_is_kept_with_its_renditions(self):
        journalist = make_user("journalist")
        image = intake.receive(uploaded(encoded(corners()), "Un_pont--de_nuit.JPG"), by=journalist)
        self.assertEqual((image.width, image.height, image.title), (640, 400, "Un pont de nuit"))
        self.assertEqual((image.uploaded_by, image.state), (journalist, Image.State.READY))
        self.assertTrue(Image.objects.get().renditions)

    def test_the_master_is_private_and_without_metadata(self):
        image = intake.receive(uploaded(with_exif(artist="X", orientation=6)), by=None)
        self.assertTrue(image.file.name.startswith("masters/"))
        with image.file.open("rb") as file, Picture.open(file) as master:
            self.assertEqual(dict(master.getexif()), {})
            self.assertEqual(master.format, "JPEG")
            self.assertNotIn("icc_profile", master.info)
            self.assertEqual(master.size, (400, 640))

    def test_no_rendition_tells_where_the_picture_was_taken(self):
        image = intake.receive(uploaded(with_exif(artist="X")), by=None)
        for rendition in image.renditions:
            with default_storage.open(rendition["name"]) as file, Picture.open(file) as picture:
                self.assertEqual(dict(picture.getexif()), {}, rendition["name"])
                self.assertFalse({"exif", "xmp", "icc_profile", "photoshop"} & picture.info.keys())

    def test_a_picture_with_transparency_stays_one(self):
        source = corners(mode="RGBA")
        source.paste((0, 0, 0, 0), (0, 0, 300, 200))
        image = intake.receive(uploaded(encoded(source, "PNG"), "logo.png"), by=None)
        self.assertTrue(image.file.name.endswith(".png"))

    def test_the_same_file_is_found_under_another_name(self):
        first = intake.receive(uploaded(encoded(corners()), "a.jpg"), by=None)
        before = stored_files()
        with self.assertRaises(intake.Duplicate) as caught:
            intake.receive(uploaded(encoded(corners()), "b.jpg"), by=None)
        self.assertEqual(caught.exception.existing, first)
        self.assertIn("“a”", caught.exception.messages[0])
        self.assertEqual(stored_files(), before)

    def test_the_same_file_twice_at_once_is_kept_once(self):
        first = intake.receive(uploaded(encoded(corners())), by=None)
        before = stored_files()
        seen = [Image.objects.none(), Image.objects.filter(pk=first.pk)]  # not there yet, then there
        with (
            mock.patch.object(Image.objects, "filter", side_effect=seen),
            self.assertRaises(intake.Duplicate),
        ):
            intake.receive(uploaded(encoded(corners())), by=None)
        self.assertEqual(stored_files(), before)

    def test_nearly_the_same_picture_is_only_a_hint(self):
        gradient = Picture.linear_gradient("L").rotate(33).convert("RGB")
        intake.receive(uploaded(encoded(gradient), "dune.jpg"), by=None)
        again = intake.receive(
            uploaded(encoded(gradient.resize((200, 200)), quality=60), "dune 2.jpg"), by=None
        )
        self.assertIn("resembles “dune”", again.notices[0])

    def test_two_plain_ones_resemble_nothing(self):
        intake.receive(uploaded(encoded(Picture.new("RGB", (64, 64), RED), "PNG")), by=None)
        other = intake.receive(uploaded(encoded(Picture.new("RGB", (64, 64), BLUE), "PNG")), by=None)
        self.assertEqual(other.notices, [])

    def test_an_animation_says_that_it_stands_still(self):
        frames = [Picture.new("RGB", (64, 64), colour) for colour in (RED, BLUE)]
        data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
        self.assertIn("animated", intake.receive(uploaded(data), by=None).notices[0])

    def test_sizes(self):
        with self.assertRaisesRegex(ValidationError, "is empty"):
            intake.receive(uploaded(b""), by=None)
        large = uploaded(b"x")
        large.size = 41 * 1024 * 1024
        with self.assertRaisesRegex(ValidationError, "larger than 40 MB"):
            intake.receive(large, by=None)

    def test_a_refused_file_leaves_nothing(self):
        before = stored_files()
        with self.assertRaises(ValidationError):
            intake.receive(uploaded(b"a text", "holiday.jpg"), by=None)
        self.assertEqual(stored_files(), before)
        self.assertFalse(Image.objects.exists())


class FullDiskTests(TestCase):
    def test_a_full_disk_is_told_and_nothing_is_half_kept(self):
        before = stored_files()
        full = OSError(errno.ENOSPC, "No space left on device")
        with (
            mock.patch("django.core.files.storage.filesystem.locks.lock", side_effect=full),
            self.assertRaisesRegex(ValidationError, "disk is full"),
        ):
            intake.receive(uploaded(encoded(corners())), by=None)
        self.assertEqual(stored_files(), before)
        self.assertFalse(Image.objects.exists())

    def test_a_row_that_cannot_be_written_takes_the_file_along(self):
        before = stored_files()
        with (
            mock.patch.object(Image, "save", side_effect=RuntimeError),
            self.assertRaises(RuntimeError),
        ):
            intake.receive(uploaded(encoded(corners())), by=None)
        self.assertEqual(stored_files(), before)


class ToldTests(TestCase):
    """What the file says about itself is read before it is dropped."""

    def receive(self, data):
        return intake.receive(uploaded(data, "IMG_0042.jpg"), by=None)

    def test_iptc(self):
        fields = {
            5: b"A bridge",
            80: "Éloïse Marnix".encode(),
            110: b"agence.example",
            116: "© 2026".encode(),
        }
        image = self.receive(with_iptc(fields | {120: b"Le pont, \nmardi"}))
        self.assertEqual(image.credit, "Éloïse Marnix / agence.example")
        self.assertEqual((image.title, image.caption, image.rights), ("A bridge", "Le pont, mardi", "© 2026"))

    def test_iptc_in_an_old_encoding(self):
        self.assertEqual(self.receive(with_iptc({80: "Éloïse".encode("latin-1")})).credit, "Éloïse")

    def test_exif(self):
        image = self.receive(
            with_exif(artist="Ruben Halloy", copyright="agence.example", description="Le port")
        )
        self.assertEqual(
            (image.credit, image.rights, image.caption), ("Ruben Halloy", "agence.example", "Le port")
        )

    def test_what_cameras_write_by_themselves_is_no_caption(self):
        image = self.receive(with_exif(description="OLYMPUS DIGITAL CAMERA"))
        self.assertEqual((image.caption, image.title), ("", "IMG 0042"))

    def test_xmp_with_a_description_for_those_who_do_not_see_it(self):
        body = """<dc:creator><rdf:Seq><rdf:li>Inès Dubrac</rdf:li>
        <rdf:li>Li Wei</rdf:li></rdf:Seq></dc:creator>
        <photoshop:Credit>agence.example</photoshop:Credit>
        <core:AltTextAccessibility><rdf:Alt>
        <rdf:li xml:lang="x-default">Un pont sous la pluie</rdf:li>
        <rdf:li xml:lang="en">A bridge in the rain</rdf:li></rdf:Alt></core:AltTextAccessibility>"""
        image = self.receive(with_xmp(body))
        self.assertEqual(
            (image.credit, image.alt), ("Inès Dubrac, Li Wei / agence.example", "Un pont sous la pluie")
        )

    def test_broken_or_hostile_metadata_does_not_matter(self):
        entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><dc:description>&e;</dc:description>'
        self.assertEqual(self.receive(with_xmp(entity)).caption, "")
        self.assertEqual(self.receive(with_iptc({120: b"\xff\0\x01" * 3000})).title, "IMG 0042")

    def test_it_is_cut_to_what_the_fields_hold(self):
        image = self.receive(with_iptc({120: b"word " * 400, 80: b"N" * 900}))
        image.full_clean()

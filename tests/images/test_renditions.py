"""What is made of a picture, and when its files go."""

from unittest import mock

from django.core.files.storage import default_storage
from django.test import SimpleTestCase, TestCase
from PIL import Image as Picture

from images import intake, renditions, tasks
from images.models import Image
from tests.images.pictures import RED, corners, encoded, uploaded


def make(width=640, height=400, **options):
    return intake.receive(uploaded(encoded(corners(width, height), **options)), by=None)


def rows(image, ratio, form):
    return [
        (row["width"], row["height"])
        for row in image.renditions
        if (row["ratio"], row["format"]) == (ratio, form)
    ]


class CropTests(SimpleTestCase):
    def test_the_focal_point_is_in_the_middle_where_it_can_be(self):
        self.assertEqual(renditions.crop_box(1600, 900, 1, 50, 50), (350, 0, 1250, 900))
        self.assertEqual(renditions.crop_box(1600, 900, 1, 0, 0), (0, 0, 900, 900))
        self.assertEqual(renditions.crop_box(1600, 900, 1, 100, 100), (700, 0, 1600, 900))
        self.assertEqual(renditions.crop_box(900, 1600, 16 / 9, 50, 10), (0, 0, 900, 506))

    def test_no_ratio_is_the_whole_picture(self):
        self.assertEqual(renditions.crop_box(37, 91, None, 3, 99), (0, 0, 37, 91))

    def test_it_never_leaves_the_picture(self):
        for size in ((1, 5000), (5000, 1), (17, 16), (4096, 2731)):
            for ratio in (1, 4 / 3, 16 / 9, 1200 / 630):
                for focal in (0, 33, 100):
                    left, top, right, bottom = renditions.crop_box(*size, ratio, focal, focal)
                    self.assertTrue(0 <= left < right <= size[0] and 0 <= top < bottom <= size[1])


class WidthsTests(SimpleTestCase):
    def test_never_wider_than_the_picture(self):
        self.assertEqual(renditions.widths(4096), [400, 800, 1200, 1600])
        self.assertEqual(renditions.widths(1500), [400, 800, 1200, 1500])
        self.assertEqual(renditions.widths(1230), [400, 800, 1200])
        self.assertEqual(renditions.widths(320), [320])


class MakingTests(TestCase):
    def test_four_widths_four_shapes_two_formats_and_the_jpegs(self):
        image = make(2400, 1500)
        for form in ("avif", "webp"):
            self.assertEqual(rows(image, "full", form), [(1600, 1000), (1200, 750), (800, 500), (400, 250)])
            self.assertEqual(rows(image, "16x9", form), [(1600, 900), (1200, 675), (800, 450), (400, 225)])
            self.assertEqual(rows(image, "4x3", form), [(1600, 1200), (1200, 900), (800, 600), (400, 300)])
            self.assertEqual(rows(image, "1x1", form), [(1500, 1500), (1200, 1200), (800, 800), (400, 400)])
        for ratio, size in {
            "full": (1200, 750),
            "16x9": (1200, 675),
            "4x3": (1200, 900),
            "1x1": (1200, 1200),
        }.items():
            self.assertEqual(rows(image, ratio, "jpeg"), [size])
        self.assertEqual(rows(image, "share", "jpeg"), [(1200, 630)])

    def test_the_files_are_what_the_rows_say(self):
        image = make(900, 700)
        for row in image.renditions:
            with default_storage.open(row["name"]) as file, Picture.open(file) as picture:
                self.assertEqual(picture.size, (row["width"], row["height"]))
                self.assertEqual(picture.format.lower(), row["format"])
                self.assertEqual(default_storage.size(row["name"]), row["bytes"])
            self.assertTrue(row["name"].startswith("renditions/"))

    def test_a_small_picture_has_one_of_each_at_its_own_width(self):
        self.assertEqual(rows(make(300, 200), "full", "avif"), [(300, 200)])

    def test_a_shape_that_the_picture_has_already_is_not_made_twice(self):
        image = make(800, 600)
        names = {row["name"] for row in image.renditions if row["ratio"] in ("full", "4x3")}
        self.assertEqual(rows(image, "full", "webp"), rows(image, "4x3", "webp"))
        self.assertEqual(len(names), 5)

    def test_transparency_is_white_in_a_jpeg_and_kept_in_the_others(self):
        source = Picture.new("RGBA", (500, 500), (0, 0, 0, 0))
        source.paste((*RED, 255), (200, 200, 300, 300))
        image = intake.receive(uploaded(encoded(source, "PNG")), by=None)
        with (
            default_storage.open(image.rendition("full", 400, "jpeg")["name"]) as file,
            Picture.open(file) as picture,
        ):
            self.assertEqual(picture.getpixel((5, 5)), (255, 255, 255))
        with (
            default_storage.open(image.rendition("full", 400, "webp")["name"]) as file,
            Picture.open(file) as picture,
        ):
            self.assertEqual(picture.convert("RGBA").getpixel((5, 5))[3], 0)

    def test_it_is_cropped_round_the_focal_point(self):
        image = make(1600, 400)
        image.focal_x = 100
        image.save()
        tasks.make_again(image)
        with (
            default_storage.open(image.rendition("1x1", 400, "jpeg")["name"]) as file,
            Picture.open(file) as picture,
        ):
            red, green, blue = picture.getpixel((10, 10))
        self.assertTrue(green > red and green > blue)

    def test_a_new_crop_has_new_names_and_the_old_files_go(self):
        image = make(1600, 400)
        before = {row["name"] for row in image.renditions}
        image.focal_x = 0
        image.save()
        with self.captureOnCommitCallbacks(execute=True):
            tasks.make_again(image)
        after = {row["name"] for row in image.renditions}
        self.assertTrue(before - after)
        self.assertEqual([name for name in before - after if default_storage.exists(name)], [])
        self.assertTrue(all(default_storage.exists(name) for name in after))
        self.assertTrue(before & after)  # the whole picture is as it was

    def test_a_focal_point_moved_meanwhile_leaves_the_row_to_the_next_one(self):
        image = make(1600, 400)
        stale = Image.objects.get()
        Image.objects.update(focal_x=9, state=Image.State.WAITING)
        tasks.make(stale)
        self.assertEqual(Image.objects.get().state, Image.State.WAITING)
        self.assertEqual(Image.objects.get().renditions, image.renditions)

    def test_a_picture_deleted_meanwhile_leaves_no_files(self):
        image = make()
        names = [row["name"] for row in image.renditions]
        gone = mock.patch.object(Image.objects, "select_for_update", return_value=Image.objects.none())
        with self.captureOnCommitCallbacks(execute=True), gone:
            tasks.make(image)
        self.assertFalse(any(default_storage.exists(name) for name in names))

    def test_half_a_file_from_before_is_written_again(self):
        image = make()
        row = image.renditions[0]
        with default_storage.open(row["name"], "wb") as file:
            file.write(b"half")
        tasks.make(image)
        self.assertEqual(default_storage.size(row["name"]), row["bytes"])

    def test_the_task_does_not_do_again_what_is_done(self):
        image = make()
        with mock.patch("images.tasks.make") as again:
            tasks.make_renditions.call(image.pk)
            tasks.make_renditions.call(image.pk + 1)
        again.assert_not_called()

    def test_what_is_still_shown_is_not_discarded(self):
        image = make()
        names = [row["name"] for row in image.renditions]
        tasks.discard.call(image.pk, names)
        self.assertTrue(all(default_storage.exists(name) for name in names))


class FailureTests(TestCase):
    def test_a_failure_is_told_and_what_was_there_stays(self):
        image = make()
        with mock.patch("images.renditions.write", side_effect=OSError(28, "No space left on device")):
            tasks.make_again(image)
        self.assertEqual((image.state, image.error), (Image.State.FAILED, Image.Problem.DISK))
        self.assertIn("disk is full", image.get_error_display())
        self.assertTrue(image.is_ready)

    def test_it_can_be_tried_again(self):
        image = make()
        default_storage.delete(image.renditions[0]["name"])
        with mock.patch("images.renditions._made", side_effect=MemoryError):
            tasks.make_again(image)
        self.assertEqual(image.error, Image.Problem.OTHER)
        tasks.make_again(image)
        self.assertEqual((image.state, image.error), (Image.State.READY, ""))
        self.assertTrue(default_storage.exists(image.renditions[0]["name"]))

    def test_a_lost_master_is_a_failure_with_a_reason(self):
        image = make()
        default_storage.delete(image.file.name)
        tasks.make_again(image)
        self.assertEqual(image.error, Image.Problem.UNREADABLE)

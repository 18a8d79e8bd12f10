"""The JSON by which the picker and the upload page talk to the desk."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from images.models import Image
from tests.factories import make_image, make_user, picture_file
from tests.images.pictures import corners, encoded, uploaded

PICKER = reverse("admin:images_image_picker")
UPLOAD = reverse("admin:images_image_picker_upload")


def one(image):
    return reverse("admin:images_image_picker_picture", args=[image.pk])


class PickerTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user(), make_user("editor")

    def setUp(self):
        self.client.force_login(self.journalist)


class FindingTests(PickerTestCase):
    def titles(self, **query):
        return [found["title"] for found in self.client.get(PICKER, query).json()["results"]]

    def test_the_newest_comes_first(self):
        make_image(title="Le pont"), make_image(title="La gare")
        self.assertEqual(self.titles(), ["La gare", "Le pont"])

    def test_words_are_found_without_their_accents_and_by_their_beginning(self):
        make_image(title="Marché de Noël"), make_image(title="Le pont")
        self.assertEqual(self.titles(q="marche noe"), ["Marché de Noël"])

    def test_mine_are_those_i_uploaded(self):
        make_image(title="À moi", by=self.journalist), make_image(title="À elle", by=self.editor)
        self.assertEqual(self.titles(mine="1"), ["À moi"])

    def test_the_next_page_begins_after_the_last_seen(self):
        pks = [make_image().pk for _number in range(3)]
        found = self.client.get(PICKER, {"after": pks[1]}).json()
        self.assertEqual([row["id"] for row in found["results"]], [pks[0]])
        self.assertIsNone(found["next"])

    def test_a_full_page_tells_where_the_next_begins(self):
        Image.objects.bulk_create(Image(sha256=str(n), width=1, height=1, file=f"{n}") for n in range(26))
        found = self.client.get(PICKER).json()
        self.assertEqual(len(found["results"]), 24)
        self.assertEqual(found["next"], found["results"][-1]["id"])

    def test_garbage_after_is_not_found(self):
        for after in ("x", "-1", "9" * 30):
            self.assertEqual(self.client.get(PICKER, {"after": after}).status_code, 404)

    def test_many_pictures_cost_as_few_queries_as_one(self):
        make_image()
        with CaptureQueriesContext(connection) as one:
            self.client.get(PICKER)
        for _number in range(5):
            make_image()
        with self.assertNumQueries(len(one)):
            self.client.get(PICKER)

    def test_a_stranger_signs_in_first(self):
        self.client.logout()
        self.assertEqual(self.client.get(PICKER).status_code, 302)

    def test_who_may_not_see_pictures_gets_none(self):
        self.journalist.groups.clear()
        for address in (PICKER, one(make_image()), reverse("admin:images_image_picker_dialog")):
            self.assertEqual(self.client.get(address).status_code, 403)


class UploadingTests(PickerTestCase):
    def send(self, file, **more):
        return self.client.post(UPLOAD, {"file": file, **more})

    def test_a_picture_is_taken_and_described(self):
        told = self.send(picture_file("Le pont.jpg")).json()["image"]
        image = Image.objects.get()
        self.assertEqual((told["id"], told["title"], told["mayChange"]), (image.pk, "Le pont", True))
        self.assertEqual(image.uploaded_by, self.journalist)

    def test_the_credit_for_all_does_not_replace_the_files_own(self):
        self.send(picture_file(), credit="Agence Canal")
        exif = corners().getexif()
        exif[0x013B] = "Aline Verbeke"
        self.send(uploaded(encoded(corners(), exif=exif)), credit="Agence Canal")
        self.assertEqual(
            list(Image.objects.order_by("pk").values_list("credit", flat=True)),
            ["Agence Canal", "Aline Verbeke"],
        )

    def test_a_duplicate_gives_the_one_that_is_there(self):
        there = make_image(by=self.editor)
        first = self.send(picture_file(colour=(1, 2, 3))).json()["image"]
        again = self.send(picture_file(colour=(1, 2, 3))).json()
        self.assertEqual(again["image"]["id"], first["id"])
        self.assertIn("already", again["notices"][0])
        self.assertEqual(Image.objects.exclude(pk=there.pk).count(), 1)

    def test_what_is_no_picture_is_refused_in_a_sentence(self):
        answer = self.send(uploaded(b"hello", "photo.jpg"))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("not a picture", answer.json()["error"])

    def test_no_file_is_a_sentence_too(self):
        self.assertEqual(self.client.post(UPLOAD).status_code, 422)

    def test_who_may_not_add_is_refused(self):
        self.journalist.groups.clear()
        self.assertEqual(self.send(picture_file()).status_code, 403)
        self.assertFalse(Image.objects.exists())


class DescribingTests(PickerTestCase):
    def test_a_journalist_describes_their_own(self):
        image = make_image(by=self.journalist)
        texts = {"alt": "Un  pont ", "caption": "Mardi", "credit": "Moi"}
        told = self.client.post(one(image), texts).json()["image"]
        self.assertEqual((told["alt"], told["caption"], told["credit"]), ("Un pont", "Mardi", "Moi"))

    def test_a_journalist_only_uses_somebody_elses(self):
        image = make_image(by=self.editor, alt="Avant")
        self.assertFalse(self.client.get(one(image)).json()["image"]["mayChange"])
        self.assertEqual(self.client.post(one(image), {"alt": "Après"}).status_code, 403)
        image.refresh_from_db()
        self.assertEqual(image.alt, "Avant")

    def test_an_editor_describes_any(self):
        self.client.force_login(self.editor)
        image = make_image(by=self.journalist)
        self.assertEqual(self.client.post(one(image), {"alt": "Après"}).json()["image"]["alt"], "Après")

    def test_a_text_that_is_too_long_is_refused_beside_its_field(self):
        answer = self.client.post(one(make_image(by=self.journalist)), {"alt": "x" * 301})
        self.assertEqual((answer.status_code, list(answer.json()["errors"])), (422, ["alt"]))

    def test_describing_leaves_what_the_background_makes(self):
        image = make_image(by=self.journalist)
        self.client.post(one(image), {"alt": "Un pont", "caption": "", "credit": ""})
        image.refresh_from_db()
        self.assertTrue(image.renditions)

    def test_ended_rights_are_told(self):
        image = make_image(rights_until="2020-01-01")
        self.assertIn("2020", self.client.get(one(image)).json()["image"]["ended"])

    def test_markup_in_a_name_stays_text(self):
        make_image(title="<script>alert(1)</script>")
        self.assertNotContains(self.client.get(reverse("admin:images_image_changelist")), "<script>alert")


class DialogTests(PickerTestCase):
    def test_it_is_whole_and_has_no_script_or_style_of_its_own(self):
        page = self.client.get(reverse("admin:images_image_picker_dialog"))
        self.assertContains(page, "<dialog")
        self.assertContains(page, "csrfmiddlewaretoken")
        for forbidden in ("<script", "<style", "style=", "onclick"):
            self.assertNotContains(page, forbidden)

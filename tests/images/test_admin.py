"""The library at the desk: the grid, the upload page, one picture, and who may do what there."""

from datetime import date, timedelta

from django.core.files.storage import default_storage
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from images import usage
from images.intake import receive
from images.models import Image
from tests.factories import make_image, make_user, picture_file
from tests.images.pictures import corners, encoded, uploaded

LIST, ADD = reverse("admin:images_image_changelist"), reverse("admin:images_image_add")


def address(image, page="change"):
    return reverse(f"admin:images_image_{page}", args=[image.pk])


class DeskTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user(), make_user("editor")

    def setUp(self):
        self.client.force_login(self.editor)

    def use(self, image):
        """Have `image` used in a story, as an app above would say."""
        usage.register(used := lambda ids: [(image.pk, "Un pont de plus", "/admin/somewhere/")])
        self.addCleanup(usage._functions.remove, used)

    def send(self, image, **changed):
        """Send the change form, as it stands but for `changed`."""
        form = self.client.get(address(image)).context["adminform"].form
        data = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
        data = {name: "" if value is None else value for name, value in data.items()}
        return self.client.post(address(image), data | changed)


class GridTests(DeskTestCase):
    def shown(self, **query):
        return [image.title for image in self.client.get(LIST, query).context["cl"].result_list]

    def test_it_shows_pictures_with_what_is_wrong_with_them(self):
        make_image(title="Sans texte", alt="", rights_until=date(2020, 1, 1))
        page = self.client.get(LIST)
        for words in ("Sans texte", "no description", "rights ended"):
            self.assertContains(page, words)

    def test_search_filters_and_the_next_page(self):
        today = timezone.localdate()
        make_image(title="Pont", by=self.editor, rights_until=today + timedelta(days=9))
        make_image(title="Gare", rights_until=today - timedelta(days=1))
        last = make_image(title="Marché")
        Image.objects.filter(pk=last.pk).update(state="failed")
        self.assertEqual(self.shown(q="marche"), ["Marché"])
        self.assertEqual(self.shown(mine="1"), ["Pont"])
        self.assertEqual(self.shown(rights="soon"), ["Pont"])
        self.assertEqual(self.shown(rights="ended"), ["Gare"])
        self.assertEqual(self.shown(state__exact="failed"), ["Marché"])
        self.assertEqual(self.shown(after=last.pk), ["Gare", "Pont"])

    def test_it_never_counts_and_many_cost_as_few_queries_as_one(self):
        make_image()
        with CaptureQueriesContext(connection) as one:
            self.client.get(LIST)
        self.assertNotIn("COUNT", str(one.captured_queries))
        for _number in range(5):
            make_image()
        with self.assertNumQueries(len(one)):
            self.client.get(LIST)

    def test_garbage_in_the_address_is_put_right(self):
        for query in ({"after": "x"}, {"after": "9" * 30}, {"o": "7"}, {"p": "x"}, {"state__exact": "?"}):
            self.assertIn(self.client.get(LIST, query).status_code, (200, 302), query)


class UploadPageTests(DeskTestCase):
    def test_several_files_come_in_without_script(self):
        files = [
            picture_file("Un.jpg", colour=(9, 9, 9)),
            uploaded(b"hello", "faux.jpg"),
            picture_file("Deux.jpg"),
        ]
        page = self.client.post(ADD, {"files": files, "credit": "Agence Canal"})
        self.assertContains(page, "not a picture")
        self.assertContains(page, "In the library. <a", 2)
        self.assertEqual(
            set(Image.objects.values_list("title", "credit")),
            {("Un", "Agence Canal"), ("Deux", "Agence Canal")},
        )

    def test_no_file_is_said(self):
        self.assertContains(self.client.post(ADD), "No file came")

    def test_too_many_at_once_are_named(self):
        files = [uploaded(b"x", f"{n}.jpg") for n in range(21)]
        self.assertContains(self.client.post(ADD, {"files": files}), "20.jpg")

    def test_who_may_not_add_is_refused(self):
        self.editor.groups.clear()
        self.assertEqual(self.client.get(ADD).status_code, 403)


class PicturePageTests(DeskTestCase):
    def test_texts_are_changed_and_the_renditions_stay(self):
        image = make_image()
        before = image.renditions
        self.assertRedirects(self.send(image, alt="Une gare", rights_until="2030-05-01"), LIST)
        image.refresh_from_db()
        self.assertEqual(
            (image.alt, image.rights_until, image.renditions), ("Une gare", date(2030, 5, 1), before)
        )

    def test_another_focal_point_makes_other_crops(self):
        image = receive(uploaded(encoded(corners())), by=self.editor)
        before = image.rendition("1x1", 400, "webp")["name"]
        self.send(image, focal_x="0")
        image.refresh_from_db()
        self.assertEqual((image.focal_x, image.state), (0, "ready"))
        self.assertNotEqual(image.rendition("1x1", 400, "webp")["name"], before)

    def test_a_focal_point_outside_is_refused(self):
        self.assertContains(self.send(make_image(), focal_x="101"), "errorlist")

    def test_a_failed_picture_is_made_again(self):
        image = make_image()
        Image.objects.filter(pk=image.pk).update(state="failed", error="disk", renditions=[])
        self.assertContains(self.client.get(address(image)), "The disk is full")
        self.assertRedirects(self.send(image, _again="1"), address(image))
        image.refresh_from_db()
        self.assertEqual((image.state, image.error), ("ready", ""))

    def test_it_says_where_it_is_used_and_then_cannot_be_deleted(self):
        image = make_image()
        self.use(image)
        page = self.client.get(address(image))
        self.assertContains(page, "Un pont de plus")
        self.assertNotContains(page, "deletelink")
        page = self.client.post(address(image, "delete"), {"post": "yes"}, follow=True)
        self.assertContains(page, "it is used in “Un pont de plus”")
        self.assertTrue(Image.objects.filter(pk=image.pk).exists())

    def test_an_unused_one_goes_with_its_files(self):
        image = make_image()
        with self.captureOnCommitCallbacks(execute=True):
            self.assertRedirects(self.client.post(address(image, "delete"), {"post": "yes"}), LIST)
        self.assertFalse(any(default_storage.exists(name) for name in image.files))


class RoleTests(DeskTestCase):
    def test_a_journalist_changes_only_their_own(self):
        self.client.force_login(self.journalist)
        mine, other = make_image(by=self.journalist), make_image(by=self.editor, alt="Avant")
        self.assertContains(self.client.get(address(mine)), "_save")
        page = self.client.get(address(other))
        self.assertNotContains(page, "_save")
        self.assertNotContains(page, "focus_help")
        self.assertEqual(self.client.post(address(other), {"alt": "Après"}).status_code, 403)

    def test_a_journalist_deletes_none(self):
        self.client.force_login(self.journalist)
        mine = make_image(by=self.journalist)
        self.assertEqual(self.client.post(address(mine, "delete"), {"post": "yes"}).status_code, 403)

    def test_editors_and_administrators_change_and_delete_any(self):
        for role in ("editor", "administrator"):
            self.client.force_login(make_user(role))
            page = self.client.get(address(make_image(by=self.journalist)))
            self.assertContains(page, "_save")
            self.assertContains(page, "deletelink")


class MasterTests(DeskTestCase):
    def test_the_desk_downloads_the_master_and_nobody_else(self):
        image = make_image()
        answer = self.client.get(address(image, "master"))
        self.assertEqual(b"".join(answer.streaming_content)[:2], b"\xff\xd8")
        self.assertIn("sandbox", answer["Content-Security-Policy"])
        self.editor.groups.clear()
        self.assertEqual(self.client.get(address(image, "master")).status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.get(address(image, "master")).status_code, 302)
        self.assertEqual(self.client.get(default_storage.url(image.file.name)).status_code, 404)

    def test_a_waiting_picture_is_shown_small_from_its_master(self):
        image = make_image()
        Image.objects.filter(pk=image.pk).update(state="waiting", renditions=[])
        image.refresh_from_db()
        self.assertEqual(self.client.get(image.desk_url())["Content-Type"], "image/jpeg")

    def test_a_master_that_is_gone_is_not_found(self):
        image = make_image()
        default_storage.delete(image.file.name)
        for page in ("master", "thumb"):
            self.assertEqual(self.client.get(address(image, page)).status_code, 404)

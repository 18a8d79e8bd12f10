"""Pictures that stand in a pasted text itself."""

import base64

from django.test import TestCase

from images.models import Image
from images.pasted import MOST, take_in
from tests.factories import make_user, picture_bytes


def inline(data):
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


class PastedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist = make_user("journalist")

    def take_in(self, html):
        return take_in(html, by=self.journalist)

    def test_a_picture_is_in_the_library_and_named_by_its_id(self):
        html, sentences = self.take_in(f"<p>Avant {inline(picture_bytes(kind='PNG'))} après</p>")
        image = Image.objects.get()
        self.assertEqual(html, f'<p>Avant <figure data-image="{image.pk}"></figure> après</p>')
        self.assertEqual((image.uploaded_by, sentences), (self.journalist, []))

    def test_it_has_the_name_that_is_given(self):
        take_in(inline(picture_bytes(kind="PNG")), by=self.journalist, title="Pasted picture, Le pont")
        self.assertEqual(Image.objects.get().title, "Pasted picture, Le pont")

    def test_the_same_one_twice_is_one_picture(self):
        self.take_in(inline(picture_bytes(kind="PNG")) * 2)
        self.assertEqual(Image.objects.count(), 1)

    def test_what_is_no_picture_is_left_out_with_a_sentence(self):
        for broken in (inline(b"no picture"), '<img src="data:image/png;base64,?">'):
            with self.subTest(broken):
                html, sentences = self.take_in(f"<p>{broken}</p>")
                self.assertEqual((html, len(sentences)), ("<p></p>", 1))

    def test_too_many_are_left_out_with_one_sentence(self):
        _html, sentences = self.take_in(inline(picture_bytes(kind="PNG")) * (MOST + 3))
        self.assertEqual(len(sentences), 1)

    def test_a_million_open_brackets_are_passed_by(self):
        html = "data:image/" + "<img " * 200_000
        self.assertEqual(self.take_in(html), (html, []))

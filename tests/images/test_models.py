"""Finding, showing and deleting pictures."""

from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.test import TestCase

from images.models import Image
from images.words import words
from pagecache.generation import current
from tests.factories import make_article, make_image


class FindingTests(TestCase):
    def test_words_are_found_without_accents_and_by_their_beginning(self):
        image = make_image(title="L'Œuvre d'un été", alt="Des cœurs", caption="Mons, 2026", credit="Éloïse")
        for text in ("oeuvre", "ETE", "ét", "coeurs mons", "eloise 2026", "œuv"):
            self.assertEqual(list(Image.objects.matching(text)), [image], text)
        for text in ("vre", "mons paris", "paris"):
            self.assertEqual(list(Image.objects.matching(text)), [], text)

    def test_no_words_are_all_pictures(self):
        image = make_image()
        for text in ("", " ", "%_'\"", "\0"):
            self.assertEqual(list(Image.objects.matching(text)), [image], text)

    def test_new_words_replace_the_old_ones(self):
        image = make_image(title="Pont")
        image.title = "Tunnel"
        image.save()
        self.assertFalse(Image.objects.matching("pont").filter(alt="").exists())
        self.assertTrue(Image.objects.matching("tunnel").exists())

    def test_words_are_cut_and_counted_once(self):
        self.assertEqual(words("pont Pont PONT"), {"pont"})
        self.assertEqual(words("é" * 90), {"e" * 40})

    def test_the_search_reads_an_index(self):
        plan = Image.objects.matching("pont").order_by("-pk")[:24].explain()
        self.assertNotIn("SCAN images_word", plan)


class AddressTests(TestCase):
    def test_addresses_for_those_who_ask(self):
        image = make_image()
        origin = "https://paper.example"
        self.assertEqual(len(image.jsonld_urls(origin)), 3)
        self.assertTrue(
            all(
                url.startswith("https://paper.example/media/renditions/") for url in image.jsonld_urls(origin)
            )
        )
        self.assertIn("-share-1200-", image.share_url(origin))
        told = image.rendition_for_feed(origin)
        self.assertEqual((told["type"], told["width"], told["height"]), ("image/jpeg", 640, 427))
        self.assertTrue(told["bytes"])

    def test_nothing_to_show_yet(self):
        image = Image(title="new")
        self.assertEqual((image.url(), image.share_url("x"), image.jsonld_urls("x")), ("", "", []))
        self.assertIsNone(image.rendition_for_feed("x"))
        self.assertFalse(image.is_ready)

    def test_the_narrowest_that_is_wide_enough(self):
        image = make_image()
        self.assertIn("-full-400-", image.url("full", 300, "webp"))
        self.assertIn("-full-640-", image.url("full", 401, "webp"))
        self.assertIn("-full-640-", image.url("full", 4000, "webp"))

    def test_no_directory_of_ours_is_a_word_that_blockers_hide(self):
        for row in make_image().renditions:
            self.assertRegex(row["name"], r"^renditions/\d+/\d+-[0-9a-z]+-\d+-[0-9a-f]{16}\.(avif|webp|jpg)$")


class SavingTests(TestCase):
    def test_a_form_that_was_open_does_not_undo_what_the_background_made(self):
        image = make_image()
        held = Image.objects.get()
        Image.objects.update(renditions=[], state=Image.State.FAILED)
        held.caption = "Mardi"
        held.save()
        image.refresh_from_db()
        self.assertEqual((image.caption, image.state, image.renditions), ("Mardi", Image.State.FAILED, []))

    def test_a_change_is_a_change_of_what_is_public(self):
        image = make_image()
        before = current()
        image.credit = "agence.example"
        image.save()
        self.assertNotEqual(current(), before)


class DeletingTests(TestCase):
    def test_the_files_go_once_it_is_certain(self):
        image = make_image()
        names = image.files
        self.assertTrue(all(map(default_storage.exists, names)))
        with self.captureOnCommitCallbacks(execute=True):
            image.delete()
            self.assertTrue(all(map(default_storage.exists, names)))
        self.assertFalse(any(map(default_storage.exists, names)))

    def test_many_at_once(self):
        names = [*make_image().files, *make_image().files]
        with self.captureOnCommitCallbacks(execute=True):
            Image.objects.all().delete()
        self.assertFalse(any(map(default_storage.exists, names)))

    def test_one_in_use_is_not_deleted(self):
        lead, inner = make_image(), make_image()
        article = make_article(image=lead, body=f'<p>Texte.</p><figure data-image="{inner.pk}"></figure>')
        for image in (lead, inner):
            with self.assertRaises(ProtectedError):
                image.delete()
            with self.assertRaises(ProtectedError):
                Image.objects.filter(pk=image.pk).delete()
            self.assertEqual(image.used_in()[0][0], article.title)
        self.assertEqual(Image.objects.count(), 2)

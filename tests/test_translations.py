"""The catalogues: complete, compiled as they are written, and shown in the page's language."""

import re

import polib
from django.conf import settings
from django.test import SimpleTestCase, TestCase

from tests.factories import make_article, make_section, with_translations

LANGUAGES = ("fr", "nl", "de")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(language, ending):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / f"django.{ending}"
    return polib.pofile(str(path)) if ending == "po" else polib.mofile(str(path))


class CatalogueTests(SimpleTestCase):
    def test_every_string_is_translated(self):
        for language in LANGUAGES:
            written = catalogue(language, "po")
            with self.subTest(language=language):
                self.assertEqual([entry.msgid for entry in written.untranslated_entries()], [])
                self.assertEqual([entry.msgid for entry in written.fuzzy_entries()], [])

    def test_what_is_compiled_is_what_is_written(self):
        def pairs(entries):
            return {(e.msgctxt, e.msgid): e.msgstr or tuple(e.msgstr_plural.values()) for e in entries}

        for language in LANGUAGES:
            written = [entry for entry in catalogue(language, "po") if not entry.obsolete]
            with self.subTest(language=language):
                self.assertEqual(pairs(catalogue(language, "mo")), pairs(written))

    def test_placeholders_survive_translation(self):
        for language in LANGUAGES:
            for entry in catalogue(language, "po"):
                for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
                    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
                    with self.subTest(language=language, string=entry.msgid):
                        self.assertLessEqual(set(PLACEHOLDER.findall(text)), wanted)


@with_translations()
class PageTests(TestCase):
    def test_the_interface_follows_the_storys_language(self):
        words = {"fr": "Publié le", "nl": "Gepubliceerd op", "de": "Veröffentlicht am", "en": "Published on"}
        for language, expected in words.items():
            make_section(language, language=language)
            story = make_article(language=language, section=language)
            response = self.client.get(story.get_absolute_url(), headers={"accept-language": "fr"})
            with self.subTest(language=language):
                self.assertContains(response, expected)
                self.assertContains(response, f'<html lang="{language}"')

from django.test import SimpleTestCase

from search.snippets import Marker
from search.words import terms


class SnippetTests(SimpleTestCase):
    def test_the_words_found_are_marked_whatever_their_accents_and_endings(self):
        marker = Marker(terms("ecole traites"), "fr")
        self.assertEqual(marker.mark("L’École du traité"), "L’<mark>École</mark> du <mark>traité</mark>")

    def test_everything_else_is_escaped(self):
        marker = Marker(terms("pont"), "fr")
        self.assertEqual(marker.mark("<b>Pont</b> & co"), "&lt;b&gt;<mark>Pont</mark>&lt;/b&gt; &amp; co")

    def test_the_summary_is_shown_if_it_has_the_words(self):
        marker = Marker(terms("pont"), "fr")
        self.assertEqual(
            marker.snippet("Un pont de plus.", "Le pont est là."), "Un <mark>pont</mark> de plus."
        )

    def test_a_piece_of_the_text_is_shown_if_it_has_more_of_them(self):
        marker = Marker(terms("pont fleuve"), "fr")
        text = "Rien ici. " * 60 + "Enfin le pont passe le fleuve sans bruit. " + "Rien là. " * 60
        snippet = marker.snippet("Un résumé sans rien.", text)
        self.assertIn("<mark>pont</mark> passe le <mark>fleuve</mark>", snippet)
        self.assertTrue(snippet.startswith("…") and snippet.endswith("…"))
        self.assertLess(len(snippet), 300)

    def test_without_words_in_either_the_text_begins_the_snippet(self):
        self.assertEqual(
            Marker(terms("torrekens"), "fr").snippet("", "Le texte commence."), "Le texte commence."
        )

    def test_dutch_stems_that_lose_their_beginning_are_marked(self):
        self.assertIn("<mark>gelopen</mark>", Marker(terms("gelopen"), "nl").mark("Hij heeft gelopen."))

"""French spacing and quotes; _ stands for the narrow no-break space in what is expected."""

import re

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext.clean import clean
from richtext.typography import french, french_text
from tests.richtext.test_clean import ANY_HTML

SIGNS = list("ab1 \"'«»:;?!.()\u00a0\u202f\n-%“”’|") + ["http://x.y/", "...", "mot", ' "', '" ']


class FrenchTests(SimpleTestCase):
    def check(self, given, expected):
        with self.subTest(given):
            expected = expected.replace("_", "\u202f")
            self.assertEqual(french_text(given), expected)
            self.assertEqual(french_text(expected), expected)

    def test_high_punctuation_is_set_off(self):
        self.check("Oui !", "Oui_!")
        self.check("Oui!", "Oui_!")
        self.check("Quoi?! Non;", "Quoi_?! Non_;")
        self.check("Il dit\u00a0: oui", "Il dit_: oui")
        self.check("(vraiment?)", "(vraiment_?)")
        self.check("(!)", "(!)")
        self.check("Fin…!", "Fin…_!")

    def test_guillemets_are_set_off_within(self):
        self.check("«Oui»", "«_Oui_»")
        self.check("« Oui »", "«_Oui_»")
        self.check("«Oui!»", "«_Oui_!_»")

    def test_straight_quotes_become_guillemets(self):
        self.check('Il dit "oui".', "Il dit «_oui_».")
        self.check('d\'"Europe"', "d’«_Europe_»")
        self.check('("oui")', "(«_oui_»)")
        self.check('« il dit "oui" »', "«_il dit “oui”_»")
        self.check('"il dit "oui" encore"', "«_il dit “oui” encore_»")

    def test_a_quote_without_a_partner_stays(self):
        self.check('12" de neige', '12" de neige')
        self.check('Il dit "oui', 'Il dit "oui')

    def test_apostrophes_and_ellipses(self):
        self.check("l'été, aujourd'hui, d'1,5", "l’été, aujourd’hui, d’1,5")
        self.check("Ah...", "Ah…")
        self.check("Ah....", "Ah....")
        self.check("5'10", "5'10")

    def test_units_keep_their_number(self):
        self.check("10 % et 5 €", "10_% et 5_€")

    def test_times_addresses_and_smileys_stay(self):
        for text in (
            "à 12:30, de 8:05 à 9:10:11",
            "https://a.example/x?b=c:d;e!",
            "www.a.example/?q='x'",
            "a@b.example",
            "paper.example/a;b",
            ":) ;-) :D",
            ":smile:",
            "std::move",
            "mot;mot",
            "http:",
        ):
            self.check(text, text if text != "http:" else "http_:")
        self.check("Voir https://a.example/x?y : là", "Voir https://a.example/x?y_: là")

    def test_rules_see_through_elements(self):
        self.assertEqual(
            french('<p>"<em>Le Pont</em>" existe<strong>!</strong></p>'),
            "<p>«\u202f<em>Le Pont</em>\u202f» existe<strong>\u202f!</strong></p>",
        )

    def test_a_paragraph_does_not_close_the_quote_of_another(self):
        html = '<p>Il dit "oui</p><p>et non"</p>'
        self.assertEqual(french(html), html)

    def test_code_attributes_and_other_languages_stay(self):
        html = (
            '<p><code>a : "b"!</code> <a href="https://a.example/?b=1&amp;c=\'">c</a> '
            '<abbr lang="en" title="It\'s!">It\'s!</abbr></p>'
        )
        self.assertEqual(french(html), html)

    def test_markup_is_untouched(self):
        html = '<figure data-image="3"><figcaption>Qui ?<br>"Eux"</figcaption></figure><hr>'
        self.assertEqual(re.findall("<[^>]*>", french(html)), re.findall("<[^>]*>", html))

    @settings(max_examples=400, deadline=None)
    @given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
    def test_twice_is_as_once(self, text):
        self.assertEqual(french_text(french_text(text)), french_text(text))

    @settings(max_examples=200, deadline=None)
    @given(ANY_HTML)
    def test_what_it_gives_is_stored_as_it_is(self, html):
        once = french(clean(html))
        self.assertEqual(clean(once), once)
        self.assertEqual(french(once), once)

from django.test import SimpleTestCase

from search.words import Term, stem, stems, terms, tokens


class WordTests(SimpleTestCase):
    def test_accents_ligatures_and_elided_articles_are_taken_off(self):
        self.assertEqual(
            tokens("L’École d'Œuvres, qu’elle aujourd’hui"), ["ecole", "oeuvres", "elle", "aujourd", "hui"]
        )

    def test_a_word_without_accents_has_the_stem_of_the_word_with_them(self):
        for folded, written in [
            ("europeennes", "européennes"),
            ("elections", "Élections"),
            ("oeuvre", "œuvres"),
        ]:
            self.assertEqual(stems(folded, "fr"), stems(written, "fr"))

    def test_each_language_has_its_own_stems(self):
        self.assertEqual(stem("bridges", "en"), "bridg")
        self.assertEqual(stem("brucken", "de"), "bruck")
        self.assertEqual(stem("regeringen", "nl"), stem("regering", "nl"))

    def test_a_language_without_stems_keeps_its_words(self):
        self.assertEqual(stems("Мост через реку", "uk"), "мост через реку")

    def test_a_query_is_words_and_phrases(self):
        self.assertEqual(
            terms('pont "deux rives" train'), [Term(("pont",)), Term(("deux", "rives")), Term(("train",))]
        )
        self.assertEqual(terms("« deux rives »"), [Term(("deux", "rives"))])

    def test_signs_of_a_query_language_are_only_signs(self):
        self.assertEqual(terms('a"b'), [Term(("a",)), Term(("b",))])
        self.assertEqual(terms("foo-bar* (AND) NOT:^"), [Term((w,)) for w in ("foo", "bar", "and", "not")])
        self.assertEqual(terms("' \" * \x00"), [])

    def test_a_long_query_is_cut(self):
        self.assertLessEqual(len(terms("mot " * 2000)), 12)
        self.assertLessEqual(len(terms(" ".join(f"mot{n}" for n in range(2000)))), 12)
        self.assertLessEqual(len(terms("m" * 5000)[0].words[0]), 64)

    def test_a_word_may_be_meant_in_any_language(self):
        self.assertEqual(Term(("elections",)).variants(["fr", "nl"]), [("elect",), ("election",)])

import re

from django.test import SimpleTestCase

from richtext.clean import clean
from richtext.comparing import compare, compare_plain
from richtext.text import plain

SAID = re.compile(r'<span class="unseen">[^<]*</span>| ?<small class="mark">[^<]*</small>')


def marked(old, new):
    """The comparison without what is said of the marks."""
    return SAID.sub("", compare(old, new))


def without(mark, html):
    return re.sub(rf"<{mark}\b[^>]*>.*?</{mark}>", "", SAID.sub("", html), flags=re.DOTALL)


class WordTests(SimpleTestCase):
    def assertMarked(self, old, new, expected):
        self.assertEqual(marked(old, new), expected)

    def test_words_are_marked_where_they_stand(self):
        self.assertMarked(
            "<p>Le conseil a voté mardi, à une voix.</p>",
            "<p>Le conseil a refusé mardi, à deux voix.</p>",
            "<p>Le conseil a <del>voté</del><ins>refusé</ins> mardi, à <del>une</del><ins>deux</ins> voix.</p>",
        )

    def test_words_that_went_leave_their_space_right(self):
        self.assertMarked(
            "<p>Un X deux trois</p>", "<p>Un deux trois</p>", "<p>Un <del>X </del>deux trois</p>"
        )
        self.assertMarked(
            "<p>Un X, deux trois</p>", "<p>Un, deux trois</p>", "<p>Un<del> X</del>, deux trois</p>"
        )
        self.assertMarked("<p>Un deux X</p>", "<p>Un deux</p>", "<p>Un deux<del> X</del></p>")
        self.assertMarked("<p>X Un deux</p>", "<p>Un deux</p>", "<p><del>X </del>Un deux</p>")

    def test_marks_never_lie_across_an_element(self):
        self.assertMarked(
            "<p>Il a dit non hier soir.</p>",
            "<p>Il a <strong>dit oui</strong> certes hier soir.</p>",
            "<p>Il a <strong>dit <del>non</del><ins>oui</ins></strong> <ins>certes</ins> hier soir.</p>",
        )

    def test_one_short_word_between_two_changes_belongs_to_them(self):
        self.assertMarked(
            "<p>Hier la ville de Liège a dit non au pont.</p>",
            "<p>Hier le port de Gand a dit non au pont.</p>",
            "<p>Hier <del>la ville de Liège</del><ins>le port de Gand</ins> a dit non au pont.</p>",
        )

    def test_a_link_that_leads_elsewhere_is_said(self):
        old, new = (f'<p>Voir <a href="https://{name}.example/">ici</a>.</p>' for name in ("un", "deux"))
        self.assertIn("links changed", compare(old, new))

    def test_what_is_only_shown_in_another_way_is_said(self):
        self.assertIn("shown in another way", compare("<p>Un deux</p>", "<p>Un <em>deux</em></p>"))
        self.assertIn("shown in another way", compare("<p>Un deux</p>", "<h2>Un deux</h2>"))

    def test_each_mark_is_said_in_words(self):
        told = compare("<p>Un deux trois</p>", "<p>Un cinq trois</p>")
        self.assertIn('<del><span class="unseen">removed: </span>deux</del>', told)
        self.assertIn('<ins><span class="unseen">added: </span>cinq</ins>', told)

    def test_plain_text_is_escaped(self):
        self.assertEqual(
            SAID.sub("", compare_plain("a <b> c", "a & c")), "a <del>&lt;b&gt;</del><ins>&amp;</ins> c"
        )


class BlockTests(SimpleTestCase):
    def test_paragraphs_come_go_and_move(self):
        told = compare("<p>Un.</p><p>Deux.</p><p>Trois.</p>", "<p>Trois.</p><p>Un.</p><p>Neuf.</p>")
        self.assertIn('<ins class="whole"><small class="mark">moved here</small><p>Trois.</p></ins>', told)
        self.assertIn('<del class="whole"><small class="mark">moved away</small><p>Trois.</p></del>', told)
        self.assertIn('<del class="whole"><small class="mark">removed</small><p>Deux.</p></del>', told)
        self.assertIn('<ins class="whole"><small class="mark">added</small><p>Neuf.</p></ins>', told)

    def test_lists_are_compared_item_by_item(self):
        self.assertEqual(
            marked("<ul><li>un</li><li>deux trois</li></ul>", "<ul><li>deux quatre</li><li>six</li></ul>"),
            "<ul><li><del>un</del></li><li>deux <del>trois</del><ins>quatre</ins></li><li><ins>six</ins></li></ul>",
        )

    def test_tables_are_compared_cell_by_cell(self):
        row = "<tr><td>Gand</td><td>{} voix</td></tr>"
        old, new = (f"<table><tbody>{rows}</tbody></table>" for rows in (row.format(1), row.format(2)))
        self.assertIn("<td>Gand</td><td><del>1</del><ins>2</ins> voix</td>", marked(old, new))

    def test_a_picture_is_the_same_one_or_another(self):
        one, two = '<figure data-image="1">{}</figure>', '<figure data-image="2"></figure>'
        caption = "<figcaption>Le pont</figcaption>"
        self.assertEqual(
            marked(one.format(""), one.format(caption)),
            '<figure data-image="1"><figcaption><ins>Le pont</ins></figcaption></figure>',
        )
        self.assertEqual(
            marked(one.format(""), two),
            '<del class="whole"><figure data-image="1"></figure></del>'
            '<ins class="whole"><figure data-image="2"></figure></ins>',
        )

    def test_either_side_can_be_read_out_of_the_comparison(self):
        old = clean(
            "<h2>Un titre</h2><p>Le <b>pont</b> est long, dit-on &amp; large.</p><ul><li>a b<ul><li>c</li></ul></li>"
            "</ul><blockquote><p>Non.</p><footer>Elle</footer></blockquote><p>Fin de tout.</p>"
        )
        new = clean(
            "<h2>Un autre titre</h2><p>Le pont n’est pas <b>long</b>, dit-on.</p><ul><li>a d</li><li>e</li></ul>"
            "<blockquote><p>Non, non.</p></blockquote><p>Fin.</p><hr><aside class='fact-box'><p>Boîte</p></aside>"
        )
        told = compare(old, new)
        for mark, side in (("del", new), ("ins", old)):
            words = " ".join(plain(without(mark, told)).split())
            self.assertEqual(words.replace(" ", ""), "".join(plain(side).split()))

    def test_what_is_compared_with_itself_or_with_nothing(self):
        text = "<p>Un.</p><hr><p>Deux.</p>"
        self.assertEqual(compare(text, text), text)
        self.assertEqual(plain(without("ins", compare("", text))), "")
        self.assertEqual(plain(without("del", compare(text, ""))), "")

from django.test import SimpleTestCase

from richtext.merging import Clash, blocks, merge


def text(*paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


class BlocksTests(SimpleTestCase):
    def test_a_quote_a_list_a_picture_and_a_rule_are_a_block_each(self):
        parts = [
            "<p>One<br>line</p>",
            "<blockquote><p>Two</p><footer>Her</footer></blockquote>",
            "<hr>",
            '<figure data-image="3"><figcaption>a &gt; b</figcaption></figure>',
            "<ul><li>x<ul><li>y</li></ul></li></ul>",
        ]
        self.assertEqual(blocks("".join(parts)), parts)

    def test_joined_they_are_the_text_again(self):
        for html in ("", "loose", "<p>a</p>loose", '<p><a href="/?a=>">x</a></p><p>b</p>'):
            with self.subTest(html):
                self.assertEqual("".join(blocks(html)), html)


class MergeTests(SimpleTestCase):
    base = text("one", "two", "three")

    def test_paragraphs_changed_by_one_side_each_are_brought_together(self):
        merged, clashes = merge(self.base, text("ONE", "two", "three"), text("one", "two", "THREE"))
        self.assertEqual((merged, clashes), (text("ONE", "two", "THREE"), []))

    def test_neighbours_are_no_clash(self):
        merged, clashes = merge(self.base, text("ONE", "two", "three"), text("one", "TWO", "three"))
        self.assertEqual((merged, clashes), (text("ONE", "TWO", "three"), []))

    def test_a_paragraph_both_changed_is_a_clash_and_stays_mine(self):
        merged, clashes = merge(self.base, text("one", "mine", "three"), text("one", "theirs", "three"))
        self.assertEqual(merged, text("one", "mine", "three"))
        self.assertEqual(clashes, [Clash("<p>mine</p>", "<p>theirs</p>")])

    def test_what_both_changed_alike_is_none(self):
        merged, clashes = merge(self.base, text("one", "new", "three"), text("one", "new", "three"))
        self.assertEqual((merged, clashes), (text("one", "new", "three"), []))

    def test_what_both_put_in_at_one_place_is_kept_both(self):
        merged, clashes = merge(
            self.base, text("one", "two", "three", "mine"), text("one", "two", "three", "theirs")
        )
        self.assertEqual((merged, clashes), (text("one", "two", "three", "theirs", "mine"), []))

    def test_what_i_took_away_and_they_changed_is_a_clash(self):
        merged, clashes = merge(self.base, text("one", "three"), text("one", "TWO", "three"))
        self.assertEqual((merged, clashes), (text("one", "three"), [Clash("", "<p>TWO</p>")]))

    def test_they_may_take_away_what_i_did_not_touch(self):
        merged, clashes = merge(self.base, text("one", "two", "three", "four"), text("two", "three"))
        self.assertEqual((merged, clashes), (text("two", "three", "four"), []))

    def test_two_who_write_the_first_words_keep_both(self):
        self.assertEqual(merge("", text("mine"), text("theirs")), (text("theirs", "mine"), []))

    def test_no_paragraph_is_ever_lost(self):
        """Every paragraph a side wrote is in the merged text or in a clash."""
        sides = [text(*words.split()) for words in ("a b c d", "a x c", "q a b y d z", "b a d c", "")]
        for mine in sides:
            for theirs in sides:
                merged, clashes = merge(sides[0], mine, theirs)
                there = set(blocks(merged)).union(*(blocks(c.mine + c.theirs) for c in clashes))
                with self.subTest(mine=mine, theirs=theirs):
                    self.assertLessEqual(set(blocks(mine) + blocks(theirs)) - set(blocks(sides[0])), there)

"""What the public, the editor and the programs get of a stored text."""

from django.test import TestCase, override_settings
from django.utils import translation

from richtext import embeds
from richtext.clean import clean
from richtext.editor import for_editor
from richtext.references import references
from richtext.render import render
from richtext.text import plain, reading_minutes, word_count
from tests.factories import make_image

VIDEO = '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk"><figcaption>a</figcaption></figure>'


def nobody(ids):
    return {}


class RenderTests(TestCase):
    def setUp(self):
        translation.activate("fr")

    def test_an_own_story_gets_its_present_address(self):
        html = render('<p><a data-article="3">a</a></p>', resolve_article=lambda ids: {3: ("/monde/b/", "B")})
        self.assertEqual(html, '<p><a href="/monde/b/">a</a></p>')

    def test_a_story_that_is_not_public_leaves_its_text(self):
        self.assertEqual(render('<p>a <a data-article="3">b</a></p>', resolve_article=nobody), "<p>a b</p>")

    def test_a_link_to_elsewhere_is_marked(self):
        html = render('<p><a href="https://a.example/" rel="sponsored">a</a></p>', resolve_article=nobody)
        self.assertIn('rel="sponsored noopener"', html)

    def test_feeds_get_whole_addresses(self):
        html = render(
            '<p><a data-article="3">a</a> <a href="/b/">c</a></p>',
            resolve_article=lambda ids: {3: ("/d/", "D")},
            absolute="https://paper.example",
        )
        self.assertIn('href="https://paper.example/d/"', html)
        self.assertIn('href="https://paper.example/b/"', html)

    def test_a_picture_has_its_caption_and_credit(self):
        image = make_image(caption="Le pont", credit="A. Nom", alt="Un pont")
        html = render(f'<figure data-image="{image.pk}" class="wide"></figure>', resolve_article=nobody)
        self.assertIn('<figure class="picture wide"><picture>', html)
        self.assertIn("Le pont", html)
        self.assertRegex(html, r'<span class="credit">[^<]*A\. Nom</span>')

    def test_the_caption_of_the_story_wins(self):
        image = make_image(caption="Le pont", credit="A. Nom")
        html = render(
            f'<figure data-image="{image.pk}"><figcaption>Le <em>vieux</em></figcaption></figure>',
            resolve_article=nobody,
        )
        self.assertIn("<figcaption>Le <em>vieux</em> <span", html)
        self.assertNotIn("Le pont", html)

    def test_all_pictures_come_in_one_query(self):
        ids = [make_image().pk for _ in range(3)]
        with self.assertNumQueries(1):
            render("".join(f'<figure data-image="{pk}"></figure>' for pk in ids), resolve_article=nobody)

    def test_a_picture_that_is_gone_leaves_nothing(self):
        self.assertEqual(
            render('<p>a</p><figure data-image="99"></figure>', resolve_article=nobody), "<p>a</p>"
        )

    def test_an_embed_is_a_link_until_it_is_asked_for(self):
        html = render(VIDEO, resolve_article=nobody)
        self.assertIn(
            '<news-embed class="ratio-16x9" src="https://www.youtube-nocookie.com/embed/abcdefghijk"', html
        )
        self.assertIn('<a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">', html)
        self.assertNotIn("<iframe", html)

    def test_a_table_can_be_scrolled(self):
        html = render("<table><tbody><tr><td>a</td></tr></tbody></table>", resolve_article=nobody)
        self.assertRegex(html, r'^<div class="table" tabindex="0" role="region" aria-label="[^"]+"><table>')
        self.assertTrue(html.endswith("</table></div>"))

    def test_a_slot_stands_between_two_paragraphs_only(self):
        def slotted(html, n=2):
            return render(html, resolve_article=nobody, insert_after=(n, "|"))

        self.assertEqual(slotted("<p>a</p><p>b</p><p>c</p>"), "<p>a</p><p>b</p>|<p>c</p>")
        self.assertEqual(slotted("<p>a</p><p>b</p>"), "<p>a</p><p>b</p>")
        self.assertEqual(
            slotted("<p>a</p><p>b</p><h2>c</h2><p>d</p><p>e</p>"),
            "<p>a</p><p>b</p><h2>c</h2><p>d</p>|<p>e</p>",
        )
        self.assertEqual(
            slotted("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", 1),
            "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>",
        )

    def test_what_the_editor_gets_comes_back_as_it_was(self):
        image = make_image(caption="Le pont")
        figure = f'<figure data-image="{image.pk}" class="wide"></figure>'
        stored = f'<p>a &amp; <a data-article="3">b</a></p>{figure}{VIDEO}'
        shown = for_editor(stored)
        self.assertIn("<img src=", shown)
        self.assertEqual(clean(shown), stored)


class ReferenceTests(TestCase):
    def test_everything_a_text_refers_to_is_found_once(self):
        found = references(
            '<p><a data-article="3">a</a><a data-article="3">b</a><a href="https://a.example/">c</a></p>'
            f'<figure data-image="7"></figure>{VIDEO}'
        )
        self.assertEqual(found.images, [7])
        self.assertEqual(found.articles, [3])
        self.assertEqual(found.embeds, ["https://www.youtube.com/watch?v=abcdefghijk"])
        self.assertEqual(found.links, ["https://a.example/"])


class TextTests(TestCase):
    def test_plain_text_has_a_line_for_each_block(self):
        self.assertEqual(
            plain("<h2>a</h2><p>b <strong>c</strong><br>d &amp; e</p><ul><li>f</li></ul>"), "a\nb c\nd & e\nf"
        )

    def test_words_are_counted_as_people_do(self):
        self.assertEqual(word_count("<p>L’article, 1,5 week-end\u202f: « oui ».</p><p>Fin</p>"), 5)
        self.assertEqual(word_count(""), 0)

    def test_reading_takes_a_minute_at_least(self):
        self.assertEqual([reading_minutes(words) for words in (0, 230, 684)], [1, 1, 3])


@override_settings(LANGUAGE_CODE="en")
class EmbedTests(TestCase):
    def test_each_house_has_one_address_for_one_thing(self):
        for given, canonical in {
            "https://youtu.be/abcdefghijk?t=90": "https://www.youtube.com/watch?v=abcdefghijk&t=90",
            "https://player.vimeo.com/video/123456?h=abcdef12": "https://vimeo.com/123456/abcdef12",
            "https://geo.dailymotion.com/player.html?video=x8abcd": "https://www.dailymotion.com/video/x8abcd",
            "https://soundcloud.com/ada/un-son?si=1": "https://soundcloud.com/ada/un-son",
            "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/tracks/12": "https://api.soundcloud.com/tracks/12",
        }.items():
            with self.subTest(given):
                self.assertEqual(embeds.canonical(given), canonical)
                self.assertEqual(embeds.canonical(canonical), canonical)
                self.assertTrue(embeds.player(given).frame.startswith(embeds.FRAME_HOSTS))

    def test_what_only_looks_like_one_is_none(self):
        for given in (
            "https://youtube.com.evil.example/watch?v=abcdefghijk",
            "https://www.youtube.com/watch?v=x",
            "javascript:alert(1)",
            "https://vimeo.com/about",
            "https://[",
            "ftp://youtu.be/abcdefghijk",
            "https://soundcloud.com/ada",
            "https://w.soundcloud.com/player/?url=https://evil.example/",
        ):
            with self.subTest(given):
                self.assertIsNone(embeds.canonical(given))

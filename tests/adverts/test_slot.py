import re
from datetime import timedelta

from django.template import Context, Template
from django.test import SimpleTestCase, TestCase
from django.utils import timezone, translation

from adverts.labels import LABELS, labels
from adverts.models import SHAPES, Spot
from pagecache import forget_pages
from tests.factories import make_booking, make_image

FORBIDDEN = re.compile(r"\b(ad|ads|advert|adverts|banner|sponsor|track|count|stats)\b", re.IGNORECASE)


def show(key="header", language="fr"):
    with translation.override(language):
        return Template("{% load adverts %}{% slot key %}").render(Context({"key": key})).strip()


class SlotTests(TestCase):
    def test_no_booking_is_no_box(self):
        self.assertEqual(show(), "")

    def test_a_booking_is_labelled_in_the_pages_language_with_the_advertisers_name(self):
        make_booking(advertiser="Librairie Boussoir")
        for language, word in [
            ("fr", "Annonce publicitaire"),
            ("nl", "Advertentie"),
            ("de", "Anzeige"),
            ("en", "Advertisement"),
        ]:
            shown = show(language=language)
            self.assertIn(f"<p>{word}</p>", shown)
            self.assertRegex(shown, rf'aria-label="{word}\s?: Librairie Boussoir"')
            self.assertIn('rel="sponsored noopener"', shown)

    def test_its_box_is_reserved_by_the_style_sheet(self):
        for key, shape in SHAPES.items():
            make_booking(spot=key)
            self.assertIn(f'<aside class="slot {shape.css}"', show(key))

    def test_a_picture_says_what_it_shows(self):
        make_booking(image=make_image(alt="Des rayonnages"), text="")
        self.assertIn('alt="Des rayonnages"', show())

    def test_the_bookings_own_description_comes_first(self):
        make_booking(image=make_image(alt="Des rayonnages"), alt="Soldes", text="")
        self.assertIn('alt="Soldes"', show())

    def test_a_picture_that_is_not_ready_gives_way_to_the_name(self):
        image = make_image()
        make_booking(image=image, advertiser="Boussoir", text="")
        type(image).objects.update(renditions=[])
        self.assertIn('<span class="maker">Boussoir</span>', show())

    def test_what_was_typed_is_escaped(self):
        make_booking(advertiser="<b>x</b>", text='"><script>', url='https://x.example/?a="b')
        self.assertNotIn("<script>", show())
        self.assertNotIn("<b>", show())

    def test_political_advertising_carries_the_notice_of_the_regulation(self):
        make_booking(
            is_political=True,
            sponsor="Liste du Bief",
            vote="Communales 2030",
            notice_url="https://avis.example/1",
        )
        shown = show()
        for words in (
            "Annonce à caractère politique",
            "Liste du Bief",
            "Communales 2030",
            "https://avis.example/1",
        ):
            self.assertIn(words, shown)

    def test_no_name_in_the_markup_is_one_that_blockers_look_for(self):
        image = make_image()
        make_booking(
            spot="header",
            image=image,
            text="",
            is_political=True,
            sponsor="X",
            notice_url="https://a.example/",
        )
        make_booking(spot="beside")
        for key in ("header", "beside"):
            names = re.findall(r'(?:class|id|src|srcset)="([^"]*)"', show(key))
            self.assertTrue(names)
            self.assertFalse([name for name in names if FORBIDDEN.search(name)])

    def test_a_spot_that_does_not_exist_is_a_mistake_of_ours(self):
        with self.assertRaises(KeyError):
            show("nowhere")


class PageTests(TestCase):
    def setUp(self):
        forget_pages()

    def test_a_booking_shows_from_the_next_request_on_and_goes_with_the_place(self):
        self.assertNotContains(self.client.get("/latest/"), "Boussoir")
        make_booking(spot="header", advertiser="Boussoir")
        self.assertContains(self.client.get("/latest/"), "Boussoir")
        Spot.objects.update(is_open=False)
        self.assertNotContains(self.client.get("/latest/"), "Boussoir")

    def test_no_kept_page_outlives_a_booking(self):
        make_booking(spot="header", ends=timezone.now() + timedelta(seconds=4))
        response = self.client.get("/latest/")
        seconds = int(re.search(r"s-maxage=(\d+)", response["Cache-Control"]).group(1))
        self.assertLessEqual(seconds, 4)


class LabelTests(SimpleTestCase):
    def test_every_language_has_every_word(self):
        for words in LABELS.values():
            self.assertEqual(words.keys(), LABELS["en"].keys())

    def test_an_unknown_language_is_labelled_in_english(self):
        self.assertEqual(labels("uk")["label"], "Advertisement")
        self.assertEqual(labels("fr-be")["label"], "Annonce publicitaire")

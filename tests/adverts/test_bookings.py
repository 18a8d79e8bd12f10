from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import TestCase
from django.utils import timezone

from adverts.models import Booking, Spot, next_boundary
from images import usage
from tests.factories import make_booking, make_image


class BookingTests(TestCase):
    def setUp(self):
        self.now = timezone.now().replace(microsecond=0)

    def errors(self, **fields):
        booking = make_booking(save=False, **fields)
        with self.assertRaises(ValidationError) as caught:
            booking.full_clean()
        return caught.exception.message_dict

    def test_a_booking_in_order_is_taken(self):
        make_booking(save=False).full_clean()

    def test_what_overlaps_is_refused_in_a_sentence_that_names_the_other(self):
        make_booking(advertiser="Librairie Boussoir")
        (sentence,) = self.errors()["starts"]
        self.assertIn("Librairie Boussoir", sentence)
        self.assertNotIn("%(", sentence)

    def test_one_begins_when_the_other_ends(self):
        first = make_booking()
        make_booking(save=False, starts=first.ends, ends=first.ends + timedelta(days=1)).full_clean()

    def test_another_place_is_free(self):
        make_booking(spot="header")
        make_booking(save=False, spot="beside").full_clean()

    def test_a_booking_is_not_in_its_own_way(self):
        make_booking().full_clean()

    def test_it_ends_after_it_starts(self):
        self.assertIn("ends", self.errors(ends=self.now - timedelta(days=30)))
        with self.assertRaises(IntegrityError), transaction.atomic():
            make_booking(ends=self.now - timedelta(days=30))

    def test_it_needs_a_picture_or_a_text(self):
        self.assertIn("text", self.errors(text=""))

    def test_it_leads_to_the_web_and_nowhere_else(self):
        for url in ("javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "//x.example/", "x"):
            self.assertIn("url", self.errors(url=url))

    def test_political_advertising_says_who_pays_and_where_the_notice_is(self):
        errors = self.errors(is_political=True)
        self.assertEqual(sorted(errors), ["notice_url", "sponsor"])
        self.assertIn("notice_url", self.errors(is_political=True, sponsor="X", notice_url="javascript:x"))

    def test_a_picture_in_use_is_known_to_be_and_is_kept(self):
        image = make_image()
        booking = make_booking(image=image)
        self.assertEqual(
            [label for label, _address in usage.of([image.pk])[image.pk]], [f"Booking, {booking.spot}"]
        )
        with self.assertRaises(ProtectedError):
            image.delete()

    def test_pages_know_when_the_next_booking_begins_or_ends(self):
        day = timedelta(days=1)
        running = make_booking(starts=self.now - day, ends=self.now + 3 * day)
        self.assertEqual(next_boundary(self.now), running.ends)
        coming = make_booking(spot="front", starts=self.now + day, ends=self.now + 9 * day)
        self.assertEqual(next_boundary(self.now), coming.starts)
        self.assertIsNone(next_boundary(self.now + 10 * day))

    def test_every_place_of_our_pages_exists(self):
        self.assertEqual(set(Spot.objects.values_list("key", flat=True)), set(Spot.Key.values))

    def test_current_means_begun_not_ended_and_in_use(self):
        make_booking(starts=self.now - timedelta(days=2), ends=self.now - timedelta(days=1))
        make_booking(starts=self.now + timedelta(days=2), ends=self.now + timedelta(days=3))
        running = make_booking()
        self.assertEqual(list(Booking.objects.current()), [running])
        Spot.objects.update(is_open=False)
        self.assertFalse(Booking.objects.current())

from django.test import TestCase

from accounts.models import AuditEntry
from adverts.models import Booking, Spot
from tests.factories import make_booking, make_user

FORM = {
    "advertiser": "Librairie Boussoir",
    "url": "https://boussoir.example/",
    "text": "Ouvert le dimanche.",
    "starts": "2030-01-01T06:00",
    "ends": "2030-02-01T06:00",
}


class DeskTests(TestCase):
    def setUp(self):
        self.form = FORM | {"spot": Spot.objects.get(key="header").pk}

    def post(self, **fields):
        return self.client.post("/admin/adverts/booking/add/", self.form | fields)

    def test_an_administrator_books_a_place(self):
        self.client.force_login(make_user("administrator"))
        self.assertContains(self.client.get("/admin/adverts/booking/add/"), "Europe/Brussels")
        self.assertEqual(self.post().status_code, 302)
        self.assertEqual(Booking.objects.get().starts.isoformat(), "2030-01-01T05:00:00+00:00")
        self.assertEqual(AuditEntry.objects.latest("pk").verb, "add booking")

    def test_what_overlaps_is_said_beside_the_field(self):
        self.client.force_login(make_user("administrator"))
        self.post()
        response = self.post(advertiser="Autre", starts="2030-01-15T06:00")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Librairie Boussoir", response.context["adminform"].form.errors["starts"][0])
        self.assertEqual(Booking.objects.count(), 1)

    def test_an_editor_sees_and_a_journalist_does_not(self):
        booking = make_booking(advertiser="Boussoir")
        self.client.force_login(make_user("editor"))
        self.assertContains(self.client.get("/admin/adverts/booking/"), "Boussoir")
        self.assertEqual(self.post().status_code, 403)
        self.assertEqual(self.client.post(f"/admin/adverts/booking/{booking.pk}/delete/").status_code, 403)
        self.client.force_login(make_user("journalist"))
        self.assertEqual(self.client.get("/admin/adverts/booking/").status_code, 403)

    def test_the_list_is_filtered_and_searched(self):
        self.client.force_login(make_user("administrator"))
        make_booking(advertiser="Boussoir")
        for query, found in [
            ("when=running", True),
            ("when=coming", False),
            ("when=over", False),
            ("q=Bous", True),
            ("q=Zzz", False),
        ]:
            response = self.client.get(f"/admin/adverts/booking/?{query}")
            self.assertEqual("Boussoir" in response.content.decode(), found, query)

    def test_the_places_are_those_of_our_pages(self):
        self.client.force_login(make_user("administrator"))
        self.assertContains(self.client.get("/admin/adverts/spot/"), "970 × 90")
        self.assertEqual(self.client.get("/admin/adverts/spot/add/").status_code, 403)
        spot = Spot.objects.get(key="after")
        self.client.post(f"/admin/adverts/spot/{spot.pk}/change/", {})
        self.assertFalse(Spot.objects.get(key="after").is_open)

"""What the desk of the demo paper has to show on the first day."""

from django.test import TestCase
from django.utils import timezone

from articles.models import Assignment
from tests.validity import pages


class DemoDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.users = pages.load().users

    def test_each_state_of_an_assignment_that_is_under_way_is_there(self):
        self.assertTrue(Assignment.objects.filter(state="open", journalist=None, deadline=None).exists())
        self.assertTrue(Assignment.objects.filter(state="taken", article=None).exists())
        self.assertTrue(Assignment.objects.filter(state="taken").exclude(article=None).exists())
        self.assertFalse(Assignment.objects.filter(deadline__lte=timezone.now()).exists())

    def test_the_journalist_finds_what_is_assigned_and_what_is_open(self):
        self.client.force_login(self.users["journalist"])
        page = self.client.get("/admin/").content.decode()
        for assignment in Assignment.objects.all():
            self.assertIn(assignment.title.split(" :")[0].split("\u202f")[0], page)

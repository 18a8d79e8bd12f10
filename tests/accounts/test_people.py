"""People, their roles, and the audit trail, at the desk."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEntry, User, record
from accounts.roles import EDITOR
from tests.factories import make_user

USERS = reverse("admin:accounts_user_changelist")
TRAIL = reverse("admin:accounts_auditentry_changelist")


class PeopleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.administrator = make_user("administrator", username="remi", last_name="Okkerse")
        cls.journalist = make_user("journalist", username="maelle", last_name="Torrekens")

    def setUp(self):
        self.client.force_login(self.administrator)

    def test_an_administrator_adds_someone_with_a_role(self):
        data = {
            "username": "ines", "first_name": "Inès", "last_name": "Dubrac", "role": EDITOR, "language": "nl",
            "password1": "le pont de onze heures", "password2": "le pont de onze heures",
        }  # fmt: skip
        self.client.post(reverse("admin:accounts_user_add"), data)
        user = User.objects.get(username="ines")
        self.assertTrue(user.is_staff and user.has_perm("articles.publish_article"))
        self.assertFalse(user.has_perm("accounts.add_user"))

    def test_everyone_signs_in_with_a_password(self):
        page = self.client.get(reverse("admin:accounts_user_add"))
        self.assertNotIn("usable_password", page.context["adminform"].form.fields)

    def test_a_role_is_changed_and_the_trail_says_so(self):
        data = {"username": "maelle", "role": EDITOR, "is_active": "on", "language": ""}
        self.client.post(reverse("admin:accounts_user_change", args=[self.journalist.pk]), data)
        self.assertTrue(User.objects.get(pk=self.journalist.pk).has_perm("articles.publish_article"))
        self.assertEqual(AuditEntry.objects.filter(verb="change user").get().by, self.administrator)

    def test_nobody_closes_their_own_account(self):
        data = {"username": "remi", "role": "Administrator", "language": ""}
        response = self.client.post(reverse("admin:accounts_user_change", args=[self.administrator.pk]), data)
        self.assertIn("is_active", response.context["adminform"].form.errors)
        self.administrator.refresh_from_db()
        self.assertTrue(self.administrator.is_active)

    def test_nobody_takes_the_administrators_role_from_themselves(self):
        data = {"username": "remi", "role": EDITOR, "is_active": "on", "language": ""}
        self.client.post(reverse("admin:accounts_user_change", args=[self.administrator.pk]), data)
        self.assertTrue(User.objects.get(pk=self.administrator.pk).has_perm("accounts.change_user"))

    def test_a_superuser_is_out_of_reach(self):
        root = User.objects.create_superuser("root", password="correct horse")
        address = reverse("admin:accounts_user_change", args=[root.pk])
        self.assertEqual(self.client.post(address, {"username": "x"}).status_code, 403)
        password = reverse("admin:auth_user_password_change", args=[root.pk])
        self.assertEqual(self.client.get(password).status_code, 403)

    def test_the_form_offers_no_way_to_become_superuser(self):
        data = {"username": "maelle", "role": EDITOR, "is_active": "on", "is_superuser": "on", "language": ""}
        self.client.post(reverse("admin:accounts_user_change", args=[self.journalist.pk]), data)
        self.assertFalse(User.objects.get(pk=self.journalist.pk).is_superuser)

    def test_people_are_found_by_a_surnames_beginning(self):
        for text in ("maelle", "Torre", "torre"):
            with self.subTest(text):
                found = self.client.get(USERS, {"q": text}).context["cl"].result_list
                self.assertEqual(list(found), [self.journalist])

    def test_everyone_chooses_the_language_of_their_desk(self):
        self.client.force_login(self.journalist)
        self.client.post(
            reverse("admin:me"), {"first_name": "Maëlle", "last_name": "Torrekens", "language": "nl"}
        )
        self.assertContains(self.client.get(reverse("admin:index")), '<html lang="nl"')

    def test_thirty_people_cost_as_many_queries_as_two(self):
        with CaptureQueriesContext(connection) as few:
            self.client.get(USERS)
        for _n in range(28):
            make_user("journalist")
        with CaptureQueriesContext(connection) as many:
            self.client.get(USERS)
        self.assertEqual(len(many), len(few))


class TrailTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.administrator = make_user("administrator")
        for n in range(3):
            record(f"verb {n}", cls.administrator, by=cls.administrator if n else None)

    def setUp(self):
        self.client.force_login(self.administrator)

    def test_the_newest_stands_first(self):
        rows = self.client.get(TRAIL).context["cl"].result_list
        self.assertEqual([row.verb for row in rows], ["verb 2", "verb 1", "verb 0"])

    def test_one_person_can_be_followed(self):
        rows = self.client.get(TRAIL, {"q": self.administrator.username}).context["cl"].result_list
        self.assertEqual([row.verb for row in rows], ["verb 2", "verb 1"])

    def test_nothing_is_counted(self):
        with CaptureQueriesContext(connection) as queries:
            self.client.get(TRAIL, {"q": "x", "verb": "save"})
        self.assertNotIn("COUNT(", " ".join(query["sql"] for query in queries))

    def test_nobody_changes_it(self):
        address = reverse("admin:accounts_auditentry_change", args=[AuditEntry.objects.first().pk])
        self.assertEqual(self.client.post(address, {"verb": "x"}).status_code, 403)
        with self.assertRaises(TypeError):
            AuditEntry.objects.first().save()

    @translation.override("en")
    def test_the_detail_is_told_in_words(self):
        for detail, words in (
            ({"fields": ["email", "is_active", "gone"]}, "fields: email address, active, gone"),
            ({"how": "withdrawn", "reason": "withdrawn", "note": ""}, "state: Withdrawn; reason: withdrawn"),
            ({"along": {"frontpage.slot": 2, "gone.model": 1}}, "went along: places: 2, gone.model: 1"),
            ({"at": "2026-11-25T09:00:00+00:00"}, "when: 25/11/2026 09:00"),
        ):
            with self.subTest(detail), timezone.override("UTC"):
                told = record("change user", self.administrator, by=None, **detail).told
                self.assertEqual("; ".join(f"{name}: {text}" for name, text in told), words)

    def test_the_page_of_an_entry_shows_no_json(self):
        entry = record("save", self.administrator, by=None, note="À revoir")
        page = self.client.get(reverse("admin:accounts_auditentry_change", args=[entry.pk]))
        self.assertContains(page, '<div class="readonly">note: À revoir</div>')

    def test_an_entry_has_no_history(self):
        address = reverse("admin:accounts_auditentry_change", args=[AuditEntry.objects.first().pk])
        self.assertNotContains(self.client.get(address), "historylink")

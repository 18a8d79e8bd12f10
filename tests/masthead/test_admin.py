"""The paper's identity at the desk."""

from django.test import TestCase

from accounts.models import AuditEntry
from masthead.models import Masthead, Page, Redirect
from tests.factories import make_user

LIST = "/admin/masthead/masthead/"
FORM = {
    "french_typography": "on",
    "name": "Le Courrier",
    "language": "fr",
    "time_zone": "Europe/Brussels",
    "popular_window": "now",
    "popular_length": "5",
}


class MastheadAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.administrator = make_user("administrator")
        cls.editor = make_user("editor")

    def setUp(self):
        self.client.force_login(self.administrator)

    def test_its_list_is_its_form(self):
        self.assertRedirects(self.client.get(LIST), f"{LIST}add/")
        self.client.post(f"{LIST}add/", FORM)
        self.assertEqual(Masthead.objects.get().name, "Le Courrier")
        self.assertRedirects(self.client.get(LIST), f"{LIST}1/change/")

    def test_what_it_says_is_typeset_from_its_first_saving(self):
        said = {"tagline": "Où va Gand ?", "reproduction_note": "Un droit : citer."}
        self.client.post(f"{LIST}add/", FORM | said)
        paper = Masthead.objects.get()
        self.assertEqual(
            (paper.tagline, paper.reproduction_note), ("Où va Gand\u202f?", "Un droit\u202f: citer.")
        )
        self.client.post(f"{LIST}1/change/", FORM | said | {"language": "nl"})
        self.assertEqual(Masthead.objects.get().tagline, "Où va Gand ?")

    def test_a_page_is_typeset_in_its_language(self):
        told = {"title": "Qui ?", "body": "<p>Nous !</p>", "kind": "free", "position": 0}
        for language, title, body in (
            ("", "Qui\u202f?", "<p>Nous\u202f!</p>"),
            ("nl", "Qui ?", "<p>Nous !</p>"),
        ):
            slug = f"qui{language}"
            self.client.post("/admin/masthead/page/add/", told | {"slug": slug, "language": language})
            page = Page.objects.get(slug=slug)
            self.assertEqual((page.title, page.body), (title, body))

    def test_there_is_no_second_one_and_it_cannot_be_deleted(self):
        Masthead.objects.create(name="x")
        self.assertEqual(self.client.get(f"{LIST}add/").status_code, 403)
        self.assertEqual(self.client.get(f"{LIST}1/delete/").status_code, 403)

    def test_a_pale_accent_is_refused_beside_its_field_and_nothing_is_lost(self):
        response = self.client.post(
            f"{LIST}add/", FORM | {"accent_light": "#d04040", "tagline": "Mon journal"}
        )
        self.assertContains(response, "#d04040")
        self.assertContains(response, "Mon journal")
        self.assertIn("accent_light", response.context["adminform"].form.errors)
        self.assertFalse(Masthead.objects.exists())

    def test_a_change_is_in_the_audit_trail(self):
        Masthead.objects.create(name="x")
        self.client.post(f"{LIST}1/change/", FORM)
        entry = AuditEntry.objects.get(verb="change masthead")
        self.assertEqual((entry.by, entry.detail["fields"]), (self.administrator, ["name"]))

    def test_an_editor_sees_it_and_cannot_change_it(self):
        Masthead.objects.create(name="Le Courrier")
        self.client.force_login(self.editor)
        self.assertContains(self.client.get(f"{LIST}1/change/"), "Le Courrier")
        self.assertEqual(self.client.post(f"{LIST}1/change/", FORM | {"name": "Autre"}).status_code, 403)

    def test_without_one_an_editor_finds_nothing(self):
        self.client.force_login(self.editor)
        self.assertEqual(self.client.get(LIST).status_code, 200)


class PageAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_user("editor"))

    def test_a_page_is_written_at_the_desk_and_read_by_everybody(self):
        form = {"title": "Charte", "slug": "charte", "body": "<p>Bon</p>", "kind": "free", "position": ""}
        self.client.post("/admin/masthead/page/add/", form | {"is_published": "on"})
        self.assertEqual(Page.objects.get().body, "<p>Bon</p>")
        self.assertContains(self.client.get("/charte/"), "Charte")

    def test_the_lists_and_forms_open(self):
        page = Page.objects.create(title="Charte", slug="charte")
        for address in (
            "page/",
            f"page/{page.pk}/change/",
            "menuentry/",
            "menuentry/add/",
            "redirect/",
            "redirect/add/",
        ):
            self.assertEqual(self.client.get(f"/admin/masthead/{address}").status_code, 200, address)


class MenuAdminTests(TestCase):
    def test_an_entry_of_an_unpublished_page_says_when_it_is_shown(self):
        page = Page.objects.create(title="Charte", slug="charte", is_published=False)
        self.client.force_login(make_user("editor"))
        form = {"place": "header", "page": page.pk, "position": 0}
        response = self.client.post("/admin/masthead/menuentry/add/", form, follow=True)
        self.assertContains(response, "The page “Charte” is not published")


class RedirectAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page = Page.objects.create(title="Qui sommes-nous", slug="about")

    def setUp(self):
        self.client.force_login(make_user("editor"))

    def add(self, old_path, leads_to):
        return self.client.post("/admin/masthead/redirect/add/", {"old_path": old_path, "leads_to": leads_to})

    def test_an_old_address_is_led_to_what_lives_there(self):
        self.add("/qui/", "/about/")
        self.assertEqual(Redirect.objects.get().target, self.page)
        self.assertRedirects(self.client.get("/qui/"), "/about/", 301)

    def test_a_chain_is_refused_beside_the_field(self):
        self.add("/qui/", "/about/")
        response = self.add("/who/", "/qui/")
        self.assertIn("leads_to", response.context["adminform"].form.errors)
        self.assertContains(response, "/who/")

    def test_a_query_is_no_part_of_an_old_address(self):
        response = self.add("/index.php?id=12", "/about/")
        [told] = response.context["adminform"].form.errors["old_path"]
        self.assertIn("?id=12", told)
        self.assertFalse(Redirect.objects.exists())

    def test_an_old_address_is_looked_for_in_any_capitals(self):
        self.add("/Qui/", "/about/")
        self.assertContains(self.client.get("/admin/masthead/redirect/?q=/QUI"), "/qui")

    def test_a_live_address_is_refused_beside_the_field(self):
        response = self.add("/about/", "https://shop.example/")
        self.assertIn("old_path", response.context["adminform"].form.errors)

    def test_the_form_shows_where_it_leads_today_and_can_change_it(self):
        self.add("/qui/", "/about/")
        address = f"/admin/masthead/redirect/{Redirect.objects.get().pk}/change/"
        self.assertContains(self.client.get(address), 'value="/about/"')
        self.client.post(address, {"old_path": "/qui", "leads_to": "https://shop.example/"})
        self.assertEqual(Redirect.find("/qui/"), "https://shop.example/")

    def test_the_list_costs_the_same_for_one_and_for_many(self):
        self.add("/qui/", "/about/")
        with self.subTest("one"):
            few = self.count()
        for number in range(20):
            self.add(f"/old-{number}/", "/about/")
        self.assertEqual(self.count(), few)

    def count(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            self.client.get("/admin/masthead/redirect/")
        return len(queries)

"""Whatever is written through the desk's forms is in the audit trail, with who did it."""

import re
from datetime import datetime
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.contrib import admin
from django.db import DatabaseError
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.models import AuditEntry, User
from accounts.roles import EDITOR
from accounts.trail import AuditedAdmin
from accounts.verbs import VERBS
from adverts.models import Booking, Spot
from articles.models import Article, Author, Section, Source, Tag
from images.models import Image
from masthead.models import Masthead, MenuEntry, Page, Redirect
from tests.accounts.test_lists import address
from tests.articles.test_admin_form import typed
from tests.factories import make_article, make_image, make_section, make_user, picture_file

BOOKING = {
    "advertiser": "Librairie Boussoir", "url": "https://boussoir.example/", "text": "Ouvert le dimanche.",
    "starts": "2030-01-01T06:00", "ends": "2030-02-01T06:00", "spot": 1,
}  # fmt: skip
PERSON = {
    "username": "ines", "role": EDITOR, "language": "nl", "usable_password": "true",
    "password1": "le pont de onze heures", "password2": "le pont de onze heures",
}  # fmt: skip
NEW = "le pont de onze heures"
NEW_PASSWORD = {"usable_password": "true", "password1": NEW, "password2": NEW}
PAPER = {"name": "Le Courrier", "time_zone": "Europe/Brussels"}

ADDED = [
    (Section, {"name": "Culture", "slug": "culture"}, {"name": "Cultures"}),
    (Author, {"name": "Maëlle Torrekens", "slug": "maelle"}, {"job": "Reporter"}),
    (
        Source,
        {"name": "partner.example", "slug": "p", "url": "https://partner.example/"},
        {"slug": "partner"},
    ),
    (Tag, {"name": "Rail", "slug": "rail"}, {"description": "Les trains"}),
    (Page, {"title": "Charte", "slug": "charte"}, {"title": "Notre charte"}),
    (MenuEntry, {"label": "Nouvelles", "address": "/latest/"}, {"label": "Dernières"}),
    (Redirect, {"old_path": "/qui/", "leads_to": "https://a.example/"}, {"leads_to": "https://b.example/"}),
    (Booking, BOOKING, {"text": "Ouvert le lundi."}),
    (Masthead, PAPER, {"name": "Le Messager"}),
    (User, PERSON, {"email": "ines@paper.example"}),
]
KEPT = {Masthead, User}  # what cannot be deleted


def as_typed(value):
    return f"{localtime(value):%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value


class TrailCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.administrator = make_user("administrator")
        cls.section = make_section("monde")

    def setUp(self):
        self.client.force_login(self.administrator)

    def send(self, where, fields):
        """Send the form at this address as it stands, but for `fields`."""
        form = self.client.get(where).context["adminform"].form
        told = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
        told = {
            name: as_typed(value) for name, value in told.items() if value is not None and value is not False
        }
        response = self.client.post(where, told | fields)
        self.assertEqual(response.status_code, 302, response.context and response.context.get("errors"))

    def assert_entries(self, *expected):
        """The whole trail is these (verb, name of what) of the administrator; the next begins empty."""
        found = [(entry.verb, entry.label, entry.by) for entry in AuditEntry.objects.order_by("id")]
        self.assertEqual(found, [(*entry, self.administrator) for entry in expected])
        AuditEntry.objects.all().delete()


class FormTests(TrailCase):
    def test_each_write_of_each_form_leaves_one_entry(self):
        for model, fields, changed in ADDED:
            name = model._meta.model_name
            with self.subTest(model=model._meta.label):
                self.send(address(model, "add"), fields)
                row = model.objects.latest("pk")
                self.assert_entries((f"add {name}", str(row)))
                self.send(address(model, "change", row.pk), changed)
                self.assertEqual(AuditEntry.objects.get().detail, {"fields": list(changed)})
                row = model.objects.get(pk=row.pk)
                self.assert_entries((f"change {name}", str(row)))
                if model not in KEPT:
                    self.client.post(address(model, "delete", row.pk), {"post": "yes"})
                    self.assertFalse(model.objects.filter(pk=row.pk).exists())
                    self.assert_entries((f"delete {name}", str(row)))

    def test_a_spot_is_closed(self):
        spot = Spot.objects.get(key="after")
        self.client.post(address(Spot, "change", spot.pk), {})
        self.assert_entries(("change spot", str(spot)))

    def test_several_deleted_at_once_leave_one_each(self):
        rows = [Page.objects.create(title=title, slug=title) for title in ("a", "b")]
        chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
        self.client.post(address(Page), chosen)
        self.assertFalse(Page.objects.exists())
        self.assert_entries(("delete page", "a"), ("delete page", "b"))

    def test_a_form_refused_leaves_none(self):
        self.client.post(address(Page, "add"), {"title": "", "slug": "x"})
        self.assert_entries()


class PictureTests(TrailCase):
    def test_pictures_from_the_upload_page(self):
        files = [picture_file("Un.jpg", colour=(9, 9, 9)), picture_file("Deux.jpg")]
        self.client.post(address(Image, "add"), {"files": files})
        self.assert_entries(("add image", "Un"), ("add image", "Deux"))

    def test_a_picture_from_the_picker_and_its_texts(self):
        self.client.post(reverse("admin:images_image_picker_upload"), {"file": picture_file("Le pont.jpg")})
        self.assert_entries(("add image", "Le pont"))
        texts = reverse("admin:images_image_picker_picture", args=[Image.objects.get().pk])
        self.client.post(texts, {"alt": "Un pont", "caption": "", "credit": ""})
        self.assert_entries(("change image", "Le pont"))
        self.client.post(texts, {"alt": "Un pont", "caption": "", "credit": ""})
        self.assert_entries()

    def test_one_that_is_there_already_is_not_added(self):
        for _time in range(2):
            self.client.post(address(Image, "add"), {"files": [picture_file("Un.jpg")]})
        self.assert_entries(("add image", "Un"))

    def test_a_picture_changed_and_deleted(self):
        image = make_image(title="Le pont", by=self.administrator)
        self.assert_entries(("add image", "pont"))
        self.send(address(Image, "change", image.pk), {"alt": "Une gare", "focal_x": "0"})
        self.assertEqual(AuditEntry.objects.get().detail, {"fields": ["alt", "focal_x"]})
        self.assert_entries(("change image", "Le pont"))
        self.client.post(address(Image, "delete", image.pk), {"post": "yes"})
        self.assert_entries(("delete image", "Le pont"))


class TagTests(TrailCase):
    def test_a_tag_made_beside_a_story(self):
        article = make_article("draft")
        chosen = {"action": "add_tag", "_selected_action": [article.pk], "with_tag": "Rail"}
        self.client.post(address(Article), chosen)
        self.assertEqual(AuditEntry.objects.filter(verb="add tag").get().label, "Rail")
        self.client.post(address(Article, "change", article.pk), typed(article, tags="Énergie"))
        self.assertEqual(AuditEntry.objects.filter(verb="add tag").latest("id").by, self.administrator)
        self.assertEqual(AuditEntry.objects.filter(verb="add tag").count(), 2)


class PersonTests(TrailCase):
    def test_about_me_and_passwords(self):
        me = reverse("admin:me")
        self.client.post(me, {"first_name": "Ada", "last_name": "", "email": "", "language": "en"})
        self.assertEqual(AuditEntry.objects.get().detail, {"fields": ["first_name", "language"]})
        self.administrator.refresh_from_db()
        self.assert_entries(("change user", "Ada"))
        self.client.post(me, {"first_name": "Ada", "last_name": "", "email": "", "language": "en"})
        self.assert_entries()
        other = make_user("editor")
        self.client.post(reverse("admin:auth_user_password_change", args=[other.pk]), NEW_PASSWORD)
        self.assert_entries(("set password", str(other)))

    def test_ones_own_password(self):
        self.administrator.set_password("le pont de midi")
        self.administrator.save()
        self.client.force_login(self.administrator)
        typed = {"old_password": "le pont de midi", "new_password1": NEW, "new_password2": NEW}
        self.client.post(reverse("admin:password_change"), typed)
        self.assert_entries(("set password", str(self.administrator)))


class TogetherTests(TrailCase):
    """If the entry cannot be written, neither is what it tells of."""

    def fails(self, module, where, told):
        with mock.patch(f"{module}.record", side_effect=DatabaseError), self.assertRaises(DatabaseError):
            self.client.post(where, told)

    def test_a_form(self):
        self.fails("accounts.trail", address(Tag, "add"), {"name": "Rail", "slug": "rail", "description": ""})
        self.assertFalse(Tag.objects.exists())

    def test_about_me(self):
        self.fails("accounts.models", reverse("admin:me"), {"first_name": "Ada", "language": "en"})
        self.assertFalse(User.objects.filter(first_name="Ada").exists())

    def test_a_password(self):
        editor = make_user("editor")
        before = editor.password
        where = reverse("admin:auth_user_password_change", args=[editor.pk])
        self.fails("accounts.admin", where, NEW_PASSWORD)
        editor.refresh_from_db()
        self.assertEqual(editor.password, before)

    def test_a_picture_taken_and_its_texts(self):
        self.fails(
            "images.intake", reverse("admin:images_image_picker_upload"), {"file": picture_file("Un.jpg")}
        )
        self.assertFalse(Image.objects.exists())
        image = make_image(alt="Un pont")
        texts = reverse("admin:images_image_picker_picture", args=[image.pk])
        self.fails("images.picking", texts, {"alt": "Une gare", "caption": "", "credit": ""})
        image.refresh_from_db()
        self.assertEqual(image.alt, "Un pont")

    def test_a_link_for_an_outsider(self):
        article = make_article("draft")
        links = reverse("admin:articles_article_links", args=[article.pk])
        self.fails("articles.admin.pages", links, {})
        self.assertFalse(article.preview_links.exists())
        self.client.post(links)
        link = article.preview_links.get()
        self.fails("articles.admin.pages", links, {"revoke": link.pk})
        link.refresh_from_db()
        self.assertIsNone(link.revoked_at)


class HistoryTests(TestCase):
    def test_only_who_may_see_the_trail_sees_who_changed_a_heading(self):
        history = address(Section, "history", make_section("monde").pk)
        for role, status in (("journalist", 403), ("editor", 403), ("administrator", 200)):
            with self.subTest(role=role):
                self.client.force_login(make_user(role))
                self.assertEqual(self.client.get(history).status_code, status)
                page = self.client.get(history.replace("history", "change"))
                (self.assertContains if status == 200 else self.assertNotContains)(page, history)


class VerbTests(TestCase):
    def test_what_a_form_can_do_is_in_words(self):
        request = RequestFactory().get("/")
        request.user = User(is_superuser=True, is_active=True)
        for desk in admin.site._registry.values():
            if isinstance(desk, AuditedAdmin):
                may = desk.get_model_perms(request)
                verbs = {
                    f"{verb} {desk.opts.model_name}" for verb in ("add", "change", "delete") if may[verb]
                }
                with self.subTest(model=desk.opts.label):
                    self.assertLessEqual(verbs, VERBS.keys())

    def test_every_form_that_writes_is_audited(self):
        """But for articles, whose verbs leave their own trace."""
        request = RequestFactory().get("/")
        request.user = User(is_superuser=True, is_active=True)
        writing = {
            desk.opts.label for desk in admin.site._registry.values() if not self.audited(desk, request)
        }
        self.assertEqual(writing, {"articles.Article", "articles.Assignment"})

    def audited(self, desk, request):
        may = desk.get_model_perms(request)
        return isinstance(desk, AuditedAdmin) or not (may["add"] or may["change"] or may["delete"])

    def test_what_is_recorded_by_name_is_in_words(self):
        written = {
            verb
            for path in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py")
            if path.relative_to(settings.BASE_DIR).parts[0] not in ("tests", "node_modules")
            for call in re.findall(r"\brecord\(([^,]*),", path.read_text("utf-8"))
            for verb in re.findall(r'(?<!f)"([^"]*)"', call)
        }
        self.assertIn("take down", written)
        self.assertLessEqual(written, VERBS.keys())

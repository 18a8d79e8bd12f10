"""Least rights: every address of the desk, as every role; and what a missing button refuses on the server."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase
from django.urls import reverse

from accounts.models import User
from articles.models import Author, Section, Source, Tag
from audience.models import Popularity
from tests.articles.test_admin_form import change, typed
from tests.factories import (
    make_article,
    make_author,
    make_booking,
    make_image,
    make_section,
    make_source,
    make_user,
)

J, E, A, S = "journalist", "editor", "administrator", "superuser"
EVERYONE, EDITORS, ADMINISTRATORS = {J, E, A, S}, {E, A, S}, {A, S}

# Who may list, add and change what (design: journalists use, editors arrange, administrators run).
LISTS = {
    "articles.article": EVERYONE,
    "articles.assignment": EVERYONE,
    "articles.section": EVERYONE,
    "articles.author": EVERYONE,
    "articles.source": EVERYONE,
    "articles.tag": EVERYONE,
    "articles.storytemplate": EVERYONE,
    "articles.correction": EVERYONE,
    "images.image": EVERYONE,
    "audience.popularity": EVERYONE,
    "masthead.page": EDITORS,
    "masthead.menuentry": EDITORS,
    "masthead.redirect": EDITORS,
    "masthead.masthead": EDITORS,
    "adverts.spot": EDITORS,
    "adverts.booking": EDITORS,
    "accounts.user": ADMINISTRATORS,
    "accounts.auditentry": ADMINISTRATORS,
}
ADDS = {
    "articles.article": EVERYONE,
    "articles.assignment": EVERYONE,
    "articles.section": EDITORS,
    "articles.author": EDITORS,
    "articles.source": EDITORS,
    "articles.tag": EDITORS,
    "articles.storytemplate": EDITORS,
    "articles.correction": set(),
    "images.image": EVERYONE,
    "masthead.page": EDITORS,
    "masthead.menuentry": EDITORS,
    "masthead.redirect": EDITORS,
    "adverts.booking": ADMINISTRATORS,
    "accounts.user": ADMINISTRATORS,
    "accounts.auditentry": set(),
}


class AddressesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = {role: make_user(role) for role in (J, E, A)}
        cls.people[S] = User.objects.create_superuser("root", password="correct horse")
        make_section(), make_author(), make_source(), Tag.named("Énergie")
        cls.article = make_article()

    def status(self, role, address):
        self.client.logout()
        if role:
            self.client.force_login(self.people[role])
        return self.client.get(address).status_code

    def walk(self, table, view):
        for label, allowed in table.items():
            address = reverse(f"admin:{label.replace('.', '_')}_{view}")
            for role in self.people:
                with self.subTest(address, role=role):
                    status = self.status(role, address)
                    self.assertEqual(status in (200, 302), role in allowed, status)
            with self.subTest(address, role="anonymous"):
                self.assertEqual(self.status(None, address), 302)

    def test_who_sees_which_list(self):
        self.walk(LISTS, "changelist")

    def test_who_adds_what(self):
        self.walk(ADDS, "add")

    def test_no_registered_model_is_left_out_of_the_table(self):
        ours = {
            model._meta.label_lower
            for model in admin.site._registry
            if not model.__module__.startswith("django")
        }
        self.assertEqual(ours - LISTS.keys(), set())

    def test_only_who_may_reaches_the_pages_around_an_article(self):
        allowed = {
            "history": EVERYONE, "compare": EVERYONE, "preview": EVERYONE, "preview_page": EVERYONE,
            "take_down": EDITORS, "correct": EDITORS, "links": EDITORS,
        }  # fmt: skip
        for name, roles in allowed.items():
            address = reverse(f"admin:articles_article_{name}", args=[self.article.pk])
            for role in self.people:
                with self.subTest(address, role=role):
                    self.assertEqual(self.status(role, address), 200 if role in roles else 403)
            self.assertEqual(self.status(None, address), 302)

    def test_headings_are_read_by_journalists_and_changed_by_editors(self):
        for model in (Section, Author, Source, Tag):
            row = model.objects.first()
            address = reverse(f"admin:articles_{model._meta.model_name}_change", args=[row.pk])
            self.assertEqual(self.status(J, address), 200)
            self.client.force_login(self.people[J])
            self.assertEqual(self.client.post(address, {"name": "Autre"}).status_code, 403)
            self.client.force_login(self.people[E])
            self.assertContains(self.client.get(address), 'name="_save"')


class ArticleRightsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.owner, cls.other, cls.editor = (
            make_user("journalist"),
            make_user("journalist"),
            make_user("editor"),
        )

    def setUp(self):
        self.client.force_login(self.other)

    def test_a_colleagues_draft_is_read_only(self):
        article = make_article("draft", by=self.owner)
        response = self.client.get(change(article))
        self.assertContains(response, article.title)
        self.assertNotContains(response, 'name="_save"')

    def test_a_colleagues_draft_cannot_be_posted(self):
        article = make_article("draft", by=self.owner)
        self.assertEqual(self.client.post(change(article), typed(article, title="Le mien")).status_code, 403)
        article.refresh_from_db()
        self.assertNotEqual(article.title, "Le mien")

    def test_what_was_typed_into_a_draft_binned_meanwhile_is_shown_again(self):
        article = make_article("draft", by=self.other)
        data = typed(article, title="Tapé longuement")
        article.bin(by=self.editor, version=article.version)
        self.assertContains(self.client.post(change(article), data), "Tapé longuement")

    def test_a_restricted_draft_is_not_seen(self):
        article = make_article("draft", by=self.owner, restricted=True, title="Secret")
        self.assertEqual(self.client.get(change(article)).status_code, 403)
        self.assertNotContains(self.client.get(reverse("admin:articles_article_changelist")), "Secret")
        complete = self.client.get(reverse("admin:articles_article_complete"))
        self.assertNotContains(complete, "Secret")

    def test_a_restricted_draft_is_not_named_by_its_address(self):
        make_article("draft", by=self.owner, restricted=True, title="Une enquête")
        mine = make_article("draft", by=self.other)
        response = self.client.post(change(mine), typed(mine, slug="une-enquete"))
        self.assertIn("slug", response.context["form"].errors)
        self.assertNotContains(response, "Une enquête")

    def test_a_picture_names_no_advertiser_and_an_author_no_account(self):
        image = make_image(by=self.other)
        make_booking(advertiser="Librairie Boussoir", image=image)
        Author.objects.create(name="Basile", user=make_user("journalist", first_name="Gudule"))
        picture = reverse("admin:images_image_change", args=[image.pk])
        authors = reverse("admin:articles_author_changelist")
        self.assertContains(self.client.get(picture), "Booking, ")
        self.assertNotContains(self.client.get(picture), "Boussoir")
        self.assertNotContains(self.client.get(authors), "Gudule")
        self.client.force_login(make_user("administrator"))
        self.assertContains(self.client.get(authors), "Gudule")

    def test_a_restricted_draft_has_no_address_that_tells_its_title(self):
        article = make_article("draft", by=self.owner, restricted=True, title="Une enquête")
        kind = ContentType.objects.get_for_model(article)
        address = reverse("admin:view_on_site", args=[kind.pk, article.pk])
        self.assertEqual(self.client.get(address).status_code, 404)
        self.assertEqual(self.client.get("/admin/go/?url=/monde/une-enquete/").status_code, 404)
        self.client.force_login(self.editor)
        self.assertEqual(self.client.get(address).status_code, 302)

    def test_a_restricted_story_that_was_public_is_named_in_no_list(self):
        article = make_article(by=self.owner, title="Une enquête")
        article.correct("Le témoin s’appelle autrement.", by=self.editor)
        article.take_down(by=self.editor, version=article.version)
        article.arrange(by=self.editor, version=article.version, restricted=True)
        Popularity.objects.create(article=article, reads=1, now=1.0, week=1.0)
        for name in ("articles_correction", "audience_popularity"):
            address = reverse(f"admin:{name}_changelist")
            self.client.force_login(self.other)
            self.assertNotContains(self.client.get(address), "enquête")
            self.client.force_login(self.editor)
            self.assertContains(self.client.get(address), "enquête")

    def test_a_restricted_draft_is_not_named_as_a_related_story(self):
        secret = make_article("draft", by=self.owner, restricted=True, title="Une enquête")
        mine = make_article("draft", by=self.other)
        response = self.client.post(change(mine), typed(mine, related=f"x [{secret.pk}]"))
        self.assertIn("related", response.context["form"].errors)
        mine.chosen_related.create(other=secret)
        self.assertNotContains(self.client.get(change(mine)), "Une enquête")

    def test_who_signs_a_restricted_draft_sees_it(self):
        article = make_article("draft", by=self.owner, restricted=True, authors=["Basile Oyono-Krier"])
        Author.objects.filter(name="Basile Oyono-Krier").update(user=self.other)
        self.assertContains(self.client.get(change(article)), 'name="_save"')

    def test_a_journalist_cannot_publish_what_has_no_button(self):
        article = make_article("draft", by=self.other)
        self.assertNotContains(self.client.get(change(article)), "_publish")
        for button in ("_publish", "_schedule", "_send_back"):
            with self.subTest(button):
                article.refresh_from_db()
                self.client.post(change(article), typed(article, **{button: "", "note": "x"}))
                article.refresh_from_db()
                self.assertEqual(article.status, "draft")

    def test_a_journalist_cannot_set_an_end(self):
        article = make_article("draft", by=self.other)
        self.client.post(change(article), typed(article, expires_at="2027-01-01T00:00"))
        article.refresh_from_db()
        self.assertIsNone(article.expires_at)

    def test_a_journalist_proposes_changes_to_an_own_public_story(self):
        article = make_article(by=self.other)
        self.client.post(change(article), typed(article, title="Autre titre", _submit=""))
        article.refresh_from_db()
        self.assertIsNotNone(article.submitted_at)
        self.assertTrue(article.is_public())

    def test_a_journalist_makes_no_new_tag(self):
        article = make_article("draft", by=self.other)
        response = self.client.post(change(article), typed(article, tags="Inconnu"))
        self.assertIn("tags", response.context["form"].errors)
        self.client.force_login(self.editor)
        self.client.post(change(article), typed(article, tags="Inconnu"))
        self.assertEqual([tag.name for tag in article.tags.all()], ["Inconnu"])

    def test_nobody_deletes_by_djangos_own_page(self):
        article = make_article("draft", by=self.owner)
        self.client.force_login(self.editor)
        self.assertEqual(
            self.client.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code, 403
        )

    def test_everyone_may_leave_a_note_on_what_they_see(self):
        article = make_article("draft", by=self.owner)
        self.client.post(reverse("admin:articles_article_note", args=[article.pk]), {"note": "Beau papier."})
        self.assertEqual(article.notes.get().by, self.other)

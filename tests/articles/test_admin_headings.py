"""Sections, authors, sources and tags at the desk."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Article, Author, Section, Source, Tag
from masthead.models import Redirect
from tests.factories import make_article, make_author, make_section, make_source, make_user


def change(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


class HeadingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client.force_login(self.editor)


class SectionTests(HeadingCase):
    def data(self, section, **fields):
        values = {
            "name": section.name,
            "slug": section.slug,
            "parent": section.parent_id or "",
            "position": 0,
        }
        return values | {"language": ""} | fields

    def test_a_section_moved_under_its_own_child_is_refused_in_a_sentence(self):
        child = make_section("monde/afrique")
        response = self.client.post(change(child.parent), self.data(child.parent, parent=child.pk))
        self.assertIn("parent", response.context["adminform"].form.errors)

    def test_a_moved_section_takes_its_branch_along(self):
        child, home = make_section("monde/afrique"), make_section("ailleurs")
        self.client.post(change(child.parent), self.data(child.parent, parent=home.pk))
        child.refresh_from_db()
        self.assertEqual(child.path, "ailleurs/monde/afrique")

    def test_an_address_is_made_from_the_name(self):
        data = {"name": "Économie sociale", "slug": "", "parent": "", "position": 0, "language": ""}
        self.client.post(reverse("admin:articles_section_add"), data)
        self.assertTrue(Section.objects.filter(path="economie-sociale").exists())

    def test_an_address_too_long_for_the_database_is_refused_in_a_sentence(self):
        child = make_section(f"{'a' * 80}/{'b' * 80}/{'c' * 80}/d")
        response = self.client.post(change(child), self.data(child, slug="d" * 80))
        self.assertIn("slug", response.context["adminform"].form.errors)

    def test_sub_sections_follow_the_language_of_their_section(self):
        child = make_section("welt/afrika")
        self.client.post(change(child.parent), self.data(child.parent, language="de"))
        child.refresh_from_db()
        self.assertEqual(child.language, "de")
        self.client.post(change(child.parent), self.data(child.parent))
        child.refresh_from_db()
        self.assertEqual(child.language, "")

    def test_a_language_has_one_front_page(self):
        nl, other = make_section("nl", name="Nederlands", language="nl"), make_section("vlaanderen")
        response = self.client.post(change(other), self.data(other, language="nl"))
        self.assertIn("“Nederlands”", response.context["adminform"].form.errors["language"][0])
        for section, fields in ((nl, {"language": "nl"}), (other, {"language": "nl", "parent": nl.pk})):
            response = self.client.post(change(section), self.data(section, **fields))
            self.assertEqual(response.status_code, 302)

    def test_a_new_section_stands_last_in_its_place(self):
        make_section("monde", position=7), make_section("monde/asie", position=40)
        for name, parent in (("Afrique", make_section("monde").pk), ("Sport", "")):
            data = {"name": name, "slug": "", "parent": parent, "position": "", "language": ""}
            self.client.post(reverse("admin:articles_section_add"), data)
        rows = self.client.get(reverse("admin:articles_section_changelist")).context["cl"].result_list
        self.assertEqual([row.slug for row in rows], ["monde", "asie", "afrique", "sport"])

    def test_the_list_is_the_tree(self):
        for path in ("a", "a-b", "a/c"):
            make_section(path)
        rows = self.client.get(reverse("admin:articles_section_changelist")).context["cl"].result_list
        self.assertEqual([row.path for row in rows], ["a", "a/c", "a-b"])

    def test_one_in_use_is_not_deleted(self):
        article = make_article()
        address = reverse("admin:articles_section_delete", args=[article.section_id])
        response = self.client.post(address, {"post": "yes"}, follow=True)
        self.assertContains(response, "Articles stand in it")
        self.assertTrue(Section.objects.filter(pk=article.section_id).exists())

    def test_an_empty_one_is(self):
        section = make_section("vide")
        self.client.post(reverse("admin:articles_section_delete", args=[section.pk]), {"post": "yes"})
        self.assertFalse(Section.objects.filter(pk=section.pk).exists())


class TypesettingTests(HeadingCase):
    SAID, SET = "Qui paie ?", "Qui paie\u202f?"

    def test_what_is_said_of_a_heading_is_typeset(self):
        told = {"name": "Rail", "slug": "rail", "description": self.SAID, "bio": self.SAID}
        told |= {"credit_note": self.SAID, "policy": "index", "position": 0}
        for model, field in (
            (Section, "description"),
            (Author, "bio"),
            (Source, "credit_note"),
            (Tag, "description"),
        ):
            with self.subTest(model=model._meta.label):
                slug = model._meta.model_name
                self.client.post(reverse(f"admin:articles_{slug}_add"), told | {"slug": slug})
                self.assertEqual(getattr(model.objects.get(slug=slug), field), self.SET)

    def test_a_sub_section_of_another_language_is_left_alone(self):
        above = make_section("wereld", language="nl")
        told = {"name": "Rail", "slug": "rail", "description": self.SAID, "parent": above.pk, "position": 0}
        self.client.post(reverse("admin:articles_section_add"), told | {"language": "fr"})
        self.assertEqual(Section.objects.get(path="wereld/rail").description, self.SAID)


class CompletionTests(HeadingCase):
    def found(self, model, text):
        results = self.client.get(reverse(f"admin:articles_{model}_complete"), {"q": text}).json()["results"]
        return [result["label"] for result in results]

    def test_authors_are_found_by_first_name_and_surname(self):
        make_author("Maëlle Torrekens")
        for text in ("maë", "Mae", "torr", "TORREKENS"):
            with self.subTest(text):
                self.assertEqual(self.found("author", text), ["Maëlle Torrekens"])

    def test_tags_are_found_without_accents(self):
        Tag.named("Énergie")
        self.assertEqual(self.found("tag", "éner"), ["Énergie"])

    def test_sources_are_found_by_their_beginning(self):
        make_source("partner.example")
        self.assertEqual(self.found("source", "part"), ["partner.example"])

    def test_nothing_typed_finds_nothing(self):
        make_author("Maëlle Torrekens")
        self.assertEqual(self.found("author", " "), [])


class ProfileTests(HeadingCase):
    def test_a_script_is_no_profile(self):
        author = make_author()
        data = {"name": author.name, "slug": author.slug, "profiles": "javascript:alert(1)"}
        response = self.client.post(change(author), data)
        self.assertIn("profiles", response.context["adminform"].form.errors)


class TagTests(HeadingCase):
    def test_a_name_with_a_comma_is_refused(self):
        response = self.client.post(reverse("admin:articles_tag_add"), {"name": "ponts, viaducs", "slug": ""})
        self.assertIn("name", response.context["adminform"].form.errors)

    def test_an_emptied_address_is_made_from_the_name(self):
        Tag.named("Rail")
        tag = Tag.objects.create(name="Rail !", slug="trains")
        self.client.post(change(tag), {"name": "Rail !", "slug": ""})
        self.assertRedirects(
            self.client.get("/tag/trains/"), "/tag/rail-2/", 301, fetch_redirect_response=False
        )

    def test_an_address_in_capitals_that_is_taken_is_refused_in_a_sentence(self):
        Tag.named("Rail")
        response = self.client.post(reverse("admin:articles_tag_add"), {"name": "Trains", "slug": "RAIL"})
        self.assertIn("slug", response.context["adminform"].form.errors)

    def merge(self, *tags, into):
        data = {"action": "merge", "_selected_action": [tag.pk for tag in tags], "into": into, "index": 0}
        return self.client.post(reverse("admin:articles_tag_changelist"), data, follow=True)

    def test_merged_tags_become_one(self):
        first, second = make_article(tags=["Rail"]), make_article(tags=["Rail", "Train"])
        train, rail = Tag.objects.get(name="Train"), Tag.objects.get(name="Rail")
        self.merge(train, rail, into="Train")
        self.assertEqual([list(a.tags.all()) for a in (first, second)], [[train], [train]])
        train.refresh_from_db()
        self.assertEqual((train.uses, Tag.objects.count()), (2, 1))

    def test_the_old_address_leads_to_the_new_tag(self):
        make_article(tags=["Rail"]), Tag.named("Train")
        self.merge(Tag.objects.get(name="Rail"), into="Train")
        self.assertEqual(Redirect.find("/tag/rail/"), "/tag/train/")

    def test_changes_pending_still_publish_after_a_merge(self):
        article = make_article()
        rail, train = Tag.named("Rail"), Tag.named("Train")
        content = article.newest_content()
        changed = content.__class__(**content.to_json() | {"tags": (rail.pk,)})
        article.save_content(changed, by=None, version=article.version)
        self.merge(rail, into="Train")
        article = Article.objects.get(pk=article.pk)
        article.publish(by=None, version=article.version)
        self.assertEqual(list(article.tags.all()), [train])

    def test_a_tag_in_use_is_merged_rather_than_deleted(self):
        make_article(tags=["Rail"])
        tag = Tag.objects.get()
        self.client.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"})
        self.assertTrue(Tag.objects.exists())

    def test_nor_is_it_deleted_with_others_from_the_list(self):
        make_article(tags=["Rail"])
        chosen = {"action": "delete_selected", "_selected_action": [Tag.objects.get().pk], "post": "yes"}
        self.client.post(reverse("admin:articles_tag_changelist"), chosen)
        self.assertTrue(Tag.objects.exists())


class AuthorTests(HeadingCase):
    def test_only_who_sees_the_accounts_ties_an_author_to_one(self):
        author = make_author()
        self.assertNotContains(self.client.get(change(author)), 'name="user"')
        self.client.force_login(make_user("administrator"))
        self.assertContains(self.client.get(change(author)), 'name="user"')

    def test_saving_as_an_editor_keeps_the_account(self):
        journalist = make_user("journalist")
        author = make_author(user=journalist)
        self.client.post(change(author), {"name": "Maëlle T.", "slug": author.slug})
        self.assertEqual(Author.objects.get(pk=author.pk).user, journalist)

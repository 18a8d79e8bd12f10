"""What a new story begins with: a template, another story, the story it follows up on."""

from datetime import UTC, datetime
from io import StringIO
from unittest import mock

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from articles import tags
from articles.models import Article, StoryTemplate, Tag
from articles.related import surroundings
from tests.articles.test_admin_form import ADD, FormCase, change, typed
from tests.factories import make_article, make_image, make_section, make_source

TEMPLATES = reverse("admin:articles_storytemplate_changelist")
NEW = reverse("admin:articles_storytemplate_add")


def make_template(name="Revue de presse", **fields):
    return StoryTemplate.objects.create(name=name, language=fields.pop("language", "fr"), **fields)


class TemplateTests(FormCase):
    def begin(self, **query):
        """The form of a new article as the journalist gets it, begun with this."""
        return self.as_(self.journalist).get(ADD, query)

    def test_an_editor_writes_one(self):
        section = make_section()
        data = {
            "name": "Agenda", "language": "fr", "title": "Agenda du {date}", "body": "<p>Quoi ?</p><script>x</script>",
            "section": section.pk, "tags": "Sorties, Ville", "source": "",
        }  # fmt: skip
        self.assertRedirects(self.as_(self.editor).post(NEW, data), TEMPLATES)
        template = StoryTemplate.objects.get()
        self.assertEqual([tag.name for tag in template.tags.order_by("slug")], ["Sorties", "Ville"])
        self.assertEqual(template.body, "<p>Quoi\u202f?</p>")
        page = self.client.get(reverse("admin:articles_storytemplate_change", args=[template.pk]))
        self.assertContains(page, "Sorties, Ville")
        self.assertEqual(AuditEntry.objects.filter(verb="add storytemplate").get().by, self.editor)

    def test_a_journalist_reads_them_and_changes_none(self):
        template = make_template(body="<h2>Nom du journal</h2>")
        address = reverse("admin:articles_storytemplate_change", args=[template.pk])
        page = self.as_(self.journalist).get(address)
        self.assertContains(page, "<h2>Nom du journal</h2>")
        self.assertNotContains(page, 'name="_save"')
        self.assertEqual(self.client.post(address, {"name": "x"}).status_code, 403)
        self.assertEqual(self.client.get(NEW).status_code, 403)
        delete = reverse("admin:articles_storytemplate_delete", args=[template.pk])
        self.assertEqual(self.client.post(delete, {"post": "yes"}).status_code, 403)

    def test_the_form_begins_with_what_it_has_and_nothing_is_saved(self):
        template = make_template(
            kicker="Presse", title="Revue du {date}", summary="Lue le {date}.", body="<p>Ce {date}.</p>",
            section=make_section(), source=make_source(),
        )  # fmt: skip
        template.tags.add(Tag.named("Médias"))
        late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # past midnight in Brussels
        with mock.patch.object(timezone, "now", return_value=late):
            form = self.begin(template=template.pk).context["form"]
        self.assertEqual(form["title"].value(), "Revue du 1er décembre 2026")
        self.assertEqual(form["summary"].value(), "Lue le 1er décembre 2026.")
        self.assertEqual(form["body"].value(), "<p>Ce 1er décembre 2026.</p>")
        self.assertEqual(form["section"].value(), str(template.section_id))
        self.assertEqual(form["tags"].value(), "Médias")
        self.assertEqual(form["source"].value(), "partner.example [partner-example]")
        self.assertFalse(Article.objects.exists())

    def test_its_date_is_in_its_own_language(self):
        template = make_template(language="nl", title="Persoverzicht van {date}")
        day = datetime(2026, 11, 25, 12, tzinfo=UTC)
        with mock.patch.object(timezone, "now", return_value=day):
            form = self.begin(template=template.pk).context["form"]
        self.assertEqual(form["title"].value(), "Persoverzicht van 25 november 2026")
        self.assertEqual(form["language"].value(), "nl")

    def test_they_are_offered_where_a_story_is_begun(self):
        template = make_template("Résultat")
        self.as_(self.journalist)
        for name in ("index", "articles_article_changelist", "articles_article_add"):
            with self.subTest(name):
                page = self.client.get(reverse(f"admin:{name}"))
                self.assertContains(page, f'<a href="{ADD}?template={template.pk}">Résultat</a>')

    def test_one_that_is_gone_is_not_found(self):
        for wrong in ("0", "x", "-1", "9" * 40):
            self.assertEqual(self.begin(template=wrong).status_code, 404)

    def test_a_merged_tag_stays_among_its_tags(self):
        template, old, new = make_template(), Tag.named("Auto"), Tag.named("Voiture")
        template.tags.add(old)
        tags.merge([old], new, by=self.editor)
        self.assertEqual(list(template.tags.all()), [new])

    def test_a_picture_of_its_text_is_in_use(self):
        image = make_image(by=self.editor)
        make_template("Agenda", body=f'<figure data-image="{image.pk}"></figure>')
        self.as_(self.editor)
        self.assertContains(self.client.get(reverse("admin:images_image_change", args=[image.pk])), "Agenda")
        delete = reverse("admin:images_image_delete", args=[image.pk])
        self.client.post(delete, {"post": "yes"})
        self.assertTrue(type(image).objects.filter(pk=image.pk).exists())

    def test_a_new_paper_has_three(self):
        answers = {"name": "Le Courrier", "language": "en", "publisher": "Courrier", "username": "cheffe"}
        answers |= {"email": "cheffe@courrier.example", "password": "sept-bacs-deux"}
        call_command("start_paper", stdout=StringIO(), **answers)
        found = StoryTemplate.objects.values_list("name", "language", "section__slug")
        self.assertEqual(
            list(found),
            [("Agenda", "en", "culture"), ("Press review", "en", None), ("Result", "en", "sport")],
        )


class CopyTests(FormCase):
    def test_a_copy_has_the_content_and_no_address_notes_or_dates(self):
        image, author = make_image(), "Maëlle Torrekens"
        related = make_article()
        article = make_article(
            title="Le pont", kicker="Ville", image=image, source=make_source(), original_url="https://partner.example/p",
            authors=[author], tags=["Ponts"], related=[related], translation_of=related,
        )  # fmt: skip
        article.add_note("Entre nous.", by=self.editor)
        page = self.as_(self.journalist).get(ADD, {"copy": article.pk})
        form = page.context["form"]
        kept = "title kicker summary body original_url image section tags source authors related"
        for name in kept.split():
            with self.subTest(name):
                self.assertTrue(form[name].value())
        self.assertEqual((form["slug"].value(), form["translation_of"].value()), ("", ""))
        self.assertNotContains(page, "Entre nous.")
        self.assertEqual(Article.objects.count(), 2)

    def test_it_becomes_a_story_of_its_own(self):
        article = make_article(title="Le pont")
        data = typed(title="Le pont", slug="")
        self.as_(self.journalist).post(ADD, data)
        copied = Article.objects.exclude(pk=article.pk).get()
        self.assertEqual(
            (copied.status, copied.slug, copied.created_by), ("draft", "le-pont-2", self.journalist)
        )

    def test_what_one_may_not_see_is_neither_copied_nor_followed(self):
        secret = make_article("draft", by=self.editor, restricted=True, title="Secret")
        self.as_(self.journalist)
        for name in ("copy", "follows"):
            self.assertEqual(self.client.get(ADD, {name: secret.pk}).status_code, 403)
            self.assertEqual(self.client.get(ADD, {name: "x"}).status_code, 404)
            self.assertTrue(
                self.as_(self.editor).get(ADD, {name: secret.pk}).context["form"]["restricted"].value()
            )
            self.as_(self.journalist)

    def test_a_copy_names_no_story_that_one_may_not_see(self):
        secret = make_article("draft", by=self.editor, restricted=True, title="Secret")
        article = make_article(related=[secret], follows=secret.pk)
        form = self.as_(self.journalist).get(ADD, {"copy": article.pk}).context["form"]
        self.assertEqual((form["related"].value(), form["follows"].value()), ("", ""))

    def test_both_buttons_stand_in_the_form_and_in_the_read_only_view(self):
        article = make_article("draft", by=self.editor)
        for user in (self.editor, self.journalist):
            page = self.as_(user).get(change(article))
            self.assertContains(page, f"?copy={article.pk}")
            self.assertContains(page, f"?follows={article.pk}")

    def test_who_writes_nothing_has_no_buttons_and_no_form(self):
        article = make_article()
        self.journalist.groups.clear()
        self.as_(self.journalist)
        for query in ({"copy": article.pk}, {"follows": article.pk}, {"template": make_template().pk}):
            self.assertEqual(self.client.get(ADD, query).status_code, 403)


class FollowUpTests(FormCase):
    def test_it_begins_in_the_place_of_the_one_before(self):
        article = make_article(kicker="Ville", tags=["Ponts"], title="Le pont")
        form = self.as_(self.journalist).get(ADD, {"follows": article.pk}).context["form"]
        self.assertEqual((form["kicker"].value(), form["tags"].value()), ("Ville", "Ponts"))
        self.assertEqual((form["section"].value(), form["title"].value()), (str(article.section_id), ""))
        self.assertEqual(form["follows"].value(), f"Le pont [{article.pk}]")

    def test_readers_of_either_find_the_other_once_both_are_public(self):
        first = make_article(title="Le pont s’ouvre")
        self.as_(self.editor).post(ADD, typed(title="Le pont se ferme", follows=f"x [{first.pk}]"))
        second = Article.objects.get(title="Le pont se ferme")
        self.assertNotContains(self.client.get(first.get_absolute_url()), "Le pont se ferme")
        second.publish(by=self.editor, version=second.version)
        self.assertContains(self.client.get(first.get_absolute_url()), "Follow-up:")
        self.assertContains(self.client.get(first.get_absolute_url()), "Le pont se ferme")
        self.assertContains(self.client.get(second.get_absolute_url()), "Earlier story:")
        first.take_down(by=self.editor, version=first.version)
        self.assertNotContains(self.client.get(second.get_absolute_url()), "Le pont s’ouvre")

    def test_on_a_public_story_it_is_a_change_pending(self):
        first, second = make_article(title="Le pont s’ouvre"), make_article()
        self.as_(self.editor).post(change(second), typed(second, follows=f"x [{first.pk}]", _save=""))
        self.assertEqual(surroundings(first, []).follow_ups, [])
        second.refresh_from_db()
        second.publish(by=self.editor, version=second.version)
        self.assertEqual(surroundings(first, []).follow_ups, [second])
        preview = self.client.get(reverse("admin:articles_article_preview_page", args=[second.pk]))
        self.assertContains(preview, "Le pont s’ouvre")

    def test_a_story_cannot_follow_itself(self):
        article = make_article()
        page = self.as_(self.editor).post(change(article), typed(article, follows=f"x [{article.pk}]"))
        self.assertIn("follows", page.context["form"].errors)

    def test_the_newest_few_are_shown_and_nothing_twice(self):
        first = make_article(tags=["Ponts"])
        later = [make_article(tags=["Ponts"], follows=first.pk) for _ in range(7)]
        around = surroundings(first, first.tags.all())
        self.assertEqual(around.follow_ups, later[:1:-1])
        shown = [*around.follow_ups, *around.related, *around.in_section]
        self.assertEqual(len(shown), len(set(shown)))

    def test_when_the_one_before_is_deleted_the_other_stays(self):
        first = make_article("draft")
        second = make_article(follows=first.pk)
        first.delete()
        second.refresh_from_db()
        self.assertIsNone(second.follows_id)


class KeyTests(FormCase):
    def test_the_page_about_me_has_a_bookmark_that_leads_to_the_form(self):
        page = self.as_(self.journalist).get(reverse("admin:me"))
        self.assertContains(page, "/admin/go/?url=")
        self.assertContains(page, "encodeURIComponent(location.href)")

"""The gate before publishing: what it finds, what it refuses, what it asks about, and who may pass it over."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from articles import gate
from articles.content import Content
from articles.models import Article, Tag
from masthead.models import Page
from tests.articles.test_admin_form import ADD, change, typed
from tests.factories import make_article, make_image, make_section, make_source, make_user

NEW = reverse("admin:articles_article_gate_of_new")


def at(article):
    return reverse("admin:articles_article_gate", args=[article.pk])


class RulesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.whole = Content(
            title="Le pont ouvre jeudi",
            summary="Deux ans de travaux, et une voix de majorité.",
            body="<p>Les premiers camions passent à six heures.</p>",
            language="fr",
            section=make_section().pk,
            tags=(Tag.named("Pont").pk,),
        )

    def keys(self, **fields):
        return [finding.key for finding in gate.findings(replace(self.whole, **fields))]

    def test_a_whole_story_passes(self):
        self.assertEqual(self.keys(), [])
        self.assertEqual(gate.in_order(self.whole, []), ["title", "section", "body", "summary", "tags"])

    def test_what_must_be_there(self):
        cases = {
            "title": {"title": " "},
            "section": {"section": None},
            "body": {"body": "<p> </p>"},
            "original_url": {"source": make_source().pk},
            "source": {"original_url": "https://partner.example/pont"},
            "embed:https://video.example/1": {
                "body": f'{self.whole.body}<figure data-embed="https://video.example/1"></figure>'
            },
        }
        for key, fields in cases.items():
            with self.subTest(key):
                found = gate.findings(replace(self.whole, **fields))
                self.assertEqual([(f.level, f.key) for f in found], [(gate.MUST, key)])

    def test_what_is_doubtful(self):
        cases = {
            "title-length": {"title": "Un titre " + " ".join(chr(97 + n) * 4 for n in range(20))},
            "title-words": {"title": "Le pont, encore le pont"},
            "summary": {"summary": ""},
            "summary-length": {"summary": "a " * 151},
            "seo_title": {"seo_title": "a" * 61},
            "seo_description": {"seo_description": "a" * 156},
            "tags": {"tags": ()},
            "paragraphs": {"body": f"<p>{'mot ' * 121}</p>"},
            "empty-links": {"body": '<p>Voir <a href="#">ici</a>.</p>'},
            "contract": {
                "source": make_source(contract_until=timezone.localdate() - timedelta(days=1)).pk,
                "original_url": "https://partner.example/pont",
            },
        }
        for key, fields in cases.items():
            with self.subTest(key):
                found = gate.findings(replace(self.whole, **fields))
                self.assertEqual([(f.level, f.key) for f in found], [(gate.SHOULD, key)])

    def test_a_short_word_may_come_twice_but_not_at_once(self):
        self.assertEqual(self.keys(title="Un vaccin sans aiguille, et presque sans frigo"), [])
        self.assertEqual(self.keys(title="Le maire et le pont"), [])
        self.assertEqual(self.keys(title="Le le pont"), ["title-words"])

    def test_each_picture_is_named_with_what_it_lacks(self):
        lead = make_image(alt="", credit="Ruben Halloy", title="pont.jpg")
        inside = make_image(rights="libre", rights_until=timezone.localdate() - timedelta(days=1))
        bare = make_image()
        body = self.whole.body + "".join(
            f'<figure data-image="{pk}"></figure>' for pk in (inside.pk, bare.pk, 999)
        )
        self.assertEqual(
            self.keys(image=lead.pk, body=body),
            [f"rights:{inside.pk}", "gone:999", f"alt:{lead.pk}", f"credit:{bare.pk}", f"size:{lead.pk}"],
        )
        found = gate.findings(replace(self.whole, image=lead.pk))
        self.assertIn("“pont.jpg”: Describe", str(found[0]))

    def test_links_that_lead_nowhere_are_named(self):
        public, draft = make_article(), make_article("draft")
        gone = make_article("withdrawn")
        renamed = make_article()
        renamed.save_content(replace(Content.of(renamed), slug="le-viaduc"), by=None, version=renamed.version)
        old = renamed.get_absolute_url()
        renamed.publish(by=None, version=renamed.version)
        Page.objects.create(title="Contact", slug="contact", is_published=True)
        good = [
            public.get_absolute_url(), f"http://testserver/{public.slug}?a=1#b", old, "/monde/", "/monde/2026/02/",
            "/monde/feed/", "/contact/", "/", "/feed/", "/robots.txt", "/tag/pont/", "https://ailleurs.example/x",
            "mailto:desk@paper.example",
        ]  # fmt: skip
        bad = [
            draft.get_absolute_url(), gone.get_absolute_url(), "/nulle-part/", "/tag/rien/", "/admin/", "/x/feed/",
            "/a%0Ab", "/a%00b",
        ]  # fmt: skip
        links = [f'<a href="{address}">{address}</a>' for address in good + bad]
        links += [f'<a data-article="{story.pk}">{story.pk}</a>' for story in (public, draft)]
        body = f"<p>{' '.join(links)}</p>"
        known = gate.Known.of([replace(self.whole, body=body)])
        self.assertEqual(known.nowhere, set(bad))
        self.assertEqual(known.stories, {str(public.pk)})
        self.assertEqual(self.keys(body=body), ["links"])
        self.assertEqual(self.keys(body=f"<p>{' '.join(links[: len(good)])}</p>"), [])

    def test_it_costs_the_same_whatever_the_story_names(self):
        def cost(number):
            stories, images = [make_article() for _n in range(number)], [make_image() for _n in range(number)]
            body = "".join(
                f'<p><a data-article="{s.pk}">a</a> <a href="{s.get_absolute_url()}">b</a> '
                f'<a href="/x{s.pk}/">c</a></p><figure data-image="{i.pk}"></figure>'
                for s, i in zip(stories, images, strict=True)
            )  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                gate.findings(replace(self.whole, body=body, image=images[0].pk))
            return len(queries)

        self.assertEqual(cost(1), cost(5))


class PublishingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")

    def test_what_is_missing_refuses_and_names_the_picture(self):
        article = make_article("draft", image=make_image(alt="", title="pont.jpg"))
        with self.assertRaisesMessage(ValidationError, "pont.jpg"):
            article.publish(by=self.editor, version=article.version)

    def test_what_readers_see_already_does_not_refuse(self):
        image = make_image()
        article = make_article(image=image)
        image.alt = ""
        image.save()
        article.save_content(
            replace(Content.of(article), title="Un autre titre"), by=self.editor, version=article.version
        )
        article.publish(by=self.editor, version=article.version, asking=True)
        self.assertTrue(article.is_public())

    def test_the_form_asks_once_about_what_is_doubtful_and_notes_it(self):
        self.client.force_login(self.editor)
        response = self.client.post(ADD, typed(summary="", _publish=""))
        article = Article.objects.get()
        self.assertContains(response, "Publish all the same")
        self.assertContains(response, "Write a summary")
        self.assertEqual(article.status, Article.Status.DRAFT)
        again = typed(article, summary="", version=response.context["form"]["version"].value())
        self.client.post(change(article), again | {"_publish": "anyway"})
        article.refresh_from_db()
        self.assertTrue(article.is_public())
        entry = AuditEntry.objects.filter(verb="publish").first()
        self.assertIn("Write a summary", dict(entry.told)["published all the same"])

    def test_changes_are_asked_about_only_for_what_is_new_in_them(self):
        article = make_article(summary="")
        self.client.force_login(self.editor)
        self.client.post(change(article), typed(article, title="Le viaduc", _publish=""))
        article.refresh_from_db()
        self.assertEqual(article.title, "Le viaduc")

    def test_scheduling_asks_too(self):
        self.client.force_login(self.editor)
        moment = f"{timezone.now().year + 1}-01-10T06:00"
        response = self.client.post(ADD, typed(summary="", published_at=moment, _schedule=""))
        self.assertContains(response, 'name="_schedule" value="anyway"')

    def test_a_story_without_a_doubt_is_not_asked_about(self):
        self.client.force_login(self.editor)
        Tag.named("Pont")
        self.client.post(ADD, typed(tags="Pont", _publish=""))
        self.assertTrue(Article.objects.get().is_public())

    def test_missing_things_are_not_passed_over(self):
        self.client.force_login(self.editor)
        response = self.client.post(ADD, typed(section="", _publish="anyway"))
        self.assertContains(response, "Choose the section it stands in.")
        self.assertEqual(Article.objects.get().status, Article.Status.DRAFT)

    def test_a_journalist_submits_what_is_doubtful_and_is_told(self):
        self.client.force_login(self.journalist)
        response = self.client.post(ADD, typed(summary="", section="", _submit=""), follow=True)
        self.assertEqual(Article.objects.get().status, Article.Status.SUBMITTED)
        self.assertContains(response, "says what is still missing or doubtful")

    def test_publishing_many_notes_what_was_passed_over(self):
        article = make_article("submitted")
        self.client.force_login(self.editor)
        data = {"action": "publish", "confirmed": "1", "_selected_action": [article.pk]}
        self.client.post(reverse("admin:articles_article_changelist"), data)
        self.assertIn("tag", AuditEntry.objects.filter(verb="publish").first().detail["doubts"])


class LiveListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.other = make_user("journalist"), make_user("journalist")
        cls.editor = make_user("editor")
        cls.article = make_article("draft", by=cls.journalist, section=None)

    def test_it_stands_at_the_forms_side(self):
        self.client.force_login(self.journalist)
        response = self.client.get(change(self.article))
        self.assertContains(response, "<desk-gate")
        self.assertContains(response, "Choose the section it stands in.")
        self.assertNotContains(response, "asked")

    def test_it_follows_what_is_typed_and_writes_nothing(self):
        self.client.force_login(self.editor)
        data = typed(
            self.article, section=make_section().pk, title="", tags="Neuf", body='<p><a href="#">x</a></p>'
        )
        response = self.client.post(at(self.article), data)
        said = [str(finding) for finding in response.context["gate"]["missing"]]
        self.assertEqual(said, ["Give the article a title."])
        self.assertContains(response, "no words or no address")
        self.assertNotContains(response, "Add a tag")
        self.assertFalse(Tag.objects.exists())
        self.article.refresh_from_db()
        self.assertIsNone(self.article.section)

    def test_a_new_story_and_nonsense_have_a_list_too(self):
        self.client.force_login(self.journalist)
        body = f'<figure data-image="x"></figure><figure data-image="{"9" * 5000}"></figure><a data-article="²">a</a>'
        for data in ({}, typed(), typed(body=body, title="a" * 300, section="x", image="x", language="")):
            self.assertEqual(self.client.post(NEW, data).status_code, 200)

    def test_only_who_may_write_the_story_is_answered(self):
        for user, address, status in (
            (self.other, at(self.article), 403),
            (self.journalist, at(self.article), 200),
            (self.editor, at(self.article), 200),
            (self.editor, reverse("admin:articles_article_gate", args=[10**6]), 404),
        ):
            self.client.force_login(user)
            self.assertEqual(self.client.post(address, typed()).status_code, status)
            self.assertEqual(self.client.get(address).status_code, 405)
        self.client.logout()
        for address in (NEW, at(self.article)):
            self.assertEqual(self.client.post(address, typed()).status_code, 302)


class CommandTests(TestCase):
    def check(self, *options):
        out = StringIO()
        try:
            call_command("check_stories", *options, stdout=out)
        except CommandError as error:
            return out.getvalue(), str(error)
        return out.getvalue(), ""

    def test_it_says_what_the_whole_site_lacks(self):
        image = make_image()
        public, waiting = make_article(image=image), make_article("submitted", section=None)
        draft = make_article("draft")
        image.alt = ""
        image.save()
        said, ended = self.check()
        self.assertIn(public.get_absolute_url(), said)
        self.assertIn(change(waiting), said)
        self.assertNotIn(change(draft), said)
        self.assertNotIn("tag", said)
        self.assertIn("2", ended)

    def test_what_is_doubtful_is_said_when_asked_for_and_is_no_failure(self):
        make_article("scheduled")
        self.assertEqual(self.check(), ("", ""))
        said, ended = self.check("--should")
        self.assertIn("Add a tag", said)
        self.assertEqual(ended, "")

    def test_changes_that_wait_are_looked_at_beside_what_is_public(self):
        article = make_article()
        article.save_content(replace(Content.of(article), section=None), by=None, version=article.version)
        article.submit(by=None, version=article.version)
        self.assertIn("Choose the section", self.check()[0])

    def test_a_batch_costs_the_same_for_one_and_for_ten(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.check("--should")
            return len(queries)

        make_article(body='<p><a href="/x/">a</a></p>')
        one = cost()
        for _n in range(9):
            make_article(body='<p><a href="/x/">a</a></p>')
        self.assertEqual(cost(), one)

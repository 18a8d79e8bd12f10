"""Changes on a public story that go live at a moment that is set: to the second, with no process alive."""

from datetime import timedelta
from unittest import mock

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from articles import pending, planning
from articles.models import Tag
from articles.workflow import Conflict
from newsroom.housekeeping import superfluous
from tests.articles.test_admin_form import change, typed
from tests.articles.test_workflow import with_values
from tests.factories import make_article, make_author, make_image, make_section, make_source, make_user


class PendingTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")
        cls.article = make_article(by=cls.journalist, title="Avant", tags=["Ports"])
        cls.moment = timezone.now() + timedelta(hours=2)

    def change(self, **values):
        article = self.article
        article.save_content(with_values(article, **values), by=self.editor, version=article.version)

    def plan(self, **values):
        self.change(**values)
        self.article.plan(by=self.editor, version=self.article.version, at=self.moment)

    def at(self, seconds):
        """The clock that many seconds after the moment."""
        return mock.patch.object(timezone, "now", return_value=self.moment + timedelta(seconds=seconds))

    def page(self):
        return self.client.get(self.article.get_absolute_url())


class GoingLiveTests(PendingTestCase):
    def test_readers_see_the_old_state_until_the_second_and_the_new_one_from_it(self):
        self.plan(title="Après")
        self.assertContains(self.page(), "Avant")
        with self.at(-1):
            self.assertNotContains(self.page(), "Après")
        with self.at(0):
            self.assertContains(self.page(), "Après")

    def test_the_page_shows_every_kind_of_field_that_changed(self):
        image, source = make_image(), make_source()
        self.plan(
            title="Après", kicker="Fleuve", summary="Tout change.", body="<p>Nouveau texte.</p>", image=image.pk,
            source=source.pk, original_url="https://partner.example/x", tags=(Tag.named("Rail").pk,),
            authors=((make_author("Rémi Okkerse").pk, ""),),
        )  # fmt: skip
        shown = [
            "Après",
            "Fleuve",
            "Tout change.",
            "Nouveau texte.",
            "partner.example",
            "Rail",
            "Rémi Okkerse",
            image.alt,
        ]
        with self.at(1):
            page = self.page()
        for words in shown:
            self.assertContains(page, words)
        self.assertNotContains(page, "Ports")

    def test_the_schedule_writes_them_to_the_row(self):
        self.plan(title="Après", section=make_section("europe").pk)
        with self.at(1):
            pending.go_live_due()
            self.article.refresh_from_db()
            self.assertEqual((self.article.title, self.article.section.slug), ("Après", "europe"))
            self.assertFalse(self.article.is_planned)
            self.assertIsNone(self.article.draft_revision)
            self.assertContains(self.client.get("/europe/"), "Après")
        self.assertEqual(self.article.live_revision.content["title"], "Après")
        self.assertEqual(AuditEntry.objects.filter(verb="publish").first().by, self.editor)

    def test_nothing_goes_live_before_its_moment(self):
        self.plan(title="Après")
        pending.go_live_due()
        self.article.refresh_from_db()
        self.assertTrue(self.article.is_planned)

    def test_what_is_saved_after_the_approval_waits(self):
        self.plan(title="Après")
        self.change(title="Plus tard", summary="Pas relu.")
        with self.at(1):
            self.assertNotContains(self.page(), "Plus tard")
            pending.go_live_due()
            self.assertNotContains(self.page(), "Plus tard")
        self.article.refresh_from_db()
        self.assertEqual((self.article.title, self.article.newest_content().title), ("Après", "Plus tard"))
        opened = self.article.version
        for values in ({"summary": "De lui."}, {"kicker": "D’elle"}):  # two people go on from there
            self.article.save_content(with_values(self.article, **values), by=self.editor, version=opened)
        newest = self.article.newest_content()
        self.assertEqual((newest.summary, newest.kicker), ("De lui.", "D’elle"))

    def test_readers_are_told_of_the_update_if_the_editor_says_so(self):
        self.change(title="Après")
        self.article.plan(by=self.editor, version=self.article.version, at=self.moment, updated=True)
        with self.at(1):
            pending.go_live_due()
        self.article.refresh_from_db()
        self.assertEqual(self.article.modified_at, self.moment)

    def test_one_that_fails_stops_no_other(self):
        self.plan(title="Après")
        first, self.article = self.article, make_article(title="Autre")
        self.plan(title="Autre après")
        real = type(first).go_live
        broken = mock.patch.object(
            type(first),
            "go_live",
            autospec=True,
            side_effect=lambda a: real(a) if a.pk != first.pk else 1 / 0,
        )
        with self.at(1), broken, self.assertLogs("articles.pending"), self.assertRaises(ExceptionGroup):
            pending.go_live_due()
        self.article.refresh_from_db()
        self.assertEqual(self.article.title, "Autre après")

    def test_the_row_is_not_written_over_somebody_faster(self):
        self.plan(title="Après")
        stale = type(self.article).objects.get(pk=self.article.pk)
        self.article.arrange(by=self.editor, version=self.article.version, restricted=True)
        with self.assertRaises(Conflict):
            stale.go_live()

    def test_a_section_deleted_meanwhile_leaves_the_story_where_it_is(self):
        section = make_section("europe")
        self.plan(title="Après", section=section.pk)
        section.delete()
        with self.at(1):
            pending.go_live_due()
        self.article.refresh_from_db()
        self.assertEqual((self.article.title, self.article.section.slug), ("Après", "monde"))

    def test_a_section_that_changes_lead_to_is_not_deleted_at_the_desk(self):
        section = make_section("europe")
        self.plan(section=section.pk)
        self.client.force_login(self.editor)
        self.client.post(reverse("admin:articles_section_delete", args=[section.pk]), {"post": "yes"})
        self.assertTrue(type(section).objects.filter(pk=section.pk).exists())

    def test_what_readers_see_already_is_not_taken_back(self):
        for verb in ("unplan", "drop_changes"):
            self.plan(title=f"Après {verb}")
            with self.subTest(verb), self.at(1), self.assertRaises(ValidationError):
                getattr(self.article, verb)(by=self.editor, version=self.article.version)
            self.article.refresh_from_db()
            self.assertTrue(self.article.is_planned)
            self.article.unplan(by=self.editor, version=self.article.version)

    def test_what_readers_saw_before_it_was_taken_down_is_among_the_states_that_were_public(self):
        self.plan(title="Après")
        with self.at(1):
            self.article.take_down(by=self.editor, version=self.article.version)
        titles = [row.content["title"] for row in self.article.revisions.filter(kind="published")]
        self.assertIn("Après", titles)

    def test_an_end_before_their_moment_is_refused(self):
        self.plan(title="Après")
        with self.assertRaises(ValidationError):
            self.article.arrange(
                by=self.editor, version=self.article.version, expires_at=self.moment - timedelta(hours=1)
            )

    def test_they_stand_on_the_calendar(self):
        self.plan(title="Après")
        day = timezone.localdate(self.moment)
        self.assertIn("change", [entry.kind for entry in planning.entries(self.editor, day, day)])


class PlanningTests(PendingTestCase):
    def test_a_journalist_cannot_plan(self):
        self.change(title="Après")
        with self.assertRaises(PermissionDenied):
            self.article.plan(by=self.journalist, version=self.article.version, at=self.moment)

    def test_what_could_not_be_published_is_not_planned(self):
        self.change(body="")
        with self.assertRaises(ValidationError) as caught:
            self.article.plan(by=self.editor, version=self.article.version, at=self.moment)
        self.assertIn("body", caught.exception.message_dict)

    def test_a_moment_gone_by_is_refused(self):
        self.change(title="Après")
        with self.assertRaises(ValidationError):
            self.article.plan(
                by=self.editor, version=self.article.version, at=timezone.now() - timedelta(minutes=1)
            )

    def test_taken_back_they_wait(self):
        self.plan(title="Après")
        self.article.unplan(by=self.editor, version=self.article.version)
        with self.at(1):
            self.assertNotContains(self.page(), "Après")
        self.assertEqual(self.article.newest_content().title, "Après")

    def test_an_editor_drops_them_and_a_journalist_only_what_came_since(self):
        self.plan(title="Après")
        self.change(title="Plus tard")
        self.article.submit(by=self.journalist, version=self.article.version)
        self.article.drop_changes(by=self.journalist, version=self.article.version)
        self.assertEqual(self.article.newest_content().title, "Après")
        self.assertIsNone(self.article.submitted_at)
        self.article.drop_changes(by=self.editor, version=self.article.version)
        self.assertEqual((self.article.newest_content().title, self.article.is_planned), ("Avant", False))

    def test_what_is_published_or_taken_down_before_is_no_longer_planned(self):
        self.plan(title="Après")
        self.article.publish(by=self.editor, version=self.article.version)
        self.assertFalse(self.article.is_planned)
        self.plan(title="Encore après")
        self.article.take_down(by=self.editor, version=self.article.version)
        self.assertFalse(self.article.is_planned)

    def test_its_revision_and_its_pictures_are_kept(self):
        image = make_image()
        self.plan(body=f'<p>Voici.</p><figure data-image="{image.pk}"></figure>')
        self.change(body="<p>Sans image.</p>")
        self.assertTrue(self.article.references.filter(kind="image", target_id=image.pk).exists())
        with self.settings(REVISIONS_KEPT=0, REVISIONS_DAILY=0):
            doomed = superfluous(self.article.revisions.all(), timezone.now())
        self.assertNotIn(self.article.planned_revision_id, doomed)


class FormTests(PendingTestCase):
    def setUp(self):
        self.client.force_login(self.editor)

    def send(self, **values):
        moment = timezone.localtime(self.moment).strftime("%Y-%m-%dT%H:%M")
        data = typed(self.article, tags="Ports", go_live_at=moment) | values
        response = self.client.post(change(self.article), data, follow=True)
        self.article.refresh_from_db()
        return response

    def test_an_editor_plans_and_takes_back(self):
        response = self.send(title="Après", _plan="anyway")
        self.assertTrue(self.article.is_planned)
        self.assertContains(response, "changes go live on")
        response = self.send(title="Après", _unplan="")
        self.assertFalse(self.article.is_planned)
        self.assertContains(response, "with changes pending")

    def test_without_a_moment_or_a_change_it_is_said_beside_the_field(self):
        response = self.send(title="Après", go_live_at="", _plan="anyway")
        self.assertIn("go_live_at", response.context["form"].errors)
        self.article.drop_changes(by=self.editor, version=self.article.version)
        response = self.send(_plan="anyway")
        self.assertIn("go_live_at", response.context["form"].errors)

    def test_doubts_are_asked_about_once(self):
        response = self.send(title="Après après", _plan="")
        self.assertContains(response, 'value="anyway"')
        self.assertFalse(self.article.is_planned)
        self.send(title="Après après", _plan="anyway")
        self.assertTrue(self.article.is_planned)

    def test_a_journalist_sees_neither_field_nor_button(self):
        self.client.force_login(self.journalist)
        response = self.client.get(change(self.article))
        self.assertNotContains(response, 'name="_plan"')
        self.assertNotContains(response, 'name="go_live_at"')
        self.send(title="Après", _plan="anyway")
        self.assertFalse(self.article.is_planned)

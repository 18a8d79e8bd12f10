"""Ideas and orders before there is a text: who may do what, and what becomes of them."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from articles.models import Article, Assignment
from articles.models.planning import tell_late
from articles.workflow import Conflict
from tests.factories import make_author, make_section, make_user

ADD = "/admin/articles/assignment/add/"
LIST = "/admin/articles/assignment/"


class AssignmentCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.other = make_user("journalist", "maelle"), make_user("journalist", "remi")
        cls.editor = make_user("editor", "ysaline")
        cls.desk = make_section("monde")

    def make(self, *, by=None, **fields):
        return Assignment.start(
            by=by or self.editor, **({"title": "Les citernes", "desk": self.desk} | fields)
        )

    def told(self, user):
        return list(user.notifications.values_list("kind", flat=True))


class VerbTests(AssignmentCase):
    def test_an_order_becomes_a_story(self):
        author = make_author("Maëlle Torrekens", user=self.journalist)
        order = self.make(journalist=self.journalist, idea="Qui les a vidées ?")
        self.assertEqual((order.state, self.told(self.journalist)), ("taken", ["assign"]))
        article = order.begin(by=self.journalist, version=order.version)
        self.assertEqual(
            (article.title, article.section, article.status), ("Les citernes", self.desk, "draft")
        )
        self.assertEqual((article.created_by, list(article.authors.all())), (self.journalist, [author]))
        self.assertEqual((article.assignment, article.notes.get().text), (order, "Qui les a vidées ?"))
        Article.objects.filter(pk=article.pk).update(body="<p>Le texte.</p>")
        article.refresh_from_db()
        article.publish(by=self.editor, version=article.version)
        order.refresh_from_db()
        self.assertEqual(order.state, "done")

    def test_an_idea_is_taken_by_who_wants_it(self):
        idea = self.make(by=self.journalist)
        idea.take(by=self.other, version=idea.version)
        self.assertEqual((idea.state, idea.journalist), ("taken", self.other))
        self.assertEqual(self.told(self.journalist), ["take"])

    def test_saying_no_needs_a_reason_and_opens_it_again(self):
        order = self.make(journalist=self.journalist)
        with self.assertRaises(ValidationError):
            order.decline(by=self.journalist, version=order.version, note=" ")
        order.decline(by=self.journalist, version=order.version, note="Je suis au procès.")
        self.assertEqual((order.state, order.journalist), ("open", None))
        self.assertEqual(self.editor.notifications.get().note, "Je suis au procès.")

    def test_it_is_given_to_another(self):
        order = self.make(journalist=self.journalist)
        order.change(by=self.editor, version=order.version, journalist=self.other)
        self.assertEqual(
            (self.told(self.journalist), self.told(self.other)), (["unassign", "assign"], ["assign"])
        )

    def test_dropped_and_reopened(self):
        order = self.make(journalist=self.journalist)
        order.drop(by=self.editor, version=order.version, note="Trop tard.")
        self.assertEqual((order.state, order.note), ("dropped", "Trop tard."))
        order.reopen(by=self.editor, version=order.version)
        self.assertEqual(order.state, "taken")

    def test_what_a_role_may_not_do_is_refused(self):
        order, idea = self.make(journalist=self.journalist), self.make(by=self.journalist)
        for verb, row, options in [
            ("change", order, {"title": "Autre"}), ("begin", order, {}), ("decline", order, {"note": "Non."}),
            ("finish", order, {}), ("drop", order, {}), ("drop", idea, {}), ("reopen", order, {}),
        ]:  # fmt: skip
            with self.subTest(verb), self.assertRaises(PermissionDenied):
                getattr(row, verb)(by=self.other, version=row.version, **options)
        with self.assertRaises(PermissionDenied):
            self.make(by=self.journalist, journalist=self.other)
        with self.assertRaises(PermissionDenied):  # an editor does not write in a journalist's place
            order.begin(by=self.editor, version=order.version)

    def test_of_two_who_take_it_one_has_it(self):
        idea = self.make()
        same = Assignment.objects.get(pk=idea.pk)
        idea.take(by=self.journalist, version=idea.version)
        with self.assertRaises(Conflict):
            same.take(by=self.other, version=same.version)
        self.assertEqual(Assignment.objects.get(pk=idea.pk).journalist, self.journalist)

    def test_a_story_is_begun_once(self):
        order = self.make(journalist=self.journalist)
        order.begin(by=self.journalist, version=order.version)
        with self.assertRaises(ValidationError):
            order.begin(by=self.journalist, version=order.version)
        self.assertEqual(Article.objects.count(), 1)

    def test_each_step_is_in_the_trail(self):
        order = self.make(journalist=self.journalist)
        order.begin(by=self.journalist, version=order.version)
        order.finish(by=self.editor, version=order.version)
        verbs = list(
            AuditEntry.objects.filter(target_type__model="assignment").values_list("verb", flat=True)
        )
        self.assertEqual(verbs, ["finish assignment", "begin assignment", "assign"])

    def test_being_late_is_told_once(self):
        self.make(journalist=self.journalist, deadline=timezone.now() - timedelta(minutes=1))
        self.make(journalist=self.journalist, deadline=timezone.now() + timedelta(hours=1))
        tell_late()
        tell_late()
        self.assertEqual(self.told(self.journalist).count("late"), 1)
        self.assertEqual(self.told(self.editor), ["late"])


class DeskTests(AssignmentCase):
    def form(self, **fields):
        return {
            "title": "Les citernes",
            "idea": "",
            "desk": self.desk.pk,
            "deadline": "",
            "journalist": "",
        } | fields

    def press(self, row, button, **fields):
        return self.client.post(f"{LIST}{row.pk}/change/", {button: "1", "version": row.version} | fields)

    def test_an_editor_orders_a_story(self):
        self.client.force_login(self.editor)
        sent = self.form(_save="1", deadline="2027-03-01T18:00", journalist=self.journalist.pk)
        self.client.post(ADD, sent)
        order = Assignment.objects.get()
        self.assertEqual(
            (order.journalist, order.created_by, order.desk), (self.journalist, self.editor, self.desk)
        )
        self.assertEqual(timezone.localtime(order.deadline).hour, 18)

    def test_a_journalist_cannot_order_one_of_another(self):
        self.client.force_login(self.journalist)
        response = self.client.post(ADD, self.form(_save="1", journalist=self.other.pk))
        self.assertEqual((response.status_code, Assignment.objects.count()), (200, 0))
        self.client.post(ADD, self.form(_save="1"))
        self.assertEqual(Assignment.objects.get().created_by, self.journalist)

    def test_a_title_is_asked_for(self):
        self.client.force_login(self.journalist)
        self.assertContains(self.client.post(ADD, self.form(_save="1", title=" ")), "Say in a few words")

    def test_buttons_are_there_for_who_may_press_them(self):
        order = self.make(journalist=self.journalist)
        shown = {
            self.journalist: {"begin", "decline", "finish"},
            self.other: set(),
            self.editor: {"save", "finish", "drop"},
        }
        for user, buttons in shown.items():
            self.client.force_login(user)
            page = self.client.get(f"{LIST}{order.pk}/change/").content.decode()
            for button in ("save", "take", "begin", "decline", "finish", "drop", "reopen"):
                with self.subTest(user=user, button=button):
                    self.assertEqual(f'name="_{button}"' in page, button in buttons)

    def test_a_button_that_is_not_there_is_refused(self):
        order = self.make(journalist=self.journalist)
        self.client.force_login(self.other)
        for button in ("_save", "_begin", "_decline", "_finish", "_drop", "_reopen"):
            with self.subTest(button):
                self.assertEqual(self.press(order, button, **self.form(note="Non.")).status_code, 403)
        self.assertEqual(self.press(order, "_take").status_code, 200)  # it is taken: said in a sentence

    def test_begin_leads_to_the_new_story(self):
        order = self.make(journalist=self.journalist)
        self.client.force_login(self.journalist)
        response = self.press(order, "_begin")
        article = Article.objects.get()
        self.assertRedirects(response, f"/admin/articles/article/{article.pk}/change/")
        self.assertContains(self.client.get(LIST), "Draft")

    def test_who_was_slower_keeps_what_they_typed(self):
        order = self.make()
        sent = self.form(title="Les vannes", version=order.version)
        order.change(by=self.editor, version=order.version, title="Les tuyaux")
        self.client.force_login(self.editor)
        response = self.client.post(f"{LIST}{order.pk}/change/", sent | {"_save": "1"})
        self.assertContains(response, "It now says: Les tuyaux")
        self.assertContains(response, 'value="Les vannes"')

    def test_the_assignment_of_a_restricted_story_is_shown_to_its_people_only(self):
        order = self.make(journalist=self.journalist, title="Les secrets")
        article = order.begin(by=self.journalist, version=order.version)
        Article.objects.filter(pk=article.pk).update(restricted=True)
        for user, seen in [(self.journalist, True), (self.other, False), (self.editor, True)]:
            self.client.force_login(user)
            with self.subTest(user=user):
                self.assertEqual("Les secrets" in self.client.get(LIST).content.decode(), seen)
                status = self.client.get(f"{LIST}{order.pk}/change/").status_code
                self.assertEqual(status, 200 if seen else 404)

    def test_the_list_is_narrowed(self):
        late = self.make(
            title="En retard", deadline=timezone.now() - timedelta(hours=1), journalist=self.other
        )
        self.make(title="Libre", desk=None)
        self.client.force_login(self.other)
        for query, titles in [
            ("state=open", ["Libre"]), ("state=unfinished", ["Libre", "En retard"]), ("who=me", ["En retard"]),
            ("who=nobody", ["Libre"]), (f"section={self.desk.pk}", ["En retard"]), ("until=late", ["En retard"]),
            (f"who={late.journalist_id}", ["En retard"]),
            ("who=x&section=x&until=x&state=x", None),
        ]:  # fmt: skip
            with self.subTest(query):
                rows = [row.title for row in self.client.get(f"{LIST}?{query}").context["cl"].result_list]
                self.assertEqual(rows, titles if titles is not None else ["Libre", "En retard"])

    def test_the_list_speaks_of_assignments(self):
        self.client.force_login(self.editor)
        for words in ("My assignments", "Open to all"):
            self.assertContains(self.client.get(LIST), words)

    def test_the_list_costs_the_same_for_one_and_for_thirty(self):
        self.client.force_login(self.editor)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(LIST)
            return len(queries)

        def add():
            order = self.make(journalist=self.journalist)
            order.begin(by=self.journalist, version=order.version)

        add(), cost()
        with_one = cost()
        for _n in range(29):
            add()
        self.assertEqual(cost(), with_one)

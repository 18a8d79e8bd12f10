"""Who is told what, at the desk and by mail."""

from unittest import mock

from django.core import mail
from django.test import TestCase
from django.utils import timezone

from accounts import notices
from accounts.models import Notification
from tests.factories import make_article, make_author, make_user, with_translations


def told(user):
    return list(user.notifications.values_list("kind", flat=True))


class NoticesCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("journalist", "maelle", first_name="Maëlle", last_name="Torrekens")
        cls.other = make_user("journalist", "remi", first_name="Rémi", last_name="van der Okkerse")
        cls.editor = make_user("editor", "ysaline", first_name="Ysaline", last_name="Grosjean")


class StateTests(NoticesCase):
    def test_the_author_hears_of_each_step_of_the_desk(self):
        article = make_article("submitted", by=self.author)
        article.send_back(by=self.editor, version=article.version, note="Qui parle ici ?")
        at = timezone.now() + timezone.timedelta(hours=2)
        article.publish(by=self.editor, version=article.version, at=at, note="Parfait.")
        article.unschedule(by=self.editor, version=article.version, note="Pas encore.")
        article.publish(by=self.editor, version=article.version)
        article.correct("Le pont a dix piles.", by=self.editor)
        article.take_down(by=self.editor, version=article.version, note="On en parle.")
        steps = ["take down", "correct", "publish", "unschedule", "schedule", "send back"]
        self.assertEqual(told(self.author), steps)
        self.assertEqual(told(self.editor), [])
        notes = ["Qui parle ici ?", "Parfait.", "Pas encore.", "On en parle."]
        self.assertEqual([note.text for note in article.notes.all()], notes)
        self.assertEqual(self.author.notifications.first().note, "On en parle.")

    def test_who_signs_hears_too_and_nobody_of_their_own_acts(self):
        make_author("Rémi Okkerse", user=self.other)
        article = make_article("draft", by=self.editor, authors=["Rémi Okkerse"])
        article.publish(by=self.editor, version=article.version)
        self.assertEqual((told(self.other), told(self.editor)), (["publish"], []))

    def test_the_system_tells_nobody(self):
        make_article(by=self.author)
        self.assertEqual(Notification.objects.count(), 0)

    def test_nothing_is_told_of_a_verb_that_was_refused(self):
        article = make_article("draft", by=self.author, section=None)
        with self.assertRaises(Exception):  # noqa: B017 - whatever it says
            article.publish(by=self.editor, version=article.version)
        self.assertEqual(told(self.author), [])


class MentionTests(NoticesCase):
    def test_people_are_named_by_username_or_full_name(self):
        for text, people in [
            ("@maelle, vois", [self.author]),
            ("Vois (@Maëlle Torrekens).", [self.author]),
            ("@Rémi van der Okkerse: et toi ?", [self.other]),
            ("@ysaline et @remi.", [self.other, self.editor]),
            ("ecrire a maelle@remi.example ou @Maëlle", []),
            ("@maelletoo @ @@remi", []),
        ]:
            with self.subTest(text):
                self.assertCountEqual(notices.named_in(text), people)

    def test_a_long_note_costs_as_many_queries_as_a_short_one(self):
        with self.assertNumQueries(2):
            notices.named_in("@nobody here " * 300)
        with self.assertNumQueries(0):
            notices.named_in("Personne.")

    def test_a_note_tells_who_is_named_once_and_the_author(self):
        article = make_article("draft", by=self.author)
        article.add_note("@remi @Rémi van der Okkerse, qui a la photo ?", by=self.editor)
        self.assertEqual((told(self.other), told(self.author)), (["mention"], ["note"]))

    def test_a_restricted_story_is_told_only_to_who_may_open_it(self):
        article = make_article("draft", by=self.author, restricted=True)
        article.add_note("@remi @maelle", by=self.editor)
        self.assertEqual((told(self.other), told(self.author)), ([], ["mention"]))

    def test_completion_finds_beginnings_of_names_for_who_writes(self):
        self.client.force_login(self.author)
        for text in ("ysa", "Ysa", "gros"):
            found = self.client.get("/admin/people/", {"q": text}).json()["results"]
            self.assertEqual(found, [{"key": "ysaline", "label": "Ysaline Grosjean"}])
        self.client.logout()
        self.assertEqual(self.client.get("/admin/people/?q=y").status_code, 302)


class MailTests(NoticesCase):
    def publish(self, **fields):
        for name, value in fields.items():
            setattr(self.author, name, value)
        self.author.save()
        article = make_article("draft", by=self.author, title="Un pont lu")
        article.publish(by=self.editor, version=article.version, note="Bravo.")
        return article

    def test_mail_goes_to_who_asked_for_it(self):
        article = self.publish(mail="mine", email="m@paper.example")
        (sent,) = mail.outbox
        self.assertEqual(sent.to, ["m@paper.example"])
        self.assertIn("Un pont lu", sent.subject)
        self.assertIn(f"/admin/articles/article/{article.pk}/change/", sent.body)
        self.assertIn("Bravo.", sent.body)
        self.assertEqual(sent.alternatives, [])

    def test_nobody_else_gets_mail(self):
        self.publish(email="m@paper.example")
        self.publish(mail="mine", email="")
        self.assertEqual(mail.outbox, [])

    @with_translations()
    def test_it_is_in_the_persons_language(self):
        self.publish(mail="mine", email="m@paper.example", language="nl")
        with mock.patch("accounts.notices.translation.override") as override:
            notices.send.func(self.author.notifications.get().pk, "fr")
        override.assert_called_once_with("nl")

    def test_a_mail_server_that_is_away_is_asked_again(self):
        self.publish()
        row = self.author.notifications.get()
        self.author.mail, self.author.email = "mine", "m@paper.example"
        self.author.save()
        run = notices.send.func
        with (
            mock.patch("accounts.notices.send_mail", side_effect=OSError),
            mock.patch("accounts.notices.send") as again,
        ):
            run(row.pk, "fr")
            with self.assertRaises(OSError):  # in the end it has failed, which the log tells
                run(row.pk, "fr", attempt=notices.ATTEMPTS)
        again.using.return_value.enqueue.assert_called_once_with(row.pk, "fr", 2)

    def test_about_me_asks_for_an_address(self):
        self.client.force_login(self.author)
        response = self.client.post("/admin/me/", {"mail": "mine", "email": "", "language": ""})
        self.assertContains(response, "Give the address the mail is sent to.")
        self.client.post("/admin/me/", {"mail": "mine", "email": "m@paper.example", "language": ""})
        self.author.refresh_from_db()
        self.assertEqual(self.author.mail, "mine")


class RestrictedTests(NoticesCase):
    def test_who_may_no_longer_open_a_story_no_longer_reads_of_it(self):
        article = make_article("draft", by=self.author, title="Le témoin")
        article.add_note("@remi, vois ce témoin.", by=self.author)
        article.add_note("Et toi aussi, @ysaline.", by=self.author)
        article.arrange(by=self.editor, version=article.version, restricted=True)
        row = self.other.notifications.get()
        self.assertEqual((row.label, row.note), ("Restricted", ""))
        self.assertEqual(self.editor.notifications.get().label, "Le témoin")


class PageTests(NoticesCase):
    def setUp(self):
        self.article = make_article("draft", by=self.author, title="Un pont lu")
        self.article.add_note("Vois la fin.", by=self.editor)
        self.row = self.author.notifications.get()
        self.client.force_login(self.author)

    def test_the_header_says_how_many_are_not_read(self):
        unread = '<b class="number">1<span class="unseen"> not read</span></b>'
        self.assertContains(self.client.get("/admin/"), unread, html=True)
        self.client.get(f"/admin/notifications/{self.row.pk}/")
        self.assertNotContains(self.client.get("/admin/"), 'class="number"')

    def test_a_notification_leads_to_its_story_and_is_then_read(self):
        response = self.client.get(f"/admin/notifications/{self.row.pk}/")
        self.assertRedirects(response, f"/admin/articles/article/{self.article.pk}/change/")
        self.row.refresh_from_db()
        self.assertIsNotNone(self.row.read_at)

    def test_all_are_marked_as_read(self):
        self.assertContains(self.client.get("/admin/notifications/"), "Un pont lu")
        self.client.post("/admin/notifications/")
        self.assertFalse(self.author.notifications.filter(read_at=None).exists())

    def test_nobody_reads_anothers(self):
        self.client.force_login(self.other)
        self.assertEqual(self.client.get(f"/admin/notifications/{self.row.pk}/").status_code, 404)
        self.assertNotContains(self.client.get("/admin/notifications/"), "Un pont lu")
        self.client.logout()
        self.assertEqual(self.client.get("/admin/notifications/").status_code, 302)

    def test_they_are_paged_by_the_last_one_seen(self):
        for _n in range(60):
            notices.tell("note", [self.author], by=self.editor, label="Un pont", address="/admin/")
        response = self.client.get("/admin/notifications/")
        after = response.context["next"]
        self.assertEqual(len(response.context["rows"]), 50)
        self.assertEqual(len(self.client.get(f"/admin/notifications/?after={after}").context["rows"]), 11)

    def test_old_ones_are_forgotten(self):
        notices.tidy(timezone.now() + notices.KEPT + timezone.timedelta(days=1))
        self.assertEqual(Notification.objects.count(), 0)

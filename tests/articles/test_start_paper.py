"""Starting a real paper: what is asked, and what is not taken."""

from io import StringIO
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import TestCase

from accounts.models import User
from masthead.models import Masthead, Page
from tests.factories import make_user

ANSWERS = {
    "name": "Le Courrier",
    "language": "fr",
    "publisher": "Courrier ASBL",
    "username": "cheffe",
    "email": "cheffe@courrier.example",
    "password": "sept-bacs-deux",
}


class StartPaperTests(TestCase):
    def start(self, typed=(), **options):
        """Start with these options and these answers typed; returns what was said."""
        out, err = StringIO(), StringIO()
        answers = patch("builtins.input", side_effect=[*typed, EOFError])
        with answers, patch("getpass.getpass", side_effect=["court", "sept-bacs-deux", "sept-bacs-deux"]):
            call_command("start_paper", stdout=out, stderr=err, skip_checks=False, **options)
        return out.getvalue() + err.getvalue()

    def refused(self, **options):
        with self.assertRaises(CommandError) as caught:
            self.start(**ANSWERS | options)
        self.assertFalse(Masthead.objects.exists())
        return str(caught.exception)

    def test_the_options_are_all_it_needs(self):
        self.assertIn("Le Courrier", self.start(**ANSWERS))
        self.assertEqual(Masthead.objects.get().publisher_name, "Courrier ASBL")
        self.assertTrue(User.objects.get(username="cheffe").check_password("sept-bacs-deux"))
        self.assertTrue(Page.objects.filter(title="Legal notice", is_published=False).exists())

    def test_a_bad_answer_is_asked_again_in_the_language_of_the_questions(self):
        typed = [
            "",
            "Le\x1b[A",
            "Le Courrier",
            "es",
            "nl",
            "",
            "la cheffe",
            "cheffe",
            "cheffe",
            "c@courrier.example",
        ]
        said = self.start(typed)
        self.assertIn("Please answer.", said)
        self.assertIn("cannot be read", said)
        self.assertIn("Write one of fr, nl, de, en.", said)
        self.assertIn("Enter a valid username.", said)
        self.assertIn("Enter a valid email address.", said)
        self.assertIn("This password is too short.", said)
        masthead = Masthead.objects.get()
        self.assertEqual((masthead.language, masthead.publisher_name), ("nl", "Le Courrier"))

    def test_an_option_that_cannot_be_is_refused(self):
        make_user("journalist", username="prise")
        for option, value in {
            "password": "court",
            "username": "la cheffe",
            "email": "cheffe",
            "name": "x" * 101,
            "publisher": "Bief\udce9",
        }.items():
            with self.subTest(option=option):
                self.refused(**{option: value})
        self.assertIn("taken", self.refused(username="prise"))
        self.assertIn("similar", self.refused(password="cheffe@courrier"))

    def test_answers_that_end_make_nothing(self):
        with self.assertRaisesMessage(CommandError, "nothing was made"):
            self.start(["Le Courrier"])
        self.assertFalse(Masthead.objects.exists())

    def test_a_database_that_is_not_prepared_is_told(self):
        for command, model in (("start_paper", Masthead), ("load_demo", Masthead)):
            with (
                self.subTest(command=command),
                patch.object(model.objects, "exists", side_effect=DatabaseError("no such table")),
                self.assertRaisesMessage(CommandError, "manage.py migrate"),
            ):
                call_command(command)

"""Start a real newspaper in an empty database: asks what it must know, makes what every paper needs."""

import getpass
import unicodedata
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.roles import ADMINISTRATOR
from articles.folding import make_slug
from articles.models import Article, Section
from articles.starting import usual_templates
from masthead.models import Masthead, MenuEntry, Page

ILLEGIBLE = "This holds a character that cannot be read. Please type it again."


def usual_sections():
    """The headings most papers begin with, in the active language."""
    return [
        _("World"),
        _("Europe"),
        _("Belgium"),
        _("Economy"),
        _("Culture"),
        _("Science"),
        _("Sport"),
        _("Opinion"),
    ]


def usual_pages():
    """(kind, title) of the pages the law or readers ask for; their texts say what is still to be written."""
    return [
        ("about", _("Who we are")),
        ("legal", _("Legal notice")),
        ("privacy", _("Privacy")),
        ("ethics", _("Our principles")),
        ("corrections-policy", _("How we correct")),
        ("ownership", _("Who owns this paper")),
        ("accessibility", _("Accessibility")),
        ("contact", pgettext("page", "Contact")),
    ]


def legible(answer):
    """The answer. Raises ValidationError if it holds an arrow key or bytes that are not UTF-8."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in answer):
        raise ValidationError(ILLEGIBLE)
    return answer


def accept(record, field, answer):
    """Set the field of this record. Raises ValidationError unless it can hold the answer."""
    if not answer:
        raise ValidationError("Please answer.")
    field = record._meta.get_field(field)
    if field.choices and answer not in dict(field.choices):
        raise ValidationError(f"Write one of {', '.join(dict(field.choices))}.")
    field.clean(answer, record)
    if field.unique and type(record).objects.filter(**{field.name: answer}).exists():
        raise ValidationError("This is taken already.")
    setattr(record, field.name, answer)


class Command(BaseCommand):
    help = "Starts a real newspaper: asks name, language, publisher and the first administrator. No demo content."

    def add_arguments(self, parser):
        for name, told in [
            ("name", "name of the paper"),
            ("publisher", "who publishes it"),
            ("username", "the first administrator's user name"),
            ("email", "the first administrator's e-mail address"),
            ("password", "the first administrator's password (asked for if left out)"),
        ]:
            parser.add_argument(f"--{name}", help=told)
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], help="language of the paper"
        )
        parser.add_argument("--no-sections", action="store_true", help="make no sections")

    def handle(self, **options):
        try:
            taken = Masthead.objects.exists() or Article.objects.exists()
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be read. Prepare it first: manage.py migrate ({str(error).strip()})"
            ) from error
        if taken:
            raise CommandError(
                "This database already holds a newspaper. Start a new one in an empty database (DATABASE_URL)."
            )
        with translation.override("en"):  # what is wrong with an answer, in the language of the questions
            try:
                masthead, user, password = self.questions(options)
            except (EOFError, KeyboardInterrupt):
                raise CommandError("Not all was answered: nothing was made.") from None
        with transaction.atomic(), translation.override(masthead.language):
            self.make(masthead, not options["no_sections"])
            user = get_user_model().objects.create_user(user.username, user.email, password, is_staff=True)
            user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        self.stdout.write(
            self.style.SUCCESS(
                f"“{masthead.name}” is ready. Sign in at {settings.SITE_URL}/admin/ as {user.username}."
            )
        )

    def make(self, masthead, with_sections):
        masthead.save()
        for position, title in enumerate(usual_sections() if with_sections else [], 1):
            Section.objects.create(
                name=title, slug=make_slug(title), position=position * 10, is_opinion=title == _("Opinion")
            )
        usual_templates()
        for position, (kind, title) in enumerate(usual_pages(), 1):
            # Not published: an empty page is no page. The footer shows each once its text is written.
            Page.objects.create(
                kind=kind, title=title, slug=make_slug(title), position=position * 10, is_published=False
            )
        MenuEntry.objects.create(place="footer", label=_("Corrections"), address="/corrections/", position=10)
        MenuEntry.objects.create(place="footer", label=_("Latest news"), address="/latest/", position=20)

    # ------------------------------------------------------------------ asking
    def questions(self, options):
        """The masthead and the user, not saved, and the password."""
        languages = ", ".join(code for code, _name in settings.LANGUAGES)
        masthead, user = Masthead(), get_user_model()()

        def ask(record, field, option, question, default=""):
            self.ask(options[option], question, partial(accept, record, field), default)

        ask(masthead, "name", "name", "Name of the paper")
        ask(masthead, "language", "language", f"Language ({languages})", "fr")
        ask(masthead, "publisher_name", "publisher", "Publisher (company or association)", masthead.name)
        ask(user, "username", "username", "Your user name", "administrator")
        ask(user, "email", "email", "Your e-mail address")
        return masthead, user, self.ask_password(options["password"], user)

    def ask(self, given, question, accept, default=""):
        """Hand on the option given, or an answer typed; ask again until it is accepted."""
        while True:
            try:
                answer = given
                if given is None:
                    answer = self.typed(input, f"{question}{f' [{default}]' if default else ''}: ")
                answer = legible(answer).strip() or default
                return accept(answer)
            except ValidationError as error:
                if given is not None:
                    raise CommandError(f"{question}: {error.messages[0]}") from error
                self.stderr.write(error.messages[0])

    def ask_password(self, given, user):
        while True:
            try:
                password = given
                if given is None:
                    password = self.typed(getpass.getpass, "Password (at least 10 characters): ")
                validate_password(legible(password), user)
                if given is None and password != self.typed(getpass.getpass, "Again: "):
                    raise ValidationError("The two are not the same.")
                return password
            except ValidationError as error:
                wrong = "\n".join(error.messages)
                if given is not None:
                    raise CommandError(f"Password: {wrong}") from error
                self.stderr.write(wrong)

    @staticmethod
    def typed(read, prompt):
        try:
            return read(prompt)
        except UnicodeDecodeError:
            raise ValidationError(ILLEGIBLE) from None

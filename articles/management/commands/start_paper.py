"""Start a real newspaper in an empty database: asks what it must know, makes what every paper needs."""

import getpass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.roles import ADMINISTRATOR
from articles.folding import make_slug
from articles.models import Article, Section
from masthead.models import Masthead, MenuEntry, Page


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
        if Masthead.objects.exists() or Article.objects.exists():
            raise CommandError(
                "This database already holds a newspaper. Start a new one in an empty database (DATABASE_URL)."
            )
        languages = [code for code, _name in settings.LANGUAGES]
        name = self.ask(options["name"], "Name of the paper")
        language = self.ask(
            options["language"], f"Language ({', '.join(languages)})", self.one_of(languages), "fr"
        )
        publisher = self.ask(options["publisher"], "Publisher (company or association)", default=name)
        username = self.ask(options["username"], "Your user name", default="administrator")
        email = self.ask(options["email"], "Your e-mail address", validate_email)
        password = options["password"] or self.ask_password()
        with transaction.atomic(), translation.override(language):
            self.make(name, language, publisher, not options["no_sections"])
            user = get_user_model().objects.create_user(username, email, password, is_staff=True)
            user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        self.stdout.write(
            self.style.SUCCESS(f"“{name}” is ready. Sign in at {settings.SITE_URL}/admin/ as {username}.")
        )

    def make(self, name, language, publisher, with_sections):
        Masthead.objects.create(name=name, language=language, publisher_name=publisher)
        for position, title in enumerate(usual_sections() if with_sections else [], 1):
            Section.objects.create(
                name=title, slug=make_slug(title), position=position * 10, is_opinion=title == _("Opinion")
            )
        for position, (kind, title) in enumerate(usual_pages(), 1):
            # Not published: an empty page is no page. The footer shows each once its text is written.
            Page.objects.create(
                kind=kind, title=title, slug=make_slug(title), position=position * 10, is_published=False
            )
        MenuEntry.objects.create(place="footer", label=_("Corrections"), address="/corrections/", position=10)
        MenuEntry.objects.create(place="footer", label=_("Latest news"), address="/latest/", position=20)

    # ------------------------------------------------------------------ asking
    def ask(self, given, question, check=None, default=""):
        """The option given, or an answer typed; asked again until it is valid."""
        while True:
            answer = given or input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            try:
                if not answer:
                    raise ValidationError("Please answer.")
                if check:
                    check(answer)
                return answer
            except ValidationError as error:
                if given:
                    raise CommandError(f"{question}: {error.messages[0]}") from error
                self.stderr.write(error.messages[0])

    @staticmethod
    def one_of(words):
        def check(answer):
            if answer not in words:
                raise ValidationError(f"Choose one of {', '.join(words)}.")

        return check

    def ask_password(self):
        while True:
            password = getpass.getpass("Password (at least 10 characters): ")
            try:
                validate_password(password)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            if password == getpass.getpass("Again: "):
                return password
            self.stderr.write("The two are not the same.")

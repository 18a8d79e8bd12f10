"""The manual says what is there: settings, files, commands."""

import re
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.core.management import get_commands
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR)
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
READ_FROM_ENVIRONMENT = re.compile(
    r"(?:flag|number|words|hosts|address|origins?|bucket|region|environ\.get|environ\[)\(?\s*\"([A-Z][A-Z0-9_]+)\""
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
MOST_BYTES = 300 * 1024


def settings_read():
    """The names of what the project reads from the environment."""
    files = [
        *(ROOT / "newsroom").rglob("*.py"),
        ROOT / "articles" / "management" / "commands" / "load_demo.py",
    ]
    return {name for file in files for name in READ_FROM_ENVIRONMENT.findall(file.read_text("utf-8"))}


def headings(page):
    """The anchors of a page's headings, as they are made where the repository is shown."""
    lines = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


class SettingsTests(SimpleTestCase):
    def test_every_setting_is_in_the_table_and_no_other(self):
        page = (ROOT / "docs" / "administrators.md").read_text("utf-8")
        told = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", page, re.MULTILINE))
        self.assertEqual(told, settings_read())


class LinkTests(SimpleTestCase):
    def test_every_relative_link_leads_to_something(self):
        for page in PAGES:
            for link in LINK.findall(page.read_text("utf-8")):
                if "://" in link:
                    continue
                path, _hash, anchor = unquote(link).partition("#")
                target = (page.parent / path).resolve() if path else page
                with self.subTest(page=page.name, link=link):
                    self.assertTrue(target.exists())
                    if anchor:
                        self.assertIn(anchor, headings(target))

    def test_every_picture_is_shown_and_small(self):
        text = "".join(page.read_text("utf-8") for page in PAGES)
        for picture in (ROOT / "docs" / "pictures").glob("*.png"):
            with self.subTest(picture=picture.name):
                self.assertTrue(f"pictures/{picture.name})" in text, "no page shows it")
                self.assertLessEqual(picture.stat().st_size, MOST_BYTES)


class CommandTests(SimpleTestCase):
    def test_every_make_target_exists(self):
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
        self.assertLessEqual(self.told(r"(?:^ {4}|`|\d )make ([a-z]+)"), targets)

    def test_every_command_exists(self):
        self.assertLessEqual(self.told(r"manage\.py ([a-z_]+)"), set(get_commands()))

    def test_every_program_exists(self):
        for program in self.told(r"python ((?!manage\.py)[\w/]+\.py)"):
            self.assertTrue((ROOT / program).exists(), program)

    @staticmethod
    def told(pattern):
        """What the pages name by this pattern."""
        return {name for page in PAGES for name in re.findall(pattern, page.read_text("utf-8"), re.MULTILINE)}

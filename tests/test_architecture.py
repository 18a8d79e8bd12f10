"""The arrows between the apps, and words that no public page may carry."""

import ast
import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR)
GROUND = {"pagecache", "richtext", "images", "accounts"}
MAY_IMPORT = {
    "pagecache": set(),
    "accounts": {"pagecache"},
    "images": {"pagecache", "accounts"},
    "richtext": {"pagecache", "images"},
    "masthead": GROUND,
    "articles": GROUND | {"masthead"},
} | {
    app: GROUND | {"masthead", "articles"} for app in ("frontpage", "search", "adverts", "audience", "ingest")
}
HIDDEN_BY_BLOCKERS = re.compile(
    r"(?<![a-z0-9])(ad|ads|advert|adverts|banner|sponsor|track|count|stats)(?![a-z0-9])"
)


def imports(path):
    """The first words of every module this file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


class ArrowTests(SimpleTestCase):
    def test_every_app_imports_only_what_stands_below_it(self):
        for app, allowed in MAY_IMPORT.items():
            for path in (ROOT / app).rglob("*.py"):
                wrong = (
                    {name for name in imports(path) if name in MAY_IMPORT or name == "newsroom"}
                    - allowed
                    - {app}
                )
                with self.subTest(file=str(path.relative_to(ROOT))):
                    self.assertFalse(wrong)

    def test_every_folder_of_tests_is_a_package(self):
        for path in (ROOT / "tests").rglob("test_*.py"):
            self.assertTrue((path.parent / "__init__.py").exists(), path)


class WordTests(SimpleTestCase):
    def test_no_public_file_has_a_name_that_blockers_hide(self):
        for path in (ROOT / "static").rglob("*"):
            with self.subTest(file=path.name):
                self.assertIsNone(HIDDEN_BY_BLOCKERS.search(path.name.lower()))

    def test_no_class_of_the_stylesheets_is_a_word_that_blockers_hide(self):
        for path in (ROOT / "static" / "css").glob("*.css"):
            for word in re.findall(r"[.#]([a-z][\w-]*)", path.read_text("utf-8")):
                with self.subTest(file=path.name, word=word):
                    self.assertIsNone(HIDDEN_BY_BLOCKERS.search(word))

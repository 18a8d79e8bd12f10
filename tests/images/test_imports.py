"""The modules of the picture library import each other one way."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase


def imported(path):
    """The modules of the app that this file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "images":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("images."):
            yield node.module.removeprefix("images.")


class ImportTests(SimpleTestCase):
    def test_no_two_modules_need_each_other(self):
        files = (Path(settings.BASE_DIR) / "images").glob("*.py")
        order = TopologicalSorter({path.stem: set(imported(path)) for path in files})
        self.assertIn("models", order.static_order())  # raises CycleError where they do

"""Settings that cannot work stop the start with a sentence."""

import os
import subprocess
import sys
from unittest.mock import patch

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from newsroom import environment


class EnvironmentTests(SimpleTestCase):
    def read(self, function, name, value, *args, **options):
        with patch.dict(os.environ, {name: value}):
            return function(name, *args, **options)

    def test_a_flag_is_a_word_that_means_yes_or_no(self):
        for word, meant in {"1": True, "True": True, "on": True, "0": False, "no": False, "": False}.items():
            self.assertIs(self.read(environment.flag, "DEBUG", word), meant)
        with self.assertRaisesMessage(ImproperlyConfigured, "DEBUG is 'flase'. Write true or false."):
            self.read(environment.flag, "DEBUG", "flase")

    def test_a_number_is_whole_and_large_enough(self):
        self.assertEqual(self.read(environment.number, "PORT", "8123", 8000, least=1), 8123)
        for wrong in ("abc", "-1", "0", "1.5"):
            with self.assertRaises(ImproperlyConfigured):
                self.read(environment.number, "PORT", wrong, 8000, least=1)

    def test_the_papers_address_has_no_path(self):
        self.assertEqual(
            self.read(environment.origin, "SITE_URL", "https://paper.example/", ""), "https://paper.example"
        )
        for wrong in ("paper.example", "ftp://paper.example", "https://paper.example/news"):
            with self.assertRaises(ImproperlyConfigured):
                self.read(environment.origin, "SITE_URL", wrong, "")

    def test_only_databases_we_run_on_are_taken(self):
        for right, engine in {
            "postgres://u:p%40ss@host/name": "postgresql",
            "sqlite:////tmp/x": "sqlite3",
        }.items():
            with patch.dict(os.environ, {"DATABASE_URL": right}):
                self.assertTrue(environment.database("")["ENGINE"].endswith(engine))
        with (
            patch.dict(os.environ, {"DATABASE_URL": "mysql://host/name"}),
            self.assertRaisesMessage(ImproperlyConfigured, "PostgreSQL"),
        ):
            environment.database("")

    def test_production_does_not_start_without_a_secret_key(self):
        run = subprocess.run(  # noqa: S603 - fixed words
            [sys.executable, "manage.py", "check"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "SECRET_KEY": "", "DEBUG": "false"},
            capture_output=True,
            text=True,
        )
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("SECRET_KEY is not set", run.stderr)

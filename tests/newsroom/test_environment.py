"""Settings that cannot work stop the start with a sentence."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
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
        for wrong in ("abc", "-1", "0", "1.5", "080", "99999", "²", "9" * 5000):
            with self.assertRaisesMessage(ImproperlyConfigured, "Write a whole number from 1 to 65535."):
                self.read(environment.number, "PORT", wrong, 8000, least=1, most=65535)

    def test_the_papers_address_has_no_path(self):
        self.assertEqual(
            self.read(environment.origin, "SITE_URL", "https://paper.example/", ""), "https://paper.example"
        )
        self.assertEqual(
            self.read(environment.origin, "SITE_URL", "HTTPS://Paper.example", ""), "https://paper.example"
        )
        for wrong in (
            "paper.example", "paper.example:8000", "ftp://paper.example", "https://paper.example/news",
            "https://paper.example#top", "https://paper.example:abc", "https://me@paper.example", "https://[paper",
        ):  # fmt: skip
            with self.subTest(wrong), self.assertRaises(ImproperlyConfigured):
                self.read(environment.origin, "SITE_URL", wrong, "")
        for wrong, told in {
            "https://paper.example/sub": "It cannot live under a path: leave out /sub.",
            "http://": "SITE_URL is 'http://'.",
        }.items():
            with self.assertRaisesMessage(ImproperlyConfigured, told):
                self.read(environment.origin, "SITE_URL", wrong, "")

    def test_an_origin_that_forms_come_from_has_a_scheme_and_no_path(self):
        self.assertEqual(
            self.read(
                environment.origins, "CSRF_TRUSTED_ORIGINS", "https://A.example/, https://*.b.example:8443"
            ),
            ["https://a.example", "https://*.b.example:8443"],
        )
        for wrong in ("paper.example", "https://paper.example/admin"):
            with self.assertRaisesMessage(ImproperlyConfigured, f"CSRF_TRUSTED_ORIGINS names {wrong!r}."):
                self.read(environment.origins, "CSRF_TRUSTED_ORIGINS", wrong)

    def test_a_host_has_no_scheme_port_or_path(self):
        right = "paper.example, .paper.example *,[::1]"
        self.assertEqual(
            self.read(environment.hosts, "ALLOWED_HOSTS", right),
            ["paper.example", ".paper.example", "*", "[::1]"],
        )
        for wrong in ("https://paper.example", "paper.example:8000", "paper.example/", "[::1]:8000"):
            with self.subTest(wrong), self.assertRaisesMessage(ImproperlyConfigured, repr(wrong)):
                self.read(environment.hosts, "ALLOWED_HOSTS", wrong)

    def test_a_service_is_named_with_its_scheme(self):
        for right in ("", "redis://:secret@127.0.0.1:6379/0", "redis://127.0.0.1"):
            self.assertEqual(self.read(environment.address, "REDIS_URL", right, "redis://host"), right)
        for wrong in ("127.0.0.1:6379", "redis:6379", "http://127.0.0.1", "redis://127.0.0.1:abc"):
            with self.subTest(wrong), self.assertRaisesMessage(ImproperlyConfigured, "Write redis://host."):
                self.read(environment.address, "REDIS_URL", wrong, "redis://host")

    def test_a_bucket_its_service_and_its_region_have_names_that_can_be(self):
        examples = ("https://s3.example", "http://127.0.0.1:9000")
        for right in ("", "https://s3.example", "http://127.0.0.1:9000"):
            self.assertEqual(self.read(environment.address, "S3_ENDPOINT", right, *examples), right)
        for wrong in ("s3.example", "https://", "http:///x", "https://s3 example"):
            with self.subTest(wrong), self.assertRaisesMessage(ImproperlyConfigured, "S3_ENDPOINT"):
                self.read(environment.address, "S3_ENDPOINT", wrong, *examples)
        for right in ("", "paper", "paper.example-2"):
            self.assertEqual(self.read(environment.bucket, "S3_BUCKET", right), right)
        for wrong in ("bad bucket", "ab", "Paper", "-paper", "a" * 64, "paper_1"):
            with self.subTest(wrong), self.assertRaisesMessage(ImproperlyConfigured, "S3_BUCKET is"):
                self.read(environment.bucket, "S3_BUCKET", wrong)
        self.assertEqual(self.read(environment.region, "S3_REGION", "eu-west-1"), "eu-west-1")
        with self.assertRaisesMessage(ImproperlyConfigured, "S3_REGION is"):
            self.read(environment.region, "S3_REGION", "eu west")

    def test_only_databases_we_run_on_are_taken(self):
        for right, engine in {
            "postgres://u:p%40ss@host/name": "postgresql",
            "sqlite:////tmp/x": "sqlite3",
        }.items():
            with patch.dict(os.environ, {"DATABASE_URL": right}):
                self.assertTrue(environment.database("")["ENGINE"].endswith(engine))
        for wrong, told in {
            "mysql://host/name": "PostgreSQL",
            "postgres://host": "names no database",
            "postgres://me:a/b@host/name": "@ is written %40",
            "postgres://me:1/b@host/name": "@ is written %40",
            "sqlite://": "names no database",
        }.items():
            with (
                patch.dict(os.environ, {"DATABASE_URL": wrong}),
                self.assertRaisesMessage(ImproperlyConfigured, told),
            ):
                environment.database("")

    def test_mail_that_cannot_be_sent_so_is_refused(self):
        for wrong in ("foo://host", "smtp://host:abc", "host"):
            with (
                patch.dict(os.environ, {"EMAIL_URL": wrong}),
                self.assertRaisesMessage(ImproperlyConfigured, "EMAIL_URL cannot be read."),
            ):
                environment.mail()

    def start(self, **environ):
        """What starting with this environment says on standard error; it must fail."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            usual = {"SECRET_KEY": "x" * 50, "DEBUG": "false", "PORT": str(free.getsockname()[1])}
        run = subprocess.run(  # noqa: S603 - fixed words
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite:////dev/null/db"} | usual | environ,
            capture_output=True,
            text=True,
        )
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertNotIn("Traceback", run.stderr)
        return run.stderr

    def test_production_does_not_start_without_a_secret_key(self):
        self.assertIn("SECRET_KEY is not set", self.start(SECRET_KEY=""))

    def test_a_public_paper_does_not_start_with_a_short_secret_key(self):
        self.assertIn("SECRET_KEY has 3", self.start(SECRET_KEY="abc", SITE_URL="https://paper.example"))

    def test_pictures_need_a_folder_to_write_to(self):
        for folder in ("/dev/null/media", "/proc/media"):
            self.assertIn(f"MEDIA_ROOT is {folder}", self.start(MEDIA_ROOT=folder))

    def test_what_is_wrong_is_told_in_a_sentence_and_nothing_else(self):
        self.assertNotIn("Warning", self.start(DATABASE_URL="nonsense"))
        self.assertIn("S3_BUCKET is 'bad bucket'", self.start(S3_BUCKET="bad bucket"))

    def test_a_database_that_cannot_be_opened_is_told(self):
        self.assertIn("DATABASE_URL", self.start())

    def test_the_folder_may_have_any_name(self):
        with tempfile.TemporaryDirectory(prefix="a b#c%20?") as folder:
            for name in ("newsroom", "richtext"):
                os.symlink(settings.BASE_DIR / name, f"{folder}/{name}")
            os.mkdir(f"{folder}/own")
            shutil.copy(settings.BASE_DIR / "newsroom" / "settings.py", f"{folder}/own/settings.py")
            run = subprocess.run(  # noqa: S603 - fixed words
                [
                    sys.executable,
                    "-c",
                    "from own import settings; print(settings.DATABASES['default']['NAME'])",
                ],
                cwd=folder,
                env={"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 50},
                capture_output=True,
                text=True,
            )
            self.assertEqual(run.stdout.strip(), f"{folder}/db.sqlite3", run.stderr)

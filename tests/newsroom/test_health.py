"""The health check, and pictures where no nginx serves them."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.test import TestCase, override_settings
from django.utils import timezone

from newsroom import views
from newsroom.models import Heartbeat
from newsroom.policies import _public, media_origin
from pagecache.stores import forget_pages


class HealthTests(TestCase):
    def setUp(self):
        views.migrations_problem.cache_clear()

    def health(self, status):
        response = self.client.get("/health/")
        self.assertEqual(response.status_code, status, response.content)
        self.assertEqual(response["Cache-Control"], "no-store")
        return response.json()

    def test_all_is_well(self):
        Heartbeat.objects.create(at=timezone.now())
        self.assertEqual(self.health(200), {"status": "ok", "errors": {}, "warnings": {}})

    def test_a_silent_worker_is_a_warning(self):
        self.assertEqual(self.health(200)["warnings"], {"worker": "never seen"})
        Heartbeat.objects.create(at=timezone.now() - timedelta(hours=1))
        self.assertIn("silent since", self.health(200)["warnings"]["worker"])

    def test_a_database_that_does_not_answer_is_an_error(self):
        def away(*args):
            raise OperationalError("password of postgres at 10.0.0.7")

        with mock.patch.dict(views.CHECKS, database=away), self.assertLogs("newsroom.views"):
            said = self.health(503)
        self.assertEqual(said["errors"], {"database": "OperationalError"})

    def test_it_asks_for_nothing_else_that_could_fail(self):
        with mock.patch("masthead.models.Masthead.current", side_effect=OperationalError):
            self.health(200)

    def test_a_missing_migration_is_an_error(self):
        plan = "newsroom.views.MigrationExecutor.migration_plan"
        with mock.patch(plan, return_value=["one"]), self.assertLogs("newsroom.views"):
            self.assertEqual(self.health(503)["errors"], {"migrations": "MigrationsPending"})
        self.health(200)

    def test_a_full_disk_is_an_error(self):
        with mock.patch("newsroom.views.shutil.disk_usage", return_value=mock.Mock(free=1000)):
            self.assertEqual(self.health(503)["errors"], {"storage": "disk full"})

    def test_a_folder_that_cannot_be_written_to_is_an_error(self):
        for folder in ("/proc/x", "/dev/null/x"):  # in the first not even root makes a file
            with override_settings(MEDIA_ROOT=Path(folder)):
                self.assertEqual(self.health(503)["errors"], {"storage": "not writable"})

    def test_a_bucket_that_cannot_be_asked_is_an_error(self):
        bucket = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "bad bucket"}}
        media_origin.cache_clear()
        _public.cache_clear()
        with (
            override_settings(S3_BUCKET="bad bucket", STORAGES=settings.STORAGES | {"default": bucket}),
            self.assertLogs("newsroom.views"),
        ):
            self.assertEqual(self.health(503)["errors"], {"storage": "ParamValidationError"})

    def test_redis_that_is_away_is_a_warning(self):
        Heartbeat.objects.create(at=timezone.now())
        forget_pages()
        self.addCleanup(forget_pages)
        with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
            self.assertEqual(self.health(200)["warnings"], {"redis": "ConnectionError"})

    def test_asking_writes_nothing(self):
        with TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
            self.health(200)
            self.assertEqual(list(Path(folder).iterdir()), [])


class MediaTests(TestCase):
    def save(self, name, content=b"picture"):
        name = default_storage.save(name, ContentFile(content))
        self.addCleanup(default_storage.delete, name)
        return f"/media/{name}"

    def test_a_rendition_is_kept_for_ever(self):
        response = self.client.get(self.save("renditions/ab/pont-400.abcdef.avif"))
        self.assertEqual(b"".join(response.streaming_content), b"picture")
        self.assertEqual(response["Content-Type"], "image/avif")
        self.assertIn("immutable", response["Cache-Control"])
        self.assertEqual(response["Content-Security-Policy"], "default-src 'none'; sandbox")

    def test_webp_and_jpeg_have_their_types(self):
        for ending, kind in (("webp", "image/webp"), ("jpg", "image/jpeg")):
            self.assertEqual(self.client.get(self.save(f"renditions/x.{ending}"))["Content-Type"], kind)

    def test_a_picture_costs_no_query(self):
        address = self.save("renditions/x.avif")
        with self.assertNumQueries(0):
            self.assertEqual(b"".join(self.client.get(address).streaming_content), b"picture")

    def test_masters_have_no_public_address(self):
        self.assertEqual(self.client.get(self.save("masters/pont.jpg")).status_code, 404)

    def test_nothing_outside_the_public_folders_is_reached(self):
        for path in ("/media/renditions/../masters/pont.jpg", "/media/renditions/%2e%2e/masters/pont.jpg"):
            self.assertEqual(self.client.get(path).status_code, 404)
        for path in ("/media/", "/media/renditions/", "/media/renditions/none.avif", "/media//etc/passwd"):
            self.assertEqual(self.client.get(path).status_code, 404, path)

    def test_a_page_among_the_pictures_is_not_shown_as_one(self):
        response = self.client.get(self.save("renditions/x.html", b"<script>alert(1)</script>"))
        self.assertEqual(response["Content-Type"], "application/octet-stream")

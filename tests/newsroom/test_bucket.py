"""Pictures in an S3 bucket, when one is named."""

import boto3
from django.core.files.storage import default_storage
from django.test import TestCase, override_settings
from moto import mock_aws

from tests.factories import make_image

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "paper",
            "region_name": "eu-west-1",
            "access_key": "test",
            "secret_key": "test",  # noqa: S106 - the bucket is made up
            "custom_domain": "pictures.example",
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@mock_aws
@override_settings(STORAGES=STORAGES)
class BucketTests(TestCase):
    def setUp(self):
        self.bucket = boto3.resource(
            "s3", region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
        ).create_bucket(Bucket="paper", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

    def test_a_picture_and_its_renditions_are_kept_in_the_bucket(self):
        image = make_image()
        keys = {stored.key for stored in self.bucket.objects.all()}
        self.assertIn(image.file.name, keys)
        self.assertTrue(image.renditions)
        self.assertLessEqual({rendition["name"] for rendition in image.renditions}, keys)

    def test_its_address_is_the_buckets_and_may_be_kept_for_a_year(self):
        image = make_image()
        self.assertTrue(image.url("full", 800, "webp").startswith("https://pictures.example/renditions/"))
        stored = self.bucket.Object(image.renditions[0]["name"]).get()
        self.assertEqual(stored["CacheControl"], "public, max-age=31536000, immutable")

    def test_a_deleted_picture_leaves_the_bucket(self):
        image = make_image()
        name = image.file.name
        with self.captureOnCommitCallbacks(execute=True):
            image.delete()
        self.assertFalse(default_storage.exists(name))

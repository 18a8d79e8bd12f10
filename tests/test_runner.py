"""What the suite itself relies on."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import SimpleTestCase
from django.test import runner as django_runner


class MediaFolderTests(SimpleTestCase):
    def test_a_parallel_process_keeps_its_files_apart(self):
        if not django_runner._worker_id:
            self.skipTest("this process runs alone")
        self.assertEqual(settings.MEDIA_ROOT.name, f"process-{django_runner._worker_id}")
        name = default_storage.save("apart.txt", ContentFile(b"x"))
        self.addCleanup(default_storage.delete, name)
        self.assertTrue((settings.MEDIA_ROOT / name).exists())

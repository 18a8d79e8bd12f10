"""Django's test runner, whose parallel processes keep their files apart as they keep their databases apart."""

from django.conf import settings
from django.core.signals import setting_changed
from django.test import runner


def _init_worker(*args, **options):
    """As Django's, and then a media folder of this process's own: files are named by content, so they would meet."""
    runner._init_worker(*args, **options)
    folder = settings.MEDIA_ROOT / f"process-{runner._worker_id}"
    folder.mkdir(exist_ok=True)
    settings.MEDIA_ROOT = folder
    setting_changed.send(sender=None, setting="MEDIA_ROOT", value=folder, enter=True)


class ParallelTestSuite(runner.ParallelTestSuite):
    init_worker = _init_worker


class Runner(runner.DiscoverRunner):
    parallel_test_suite = ParallelTestSuite

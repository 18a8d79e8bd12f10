"""What the log says."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import SimpleTestCase

from newsroom.logs import RefusalInALine

LINE = settings.LOGGING["formatters"]["line"]


class LogTests(SimpleTestCase):
    def said(self, error):
        told = (type(error), error, None)
        record = logging.makeLogRecord(
            {"name": "django.request", "msg": "Forbidden: /admin/", "exc_info": told}
        )
        RefusalInALine().filter(record)
        return logging.Formatter(LINE["format"], LINE["datefmt"], LINE["style"]).format(record)

    def test_a_page_refused_to_a_role_is_a_line_without_a_traceback(self):
        self.assertEqual(len(self.said(PermissionDenied()).splitlines()), 1)
        self.assertIn("ValueError", self.said(ValueError()))

    def test_the_time_has_its_zone(self):
        self.assertRegex(self.said(PermissionDenied()), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} ")

"""What the log says. Nothing here may ask for a model: logging is set up before the apps."""

import logging

from django.core.exceptions import PermissionDenied


class RefusalInALine(logging.Filter):
    """A page refused to a role is no failure: its line stays, without the traceback."""

    def filter(self, record):
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = None
        return True

"""The disk that is full, as the storage and the database say it."""

import errno

from django.db import OperationalError

FULL = (errno.ENOSPC, errno.EDQUOT)


def is_disk_full(error):
    """Whether this exception says that there is no room left for a file or for the database."""
    if isinstance(error, OperationalError):
        return "full" in str(error) or "No space left" in str(error)
    return isinstance(error, OSError) and error.errno in FULL

"""Reading settings from the environment, refusing what cannot work with a sentence that says what to write."""

import os
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def flag(name, default=False):
    """A yes or no. Raises ImproperlyConfigured for anything else: `DEBUG=flase` must not pass for no."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Write true or false.")


def number(name, default, *, least=0):
    """A whole number of at least `least`. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number of at least {least}.")
    return int(value)


def words(name, default=""):
    """A list of words, separated by commas or spaces."""
    return os.environ.get(name, default).replace(",", " ").split()


def origin(name, default):
    """An address such as https://paper.example, without a path. Raises ImproperlyConfigured if it is not one."""
    value = os.environ.get(name, "").strip().rstrip("/") or default
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write the paper's address, such as https://paper.example."
        )
    return value


def database(default):
    """Django's settings for DATABASE_URL. Raises ImproperlyConfigured if it names no database we run on."""
    value = os.environ.get("DATABASE_URL", "").strip() or default
    try:
        options = environ.Env.db_url_config(value)
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write postgres://user:password@host/name."
        ) from error
    engine = options.get("ENGINE", "")
    if engine.endswith("postgresql"):
        return options | {
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5} | options.get("OPTIONS", {}),
        }
    if engine.endswith("sqlite3"):
        return options | {
            "CONN_MAX_AGE": 60,  # to open the file anew costs three times what a kept page does
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
            },
        }
    raise ImproperlyConfigured(
        "DATABASE_URL must name a PostgreSQL (postgres://…) or SQLite (sqlite:///…) database."
    )

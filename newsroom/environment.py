"""Reading settings from the environment, refusing what cannot work with a sentence that says what to write."""

import os
import re
import warnings
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


def number(name, default, *, least=0, most=None):
    """A whole number from `least` to `most`, if given. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    # 080 is refused too: one program takes it for 80, another for a slip.
    plain = value.isascii() and value.isdecimal() and len(value) < 20 and str(int(value)) == value
    if not plain or int(value) < least or (most and int(value) > most):
        span = f"from {least} to {most}" if most else f"of at least {least}"
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number {span}.")
    return int(value)


def words(name, default=""):
    """A list of words, separated by commas or spaces."""
    return os.environ.get(name, default).replace(",", " ").split()


def hosts(name):
    """A list of host names. Raises ImproperlyConfigured for one with a scheme, a port or a path: none would match."""
    for host in words(name):
        ip6 = host.startswith("[") and host.endswith("]")
        if "/" in host or (":" in host and not ip6):
            raise ImproperlyConfigured(
                f"{name} names {host!r}. Write only the host, such as paper.example: no https://, port or path."
            )
    return words(name)


def origins(name):
    """A list of origins, such as https://paper.example or https://*.paper.example.

    Raises ImproperlyConfigured for one without a scheme or with a path: none would match.
    """
    for given in words(name):
        if not _origin(given):
            raise ImproperlyConfigured(
                f"{name} names {given!r}. Write each with its scheme and without a path, such as https://paper.example."
            )
    return [_origin(given) for given in words(name)]


def address(name, *examples):
    """An address that begins like one of the `examples`, or "". Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    begins = tuple(f"{urlsplit(example).scheme}://" for example in examples)
    parts = _split(value)
    whole = parts and (parts.hostname or parts.scheme not in ("http", "https")) and not re.search(r"\s", value)
    if value and not (value.startswith(begins) and whole):
        raise ImproperlyConfigured(f"{name} cannot be read. Write {' or '.join(examples)}.")
    return value


def bucket(name):
    """The name of an S3 bucket, or "". Raises ImproperlyConfigured for what cannot be one.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write the bucket's name: 3 to 63 small letters, digits, dots and hyphens."
        )
    return value


def origin(name, default):
    """An address such as https://paper.example, without a path. Raises ImproperlyConfigured if it is not one."""
    value = os.environ.get(name, "").strip() or default
    if not _origin(value):
        path = getattr(_split(value), "path", "")
        told = f" It cannot live under a path: leave out {path}." if _origin(value.removesuffix(path)) else ""
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write the paper's address, such as https://paper.example.{told}"
        )
    return _origin(value)


def _origin(value):
    """Scheme, host and port of an address that has nothing else, in small letters; None if it is none."""
    parts = _split(value.rstrip("/"))
    plain = parts and parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return parts.geturl().lower() if plain and parts.geturl() == f"{parts.scheme}://{parts.netloc}" else None


def region(name):
    """The name of an S3 region, or "". Raises ImproperlyConfigured for what cannot be one."""
    value = os.environ.get(name, "").strip()
    if not re.fullmatch(r"[A-Za-z0-9-]{0,63}", value):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write the region's name, such as eu-west-1.")
    return value


def _split(value):
    """The parts of an address; None if a part of it is none, such as a port that is no number."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - read only now
    except ValueError:
        return None
    return parts


def mail():
    """Django's settings for EMAIL_URL. Raises ImproperlyConfigured if it cannot be read."""
    try:
        return environ.Env.email_url_config(os.environ.get("EMAIL_URL") or "consolemail://")
    except (ImproperlyConfigured, ValueError) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read. Write smtp+tls://user:password@host:587."
        ) from error


def database(default):
    """Django's settings for DATABASE_URL. Raises ImproperlyConfigured if it names no database we run on."""
    value = os.environ.get("DATABASE_URL", "").strip() or default
    unreadable = ImproperlyConfigured(
        "DATABASE_URL cannot be read. Write postgres://user:password@host/name; "
        "in the password @ is written %40, / %2F, # %23 and ? %3F."
    )
    try:
        with warnings.catch_warnings(action="ignore"):  # our sentence says it
            options = environ.Env.db_url_config(value)
    except Exception as error:
        raise unreadable from error
    engine = options.get("ENGINE", "")
    if engine.endswith("postgresql") and "@" in options.get("NAME", ""):  # of a password with a slash
        raise unreadable
    if options.get("NAME") in ("", ":memory:") and "service" not in options.get("OPTIONS", {}):
        raise ImproperlyConfigured(
            "DATABASE_URL names no database. Write postgres://user:password@host/name."
        )
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

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


def address(name, *examples):
    """An address that begins like one of the `examples`, or "". Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    begins = tuple(f"{urlsplit(example).scheme}://" for example in examples)
    if value and not (value.startswith(begins) and _split(value)):
        raise ImproperlyConfigured(f"{name} cannot be read. Write {' or '.join(examples)}.")
    return value


def origin(name, default):
    """An address such as https://paper.example, without a path. Raises ImproperlyConfigured if it is not one."""
    value = os.environ.get(name, "").strip().rstrip("/") or default
    parts = _split(value)
    if (
        not parts
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.geturl() != f"{parts.scheme}://{parts.netloc}"
        or "@" in parts.netloc
    ):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write the paper's address, such as https://paper.example."
        )
    return parts.geturl().lower()


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
    try:
        options = environ.Env.db_url_config(value)
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write postgres://user:password@host/name."
        ) from error
    engine = options.get("ENGINE", "")
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

"""Every setting, read from the environment (docs/administrators.md lists them).

What is given and cannot work stops the start with a sentence: see `newsroom/environment.py`.
"""

import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from newsroom import environment
from richtext.config import CKEDITOR_CONFIGS  # noqa: F401 - django-ckeditor reads it here

BASE_DIR = Path(__file__).resolve().parent.parent
environment.environ.Env.read_env(BASE_DIR / ".env")
TESTING = len(sys.argv) > 1 and sys.argv[1] == "test"

# ------------------------------------------------------------------ the machine
DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.os.environ.get("SECRET_KEY", "")
HOW_TO_MAKE_A_KEY = (
    "Put what this prints into .env, in place of such a line that is there: "
    "python3 -c \"import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(50))\""
)
if not SECRET_KEY:
    if not (DEBUG or TESTING):
        raise ImproperlyConfigured(f"SECRET_KEY is not set. {HOW_TO_MAKE_A_KEY}")
    SECRET_KEY = "only-for-developing-" + "x" * 50
PORT = environment.number("PORT", 8000, least=1, most=65535)
SITE_URL = environment.origin("SITE_URL", f"http://127.0.0.1:{PORT}")
SECURE = SITE_URL.startswith("https://")
if SECURE and not DEBUG and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        f"SECRET_KEY has {len(SECRET_KEY)} characters. Write at least 50. {HOW_TO_MAKE_A_KEY}"
    )
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or [
    environment.urlsplit(SITE_URL).hostname,
    *(["localhost", "127.0.0.1", "[::1]"] if DEBUG or not SECURE else []),
]
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS") or [SITE_URL]

# ------------------------------------------------------------------ the house (lower floors first)
INSTALLED_APPS = [
    "newsroom",
    "pagecache",
    "richtext",
    "images",
    "accounts",
    "masthead",
    "articles",
    "frontpage",
    "search",
    "adverts",
    "audience",
    "accounts.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "newsroom.apps.StaticFilesConfig",
    "taggit",
    "js_asset",
    "ckeditor",
    "django_tasks",
    "django_tasks_db",
    "django.forms",  # its widgets' templates, beside which ours stand
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.HeadersMiddleware",
    "newsroom.middleware.AddressMiddleware",
    "pagecache.middleware.PageCacheMiddleware",
    "newsroom.middleware.DeskMiddleware",
    "newsroom.middleware.LocaleMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ------------------------------------------------------------------ what it keeps, and where
DATABASES = {"default": environment.database(f"sqlite:///{quote(str(BASE_DIR / 'db.sqlite3'))}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environment.address(
    "REDIS_URL", "redis://127.0.0.1:6379/0", "rediss://host:6379/0", "unix:///path.sock"
)
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
PAGE_CACHE_BYTES = environment.number("PAGE_CACHE_BYTES", 64 * 1024 * 1024)
REVISIONS_KEPT = environment.number("REVISIONS_KEPT", 50, least=1)
REVISIONS_DAILY = environment.number("REVISIONS_DAILY", 365, most=36500)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What runs again and again: a function without arguments and how many seconds lie between its runs.
SCHEDULE = {
    "articles.pending.go_live_due": 5,
    "audience.ranking.rank": 300,
    "audience.counting.tidy": 3600,
    "articles.models.planning.tell_late": 60,
    "newsroom.housekeeping.tidy": 3600,
}

MEDIA_ROOT = BASE_DIR / (environment.os.environ.get("MEDIA_ROOT") or "media")
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
S3_BUCKET = environment.bucket("S3_BUCKET")
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": environment.address("S3_ENDPOINT", "https://s3.example", "http://127.0.0.1:9000")
            or None,
            "region_name": environment.region("S3_REGION") or None,
            "custom_domain": environment.os.environ.get("S3_DOMAIN") or None,
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # a long text with what Word pasted along
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
LARGEST_REQUEST = 45 * 1024 * 1024  # a picture of 40 MB and its form; deploy/nginx.conf has it, too

# ------------------------------------------------------------------ people
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
# A public page sets no cookie: the desk's cookies never leave /admin/.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "desk", "desk-form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "accounts.resume.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ------------------------------------------------------------------ languages and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = "Europe/Brussels"  # until the masthead says otherwise
USE_TZ = True

# ------------------------------------------------------------------ safety
SECURE_SSL_REDIRECT = False  # the proxy's job (deploy/nginx.conf): the health check comes in plain
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY", SECURE) else None
)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD")
SECURE_REFERRER_POLICY = None  # newsroom.middleware.HeadersMiddleware says it
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # likewise
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows its preview beside the form
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # CKEditor 4 gets no public fixes: only the admin loads it, and nh3 cleans all it sends
    # newsroom.middleware does these three: HeadersMiddleware the first and the last, DeskMiddleware the second
    *("security.W002", "security.W003", "security.W022"),
    "security.W008",  # the proxy redirects to https
    *(
        [] if SECURE else ["security.W004", "security.W012", "security.W016"]
    ),  # plain http on one's own machine
    *(
        [] if environment.flag("HSTS_SUBDOMAINS") else ["security.W005"]
    ),  # the owner of the whole domain decides
    *([] if environment.flag("HSTS_PRELOAD") else ["security.W021"]),  # likewise
]

vars().update(environment.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.os.environ.get("MAIL_FROM") or "newsroom@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "filters": {"refusals": {"()": "newsroom.logs.RefusalInALine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        # or each picture is two lines, and the start's words are lost
        "django_tasks": {"level": "WARNING"},
        "django.request": {"filters": ["refusals"]},
    },
}

if TESTING:
    TEST_RUNNER = "tests.runner.Runner"
    LOCALE_PATHS = []  # tests quote the source strings; those about translations bring the catalogues back
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True  # or every test client reads the whole folder
    MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="newsroom-test-"))
    LOGGING["root"]["level"] = "CRITICAL"
    LOGGING["loggers"] = {"django": {"level": "CRITICAL"}}
    if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file: the browser tests' server has threads
        DATABASES["default"]["TEST"] = {"NAME": str(MEDIA_ROOT / "test.sqlite3")}
        # Parallel tests copy the file: what WAL keeps beside it would not be in the copy.
        DATABASES["default"]["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
        )

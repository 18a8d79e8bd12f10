"""Errors in the site's look, the health check, and pictures where no nginx serves them."""

import logging
import mimetypes
import shutil
from functools import cache

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from redis import RedisError

from newsroom.apps import can_be_written, first_existing
from newsroom.models import Heartbeat
from newsroom.schedule import SILENCE
from pagecache.stores import store

log = logging.getLogger(__name__)

PUBLIC_FOLDERS = ("renditions/", "share/")
A_YEAR = "public, max-age=31536000, immutable"
# `request.user` is set at the desk only.
DESK_TITLES = {
    403: _("This is not for you to see"),
    404: _("There is no such page"),
    413: _("This is too large"),
}
MEGABYTE = 1024 * 1024
LEAST_FREE = 50 * 1024 * 1024  # bytes on the disk that holds the pictures


# ------------------------------------------------------------------------------------------------ errors
def error(request, status, too_many=False):
    """The error page of this status, in the site's look (the desk's for who is at it) and the active language."""
    context = {"status": status, "too_many": too_many}
    if status == 413:
        context |= {
            "most_text": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE,
            "most": settings.LARGEST_REQUEST / MEGABYTE,
            "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        }
    templates = [f"errors/{status}.html", "errors/400.html"]
    if status in DESK_TITLES and (user := getattr(request, "user", None)) and user.is_staff:
        templates = "admin/refused.html"
        context |= {**admin.site.each_context(request), "title": DESK_TITLES[status]}
    response = render(request, templates, context, status=status)
    if status != 404:  # a missing page may come to be: that is pagecache's business
        response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    too_many = isinstance(exception, (TooManyFieldsSent, TooManyFilesSent))
    return error(request, 413 if too_many or isinstance(exception, RequestDataTooBig) else 400, too_many)


def forbidden(request, exception=None):
    return error(request, 403)


def not_found(request, exception=None):
    return error(request, 404)


def server_error(request):
    """Made from a file that needs nothing: neither the database nor another template."""
    body = render_to_string("500.html")
    return HttpResponse(body, status=500, headers={"Cache-Control": "no-store"})


# ------------------------------------------------------------------------------------------------ health
@require_safe
def health(request):
    """200 if this process can serve the paper, else 503; what is wrong, in JSON."""
    errors = _found(CHECKS)
    doubts = {"redis": redis_problem} | ({} if "database" in errors else {"worker": worker_problem})
    body = {"status": "error" if errors else "ok", "errors": errors, "warnings": _found(doubts)}
    # The usual policy names where pictures come from: it would ask the storage, which may be what is wrong.
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
    return JsonResponse(body, status=503 if errors else 200, headers=headers)


def _found(checks):
    return {name: said for name, check in checks.items() if (said := _tried(check))}


def _tried(check):
    try:
        return check()
    except Exception as problem:  # whatever it is, it is what the load balancer wants to know
        log.exception("Health check failed")
        return type(problem).__name__


def database_problem():
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")


class MigrationsPending(Exception):
    """The database is older than the code."""


@cache  # of the good answer only: it costs a second of reading files, and a running process has one code
def migrations_problem():
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsPending


def storage_problem():
    """Leaves nothing behind: anybody may ask for our health."""
    if settings.S3_BUCKET:
        default_storage.exists("health")
    elif not can_be_written(settings.MEDIA_ROOT):
        return "not writable"
    elif shutil.disk_usage(first_existing(settings.MEDIA_ROOT)).free < LEAST_FREE:
        return "disk full"
    return None


def redis_problem():
    """That Redis is away: pages are served all the same, but not kept."""
    try:
        if settings.REDIS_URL:
            store().client.ping()
    except RedisError as problem:  # the log has it already
        return type(problem).__name__
    return None


def worker_problem():
    """Since when no worker has given a sign; None if one is alive."""
    at = Heartbeat.objects.values_list("at", flat=True).first()
    if at is None:
        return "never seen"
    return f"silent since {at.isoformat(timespec='seconds')}" if timezone.now() - at > SILENCE else None


CHECKS = {"database": database_problem, "migrations": migrations_problem, "storage": storage_problem}


# ----------------------------------------------------------------------------------------------- pictures
@require_safe
def media(request, name):
    """A rendition, for ever: its name changes with its bytes. Masters have no public address."""
    if not name.startswith(PUBLIC_FOLDERS) or ".." in name.split("/"):
        raise Http404
    try:
        file = default_storage.open(name)
    except OSError:
        raise Http404 from None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(
        file, content_type=kind if kind.startswith("image/") else "application/octet-stream"
    )
    response["Cache-Control"] = A_YEAR
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

"""Serving kept pages, keeping new ones, and saying so to the caches in front of us."""

import hashlib
import logging
import re
import time
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header

from pagecache import generation
from pagecache.moments import NEVER, next_boundary, read
from pagecache.stores import LONGEST_KEPT, Page, Pause, store

log = logging.getLogger(__name__)

LONGEST_SHARED = 10  # seconds a CDN may go on with a page that has changed
ELSEWHERE = ("/admin/", "/preview/", "/health/")
SHARED_STATUSES = {200, 301, 302, 307, 308, 404, 410, 451}
# What links from newsletters and social networks carry along. No page reads it, so none sees it.
CAMPAIGN = {
    *("fbclid", "gclid", "dclid", "msclkid", "twclid", "ttclid", "li_fat_id", "igshid"),
    *("mc_cid", "mc_eid", "xtor"),
}
VERSION = re.compile(r"v=[0-9A-Za-z_-]{1,64}")  # the query of what never changes at its address


class PageCacheMiddleware:
    """For GET and HEAD of the public addresses: the kept page if it is still right, else a new one.

    Kept are answers of status 200 to addresses without a query (apart from the right version `v` of a file that
    never changes), so that nobody can push the pages that are read out of memory by inventing addresses. No
    cookie is looked at.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.pause = Pause(seconds=2)

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or not is_public(request.path_info):
            return self.get_response(request)
        drop_campaign(request)
        key = key_of(request)
        try:
            number = self.number()
        except (DatabaseError, InterfaceError) as error:
            return finish(request, without_database(key, error))
        with read(number) as reading:
            page = store().get(key) if key else None
            if page and page.number == number and reading.now < page.until:
                return finish(request, answer(page))
            return finish(request, self.render(request, key, reading))

    def process_exception(self, request, exception):
        """The database went away while a page was being made."""
        if isinstance(exception, (OperationalError, InterfaceError)) and is_public(request.path_info):
            return without_database(key_of(request), exception) if request.method == "GET" else None
        return None

    def number(self):
        if self.pause:
            raise OperationalError("The database did not answer a moment ago.")
        try:
            return generation.current()
        except (DatabaseError, InterfaceError):
            self.pause.begin()
            raise

    def render(self, request, key, reading):
        """A new answer, kept if it may be."""
        method, request.method = request.method, "GET"  # a page asked for by HEAD is kept for GET
        try:
            response = self.get_response(request)
        finally:
            request.method = method
        if response.streaming or response.status_code >= 500 or response.has_header("X-Newsroom-Stale"):
            return response
        until = next_boundary(reading)
        keep = key and reading.number is not None and may_be_kept(response, key)
        describe(response, until)
        if keep and timezone.now() < until:
            store().set(key, page_of(response, reading.number, until))
        elif key:
            store().delete(key)  # withdrawn: it must not come back when the database is away
        return response


def is_public(path):
    """Whether everybody gets the same bytes at `path`."""
    return not f"{path}/".startswith((*ELSEWHERE, settings.MEDIA_URL, settings.STATIC_URL))


def drop_campaign(request):
    """Take what only measures campaigns out of the query."""
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in CAMPAIGN and not name.startswith("utm_")]
    if len(kept) < len(pairs):
        request.META["QUERY_STRING"] = urlencode(kept)
        request.__dict__.pop("GET", None)


def key_of(request):
    """The name under which the page is kept; "" if it is not."""
    query = request.META.get("QUERY_STRING", "")
    if settings.DEBUG or (query and not VERSION.fullmatch(query)):
        return ""
    return f"{request.path_info}?{query}"


def may_be_kept(response, key):
    """Whether this is a whole page, the same for everybody, at an address that nobody invented."""
    control = response.get("Cache-Control", "")
    if not key.endswith("?") and "immutable" not in control:
        return False
    return (
        response.status_code == 200
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and not any(word in control for word in ("private", "no-store", "no-cache"))
    )


def describe(response, until):
    """Tell the caches in front of us how long they may use `response`, and name its bytes."""
    if response.cookies or has_vary_header(response, "Cookie"):
        response["Cache-Control"] = "private, no-store"
    elif "Cache-Control" not in response and response.status_code in SHARED_STATUSES:
        response["Cache-Control"] = shared_until(until)
    if response.status_code == 200 and "ETag" not in response:
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def shared_until(until):
    seconds = LONGEST_SHARED if until == NEVER else int((until - timezone.now()).total_seconds())
    seconds = max(0, min(seconds, LONGEST_SHARED))
    return f"public, max-age=0, s-maxage={seconds}, stale-if-error={LONGEST_KEPT}"


def page_of(response, number, until):
    """What is kept of `response`. A Cache-Control of ours is left out: `answer` says it anew."""
    ours = response["Cache-Control"].startswith("public, max-age=0")
    left_out = {"content-length", *(["cache-control"] if ours else [])}
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in left_out)
    return Page(number, until, time.time(), headers, response.content)


def answer(page):
    """The response a kept page stands for."""
    response = HttpResponse(page.body)
    for name, value in page.headers:
        response[name] = value
    if "Cache-Control" not in response:
        response["Cache-Control"] = shared_until(page.until)
    return response


def without_database(key, error):
    """The page kept last, whatever changed since, or a static page of status 503."""
    log.error("The database does not answer: %s", error)
    page = store().get(key) if key else None
    if page and time.time() - page.made < LONGEST_KEPT:
        response = answer(page)
        response["Cache-Control"] = f"public, max-age=0, s-maxage=1, stale-if-error={LONGEST_KEPT}"
        response["X-Newsroom-Stale"] = "database-unavailable"
        return response
    try:
        body = render_to_string("500.html")
    except TemplateDoesNotExist:
        body = "<!doctype html><title>503</title><h1>503</h1>"
    return HttpResponse(body, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})


def finish(request, response):
    """304 for who has these bytes already; no body for HEAD."""
    if response.streaming:
        return response
    response["Content-Length"] = str(len(response.content))
    if response.status_code == 200 and "ETag" in response:
        response = get_conditional_response(request, etag=response["ETag"], response=response)
    if request.method == "HEAD" and response.status_code != 304:
        length = response["Content-Length"]
        response.content = b""
        response["Content-Length"] = length
    return response

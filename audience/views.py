"""The beacon a reader's page sends, and the page of the most read stories."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.pages import public_page
from audience import ranking
from audience.counting import tally

LONGEST = 64  # bytes of a beacon
ARTICLE = re.compile(rb"[1-9][0-9]{0,17}")
# What calls itself a machine. Most never run the script that sends the beacon.
MACHINE = re.compile(
    r"(?<!cu)bot\b|bot[/;_-]|crawl|spider|slurp|preview|headless|lighthouse|facebookexternalhit|feed|monitor|scan|fetch|"
    r"archive|python|curl|wget|httpx?client|java/|okhttp|go-http|node|axios|phantom|scrap",
    re.IGNORECASE,
)


@csrf_exempt
@require_POST
def read(request):
    """Count a read: the body is the story's id. The answer is 204 whether it counted or not."""
    article_id = _counted(request)
    if article_id:
        tally.add(article_id, client_address(request))
        tally.start()
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def _counted(request):
    """The story's id, if this is a reader's own page speaking; else None."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or not 0 < int(length) <= LONGEST or not _same_origin(request):
        return None
    agent = request.headers.get("User-Agent", "")
    ahead = any(request.headers.get(name) for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"))
    if ahead or not agent or MACHINE.search(agent):
        return None
    found = ARTICLE.fullmatch(request.body.strip())
    return int(found.group()) if found else None


def _same_origin(request):
    """Whether our own page sent it (Fetch Metadata; for browsers without it, the Origin header)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    host = urlsplit(request.headers.get("Origin", "")).netloc
    return bool(host) and host in (request.get_host(), urlsplit(settings.SITE_URL).netloc)


def client_address(request):
    """The reader's address: the connection's, or the one our own proxy saw (the last it added)."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


@require_safe
def most_read(request):
    """The most read stories, now and this week, in the page's language."""
    key = f"language:{get_language().split('-')[0]}"
    now, week = (ranking.most_read(key, window, ranking.KEPT) for window in ("now", "week"))
    context = {"stories": now, "week": week, "window": now.window}
    return public_page(request, "audience/most_read.html", context, path="/most-read/")

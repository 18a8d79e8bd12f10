"""What holds for every request: address, security headers, who is at the desk, language and time zone."""

import re
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation

from masthead.models import Masthead
from newsroom import views
from newsroom.policies import policy

LONGEST_ADDRESS = 2000  # characters, the query included
WORDLESS = ("/health/", settings.MEDIA_URL)  # no words, so no language: they do without the database
POSTED_TO = ("/admin/", "/read/")  # the only addresses that take what somebody sends
# What no address of ours has: control characters, half surrogates, a backslash.
IMPOSSIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd\\]")


def at_desk(request):
    """Whether the address belongs to the desk."""
    return f"{request.path_info}/".startswith("/admin/")


@contextmanager
def as_the_paper_does(language=""):
    """The paper's language (or the one given) and its time zone."""
    masthead = Masthead.current()
    with translation.override(language or masthead.language), timezone.override(masthead.zone):
        yield


class AddressMiddleware:
    """Refuses, in the site's look, what no page can answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        status = refusal(request)
        if not status:
            return self.get_response(request)
        with as_the_paper_does():
            response = views.error(request, status)
        if status == 405:
            response["Allow"] = "GET, HEAD"
        return response


def refusal(request):
    """The status this request's address or method is refused with; None if it is not."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    if len(request.path) + len(query) > LONGEST_ADDRESS:
        return 414
    try:
        path.startswith(WORDLESS) or request.get_host()  # a load balancer asks for our health by number
    except DisallowedHost:
        return 400
    if IMPOSSIBLE.search(path) or "%00" in query:
        return 400
    if is_too_large(request) and not at_desk(request):
        return 413
    if request.method not in ("GET", "HEAD") and not (
        request.method == "POST" and path.startswith(POSTED_TO)
    ):
        return 405
    if "//" in path or "/./" in f"{path}/" or "/../" in f"{path}/":
        return 404
    return None


def is_too_large(request):
    """Whether more is sent than any page takes."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > settings.LARGEST_REQUEST


class HeadersMiddleware:
    """What a browser may do with our pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        if "Content-Security-Policy" not in headers:
            headers["Content-Security-Policy"] = policy(request)
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if at_desk(request):
            headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
            headers.setdefault("X-Robots-Tag", "noindex")
            headers.setdefault("Cache-Control", "private, no-store")
        return response


PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
)


class DeskMiddleware(SessionMiddleware, CsrfViewMiddleware, AuthenticationMiddleware, MessageMiddleware):
    """Session, protected forms, user and messages: at /admin/, and nowhere else.

    One class, so that no public page can read a session by accident; Django's checks find all four in it.
    """

    before = (SessionMiddleware, CsrfViewMiddleware, AuthenticationMiddleware, MessageMiddleware)

    def process_request(self, request):
        if at_desk(request):
            for middleware in self.before:
                middleware.process_request(self, request)

    def process_view(self, request, callback, args, kwargs):
        if at_desk(request):
            if is_too_large(request):  # said here, in the desk's look: it is known who asks
                raise RequestDataTooBig
            return CsrfViewMiddleware.process_view(self, request, callback, args, kwargs)
        return None

    def process_response(self, request, response):
        if at_desk(request):
            for middleware in (MessageMiddleware, CsrfViewMiddleware, SessionMiddleware):
                response = middleware.process_response(self, request, response)
        return response


class LocaleMiddleware:
    """Public pages in the paper's language, the desk in its user's; every time in the paper's time zone.

    A page in another language says so itself with `translation.override`; never the browser.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(WORDLESS):
            return self.get_response(request)
        own = getattr(request.user, "language", "") if at_desk(request) else ""
        with as_the_paper_does(own):
            return self.get_response(request)

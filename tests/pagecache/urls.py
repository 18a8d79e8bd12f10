"""Addresses of pages made for these tests: the words of a menu entry, and odd answers."""

from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path
from django.utils import timezone

import pagecache
from masthead.models import MenuEntry


def label(request):
    """The label of the entry; 404 if there is none. Counts how often it was asked to make the page."""
    label.made += 1
    entry = MenuEntry.objects.first()
    if entry is None:
        raise Http404
    return HttpResponse(f"{entry.label} {timezone.now():%H:%M:%S}")


label.made = 0


def part(request):
    return HttpResponse(pagecache.once_per_change("part", part.build))


def cookie(request):
    response = HttpResponse("cookie")
    response.set_cookie("seen", "1")
    return response


def private(request):
    return HttpResponse("private", headers={"Cache-Control": "private"})


def immutable(request):
    return HttpResponse("immutable", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def moved(request):
    return HttpResponsePermanentRedirect("/label/")


def broken(request):
    if broken.error:
        raise broken.error
    return HttpResponse("whole")


broken.error = None
AWAY = OperationalError("server closed the connection unexpectedly")


def given(request):
    return HttpResponse(repr(sorted(request.GET.items())))


urlpatterns = [
    path("label/", label),
    path("part/", part),
    path("cookie/", cookie),
    path("private/", private),
    path("immutable/", immutable),
    path("moved/", moved),
    path("broken/", broken),
    path("given/", given),
    path("read/", given),
    path("admin/label/", label),
    path("preview/label/", label),
]
handler404 = "tests.pagecache.urls.not_found"


def not_found(request, exception):
    return HttpResponse("none", status=404)

"""A form sent after its session had ended, or with a key no longer right: signed in again, it goes on.

The form's fields travel in the sign-in page, in one hidden field; nothing is kept on the server. Only a form
that comes from one of our own pages is carried on (another site must not have us send its form).
"""

import json
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as django_csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

OWN_PAGES = ("admin:login", "admin:logout", "admin:resume")
NOT_CARRIED = {"csrfmiddlewaretoken", "password"}


def is_lost(request):
    """Whether this is a form of the desk, sent by somebody who is no longer signed in."""
    own = {reverse(name) for name in OWN_PAGES}
    return request.method == "POST" and not request.user.is_authenticated and request.path not in own


def from_here(request):
    """Whether the form was sent from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def _is_page(request):
    return request.headers.get("Sec-Fetch-Dest", "document") in ("document", "iframe")


def csrf_failure(request, reason=""):
    """What Django calls instead of the view when a form's key is missing or wrong."""
    if request.path in {reverse(name) for name in OWN_PAGES}:
        return HttpResponseRedirect(reverse("admin:login"))
    if not (request.path.startswith(reverse("admin:index")) and from_here(request) and _is_page(request)):
        return django_csrf_failure(request, reason)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return _go_on(request, request.get_full_path(), _fields(request))
    return keep(request)


def keep(request):
    """The sign-in page, with the form that was sent in it."""
    if not (from_here(request) and _is_page(request)):
        return HttpResponseRedirect(reverse("admin:login"))
    return _sign_in(
        request, AdminAuthenticationForm(request), request.get_full_path(), json.dumps(_fields(request))
    )


@sensitive_post_parameters("password")
@never_cache
@csrf_protect
def resume(request):
    """Signs in, then shows the form that waited, to be sent again."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:index"))
    to, carried = request.POST.get("to", ""), request.POST.get("carried", "[]")
    form = AdminAuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        return _sign_in(request, form, to, carried)
    login(request, form.get_user())
    try:
        fields = [(str(name), str(value)) for name, value in json.loads(carried)]
        resolve(urlsplit(to).path)
    except (ValueError, TypeError, Resolver404):
        fields, to = [], ""
    if not to.startswith(reverse("admin:index")) or not fields:
        return HttpResponseRedirect(reverse("admin:index"))
    return _go_on(request, to, fields)


def _fields(request):
    return [
        (name, value) for name, values in request.POST.lists() for value in values if name not in NOT_CARRIED
    ]


def _sign_in(request, form, to, carried):
    context = {
        **admin.site.each_context(request),
        "title": _("Sign in again"),
        "form": form,
        "to": to,
        "carried": carried,
        "form_address": reverse("admin:resume"),
    }
    return TemplateResponse(
        request, "admin/sign_in_again.html", context, status=403 if not form.is_bound else 200
    )


def _go_on(request, to, fields):
    context = {**admin.site.each_context(request), "title": _("Go on"), "to": to, "fields": fields}
    return TemplateResponse(request, "admin/go_on.html", context)

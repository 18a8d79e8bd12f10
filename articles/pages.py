"""Rendering a public page: in its own language, with what `base.html` needs."""

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation

from masthead.addresses import is_ours
from masthead.models import Masthead, Redirect


def public_page(request, template, context, *, path=None, language="", status=200):
    """A public page in `language` (default: the paper's), whose canonical address is `path` on this site.

    `context` may hold what `base.html` reads: `section` (marked in the menu), `feed` (the path of its own),
    `description`, `robots`, `news_robots`, `canonical` (where it is not `path`) and `data_blocks` (a list of
    JSON-LD dicts).
    """
    language = language or Masthead.current().language
    if path is not None:
        context.setdefault("canonical", settings.SITE_URL + path)
    with translation.override(language):
        response = render(request, template, {"language": language} | context, status=status)
    response["Content-Language"] = language
    return response


def moved(request, ending=""):
    """301 to where what lived at this address lives now: another slug, or tags made one.

    `ending` is what stands behind it in both. Raises Http404 if nothing lived there.
    """
    destination = Redirect.find(request.path.removesuffix(ending))
    if destination is None:
        raise Http404
    return moved_to(request, destination + ending)


def moved_to(request, address):
    """301 to `address`; the query goes along to one of ours that ends with its path."""
    query = request.GET.urlencode() if is_ours(address) and not set("?#") & set(address) else ""
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def refusal(request, status, *, language="", **context):
    """A page that says why there is nothing here any more: 410 and 451 in the site's look."""
    return public_page(
        request, f"errors/{status}.html", context | {"status": status}, language=language, status=status
    )

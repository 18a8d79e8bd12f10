"""The search page."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import pagecache
from articles.models import Section
from search.find import find
from search.words import LONGEST_QUERY

PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "year": timedelta(days=365)}
ORDERS = ("relevance", "date")


@require_safe
def search(request):
    """What was found for `?q=`, narrowed by `section` (a path) and `period`, in `order`."""
    query = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY]
    sections = pagecache.once_per_change("search sections", lambda: list(Section.objects.all()))
    section = next((s for s in sections if s.path == request.GET.get("section")), None)
    period = request.GET.get("period", "")
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else ORDERS[0]
    since = timezone.now() - PERIODS[period] if period in PERIODS else None
    results = find(query, section=section, since=since, order=order, after=_after(request))
    context = {
        "query": query,
        "hits": results.hits,
        "found": results.found,
        "capped": results.capped,
        "terms": results.terms,
        "sections": sections,
        "section": section,
        "period": period if period in PERIODS else "",
        "order": order,
        "next_after": results.next,
    }
    response = render(request, "search/results.html", context)
    response["X-Robots-Tag"] = "noindex, follow"
    return response


def _after(request):
    after = request.GET.get("after")
    if not after:
        return None
    if not after.isdecimal() or len(after) > 18:
        raise Http404("No such page of results.")
    return int(after)

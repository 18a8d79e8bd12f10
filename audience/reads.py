"""Reads as the desk sees them."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audience.models import DailyViews, Popularity


def today(article_ids):
    """`{article id: reads}` since midnight in the paper's time zone. One query."""
    rows = DailyViews.objects.filter(article__in=article_ids, day=timezone.localdate())
    return dict(rows.values_list("article", "reads"))


def panel(article, request):
    """The reads of a story that is or was public, for beside its form."""
    if not article.pk or not article.was_public:
        return ""
    day = timezone.localdate()
    days = DailyViews.objects.filter(article=article, day__gt=day - timedelta(days=7))
    week = days.aggregate(n=Sum("reads"))["n"] or 0
    total = Popularity.objects.filter(article=article).values_list("reads", flat=True).first() or 0
    lines = [
        ngettext("%(n)d read today", "%(n)d reads today", n := today([article.pk]).get(article.pk, 0))
        % {"n": n},
        ngettext("%(n)d read in seven days", "%(n)d reads in seven days", week) % {"n": week},
        ngettext("%(n)d read in all", "%(n)d reads in all", total) % {"n": total},
    ]
    return format_html("<h3>{}</h3><p>{}<br>{}<br>{}</p>", _("Readers"), *lines)

"""The calendar at the desk: a month or a week of what is planned, from where it can be moved."""

from datetime import date, timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from articles import planning
from articles.workflow import Conflict
from masthead.moments import PaperTimeField


class MoveForm(forms.Form):
    """When something on the calendar is to be."""

    at = PaperTimeField(label=capfirst(later("when")), needed=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


def days(user, first, last, *, own=False, bound=None):
    """Each day from `first` to `last` as `(day, entries)`; `bound` is a form that was sent, shown with its entry."""
    by_day = {}
    for entry in planning.entries(user, first, last, own=own):
        entry.form = bound if bound is not None and bound.prefix == entry.key else None
        by_day.setdefault(entry.day, []).append(entry)
    return [(day, by_day.get(day, [])) for day in _each(first, last)]


def _each(first, last):
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def calendar(request):
    """`?view=month|week&from=2026-11-25`; POST moves what `entry` names."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    bound = None
    if request.method == "POST":
        bound = _moved(request)
        if bound is None:
            home = request.POST.get("back") == "home"
            return HttpResponseRedirect(reverse("admin:index") if home else request.get_full_path())
    view = "week" if request.GET.get("view") == "week" else "month"
    day = _day(request.GET.get("from", ""))
    first, last, before, after = (_week if view == "week" else _month)(day)
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "view": view,
        "from": day,
        "first": first,
        "last": last,
        "before": before,
        "after": after,
        "days": days(request.user, first, last, bound=bound),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "admin/calendar.html", context)


def _moved(request):
    """Carry out a move; returns the form if it has to be shown again."""
    kind, _dash, pk = request.POST.get("entry", "").partition("-")
    if kind not in ("story", "deadline") or not pk.isdecimal():
        raise Http404
    needed = "publish_article" if kind == "story" else "change_assignment"
    if not request.user.has_perm(f"articles.{needed}"):
        raise PermissionDenied
    form = MoveForm(request.POST, prefix=f"{kind}-{pk}")
    if form.is_valid():
        data = form.cleaned_data
        try:
            planning.move(kind, int(pk[:18]), by=request.user, version=data["version"], at=data["at"])
        except ValidationError as refused:
            form.add_error(None, ValidationError(refused.messages))
        except Conflict:
            messages.warning(
                request, _("Somebody changed it meanwhile. Look at it once more before moving it.")
            )
            return None
        else:
            messages.success(request, _("Moved."))
            return None
    for sentence in dict.fromkeys(text for errors in form.errors.values() for text in errors):
        messages.error(request, sentence)
    return form


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if 2000 <= day.year <= 2100 else timezone.localdate()


def _week(day):
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6), first - timedelta(days=7), first + timedelta(days=7)


def _month(day):
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    last = after - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday()), before, after


admin.site.add_page("calendar/", calendar, name="calendar")

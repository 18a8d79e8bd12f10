"""What the list of articles can be narrowed by. How it is then read is in `articles.admin.changelist`."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.forms import section_choices
from articles.models import Article, Byline, Section, Tagging
from articles.picking import AuthorField, SourceField, TagField
from articles.planning import midnight

OTHER_PARAMETERS = ("q", "o")  # of an address of the list that is kept: the words, the order
STATES = [
    ("mine", _("My articles")),
    ("waiting", _("Waiting for review")),
    ("draft", _("Draft")),
    ("returned", _("Sent back")),
    ("scheduled", _("Scheduled")),
    ("public", _("Published")),
    ("pending", _("Published, with changes pending")),
    ("planned", _("Published, with changes planned")),
    ("expires", _("Published, until a date")),
    ("down", _("Taken down")),
    ("bin", _("In the bin")),
]
PERIODS = [("today", _("Today")), ("week", _("Seven days")), ("month", _("This month"))]


class SectionFilter(admin.SimpleListFilter):
    title, parameter_name = _("section"), "section"

    def lookups(self, request, model_admin):
        return section_choices()

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(section=chosen) if chosen.isdecimal() and len(chosen) < 19 else queryset


@dataclass
class Condition:
    """One thing asked of the list: `where`, for `filter`; and `rows`, as an index hands them out by their column `by`.

    `rows` are articles, or rows beside them that name theirs in `key`: sometimes more than `where` lets through.
    """

    where: Q
    rows: QuerySet
    by: str = "saved_at"
    key: str = "pk"


class DayField(forms.DateField):
    """A day a paper may have had: near the ends of the calendar there is no day after."""

    def __init__(self, **options):
        first, last = date(1900, 1, 1), date(2999, 12, 31)
        widget = forms.DateInput(attrs={"type": "date", "min": first, "max": last}, format="%Y-%m-%d")
        limits = [MinValueValidator(first), MaxValueValidator(last)]
        super().__init__(required=False, widget=widget, validators=limits, **options)


class NarrowForm(forms.Form):
    """The filters, as they stand in the list's address. What cannot be is said, and then nothing is found."""

    state = forms.ChoiceField(label=_("state"), choices=[("", "—"), *STATES], required=False)
    section = forms.ModelChoiceField(Section.objects.all(), label=_("section"), required=False)
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_staff=True).order_by("last_name", "first_name", "username"),
        label=_("begun by"),
        required=False,
        empty_label="—",
    )
    author = AuthorField(label=_("signed by"))
    source = SourceField(label=_("source"))
    tag = TagField(label=_("tag"))
    language = forms.ChoiceField(
        label=_("language"), choices=[("", "—"), *settings.LANGUAGES], required=False
    )
    saved = forms.ChoiceField(label=_("saved"), choices=[("", "—"), *PERIODS], required=False)
    saved_from = DayField(label=_("saved from"))
    saved_to = DayField(label=_("saved up to"))
    public = forms.ChoiceField(label=_("publication"), choices=[("", "—"), *PERIODS], required=False)
    public_from = DayField(label=_("publication from"))
    public_to = DayField(label=_("publication up to"))

    def __init__(self, data, *, user):
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.user = user
        self.fields["section"].choices = section_choices("—")
        for field in self.fields.values():
            field.label = capfirst(field.label)
        self.is_valid()

    def asked(self):
        """`{name: value}` of the filters that narrow the list."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def first_fields(self):
        return [self["state"], self["section"]]

    def further_fields(self):
        return [field for field in self if field.name not in ("state", "section")]

    def chips(self):
        """(name, label, text) of each filter that is active, also of one that cannot be."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value:
                yield name, field.label, self._in_words(name, value)
            elif name in self.errors:
                yield name, field.label, self.data[name]

    def _in_words(self, name, value):
        field = self.fields[name]
        if isinstance(field, forms.DateField):
            return date_format(value, "SHORT_DATE_FORMAT")
        if isinstance(field, forms.ModelChoiceField):
            return str(value)
        if isinstance(field, forms.ChoiceField):
            return dict(field.choices)[value]
        return self.data[name].partition(" [")[0]

    def kept(self):
        """The query string under which it is kept, of what is known and not empty; None if it cannot be."""
        if not self.is_valid():
            return None
        fresh = QueryDict(mutable=True)
        for name in (*OTHER_PARAMETERS, *self.fields):
            text = self.data.get(name, "").strip()
            if text:
                fresh[name] = text
        return fresh.urlencode()

    # ------------------------------------------------------------------ how it is looked up
    def order(self):
        """The order in which an index hands out what is asked, where it is not the list's own."""
        asked = self.asked()
        if "tag" in asked or "author" in asked:
            return ["-id"]
        return ["-published_at", "-id"] if any(name.startswith("public") for name in asked) else None

    def where(self):
        """All that is asked, for a `filter` that names the rows to look at, too."""
        if not self.is_valid():
            return Q(pk__in=[])
        where = Q() if self.cleaned_data["state"] == "bin" else Q(binned_at=None)
        for condition in self.conditions():
            # Negated twice: else SQLite reads a whole index for it, and not the few rows that are named.
            where &= ~Q(~condition.where)
        return where

    def conditions(self):
        """What is asked as `Condition`s, what narrows most first."""
        asked = self.asked()
        periods = {"saved_at": self._period("saved"), "published_at": self._period("public")}
        found = []

        def add(where, walk=None, by="saved_at"):
            found.append(Condition(where, Article.objects.filter(walk or where, periods.get(by) or Q()), by))

        if "tag" in asked:
            tag = asked["tag"][0]
            mine = Exists(Tagging.objects.filter(content_object=OuterRef("pk"), tag=tag))
            found.append(Condition(Q(mine), Tagging.objects.filter(tag=tag), "id", "content_object_id"))
        if "author" in asked:
            author = asked["author"][0]
            mine = Exists(Byline.objects.filter(article=OuterRef("pk"), author=author))
            found.append(Condition(Q(mine), Byline.objects.filter(author=author), "id", "article_id"))
        late = asked.get("state") in ("public", "down")
        if "state" in asked and not late:
            add(*self._state(asked["state"]))
        for name, column in (("source", "source"), ("person", "created_by"), ("section", "section")):
            if name in asked:
                value = asked[name][0] if name == "source" else asked[name].pk
                add(Q(**{column: value}))
        if late:
            add(*self._state(asked["state"]))
        for by, period in periods.items():
            if period:
                add(period, by=by)
        if "language" in asked:
            add(Q(language=asked["language"]))
        return found

    def _state(self, state):
        """The condition of a state; what an index hands out of it; by which column."""
        now, s = timezone.now(), Article.Status
        live = Q(status=s.PUBLISHED)
        match state:
            case "mine":
                return Q(created_by=self.user), None, "saved_at"
            case "waiting":
                return Q(submitted_at__isnull=False), None, "submitted_at"
            case "scheduled":
                return live & Q(published_at__gt=now), Q(published_at__gt=now), "published_at"
            case "public":
                return live & Q(published_at__lte=now), live, "saved_at"
            case "pending":
                return live & Q(draft_revision__isnull=False), Q(draft_revision__isnull=False), "saved_at"
            case "planned":
                return Q(planned_revision__isnull=False), None, "saved_at"
            case "expires":
                return live & Q(expires_at__gt=now), Q(expires_at__gt=now), "expires_at"
            case "down":
                gone = [s.UNPUBLISHED, s.WITHDRAWN, s.BLOCKED, s.REDIRECTED]
                return Q(status__in=gone), None, "status"
            case "bin":
                return Q(binned_at__isnull=False), None, "saved_at"
        return Q(status=state), None, "saved_at"

    def _period(self, name):
        """The condition that `saved` or `public` and its two dates make; None if nothing is asked."""
        column = {"saved": "saved_at", "public": "published_at"}[name]
        asked, today, day = self.asked(), timezone.localdate(), timedelta(days=1)
        starts = {"today": today, "week": today - 6 * day, "month": today.replace(day=1)}
        firsts = [starts.get(asked.get(name)), asked.get(f"{name}_from")]
        next_month = (today.replace(day=28) + 4 * day).replace(day=1)
        ends = {"today": today + day, "week": today + day, "month": next_month}
        last = asked.get(f"{name}_to")
        lasts = [ends.get(asked.get(name)), last and last + day]
        first, last = max(filter(None, firsts), default=None), min(filter(None, lasts), default=None)
        bounds = ({f"{column}__gte": midnight(first)} if first else {}) | (
            {f"{column}__lt": midnight(last)} if last else {}
        )
        return Q(**bounds) if bounds else None

"""Assignments at the desk: their list and their form."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from accounts.changelist import KeysetAdmin
from accounts.models import User
from articles import planning
from articles.admin.filters import SectionFilter
from articles.forms import section_choices
from articles.models import Assignment, Section
from articles.models.planning import FIELDS
from articles.templatetags.desk import state_class
from articles.workflow import Conflict
from masthead.moments import PaperTimeField

# The button's name, and its verb.
BUTTONS = {
    "_save": "change",
    "_take": "take",
    "_begin": "begin",
    "_decline": "decline",
    "_finish": "finish",
    "_drop": "drop",
    "_reopen": "reopen",
}
WITH_A_NOTE = {"decline", "finish", "drop", "reopen"}
SAID = {
    "change": later("Saved."),
    "take": later("It is yours now."),
    "begin": later("The story is begun: write it here."),
    "decline": later("It is open again, and who made it reads your note."),
    "finish": later("Done."),
    "drop": later("Dropped. An editor can reopen it."),
    "reopen": later("It is to be written again."),
}


def _own(name, **options):
    return Assignment._meta.get_field(name).formfield(required=False, **options)


def writers():
    """Who can be given an assignment."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("last_name", "first_name", "username")


class AssignmentForm(forms.Form):
    """What is to be written, by whom and until when; `values()` is for the verbs."""

    title = _own("title")
    idea = _own("idea", widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "true"}))
    desk = forms.ModelChoiceField(Section.objects.all(), label=later("section"), required=False)
    deadline = PaperTimeField(label=later("deadline"))
    journalist = forms.ModelChoiceField(
        writers(), label=later("journalist"), required=False, help_text=later("Empty: anyone may take it.")
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data=None, *, assignment, user):
        initial = {name: getattr(assignment, name) for name in (*FIELDS, "version")}
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["desk"].choices = section_choices("—")
        if not user.has_perm("articles.change_assignment"):
            self.fields["journalist"].queryset = writers().filter(pk=user.pk)
        self.fields["journalist"].empty_label = "—"
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def values(self):
        """What was typed; a moment that differs by seconds only was not changed."""
        values = {name: self.cleaned_data[name] for name in FIELDS}
        before = self.initial["deadline"]
        if before and before.replace(second=0, microsecond=0) == values["deadline"]:
            values["deadline"] = before
        return values


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = later("state"), "state"

    def lookups(self, request, model_admin):
        return [("unfinished", _("To be written")), *Assignment.State.choices]

    def queryset(self, request, queryset):
        if self.value() == "unfinished":
            return queryset.filter(state__in=Assignment.UNFINISHED)
        return queryset.filter(state=self.value()) if self.value() in Assignment.State.values else queryset


class PersonFilter(admin.SimpleListFilter):
    title, parameter_name = later("journalist"), "who"

    def lookups(self, request, model_admin):
        people = [(str(user.pk), str(user)) for user in writers()[:200]]
        return [("me", _("My assignments")), ("nobody", _("Open to all")), *people]

    def queryset(self, request, queryset):
        who = self.value() or ""
        if who == "nobody":
            return queryset.filter(journalist=None)
        who = str(request.user.pk) if who == "me" else who
        return queryset.filter(journalist=int(who)) if who.isdecimal() and len(who) < 19 else queryset


class DeskFilter(SectionFilter):
    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(desk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else queryset


class DeadlineFilter(admin.SimpleListFilter):
    title, parameter_name = later("deadline"), "until"

    def lookups(self, request, model_admin):
        return [("late", _("Late")), ("today", _("Today")), ("week", _("In the next seven days"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        midnight, unfinished = planning.midnight, queryset.filter(state__in=Assignment.UNFINISHED)
        if self.value() == "late":
            return unfinished.filter(deadline__lt=timezone.now())
        if self.value() in ("today", "week"):
            days = timedelta(days=1 if self.value() == "today" else 7)
            return unfinished.filter(deadline__gte=midnight(today), deadline__lt=midnight(today + days))
        return queryset


@admin.register(Assignment)
class AssignmentAdmin(KeysetAdmin):
    list_display = ["title", "where", "journalist", "desk", "until", "story"]
    list_filter = [StateFilter, PersonFilter, DeskFilter, DeadlineFilter]
    list_select_related = ["journalist", "desk", "article"]
    ordering = ["-id"]
    sortable_by = ["until"]
    actions = None

    def get_queryset(self, request):
        return Assignment.objects.seen_by(request.user).defer("idea", "note", "article__body")

    def has_delete_permission(self, request, obj=None):
        """What will not be written is dropped, and can be reopened."""
        return False

    @admin.display(description=later("state"), ordering="state")
    def where(self, assignment):
        return state(assignment)

    @admin.display(description=later("deadline"), ordering="deadline")
    def until(self, assignment):
        if not assignment.deadline:
            return "—"
        return date_format(timezone.localtime(assignment.deadline), "SHORT_DATETIME_FORMAT")

    @admin.display(description=later("article"))
    def story(self, assignment):
        return story(assignment)

    # ------------------------------------------------------------------ the form
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        assignment = self._find(request, object_id)
        form = AssignmentForm(request.POST or None, assignment=assignment, user=request.user)
        if request.method == "POST":
            response = self._sent(request, assignment, form)
            if response is not None:
                return response
        return self._page(request, assignment, form)

    def _find(self, request, object_id):
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return Assignment(created_by=request.user)
        rows = Assignment.objects.seen_by(request.user).select_related(
            "journalist", "desk", "article", "created_by"
        )
        found = rows.filter(pk=int(object_id[:18])).first() if str(object_id).isdecimal() else None
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def _sent(self, request, assignment, form):
        """Carry out the button; returns where to go, or None if the form has to be shown again."""
        verb = next((verb for name, verb in BUTTONS.items() if name in request.POST), "change")
        if assignment.pk and verb != "change":
            form.is_bound = False  # what its fields hold is not asked for
        elif not form.is_valid():
            return None
        try:
            done = self._carry_out(request, assignment, form, verb)
        except ValidationError as refused:
            self._say(request, form, refused)
            return None
        except Conflict:
            return self._faster(request, assignment, form)
        messages.success(request, SAID[verb])
        at = "article" if verb == "begin" else "assignment"
        return HttpResponseRedirect(reverse(f"admin:articles_{at}_change", args=[done.pk]))

    @staticmethod
    def _carry_out(request, assignment, form, verb):
        by = request.user
        if not assignment.pk:
            return Assignment.start(by=by, **form.values())
        version = request.POST.get("version", "")
        options = {"by": by, "version": int(version[:9]) if version.isdecimal() else 0}
        if verb == "change":
            options |= form.values()
        elif verb in WITH_A_NOTE:
            options["note"] = request.POST.get("note", "")[:2000]
        return getattr(assignment, verb)(**options) or assignment

    @staticmethod
    def _say(request, form, refused):
        errors = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        for name, sentences in errors.items():
            for sentence in sentences:
                if form.is_bound and name in form.fields:
                    form.add_error(name, sentence)
                else:
                    messages.error(request, sentence)

    @staticmethod
    def _faster(request, assignment, form):
        """Somebody wrote meanwhile: what was typed stays, and theirs is told."""
        newest = Assignment.objects.select_related("journalist", "desk").get(pk=assignment.pk)
        messages.warning(
            request,
            _(
                "Somebody changed this assignment while you had it open. Look it through, then press the button again."
            ),
        )
        if not form.is_bound:
            return HttpResponseRedirect(newest.desk_address)
        theirs = AssignmentForm(assignment=newest, user=request.user)
        for name, value in form.values().items():
            if getattr(newest, name) != value:
                shown = getattr(newest, name) or "—"
                if name == "deadline" and newest.deadline:
                    shown = date_format(timezone.localtime(newest.deadline), "SHORT_DATETIME_FORMAT")
                form.add_error(name, _("It now says: %s") % shown)
        form.data = form.data.copy()
        form.data["version"] = theirs.initial["version"]
        return None

    def _page(self, request, assignment, form):
        verbs = assignment.verbs_for(request.user) if assignment.pk else ["change"]
        context = {
            **self.admin_site.each_context(request),
            "title": str(assignment) if assignment.pk else _("New assignment"),
            "opts": self.opts,
            "assignment": assignment,
            "form": form,
            "verbs": verbs,
            "asks_note": WITH_A_NOTE & set(verbs),
            "state": state(assignment),
            "story": story(assignment),
            "note": request.POST.get("note", ""),
        }
        return TemplateResponse(request, "admin/articles/assignment/change_form.html", context)


def state(assignment):
    """Its state in words and colour; that it is late."""
    late = format_html(' <span class="late">{}</span>', _("late")) if assignment.is_late else ""
    colour = {"open": "is-open", "taken": "is-planned", "done": "is-public"}.get(assignment.state, "is-gone")
    return format_html('<span class="state {}">{}</span>{}', colour, assignment.get_state_display(), late)


def story(assignment):
    """Its story's state, leading to the form; who sees the assignment may see the story."""
    article = assignment.article
    if article is None:
        return "—"
    return format_html(
        '<a class="state {}" href="{}">{}</a>',
        state_class(article),
        reverse("admin:articles_article_change", args=[article.pk]),
        article.state_label,
    )

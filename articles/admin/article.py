"""The article at the desk: its list and its form. What a sent form does is in `articles.admin.saving`."""

import logging
from dataclasses import replace
from uuid import uuid4

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import Fieldset
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from accounts.changelist import KeysetAdmin
from articles import autosave, gate, registry, starting
from articles.admin import actions as bulk
from articles.admin import autosaving, conflicts, pages, saved_views, saving
from articles.admin.changelist import ArticleChangeList
from articles.forms import ArticleForm, pasted_picture
from articles.models import Article, Byline, SavedView, StoryTemplate, seen_by
from articles.templatetags.desk import state_class
from articles.workflow import Conflict
from images import pasted

log = logging.getLogger(__name__)

TEXT = [(later("The text"), ["kicker", "title", "slug", "summary", "body"])]
FACTS = [
    (later("Place"), ["section", "further_sections", "tags", "language"]),
    (later("Credit"), ["authors", "source", "original_url", "via", "via_url", "ai_note"]),
    (later("Picture"), ["image", "image_caption"]),
    (
        later("When, and who sees it"),
        ["published_at", "go_live_at", "embargo_until", "expires_at", "restricted"],
    ),
]
MORE = [
    (
        later("Titles for their place"),
        ["front_title", "social_title", "social_description", "seo_title", "seo_description"],
    ),
    (later("Other stories"), ["follows", "related", "translation_of"]),
]


def short(moment):
    """A moment for a narrow column, in the paper's time zone."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else "—"


@admin.register(Article)
class ArticleAdmin(KeysetAdmin):
    list_display = [
        "title_linked",
        "state",
        "section",
        "signed_by",
        "source",
        "saved",
        "goes_public",
        "reads_today",
    ]
    list_display_links = None
    list_select_related = ["section", "source", "created_by"]
    ordering = ["-saved_at", "-id"]
    sortable_by = ["saved", "goes_public"]
    actions = [bulk.submit, bulk.publish, bulk.take_down, bulk.move, bulk.add_tag]
    action_form = bulk.ActionForm
    list_per_page = 50
    search_help_text = later("Words of the title or the text, of drafts too.")

    # ------------------------------------------------------------------ who may
    def has_delete_permission(self, request, obj=None):
        """Drafts go to the bin by their own button; what was public is never deleted."""
        return False

    def has_publish_permission(self, request):
        return request.user.has_perm("articles.publish_article")

    def has_take_down_permission(self, request):
        return request.user.has_perm("articles.take_down_article")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(seen_by(request.user)).defer("body")

    def find(self, request, object_id):
        """The article with this id, for somebody who may see it; else 404 or 403."""
        if not str(object_id).isdecimal():
            raise Http404
        article = (
            Article.objects.select_related("section", "created_by", "draft_revision", "planned_revision")
            .filter(pk=int(str(object_id)[:18]))
            .first()
        )
        if article is None:
            raise Http404
        if not article.may_see(request.user):
            raise PermissionDenied
        return article

    # ------------------------------------------------------------------ the list
    def get_search_fields(self, request):
        return ["title"]  # only says that there is a search box: the list asks the index

    def get_search_results(self, request, queryset, search_term):
        return queryset, False

    def get_changelist(self, request, **kwargs):
        return ArticleChangeList

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        bylines = Byline.objects.filter(article__in=[row.pk for row in changelist.result_list])
        names = {}
        for byline in bylines.select_related("author").order_by("position"):
            names.setdefault(byline.article_id, []).append(byline.author.name)
        for row in changelist.result_list:
            row.names = names.get(row.pk, [])
        reads = registry.reads_today([row.pk for row in changelist.result_list])
        for row in changelist.result_list:
            row.reads_today = reads.get(row.pk, "")
        return changelist

    @admin.display(description=later("reads today"))
    def reads_today(self, article):
        return article.reads_today

    @admin.display(description=later("title"))
    def title_linked(self, article):
        """The title leads to the form; "View on site" beside it for what is public."""
        form = format_html(
            '<a class="title" href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[article.pk]),
            article,
        )
        if not article.is_public():
            return form
        return format_html(
            '{} <a class="quiet on-site" href="{}">{}</a>',
            form,
            article.get_absolute_url(),
            _("View on site"),
        )

    @admin.display(description=later("state"))
    def state(self, article):
        state = format_html('<span class="state {}">{}</span>', state_class(article), article.state_label)
        if not article.is_embargoed:
            return state
        embargo = _("not before %(when)s") % {"when": short(article.embargo_until)}
        return format_html('{} <span class="quiet">{}</span>', state, embargo)

    @admin.display(description=later("signed by"))
    def signed_by(self, article):
        return ", ".join(article.names) or (article.created_by or "")

    @admin.display(description=later("saved"), ordering="saved_at")
    def saved(self, article):
        return short(article.saved_at)

    @admin.display(description=later("publication"), ordering="published_at")
    def goes_public(self, article):
        return short(article.published_at)

    def changelist_view(self, request, extra_context=None):
        views = list(SavedView.objects.filter(user=request.user))
        first = next((view for view in views if view.opens_first), None)
        if first and request.method == "GET" and not request.GET:
            return HttpResponseRedirect(f"?{first.query}")
        context = {"title": _("Articles"), "views": views, "saved_queries": [view.query for view in views]}
        return super().changelist_view(request, context | (extra_context or {}))

    # ------------------------------------------------------------------ the form
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            article = Article(created_by=request.user)
        else:
            article = self.find(request, object_id)
        if request.method == "POST":
            return self._sent(request, article)
        if "save" not in article.verbs_for(request.user):
            return self._read_only(request, article)
        taken_up = autosaving.taken_up(request, article)
        form = taken_up or ArticleForm(
            article=article, user=request.user, content=None if article.pk else self._begun(request, article)
        )
        offers = [] if taken_up else autosaving.offers(article, request.user)
        return self._page(request, article, form, offers=offers)

    def _begun(self, request, article):
        """What the address says a new article begins with: `?template=`, `?copy=`, `?follows=`; else None."""
        template, copied, followed = (request.GET.get(name) for name in ("template", "copy", "follows"))
        if template:
            if not request.user.has_perm("articles.view_storytemplate"):
                raise PermissionDenied
            pk = int(template[:18]) if template.isdecimal() else 0
            return get_object_or_404(StoryTemplate, pk=pk).fill(starting.blank(request.user))
        if not (copied or followed):
            return None
        other = self.find(request, copied or followed)
        article.restricted = other.restricted  # what few may see does not become known by a copy
        return (starting.copy_of if copied else starting.follow_up_of)(other, request.user)

    def _sent(self, request, article):
        button = saving.button_in(request.POST)
        if request.POST.get("typed_by", str(request.user.pk)) != str(request.user.pk):
            return self._typed_by_another(request, article)
        if not article.may(request.user, "unbin" if button == "_unbin" else "save"):
            return self._not_now(request, article)
        if button == "_unbin":
            article.unbin(by=request.user, version=article.version)
            messages.success(request, _("Taken out of the bin."))
            return self._to(article)
        form = ArticleForm(self._pictures_taken_in(request), article=article, user=request.user)
        if not form.is_valid():
            return self._page(request, article, form)
        try:
            outcome = saving.carry_out(form, button, by=request.user)
        except Conflict as conflict:
            return self._both_versions(request, form, conflict)
        except (DatabaseError, OSError) as error:
            return self._could_not(request, article, form, error)
        return self._answer(request, outcome, button)

    @staticmethod
    def _pictures_taken_in(request):
        """What was sent, with the pictures that stood in the text itself in the library."""
        body = request.POST.get("body", "")
        if "data:image/" not in body or not request.user.has_perm("images.add_image"):
            return request.POST
        data = request.POST.copy()
        few = "restricted" in request.POST  # and everybody reads the library
        title = pasted_picture("" if few else request.POST.get("title", ""))
        data["body"], refused = pasted.take_in(body, by=request.user, title=title)
        for sentence in refused:
            messages.warning(request, sentence)
        return data

    def _typed_by_another(self, request, article):
        """Somebody else signed in here since: nothing is saved under the wrong name, the form stands again."""
        if not article.may(request.user, "save"):
            raise PermissionDenied
        data, writer = request.POST.copy(), request.POST["typed_by"][:18]
        data["tab"], data["kept"] = uuid4(), ""  # theirs, not this person's
        if article.pk is None:
            data["form_key"] = uuid4()
        form = ArticleForm(data, article=article, user=request.user)
        who = get_user_model().objects.filter(pk=writer if writer.isdecimal() else 0).first()
        sentence = _(
            "This was typed by %(who)s, but you are signed in as %(you)s: nothing was saved. Press the button again "
            "to save it under your name."
        )
        said = sentence % {"who": who or _("somebody else"), "you": request.user}
        return self._page(request, article, form, said=said)

    def _not_now(self, request, article):
        """Somebody put it into the bin meanwhile: what was typed is shown again, for its own people."""
        if not article.verbs_for(request.user):
            raise PermissionDenied
        form = ArticleForm(request.POST, article=article, user=request.user)
        form.add_error(None, article.not_now())
        return self._page(request, article, form)

    def _answer(self, request, outcome, button):
        for sentence in outcome.warned:
            messages.warning(request, sentence)
        if outcome.refused is not None:
            return self._refused(request, outcome, button)
        if outcome.doubts:
            return self._asked(request, outcome, button)
        public = outcome.article.is_public()
        for sentence in outcome.said if button != "_preview" else ():
            link = (
                format_html(' <a href="{}">{}</a>', outcome.article.get_absolute_url(), _("View on site"))
                if public
                else ""
            )
            messages.success(request, format_html("{}{}", sentence, link))
        if button == "_preview":
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[outcome.article.pk]))
        return self._to(outcome.article)

    def _to(self, article):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _refused(self, request, outcome, button):
        """What was typed is saved, the verb was not done: the form says why beside each field."""
        article, form = self._again(request, outcome)
        refused = outcome.refused
        for name, errors in (
            refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        ).items():
            for sentence in errors:
                form.add_error(name if name in form.fields else None, sentence)
        said = (
            _("Saved, but for what is said below.")
            if button == "_save"
            else _("What you typed is saved. What you asked for was not done: see below.")
        )
        return self._page(request, article, form, said=said)

    def _again(self, request, outcome):
        """The article as it was saved and the form as it was sent, to be sent once more."""
        article = self.find(request, outcome.article.pk)
        data = request.POST.copy()
        data["version"], data["body"] = article.version, article.newest_content().body
        data["tab"] = uuid4()  # what was typed in the other is saved
        form = ArticleForm(data, article=article, user=request.user)
        form.is_valid()
        return article, form

    def _asked(self, request, outcome, button):
        """What was typed is saved; what is doubtful is asked about once before the verb is done."""
        article, form = self._again(request, outcome)
        asked = {"doubts": outcome.doubts, "button": button, "anyway": saving.ANYWAY}
        return self._page(request, article, form, asked=asked)

    def _both_versions(self, request, form, conflict):
        """Somebody changed the same fields: the form keeps what was typed and shows theirs beside it."""
        article = self.find(request, conflict.article.pk)
        newest = article.revisions.exclude(kind="conflict").select_related("by").first()
        form = ArticleForm(
            article=article, user=request.user, content=conflict.merged, typed=form.cleaned_data
        )
        theirs = ArticleForm(article=article, user=request.user, content=conflict.theirs)
        fields = conflicts.side_by_side(conflict, form, theirs)
        return self._page(
            request, article, form, conflict={"by": newest.by, "at": newest.at, "fields": fields}
        )

    def _could_not(self, request, article, form, error):
        log.exception("An article could not be saved", exc_info=error)
        form.add_error(
            None,
            _(
                "The article could not be saved: the server's disk is full or its database does not answer. What you "
                "typed is still here: keep this page open and try again in a minute, or copy the text."
            ),
        )
        return self._page(request, article, form, status=503)

    def _page(self, request, article, form, status=200, conflict=None, offers=(), asked=None, said=""):
        user, verbs = request.user, article.verbs_for(request.user)
        editor = user.has_perm("articles.publish_article")
        live = article.status == Article.Status.PUBLISHED
        if live and not article.draft_revision_id and "save" in verbs:
            verbs += ["publish", "plan"] if editor else ["submit"]  # of the changes about to be typed
        context = {
            **self._common(request, article),
            "form": form,
            "text": self._fieldsets(form, TEXT),
            "facts": self._fieldsets(form, FACTS),
            "more": self._fieldsets(form, MORE),
            "errors": bool(form.errors or said),
            "said": said,
            "conflict": conflict,
            "asked": asked,
            "gate": self.gate_of(article, form),
            "offers": offers,
            "beat": autosave.BEAT,
            "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "verbs": verbs,
            "editor": editor,
            "media": self.media + form.media,
            "address": self._address(article),
        }
        return TemplateResponse(request, "admin/articles/article/change_form.html", context, status=status)

    @staticmethod
    def gate_of(article, form):
        """What stands before publication, for the list at the form's side."""
        content = form.half_typed()
        if (
            form.is_bound
        ):  # as it stands there: cleaned, it has no empty link any more; tags that are new count, too
            tags = tuple(tag.pk or 0 for tag in form.cleaned_data.get("tags", ()))
            content = replace(content, body=form.data.get("body", ""), tags=tags)
        found = article.findings(content)
        return {
            "missing": [finding for finding in found if finding.refuses],
            "doubtful": [finding for finding in found if not finding.refuses],
            "in_order": [form.fields[name].label for name in gate.in_order(content, found)],
        }

    @staticmethod
    def _address(article):
        """Where the form is sent to: also a form that made its article and was refused its verb."""
        return (
            reverse("admin:articles_article_change", args=[article.pk])
            if article.pk
            else reverse("admin:articles_article_add")
        )

    def _fieldsets(self, form, groups):
        sets = []
        for name, fields in groups:
            there = [field for field in fields if field in form.fields]
            if there:
                sets.append(Fieldset(form, name, fields=there, model_admin=self))
        return sets

    def _read_only(self, request, article):
        context = {
            **self._common(request, article),
            "content": article.newest_content(),
            "verbs": article.verbs_for(request.user),
        }
        return TemplateResponse(request, "admin/articles/article/read_only.html", context)

    def _common(self, request, article):
        saved = article.pk is not None
        return {
            **self.admin_site.each_context(request),
            "title": str(article) if saved else _("New article"),
            "opts": self.opts,
            "article": article,
            "original": article if saved else None,
            "add": not saved,
            "has_view_permission": True,
            "state_class": state_class(article),
            "state_label": article.state_label,
            "was_public": article.was_public,
            "notes": article.notes.select_related("by") if saved else [],
            "corrections": article.corrections.standing() if saved else [],
            "panels": registry.panels(article, request) if saved else [],
            "newest": article.revisions.exclude(kind="conflict").select_related("by").first()
            if saved
            else None,
            "came_back": article.submitted_at and article.revisions.filter(kind="returned").exists(),
        }

    # ------------------------------------------------------------------ the pages around the form
    def get_urls(self):
        def wrap(view):
            return self.admin_site.admin_view(
                lambda request, *args, **kwargs: view(self, request, *args, **kwargs)
            )

        def own(route, view, name):
            return path(route, wrap(view), name=f"articles_article_{name}")

        return [
            own("complete/", pages.complete, "complete"),
            own("views/", saved_views.page, "views"),
            own("views/<int:pk>/", saved_views.change, "view"),
            own("pulse/", autosaving.pulse, "pulse"),
            own("gate/", pages.gate, "gate_of_new"),
            own("<int:pk>/gate/", pages.gate, "gate"),
            own("preview/", pages.preview_typed, "preview_new"),
            own("<int:pk>/preview/typed/", pages.preview_typed, "preview_typed"),
            own("typed/<int:pk>/drop/", autosaving.drop, "drop_typed"),
            own("<int:pk>/preview/", pages.preview, "preview"),
            own("<int:pk>/preview/page/", pages.preview_page, "preview_page"),
            own("<int:pk>/history/", pages.history, "history"),
            own("<int:pk>/history/<int:revision>/", pages.revision, "revision"),
            own("<int:pk>/compare/", pages.compare, "compare"),
            own("<int:pk>/take-down/", pages.take_down, "take_down"),
            own("<int:pk>/correct/", pages.correct, "correct"),
            own("<int:pk>/correct/<int:correction>/", pages.correction, "correction"),
            own("<int:pk>/links/", pages.links, "links"),
            own("<int:pk>/note/", pages.note, "note"),
            *super().get_urls(),
        ]


admin.site.add_page("go/", pages.go, name="go")

"""Bulk actions: each calls the article's own verbs, tells what was refused and why, and goes on."""

from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm as DjangoActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from articles.forms import section_choices
from articles.models import Section, Tag
from articles.workflow import Conflict
from masthead import typesetting
from richtext import typography

MOST = 200
NAMED = 5  # stories that a message names


class ActionForm(DjangoActionForm):
    """Beside the action: where to move, which tag, and why something is withdrawn."""

    to_section = forms.ChoiceField(required=False, label=later("To"))
    with_tag = forms.CharField(required=False, label=later("Tag"), max_length=100)
    because = forms.CharField(required=False, label=later("Reason"), max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].widget.attrs["data-actions"] = ""
        self.fields["to_section"].choices = section_choices("—")


def _each(request, queryset, do, done, waits=None):
    """Call `do(article)` for each, collecting what was refused.

    `done(n)` says how many were done, `waits(n)` for how many `do` was true: readers do not see the change yet.
    """
    at_once, later_on, refusals = [], [], []
    for article in queryset[:MOST]:
        try:
            (later_on if do(article) else at_once).append(article)
        except ValidationError as error:
            refusals.append((article, " ".join(error.messages)))
        except (Conflict, PermissionDenied) as error:
            refusals.append((article, str(error) or _("Your role does not allow this.")))
    for articles, say in ((at_once, done), (later_on, waits)):
        if articles:
            messages.success(request, format_html("{} {}", say(len(articles)), _named(articles)))
    for article, why in refusals:
        messages.error(request, _("“%(title)s”: %(why)s") % {"title": article, "why": why})


def _named(articles):
    """The first few by their titles, each leading to its form."""
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (reverse("admin:articles_article_change", args=[article.pk]), Truncator(article).chars(60))
            for article in articles[:NAMED]
        ),
    )
    return format_html("{}, …", links) if len(articles) > NAMED else links


def _ask(modeladmin, request, queryset, ready, *, title, will, button, reason=""):
    """The page that says what the action will do, and what not because `ready(article)` refuses it."""
    chosen, refused = [], []
    for article in queryset.prefetch_related("bylines__author")[:MOST]:
        try:
            ready(article)
        except ValidationError as error:
            refused.append((article, " ".join(error.messages)))
        else:
            chosen.append((article, ""))
    context = {
        **modeladmin.admin_site.each_context(request),
        "opts": modeladmin.opts,
        "title": title,
        "action": request.POST["action"],
        "tables": [(will(len(chosen)), chosen), (_("These stay as they are"), refused)],
        "button": button(len(chosen)) if chosen else "",
        "reason": reason,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/article/several.html", context)


def _possible(article, user, verb):
    if not article.may(user, verb):
        raise ValidationError(article.not_now())


def _seen(request, article):
    """The version of it that the page of `_ask` showed."""
    version = request.POST.get(f"version_{article.pk}", "")[:9]
    return int(version) if version.isdecimal() else article.version


@admin.action(description=later("Submit for review"), permissions=["change"])
def submit(modeladmin, request, queryset):
    _each(
        request, queryset,
        lambda article: article.submit(by=request.user, version=article.version),
        lambda n: ngettext("%d article submitted.", "%d articles submitted.", n) % n,
    )  # fmt: skip


@admin.action(description=later("Publish now"), permissions=["publish"])
def publish(modeladmin, request, queryset):
    def embargo(article):
        if article.is_scheduled:  # among fifty ticked boxes an embargo is soon overlooked
            when = date_format(timezone.localtime(article.published_at), "DATETIME_FORMAT")
            raise ValidationError(
                _("It stays scheduled for %(when)s. Open it to publish it before.") % {"when": when}
            )

    def ready(article):
        embargo(article)
        _possible(article, request.user, "publish")
        article.keep_embargo(timezone.now(), "published_at")
        article.doubts_about(article.newest_content(), None)

    def publish_now(article):
        embargo(article)
        article.publish(by=request.user, version=_seen(request, article))

    if "confirmed" not in request.POST:
        return _ask(
            modeladmin, request, queryset, ready, title=_("Publish now"),
            will=lambda n: ngettext("%d article will be published.", "%d articles will be published.", n) % n,
            button=lambda n: ngettext("Publish this one", "Publish these %(n)s", n) % {"n": n},
        )  # fmt: skip
    return _each(
        request, queryset, publish_now,
        lambda n: ngettext("%d article published.", "%d articles published.", n) % n,
    )  # fmt: skip


@admin.action(description=later("Withdraw (410), with the reason beside"), permissions=["take_down"])
def take_down(modeladmin, request, queryset):
    reason = request.POST.get("because", "").strip()
    if not reason:
        messages.error(request, _("Say why: readers who come to the address will read it."))
        return None

    def ready(article):
        _possible(article, request.user, "take_down")

    def typeset(article):
        return typography.french_text(reason) if typesetting.wanted(article.language) else reason

    if "confirmed" not in request.POST:
        return _ask(
            modeladmin, request, queryset, ready, title=_("Take down"), reason=reason,
            will=lambda n: ngettext("%d article will be withdrawn.", "%d articles will be withdrawn.", n) % n,
            button=lambda n: ngettext("Withdraw this one", "Withdraw these %(n)s", n) % {"n": n},
        )  # fmt: skip
    return _each(
        request, queryset,
        lambda article: article.take_down(
            by=request.user, version=_seen(request, article), how="withdrawn", reason=typeset(article)
        ),
        lambda n: ngettext("%d article withdrawn.", "%d articles withdrawn.", n) % n,
    )  # fmt: skip


@transaction.atomic
def _change(article, by, **values):
    """Change the content; what has nothing pending of its own is public again at once if `by` may publish.

    Whether the change waits among those pending.
    """
    public, pending = article.status == article.Status.PUBLISHED, article.draft_revision_id
    article.save_content(replace(article.newest_content(), **values), by=by, version=article.version)
    if public and not pending and article.may(by, "publish"):
        article.publish(by=by, version=article.version, at=article.published_at)
    return bool(article.draft_revision_id)


@admin.action(description=later("Move to the section beside"), permissions=["change"])
def move(modeladmin, request, queryset):
    section = Section.objects.filter(pk=request.POST.get("to_section") or 0).first()
    if section is None:
        messages.error(request, _("Choose the section to move them to, beside the action."))
        return

    def to_section(article):
        if article.newest_content().section == section.pk:
            raise ValidationError(_("It stands there already."))
        return _change(article, request.user, section=section.pk)

    _each(
        request, queryset, to_section,
        lambda n: ngettext("%(n)d article moved to %(section)s.", "%(n)d articles moved to %(section)s.", n)
        % {"n": n, "section": section},
        lambda n: ngettext(
            "%(n)d article moves to %(section)s once its changes are published.",
            "%(n)d articles move to %(section)s once their changes are published.", n,
        )
        % {"n": n, "section": section},
    )  # fmt: skip


@admin.action(description=later("Add the tag beside"), permissions=["change"])
def add_tag(modeladmin, request, queryset):
    name = " ".join(request.POST.get("with_tag", "").split())
    tag = Tag.objects.filter(slug=Tag(name=name).slugify(name)).first() if name else None
    may_make = request.user.has_perm("articles.add_tag")
    if tag is None and name and may_make:
        tag = Tag.named(name, by=request.user)
    if tag is None:
        messages.error(
            request,
            _("Write the name of the tag, beside the action.")
            if may_make
            else _("Write the name of a tag that exists, beside the action."),
        )
        return

    def add(article):
        tags = article.newest_content().tags
        if tag.pk in tags:
            return not article.taggings.filter(tag=tag).exists()
        slugs = dict(Tag.objects.filter(pk__in=[*tags, tag.pk]).values_list("pk", "slug"))
        ordered = tuple(sorted([*tags, tag.pk], key=lambda pk: slugs.get(pk, "")))
        return _change(article, request.user, tags=ordered)

    _each(
        request, queryset, add,
        lambda n: ngettext("%(n)d article has the tag %(tag)s.", "%(n)d articles have the tag %(tag)s.", n)
        % {"n": n, "tag": tag},
        lambda n: ngettext(
            "%(n)d article gets the tag %(tag)s once its changes are published.",
            "%(n)d articles get the tag %(tag)s once their changes are published.", n,
        )
        % {"n": n, "tag": tag},
    )  # fmt: skip

"""Sections, authors, sources, tags and the list of corrections, at the desk."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from accounts.changelist import KeysetAdmin, beginning
from accounts.trail import AuditedAdmin
from articles import tags
from articles.folding import make_slug
from articles.forms import in_tree_order, indented, section_choices
from articles.models import (
    Article,
    Author,
    Byline,
    Correction,
    Placement,
    Section,
    Source,
    Tag,
    Tagging,
    seen_by,
)
from images.forms import ImageChoiceField
from masthead.typesetting import typeset


def folded(text):
    return make_slug(text, fallback=text)


class HeadingForm(forms.ModelForm):
    """Its public texts are typeset as a story's are."""

    def clean(self):
        cleaned = super().clean()
        parent = self.cleaned_data.get("parent")
        language = (parent.language if parent else "") or self.cleaned_data.get("language", "")
        typeset(self, ("description", "job", "bio", "credit_note"), language=language)
        return cleaned


class HeadingAdmin(AuditedAdmin, KeysetAdmin):
    """What stories stand under: completion for the article form, no deleting while in use."""

    form = HeadingForm
    actions = None
    fold = staticmethod(folded)

    def in_use(self, obj):
        """A sentence that says why it cannot be deleted; empty if it can."""
        return ""

    @admin.display(description=later("on the site"))
    def on_site(self, obj):
        return format_html('<a class="on-site" href="{}">{}</a>', obj.get_absolute_url(), _("View on site"))

    def delete_view(self, request, object_id, extra_context=None):
        """Django would list every story that stands in the way; one sentence is enough."""
        obj = self.get_object(request, object_id)
        why = self.in_use(obj) if obj else ""
        if why and self.has_delete_permission(request, obj):
            messages.error(request, why)
            return HttpResponseRedirect(
                reverse(f"admin:articles_{self.opts.model_name}_change", args=[obj.pk])
            )
        return super().delete_view(request, object_id, extra_context)

    def get_urls(self):
        name = f"articles_{self.opts.model_name}_complete"
        return [path("complete/", self.admin_site.admin_view(self.complete), name=name), *super().get_urls()]

    def complete(self, request):
        """What begins with `?q=`: `{"results": [{key, label, title}]}`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = self.fold(request.GET.get("q", "").strip()[:80])
        found = {}
        for field in self.begins_with if text else ():
            for row in beginning(self.model.objects.all(), field, text).order_by(field)[:10]:
                found[row.pk] = row
        results = [
            {"id": r.pk, "key": r.slug, "label": str(r), "title": str(r)} for r in list(found.values())[:10]
        ]
        return JsonResponse({"results": results})


class SectionForm(HeadingForm):
    """A section's parent is chosen from the tree; its address is made from its name if left empty."""

    class Meta:
        model = Section
        fields = [
            "name", "slug", "parent", "position", "description", "language",
            "in_menu", "on_front", "is_opinion",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Made from the name if left empty. A change keeps the old address."
            )
        if "parent" in self.fields:
            self.fields["parent"].choices = section_choices(_("At the top of the tree"))


@admin.register(Section)
class SectionAdmin(HeadingAdmin):
    form = SectionForm
    list_display = ["indented", "path", "in_menu", "on_front", "on_site"]
    ordering = ["path"]
    sortable_by = ()
    begins_with = ("slug",)
    list_per_page = 500

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if not (changelist.query or changelist.next_link or changelist.after):
            changelist.result_list = in_tree_order(changelist.result_list)
        return changelist

    def get_list_display(self, request):
        """Who publishes also arranges what stands on top."""
        return [*self.list_display, *(["top"] if request.user.has_perm("articles.publish_article") else [])]

    @admin.display(description=later("on top"))
    def top(self, section):
        return format_html('<a href="{}?section={}">{}</a>', reverse("admin:front"), section.pk, _("Arrange"))

    @admin.display(description=later("section"))
    def indented(self, section):
        return indented(section)

    def in_use(self, section):
        if section.children.exists():
            return _("It has sub-sections. Move them elsewhere first.")
        pending = any(
            Article.objects.filter(**{f"{state}__content__section": section.pk}).exists()
            for state in ("draft_revision", "planned_revision")
        )
        placed = section.articles.exists() or Placement.objects.filter(section=section).exists()
        if placed or pending:
            return _(
                "Articles stand in it. Move them elsewhere first: the list of articles has an action for it."
            )
        return ""


class AuthorForm(HeadingForm):
    photo = ImageChoiceField(label=capfirst(later("picture")), required=False)

    class Meta:
        model = Author
        fields = ["name", "slug", "job", "bio", "photo", "profiles", "user"]


@admin.register(Author)
class AuthorAdmin(HeadingAdmin):
    form = AuthorForm
    list_display = ["name", "job", "user", "on_site"]
    list_select_related = ["user"]
    ordering = ["slug"]
    sortable_by = ()
    begins_with = ("slug", "turned")
    search_help_text = later("The beginning of a first name or a surname.")

    def get_list_display(self, request):
        """Whose account signs as whom is for those who may see the accounts."""
        may = request.user.has_perm("accounts.view_user")
        return [name for name in self.list_display if may or name != "user"]

    def get_fields(self, request, obj=None):
        """Only who may see the accounts ties an author to one."""
        fields = list(AuthorForm.Meta.fields)
        return fields if request.user.has_perm("accounts.view_user") else fields[:-1]

    def in_use(self, author):
        used = Byline.objects.filter(author=author).exists()
        return _("Articles are signed by this author, who therefore stays.") if used else ""


@admin.register(Source)
class SourceAdmin(HeadingAdmin):
    list_display = ["name", "url", "policy", "contract_until", "on_site"]
    fields = ["name", "slug", "url", "credit_note", "policy", "contract", "contract_until"]
    ordering = ["slug"]
    sortable_by = ()
    begins_with = ("slug", "turned")
    search_help_text = later("The beginning of a name.")

    def in_use(self, source):
        return _("Articles were taken over from it: it stays.") if source.articles.exists() else ""


class MergeForm(ActionForm):
    into = forms.CharField(label=later("Tag that stays"), required=False, max_length=100)


@admin.register(Tag)
class TagAdmin(HeadingAdmin):
    list_display = ["name", "word", "public", "on_site"]
    fields = ["name", "slug", "description"]
    ordering = ["slug"]
    sortable_by = ()
    begins_with = ("slug",)
    search_help_text = later("The beginning of a name.")
    actions = ["merge"]
    action_form = MergeForm

    @admin.display(description=later("word in the address"))
    def word(self, tag):
        return tag.slug

    @admin.display(description=later("public articles"))
    def public(self, tag):
        return tag.uses

    def get_actions(self, request):
        """Deleted one at a time: Django's own action would not ask whether a tag is in use."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "slug" in form.base_fields:
            form.base_fields["slug"].required = False
            form.base_fields["slug"].label = capfirst(_("word in the address"))
            form.base_fields["slug"].help_text = _("Made from the name if left empty.")
        return form

    def in_use(self, tag):
        used = Tagging.objects.filter(tag=tag).exists()
        return (
            _("Articles have this tag. Merge it into another one instead: in the list of tags.")
            if used
            else ""
        )

    @admin.action(description=later("Merge into the tag beside"), permissions=["change"])
    def merge(self, request, queryset):
        """The chosen tags become one; their addresses lead to it."""
        name = " ".join(request.POST.get("into", "").split())
        into = Tag.objects.filter(slug=Tag(name=name).slugify(name)).first() if name else None
        if into is None:
            messages.error(request, _("Write the name of the tag that stays, beside the action."))
            return
        others = list(queryset.exclude(pk=into.pk))
        tags.merge(others, into, by=request.user)
        messages.success(request, _("%(n)d tags became “%(tag)s”.") % {"n": len(others), "tag": into})


def _sees_trail(user):
    return user.has_perm("accounts.view_auditentry")


@admin.register(Correction)
class CorrectionAdmin(KeysetAdmin):
    """Read-only: a correction is added, reworded and withdrawn from its article's form.

    Those withdrawn are shown to who may see the audit trail.
    """

    list_display = ["at", "kind", "what", "article_linked", "who"]
    list_display_links = None
    list_select_related = ["article", "by", "withdrawn_by"]
    ordering = ["-at", "-id"]
    sortable_by = ()
    actions = None

    def get_queryset(self, request):
        seen = super().get_queryset(request).filter(seen_by(request.user, "article__"))
        return seen if _sees_trail(request.user) else seen.standing()

    def get_list_display(self, request):
        return [*self.list_display, "withdrawn"] if _sees_trail(request.user) else self.list_display

    @admin.display(description=later("withdrawn"))
    def withdrawn(self, correction):
        """When, by whom and why readers no longer see it."""
        if not correction.withdrawn_at:
            return ""
        when = date_format(timezone.localtime(correction.withdrawn_at), "SHORT_DATETIME_FORMAT")
        return f"{when} · {correction.withdrawn_by or '—'} · {correction.withdrawn_reason}"

    @admin.display(description=later("what was wrong, and what is right"))
    def what(self, correction):
        return correction.text[:140]

    @admin.display(description=later("who"))
    def who(self, correction):
        return correction.by

    @admin.display(description=later("article"))
    def article_linked(self, correction):
        address = reverse("admin:articles_article_change", args=[correction.article_id])
        return format_html('<a href="{}">{}</a>', address, correction.article)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_article")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

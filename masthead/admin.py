"""The paper's identity, pages, menu and old addresses, as the desk edits them."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.changelist import KeysetAdmin
from accounts.trail import AuditedAdmin
from images.forms import ImageChoiceField
from masthead.models import Masthead, MenuEntry, Page, Redirect
from masthead.typesetting import typeset
from richtext.clean import clean as clean_markup

FIELDSETS = [
    (None, {"fields": ["name", "tagline", "language", "time_zone", "logo", "icon"]}),
    (
        _("Publisher"),
        {
            "fields": [
                "publisher_name",
                "publisher_address",
                "publisher_registration",
                "founded",
                "responsible_editor",
                "responsible_editor_address",
            ]
        },
    ),
    (_("Contact"), {"fields": ["contact_email", "contact_phone", "contact_address", "social_profiles"]}),
    (_("Look"), {"fields": ["accent_light", "accent_dark"]}),
    (
        _("Texts and lists"),
        {"fields": ["french_typography", "popular_window", "popular_length", "reproduction_note"]},
    ),
    (_("Advertising"), {"fields": ["ads_txt"]}),
]


class MastheadForm(forms.ModelForm):
    logo = ImageChoiceField(
        required=False, label=capfirst(_("logo")), help_text=Masthead._meta.get_field("logo").help_text
    )
    icon = ImageChoiceField(
        required=False, label=capfirst(_("icon")), help_text=Masthead._meta.get_field("icon").help_text
    )

    class Meta:
        model = Masthead
        fields = [field for _name, group in FIELDSETS for field in group["fields"]]
        widgets = {
            "accent_light": forms.TextInput(attrs={"pattern": "#[0-9a-fA-F]{6}", "size": 9}),
            "accent_dark": forms.TextInput(attrs={"pattern": "#[0-9a-fA-F]{6}", "size": 9}),
            "social_profiles": forms.Textarea(attrs={"rows": 4}),
            "ads_txt": forms.Textarea(attrs={"rows": 6}),
        }


    def clean(self):
        cleaned = super().clean()
        told = {name: self.cleaned_data.get(name) for name in ("language", "french_typography")}
        typeset(self, ("tagline", "reproduction_note"), paper=Masthead(**told))
        return cleaned


@admin.register(Masthead)
class MastheadAdmin(AuditedAdmin, KeysetAdmin):
    """One row: its list is its form."""

    form = MastheadForm
    fieldsets = FIELDSETS

    def changelist_view(self, request, extra_context=None):
        exists = Masthead.objects.filter(pk=1).exists()
        if not exists and not self.has_add_permission(request):
            return super().changelist_view(request, extra_context)
        name = "admin:masthead_masthead_change" if exists else "admin:masthead_masthead_add"
        return HttpResponseRedirect(reverse(name, args=[1] if exists else []))

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Masthead.objects.filter(pk=1).exists()

    def has_delete_permission(self, request, obj=None):
        return False


class PageForm(forms.ModelForm):
    def clean_body(self):
        return clean_markup(self.cleaned_data["body"])  # typesetting reads what is stored, not what was sent

    def clean(self):
        cleaned = super().clean()
        typeset(self, ("title", "summary", "body"), language=self.cleaned_data.get("language"))
        return cleaned


@admin.register(Page)
class PageAdmin(AuditedAdmin, KeysetAdmin):
    form = PageForm
    list_display = ["title", "address", "kind", "language", "in_footer", "position", "is_published"]
    list_filter = ["is_published", "language"]
    sortable_by = ["address"]
    begins_with = ["slug"]
    search_help_text = _("The beginning of an address.")
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "body"]}),
        (_("Place"), {"fields": ["kind", "language", "in_footer", "position", "is_published"]}),
    ]

    @staticmethod
    def fold(text):
        return slugify(text) or text

    @admin.display(description=_("address"), ordering="slug")
    def address(self, page):
        return page.get_absolute_url()

    def view_on_site(self, page):
        return page.get_absolute_url()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields  # an address that people know stays


@admin.register(MenuEntry)
class MenuEntryAdmin(AuditedAdmin, KeysetAdmin):
    list_display = ["label_shown", "place", "leads_to", "language", "position"]
    list_filter = ["place", "language"]
    list_select_related = ["page"]
    sortable_by = ()
    fields = ["place", "label", "page", "address", "language", "position"]

    def save_model(self, request, entry, form, change):
        super().save_model(request, entry, form, change)
        if entry.page_id and not entry.page.is_published:
            sentence = say("The page “%(title)s” is not published: the menu shows this entry once it is.")
            messages.warning(request, sentence % {"title": entry.page})

    @admin.display(description=_("words"))
    def label_shown(self, entry):
        return entry.words

    @admin.display(description=_("leads to"))
    def leads_to(self, entry):
        return entry.url


class RedirectForm(forms.ModelForm):
    leads_to = forms.CharField(
        label=capfirst(_("leads to")),
        max_length=1000,
        help_text=_(
            "An address of ours such as /monde/a-story/, or one elsewhere with https:// in front. "
            "Of ours, we remember what lives there: it may move, and the old address follows."
        ),
    )

    class Meta:
        model = Redirect
        fields = ["old_path"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["leads_to"] = self.instance.destination

    def clean_old_path(self):
        path, _mark, query = self.cleaned_data["old_path"].partition("?")
        if query:
            message = say("Leave out “?%(query)s”: an old address is known by its path, and leads on with any query.")
            raise forms.ValidationError(message % {"query": query})
        return path

    def clean_leads_to(self):
        # Here, not in save: the model's own checks come after this one and need the target.
        self.instance.old_path = self.cleaned_data.get("old_path", "")
        self.instance.lead_to(self.cleaned_data["leads_to"])
        return self.cleaned_data["leads_to"]


@admin.register(Redirect)
class RedirectAdmin(AuditedAdmin, KeysetAdmin):
    form = RedirectForm
    fields = ["old_path", "leads_to"]
    list_display = ["old_path", "where"]
    begins_with = ["old_path"]
    search_help_text = _("The beginning of the old address, such as /2019/")

    @staticmethod
    def fold(text):
        return text.lower()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("target")

    @admin.display(description=_("leads to"))
    def where(self, redirect):
        if redirect.destination is None:
            return _("nothing: what lived there is gone")
        return format_html('<a href="{0}">{0}</a>', redirect.destination)

"""The templates that stories begin with, at the desk."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from accounts.changelist import KeysetAdmin
from accounts.trail import AuditedAdmin
from articles import comparing
from articles.forms import section_choices
from articles.models import StoryTemplate, Tag
from articles.picking import TagsField
from masthead.models import Masthead
from masthead.typesetting import typeset
from richtext.clean import clean as clean_markup


class StoryTemplateForm(forms.ModelForm):
    tags = TagsField(label=capfirst(later("tags")), help_text=later("Subjects, between commas."))

    class Meta:
        model = StoryTemplate
        fields = ["name", "language", "kicker", "title", "summary", "body", "section", "tags", "source"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "section" in self.fields:  # not for who may only read
            self.initial["tags"] = [getattr(tag, "pk", tag) for tag in self.initial.get("tags", ())]
            self.fields["tags"].widget.allow_new = True
            self.fields["section"].choices = section_choices("—")

    def clean_body(self):
        return clean_markup(self.cleaned_data["body"])  # typesetting reads what is stored, not what was sent

    def clean(self):
        cleaned = super().clean()
        typeset(self, StoryTemplate.TEXTS, language=self.cleaned_data.get("language"))
        return cleaned

    def _save_m2m(self):
        """Tags that are new are made here: who may write templates may add tags."""
        tags = self.cleaned_data["tags"]
        self.cleaned_data["tags"] = [tag if tag.pk else Tag.named(tag.name, by=self.by) for tag in tags]
        super()._save_m2m()


@admin.register(StoryTemplate)
class StoryTemplateAdmin(AuditedAdmin, KeysetAdmin):
    form = StoryTemplateForm
    list_display = ["name", "language", "section", "used"]
    list_select_related = ["section"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["name", "language"]}),
        (later("The text"), {"fields": ["kicker", "title", "summary", "body"]}),
        (later("Place"), {"fields": ["section", "tags"]}),
        (later("Credit"), {"fields": ["source"]}),
    ]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_changeform_initial_data(self, request):
        return {"language": Masthead.current().language, **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request, obj=None):
        """Who only uses them reads the text as it will look."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        shown = [
            ["as_read" if name == "body" else name for name in told["fields"]]
            for _name, told in self.fieldsets
        ]
        return [
            (name, {"fields": fields}) for (name, _told), fields in zip(self.fieldsets, shown, strict=True)
        ]

    @admin.display(description=capfirst(later("text")))
    def as_read(self, template):
        return comparing.as_read(template.body)

    @admin.display(description=later("New article"))
    def used(self, template):
        address = reverse("admin:articles_article_add")
        return format_html('<a href="{}?template={}">{}</a>', address, template.pk, _("Begin a story"))

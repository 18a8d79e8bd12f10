"""Choosing a picture of the library in a form."""

from django import forms
from django.templatetags.static import static
from django.utils.html import html_safe
from django.utils.translation import gettext_lazy as _

from images.models import Image


@html_safe
class Module:
    """A JavaScript module among a form's media."""

    def __init__(self, path):
        self.path = path

    def __eq__(self, other):
        return isinstance(other, Module) and other.path == self.path

    def __hash__(self):
        return hash(self.path)

    def __str__(self):
        return f'<script type="module" src="{static(self.path)}"></script>'


class PictureWidget(forms.TextInput):
    """The chosen picture, with buttons to choose another or none; a plain number where there is no script."""

    template_name = "images/picture_widget.html"

    class Media:
        css = {"all": ["css/pictures-admin.css"]}
        js = [Module("js/picture-picker.js"), Module("js/picture-field.js")]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        value = getattr(value, "pk", value)
        image = context["image"] = Image.objects.filter(pk=value).first() if _is_id(value) else None
        context["thumb"] = image.desk_url() if image else ""
        return context


def _is_id(value):
    text = str(value).strip()
    return text.isdecimal() and len(text) < 19  # more digits than a database's key has


class ImageChoiceField(forms.ModelChoiceField):
    """A picture of the library, or none, for a foreign key to Image."""

    widget = PictureWidget
    default_error_messages = {
        "invalid_choice": _("This picture is no longer in the library. Choose another."),
    }

    def __init__(self, queryset=None, **kwargs):
        super().__init__(Image.objects.all() if queryset is None else queryset, **kwargs)

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value):
        if value not in self.empty_values and not isinstance(value, Image) and not _is_id(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class ImageForm(forms.ModelForm):
    """Everything the desk writes about a picture."""

    class Meta:
        model = Image
        fields = ["alt", "caption", "credit", "title", "rights", "rights_until", "focal_x", "focal_y"]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2, "spellcheck": "true"}),
            "caption": forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
            "rights_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }
        labels = {"focal_x": _("From the left, per cent"), "focal_y": _("From the top, per cent")}

    def clean_alt(self):
        return " ".join(self.cleaned_data["alt"].split())

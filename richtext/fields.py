"""A model field whose text is cleaned at the database's door."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from richtext.clean import ARTICLE, clean

LONGEST = 1_000_000


class RichTextFormField(forms.CharField):
    """Gives the cleaned text, so that what is compared, counted and stored is one and the same."""

    default_error_messages = {
        "too_long": _(
            "This text has %(length)s characters; one text may have %(longest)s. "
            "Cut it, or make it several stories."
        ),
    }

    def __init__(self, *, profile=ARTICLE, widget=None, **kwargs):
        from richtext.widgets import RichTextWidget

        self.profile = profile
        kwargs.pop("max_length", None)
        super().__init__(widget=widget or RichTextWidget(config_name=profile), **kwargs)

    def to_python(self, value):
        return clean(super().to_python(value), profile=self.profile)

    def validate(self, value):
        super().validate(value)
        if len(value) > LONGEST:
            numbers = {"length": f"{len(value):,}", "longest": f"{LONGEST:,}"}
            raise ValidationError(self.error_messages["too_long"], code="too_long", params=numbers)

    def has_changed(self, initial, data):
        """Compares the stored forms: the editor writes the same text differently."""
        return self.to_python(initial) != self.to_python(data)


class RichTextField(models.TextField):
    """Stores only what `richtext.clean` lets through, whichever way a text comes: form, `save()`,
    `bulk_create()`, `bulk_update()` or `update()`. Look-ups compare with what they are given, unchanged.

    `profile` is "article" or "plain". An expression such as `F()` or `Concat()` is worked out in the database
    and cannot be cleaned: give `update()` strings.
    """

    def __init__(self, *args, profile=ARTICLE, **kwargs):
        self.profile = profile
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.profile != ARTICLE:
            kwargs["profile"] = self.profile
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        value = self._cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self._cleaned(value), connection)

    def _cleaned(self, value):
        return clean(value, profile=self.profile) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        # The admin proposes its own textarea for every TextField; ours is the editor.
        widget = kwargs.pop("widget", None)
        if widget is not None and not hasattr(widget, "config_name"):
            widget = None
        return super().formfield(
            **{"form_class": RichTextFormField, "profile": self.profile, "widget": widget, **kwargs}
        )

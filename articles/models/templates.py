"""What a new story can begin with: texts that come back every day or week."""

from dataclasses import replace

from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from articles.models.headings import Section, Source, Tag
from articles.templatetags.dates import day
from richtext.fields import RichTextField

DATE = "{date}"  # in a template's texts, where the day's date comes


class StoryTemplate(models.Model):
    """The beginning of a kind of story, which editors write and everybody uses."""

    TEXTS = ("kicker", "title", "summary", "body")

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Write {date} where the day's date is to stand, in any of these texts."),
    )
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    tags = models.ManyToManyField(Tag, related_name="+", blank=True, verbose_name=_("tags"))
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("story template")
        verbose_name_plural = _("story templates")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    def fill(self, content):
        """The `Content` with what the template has, dated today in the paper's time zone and its own language."""
        with translation.override(self.language):
            today = day(timezone.localdate())
        texts = {name: getattr(self, name).replace(DATE, today) for name in self.TEXTS}
        return replace(
            content,
            **texts,
            language=self.language,
            section=self.section_id,
            tags=tuple(self.tags.order_by("slug").values_list("pk", flat=True)),
            source=self.source_id,
        )

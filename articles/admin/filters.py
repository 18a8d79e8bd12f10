"""What the list of articles can be narrowed by: indexed columns only."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.forms import in_tree_order
from articles.models import Article, Section, Source
from articles.picking import SourceField


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [
            ("mine", _("My articles")),
            ("waiting", _("Waiting for review")),
            ("draft", _("Draft")),
            ("returned", _("Sent back")),
            ("scheduled", _("Scheduled")),
            ("public", _("Published")),
            ("pending", _("Published, with changes pending")),
            ("planned", _("Published, with changes planned")),
            ("down", _("Taken down")),
            ("bin", _("In the bin")),
        ]

    def queryset(self, request, queryset):
        state, now, s = self.value(), timezone.now(), Article.Status
        if state == "bin":
            return queryset.filter(binned_at__isnull=False)
        queryset = queryset.filter(binned_at=None)
        narrowed = {
            "mine": {"created_by": request.user},
            "waiting": {"submitted_at__isnull": False},
            "draft": {"status": s.DRAFT},
            "returned": {"status": s.RETURNED},
            "scheduled": {"status": s.PUBLISHED, "published_at__gt": now},
            "public": {"status": s.PUBLISHED, "published_at__lte": now},
            "pending": {"status": s.PUBLISHED, "draft_revision__isnull": False},
            "planned": {"planned_revision__isnull": False},
            "down": {"status__in": [s.UNPUBLISHED, s.WITHDRAWN, s.BLOCKED, s.REDIRECTED]},
        }
        return queryset.filter(**narrowed.get(state, {}))


class SectionFilter(admin.SimpleListFilter):
    title, parameter_name = _("section"), "section"

    def lookups(self, request, model_admin):
        return [(s.pk, "\u2003" * s.depth + s.name) for s in in_tree_order(Section.objects.all())]

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(section=chosen) if chosen.isdecimal() and len(chosen) < 19 else queryset


class LanguageFilter(admin.SimpleListFilter):
    title, parameter_name = _("language"), "language"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class SourceFilter(admin.SimpleListFilter):
    """Typed with completion: a paper may have hundreds of sources."""

    title, parameter_name, template = _("source"), "source", "admin/articles/article/source_filter.html"

    def lookups(self, request, model_admin):
        return [("", "")]

    def has_output(self):
        return True

    def found(self):
        """The source named in the address, by its slug or its name."""
        field = SourceField()
        try:
            ids = field.clean(self.value() or "")
        except ValidationError:
            return None
        return Source.objects.get(pk=ids[0]) if ids else None

    def queryset(self, request, queryset):
        self.source = self.found()
        if not self.value():
            return queryset
        return queryset.filter(source=self.source) if self.source else queryset.none()

    def choices(self, changelist):
        text = "\n".join(SourceField().write([self.source.pk])) if self.source else self.value() or ""
        widget = SourceField().widget.render(
            "source", text, {"id": "filter-source", "aria-label": str(self.title)}
        )
        kept = [(k, v) for k, v in changelist.params.items() if k != "source"]
        yield {
            "widget": widget,
            "kept": kept,
            "clear": changelist.get_query_string(remove=["source"]),
            "set": self.source,
        }

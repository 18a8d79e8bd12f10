"""What readers read, at the desk: to look at, not to change."""

from django.contrib import admin
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.changelist import KeysetAdmin
from articles.models import seen_by
from audience import reads
from audience.models import Popularity


@admin.register(Popularity)
class PopularityAdmin(KeysetAdmin):
    """The stories that are read most now come first."""

    list_display = ["story", "today", "reads"]
    list_display_links = None
    list_select_related = ["article__section"]
    ordering = ["-now", "article"]
    sortable_by = ()
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).filter(seen_by(request.user, "article__"))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": say("What readers read")} | (extra_context or {}))

    @admin.display(description=_("article"))
    def story(self, row):
        return row.article.title

    @admin.display(description=_("reads today"))
    def today(self, row):
        return row.of_today

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        today = reads.today([row.pk for row in changelist.result_list])
        for row in changelist.result_list:
            row.of_today = today.get(row.pk, 0)
        return changelist

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

"""Finding stories, for readers and for the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from articles import registry
        from search import entries, find

        registry.follow(entries.write)
        registry.desk_search(find.ids_for_desk)

"""What stands where on the front page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontpageConfig(AppConfig):
    name = "frontpage"
    verbose_name = _("Front page")

    def ready(self):
        import pagecache
        from articles import registry
        from frontpage import models, panel, views

        pagecache.public_model(models.Arrangement)
        pagecache.public_model(models.Slot)
        pagecache.boundary(models.next_boundary)
        registry.top(views.top)
        registry.panel(panel.panel)

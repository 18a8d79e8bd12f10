"""Who we are."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MastheadConfig(AppConfig):
    name = "masthead"
    verbose_name = _("The paper")

    def ready(self):
        import pagecache
        from images import usage
        from masthead import addresses, models

        for model in (models.Masthead, models.Page, models.MenuEntry, models.Redirect):
            pagecache.public_model(model)
        pagecache.boundary(models.next_midnight)
        addresses.claims.register(models.page_claim)
        addresses.owners.register(models.page_at)
        usage.register(models.image_usage)

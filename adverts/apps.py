"""Advertising spots and who has them when."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvertsConfig(AppConfig):
    name = "adverts"
    verbose_name = _("Advertising")

    def ready(self):
        import pagecache
        from adverts import demo, models
        from articles import registry
        from images import usage

        pagecache.public_model(models.Spot)
        pagecache.public_model(models.Booking)
        pagecache.boundary(models.next_boundary)
        usage.register(models.image_usage)
        registry.demo(demo.load)

"""The picture library and its renditions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "images"
    verbose_name = _("Pictures")

    def ready(self):
        import pagecache
        from images.models import Image

        pagecache.public_model(Image)

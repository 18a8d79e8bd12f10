"""What we publish."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self):
        import pagecache
        from articles import addresses, models, pending
        from images import usage
        from masthead import addresses as claims

        for model in models.PUBLIC_MODELS:
            pagecache.public_model(model)
        pagecache.boundary(models.next_boundary)
        pagecache.boundary(pending.next_boundary)
        claims.claims.register(addresses.claimed_by)
        claims.owners.register(addresses.owner_of)
        usage.register(models.image_usage)

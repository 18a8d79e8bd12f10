"""What readers read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AudienceConfig(AppConfig):
    name = "audience"
    verbose_name = _("Readers")

    def ready(self):
        import pagecache
        from articles import registry
        from audience import demo, models, ranking, reads

        pagecache.public_model(models.Ranking)
        registry.panel(reads.panel)
        registry.figures(reads.today)
        registry.ranking(ranking.ids)
        registry.demo(demo.load)

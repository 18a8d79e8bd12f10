"""The search index: one row per article, followed by FTS5 or a tsvector (migration 0002)."""

from django.db import models


class Entry(models.Model):
    """An article's words, folded and stemmed.

    The key follows the date (see `search.entries.key`), so that both databases hand out the newest matches
    first from an index they have anyway. `places` holds words of our own: state, language, sections.
    """

    id = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="search_entry")
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    places = models.TextField()

    class Meta:
        verbose_name = "search entry"
        default_permissions = ()

    def __str__(self):
        return str(self.article_id)

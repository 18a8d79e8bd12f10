"""Our own stories as other stories' texts link to them: by id, looked up together when shown."""

from articles.models import Article


def public_stories(ids):
    """`{id: (address, title)}` of those among `ids` that are public: one query; what is not public is left out."""
    if not ids:
        return {}
    found = Article.objects.published().filter(pk__in=list(ids)).select_related("section")
    return {
        story.pk: (story.get_absolute_url(), story.title)
        for story in found.only("slug", "title", "section__path")
    }

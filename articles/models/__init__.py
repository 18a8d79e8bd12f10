"""What we publish: sections, authors, sources, tags, articles and what belongs to them.

The verbs that change an article's state are in `articles.workflow`; what an editor may change about it is one
value, `articles.content.Content`.
"""

from django.db.models import Min
from django.urls import reverse

from articles.models.article import LONGEST_BODY, Article, seen_by
from articles.models.headings import Author, Section, SectionPath, Source, Tag
from articles.models.planning import Assignment
from articles.models.relations import (
    Byline,
    ChosenRelated,
    FormerSlug,
    Listing,
    Placement,
    Reference,
    Tagging,
)
from articles.models.saved_views import SavedView
from articles.models.templates import StoryTemplate
from articles.models.versions import Autosave, Correction, DeskNote, PreviewLink, Revision
from richtext.references import references

__all__ = [
    "LONGEST_BODY", "Article", "Assignment", "Author", "Autosave", "Byline", "ChosenRelated", "Correction", "DeskNote",
    "FormerSlug", "Listing", "Placement", "PreviewLink", "Reference", "Revision", "SavedView", "Section", "SectionPath",
    "Source", "StoryTemplate", "Tag", "Tagging", "seen_by",
]  # fmt: skip

# Article and Section are public; so is what stands on their pages. Through rows are written with them.
PUBLIC_MODELS = [Article, Section, Author, Source, Tag, Correction]


def next_boundary(now):
    """The next moment at which a story becomes or ceases to be public by itself, or None."""
    public = Article.objects.filter(status=Article.Status.PUBLISHED, binned_at=None)
    moments = [
        public.filter(published_at__gt=now).aggregate(m=Min("published_at"))["m"],
        public.filter(expires_at__gt=now).aggregate(m=Min("expires_at"))["m"],
    ]
    return min((moment for moment in moments if moment), default=None)


def image_usage(image_ids):
    """Where these pictures are used: (image id, words, admin address) for leads, texts and authors."""
    rows = []
    columns = ("id", "title", "image_id", "restricted")
    for article in Article.objects.filter(image__in=image_ids).only(*columns)[:200]:
        address = reverse("admin:articles_article_change", args=[article.pk])
        rows.append((article.image_id, article.title_for(), address))
    found = Reference.objects.filter(kind=Reference.Kind.IMAGE, target_id__in=image_ids).select_related(
        "article"
    )
    for reference in found.only("target_id", "article__title", "article__restricted")[:200]:
        address = reverse("admin:articles_article_change", args=[reference.article_id])
        rows.append((reference.target_id, reference.article.title_for(), address))
    for author in Author.objects.filter(photo__in=image_ids)[:200]:
        rows.append((author.photo_id, author.name, reverse("admin:articles_author_change", args=[author.pk])))
    for template in StoryTemplate.objects.all()[:200]:  # few: an editor keeps them by hand
        address = reverse("admin:articles_storytemplate_change", args=[template.pk])
        used = set(references(template.body).images).intersection(image_ids)
        rows += [(pk, template.name, address) for pk in used]
    return rows

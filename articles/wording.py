"""A `Content` in words, for who has to choose between two versions, and for the revisions' pages."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.content import Content
from articles.models import Article, Author, Byline, Section, Source, Tag
from images.models import Image
from richtext.text import plain

_LABELS = {
    "slug": "address",
    "further_sections": "also in",
    "authors": "signed by",
    "related": "related stories",
    "tags": "tags",
}


def label(name):
    """The field's name, as the form says it."""
    if name in _LABELS:
        return capfirst(_(_LABELS[name]))
    return capfirst(Article._meta.get_field(name).verbose_name)


def in_words(content, name, user):
    """One field of a content as plain text, relations by their names, for this person's eyes."""
    value = getattr(content, name)
    if name in ("section", "source", "image", "translation_of"):
        model = {"section": Section, "source": Source, "image": Image, "translation_of": Article}[name]
        found = model.objects.filter(pk=value).first() if value else None
        return found.title_for(user) if isinstance(found, Article) else str(found or "")
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if name == "authors":
        names = dict(Author.objects.filter(pk__in=[pk for pk, _role in value]).values_list("pk", "name"))
        return ", ".join(
            names.get(pk, "?") + (f" ({Byline.Role(role).label})" if role else "") for pk, role in value
        )
    if name in Content.LISTS:
        model = {"tags": Tag, "further_sections": Section, "related": Article}[name]
        rows = model.objects.in_bulk(value)
        found = [rows[pk] for pk in value if pk in rows]
        return ", ".join(row.title_for(user) if name == "related" else str(row) for row in found)
    return plain(value) if name == "body" else value

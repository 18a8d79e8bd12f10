"""A `Content` in words, for who has to choose between two versions, and for the revisions' pages."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import names_of_deleted
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
_MODELS = {
    "section": Section,
    "further_sections": Section,
    "source": Source,
    "image": Image,
    "tags": Tag,
    "authors": Author,
    "related": Article,
    "follows": Article,
    "translation_of": Article,
}


def label(name):
    """The field's name, as the form says it."""
    if name in _LABELS:
        return capfirst(_(_LABELS[name]))
    return capfirst(Article._meta.get_field(name).verbose_name)


def in_words(content, name, user):
    """One field of a content as plain text, relations by their names, for this person's eyes."""
    value = getattr(content, name)
    if name in (*Content.FOREIGN_KEYS, *Content.LISTS):
        return ", ".join(names(content, name, user))
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return plain(value) if name == "body" else value


def names(content, name, user):
    """What a relation of a content names, in order; what was deleted since is named too, and called so."""
    model, value = _MODELS[name], getattr(content, name)
    pairs = (
        value
        if name == "authors"
        else [(pk, "") for pk in (value if name in Content.LISTS else [value]) if pk]
    )
    rows = model.objects.in_bulk([pk for pk, _role in pairs])
    deleted = names_of_deleted(model, {pk for pk, _role in pairs} - rows.keys())
    found = []
    for pk, role in pairs:
        row = rows.get(pk)
        if row is None:
            said = _("%s (deleted)") % called(model, deleted.get(pk))
        else:
            said = row.title_for(user) if model is Article else str(row)
        found.append(f"{said} ({Byline.Role(role).label})" if role else said)
    return found


def called(model, name=None):
    """A row of this model that is gone, by its name if known; a story never: it may have been restricted."""
    return name if name and model is not Article else capfirst(model._meta.verbose_name)

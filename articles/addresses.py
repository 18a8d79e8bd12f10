"""Who has which address: a section, a story and a static page can never claim the same one.

The models are looked up by name here, since they themselves ask this module before they are saved.
"""

import re

from django.apps import apps
from django.utils.translation import gettext as _

from masthead import addresses as claims

YEAR = re.compile(r"\d{4}")


def free_slug(slug, taken, length=80):
    """`slug`, or `slug-2`, `slug-3`, … : the first that no row of the queryset `taken` has."""
    if not taken.filter(slug=slug).exists():
        return slug
    for number in range(2, 10_000):
        ending = f"-{number}"
        candidate = slug[: length - len(ending)].rstrip("-") + ending
        if not taken.filter(slug=candidate).exists():
            return candidate
    raise ValueError(f"No free address for {slug!r}.")


def free_article_slug(slug, article_id=None):
    """The first of `slug`, `slug-2`, … that no article has or had and that no section or page stands in the way of."""
    articles = apps.get_model("articles", "Article").objects.exclude(pk=article_id)
    former = apps.get_model("articles", "FormerSlug").objects.exclude(article=article_id)
    for number in range(1, 10_000):
        ending = f"-{number}" if number > 1 else ""
        candidate = slug[: 80 - len(ending)].rstrip("-") + ending
        taken = articles.filter(slug=candidate).exists() or former.filter(slug=candidate).exists()
        if not taken and not slug_problem(candidate, article_id):
            return candidate
    raise ValueError(f"No free address for {slug!r}.")


def slug_problem(slug, article_id=None):
    """Why an article cannot have this slug, in a sentence; empty if it can."""
    if slug in claims.RESERVED or YEAR.fullmatch(slug):
        return _("“%(slug)s” is an address of the site itself. Choose another.") % {"slug": slug}
    if apps.get_model("articles", "Section").objects.filter(slug=slug).exists():
        return _("A section has the address “%(slug)s”. Choose another.") % {"slug": slug}
    taken = apps.get_model("articles", "Article").objects.filter(slug=slug).exclude(pk=article_id).first()
    if taken:
        return _("“%(slug)s” is the address of “%(title)s”. Choose another.") % {
            "slug": slug,
            "title": taken.title_for(),
        }
    former = (
        apps.get_model("articles", "FormerSlug").objects.filter(slug=slug).exclude(article=article_id).first()
    )
    if former:
        return _("“%(slug)s” still leads to another article. Choose another.") % {"slug": slug}
    return ""


def claimed(path, *, by):
    """Why the section `by` cannot have this path ("/a/b/"), in a sentence; empty if it can."""
    word = path.strip("/").rsplit("/", 1)[-1]
    if word in claims.RESERVED or YEAR.fullmatch(word):
        return _("“%(slug)s” is an address of the site itself. Choose another.") % {"slug": word}
    if apps.get_model("articles", "Section").objects.filter(path=path.strip("/")).exclude(pk=by.pk).exists():
        return _("There is already a section at %(path)s. Choose another address.") % {"path": path}
    for model in ("Article", "FormerSlug"):
        if apps.get_model("articles", model).objects.filter(slug=word).exists():
            return _("An article has the address “%(slug)s”. Choose another.") % {"slug": word}
    if "/" not in path.strip("/") and apps.get_model("masthead", "Page").objects.filter(slug=word).exists():
        return _("A page has the address %(path)s. Choose another.") % {"path": path}
    return ""


def owner_of(path):
    """The section or the article that has this path now, or None."""
    word = path.strip("/").rsplit("/", 1)[-1]
    section = apps.get_model("articles", "Section").objects.filter(path=path.strip("/")).first()
    if section:
        return section
    article = (
        apps.get_model("articles", "Article").objects.filter(slug=word).select_related("section").first()
    )
    return article if article and article.get_absolute_url().strip("/") == path.strip("/") else None


def claimed_by(path):
    """For pages and redirects: which section or article has this path, in a sentence; None if none has."""
    owner = owner_of(path)
    if owner is None:
        return None
    if isinstance(owner, apps.get_model("articles", "Section")):
        return _("The section “%(name)s” has this address. Choose another.") % {"name": owner.name}
    return _("The article “%(title)s” has this address. Choose another.") % {"title": owner.title}

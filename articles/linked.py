"""Our own stories as other stories' texts link to them: by id, looked up together when shown."""

import re

from django.urls import resolve

from articles.models import Article, Author, FormerSlug, SectionPath, Source, Tag
from articles.tree import Tree
from masthead.addresses import is_ours, normal
from masthead.models import Page, Redirect

_HEADINGS = {"author": Author, "source": Source, "tag": Tag}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # no address of ours has one, and no database takes the first
_MONTH = re.compile(r"/\d{4}/\d{2}$", re.ASCII)


def public_stories(ids):
    """`{id: (address, title)}` of those among `ids` that are public: one query; what is not public is left out."""
    if not ids:
        return {}
    found = Article.objects.published().filter(pk__in=list(ids)).select_related("section")
    return {
        story.pk: (story.get_absolute_url(), story.title)
        for story in found.only("slug", "title", "section__path")
    }


def leading_nowhere(addresses):
    """Those among `addresses` that are our own and have nothing for readers: a fixed number of queries.

    An old address that leads on counts as something, wherever that is.
    """
    broken = {address for address in addresses if is_ours(address) and _CONTROL.search(normal(address))}
    addresses = set(addresses) - broken
    ours = {address: normal(address).strip("/").lower() for address in addresses if is_ours(address)}
    places = {path: _place(path) for path in set(ours.values())}
    there = _there(places.values())
    gone = {path for path, place in places.items() if place not in there}
    if gone:
        old = Redirect.objects.filter(old_path__in=[f"/{path}" for path in gone])
        gone -= {path.strip("/") for path in old.values_list("old_path", flat=True)}
    return broken | {address for address, path in ours.items() if path in gone}


def _place(path):
    """What a path means by newsroom/urls.py: (kind, its key); kind "" for the site's own pages, "path" for the rest."""
    found = resolve(f"/{path}/" if path else "/")
    if found.url_name == "resolve":
        found = resolve(f"/{path}")  # robots.txt
    kind = (found.url_name or "").removesuffix("-feed")
    if kind in _HEADINGS:
        return kind, found.kwargs["slug"]
    if kind in ("resolve", "section"):
        return "path", _MONTH.sub("", path.removesuffix("/feed"))
    return ("desk" if found.namespace or kind == "preview" else ""), ""


def _there(places):
    """Those of these places where readers find something."""
    there = {("", "")}
    for kind, model in _HEADINGS.items():
        if slugs := {key for what, key in places if what == kind}:
            rows = model.objects.filter(slug__in=slugs).values_list("slug", flat=True)
            there |= {(kind, slug) for slug in rows}
    paths = {key for what, key in places if what == "path"}
    paths -= (sections := paths & Tree.current().by_path.keys())
    there |= {("path", path) for path in sections}
    if paths:
        words = {path: path.rsplit("/", 1)[-1] for path in paths}
        readable = Article.objects.published() | Article.objects.filter(status=Article.Status.REDIRECTED)
        slugs = set(readable.filter(slug__in=words.values()).values_list("slug", flat=True))
        former = FormerSlug.objects.filter(slug__in=words.values(), article__in=readable)
        slugs |= set(former.values_list("slug", flat=True))
        found = {path for path, word in words.items() if word in slugs}
        found |= set(Page.objects.published().filter(slug__in=paths).values_list("slug", flat=True))
        found |= set(SectionPath.objects.filter(path__in=paths).values_list("path", flat=True))
        there |= {("path", path) for path in found}
    return there

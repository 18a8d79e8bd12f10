"""Which page an address means: a section, a month of it, a static page, a story, or where something moved.

Addresses never die: what was once public answers for ever, in one hop (301) or with the reason why it is
gone.
"""

import re

from django.http import Http404
from django.urls import resolve as match
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import views
from articles.linked import public_stories
from articles.models import Article, FormerSlug, SectionPath
from articles.pages import moved_to, refusal
from articles.tree import Tree
from masthead.models import Page, Redirect
from masthead.views import page_detail

MONTH = re.compile(r"(?P<section>.+)/(?P<year>\d{4})/(?P<month>\d{2})", re.ASCII)
WORD = re.compile(r"[a-z0-9_-]{1,80}")
LONGEST = 600  # characters of a path that could be ours, imported old addresses included


@require_safe
def resolve(request, path):
    """The page at `path` (without its first slash). Raises Http404 if there is none and never was."""
    if len(path) > LONGEST:
        raise Http404
    clean = path.strip("/").lower()
    answer = _named(request, path.strip("/")) or _named(request, clean) or _there(request, clean)
    answer = answer or _elsewhere(request, path, clean)
    if answer is None:
        raise Http404
    return answer


def _named(request, clean):
    """A redirect to an address that newsroom/urls.py names, if this is another spelling of it."""
    for address in (f"/{clean}/", f"/{clean}"):
        if address != request.path and match(address).url_name != "resolve":
            return moved_to(request, address)
    return None


def _there(request, clean):
    """What is at this very address, or a redirect to its right spelling (case, last slash)."""
    section = Tree.current().by_path.get(clean)
    if section:
        return _rightly(request, section.get_absolute_url()) or views.section_detail(request, section)
    month = MONTH.fullmatch(clean)
    if month and (section := Tree.current().by_path.get(month["section"])):
        right = f"{section.get_absolute_url()}{month['year']}/{month['month']}/"
        return _rightly(request, right) or views.section_month(
            request, section, int(month["year"]), int(month["month"])
        )
    *above, word = clean.split("/")
    if not WORD.fullmatch(word):
        return None
    page = None if above else Page.objects.published().filter(slug=word).first()
    if page:
        return _rightly(request, page.get_absolute_url()) or page_detail(
            request, page, resolve_article=public_stories
        )
    article = _articles().filter(slug=word).first()
    return _story(request, article) if article else None


def _articles():
    return Article.objects.select_related("section", "image", "source", "redirected_to__section")


def _story(request, article):
    """The page of a story, or what its state tells who comes to its address; None: as if it did not exist."""
    now = timezone.now()
    if article.is_public(now):
        return _rightly(request, article.get_absolute_url()) or views.article_detail(request, article)
    if not article.was_public or article.binned_at:
        return None
    status = article.Status
    if article.status == status.REDIRECTED:
        end = _end_of(article)
        return _story(request, end) if end else None
    if article.status == status.WITHDRAWN:
        return refusal(
            request, 410, article=article, reason=article.taken_down_reason, language=article.language
        )
    if article.status == status.BLOCKED:
        return refusal(
            request, 451, article=article, reason=article.taken_down_reason, language=article.language
        )
    if article.status == status.PUBLISHED and article.expires_at and article.expires_at <= now:
        return refusal(request, 410, article=article, expired=True, language=article.language)
    return None


def _end_of(article):
    """The story to which a redirected one leads today, whatever was redirected since; None if to nothing."""
    passed = set()
    while article and article.status == article.Status.REDIRECTED and article.pk not in passed:
        passed.add(article.pk)
        article = article.redirected_to
    return None if article is None or article.pk in passed else article


def _elsewhere(request, path, clean):
    """Where what was at this address last is now: a section that leaves one deletes the redirect there."""
    destination = Redirect.find(f"/{path}")
    if destination:
        return moved_to(request, destination)
    section = SectionPath.heir_of(clean)
    if section:
        return moved_to(request, section.get_absolute_url())
    month = MONTH.fullmatch(clean)
    section = month and SectionPath.heir_of(month["section"])
    if section:
        return moved_to(request, f"{section.get_absolute_url()}{month['year']}/{month['month']}/")
    word = clean.rsplit("/", 1)[-1]
    if WORD.fullmatch(word):
        slug = FormerSlug.objects.filter(slug=word).values_list("article", flat=True).first()
        if slug:
            return _story(request, _articles().get(pk=slug))
    return None


def _rightly(request, address):
    """A redirect to `address` unless the request is for just that."""
    return None if request.path == address else moved_to(request, address)

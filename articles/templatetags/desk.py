"""What the desk's own pages show of articles: the home page's lists, states in words and colour."""

from datetime import timedelta

from django import template
from django.db.models import Q
from django.utils import timezone

from articles import autosave, comparing, wording
from articles.models import Article, DeskNote
from richtext.clean import clean

register = template.Library()
STATES = Article.Status


@register.filter
def state_class(article):
    """The class that colours an article's state; the words stand beside it."""
    if article.binned_at:
        return "is-gone"
    if article.is_scheduled or article.is_planned:
        return "is-planned"
    if article.status == STATES.PUBLISHED:
        return "is-open" if article.draft_revision_id else "is-public"
    if article.status in (STATES.SUBMITTED, STATES.RETURNED):
        return "is-open"
    return "is-draft" if article.status == STATES.DRAFT else "is-gone"


@register.simple_tag(takes_context=True)
def desk_home(context, longest=12):
    """The desk's home: what waits for review (for editors), what is mine, what is planned. Six queries."""
    user = context["request"].user
    lists = {"can_write": user.has_perm("articles.add_article")}
    if not user.has_perm("articles.view_article"):
        return lists
    rows = Article.objects.filter(binned_at=None).select_related("section", "created_by").defer("body")
    if user.has_perm("articles.publish_article"):
        waiting = rows.filter(submitted_at__isnull=False).order_by("submitted_at", "id")
        lists["waiting"] = list(waiting[:longest])
        planned = rows.filter(status=STATES.PUBLISHED, published_at__gt=timezone.now())
    else:
        planned = rows.filter(status=STATES.PUBLISHED, published_at__gt=timezone.now(), created_by=user)
    lists["planned"] = list(planned.order_by("published_at", "id")[:longest])
    begun = Q(status__in=[STATES.DRAFT, STATES.RETURNED, STATES.SUBMITTED]) | Q(draft_revision__isnull=False)
    unfinished = rows.filter(begun, created_by=user)
    lists["mine"] = list(unfinished.order_by("-saved_at")[:longest])
    lists["typed"] = autosave.waiting_for(user, longest) if lists["can_write"] else []
    _add_last_notes([row for row in lists["mine"] if row.status == STATES.RETURNED])
    lists["late"] = timezone.now() - timedelta(hours=2)
    return lists


def _add_last_notes(articles):
    """The newest note of each article that was sent back, in one query."""
    last = {}
    for row in DeskNote.objects.filter(article__in=articles).select_related("by").order_by("at", "id"):
        last[row.article_id] = row
    for article in articles:
        article.last_note = last.get(article.pk)


@register.filter
def as_read(body):
    """A stored text as the desk reads it: cleaned again (revisions may be older than the rules), expanded."""
    return comparing.as_read(clean(body))


@register.simple_tag(takes_context=True)
def facts(context, content):
    """A content's place and credit in words, as (label, text) pairs; what is empty is left out."""
    user = context["request"].user
    names = [
        "section",
        "further_sections",
        "tags",
        "language",
        "authors",
        "source",
        "original_url",
        "via",
        "ai_note",
    ]
    names += ["image", "related"]
    pairs = [(wording.label(name), wording.in_words(content, name, user)) for name in names]
    return [(label, text) for label, text in pairs if text]

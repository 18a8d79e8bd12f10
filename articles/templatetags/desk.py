"""What the desk's own pages show of articles: the home page's lists, states in words and colour."""

from datetime import timedelta

from django import template
from django.db.models import F, Q
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles import autosave, broken, comparing, planning, registry, wording
from articles.admin.calendar import days as calendar_days
from articles.models import Article, Assignment, DeskNote, SavedView, StoryTemplate
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


@register.filter
def since(moment):
    """How long ago `moment` was, in words."""
    return timesince(moment) if timezone.now() - moment >= timedelta(minutes=1) else _("just now")


@register.simple_tag(takes_context=True)
def desk_home(context, longest=12):
    """The desk's home, for this person's role: what waits, what is mine, what is planned, public and broken."""
    user = context["request"].user
    lists = {"can_write": user.has_perm("articles.add_article")}
    if not user.has_perm("articles.view_article"):
        return lists
    rows = Article.objects.filter(binned_at=None).select_related("section", "created_by").defer("body")
    editor, today = user.has_perm("articles.publish_article"), timezone.localdate()
    if editor:
        waiting = rows.filter(submitted_at__isnull=False).order_by("submitted_at", "id")
        lists["waiting"] = list(waiting[:longest])
    lists["week"] = calendar_days(user, today, today + timedelta(days=6), own=not editor)
    lists["today"] = today
    lists["public"] = _public_today(rows if editor else rows.filter(created_by=user), longest)
    lists["broken"] = broken.found(user)
    begun = Q(status__in=[STATES.DRAFT, STATES.RETURNED, STATES.SUBMITTED]) | Q(draft_revision__isnull=False)
    unfinished = rows.filter(begun, created_by=user)
    lists["mine"] = list(unfinished.order_by("-saved_at")[:longest])
    unfinished = Assignment.objects.seen_by(user).select_related("journalist", "desk")
    unfinished = unfinished.order_by(F("deadline").asc(nulls_last=True), "id").defer("idea", "note")
    taken, free = Assignment.State.TAKEN, Assignment.State.OPEN
    lists["assignments"] = [
        *unfinished.filter(state=taken, journalist=user)[:longest],
        *unfinished.filter(state=free)[:longest],
    ]
    lists["views"] = list(SavedView.objects.filter(user=user))
    lists["typed"] = autosave.waiting_for(user, longest) if lists["can_write"] else []
    _add_last_notes([row for row in lists["mine"] if row.status == STATES.RETURNED])
    lists["late"] = timezone.now() - timedelta(hours=2)
    return lists


def _public_today(rows, longest):
    """What became public today, the newest first, with its reads."""
    since = planning.midnight(timezone.localdate())
    rows = rows.filter(
        Q(expires_at=None) | Q(expires_at__gt=timezone.now()),
        status=STATES.PUBLISHED,
        published_at__gte=since,
        published_at__lte=timezone.now(),
    )
    stories = list(rows.order_by("-published_at", "-id")[:longest])
    reads = registry.reads_today([story.pk for story in stories])
    for story in stories:
        story.reads = reads.get(story.pk, 0)
    return stories


def _add_last_notes(articles):
    """The newest note of each article that was sent back, in one query."""
    last = {}
    for row in DeskNote.objects.filter(article__in=articles).select_related("by").order_by("at", "id"):
        last[row.article_id] = row
    for article in articles:
        article.last_note = last.get(article.pk)


@register.simple_tag(takes_context=True)
def story_templates(context, longest=30):
    """The templates this person may begin a story with."""
    user = context["request"].user
    allowed = user.has_perms(["articles.add_article", "articles.view_storytemplate"])
    return list(StoryTemplate.objects.only("name")[:longest]) if allowed else []


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
    names += ["image", "follows", "related"]
    pairs = [(wording.label(name), wording.in_words(content, name, user)) for name in names]
    return [(label, text) for label, text in pairs if text]

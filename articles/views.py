"""Public pages: stories, and the lists they stand in. `articles.resolver` finds which an address means."""

from copy import copy
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import months, paging, pending, registry, structured
from articles.models import Article, Author, Byline, Correction, PreviewLink, Source, Tag
from articles.pages import moved, public_page
from articles.related import surroundings
from articles.tree import Tree
from images.models import Image
from masthead.models import Masthead
from richtext.clean import clean
from richtext.references import references
from richtext.text import word_count

TOP = 3  # stories on top of a section's first page
BEGINNING = 5  # … and where the paper begins in another language
LONG = 20  # stories on a page of a list
CORRECTIONS = 30
ALL_OF_A_MONTH = 1000
NOINDEX = "noindex, follow"
GONE = (Article.Status.WITHDRAWN, Article.Status.BLOCKED)  # from everywhere, links for outsiders included


# ---------------------------------------------------------------------------------------------- a story
def article_detail(request, article):
    """A public story, with planned changes whose moment has come. `article` comes with section, source and image."""
    if state := pending.due().get(article.pk):
        return _story_page(request, *_with(article, state, address=False), chosen=state.related)
    bylines = list(article.bylines.select_related("author"))
    tags = list(article.tags.all())
    corrections = list(article.corrections.standing())
    return _story_page(request, article, bylines, tags, corrections)


def render_state(request, article, content, *, banner):
    """The page of a story as it would look with `content`, saved or not; `banner` says what is being shown.

    Never indexed, never kept.
    """
    shown, bylines, tags, corrections = _with(article, content)
    response = _story_page(
        request, shown, bylines, tags, corrections, chosen=content.related, banner=banner or _("Preview")
    )
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _with(article, content, *, address=True):
    """The story as it is with `content` (without `address`: still where it is), its bylines, tags and corrections."""
    shown = copy(article)
    shown._state = copy(article._state)
    for name in content.COLUMNS:
        setattr(shown, name, getattr(content, name))
    shown.body = clean(content.body)  # a revision may be older than the rules
    shown.slug = (address and content.slug) or article.slug
    shown.section = Tree.current().by_id.get(content.section) if address else article.section
    shown.source = Source.objects.filter(pk=content.source).first() if content.source else None
    shown.image = Image.objects.filter(pk=content.image).first() if content.image else None
    shown.translation_of_id = content.translation_of
    shown.follows_id = content.follows
    shown.word_count = word_count(shown.body)
    shown.published_at = shown.published_at or timezone.now()
    authors = Author.objects.in_bulk([pk for pk, _role in content.authors])
    bylines = [Byline(author=authors[pk], role=role) for pk, role in content.authors if pk in authors]
    tags = Tag.objects.in_bulk(content.tags)
    tags = [tags[pk] for pk in content.tags if pk in tags]
    return shown, bylines, tags, list(article.corrections.standing()) if article.pk else []


def _story_page(request, article, bylines, tags, corrections, *, chosen=None, banner=""):
    """`banner` marks a preview: it names no canonical address and counts no reader."""
    around = surroundings(article, tags, chosen=chosen, linked=references(article.body).articles)
    policy = article.source.policy if article.source_id else ""
    context = {
        "article": article,
        "section": article.section,
        "bylines": bylines,
        "tags": tags,
        "corrections": corrections,
        "retracted": any(note.kind == Correction.Kind.RETRACTION for note in corrections),
        "around": around,
        "links": {pk: (story.get_absolute_url(), story.title) for pk, story in around.known.items()},
        "banner": banner,
        "feed": article.section.get_absolute_url() + "feed/" if article.section else "/feed/",
        "share_image": article.share_image(settings.SITE_URL),
        "description": article.seo_description or article.summary or article.title,
        "robots": "noindex" if banner else (NOINDEX if policy == Source.Policy.NOINDEX_ALL else ""),
        "news_robots": NOINDEX if policy == Source.Policy.NOINDEX_NEWS else "",
        "canonical": "" if banner else _canonical(article),
        "alternates": _alternates(article, around.translations),
    }
    if not banner:
        with translation.override(article.language):
            context["data_blocks"] = _structured(article, bylines, tags, corrections)
    return public_page(request, "articles/article_detail.html", context, language=article.language)


def _canonical(article):
    if article.source_id and article.source.policy == Source.Policy.CANONICAL and article.original_url:
        return article.original_url
    return settings.SITE_URL + article.get_absolute_url()


def _alternates(article, translations):
    """(language, address) of each version of the story; the original is also `x-default`."""
    if not translations:
        return []
    versions = [article, *translations]
    original = next((v for v in versions if v.pk == article.translation_of_id), None) or (
        article if not article.translation_of_id else versions[0]
    )
    found = {version.language: settings.SITE_URL + version.get_absolute_url() for version in versions}
    return [*found.items(), ("x-default", settings.SITE_URL + original.get_absolute_url())]


def _structured(article, bylines, tags, corrections):
    origin, paper = settings.SITE_URL, Masthead.current()
    writers = [b.author for b in bylines if b.role in (Byline.Role.TEXT, Byline.Role.WITH)]
    steps = [(step.name, step.get_absolute_url()) for step in Tree.current().line(article.section)]
    return [
        structured.news_article(article, origin, paper, authors=writers, tags=tags, corrections=corrections),
        structured.breadcrumbs([*steps, (article.title, "")], origin),
    ]


@require_safe
def preview(request, token):
    """A story's newest state, for whoever was given the link."""
    link = PreviewLink.objects.select_related("article").filter(token=token).first()
    if link is None or link.revoked_at or link.expires_at <= timezone.now():
        raise Http404
    if link.article.binned_at or link.article.status in GONE:
        raise Http404
    if link.article.is_public():
        if not link.article.draft_revision_id:
            return HttpResponseRedirect(link.article.get_absolute_url())
        banner = _("Preview of changes that are not public yet. Please do not pass this link on.")
        return render_state(request, link.article, link.article.newest_content(), banner=banner)
    banner = _("Preview, not published. Please do not pass this link on.")
    return render_state(request, link.article, link.article.newest_content(), banner=banner)


# ---------------------------------------------------------------------------------------------- lists
def section_detail(request, section):
    """A section's stories: on its first page some on top, then all of them by day."""
    after, language = request.GET.get("after"), Tree.current().language_of(section)
    begins = begins_paper(section)
    on_top = 0 if after else length_of_top(section)
    page = paging.stories(Article.objects.published(), section, length=LONG + on_top, after=after)
    top, rest = _opening(request, section, page.rows, on_top)
    context = {"section": section, "page": page, "top": top, "stories": rest, "months": _months(section)}
    template = "articles/language_front.html" if begins and page.is_first else "articles/section_detail.html"
    return _list_page(request, template, section, context, language=language)


def begins_paper(section):
    """Whether the paper begins here in another language."""
    return section.parent_id is None and Tree.current().language_of(section) != Masthead.current().language


def length_of_top(section):
    """How many stories stand on top of a section."""
    return BEGINNING if begins_paper(section) else TOP


def _opening(request, section, stories, length):
    """The stories on top, as arranged or the first with a picture if one has, and the others."""
    top = registry.top_of(request, section, stories, length)
    if top is None:
        top = sorted(stories[:length], key=lambda story: not (story.image_id and story.image.is_ready))
    there = {story.pk for story in top}
    return top, [story for story in stories if story.pk not in there]


def _months(target):
    return [date(year, month, 1) for year, month in months.of_list(target)]


def section_month(request, section, year, month):
    """What a section published in one month: an archive that never shifts. 404 for one without stories."""
    if not (1 <= month <= 12 and months.FIRST_YEAR <= year <= 9998):
        raise Http404
    begin, end = months.bounds(year, month)
    stories = Article.objects.published().listed_in(section, gte=begin, lt=end)
    stories = list(stories.for_cards()[:ALL_OF_A_MONTH])
    if not stories:
        raise Http404
    path = f"{section.get_absolute_url()}{year:04}/{month:02}/"
    context = {
        "section": section,
        "month": date(year, month, 1),
        "stories": stories,
        "months": _months(section),
    }
    language = Tree.current().language_of(section)
    return public_page(request, "articles/section_month.html", context, path=path, language=language)


def _list_page(request, template, target, context, *, language=""):
    """A list's page. What comes after its first page is for readers, not for search engines."""
    path = target.get_absolute_url() if hasattr(target, "get_absolute_url") else target
    page = context["page"]
    name = getattr(target, "name", "")
    context |= {"feed": path + "feed/", "language": language or Masthead.current().language}
    context["description"] = getattr(target, "description", "") or getattr(target, "bio", "")
    if not page.is_first:
        context["robots"] = NOINDEX
    elif "data_blocks" not in context and name:
        context["data_blocks"] = [
            structured.collection(
                name,
                path,
                [*context.get("top", ()), *context.get("stories", page.rows)],
                settings.SITE_URL,
                description=context["description"],
                language=context["language"],
            )
        ]
    return public_page(request, template, context, path=path, language=language)


@require_safe
def author_detail(request, slug):
    """Who an author is, and their stories."""
    author = Author.objects.select_related("photo").filter(slug=slug).first()
    if author is None:
        return moved(request)
    context = {"author": author, "page": _page(request, author)}
    if context["page"].is_first:
        context["data_blocks"] = [structured.profile(author, settings.SITE_URL)]
    return _list_page(request, "articles/author_detail.html", author, context)


@require_safe
def source_detail(request, slug):
    """Where stories come from, and which ones we took over."""
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        return moved(request)
    return _list_page(
        request, "articles/source_detail.html", source, {"source": source, "page": _page(request, source)}
    )


@require_safe
def tag_detail(request, slug):
    """The stories on a subject; one without any has no page."""
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None:
        return moved(request)
    page = _page(request, tag)
    if not page.rows:
        raise Http404
    return _list_page(request, "articles/tag_detail.html", tag, {"tag": tag, "page": page})


@require_safe
def latest(request):
    """Everything in the paper's language, newest first."""
    paper = Masthead.current()
    return _list_page(request, "articles/latest.html", "/latest/", {"page": _page(request, paper.language)})


def _page(request, target):
    return paging.stories(Article.objects.published(), target, length=LONG, after=request.GET.get("after"))


@require_safe
def corrections(request):
    """Every correction of what is public, newest first."""
    after = request.GET.get("after")
    public = Article.objects.published().filter(pk=OuterRef("article_id"))
    start, found = paging.read(after), Correction.objects.standing().filter(Exists(public))
    if start:
        found = found.filter(at__lte=start[0]).exclude(at=start[0], pk__gte=start[1])
    found = found.select_related("article__section").defer("article__body").order_by("-at", "-pk")
    page = paging.cut(found[: CORRECTIONS + 1], CORRECTIONS, date="at", after=after)
    if after and not page.rows:
        raise Http404
    context = {"page": page, "robots": "" if page.is_first else NOINDEX}
    return public_page(request, "articles/corrections.html", context, path="/corrections/")

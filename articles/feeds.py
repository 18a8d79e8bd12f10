"""RSS 2.0 under every list (RSS Advisory Board's profile; Media RSS for pictures; RFC 4287 for atom:link, :updated)."""

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles import linked
from articles.models import Article, Author, Correction, Section, SectionPath, Source, Tag
from articles.pages import moved, moved_to
from images.models import Image
from masthead.models import Masthead
from richtext.lines import plain_characters
from richtext.references import references
from richtext.render import render as render_text

LENGTH = 30  # stories in a feed


class NewsFeed(Rss201rev2Feed):
    """RSS 2.0 with the whole text, the bylines, the section's path, the picture and the origin of each story."""

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler, item):
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", item["link"])
        handler.addQuickElement("guid", item["unique_id"], {"isPermaLink": "false"})
        handler.addQuickElement("pubDate", format_datetime(item["pubdate"]))
        if item["updated"]:
            handler.addQuickElement("atom:updated", item["updated"].isoformat(timespec="seconds"))
        if item["description"]:
            handler.addQuickElement("description", item["description"])
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", plain_characters(name))
        for name in item["categories"]:
            handler.addQuickElement("category", plain_characters(name))
        if item["source"]:
            address = item["source"].url or item["original_url"]
            handler.addQuickElement("source", plain_characters(item["source"].name), {"url": address})
        handler.addQuickElement("content:encoded", item["body"])
        picture = item["picture"]
        if picture:
            size = {
                "url": picture["url"],
                "type": picture["type"],
                "medium": "image",
                "fileSize": str(picture["bytes"]),
            }
            handler.startElement(
                "media:content", size | {key: str(picture[key]) for key in ("width", "height")}
            )
            if item["picture_alt"]:
                handler.addQuickElement(
                    "media:description", plain_characters(item["picture_alt"]), {"type": "plain"}
                )
            if item["picture_credit"]:
                handler.addQuickElement("media:credit", plain_characters(item["picture_credit"]))
            handler.endElement("media:content")


def _guid(article, host):
    """RFC 4151: stays the same when the address changes."""
    return f"tag:{host},{article.first_published_at:%Y-%m-%d}:article-{article.pk}"


def _notes(story):
    """A story's corrections, as they stand above its text."""
    notes = story.corrections.all()
    rows = [(note.get_kind_display(), date_format(timezone.localtime(note.at)), note.text) for note in notes]
    return format_html_join("", "<p><strong>{}, {}</strong> {}</p>", rows)


def _headline(story):
    """Its title; a retracted story says so first: that is all a list shows."""
    retracted = [note for note in story.corrections.all() if note.kind == Correction.Kind.RETRACTION]
    return f"{retracted[0].get_kind_display()} – {story.title}" if retracted else story.title


def _answer(request, stories, *, title, path, language, description=""):
    """A feed of these published stories (a queryset, newest first): six queries, however many they are."""
    paper, origin = Masthead.current(), settings.SITE_URL
    host = urlsplit(origin).hostname
    standing = Prefetch("corrections", Correction.objects.standing())
    stories = list(stories.for_cards().defer(None).prefetch_related(standing)[:LENGTH])
    names = dict(Section.objects.values_list("path", "name"))
    found = [references(story.body) for story in stories]
    own = linked.public_stories({pk for refs in found for pk in refs.articles})
    images = Image.objects.in_bulk({pk for refs in found for pk in refs.images})
    feed = NewsFeed(
        title=plain_characters(title),
        link=origin + path,
        description=plain_characters(description or paper.tagline or paper.name),
        language=language,
        feed_url=origin + request.path,
        feed_copyright=plain_characters(paper.publisher_name or paper.name),
        ttl="10",
    )
    for story in stories:
        body = render_text(
            story.body,
            resolve_article=lambda ids: {pk: own[pk] for pk in ids if pk in own},
            images=images,
            absolute=origin,
        )
        with translation.override(story.language):
            headline, notes = _headline(story), _notes(story)
        picture = story.image if story.image and story.image.renditions else None
        feed.add_item(
            title=headline,
            link=origin + story.get_absolute_url(),
            description=story.summary,
            unique_id=_guid(story, host),
            pubdate=timezone.localtime(story.published_at),
            updated=story.modified_at and timezone.localtime(story.modified_at),
            creators=[byline.author.name for byline in story.bylines.all()],
            categories=[" / ".join(names.get(p, p) for p in story.section.ancestor_paths)],
            source=story.source,
            original_url=story.original_url,
            body=notes + body,
            picture=picture and picture.rendition_for_feed(origin),
            picture_alt=picture and picture.alt,
            picture_credit=picture and picture.credit,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    changed = [story.modified_at or story.published_at for story in stories]
    if changed:
        response["Last-Modified"] = http_date(max(changed).timestamp())
    return response


@require_safe
def feed(request):
    """The newest stories in the paper's language."""
    paper = Masthead.current()
    stories = Article.objects.published().listed_in(paper.language)
    return _answer(request, stories, title=paper.name, path="/", language=paper.language)


@require_safe
def section_feed(request, section):
    """A section's stories, those of its sub-sections included."""
    found = Section.objects.filter(path=section).first()
    if found is None:
        heir = SectionPath.heir_of(section)
        if heir is None:
            raise Http404
        return moved_to(request, heir.get_absolute_url() + "feed/")
    return _list_feed(request, found, language=found.language, description=found.description)


@require_safe
def author_feed(request, slug):
    """An author's stories."""
    return _feed_of(request, Author.objects.filter(slug=slug).first())


@require_safe
def source_feed(request, slug):
    """The stories taken from a source."""
    return _feed_of(request, Source.objects.filter(slug=slug).first())


@require_safe
def tag_feed(request, slug):
    """The stories on a subject. A subject without a public story has no feed."""
    tag = Tag.objects.filter(slug=slug).first()
    if tag and not tag.uses:
        raise Http404
    return _feed_of(request, tag)


def _feed_of(request, target):
    """The feed of an author, a source or a tag; for None where it moved to."""
    if target is None:
        return moved(request, "feed/")
    return _list_feed(request, target, description=getattr(target, "description", ""))


def _list_feed(request, target, *, language="", description=""):
    paper = Masthead.current()
    stories = Article.objects.published().listed_in(target)
    return _answer(
        request,
        stories,
        title=f"{target.name} – {paper.name}",
        path=target.get_absolute_url(),
        language=language or paper.language,
        description=description,
    )

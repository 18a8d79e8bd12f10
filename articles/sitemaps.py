"""Sitemaps (sitemaps.org 0.9; Google News sitemap 0.9): an index, a file for each month, one for the last 48 hours.

What a source's contract keeps out of search engines, or sends to the original, is not in them.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles import months
from articles.models import Article, Author, Listing, Section, Source
from masthead.models import Masthead, Page
from richtext.lines import plain_characters

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MOST = 50_000
MOST_NEWS = 1_000
KEPT_OUT = Q(source__policy__in=[Source.Policy.NOINDEX_ALL, Source.Policy.CANONICAL])
KEPT_OUT_OF_NEWS = KEPT_OUT | Q(source__policy=Source.Policy.NOINDEX_NEWS)


def _xml(root, attributes, write):
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, attributes)
    write(xml)
    xml.endElement(root)
    xml.endDocument()
    return response


def _entry(xml, tag, path, changed=None, more=None):
    xml.startElement(tag, {})
    xml.addQuickElement("loc", settings.SITE_URL + path)
    if changed:
        xml.addQuickElement("lastmod", timezone.localtime(changed).isoformat(timespec="seconds"))
    if more:
        more(xml)
    xml.endElement(tag)


def _languages():
    return [code for code, _name in settings.LANGUAGES]


@require_safe
def index(request):
    """The index: pages and lists, then one file a month, newest first."""
    found = {month for code in _languages() for month in months.of_list(code)}

    def write(xml):
        _entry(xml, "sitemap", "/sitemap-lists.xml")
        for year, month in sorted(found, reverse=True):
            _entry(xml, "sitemap", f"/sitemap-{year}-{month:02}.xml")

    return _xml("sitemapindex", {"xmlns": SITEMAP}, write)


@require_safe
def part(request, part):
    """One file: `lists`, or a month such as `2026-02`."""
    if part == "lists":
        return _xml("urlset", {"xmlns": SITEMAP}, _write_lists)
    year, _dash, month = part.partition("-")
    if not (
        year.isdecimal()
        and month.isdecimal()
        and len(year) == 4
        and 1 <= int(month) <= 12
        and months.FIRST_YEAR <= int(year) <= 9998
    ):
        raise Http404
    begin, end = months.bounds(int(year), int(month))
    stories = (
        Article.objects.published().filter(published_at__gte=begin, published_at__lt=end).exclude(KEPT_OUT)
    )
    stories = list(_light(stories).order_by("-published_at", "-pk")[:MOST])
    if not stories:
        raise Http404

    def write(xml):
        for story in stories:
            _entry(xml, "url", story.get_absolute_url(), story.modified_at or story.published_at)

    return _xml("urlset", {"xmlns": SITEMAP}, write)


def _light(stories):
    return stories.select_related("section").only(
        "slug", "title", "language", "published_at", "modified_at", "section__path"
    )


def _write_lists(xml):
    key = Concat(Value("section:"), Cast(OuterRef("pk"), CharField()))
    rows = Listing.objects.filter(list=key, published_at__lte=timezone.now()).order_by("-published_at")
    sections = Section.objects.annotate(newest=Subquery(rows.values("published_at")[:1])).exclude(newest=None)
    sections = list(sections)
    _entry(xml, "url", "/", max((section.newest for section in sections), default=None))
    for section in sections:
        _entry(xml, "url", section.get_absolute_url(), section.newest)
    for page in Page.objects.filter(is_published=True):
        _entry(xml, "url", page.get_absolute_url())
    for author in Author.objects.all()[: MOST // 2]:
        _entry(xml, "url", author.get_absolute_url())


@require_safe
def news(request):
    """The stories of the last 48 hours, at most 1,000, for news search."""
    paper, since = Masthead.current(), timezone.now() - timedelta(hours=48)
    stories = Article.objects.published().filter(published_at__gte=since).exclude(KEPT_OUT_OF_NEWS)
    stories = list(_light(stories).order_by("-published_at", "-pk")[:MOST_NEWS])

    def write(xml):
        for story in stories:

            def more(xml, story=story):
                xml.startElement("news:news", {})
                xml.startElement("news:publication", {})
                xml.addQuickElement("news:name", plain_characters(paper.name))
                xml.addQuickElement("news:language", story.language)
                xml.endElement("news:publication")
                at = timezone.localtime(story.published_at).isoformat(timespec="seconds")
                xml.addQuickElement("news:publication_date", at)
                xml.addQuickElement("news:title", story.title)
                xml.endElement("news:news")

            _entry(xml, "url", story.get_absolute_url(), story.modified_at or story.published_at, more)

    return _xml("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS}, write)

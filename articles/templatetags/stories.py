"""Parts of stories on public pages: bylines, texts, structured data, the section menu."""

import json
from itertools import groupby
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Byline
from articles.tree import Tree
from richtext.render import render as render_text

register = template.Library()

SCRIPT_SAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
FEWEST_PARAGRAPHS, AFTER = 6, 4  # a text shorter than this is not interrupted; others after this paragraph


@register.simple_tag
def json_ld(data):
    """A data block with this dict: it runs nothing, so that no content policy forbids it."""
    text = json.dumps(data, ensure_ascii=False).translate(SCRIPT_SAFE)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


class Navigation:
    """What the head and foot of a page show of the section tree, on pages in one language."""

    def __init__(self, language, section=None):
        tree = Tree.current()
        self.tree, self.language = tree, language or tree.language
        self.inside = {step.pk for step in tree.line(section)} if section else set()
        self.home = tree.home(self.language)
        self.line = [self._item(top, section) for top in tree.roots(self.language)]
        self.languages = [(code, url, code == self.language) for code, url in tree.languages()]

    def _item(self, section, current):
        foreign = self.language != self.tree.language
        return {
            "section": section,
            "children": [] if foreign else self.tree.children(section),
            "current": "page" if current == section else ("true" if section.pk in self.inside else ""),
        }


@register.simple_tag(takes_context=True)
def navigation(context):
    """`{% navigation as nav %}`: see `Navigation`; for the page's `language` and `section`."""
    return Navigation(context.get("language"), context.get("section") or None)


@register.simple_tag
def crumbs(section):
    """The sections from the top of the tree down to this one."""
    return Tree.current().line(section)


@register.simple_tag
def sub_sections(section):
    """The sub-sections shown under a section's name."""
    return Tree.current().children(section)


def _listed(items):
    """ "A", "A et B", "A, B et C" from safe strings."""
    *first, last = items
    return format_html("{} {} {}", mark_safe(", ".join(first)), _("and"), last) if first else last


def _names(bylines, *, links):
    if links:
        return _listed(
            [
                format_html('<a href="{}" rel="author">{}</a>', b.author.get_absolute_url(), b.author.name)
                for b in bylines
            ]
        )
    return format_html("<b>{}</b>", _listed([conditional_escape(b.author.name) for b in bylines]))


def by_role(bylines):
    return {
        role: list(group)
        for role, group in groupby(sorted(bylines, key=lambda b: b.role), key=lambda b: b.role)
    }


@register.simple_tag
def byline(bylines):
    """Who signs, with links: a paragraph for those of the text, one for pictures, one for the translation."""
    roles, role, parts = by_role(bylines), Byline.Role, []
    if roles.get(role.TEXT):
        line = format_html("{} {}", _("By"), _names(roles[role.TEXT], links=True))
        if roles.get(role.WITH):
            line = format_html("{} {} {}", line, _("with"), _names(roles[role.WITH], links=True))
        parts.append(("byline", line))
    elif roles.get(role.WITH):
        parts.append(("byline", format_html("{} {}", _("With"), _names(roles[role.WITH], links=True))))
    if roles.get(role.PHOTO):
        parts.append(("", format_html("{} {}", _("Photos:"), _names(roles[role.PHOTO], links=True))))
    if roles.get(role.TRANSLATION):
        parts.append(
            ("", format_html("{} {}", _("Translation:"), _names(roles[role.TRANSLATION], links=True)))
        )
    return format_html_join(
        "\n", "<p{}>{}</p>", ((mark_safe(' class="byline"') if c else "", p) for c, p in parts)
    )


@register.simple_tag
def signed(story):
    """Who wrote it or where it is from, on a card: "Par Maëlle Torrekens", "Source : partner.example"."""
    if story.source_id:
        return format_html("{} {}", _("Source:"), story.source.name)
    writers = [b for b in story.bylines.all() if b.role == Byline.Role.TEXT]
    return format_html("{} {}", _("By"), _names(writers, links=False)) if writers else ""


@register.simple_tag
def writer(story):
    """The first who signs the text of an opinion, or None."""
    return next((b.author for b in story.bylines.all() if b.role == Byline.Role.TEXT), None)


@register.simple_tag
def credit(image):
    """Who made a picture, after "Photo:" unless the credit itself says what it is ("Illustration : …")."""
    said = image.credit if ":" in image.credit else format_html("{} {}", _("Photo:"), image.credit)
    return format_html('<span class="credit">{}</span>', said) if image.credit else ""


@register.tag
def story_text(parser, token):
    """`{% story_text body links %}…{% endstory_text %}`: the text; what stands between goes into a long one.

    `links` is {id: (address, title)} of the public stories it may link to.
    """
    _name, body, links = token.split_contents()
    nodes = parser.parse(("endstory_text",))
    parser.delete_first_token()
    return StoryText(parser.compile_filter(body), parser.compile_filter(links), nodes)


class StoryText(template.Node):
    def __init__(self, body, links, nodes):
        self.body, self.links, self.nodes = body, links, nodes

    def render(self, context):
        body, links = self.body.resolve(context), self.links.resolve(context) or {}
        inside = self.nodes.render(context).strip() if body.count("<p") >= FEWEST_PARAGRAPHS else ""
        options = {"insert_after": (AFTER, mark_safe(inside))} if inside else {}
        return render_text(
            body, resolve_article=lambda ids: {pk: links[pk] for pk in ids if pk in links}, **options
        )


@register.filter
def by_day(stories):
    """Stories newest first as (date, stories of that day) pairs, in the paper's time zone."""
    return [
        (date, list(group))
        for date, group in groupby(stories, key=lambda s: timezone.localdate(s.published_at))
    ]


@register.filter
def absolute(path):
    """The whole address of a path of ours."""
    return settings.SITE_URL + path


@register.simple_tag
def language_name(code):
    """A language's own name: "Nederlands"."""
    return {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}.get(code, code)


@register.filter
def foreign(code):
    """Whether something in this language needs `lang` on the page being rendered."""
    return bool(code) and code != get_language()


@register.filter
def icon_url(image):
    """The address of a square picture's smallest rendition."""
    return image.url("1x1", 400, "webp")


@register.simple_tag
def footer_links(entries):
    """The lists every foot of a page leads to, those left out that the menu's `entries` already have."""
    there = {entry["url"] for entry in entries}
    links = [
        ("/latest/", _("Latest news")),
        ("/most-read/", _("Most read")),
        ("/corrections/", _("Corrections")),
    ]
    return [(url, label) for url, label in [*links, ("/feed/", _("RSS feed"))] if url not in there]


@register.filter
def host(address):
    """The host of a web address, for people: "partner.example"."""
    return (urlsplit(address).hostname or address).removeprefix("www.")

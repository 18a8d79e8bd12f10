"""The line of breaking news above every page."""

from django import template

import pagecache
from articles.models import Article
from articles.tree import Tree
from frontpage.models import BAND, slots_now
from masthead.models import Masthead

register = template.Library()


@register.simple_tag(takes_context=True)
def breaking_news(context, language):
    """(text, address) of the line that holds now on pages in this language; None for none. The address may be ""."""
    previewed = getattr(context.get("request"), "slots", None)
    if previewed is not None:
        return _line(previewed.get(BAND))
    return pagecache.once_per_change(f"breaking {language}", lambda: _line(_band(language)))


def _band(language):
    section = None
    if language != Masthead.current().language:
        tops = Tree.current().below.get(None, [])
        section = next((section for section in tops if section.language == language), None)
        if section is None:
            return None
    return slots_now(section).get(BAND)


def _line(band):
    if band is None:
        return None
    story = None
    if band.article_id:
        story = Article.objects.published().filter(pk=band.article_id).select_related("section").first()
        if story is None:  # it speaks of a story that was taken down
            return None
    text = band.title or (story.title if story else "")
    return (text, story.get_absolute_url() if story else "") if text else None

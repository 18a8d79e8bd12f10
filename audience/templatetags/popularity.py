"""What pages show of what readers read."""

from django import template
from django.utils.translation import get_language

from articles.models import Listing
from audience.ranking import most_read
from masthead.models import Masthead

register = template.Library()


@register.simple_tag
def most_popular(section=None, exclude=(), window=None, length=None):
    """`{% most_popular section=s exclude=a as stories %}`: the most read there, or in the page's language.

    A list of articles with what a card needs; its `window` is "now", "week" or, while there are no reads,
    "newest". `exclude` is an article or several. Window and length come from the masthead unless given.
    """
    paper = Masthead.current()
    key = Listing.key_of(section or (get_language() or paper.language).split("-")[0])
    left_out = [exclude] if hasattr(exclude, "pk") else exclude or ()
    ids = {getattr(article, "pk", article) for article in left_out}
    return most_read(key, window or paper.popular_window, length or paper.popular_length, ids)

"""The paper's identity and menus, for every public page."""

from django import template

from masthead import views
from masthead.models import Masthead, MenuEntry, Page

register = template.Library()


@register.simple_tag(name="masthead")
def current():
    """`{% masthead as paper %}`: the masthead."""
    return Masthead.current()


@register.simple_tag
def menu(place, language=None):
    """`{% menu "footer" as entries %}`: what the menu there shows, each with `label` and `url`."""
    return MenuEntry.shown(place, language)


@register.simple_tag
def paper_css():
    """`{% paper_css as accents %}`: the address of the small sheet with the accents; "" if there are none."""
    return views.paper_css_url(Masthead.current())


@register.simple_tag
def page_of_kind(kind, language=""):
    """`{% page_of_kind "privacy" as page %}`: the published page of that kind, or None."""
    return Page.of_kinds(language).get(kind)

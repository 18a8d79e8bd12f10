"""`{% picture image sizes="…" ratio="16x9" lead=True %}`: a picture of the library on a page."""

from django import template

from images.markup import picture_html

register = template.Library()


@register.simple_tag
def picture(image, sizes="100vw", ratio="full", lead=False, alt=None, small_ratio=None):
    """The picture as `<picture>` (see `images.markup.picture_html`); nothing if there is none to show yet."""
    if not image:
        return ""
    return picture_html(image, sizes=sizes, ratio=ratio, lead=lead, alt=alt, small_ratio=small_ratio)

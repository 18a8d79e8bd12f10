"""`{% slot "header" %}`: what is booked in a spot, labelled; nothing if nothing is."""

from django import template

from adverts.labels import labels
from adverts.models import SHAPES, current

register = template.Library()

SIZES = {
    "wide": "(min-width: 44rem) 60.625rem, 18.75rem",
    "midway": "(min-width: 44rem) 40rem, 18.75rem",
    "tall": "18.75rem",
}


@register.inclusion_tag("adverts/slot.html")
def slot(key):
    """The spot's labelled box. Raises KeyError for a spot that does not exist."""
    shape, booking = SHAPES[key], current().get(key)
    picture = booking.image if booking and booking.image_id and booking.image.is_ready else None
    return {
        "booking": booking,
        "shape": shape,
        "sizes": SIZES[shape.css],
        "words": labels(),
        "picture": picture,
        "alt": booking and (booking.alt or (picture and picture.alt) or booking.advertiser),
    }

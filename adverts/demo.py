"""The demo paper's bookings."""

from datetime import timedelta

from adverts.models import Booking, Spot


def load(loader):
    """Book each spot for two months around the day of installation."""
    for entry in loader.paper.get("booking", []):
        spot, _made = Spot.objects.get_or_create(key=entry["spot"])
        Booking.objects.create(
            spot=spot,
            advertiser=entry["advertiser"],
            text=entry.get("text", ""),
            url=entry["address"],
            image=loader.images.get(entry.get("picture")),
            alt=entry.get("alt", ""),
            starts=loader.now - timedelta(days=2),
            ends=loader.now + timedelta(days=60),
        )

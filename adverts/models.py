"""Places for advertising on our pages, and who has which of them when. One booking a place at a time."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import pagecache


class Shape(NamedTuple):
    """A spot's box: its class in the style sheet, which reserves it, and its sizes in CSS pixels."""

    css: str
    width: int
    height: int
    phone_width: int = 300
    phone_height: int = 250


SHAPES = {
    "header": Shape("wide", 970, 90, 320, 100),
    "front": Shape("wide", 970, 250),
    "beside": Shape("tall", 300, 600, 300, 600),
    "midway": Shape("midway", 640, 200),
    "after": Shape("midway", 640, 200),
}


class Spot(models.Model):
    """A place on our pages. Its size is the style sheet's, so that nothing moves when a page loads."""

    class Key(models.TextChoices):
        HEADER = "header", _("under the header")
        FRONT = "front", _("on the front page")
        BESIDE = "beside", _("beside a text")
        MIDWAY = "midway", _("within a text")
        AFTER = "after", _("after a text")

    key = models.CharField(_("place"), max_length=20, choices=Key.choices, unique=True)
    is_open = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("A place that is not in use shows nothing, whatever is booked."),
    )

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("advertising spot")
        verbose_name_plural = _("advertising spots")
        ordering = ["id"]

    def __str__(self):
        return self.get_key_display()

    @property
    def shape(self):
        return SHAPES[self.key]


class BookingQuerySet(pagecache.PublicQuerySet):
    def current(self, now=None):
        """What is shown at `now` (default: this moment)."""
        now = now or timezone.now()
        return self.filter(spot__is_open=True, starts__lte=now, ends__gt=now)


class Booking(models.Model):
    """That an advertiser has a spot from one moment until another."""

    spot = models.ForeignKey(Spot, models.PROTECT, related_name="bookings", verbose_name=_("place"))
    advertiser = models.CharField(
        _("advertiser"), max_length=120, db_index=True, help_text=_("Readers see who speaks to them.")
    )
    url = models.URLField(
        _("leads to"), max_length=1000, validators=[URLValidator(schemes=["http", "https"])]
    )
    image = models.ForeignKey(
        "images.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("In the proportions of the place if it stands alone; beside a text it is cropped."),
    )
    alt = models.CharField(
        _("what the picture says"),
        max_length=300,
        blank=True,
        help_text=_("For those who do not see it: the words on it. Empty: the picture's own description."),
    )
    text = models.CharField(
        _("text"),
        max_length=160,
        blank=True,
        help_text=_("Shown with the advertiser's name, beside the picture if there is one."),
    )
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    is_political = models.BooleanField(
        _("political"),
        default=False,
        help_text=_(
            "Meant to influence a vote, an election or a law: Regulation (EU) 2024/900 asks for more."
        ),
    )
    sponsor = models.CharField(
        _("paid for by"),
        max_length=200,
        blank=True,
        help_text=_("And, where there is one, who controls them."),
    )
    vote = models.CharField(
        _("vote or process"),
        max_length=200,
        blank=True,
        help_text=_("The election, referendum or law it is about."),
    )
    notice_url = models.URLField(
        _("transparency notice"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The address of the notice the regulation asks for."),
    )

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-starts", "-id"]
        indexes = [
            models.Index(fields=["spot", "-starts"], name="booking_spot"),
            models.Index(fields=["ends"], name="booking_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="booking_ends_after_start",
                violation_error_message=_("It ends before it starts. Choose a later end."),
            )
        ]

    def __str__(self):
        return f"{self.advertiser}, {self.spot}"

    def clean(self):
        errors = {}
        if not self.image_id and not self.text.strip():
            errors["text"] = _now("Choose a picture or write a text: one of them is needed.")
        if self.is_political and not self.sponsor.strip():
            errors["sponsor"] = _now("Say who paid for it: readers of political advertising must be told.")
        if self.is_political and not self.notice_url.strip():
            errors["notice_url"] = _now(
                "Give the address of the transparency notice: political advertising needs one."
            )
        if self.starts and self.ends:
            if self.ends <= self.starts:
                errors["ends"] = _now("It ends before it starts. Choose a later end.")
            elif other := self.in_the_way():
                errors["starts"] = _now(
                    "“%(advertiser)s” has this place from %(starts)s until %(ends)s. "
                    "Choose other dates or another place."
                ) % {
                    "advertiser": other.advertiser,
                    "starts": _moment(other.starts),
                    "ends": _moment(other.ends),
                }
        if errors:
            raise ValidationError(errors)

    def in_the_way(self):
        """Another booking of the same spot for part of the same time, or None."""
        others = Booking.objects.filter(spot=self.spot_id, starts__lt=self.ends, ends__gt=self.starts)
        return others.exclude(pk=self.pk).order_by("starts").first()

    @property
    def state_label(self):
        """Whether it is running, in words."""
        now = timezone.now()
        if self.starts > now:
            return _("to come")
        return _("running") if self.ends > now else _("over")


def _moment(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def current():
    """What is booked now: `{spot key: booking}`, read once per change."""
    return pagecache.once_per_change("bookings", _current)


def _current():
    # Two at once cannot be entered; should it happen, the one that began first stays.
    rows = Booking.objects.current().select_related("spot", "image").order_by("-starts", "-id")
    return {booking.spot.key: booking for booking in rows}


def next_boundary(now):
    """When, after `now`, a booking next begins or ends; None if none does."""
    moments = [
        Booking.objects.filter(starts__gt=now).aggregate(m=Min("starts"))["m"],
        Booking.objects.filter(ends__gt=now).aggregate(m=Min("ends"))["m"],
    ]
    return min((moment for moment in moments if moment), default=None)


def image_usage(image_ids):
    """Where these pictures are used: (image id, words, admin address) for bookings.

    The words name no advertiser: journalists read them too.
    """
    rows, name = [], capfirst(Booking._meta.verbose_name)
    for booking in Booking.objects.filter(image__in=image_ids).select_related("spot")[:200]:
        address = reverse("admin:adverts_booking_change", args=[booking.pk])
        rows.append((booking.image_id, f"{name}, {booking.spot}", address))
    return rows

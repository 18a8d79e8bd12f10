"""Dates and times as a newspaper writes them in its language: "24 novembre 2026 à 13 h 40".

All of them in the paper's time zone, absolute, with the exact moment in `datetime`: `js/time-ago.js` makes
those of the last day relative.
"""

from django import template
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# Django's own format letters. French and German set the hour apart with a no-break space.
CLOCK = {"fr": "H\u00a0\\h\u00a0i", "nl": "H.i", "de": "H.i", "en": "H:i"}
DAY = {"fr": "j F Y", "nl": "j F Y", "de": "j. F Y", "en": "j F Y"}
SHORT_DAY = {"fr": "j\u00a0N", "nl": "j\u00a0N", "de": "j.\u00a0N", "en": "j\u00a0M"}
WEEKDAY = {"fr": "l j F", "nl": "l j F", "de": "l, j. F", "en": "l j F"}
JOINED = {"fr": "{} à {}", "nl": "{} om {} uur", "de": "{} um {} Uhr", "en": "{} at {}"}


def _in(formats, at):
    language = (translation.get_language() or "en")[:2]
    written = format_date(at, formats.get(language, formats["en"]))
    return (
        written.replace("1 ", "1er ", 1)
        if language == "fr" and at.day == 1 and written.startswith("1 ")
        else written
    )


def clock(at):
    """The time of day: "13 h 40"."""
    return _in(CLOCK, timezone.localtime(at))


def day(at):
    """The date: "24 novembre 2026". Takes a date or a moment."""
    return _in(DAY, timezone.localtime(at) if hasattr(at, "tzinfo") else at)


def moment(at):
    """Date and time: "24 novembre 2026 à 13 h 40"."""
    language = (translation.get_language() or "en")[:2]
    return JOINED.get(language, JOINED["en"]).format(day(at), clock(at))


def _element(at, written, *, title=""):
    exact = timezone.localtime(at).isoformat(timespec="seconds")
    if title:
        return format_html('<time datetime="{}" title="{}">{}</time>', exact, title, written)
    return format_html('<time datetime="{}">{}</time>', exact, written)


def is_today(at):
    return timezone.localdate(at) == timezone.localdate()


@register.simple_tag(name="moment")
def moment_tag(at):
    """The whole date and time, as under a title."""
    return _element(at, moment(at))


@register.simple_tag(name="clock")
def clock_tag(at):
    """The time of day of one of today's stories, the short date of an older one; for columns of times."""
    short = clock(at) if is_today(at) else _in(SHORT_DAY, timezone.localtime(at))
    return _element(at, short, title=moment(at))


@register.simple_tag(name="hour")
def hour_tag(at):
    """The time of day, where the date stands above."""
    return _element(at, clock(at), title=moment(at))


@register.simple_tag
def ago(at):
    """The time of one of today's stories, the date of an older one; a script says how long ago."""
    written = clock(at) if is_today(at) else day(at)
    return format_html("<time-ago>{}</time-ago>", _element(at, written, title=moment(at)))


@register.simple_tag(name="day")
def day_tag(at):
    """The date of a moment."""
    return _element(at, day(at))


@register.simple_tag
def today():
    """Today's date with its weekday: "Mardi 24 novembre 2026"."""
    now = timezone.localtime()
    written = f"{_in(WEEKDAY, now)} {now.year}"
    written = written[:1].upper() + written[1:]
    return format_html('<time datetime="{}">{}</time>', now.date().isoformat(), written)


@register.filter
def weekday(date):
    """A day of a list with its weekday, the year added if it is not this one: "Mardi 24 novembre"."""
    written = _in(WEEKDAY, date)
    written = written[:1].upper() + written[1:]
    return written if date.year == timezone.localdate().year else f"{written} {date.year}"


@register.filter
def month_name(date):
    """ "Novembre 2026" of any day in it."""
    written = format_date(date, "F Y")
    return mark_safe(written[:1].upper() + written[1:])


@register.filter
def iso(at):
    """The moment as ISO 8601 with the paper's offset, for meta elements."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""

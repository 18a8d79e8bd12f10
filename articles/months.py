"""Which months a list has stories in: fixed archives that crawlers can walk, found without reading the archive."""

from datetime import datetime

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from articles.models import Listing

FIRST_YEAR = 1900  # no story is older: nothing answers for a month before


def bounds(year, month):
    """The first moment of a month in the paper's time zone, and the first of the next."""
    zone = timezone.get_current_timezone()
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)


def of_list(target, now=None):
    """The (year, month) pairs, newest first, in which stories of this list became public.

    Two queries, whose cost is one look into the index for each month since the first story.
    """
    key, now = Listing.key_of(target), now or timezone.now()
    rows = Listing.objects.filter(list=key, published_at__gte=bounds(FIRST_YEAR, 1)[0], published_at__lte=now)
    ends = rows.aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return []
    first, last = timezone.localtime(ends["first"]), timezone.localtime(ends["last"])
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    months = [(year, month + 1) for year, month in months]
    found = []
    for start in range(0, len(months), 200):
        found += _with_stories(key, months[start : start + 200], now)
    return found[::-1]


def _with_stories(key, months, now):
    table = connection.ops.quote_name(Listing._meta.db_table)
    one = f"EXISTS(SELECT 1 FROM {table} WHERE list = %s AND published_at >= %s AND published_at < %s)"  # noqa: S608
    adapt, values = connection.ops.adapt_datetimefield_value, []
    for year, month in months:
        begin, end = bounds(year, month)
        values += [key, adapt(begin), adapt(min(end, now))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([one] * len(months)), values)
        return [month for month, there in zip(months, cursor.fetchone(), strict=True) if there]

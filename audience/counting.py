"""Counting reads: in memory first, then into the database every ten seconds and when the process ends.

What `kill -9` loses is what was read in the last ten seconds.
"""

import atexit
import ipaddress
import logging
import secrets
import threading
import time
from collections import Counter, OrderedDict
from datetime import timedelta
from hashlib import blake2b

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from django.utils import timezone

from articles.models import Article
from audience.decay import HALF_LIFE, added_sql, score
from audience.models import DailyViews, HourlyViews, Popularity

log = logging.getLogger(__name__)

EVERY = 10  # seconds between two writes
ONCE_IN = 600  # seconds in which a network counts once for a story
KEY_LASTS = 3600  # seconds
MOST_NEW = 2000  # ids counted between two writes without having been seen public: more are invented
MOST_KNOWN = 10_000  # stories remembered as public
MOST_SEEN = 200_000  # networks remembered
HOURS, DAYS = timedelta(hours=72), timedelta(days=400)


def network(address):
    """The network an address belongs to, as providers share them out: /24 or /48. "" if it is none."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


class Seen:
    """Which network was counted for which story in the last ten minutes.

    Only a keyed hash is remembered, in this process's memory; its key is random and replaced every hour. No
    process knows another's: with two web processes a network may count twice, never more often.
    """

    def __init__(self):
        self.hashes, self.key, self.key_made = OrderedDict(), b"", float("-inf")

    def before(self, article_id, net, now):
        """Whether it was, at `now` (seconds that only go forward); remembered from now on."""
        if now - self.key_made >= KEY_LASTS:
            self.key, self.key_made = secrets.token_bytes(32), now
            self.hashes.clear()
        while self.hashes and (
            len(self.hashes) >= MOST_SEEN or now - next(iter(self.hashes.values())) >= ONCE_IN
        ):
            self.hashes.popitem(last=False)
        mark = blake2b(f"{article_id} {net}".encode(), key=self.key, digest_size=12).digest()
        if mark in self.hashes:
            return True
        self.hashes[mark] = now
        return False


class Tally:
    """This process's count: `add` as requests come, `flush` from time to time.

    Anybody can send an id. Only `flush` asks which of them are public stories: what it once found so is counted
    however many others are sent, and of those others only so many are held.
    """

    def __init__(self):
        self.lock, self.seen, self.reads, self.thread = threading.Lock(), Seen(), Counter(), None
        self.known = {}  # the stories found public, the latest last
        self.new = 0  # how many of `reads` are not known

    def add(self, article_id, address, now=None):
        """Count a read of this story from this address; returns whether it counted."""
        net = network(address)
        with self.lock:
            if not net or not self._has_room(article_id):
                return False
            if self.seen.before(article_id, net, time.monotonic() if now is None else now):
                return False
            self._hold(article_id, 1)
        return True

    def _has_room(self, article_id):
        return article_id in self.reads or article_id in self.known or self.new < MOST_NEW

    def _hold(self, article_id, reads):
        self.new += article_id not in self.reads and article_id not in self.known
        self.reads[article_id] += reads

    def flush(self):
        """Write what was counted. If the database does not take it, it is kept for the next time."""
        with self.lock:
            reads, self.reads, self.new = self.reads, Counter(), 0
        if not reads:
            return
        try:
            public = write(reads)
        except (DatabaseError, InterfaceError):
            log.exception(
                "The reads of the last seconds could not be written; they are kept for the next time."
            )
            with self.lock:
                for article_id, n in reads.items():
                    if self._has_room(article_id):
                        self._hold(article_id, n)
            return
        with self.lock:
            for article_id in public:
                self.known.pop(article_id, None)
                self.known[article_id] = True
            for article_id in list(self.known)[:-MOST_KNOWN]:
                del self.known[article_id]

    def start(self):
        """Have `flush` called every ten seconds and when this process ends."""
        with self.lock:
            if self.thread and self.thread.is_alive():
                return
            self.thread = threading.Thread(target=self._keep_flushing, name="reads", daemon=True)
            self.thread.start()
            atexit.register(self.flush)

    def _keep_flushing(self):
        while True:
            time.sleep(EVERY)
            close_old_connections()
            self.flush()
            close_old_connections()


tally = Tally()  # of this process


def write(reads, at=None):
    """Add `{article id: reads}` to hours, days and scores: three upserts. What is not public is left out.

    Returns the ids of the public ones.
    """
    at = at or timezone.now()
    public = Article.objects.published().filter(pk__in=list(reads)).values_list("pk", flat=True)
    # In one order everywhere: two processes that write at once then wait for each other, not in a circle.
    rows = [(pk, reads[pk]) for pk in sorted(public)]
    if not rows:
        return []
    adapt = connection.ops
    hour = adapt.adapt_datetimefield_value(at.replace(minute=0, second=0, microsecond=0))
    day = adapt.adapt_datefield_value(timezone.localtime(at).date())
    moment = at.timestamp()
    scored = [(pk, n, *(score(n, moment, window) for window in HALF_LIFE)) for pk, n in rows]
    with transaction.atomic():
        _upsert(HourlyViews, ("article_id", "hour"), ("reads",), [(pk, hour, n) for pk, n in rows])
        _upsert(DailyViews, ("article_id", "day"), ("reads",), [(pk, day, n) for pk, n in rows])
        _upsert(Popularity, ("article_id",), ("reads", *HALF_LIFE), scored)
    return [pk for pk, _n in rows]


def _upsert(model, keys, values, rows):
    """Insert the rows; where one is there already, add: counts as numbers, scores by `added_sql`."""
    table = model._meta.db_table
    added = {
        name: f"{table}.{name} + excluded.{name}"
        if name == "reads"
        else added_sql(f"{table}.{name}", f"excluded.{name}")
        for name in values
    }
    columns = ", ".join((*keys, *values))
    one = "(" + ", ".join(["%s"] * (len(keys) + len(values))) + ")"
    sets = ", ".join(f"{name} = {sql}" for name, sql in added.items())
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 500):
            some = rows[start : start + 500]
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(some))} "  # noqa: S608 - names of ours
                f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets}",
                [value for row in some for value in row],
            )


def tidy(now=None):
    """Forget hours after 72 hours and days after 400; the totals stay."""
    now = now or timezone.now()
    HourlyViews.objects.filter(hour__lt=now - HOURS).delete()
    DailyViews.objects.filter(day__lt=(now - DAYS).date()).delete()

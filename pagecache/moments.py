"""When what is public changes by itself, and what stays the same until then."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """What a request found when it began: the generation's number (None: there is none) and the time."""

    number: int | None
    now: datetime


@dataclass(frozen=True)
class Part:
    """A value, the number it belongs to and the moment until which it holds."""

    number: int
    until: datetime
    value: object

    def holds(self, reading):
        return self.number == reading.number and reading.now < self.until


class Parts:
    """What this process remembers of the present generation, by name."""

    def __init__(self):
        self.boundaries, self.kept = [], {}

    def boundary(self, func):
        if func not in self.boundaries:
            self.boundaries.append(func)
        return func

    def until(self, reading):
        part = self.kept.get("")
        if part is None or not part.holds(reading):
            with _within(None):  # a boundary may use `once_per_change`, which would ask for boundaries
                moments = [func(reading.now) for func in self.boundaries]
            until = min((moment for moment in moments if moment), default=NEVER)
            part = Part(reading.number, until, until)
            if reading.number is not None:
                self.kept[""] = part
        return part.until

    def once_per_change(self, name, build):
        reading = _reading.get()
        if reading is None or reading.number is None:
            return build()
        part = self.kept.get(name)
        if part is None or not part.holds(reading):
            part = self.kept[name] = Part(reading.number, self.until(reading), build())
        return part.value


_reading = ContextVar("pagecache_reading", default=None)
_parts = Parts()


def boundary(func):
    """Register `func(now) -> datetime | None`: when, after `now`, public state next changes by itself.

    Usable as a decorator; call it in AppConfig.ready.
    """
    return _parts.boundary(func)


def next_boundary(reading):
    """The first boundary after the time of `reading`; `NEVER` if there is none."""
    return _parts.until(reading)


def once_per_change(name, build):
    """`build()`, kept in this process while the generation stays the same and no boundary passes.

    For parts that many pages share (menu, section tree, ranking): `name` says all the value depends on, the
    language included if it holds translated words. The value is shared: read it, never change it. Outside a
    public request it is built each time.
    """
    return _parts.once_per_change(name, build)


def read(number):
    """A context in which `once_per_change` keeps values for the generation `number`; gives the Reading."""
    return _within(Reading(number, timezone.now()))


@contextmanager
def _within(reading):
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)

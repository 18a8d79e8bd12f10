"""Where kept pages lie: this process's memory, or Redis. Whether one is still right is not their business."""

import hashlib
import json
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Lock

import redis
from django.conf import settings

log = logging.getLogger(__name__)

LONGEST_KEPT = 86_400  # seconds: as long as `stale-if-error` allows
PER_PAGE = 1_000  # bytes a page costs beside its body and headers, roughly


@dataclass(frozen=True)
class Page:
    """A rendered page: the generation read before, when it stops being right, when it was made, its bytes."""

    number: int
    until: datetime
    made: float
    headers: tuple
    body: bytes

    @property
    def size(self):
        return PER_PAGE + len(self.body) + sum(len(name) + len(value) for name, value in self.headers)

    def to_bytes(self):
        head = [self.number, self.until.isoformat(), self.made, self.headers]
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, data):
        """Raises ValueError if `data` is not what `to_bytes` gave."""
        head, _, body = data.partition(b"\n")
        number, until, made, headers = json.loads(head)
        return cls(number, datetime.fromisoformat(until), made, tuple((n, v) for n, v in headers), body)


class Pause:
    """Remembers that something did not answer, so that not every request waits for it again."""

    def __init__(self, seconds):
        self.seconds, self.until = seconds, 0.0

    def begin(self):
        self.until = time.monotonic() + self.seconds

    def __bool__(self):
        return time.monotonic() < self.until


class MemoryStore:
    """Pages in this process, at most `limit` bytes of them; the least recently used one goes first."""

    def __init__(self, limit):
        self.limit, self.bytes = limit, 0
        self.pages, self.lock = OrderedDict(), Lock()

    def get(self, key):
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def set(self, key, page):
        with self.lock:
            self._drop(key)
            if page.size > self.limit:
                return
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.limit:
                self._drop(next(iter(self.pages)))

    def delete(self, key):
        with self.lock:
            self._drop(key)

    def _drop(self, key):
        page = self.pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size


class RedisStore:
    """Pages in Redis, for all processes and machines. If it does not answer, nothing is kept: no error."""

    def __init__(self, url):
        self.client = redis.Redis.from_url(url, socket_timeout=0.25, socket_connect_timeout=0.25)
        self.pause = Pause(seconds=5)

    def get(self, key):
        data = self._ask(self.client.get, self._name(key))
        try:
            return Page.from_bytes(data) if data else None
        except ValueError:
            return None  # written by another release

    def set(self, key, page):
        self._ask(self.client.set, self._name(key), page.to_bytes(), ex=LONGEST_KEPT)

    def delete(self, key):
        self._ask(self.client.delete, self._name(key))

    def _name(self, key):
        name = f"{release()} {settings.SITE_URL} {key}"
        return "newsroom:page:" + hashlib.sha256(name.encode()).hexdigest()

    def _ask(self, command, *args, **kwargs):
        if self.pause:
            return None
        try:
            return command(*args, **kwargs)
        except redis.RedisError as error:
            self.pause.begin()
            log.warning("Redis does not answer, so pages are not kept for now: %s", error)
            return None


@cache
def release():
    """A fingerprint of code, templates and translations: a page made from other ones is not ours to serve."""
    digest = hashlib.sha256()
    names = {"*.py", "*.html", "*.xml", "*.txt", "*.mo"}
    files = {file for folder in _code() for name in names for file in folder.rglob(name)}
    for file in sorted([*files, settings.STATIC_ROOT / "staticfiles.json"]):
        if file.is_file():
            digest.update(str(file.relative_to(settings.BASE_DIR)).encode() + file.read_bytes())
    return digest.hexdigest()


def _code():
    """The folders a page is made from; those of packages and of the tests are not."""
    apart = {"tests", "media", "var", "node_modules", "docs", "bench", "deploy"}
    return [f for f in settings.BASE_DIR.iterdir() if f.is_dir() and f.name[0] != "." and f.name not in apart]


@cache
def store():
    """The store that the settings name."""
    return RedisStore(settings.REDIS_URL) if settings.REDIS_URL else MemoryStore(settings.PAGE_CACHE_BYTES)


def forget_pages():
    """Begin anew with an empty store in memory (tests, benchmarks). What is in Redis stays there."""
    store.cache_clear()

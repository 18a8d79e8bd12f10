"""Players of other houses that a story may hold, and the one address each is stored under.

A reader's browser asks them for nothing until the reader says so: see static/js/embed.js.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

# What a Content-Security-Policy has to name in `frame-src`, once a reader has asked for a player.
FRAME_HOSTS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://geo.dailymotion.com",
    "https://w.soundcloud.com",
)


@dataclass(frozen=True)
class Player:
    """What is needed to show an embed: `address` is the canonical one, `frame` the player's."""

    provider: str
    address: str
    frame: str
    ratio: str  # of the box reserved for it: "16x9", or "bar" for sound

    def __str__(self):
        return self.address


def player(url):
    """The Player behind `url` (a page, a short link or an iframe's address), or None if none is known."""
    url = url.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    if len(url) > 2000 or not url.startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        query = {name: values[0] for name, values in parse_qs(parts.query, max_num_fields=50).items()}
    except ValueError:
        return None
    finder = _HOSTS.get(host)
    return finder(parts.path, query, host) if finder else None


def canonical(url):
    """The address an embed is stored under, or None if `url` is not one of ours."""
    found = player(url)
    return found.address if found else None


def _youtube(path, query, host):
    if host == "youtu.be":
        video = path[1:]
    elif path == "/watch":
        video = query.get("v", "")
    else:
        match = re.fullmatch(r"/(?:embed|shorts|live|v)/([\w-]+)/?", path, re.ASCII)
        video = match[1] if match else ""
    if not re.fullmatch(r"[\w-]{11}", video, re.ASCII):
        return None
    start = re.fullmatch(r"(\d{1,5})s?", query.get("t") or query.get("start") or "", re.ASCII)
    address = f"https://www.youtube.com/watch?v={video}" + (f"&t={start[1]}" if start else "")
    frame = f"https://www.youtube-nocookie.com/embed/{video}" + (f"?start={start[1]}" if start else "")
    return Player("YouTube", address, frame, "16x9")


def _vimeo(path, query, host):
    match = re.fullmatch(r"/(?:video/)?(\d{3,12})(?:/([0-9a-f]{6,16}))?/?", path, re.ASCII)
    if not match:
        return None
    key = match[2] or query.get("h", "")
    key = key if re.fullmatch(r"[0-9a-f]{6,16}", key) else ""
    address = f"https://vimeo.com/{match[1]}" + (f"/{key}" if key else "")
    frame = f"https://player.vimeo.com/video/{match[1]}?dnt=1" + (f"&h={key}" if key else "")
    return Player("Vimeo", address, frame, "16x9")


def _dailymotion(path, query, host):
    if host == "dai.ly":
        video = path[1:]
    elif host == "geo.dailymotion.com":
        video = query.get("video", "")
    else:
        match = re.fullmatch(r"/(?:embed/)?video/([0-9a-zA-Z]+)(?:_[^/]*)?/?", path)
        video = match[1] if match else ""
    if not re.fullmatch(r"[0-9a-zA-Z]{5,12}", video):
        return None
    frame = f"https://geo.dailymotion.com/player.html?video={video}"
    return Player("Dailymotion", f"https://www.dailymotion.com/video/{video}", frame, "16x9")


def _soundcloud(path, query, host):
    if host == "w.soundcloud.com":
        return (
            player(query["url"])
            if path.startswith("/player") and _soundcloud_page(query.get("url"))
            else None
        )
    pattern = (
        r"/(?:tracks|playlists)/\d{1,12}"
        if host == "api.soundcloud.com"
        else r"/[\w-]{2,60}(?:/[\w-]{1,120}){1,2}"
    )
    if not re.fullmatch(pattern, path.rstrip("/"), re.ASCII):
        return None
    address = f"https://{host}{path.rstrip('/')}"
    frame = f"https://w.soundcloud.com/player/?url={quote(address, safe='')}&visual=false"
    return Player("SoundCloud", address, frame, "bar")


def _soundcloud_page(url):
    return bool(url) and re.match(r"https?://(?:www\.|m\.|api\.)?soundcloud\.com/", url)


_HOSTS = {
    "youtube.com": _youtube,
    "music.youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
    "dailymotion.com": _dailymotion,
    "geo.dailymotion.com": _dailymotion,
    "dai.ly": _dailymotion,
    "soundcloud.com": _soundcloud,
    "api.soundcloud.com": _soundcloud,
    "w.soundcloud.com": _soundcloud,
}

"""Which addresses a link in a text may have, and how they are written."""

import re
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
_UNSAFE = str.maketrans({character: f"%{ord(character):02X}" for character in ' "<>`{}|\\^'})
# What browsers skip within an address and what cannot be seen.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff\ue001]")
_HOST = re.compile(r"[^\W_]([\w.-]*[^\W_])?", re.UNICODE)
# Addresses that only lead on, and the parameter that says where to: Google Docs, Facebook and Outlook write their own
# around every link.
_WRAPPERS = [
    (re.compile(r"https?://(?:www\.)?google(?:\.[a-z]{2,3}){1,2}/url\?", re.IGNORECASE), ("q", "url")),
    (re.compile(r"https?://lm?\.facebook\.com/l\.php\?", re.IGNORECASE), ("u",)),
    (re.compile(r"https?://[\w.-]+\.safelinks\.protection\.outlook\.com/[^?#]*\?", re.IGNORECASE), ("url",)),
]
KEPT_REL = ("nofollow", "sponsored", "ugc")


def safe_address(address):
    """`address` as it may be stored (http, https, mailto, tel, or a path of this site), or None."""
    address = _UNWANTED.sub("", address).strip().translate(_UNSAFE)
    if not address or len(address) > 2000:
        return None
    address = _unwrapped(address)
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.startswith("/"):
        return address
    elif address.lower().startswith("www."):
        address = f"https://{address}"
    match = _SCHEME.match(address)
    scheme = match[1].lower() if match else ""
    rest = address[match.end() :] if match else ""
    if scheme in ("http", "https"):
        return _web_address(scheme, rest)
    if scheme == "mailto":
        return f"mailto:{rest}" if re.fullmatch(r"[^@/]+@[^@/]+", rest) else None
    if scheme == "tel":
        number = rest.replace("%20", "")
        return f"tel:{number}" if re.fullmatch(r"\+?[\d().-]{3,30}", number, re.ASCII) else None
    return None


def _unwrapped(address):
    """Where `address` leads, however often it is wrapped in one of `_WRAPPERS`."""
    while inner := next(filter(None, (_within(address, *wrapper) for wrapper in _WRAPPERS)), None):
        address = inner  # shorter each time
    return address


def _within(address, wrapper, names):
    found = wrapper.match(address)
    for pair in address[found.end() :].split("&") if found else ():
        name, _equals, value = pair.partition("=")
        inner = _UNWANTED.sub("", unquote(value)).strip().translate(_UNSAFE)
        if name in names and inner.lower().startswith(("https://", "http://")):
            return inner
    return None


def _web_address(scheme, rest):
    """Refuses what has no host, and a name before an @, which is there to deceive."""
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    if not rest.startswith("//") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    return f"{scheme}:{rest}"


def kept_rel(rel):
    """The words of a `rel` that say something about the link itself, in one order."""
    return " ".join(word for word in KEPT_REL if word in rel.lower().split())

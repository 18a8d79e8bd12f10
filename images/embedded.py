"""What a picture's file says about itself: credit, caption, rights (IPTC, XMP, EXIF 2.3)."""

import logging
import re

from lxml import etree
from PIL import IptcImagePlugin

log = logging.getLogger(__name__)

LENGTHS = {"title": 200, "alt": 300, "caption": 600, "credit": 200, "rights": 300}
_BY_ITSELF = re.compile(r"(?i)(\w+ )?digital camera|sony dsc|dcim.*|created with .*|screenshot|untitled")
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def told(picture):
    """`{"title", "alt", "caption", "credit", "rights"}` as the file tells them; "" for what it does not.

    XMP is believed before IPTC, IPTC before EXIF. A block that cannot be read is passed over.
    """
    found = dict.fromkeys(LENGTHS, "")
    for read in (_xmp, _iptc, _exif):
        try:
            said = read(picture)
        except Exception as error:  # forged metadata is no reason to refuse the picture
            log.info("Unreadable metadata in a picture: %r", error)
            continue
        for name, value in said.items():
            found[name] = found[name] or _line(value)[: LENGTHS[name]]
    return found


def _line(text):
    """The text on one line, without control characters; "" for what cameras write by themselves."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return "" if _BY_ITSELF.fullmatch(text) else text


def _both(person, agency):
    return " / ".join(dict.fromkeys(part for part in (person.strip(), agency.strip()) if part))


def _xmp(picture):
    packet = picture.info.get("xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    start, end = packet.find(b"<"), packet.rfind(b">")
    if start < 0 or end < 0:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(packet[start : end + 1], parser)

    def text(name):
        prefix, local = name.split(":")
        for node in root.iter(f"{{{_NAMES[prefix]}}}{local}"):
            return _items(node)
        for node in root.iter(f"{{{_NAMES['rdf']}}}Description"):
            if value := node.get(f"{{{_NAMES[prefix]}}}{local}"):
                return value
        return ""

    return {
        "title": text("photoshop:Headline") or text("dc:title"),
        "alt": text("core:AltTextAccessibility"),
        "caption": text("dc:description"),
        "credit": _both(text("dc:creator"), text("photoshop:Credit")),
        "rights": text("dc:rights"),
    }


def _items(node):
    """A property's text: a list's items with commas, of several languages the first (XMP's default)."""
    items = ["".join(item.itertext()).strip() for item in node.iter(f"{{{_NAMES['rdf']}}}li")]
    if node.find("rdf:Alt", _NAMES) is not None:
        items = items[:1]
    return ", ".join(items) if items else "".join(node.itertext())


def _iptc(picture):
    fields = IptcImagePlugin.getiptcinfo(picture) or {}

    def text(number):
        value = fields.get((2, number)) or b""
        value = value[0] if isinstance(value, list) else value
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("latin-1")

    return {
        "title": text(105) or text(5),
        "caption": text(120),
        "credit": _both(text(80), text(110)),
        "rights": text(116),
    }


def _exif(picture):
    fields = picture.getexif()

    def text(tag):
        return str(fields.get(tag, "")).replace("\0", " ")

    return {"caption": text(0x010E), "credit": text(0x013B), "rights": text(0x8298)}

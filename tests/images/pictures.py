"""Picture files for the tests, made in memory: right ones, odd ones and hostile ones."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from PIL import ImageCms

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)


def uploaded(data, name="picture.jpg"):
    """These bytes as a browser would send them."""
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def corners(width=640, height=400, mode="RGB"):
    """A picture with a different colour in each corner: red, green, blue, white, row by row."""
    picture = Picture.new("RGB", (width, height), WHITE)
    half = (width // 2, height // 2)
    for colour, place in ((RED, (0, 0)), (GREEN, (half[0], 0)), (BLUE, (0, half[1]))):
        picture.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return picture.convert(mode)


def encoded(picture, kind="JPEG", **options):
    """The picture as a file's bytes."""
    out = io.BytesIO()
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    picture.save(out, kind, **options)
    return out.getvalue()


def with_exif(**tags):
    """A JPEG with EXIF: the place, and what `tags` say (orientation, artist, copyright, description)."""
    numbers = {"orientation": 0x0112, "artist": 0x013B, "copyright": 0x8298, "description": 0x010E}
    exif = Picture.Exif()
    for name, value in tags.items():
        exif[numbers[name]] = value
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 50.0, 45.0), 3: "E", 4: (4.0, 21.0, 7.0)})
    return encoded(corners(), exif=exif)


def with_iptc(fields):
    """A JPEG with IPTC IIM `{number of record 2: bytes}` in a Photoshop block."""
    records = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value for number, value in fields.items()
    )
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    segment = b"Photoshop 3.0\0" + block
    data = encoded(corners())
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def with_xmp(body):
    """A JPEG with these elements in an XMP packet."""
    packet = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
<rdf:Description rdf:about="">{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
    return encoded(corners(), xmp=packet.encode())


def swapped_profile():
    """A colour profile in which red and green have changed places: its effect cannot be overlooked."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data = bytearray(bytes(data).replace("sRGB".encode("utf-16-be"), "Odd!".encode("utf-16-be")))
    places = {
        bytes(data[at : at + 4]): at
        for at in range(132, 132 + 12 * struct.unpack(">I", data[128:132])[0], 12)
    }
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def claims_to_be(width, height):
    """A PNG of a few bytes whose header says that it is this large."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")

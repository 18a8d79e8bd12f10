"""A picture as HTML: `<picture>` with every width, its size reserved."""

from django.core.files.storage import default_storage
from django.utils.html import format_html, format_html_join

PHONE = "(max-width: 44rem)"  # up to there the look's cards show a small shape
EAGER = format_html(' fetchpriority="high"')
LAZY = format_html(' loading="lazy" decoding="async"')


def picture_html(image, *, sizes, ratio="full", lead=False, alt=None, small_ratio=None, origin=""):
    """`<picture>` of an Image in this ratio ("full", "16x9", "4x3", "1x1"), or "" while it has no renditions.

    `sizes` is the attribute's value; `lead` loads it first and not lazily; `alt=""` marks an ornament;
    `small_ratio` is another ratio for phones; `origin` (`https://paper.example`) makes its addresses whole.
    """
    rows = {(row["ratio"], row["format"], row["width"]): row for row in image.renditions}
    last = image.rendition(ratio, 800, "jpeg") or image.rendition("full", 800, "jpeg")
    if not last:
        return ""
    on_phones = _sources(rows, small_ratio, sizes, origin, PHONE) if small_ratio not in (None, ratio) else ""
    return format_html(
        '<picture>{}{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        on_phones,
        _sources(rows, last["ratio"], sizes, origin),
        _address(last, origin),
        last["width"],
        last["height"],
        image.alt if alt is None else alt,
        EAGER if lead else LAZY,
    )


def _sources(rows, ratio, sizes, origin, media=""):
    """`<source>` elements, the smaller format first; each has its own shape's width and height."""
    found = []
    for form in ("avif", "webp"):
        chosen = [rows[key] for key in sorted(rows) if key[:2] == (ratio, form)]
        if chosen:
            addresses = ", ".join(f"{_address(row, origin)} {row['width']}w" for row in chosen)
            condition = format_html(' media="{}"', media) if media else ""
            widest = chosen[-1]
            found.append((condition, f"image/{form}", addresses, sizes, widest["width"], widest["height"]))
    return format_html_join("", '<source{} type="{}" srcset="{}" sizes="{}" width="{}" height="{}">', found)


def _address(row, origin):
    address = default_storage.url(row["name"])
    return origin + address if origin and address.startswith("/") else address

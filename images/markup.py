"""A picture as HTML: `<picture>` with every width, its size reserved."""

from django.core.files.storage import default_storage
from django.utils.html import format_html, format_html_join

PHONE = "(max-width: 44rem)"  # where the look's cards show a square thumbnail


def picture_html(image, *, sizes, ratio="full", lead=False, alt=None, small_ratio=None):
    """`<picture>` of an Image in this ratio ("full", "16x9", "4x3", "1x1"), or "" while it has no renditions.

    `sizes` is the attribute's value; `lead` loads it first and not lazily; `alt=""` marks an ornament; `small_ratio`
    is another ratio for phones.
    """
    found = [r for r in image.renditions if r["ratio"] == ratio] or [r for r in image.renditions if r["ratio"] == "full"]
    if not found:
        return ""
    sources = _sources(image, small_ratio, sizes, PHONE) if small_ratio else ""
    sources += _sources(image, found[0]["ratio"], sizes)
    last = image.rendition(found[0]["ratio"], 800, "webp") or found[0]
    widest = max(found, key=lambda r: r["width"])
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        sources,
        default_storage.url(last["name"]),
        widest["width"],
        widest["height"],
        image.alt if alt is None else alt,
        format_html(' fetchpriority="high"') if lead else format_html(' loading="lazy" decoding="async"'),
    )


def _sources(image, ratio, sizes, media=""):
    rows = []
    for format in ("avif", "webp"):
        found = sorted((r for r in image.renditions if r["ratio"] == ratio and r["format"] == format), key=lambda r: r["width"])
        if found:
            addresses = ", ".join(f"{default_storage.url(r['name'])} {r['width']}w" for r in found)
            condition = format_html(' media="{}"', media) if media else ""
            rows.append((condition, f"image/{format}", addresses, sizes, found[-1]["width"], found[-1]["height"]))
    return format_html_join("", '<source{} type="{}" srcset="{}" sizes="{}" width="{}" height="{}">', rows)

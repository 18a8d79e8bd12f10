"""A picture as HTML: `<picture>` with every width, its size reserved."""

from django.core.files.storage import default_storage
from django.utils.html import escape
from django.utils.safestring import mark_safe

PHONE = "(max-width: 44rem)"  # up to there the look's cards show a small shape
EAGER, LAZY = 'fetchpriority="high"', 'loading="lazy" decoding="async"'


def picture_html(image, *, sizes, ratio="full", lead=False, alt=None, small_ratio=None, origin=""):
    """`<picture>` of an Image in this ratio ("full", "16x9", "4x3", "1x1"), or "" while it has no renditions.

    `sizes` is the attribute's value; `lead` loads it first and not lazily; `alt=""` marks an ornament;
    `small_ratio` is another ratio for phones; `origin` (`https://paper.example`) makes its addresses whole.
    """
    last = image.rendition(ratio, 800, "jpeg") or image.rendition("full", 800, "jpeg")
    if not last:
        return ""
    base, sizes = escape(_base(origin)), escape(sizes)
    shapes = [(small_ratio, f' media="{PHONE}"')] if small_ratio not in (None, ratio) else []
    sources = "".join(
        _source(image, shape, form, sizes, base, condition)
        for shape, condition in [*shapes, (last["ratio"], "")]
        for form in ("avif", "webp")
    )
    described = escape(image.alt if alt is None else alt)
    return mark_safe(
        f'<picture>{sources}<img src="{base}{last["name"]}" width="{last["width"]}" height="{last["height"]}"'
        f' alt="{described}" {EAGER if lead else LAZY}></picture>'
    )


def _source(image, shape, form, sizes, base, condition):
    """A `<source>` with this shape's own width and height; "" if it was not made."""
    rows = [row for row in image.renditions if row["ratio"] == shape and row["format"] == form]
    if not rows:
        return ""
    rows.sort(key=lambda row: row["width"])
    addresses = ", ".join(f"{base}{row['name']} {row['width']}w" for row in rows)
    size = f'width="{rows[-1]["width"]}" height="{rows[-1]["height"]}"'
    return f'<source{condition} type="image/{form}" srcset="{addresses}" sizes="{sizes}" {size}>'


def _base(origin):
    """What stands before a rendition's name: asked of the storage once, not for each of sixteen."""
    base = default_storage.url("x")[:-1]
    return origin + base if base.startswith("/") else base

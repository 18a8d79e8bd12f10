"""From the stored forms to what the editor shows. The way back is `richtext.clean`."""

from richtext.markup import Start, Text, escape, start_tag, tokens
from richtext.references import references


def for_editor(html):
    """A stored text with an `<img>` in each figure, so that the desk sees its pictures."""
    shown = pictures(references(html).images)
    written = []
    for token in tokens(html):
        if isinstance(token, Text):
            written.append(escape(token.text))
        elif isinstance(token, Start):
            written.append(start_tag(token.tag, token.attributes))
            if token.tag == "figure" and "data-image" in token.attributes:
                written.append(_picture(token.attributes["data-image"], shown))
        else:
            written.append(f"</{token.tag}>")
    return "".join(written)


def pictures(ids):
    """`{id: Image}`, in one query; a picture that is gone is left out."""
    if not ids:
        return {}
    from images.models import Image  # when it is called: richtext loads before images

    return Image.objects.in_bulk(ids)


def _picture(identity, shown):
    image = shown.get(int(identity))
    if image is None:
        return start_tag("img", {"src": "data:,", "alt": "", "data-image": identity})
    address = image.url("full", 800, "webp") or image.desk_url()
    attributes = {"src": address, "alt": image.alt, "data-image": identity}
    return start_tag("img", {**attributes, "title": image.caption} if image.caption else attributes)

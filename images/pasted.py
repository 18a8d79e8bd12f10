"""Pictures that stand in a text itself (`<img src="data:image/…">`, as a paste brings them), taken into the library."""

import base64
import binascii
import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from images import intake

MOST = 20  # pictures of one text
_INLINE = re.compile(
    r"""<img\b[^<>]*?\bsrc\s*=\s*(["'])data:image/[a-z0-9.+-]+;base64,(?P<data>[^"'<>]*)\1[^<>]*>""",
    re.IGNORECASE,
)


def take_in(html, *, by, title=""):
    """`(html, sentences)`: each such picture is in the library, as `by`'s, and named in the text by its id.

    `title` is what the library calls one that has no name of its own. What cannot be taken is left out, with a
    sentence that says so.
    """
    sentences, count = [], 0

    def figure(found):
        nonlocal count
        count += 1
        try:
            if count > MOST:
                raise ValidationError(
                    _("More than %d pictures came with one text. Upload the others.") % MOST
                )
            return f'<figure data-image="{_image(found["data"], count, by, title).pk}"></figure>'
        except ValidationError as refused:
            sentences.extend(sentence for sentence in refused.messages if sentence not in sentences)
            return ""

    return _INLINE.sub(figure, html), sentences


def _image(data, number, by, title):
    try:
        file = ContentFile(base64.b64decode(data, validate=True), name=_("pasted picture %d") % number)
    except binascii.Error:
        raise ValidationError(_("A picture in the text was broken and is left out.")) from None
    try:
        return intake.receive(file, by=by, title=title)
    except intake.Duplicate as duplicate:
        return duplicate.existing

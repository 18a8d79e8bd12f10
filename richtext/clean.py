"""The one allow-list: whatever HTML comes in, only the forms this paper knows go on to the database.

Two steps. `richtext.blocks` reads any HTML and writes it anew in the few forms there are; nh3 then lets
through nothing but these, so that a mistake in the first step cannot put a script on a page.
"""

import nh3

from richtext.blocks import Cleaner
from richtext.lines import STAND_IN

ARTICLE, PLAIN = "article", "plain"

_INLINE = {"a", "abbr", "br", "cite", "code", "em", "s", "strong", "sub", "sup"}
_BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "footer", "hr"}
_TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_FIGURES = {"figure", "figcaption", "aside"}
_ATTRIBUTES = {
    "a": {"href", "rel", "hreflang", "data-article"},
    "abbr": {"title", "lang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_ARTICLE_ATTRIBUTES = _ATTRIBUTES | {"figure": {"data-image", "data-embed"}}
_CLASSES = {"p": {"lead-in"}, "aside": {"fact-box"}, "figure": {"align-left", "align-right", "wide"}}


def clean(html, *, profile=ARTICLE):
    """`html` in the stored forms. Never raises for any string; cleaning twice changes nothing.

    `profile` is "article", or "plain": without pictures, embeds, fact boxes and lead paragraphs.
    """
    written = Cleaner(figures=profile == ARTICLE).clean(html)
    # nh3 takes a time that grows with the square of the number of "&amp;": it is given a stand-in, which
    # `richtext.lines` takes out of every text and which becomes "&amp;" again, never a bare "&".
    return _locked(written.replace("&amp;", STAND_IN), profile).replace(STAND_IN, "&amp;")


def _locked(written, profile):
    article = profile == ARTICLE
    locked = nh3.clean(
        written,
        tags=_INLINE | _BLOCKS | _TABLE | (_FIGURES if article else set()),
        attributes=_ARTICLE_ATTRIBUTES if article else _ATTRIBUTES,
        allowed_classes=_CLASSES if article else {},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return locked.replace(
        "&nbsp;", "\u00a0"
    )  # an ampersand of the text is &amp;, so this is always the space

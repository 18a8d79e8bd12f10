"""HTML as a stream of tokens, and a line of text that lies over several elements.

No tree is built anywhere in this app: a text of two megabytes or ten thousand nested elements costs time
in proportion to its length and never a recursion.
"""

import html
import re
from typing import NamedTuple

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# What the HTML standard reads as text up to the end tag: none of it is ever wanted.
RAW = frozenset(
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
DEEPEST = 200

_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"'=]|=\s*"[^"]*"|=\s*'[^']*'|[="'])*+)>""",
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'][^\s>]*)))?""")

# A start tag that ends open ones: which, and what stops the search.
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "table"}),
    "dt": ({"dt", "dd"}, {"dl", "table"}),
    "dd": ({"dt", "dd"}, {"dl", "table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr"}, {"table"}),
    "tbody": ({"thead", "tbody", "tfoot"}, {"table"}),
    "thead": ({"thead", "tbody", "tfoot"}, {"table"}),
    "tfoot": ({"thead", "tbody", "tfoot"}, {"table"}),
}


class Start(NamedTuple):
    tag: str
    attributes: dict


class End(NamedTuple):
    tag: str


class Text(NamedTuple):
    text: str


def escape(text):
    """`text` as an HTML text node, written the way nh3 writes it but for U+00A0, which stays itself."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def start_tag(tag, attributes=()):
    """`<tag name="value">`; `attributes` is a dict or pairs, in the order they are to be written."""
    pairs = attributes.items() if isinstance(attributes, dict) else attributes
    written = "".join(f' {name}="{escape(str(value)).replace(chr(34), "&quot;")}"' for name, value in pairs)
    return f"<{tag}{written}>"


def raw_tokens(source):
    """Yields Start, End and Text of any HTML, however broken, by the rules of the HTML standard's tokenizer.

    Comments, declarations and the content of scripts and their like are left out. Never raises.
    """
    folded = source.lower()
    at, end = 0, len(source)
    while at < end:
        found = _OPENING.search(source, at)
        if found is None:
            yield Text(html.unescape(source[at:]))
            return
        opening = found.start()
        if opening > at:
            yield Text(html.unescape(source[at:opening]))
        following = source[opening + 1 : opening + 3]
        letter = following[1:] if following[:1] == "/" else following[:1]
        if letter.isascii() and letter.isalpha():
            match = _TAG.match(source, opening)
            if match is None:  # cut off in the middle of a tag, or a "<" that was never meant as one
                yield Text(html.unescape(source[opening:]))
                return
            at = match.end()
            tag = match[2].lower()
            if match[1]:
                yield End(tag)
                continue
            yield Start(tag, _attributes(match[3]))
            if tag in RAW:
                at = folded.find(f"</{tag}", at) if len(folded) == end else _closing(source, tag, at)
                if at < 0:
                    return
        elif source.startswith("<!--", opening):
            at = source.find("-->", opening + 2) + 3
            if at < 3:
                return
        elif following[:1] in ("!", "?") or (following[:1] == "/" and following[1:]):
            at = source.find(">", opening) + 1
            if at < 1:
                return
        else:
            yield Text("<")
            at = opening + 1


def _closing(source, tag, at):
    """As `str.find`, for the rare text that changes its length when lower-cased ("İ")."""
    match = re.compile(f"</{tag}", re.IGNORECASE | re.ASCII).search(source, at)
    return match.start() if match else -1


def _attributes(written):
    found = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def tokens(source):
    """The same as `raw_tokens`, balanced: each Start has its End (void elements none), at most 200 deep.

    What is deeper keeps its text and loses its tags.
    """
    open_tags, too_deep = [], {}
    for token in raw_tokens(source):
        if isinstance(token, Text):
            yield token
        elif isinstance(token, Start):
            if token.tag in VOID:
                yield token
                continue
            yield from _implied_ends(token.tag, open_tags)
            if len(open_tags) >= DEEPEST:
                too_deep[token.tag] = too_deep.get(token.tag, 0) + 1
                continue
            open_tags.append(token.tag)
            yield token
        elif too_deep.get(token.tag):
            too_deep[token.tag] -= 1
        elif token.tag in open_tags:
            while (tag := open_tags.pop()) != token.tag:
                yield End(tag)
            yield token
        elif token.tag == "br":
            yield Start("br", {})
    while open_tags:
        yield End(open_tags.pop())


def _implied_ends(tag, open_tags):
    if tag in BLOCKS and open_tags and open_tags[-1] == "p":
        yield End(open_tags.pop())
    ended, barriers = _ENDS.get(tag, ((), ()))
    for depth in range(len(open_tags) - 1, -1, -1):
        if not ended or open_tags[depth] in barriers:
            return
        if open_tags[depth] in ended:
            while len(open_tags) > depth:
                yield End(open_tags.pop())
            return


_BLACK = re.compile(r"\S")


class Line:
    """The text of one line, cut into pieces by the elements it runs through.

    A rule sees the whole line, so that it finds the space between `word</em>` and `!`; what it changes is
    put back into the pieces. A protected piece (code, an address) is hidden from the rules.
    """

    HIDDEN = "\ue000"

    def __init__(self, pieces, hidden=()):
        self.text = "".join(pieces)
        self.cuts = [0]
        for piece in pieces:
            self.cuts.append(self.cuts[-1] + len(piece))
        self.shadow = "".join(
            _BLACK.sub(self.HIDDEN, piece) if number in hidden else piece
            for number, piece in enumerate(pieces)
        )

    def protect(self, pattern):
        """Hides whatever `pattern` finds from the rules that follow."""
        self.shadow = pattern.sub(lambda match: self.HIDDEN * len(match[0]), self.shadow)

    def sub(self, pattern, replacement):
        """`re.sub` on the whole line; `replacement` is a string or a function of the match."""
        make = replacement if callable(replacement) else lambda match: replacement
        self.edit([(match.start(), match.end(), make(match)) for match in pattern.finditer(self.shadow)])

    def edit(self, edits):
        """Replaces each `(start, end, new)` of `edits`, sorted, apart; `new` joins the piece of `start`."""
        texts, shadows, cuts = [], [], []
        at = written = 0
        remaining = iter(self.cuts)
        cut = next(remaining, None)
        for start, end, new in edits:
            while cut is not None and cut <= start:
                cuts.append(written + cut - at)
                cut = next(remaining, None)
            texts += (self.text[at:start], new)
            shadows += (self.shadow[at:start], new)
            written += start - at + len(new)
            at = end
            while cut is not None and cut < end:
                cuts.append(written)
                cut = next(remaining, None)
        while cut is not None:
            cuts.append(written + cut - at)
            cut = next(remaining, None)
        texts.append(self.text[at:])
        shadows.append(self.shadow[at:])
        self.text, self.shadow, self.cuts = "".join(texts), "".join(shadows), cuts

    def pieces(self):
        """The pieces as they are now: as many as were given."""
        return [self.text[start:end] for start, end in zip(self.cuts, self.cuts[1:], strict=False)]

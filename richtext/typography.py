"""French spacing, quotes and apostrophes, as the Imprimerie nationale's *Lexique* asks for them.

A narrow no-break space (U+202F) before ; : ? ! » and after «; "…" become « … »; ' becomes ’; ... becomes ….
Code, addresses, times, smileys and words marked as another language stay as they were. Applied twice, it
changes nothing the second time.
"""

import re

from richtext.markup import BLOCKS, Line, Start, Text, escape, start_tag, tokens

NARROW = "\u202f"

_PROTECTED = [
    re.compile(r"(?:https?://|ftp://|mailto:|www\.)[^\s\"«»<>]+", re.IGNORECASE),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}/[^\s\"«»<>]*"),
    re.compile(r"(?<!\d)\d{1,3}:\d{1,2}(?::\d{1,2})?(?!\d)"),
    re.compile(r"(?<!\w):[a-z0-9_+-]+:(?!\w)"),
    re.compile(r"(?<![\w)\]])[:;=]['o^-]?[)(\[\]DPp|/\\*](?!\w)"),
    re.compile(r"\w+::\w+"),
]
_SPACE = r"[^\S\n]"
_ELLIPSIS = re.compile(r"(?<!\.)\.{3}(?!\.)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w«“\"])")
_AFTER_OPENING = re.compile(rf"(?<=«){_SPACE}*(?=[^\s»])|(?<=«){_SPACE}+(?=»)")
_BEFORE_CLOSING = re.compile(rf"(?<=[^\s«])(?<!«{NARROW}){_SPACE}*(?=»)")
_BEFORE_HIGH = re.compile(rf"(?<=[\w)\]}}»”’'%€$£°…\".\ue000]){_SPACE}+(?=[;:?!])")
_WITHOUT_SPACE = re.compile(r"(?<=[\w)\]}»”’'%€$£°…\"])(?=[;:?!]+(?:[\s)\]}»”\",.…]|$))", re.MULTILINE)
_BEFORE_UNIT = re.compile(rf"(?<=\d){_SPACE}(?=[%€$£])")

_CLOSES_BEFORE = set("»”)]},;:?!")
_OPENS_AFTER = set("([{«“—–-/’'")


def french(html):
    """Stored `html` with French typography; its elements and attributes are untouched."""
    written, line = [], _Gathered()
    hidden = []  # the open elements in which nothing is changed
    for token in tokens(html):
        if isinstance(token, Text):
            line.add(token.text, hidden=bool(hidden))
            continue
        if isinstance(token, Start):
            if token.tag in BLOCKS:
                line.finish(written)
            line.mark(start_tag(token.tag, token.attributes), newline=token.tag in ("br", "hr"))
            if hidden or token.tag in ("code", "pre") or "lang" in token.attributes:
                hidden += [token.tag] if token.tag not in ("br", "hr", "img") else []
        else:
            if token.tag in BLOCKS:
                line.finish(written)
            line.mark(f"</{token.tag}>")
            if hidden:
                hidden.pop()
    line.finish(written)
    return "".join(written)


def french_text(plain):
    """A title or another plain text with French typography."""
    line = Line([plain])
    _set(line)
    return line.text


class _Gathered:
    """One line as it is met: pieces of text and the tags between them."""

    def __init__(self):
        self._clear()

    def _clear(self):
        self.pieces, self.hidden, self.tags = [""], set(), [""]

    def add(self, text, *, hidden):
        """`tags[n]` stands before `pieces[n]`."""
        if hidden:
            self.hidden.add(len(self.pieces))
        self.pieces.append(text)
        self.tags.append("")

    def mark(self, tag, newline=False):
        self.pieces.append("\n" if newline else "")
        self.tags.append(tag)

    def finish(self, written):
        line = Line(self.pieces, hidden=self.hidden)
        if any(not character.isspace() for character in line.text):
            _set(line)
        for tag, text in zip(self.tags, line.pieces(), strict=True):
            written.append(tag)
            if not tag.startswith(("<br", "<hr")):
                written.append(escape(text))
            else:
                written.append(escape(text[1:]))
        self._clear()


def _set(line):
    for pattern in _PROTECTED:
        line.protect(pattern)
    line.sub(_ELLIPSIS, "…")
    line.sub(_APOSTROPHE, "’")
    line.edit(list(_quotes(line.shadow)))
    line.sub(_BEFORE_HIGH, NARROW)
    line.sub(_WITHOUT_SPACE, NARROW)
    line.sub(_AFTER_OPENING, NARROW)
    line.sub(_BEFORE_CLOSING, NARROW)
    line.sub(_BEFORE_UNIT, NARROW)


def _quotes(text):
    """Edits that turn each pair of straight quotes into guillemets, or “ ” within guillemets.

    A quote without its partner, and an inch after a figure, stay as they are.
    """
    partners = _pairs(text)
    edits, depth = [], 0
    for match in re.finditer(r"[\"«»\n]", text):
        sign, at = match[0], match.start()
        if sign == "\n":
            depth = 0
        elif sign == "«" or partners.get(at, -1) > at:
            if sign == '"':
                inner = depth > 0
                edits += [
                    (at, at + 1, "“" if inner else f"«{NARROW}"),
                    (partners[at], partners[at] + 1, "”" if inner else f"{NARROW}»"),
                ]
            depth += 1
        elif sign == "»" or at in partners:
            depth = max(0, depth - 1)
    return sorted(edits)


def _pairs(text):
    """`{position: its partner's}` of the straight quotes that belong together on one line."""
    partners, openings, opening = {}, [], None
    for match in re.finditer(r"[\"\n]", text):
        at = match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if match[0] == "\n":
            openings = []
        elif opening == at - 1 >= 0 or not before or before.isspace() or before in _OPENS_AFTER:
            if after and not after.isspace() and after not in _CLOSES_BEFORE:
                openings.append(at)
                opening = at
        elif openings and openings[-1] != at - 1:
            start = openings.pop()
            partners[start], partners[at] = at, start
    return partners

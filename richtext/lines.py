"""One line of text: runs of characters with the marks (strong, a link …) they carry, and as HTML."""

import re

from richtext.markup import Line, escape, start_tag

BREAK = "\n"
STAND_IN = "\ue001"
_PARAGRAPH = "\x1e"
_SPACES = re.compile(r"\s+")
# Controls, zero-width characters, soft hyphens, direction overrides: a paste is full of them, none is text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ue001\ud800-\udfff]"
)
# After and before these a no-break space means something; elsewhere it is what an editor left behind.
_KEPT_AFTER = frozenset("0123456789«‹§–—")
_KEPT_BEFORE = frozenset("0123456789»›;:?!%€$£°–—")
_NARROW = "\u2009\u202f"
_WIDE = "\u00a0\u2007"


def plain_characters(text):
    """`text` without what cannot be seen, its line ends as spaces (they mean nothing in HTML)."""
    return _UNWANTED.sub("", text).replace("\n", " ")


def lines(runs, *, split=False, without=frozenset()):
    """`runs`, pairs of marks and text, as a list of `(text, html)`.

    Spaces are collapsed over the borders of elements; two line breaks part paragraphs if `split`. Marks
    whose tag is in `without` are dropped.
    """
    line = Line([text for _, text in runs])
    line.edit(list(_collapsed(line.text, split)))
    pieces = [
        (tuple(mark for mark in marks if mark[0] not in without), text)
        for (marks, _), text in zip(runs, line.pieces(), strict=True)
    ]
    return [("".join(text for _, text in part), _html(part)) for part in _parts(pieces) if part]


def _collapsed(text, split):
    for match in _SPACES.finditer(text):
        start, end = match.span()
        space = match[0]
        if start == 0 or end == len(text):
            new = ""
        elif BREAK in space:
            new = _PARAGRAPH if split and space.count(BREAK) > 1 else BREAK
        elif (text[start - 1] in _KEPT_AFTER or text[end] in _KEPT_BEFORE) and any(
            character in _NARROW + _WIDE for character in space
        ):
            new = "\u202f" if any(c in _NARROW for c in space) else "\u00a0"
        else:
            new = " "
        if new != space:
            yield start, end, new


def _parts(pieces):
    part = []
    for marks, text in pieces:
        first, *others = text.split(_PARAGRAPH)
        if first:
            part.append((marks, first))
        for other in others:
            yield part
            part = [(marks, other)] if other else []
    yield part


def _html(pieces):
    written, opened = [], []
    for marks, text in pieces:
        shared = 0
        while shared < min(len(opened), len(marks)) and opened[shared] == marks[shared]:
            shared += 1
        while len(opened) > shared:
            written.append(f"</{opened.pop()[0]}>")
        for mark in marks[shared:]:
            written.append(start_tag(*mark))
            opened.append(mark)
        written.append(escape(text).replace(BREAK, "<br>"))
    written += (f"</{mark[0]}>" for mark in reversed(opened))
    return "".join(written)

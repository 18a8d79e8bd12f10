"""Brings together two texts that two people made of one, paragraph by paragraph (a three-way merge, as diff3's).

A paragraph is a block of the stored text: a paragraph, heading, list, quote, table, figure or box.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from richtext.markup import VOID

MOST = 2000  # paragraphs between the first and the last that differ; the longest stories have some hundred
_TAG = re.compile(r"""<(?P<closes>/?)(?P<name>[a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>""")


@dataclass(frozen=True)
class Clash:
    """What both changed in different ways, as HTML; a side that took it away has "".

    `at` is how many paragraphs of the merged text stand before it.
    """

    mine: str
    theirs: str
    at: int = field(default=0, compare=False)


def blocks(html):
    """The blocks of a text as it is stored (its tags in balance); joined they are the text again."""
    found, start, depth = [], 0, 0
    for tag in _TAG.finditer(html):
        if tag["closes"]:
            depth -= 1
        elif tag["name"] not in VOID:
            depth += 1
        if depth == 0:
            found.append(html[start : tag.end()])
            start = tag.end()
    return [*found, html[start:]] if html[start:] else found


def merge(base, mine, theirs):
    """The text with what either side did to `base`, and the clashes; there it has my paragraph.

    Paragraphs both put in at one place are kept both, theirs first.
    """
    old, sides = blocks(base), (blocks(mine), blocks(theirs))
    written, clashes, at = [], [], 0
    for start, end, changes in _groups([*_changes(old, sides[0], 0), *_changes(old, sides[1], 1)]):
        written += old[at:start]
        at = end
        my, their = (_side(old, start, end, [c for c in changes if c[2] == side]) for side in (0, 1))
        if {change[2] for change in changes} == {1} or my == their:
            written += their
        elif {change[2] for change in changes} == {0}:
            written += my
        elif start == end:
            written += their + [block for block in my if block not in their]
        else:
            clashes.append(Clash("".join(my), "".join(their), len(written)))
            written += my
    return "".join(written + old[at:]), clashes


def _changes(old, new, side):
    """What made `new` of `old`: (start, end, side, blocks), a change for each paragraph where they match in number."""
    for kind, start, end, new_start, new_end in _opcodes(old, new):
        if kind == "equal":
            continue
        if end - start == new_end - new_start:
            for place in range(end - start):
                yield start + place, start + place + 1, side, [new[new_start + place]]
        else:
            yield start, end, side, new[new_start:new_end]


def _opcodes(old, new):
    """As `SequenceMatcher.get_opcodes`; where very many paragraphs differ, the whole middle is one change."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = len(old) - tail, len(new) - tail
    middle = old[head : ends[0]], new[head : ends[1]]
    if max(map(len, middle)) > MOST:  # it takes time by the square
        return [("replace", head, ends[0], head, ends[1])]
    found = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
    return [(kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in found]


def _groups(changes):
    """The changes that touch the same paragraphs, or the same gap between two, together: (start, end, changes)."""
    group, first, last = [], 0, 0
    for change in sorted(changes, key=lambda change: change[:3]):
        start, end = change[:2]
        if group and not (start < last or (start == end == last == first)):
            yield first, last, group
            group = []
        if not group:
            first, last = start, end
        group.append(change)
        last = max(last, end)
    if group:
        yield first, last, group


def _side(old, start, end, changes):
    """One side's blocks in place of `old[start:end]`."""
    found, at = [], start
    for change_start, change_end, _side_number, new in changes:
        found += old[at:change_start] + new
        at = change_end
    return found + old[at:end]

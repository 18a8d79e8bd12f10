"""Two texts compared as they read: the newer one with `<ins>` and `<del>` where they differ.

Paragraphs are matched first, then the words within those that were changed; lists, quotes, boxes and tables part by
part, down to the item and the cell. What goes in is clean (`richtext.clean`), and only the marks are added: what comes
out is a stored text still, to be rendered like any other.
"""

import re
from collections import Counter
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from richtext.markup import escape
from richtext.merging import blocks

ALIKE = 0.4  # share of words that two paragraphs have in common if one was made of the other; of lists, a fourth
AHEAD = 12  # how many paragraphs are tried for each
LONGEST = 2000  # words compared one by one; a longer line is compared by sentence first

_ELEMENT = re.compile(r"""(<([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>)(.*)(</\2>)\s*\Z""", re.DOTALL)
_ATOM = re.compile(
    r"""<br>|</?[a-z](?:[^>"]|"[^"]*")*>|\s+|&[a-z]+;|[^\W_]+(?:['’\-.,\u2010\u2011][^\W_]+)*|[^\s<]|<""",
)
_IDENTITY = re.compile(r'data-(?:image|embed)="[^"]*"')
_LINK = re.compile(r"<a [^>]*>")
_LISTS = re.compile(r"<[uo]l>")
_LINES = {"p", "h2", "h3", "footer", "figcaption", "caption"}
_MIXED = {"li", "td", "th"}  # a line, then perhaps lists
_INSIDE = _MIXED | {"caption", "figcaption"}  # may stand in their parent only: the mark goes into them
_SHELLS = {"tr", "thead", "tbody"}  # likewise, into each of their parts
_KINDS = dict.fromkeys(["p", "h2", "h3"], "line") | {"ul": "list", "ol": "list", "td": "cell", "th": "cell"}


def compare(old, new):
    """The stored text `new` with marks for what was done to `old`; both as they are stored, cleaned."""
    return "".join(_compare(blocks(old), blocks(new)))


def compare_plain(old, new):
    """The same for two plain texts: HTML of one line, escaped."""
    return _words(escape(old), escape(new))


def whole(old, new):
    """Two plain values one after the other, for what is one thing and no text: an address, a name."""
    return _said("del", escape(old)) + _said("ins", escape(new))


# ---------------------------------------------------------------------------------------------- blocks
def _compare(old, new):
    opcodes = _opcodes(old, new)
    gone = Counter(block for kind, a, b, _c, _d in opcodes if kind != "equal" for block in old[a:b])
    come = Counter(block for kind, _a, _b, c, d in opcodes if kind != "equal" for block in new[c:d])
    moved = gone & come
    for kind, a, b, c, d in opcodes:
        if kind == "equal":
            yield from new[c:d]
            continue
        for before, after in _pairs(old[a:b], new[c:d], moved):
            if before and after:
                yield _changed(before, after)
            elif before:
                yield _block("del", before, _("moved away") if before in moved else _("removed"))
            else:
                yield _block("ins", after, _("moved here") if after in moved else _("added"))


def _pairs(old, new, moved):
    """Which of `new` was made of which of `old`, in order: (before, after), one of them "" where there is none."""
    left, at, come = [(block, *_facts(block)) for block in old], 0, []
    for after in new:
        place = None if after in moved else _most_alike(_facts(after), left, at, moved)
        if place is None:
            come.append(after)
            continue
        yield from ((before, "") for before, *_rest in left[at:place])
        yield from (("", block) for block in come)
        yield left[place][0], after
        at, come = place + 1, []
    yield from ((before, "") for before, *_rest in left[at:])
    yield from (("", block) for block in come)


def _most_alike(facts, left, at, moved):
    """The place in `left` of what such a block was most likely made of; None if none is like it."""
    kind, identity, words = facts
    best, place = (ALIKE if kind == "line" else ALIKE / 4), None
    for number, (before, its_kind, its_identity, its_words) in enumerate(left[at : at + AHEAD], at):
        if (kind, identity) != (its_kind, its_identity) or before in moved:
            continue
        total = words.total() + its_words.total()
        share = 1 if identity or not total else 2 * (words & its_words).total() / total
        if share > best:
            best, place = share, number
    return place


def _facts(block):
    """What a block is, which picture or embed it shows, and its words."""
    found = _ELEMENT.match(block)
    tag = found[2] if found else ""
    identity = _IDENTITY.search(found[1]) if tag == "figure" else None
    words = Counter(atom for atom in _ATOM.findall(block) if atom[0] != "<" and atom[0].isalnum())
    return _KINDS.get(tag, tag), identity and identity[0], words


def _changed(old, new):
    """One block that was made of another of its kind."""
    before, after = _ELEMENT.match(old), _ELEMENT.match(new)
    if not before or not after:
        return _words(old, new)
    tag, (start, end) = after[2], (after[1], after[4])
    if tag in _LINES:
        inner = _words(before[3], after[3])
    elif tag in _MIXED:
        (line, lists), (new_line, new_lists) = _mixed(before[3]), _mixed(after[3])
        inner = _words(line, new_line) + "".join(_compare(blocks(lists), blocks(new_lists)))
    else:
        inner = "".join(_compare(blocks(before[3]), blocks(after[3])))
    if before[1] == after[1]:
        return f"{start}{inner}{end}"
    note = _note(_("shown in another way"))
    if tag in _LINES | _MIXED:
        return f"{start}{inner} {note}{end}"
    return f"{note}{start}{inner}{end}" if tag in ("ul", "ol", "figure") else f"{start}{inner}{end}"


def _mixed(inner):
    found = _LISTS.search(inner)
    return (inner[: found.start()], inner[found.start() :]) if found else (inner, "")


def _block(mark, block, label):
    """A whole block that is there on one side only."""
    found = _ELEMENT.match(block)
    tag = found[2] if found else ""
    if tag in _SHELLS:
        return f"{found[1]}{''.join(_block(mark, part, label) for part in blocks(found[3]))}{found[4]}"
    if tag in _INSIDE:
        return f"{found[1]}{_said(mark, found[3], label)}{found[4]}"
    return f'<{mark} class="whole">{_note(label)}{block}</{mark}>'


# ---------------------------------------------------------------------------------------------- words
def _words(old, new):
    """A line with its markup, the words that went and came marked."""
    was, spaces, _stream = _read(old)
    now, _spaces, stream = _read(new)
    come, gone = [False] * len(now), {}
    for kind, a, b, c, d in _word_opcodes(was, now):
        if kind == "equal":
            continue
        come[c:d] = [True] * (d - c)
        if a < b:
            gone[c] = (a, b, c == d)
    written, running, at, space = [], False, 0, ""

    def stop():
        nonlocal running
        written.append("</ins>" if running else "")
        running = False

    def removed():
        nonlocal space
        if at not in gone:
            return
        stop()
        a, b, only = gone.pop(at)
        text = "".join(spaces[n] * (n > a) + was[n] for n in range(a, b))
        if space or not at:
            text += spaces[b] if only else ""
        else:
            text = spaces[a] + text
        written.append(space + _said("del", text))
        space = ""

    for atom, kind in stream:
        if kind == "space":
            space = atom
            continue
        if kind == "tag":
            if atom[1] != "/":
                removed()
            stop()
            written.append(space + atom)
        else:
            removed()
            if not come[at]:
                stop()
            elif not running:
                written.append(f"{space}<ins>{_unseen(_('added'))}")
                running, space = True, ""
            written.append(space + atom)
            at += 1
        space = ""
    removed()
    stop()
    marked = "".join(written) + space
    if old != new and _LINK.findall(old) != _LINK.findall(new):
        return f"{marked} {_note(_('links changed'))}"
    if old.split() != new.split() and was == now:
        return f"{marked} {_note(_('shown in another way'))}"
    return marked


def _read(line):
    """The words of a line (a comma is one, and a line break), the space before each and at the end, and all of it."""
    words, spaces, stream, space = [], [], [], ""
    for atom in _ATOM.findall(line):
        if atom.isspace():
            stream.append((atom, "space"))
            space = atom
        elif atom[0] == "<" and atom not in ("<", "<br>"):
            stream.append((atom, "tag"))
        else:
            stream.append((atom, "word"))
            words.append(atom)
            spaces.append(space)
            space = ""
    return words, [*spaces, space], stream


def _word_opcodes(old, new):
    """As difflib's, by sentence first where a line is very long, without single short words that stayed by chance."""
    if max(len(old), len(new)) <= LONGEST:
        return _joined(_opcodes(old, new), old)
    sentences, ends = zip(*(_sentences(words) for words in (old, new)), strict=True)
    found = []
    for kind, i, j, k, m in _opcodes(*sentences):
        a, b, c, d = ends[0][i], ends[0][j], ends[1][k], ends[1][m]
        if kind == "replace" and max(b - a, d - c) <= LONGEST:
            inner = _joined(_opcodes(old[a:b], new[c:d]), old[a:b])
            found += [(inner_kind, a + p, a + q, c + r, c + s) for inner_kind, p, q, r, s in inner]
        else:
            found.append((kind, a, b, c, d))
    return found


def _sentences(words):
    """The sentences of a line, and where each begins, with the end behind the last."""
    ends = [n + 1 for n, word in enumerate(words) if word in ".!?…"]
    ends = sorted({0, *ends, len(words)})
    return [tuple(words[a:b]) for a, b in zip(ends, ends[1:], strict=False)], ends


def _joined(opcodes, old):
    """The changes on both sides of one short word are one change, and read as one."""
    found = []
    for place, (kind, a, b, c, d) in enumerate(opcodes):
        between = 0 < place < len(opcodes) - 1
        if kind == "equal" and between and b - a == 1 and len(old[a]) <= 3:
            kind = "replace"
        if kind != "equal" and found and found[-1][0] != "equal":
            _kind, a, _b, c, _d = found.pop()
            kind = "replace"
        found.append((kind, a, b, c, d))
    return found


def _opcodes(old, new):
    """difflib's for what lies between the common beginning and end: it costs the square of what is repeated."""
    start, end = 0, 0
    least = min(len(old), len(new))
    while start < least and old[start] == new[start]:
        start += 1
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = len(old) - end, len(new) - end
    found = [("equal", 0, start, 0, start)] if start else []
    inner = SequenceMatcher(None, old[start:a], new[start:b]).get_opcodes()
    found += [(kind, start + p, start + q, start + r, start + s) for kind, p, q, r, s in inner]
    return [*found, ("equal", a, len(old), b, len(new))] if end else found


# ---------------------------------------------------------------------------------------------- marks
def _said(mark, html, label=None):
    """The mark, said in words too: few screen readers tell of `<ins>` and `<del>`."""
    label = label or (_("added") if mark == "ins" else _("removed"))
    return f"<{mark}>{_unseen(label)}{html}</{mark}>" if html else ""


def _unseen(label):
    return f'<span class="unseen">{escape(label)}: </span>'


def _note(label):
    return f'<small class="mark">{escape(label)}</small>'

"""The places that can be filled by hand, and the rules a place may have of its own."""

from django.utils.translation import gettext as _

from articles.tree import Tree

SECOND, ROW, OF_BLOCK = 4, 4, 3
PICTURE, READ, NEWEST_OF = "picture", "read", "section:"


def second(length):
    return [f"second-{n}" for n in range(1, length + 1)]


def row():
    return [f"row-{n}" for n in range(1, ROW + 1)]


def block(section, length=OF_BLOCK):
    return [f"block-{section.pk}-{n}" for n in range(1, length + 1)]


def sections_on_front(language):
    """The headings that have a block, in the order of the menu."""
    return [s for s in Tree.current().roots(language) if s.on_front and s.parent_id is None]


def groups(section, language, length):
    """The places of the front page in this language, or of the `length` stories on top of a section.

    A list of (heading, [(key, what it is called)]).
    """
    lead = ("lead", _("Lead"))
    if section:
        return [(_("On top"), [lead, *_numbered(second(length - 1), _("Second %d"))])]
    found = [
        (_("On top"), [lead, *_numbered(second(SECOND), _("Second %d"))]),
        (_("Row"), _numbered(row(), _("Row %d"))),
    ]
    for heading in sections_on_front(language):
        found.append((heading.name, [(k, f"{heading.name} {n}") for n, k in enumerate(block(heading), 1)]))
    return found


def _numbered(keys, words):
    return [(key, words % number) for number, key in enumerate(keys, 1)]


def rules(section, language):
    """The rules a place may have, with their words; the first is the page's own."""
    found = [("", _("As usual")), (PICTURE, _("The newest with a picture")), (READ, _("The most read"))]
    if section is None:
        newest = _("The newest of “%s”")
        found += [(f"{NEWEST_OF}{s.pk}", newest % s.name) for s in sections_on_front(language)]
    return found

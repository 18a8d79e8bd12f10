"""Everything an editor can change about a story, as one value.

The form, a revision, an import and a feed update all make a `Content`; `Article.apply` is the one way onto
the row. It holds no status, no dates and no rights.
"""

from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar

from richtext.merging import merge as merge_text


@dataclass(frozen=True)
class Content:
    """One state of a story. Relations are ids in their order; `authors` are (id, role) pairs."""

    title: str = ""
    slug: str = ""
    kicker: str = ""
    summary: str = ""
    body: str = ""
    language: str = ""
    section: int | None = None
    further_sections: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    authors: tuple[tuple[int, str], ...] = ()
    source: int | None = None
    original_url: str = ""
    via: str = ""
    via_url: str = ""
    image: int | None = None
    image_caption: str = ""
    related: tuple[int, ...] = ()
    follows: int | None = None
    translation_of: int | None = None
    front_title: str = ""
    social_title: str = ""
    social_description: str = ""
    seo_title: str = ""
    seo_description: str = ""
    ai_note: str = ""

    COLUMNS: ClassVar = (
        "title", "slug", "kicker", "summary", "body", "language", "original_url", "via", "via_url",
        "image_caption", "front_title", "social_title", "social_description", "seo_title", "seo_description", "ai_note",
    )  # fmt: skip
    FOREIGN_KEYS: ClassVar = ("section", "source", "image", "follows", "translation_of")
    LISTS: ClassVar = ("further_sections", "tags", "authors", "related")

    @classmethod
    def of(cls, article):
        """The state on the article's own row: what is public, or the last draft of what never was."""
        return cls(
            **{name: getattr(article, name) for name in cls.COLUMNS},
            **{name: getattr(article, f"{name}_id") for name in cls.FOREIGN_KEYS},
            further_sections=tuple(
                article.placements.order_by("position").values_list("section_id", flat=True)
            ),
            tags=tuple(article.taggings.order_by("tag__slug").values_list("tag_id", flat=True)),
            authors=tuple(article.bylines.order_by("position").values_list("author_id", "role")),
            related=tuple(article.chosen_related.order_by("position").values_list("other_id", flat=True)),
        )

    @classmethod
    def from_json(cls, data):
        """The state a revision kept. Unknown keys (of another version) are passed over."""
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        for name in cls.LISTS:
            values[name] = tuple(tuple(v) if isinstance(v, list) else v for v in values.get(name, ()))
        return cls(**values)

    def to_json(self):
        """The state as plain JSON for `Revision.content`."""
        return asdict(self)

    def differs(self, other):
        """The names of the fields in which the two states are not the same."""
        return [f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name)]

    def merged(self, theirs, base):
        """This state brought together with `theirs`, both made from `base`: a `Merged`.

        What one side changed takes that side's value. What both did is brought together where it can be: the text
        by paragraph, lists by what each side added or took away. The rest are the conflicts, with this side's value.
        """
        mine_changed, theirs_changed = set(self.differs(base)), set(theirs.differs(base))
        values = {name: getattr(theirs, name) for name in theirs_changed - mine_changed}
        both, conflicts, clashes = mine_changed & theirs_changed, [], []
        for name in [name for name in self.differs(theirs) if name in both]:
            sides = [getattr(state, name) for state in (base, self, theirs)]
            if name == "body":
                values[name], clashes = merge_text(*sides)
                clean = not clashes
            elif name in self.LISTS:
                values[name], clean = _merge_lists(*sides)
            else:
                clean = False
            if not clean:
                conflicts.append(name)
        return Merged(replace(self, **values), conflicts, clashes)


@dataclass(frozen=True)
class Merged:
    """Two states brought together; `conflicts` names the fields that could not be, `clashes` the text's paragraphs."""

    content: Content
    conflicts: list
    clashes: list


def _merge_lists(base, mine, theirs):
    """A list with what each side added, took away or put in another order, and whether that is sound.

    It is not if both changed the order, if one took away what the other changed (an author's role), or if both
    changed or added the same item differently.
    """
    base, mine, theirs = ({_key(item): item for item in items} for items in (base, mine, theirs))
    for key in mine.keys() | theirs.keys() | base.keys():
        old, my, their = base.get(key), mine.get(key), theirs.get(key)
        if my != old and their != old and my != their:
            return tuple(mine.values()), False
    common = mine.keys() & theirs.keys() & base.keys()
    orders = [[key for key in items if key in common] for items in (base, mine, theirs)]
    if orders[1] != orders[0] and orders[2] not in (orders[0], orders[1]):
        return tuple(mine.values()), False
    first, second = (mine, theirs) if orders[2] == orders[0] else (theirs, mine)
    keys = [key for key in first if key in second or key not in base]
    keys += [key for key in second if key not in first and key not in base]
    return tuple(
        mine[key] if mine.get(key) != base.get(key) and key in mine else theirs.get(key, mine.get(key))
        for key in keys
    ), True


def _key(item):
    return item[0] if isinstance(item, tuple) else item

"""What two people changed in the same field: both versions in words, and as the form's field would hold them."""

import json

from articles import wording
from richtext.text import plain


def side_by_side(conflict, form, theirs):
    """`[{label, mine, theirs, choice}]` of a `Conflict`, from the form with this side's state and one with theirs.

    `choice` is JSON for `<desk-choice>`: the field's name, the values it holds for either side and, for paragraphs
    of the text, how many stand before them there.
    """
    found = []
    for name in conflict.fields:
        label = wording.label(name)
        if name == "body" and conflict.clashes:  # the rest of the text is brought together
            shown = form.fields["body"].widget.format_value
            for clash in conflict.clashes:
                sides = {"mine": [shown(clash.mine)], "theirs": [shown(clash.theirs)]}
                choice = json.dumps({"name": name, "at": clash.at, **sides})
                words = {"mine": plain(clash.mine), "theirs": plain(clash.theirs)}
                found.append({"label": label, **words, "choice": choice})
        else:
            sides = {"mine": _held(form, name), "theirs": _held(theirs, name)}
            mine, other = (
                wording.in_words(state, name, form.user) for state in (conflict.merged, conflict.theirs)
            )
            choice = json.dumps({"name": name, **sides})
            found.append({"label": label, "mine": mine, "theirs": other, "choice": choice})
    return found


def _held(form, name):
    """The values a browser would send of this field, as the form shows it."""
    value = form.fields[name].widget.format_value(form[name].value())
    return [str(item) for item in (value if isinstance(value, list) else [value or ""])]

"""Which two states of a story are compared."""

from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.content import Content
from articles.models import Revision

LOOKED_AT = 50  # revisions among which one that differs is looked for…
AT_ONCE = 10  # …with so many texts in memory


class Side:
    """One of the two states: what it is called, its revision if it is one, and its content."""

    def __init__(self, name, content, revision=None):
        self.name, self.content, self.revision = name, content, revision

    @classmethod
    def kept(cls, revision):
        return cls(_("Version %d") % revision.number, Content.from_json(revision.content), revision)

    @classmethod
    def newest(cls, article):
        return cls(_("The newest state"), article.newest_content())

    @classmethod
    def on_site(cls, article):
        """What is public, was last public or will be; `Http404` if none of them."""
        if not (article.was_public or article.draft_revision_id):
            raise Http404
        if article.is_public():
            name = capfirst(_("what readers see"))
        else:
            name = _("What was last public") if article.was_public else _("What is scheduled")
        return cls(name, Content.of(article))


def sides(article, old, new):
    """The older and the newer `Side` that an address names; the older is None if there is none.

    Both are revisions' ids; old may be "public" or "returned" (the state last sent back). Without `new` it is the
    newest state, without `old` the last one before that differs. Raises `Http404` for what is not there.
    """
    newer = Side.kept(_kept(article, new)) if new else Side.newest(article)
    if old == "public":
        return Side.on_site(article), newer
    if old:
        older = Side.kept(_kept(article, old))
        if newer.revision and newer.revision.pk < older.revision.pk:
            return newer, older
        return older, newer
    before = _states(article).exclude(kind=Revision.Kind.CONFLICT).defer("content")
    before = list(
        before.filter(pk__lt=newer.revision.pk)[:LOOKED_AT] if newer.revision else before[1:LOOKED_AT]
    )
    first = last_other(newer.content, before) or next(iter(before), None)
    return first and Side.kept(first), newer


def last_other(content, revisions):
    """The first of these revisions that holds another `Content`; None if there is none.

    What is planned, submitted or published is kept once more as it was. A query for each `AT_ONCE` of them.
    """
    for first in range(0, len(revisions), AT_ONCE):
        rows = revisions[first : first + AT_ONCE]
        kept = Revision.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "content")
        kept = {pk: Content.from_json(data) for pk, data in kept}
        for row in rows:
            if kept[row.pk] != content:
                return row
    return None


def _states(article):
    return article.revisions.select_related("by").order_by("-id")


def _kept(article, which):
    """The revision that the address names; else 404."""
    rows = _states(article)
    if which == "returned":
        found = rows.filter(kind=Revision.Kind.RETURNED).first()
    else:
        found = rows.filter(pk=int(which[:18])).first() if which.isdecimal() and which.isascii() else None
    if found is None:
        raise Http404
    return found

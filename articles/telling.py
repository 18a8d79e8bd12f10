"""Who hears of what happens to a story: its own people, and who is named in a note."""

from django.db.models import Q
from django.urls import reverse

from accounts import notices
from accounts.models import User
from masthead.models import Masthead


def its_people(article):
    """Who began a story and who signs it, as users."""
    signing = article.bylines.filter(author__user__isnull=False).values("author__user")
    return list(User.objects.filter(Q(pk=article.created_by_id) | Q(pk__in=signing)))


def happened(article, kind, *, by, note=""):
    """Tell a story's people what somebody did to it, and whom the note names. The system tells nobody."""
    if by is None:
        return
    own = its_people(article)
    _tell(article, kind, own, by, note)
    named(article, note, by=by, but=own)


def noted(article, note, *, by):
    """Tell who is named in a note of its own, and the story's people."""
    if by is None:
        return
    people = named(article, note, by=by)
    _tell(article, "note", [user for user in its_people(article) if user not in people], by, note)


def conceal(article):
    """Of a story that is restricted now, only those who may open it go on reading what they were told."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    told = User.objects.filter(notifications__address=address).distinct()
    notices.conceal(address, [user for user in told if article.may_see(user)])


def named(article, note, *, by, but=()):
    """Tell who is named in a note, if they may open the story; returns them."""
    people = [user for user in notices.named_in(note) if user not in but and article.may_see(user)]
    _tell(article, "mention", people, by, note)
    return people


def _tell(article, kind, people, by, note):
    address = reverse("admin:articles_article_change", args=[article.pk])
    language = Masthead.current().language
    notices.tell(
        kind, people, by=by, label=str(article), address=address, note=note.strip()[:2000], language=language
    )

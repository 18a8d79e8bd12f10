"""What a new story begins with: nothing, a template, another story, or the story it follows up on."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.content import Content
from articles.folding import make_slug
from articles.models import Article, Author, Section, StoryTemplate, seen_by
from masthead.models import Masthead


def blank(user):
    """An empty `Content` in the paper's language, signed by this person."""
    author = Author.objects.filter(user=user).first()
    return Content(language=Masthead.current().language, authors=((author.pk, ""),) if author else ())


def copy_of(article, user):
    """The newest `Content` of a story this person may see, for a story of its own with another address.

    A second translation of one original it is not.
    """
    content, _gone = Article.still_there(article.newest_content())
    seen = Article.objects.filter(seen_by(user), pk__in=[*content.related, content.follows or 0])
    seen = set(seen.values_list("pk", flat=True))
    return replace(
        content,
        slug="",
        translation_of=None,
        related=tuple(pk for pk in content.related if pk in seen),
        follows=content.follows if content.follows in seen else None,
    )


def follow_up_of(article, user):
    """The `Content` of a story that goes on with this one, in its place, about its subjects."""
    content, _gone = Article.still_there(article.newest_content())
    kept = {name: getattr(content, name) for name in ("language", "section", "tags", "kicker")}
    return replace(blank(user), **kept, follows=article.pk)


def usual_templates():
    """Make the templates most papers begin with, in the active language, in the sections that are there."""
    for values in _usual():
        section = values.pop("section", "")
        StoryTemplate.objects.create(
            **values,
            language=Masthead.current().language,
            section=Section.objects.filter(slug=make_slug(section), parent=None).first() if section else None,
        )


def _usual():
    newspaper = [
        ("h2", _("Name of the newspaper")),
        ("p", _("What it says, in two or three sentences, with a link.")),
    ]
    yield {
        "name": _("Press review"),
        "kicker": _("Press review"),
        "title": _("Press review of {date}"),
        "body": _markup(("p", _("What the newspapers talk about today, in one sentence.")), *newspaper * 3),
    }
    event = _("Day, hour: what, where, for whom, what it costs, where to book.")
    yield {
        "name": pgettext("story", "Agenda"),
        "kicker": pgettext("story", "Agenda"),
        "title": _("Agenda of {date}"),
        "body": _markup(("p", _("What is on, in one sentence.")), ("ul", _markup(*[("li", event)] * 3))),
        "section": _("Culture"),
    }
    yield {
        "name": pgettext("story", "Result"),
        "kicker": pgettext("story", "Result"),
        "title": _("Home side – visitors: 0–0"),
        "body": _markup(
            ("p", _("Who won, where, and what decided it, in two sentences.")),
            ("h2", _("How it went")),
            ("p", _("The moments that counted, in their order.")),
            ("h2", _("What they say")),
            ("p", _("The words of one side, then of the other.")),
            ("h2", _("What comes next")),
            ("p", _("The next match, and what the table looks like now.")),
        ),
        "section": _("Sport"),
    }


def _markup(*parts):
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts)

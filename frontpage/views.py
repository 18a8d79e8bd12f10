"""The front page, and what is arranged on top of a section."""

from django.conf import settings
from django.views.decorators.http import require_safe

from articles import structured
from articles.pages import public_page
from frontpage.arrange import arrange, arrange_top
from frontpage.models import slots_now
from masthead.models import Masthead
from masthead.structured import organization


@require_safe
def front(request):
    """The front page: what matters most first, a block for each section, no story twice."""
    return front_page(request)


def front_page(request):
    """The front page as arranged now; as `request.slots` say if the desk previews an arrangement."""
    paper = Masthead.current()
    page = arrange(paper.language, slots_of(request))
    listed = structured.collection(
        paper.name, "/", list(page), settings.SITE_URL, description=paper.tagline, language=paper.language
    )
    publisher = {"@context": structured.CONTEXT} | organization(paper, settings.SITE_URL)
    context = {"front": page, "data_blocks": [publisher, listed], "description": paper.tagline}
    return public_page(request, "frontpage/front.html", context, path="/")


def top(request, section, stories, length):
    """The stories on top of a section; None where nothing is arranged."""
    slots = slots_of(request, section)
    return arrange_top(section, stories, length, slots)[0] if slots else None


def slots_of(request, section=None):
    """The slots in force on this page, those of a preview instead of what is stored."""
    previewed = getattr(request, "slots", None)
    return slots_now(section) if previewed is None else previewed

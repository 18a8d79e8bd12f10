"""The front page."""

from django.conf import settings
from django.views.decorators.http import require_safe

from articles import structured
from articles.pages import public_page
from frontpage.arrange import arrange
from masthead.models import Masthead
from masthead.structured import organization


@require_safe
def front(request):
    """The front page: what matters most first, a block for each section, no story twice."""
    paper = Masthead.current()
    page = arrange(paper.language)
    listed = structured.collection(
        paper.name, "/", list(page), settings.SITE_URL, description=paper.tagline, language=paper.language
    )
    publisher = {"@context": structured.CONTEXT} | organization(paper, settings.SITE_URL)
    context = {"front": page, "data_blocks": [publisher, listed], "description": paper.tagline}
    return public_page(request, "frontpage/front.html", context, path="/")

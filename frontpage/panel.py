"""Where a story stands, for beside its form."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from frontpage.arrange import arrange
from frontpage.models import ARRANGE, slots_now
from frontpage.places import groups
from masthead.models import Masthead


def panel(article, request):
    """Where a public story in the paper's language stands on the front page now, and the way to put it there."""
    language = Masthead.current().language
    if article.language != language or not article.is_public() or not request.user.has_perm(ARRANGE):
        return ""
    front = arrange(language, slots_now())
    names = {key: words for _heading, places in groups(None, language, 0) for key, words in places}
    at = next((place for place, story in front.standing.items() if story.pk == article.pk), None)
    if at:
        said = names.get(at) or _("In its section's block")
    else:
        there = any(story.pk == article.pk for story in front)
        said = _("Among the newest") if there else _("Not on the front page")
    address = f"{reverse('admin:front')}?story={article.pk}"
    link = _("Arrange the front page") if at else _("Place it on the front page")
    return format_html(
        '<h3>{}</h3><p>{}</p><p><a href="{}">{}</a></p>', _("On the front page"), said, address, link
    )

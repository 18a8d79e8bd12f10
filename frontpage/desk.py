"""Arranging the front page or a section's top, at the desk."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import paging
from articles.models import Article
from articles.tree import Tree
from articles.views import LONG, begins_paper, length_of_top, section_detail
from frontpage.arrange import arrange, arrange_top
from frontpage.forms import Sheet
from frontpage.models import ARRANGE, Arrangement, Overtaken, Slot
from frontpage.views import front_page
from masthead.models import Masthead
from pagecache import generation, moments

HISTORY = 30


class Page:
    """The page that is arranged: the front page, or the section with the id in `?section=`."""

    def __init__(self, request):
        if not request.user.has_perm(ARRANGE):
            raise PermissionDenied
        pk = request.GET.get("section", "")
        self.tree, self.section = Tree.current(), None
        if pk:
            self.section = self.tree.by_id.get(int(pk[:18])) if pk.isdecimal() else None
            if self.section is None:
                raise Http404
        section = self.section
        self.language = self.tree.language_of(section) if section else Masthead.current().language
        self.length = length_of_top(section) if section else 0
        self.has_band = section is None or begins_paper(section)
        self.query = f"?section={section.pk}" if section else ""
        self.address = reverse("admin:front") + self.query
        self.title = _("On top of %s") % section.name if section else _("Front page")

    def sheet(self, request, **options):
        return Sheet(
            self.section, self.language, self.length, user=request.user, band=self.has_band, **options
        )

    def standing(self, slots):
        """The story in each place, were these slots in force now."""
        if self.section is None:
            return arrange(self.language, slots).standing
        rows = paging.stories(Article.objects.published(), self.section, length=LONG + self.length).rows
        return arrange_top(self.section, rows, self.length, slots)[1]


def front(request):
    """The sheet: what stands where, what was chosen, and what held before."""
    with moments.read(generation.current()):  # the masthead and the sections once, not for every field
        page, conflict = Page(request), None
        if request.method == "POST":
            sheet = page.sheet(request, data=request.POST)
            if sheet.is_valid():
                try:
                    return _published(request, page, sheet)
                except Overtaken as other:
                    sheet, conflict = _overtaken(request, page, sheet, other.newest)
                    if not conflict:
                        return _came_through(request, page)
        else:
            sheet = _begun(request, page)
        return _shown(request, page, sheet, conflict)


def _begun(request, page):
    """The sheet as a copy of what holds now, or of the arrangement in `?from=`; `?story=` put into a place."""
    newest = Arrangement.objects.newest(page.section)
    if "from" in request.GET:
        pk = request.GET["from"]
        begin = get_object_or_404(
            Arrangement.objects.of(page.section), pk=int(pk[:18]) if pk.isdecimal() else 0
        )
        messages.info(request, _("This is a copy of an earlier arrangement. Publish it to bring it back."))
    else:
        begin = Arrangement.objects.holding(page.section)
    slots, placed = {slot.place: slot for slot in begin.slots.in_force()} if begin else {}, None
    if (pk := request.GET.get("story", "")).isdecimal():
        placed = _place(request, page, slots, get_object_or_404(Article, pk=int(pk[:18])))
    head = {"base": newest.pk if newest else 0, "begun": begin.pk if begin else 0}
    sheet = page.sheet(request, slots=slots, head=head)
    sheet.placed = placed
    if gone := len(slots.keys() - {form.prefix for form in sheet.forms[1:]}):
        said = ngettext(
            "%(n)d place of it is no longer on this page and was left out.",
            "%(n)d places of it are no longer on this page and were left out.",
            gone,
        )
        messages.warning(request, said % {"n": gone})
    return sheet


def _place(request, page, slots, article):
    """Put a story into the first place that nobody filled, or say why not. Gives the place's key, or None."""
    if not article.may_see(request.user):
        return None
    names = {form.prefix: form.named for form in page.sheet(request).places}
    there = next((names[key] for key, slot in slots.items() if key in names and slot.article_id == article.pk), "")
    free = next((key for key in names if key not in slots), None)
    words, placed = _words(), None
    if there:
        said = words["there"]
    elif page.section and not Article.objects.inside(page.section).filter(pk=article.pk).exists():
        said = _("“%(title)s” stands neither in this section nor below it.")
    elif free is None:
        said = words["full"]
    else:
        placed, said = free, words["put"]
        slots[free] = Slot(place=free, article=article)
    messages.info(request, said % {"title": article, "place": there or names.get(free, "")})
    return placed


def _words():
    """What is said of a story that shall be put into a place, here and by the sheet's script."""
    return {
        "there": _("“%(title)s” stands in “%(place)s” already."),
        "full": _("Every place is taken. Take something away where “%(title)s” shall stand, and choose it there."),
        "put": _("“%(title)s” is put into “%(place)s”. Move it if you want, then publish."),
    }


def _published(request, page, sheet):
    head = sheet.head.cleaned_data
    made = Arrangement.publish(
        page.section, list(sheet.slots().values()), by=request.user, base=head["base"],
        holds_from=head["holds_from"], note=head["note"],
    )  # fmt: skip
    if head["holds_from"]:
        messages.success(request, _("It holds from %s.") % _moment(made.holds_from))
    else:
        messages.success(request, _("It is public from this moment on."))
    _say_left(request, sheet)
    if not head["holds_from"]:
        later = Arrangement.objects.of(page.section).filter(holds_from__gt=timezone.now())
        if coming := later.order_by("holds_from").first():
            said = _(
                "From %s on another arrangement holds, made without what you changed now. Look at it too."
            )
            messages.warning(request, said % _moment(coming.holds_from))
    return _came_through(request, page)


def _came_through(request, page):
    """To the sheet as it holds now, which is told the name under which the browser kept what was sent."""
    request.session["arranged"] = request.POST.get("kept", "")[:40]
    return HttpResponseRedirect(page.address)


def _say_left(request, sheet):
    """Name the places that are left to the page, though something was chosen for them earlier."""
    if sheet.moved:
        said = _("No longer in this section, and so left to the page: %(places)s.")
        messages.info(request, said % {"places": ", ".join(map(str, sheet.moved))})
    if sheet.ended:
        said = _("Over before this arrangement holds, and so left to the page: %(places)s.")
        messages.info(request, said % {"places": ", ".join(map(str, sheet.ended))})


def _overtaken(request, page, sheet, newest):
    """Somebody else arranged it meanwhile: what only one side changed is brought together and published.

    Returns the sheet and, if both changed a place, what to say: the sheet then goes on from the other's.
    """
    head = sheet.head.cleaned_data
    theirs = {slot.place: slot for slot in newest.slots.all()} if newest else {}
    begun = {slot.place: slot for slot in sheet.begun().in_force()}
    slots, differences = sheet.merged(theirs, begun)
    base = newest.pk if newest else 0
    if newest and newest.pk > head["base"]:
        who, when = newest.by or "—", _moment(newest.made_at)
        told = _("%(who)s arranged this page at %(when)s, after you had begun.") % {"who": who, "when": when}
        if not differences:
            try:
                Arrangement.publish(
                    page.section, list(slots.values()), by=request.user, base=base,
                    holds_from=head["holds_from"], note=head["note"],
                )  # fmt: skip
            except Overtaken as other:
                return _overtaken(request, page, sheet, other.newest)
            said = _("Saved, together with what %(who)s changed meanwhile.") % {"who": who}
            messages.success(request, said)
            _say_left(request, sheet)
            return sheet, None
    else:
        told = _("The arrangement that was the newest when you began was dropped meanwhile.")
    kept = {"base": base, "begun": base, "holds_from": head["holds_from"], "note": head["note"]}
    return page.sheet(request, slots=slots, head=kept), {"told": told, "differences": differences}


def _shown(request, page, sheet, conflict):
    standing, now = page.standing(sheet.slots()), timezone.now()
    sheet.hint()
    for form in sheet.places:
        form.standing = standing.get(form.prefix)
        form.away = bool(
            form.slot
            and form.slot.article_id
            and not (form.standing and form.standing.pk == form.slot.article_id)
        )
    outside = sheet.outside({form.slot.article_id for form in sheet.places if form.away})
    for form in sheet.places:
        form.moved = form.away and form.slot.article_id in outside
    history = list(Arrangement.objects.of(page.section).select_related("by").order_by("-id")[:HISTORY])
    holding = Arrangement.objects.holding(page.section, now)
    for row in history:
        row.holds, row.is_to_come = row == holding, row.holds_from > now
    context = {
        **admin.site.each_context(request),
        "title": _("Arrange the front page") if page.section is None else page.title,
        "page": page,
        "sheet": sheet,
        "preview": reverse("admin:front_preview") + page.query,
        "conflict": conflict,
        "wrong": [(form, e) for form in sheet.forms if form.is_bound for e in form.errors],
        "history": history,
        "words": _words(),
        "sections": list(page.tree.by_path.values()),
        "media": sheet.media,
    }
    return render(request, "admin/frontpage/front.html", context)


@require_POST
def preview(request):
    """The public page as the sheet that was sent would arrange it; nothing is stored."""
    page = Page(request)
    sheet = page.sheet(request, data=request.POST)
    if sheet.is_valid():
        request.slots = sheet.slots()
        response = section_detail(request, page.section) if page.section else front_page(request)
    else:
        response = render(request, "admin/frontpage/wrong.html", {"forms": sheet.forms})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def drop(request, pk):
    """Take back an arrangement that is still to come."""
    if not request.user.has_perm(ARRANGE):
        raise PermissionDenied
    arrangement = get_object_or_404(Arrangement.objects.select_related("section"), pk=pk)
    if arrangement.drop(by=request.user):
        messages.success(request, _("The arrangement to come was dropped."))
    else:
        messages.warning(request, _("It holds already. Bring back an earlier one instead."))
    section = f"?section={arrangement.section_id}" if arrangement.section_id else ""
    return HttpResponseRedirect(reverse("admin:front") + section)


def _moment(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")

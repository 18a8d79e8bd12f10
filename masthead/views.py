"""Static pages and the small files that say who we are."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_safe

from masthead import structured
from masthead.models import Masthead, Page
from richtext.render import render as render_text

A_YEAR = "public, max-age=31536000, immutable"
WITH_IMPRINT = (Page.Kind.ABOUT, Page.Kind.LEGAL, Page.Kind.CONTACT)


def page_detail(request, page, resolve_article=lambda ids: {}):
    """A static page, in its own language. `resolve_article`: see `richtext.render.render`."""
    masthead = Masthead.current()
    language = page.language or masthead.language
    with translation.override(language):
        context = {
            "page": page,
            "language": language,
            "canonical": settings.SITE_URL + page.get_absolute_url(),
            "imprint": masthead if page.kind in WITH_IMPRINT else None,
            "text": render_text(page.body, resolve_article=resolve_article),
            "structured": "",
        }
        if page.kind == Page.Kind.ABOUT:
            context["structured"] = structured.script(structured.organization(masthead, settings.SITE_URL))
        return render(request, "masthead/page_detail.html", context)


def accents(masthead):
    """The style sheet that puts the masthead's accents over the default ones; "" if it has none."""
    light = f":root{{--red-700:{masthead.accent_light}}}" if masthead.accent_light else ""
    dark = f":root{{--red-700:{masthead.accent_dark}}}" if masthead.accent_dark else ""
    return (light and f"@media screen{{{light}}}") + (
        dark and f"@media screen and (prefers-color-scheme:dark){{{dark}}}"
    )


def version(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def paper_css_url(masthead):
    """The address of the accents' style sheet, different for each content; "" if there are none."""
    css = accents(masthead)
    return f"/paper.css?v={version(css)}" if css else ""


@require_safe
def paper_css(request):
    """The accents; for ever if asked for by its own version."""
    css = accents(Masthead.current())
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = A_YEAR if request.GET.get("v") == version(css) else "no-cache"
    return response


@require_safe
def ads(request):
    """Who may sell our advertising space (IAB ads.txt 1.1)."""
    text = Masthead.current().ads_txt.strip()
    if not text:
        raise Http404
    return HttpResponse(text.replace("\r\n", "\n") + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request):
    """What crawlers may fetch (RFC 9309), and where the sitemaps are."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "Disallow: /search/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.SITE_URL}/news-sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Where browsers look without being told: leads to the paper's icon, or ours."""
    icon = Masthead.current().icon
    address = icon.url("1x1", 200, "webp") if icon else ""
    return redirect(address or static("icon.svg"))

"""The paper as search engines read it: schema.org as JSON-LD."""

import json

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from masthead.models import Page

# schema.org/NewsMediaOrganization and schema.org/Organization: which property names which page.
POLICIES = {
    "publishingPrinciples": Page.Kind.ETHICS,
    "ethicsPolicy": Page.Kind.ETHICS,
    "correctionsPolicy": Page.Kind.CORRECTIONS,
    "ownershipFundingInfo": Page.Kind.OWNERSHIP,
    "diversityPolicy": Page.Kind.DIVERSITY,
    "masthead": Page.Kind.ABOUT,
    "actionableFeedbackPolicy": Page.Kind.CONTACT,
}
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def organization(masthead, origin):
    """The paper as a schema.org/NewsMediaOrganization; `origin` is "https://paper.example"."""
    pages = Page.of_kinds(masthead.language)
    found = {
        "@type": "NewsMediaOrganization",
        "@id": f"{origin}/#organization",
        "name": masthead.name,
        "url": f"{origin}/",
        "description": masthead.tagline,
        "logo": _logo(masthead, origin),
        "legalName": masthead.publisher_name,
        "foundingDate": str(masthead.founded or ""),
        "address": masthead.contact_address or masthead.publisher_address,
        "email": masthead.contact_email,
        "telephone": masthead.contact_phone,
        "sameAs": masthead.profiles,
        "employee": _editor(masthead),
    }
    for name, kind in POLICIES.items():
        if kind in pages:
            found[name] = origin + pages[kind].get_absolute_url()
    return {name: value for name, value in found.items() if value}


def script(data):
    """The element that carries `data`; it runs nothing, so no content policy forbids it."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def _logo(masthead, origin):
    if masthead.logo is None or not masthead.logo.is_ready:
        return None
    logo = masthead.logo.rendition_for_feed(origin)
    return {"@type": "ImageObject", "url": logo["url"], "width": logo["width"], "height": logo["height"]}


def _editor(masthead):
    if not masthead.responsible_editor:
        return None
    return {"@type": "Person", "name": masthead.responsible_editor, "jobTitle": "Responsible editor"}

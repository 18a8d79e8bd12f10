"""What a browser may load and run on our pages (Content Security Policy, level 3)."""

import re
from functools import cache
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage

from richtext.embeds import FRAME_HOSTS
from richtext.fields import RichTextField


def policy(request):
    """The policy for the page at this address: strict, but for the desk's forms with an editor."""
    path = request.path_info
    if not path.startswith("/admin/"):
        return _public(framed=path.startswith("/preview/"))
    return _desk(editor=bool(_editors().search(path)))


@cache
def _public(framed):
    return _said(
        default=["'none'"],
        script=["'self'"],
        style=["'self'"],
        img=["'self'", "data:", *media_origin()],
        font=["'self'"],
        connect=["'self'"],
        media=["'self'", *media_origin()],
        frame=FRAME_HOSTS,
        manifest=["'self'"],
        ancestors="'self'" if framed else "'none'",
    )


@cache
def _desk(editor):
    """CKEditor 4 writes style attributes and its buttons' handlers into the page; nothing else needs that."""
    loose = ["'unsafe-inline'"] if editor else []
    return _said(
        default=["'none'"],
        script=["'self'"],
        **({"script_src_attr": loose} if editor else {}),
        style=["'self'", *loose],
        img=["'self'", "data:", "blob:", *media_origin()],
        font=["'self'"],
        connect=["'self'"],
        frame=["'self'", *FRAME_HOSTS],
        ancestors="'self'",
    )


def _said(*, ancestors, **sources):
    parts = []
    for name, values in sources.items():
        directive = name.replace("_", "-") if "_" in name else f"{name}-src"
        parts.append(f"{directive} {' '.join(values)}")
    parts += ["form-action 'self'", "base-uri 'none'", f"frame-ancestors {ancestors}"]
    return "; ".join([*parts, *(["upgrade-insecure-requests"] if settings.SECURE else [])])


@cache
def media_origin():
    """Where pictures come from, if not from here: ["https://bucket.example"] or []."""
    parts = urlsplit(default_storage.url("x"))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


@cache
def _editors():
    """Matches the addresses of the forms that have an editor: those of models with rich text."""
    names = [
        f"{model._meta.app_label}/{model._meta.model_name}"
        for model in apps.get_models()
        if any(isinstance(field, RichTextField) for field in model._meta.fields)
    ]
    return re.compile(rf"^/admin/(?:{'|'.join(names)})/(?:add|[^/]+/change)/$")

"""The pages around the article form: preview, history, taking down, correcting, links, completion."""

import secrets
from dataclasses import fields
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from accounts.models import AuditEntry, record
from articles import registry, wording
from articles.admin.comparing import last_other, sides
from articles.comparing import Comparison
from articles.content import Content
from articles.folding import fold
from articles.forms import ArticleForm, CorrectionForm, TakeDownForm, WithdrawForm
from articles.models import Article, FormerSlug, PreviewLink, Revision
from articles.tree import Tree
from articles.workflow import Conflict
from images.models import Image
from masthead.addresses import is_ours, normal, owners, reserved
from richtext.references import references


def _page(admin, request, article, template, **context):
    base = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "article": article,
        "original": article,
        "title": context.pop("title"),
    }
    return TemplateResponse(request, f"admin/articles/article/{template}.html", base | context)


def _change_url(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def complete(admin, request):
    """Stories to link to: `{"results": [{id, key, label, title, state, address}]}`, the newest first.

    `?q=` are words, or the address of one of ours. Those with the words in their title come first. `?section=` is the
    id of a section: only what stands in it or below it.
    """
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()
    section = _section_named(request.GET.get("section", ""))
    places = {"section": list(section.branch().values_list("pk", flat=True))} if section else {}
    stories = (
        admin.get_queryset(request)
        .filter(binned_at=None)
        .select_related("section")
        .order_by("-saved_at", "-id")
    )
    if is_ours(query):
        at = _story_at(query)
        found = [at.pk] if at else []
    else:
        # Without words nothing is found inside a section: that would walk the archive.
        found = registry.search(query, 10, **places) if query else [] if section else None
    if found is not None:
        stories = stories.filter(pk__in=list(found))
    if section:
        stories = stories.inside(section)
    results = [
        {
            "id": story.pk,
            "key": str(story.pk),
            "label": str(story),
            "title": str(story),
            "front": story.list_title,
            "state": str(story.state_label),
            "address": story.get_absolute_url(),
        }
        for story in sorted(stories[:10], key=lambda story: fold(query) not in fold(story.title))
    ]
    return JsonResponse({"results": results})


def _section_named(pk):
    """The section with this id, as an address has it; None for none. Raises Http404 for one that is not there."""
    if not pk:
        return None
    section = Tree.current().by_id.get(int(pk[:18])) if pk.isdecimal() else None
    if section is None:
        raise Http404
    return section


def _sent_to(admin, request, pk):
    """The story (None: a new one) and its form as it was sent, for somebody who may write it. Nothing is saved."""
    article = admin.find(request, pk) if pk else Article(created_by=request.user)
    if not (article.may(request.user, "save") if pk else admin.has_add_permission(request)):
        raise PermissionDenied
    return article, ArticleForm(request.POST, article=article, user=request.user)


def gate(admin, request, pk=None):
    """What stands before the publication of what is sent, the form's fields: the list at the form's side."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article, form = _sent_to(admin, request, pk)
    context = {"gate": admin.gate_of(article, form)}
    return TemplateResponse(request, "admin/articles/article/_gate_list.html", context)


def _story_at(address):
    """The story that lives at this address of ours, or that it leads to as a wrong or former one; else None."""
    path = normal(address).lower()
    owner = owners(path)
    if owner or reserved(path):
        return owner if isinstance(owner, Article) else None
    slug = path.rsplit("/", 1)[-1]
    former = FormerSlug.objects.filter(slug=slug).select_related("article").first()
    return Article.objects.filter(slug=slug).first() or (former and former.article)


def preview(admin, request, pk):
    """The newest state in the public look, with the way back to the form."""
    article = admin.find(request, pk)
    return _page(admin, request, article, "preview", title=_("Preview"), state_label=article.state_label)


@xframe_options_sameorigin
def preview_page(admin, request, pk):
    """The public page of the newest state, as readers would get it."""
    from articles.views import render_state

    article = admin.find(request, pk)
    return render_state(request, article, article.newest_content(), banner=_("Preview, as the desk sees it."))


def preview_typed(admin, request, pk=None):
    """The page of what stands in the sent form, saved or not, as far as it is typed. Writes nothing.

    The header X-Pictures-Waiting says that the library still prepares one of its pictures: it is to be asked again.
    """
    from articles.views import render_state

    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article, form = _sent_to(admin, request, pk)
    content = form.half_typed()
    response = render_state(request, article, content, banner=_("Preview of what is typed. It is not saved."))
    shown = [*references(content.body).images, content.image]
    if Image.objects.filter(pk__in=filter(None, shown), state=Image.State.WAITING).exists():
        response["X-Pictures-Waiting"] = "1"
    return response


def history(admin, request, pk):
    """Every state that was kept, the newest first, and who did what."""
    article = admin.find(request, pk)
    after = request.GET.get("after", "")
    rows = article.revisions.select_related("by").defer("content").order_by("-id")
    rows = list((rows.filter(pk__lt=int(after[:18])) if after.isdecimal() else rows)[:51])
    entries = []
    if request.user.has_perm("accounts.view_auditentry"):
        entries = AuditEntry.objects.filter(
            target_type=ContentType.objects.get_for_model(Article), target_id=article.pk
        )
        entries = entries.select_related("by").order_by("-id")[:50]
    return _page(
        admin,
        request,
        article,
        "history",
        title=_("History"),
        revisions=rows[:50],
        next=rows[49].pk if len(rows) > 50 else None,
        paged=after.isdecimal(),
        chosen=_chosen(article, rows[:50], paged=after.isdecimal()),
        entries=entries,
    )


def _chosen(article, rows, *, paged):
    """The ids of the older and the newer revision that are chosen at first: the newest two that differ."""
    rows = [row for row in rows if row.kind != Revision.Kind.CONFLICT]
    newest = None if paged else next(iter(rows), None)
    content = Content.from_json(newest.content) if newest else article.newest_content()
    rows = rows[1:] if newest else rows
    older = last_other(content, rows) or next(iter(rows), None)
    return {"old": older and older.pk, "new": newest and newest.pk}


def revision(admin, request, pk, revision):
    """One kept state; to bring it back as a draft, for who may edit."""
    article = admin.find(request, pk)
    kept = get_object_or_404(article.revisions.select_related("by"), pk=revision)
    may = article.may(request.user, "save")
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        try:
            seen = request.POST.get("version", "")
            version = int(seen[:9]) if seen.isdecimal() else 0
            _article, missing = article.restore(kept, by=request.user, version=version)
        except Conflict as conflict:
            messages.error(request, str(conflict))
            return HttpResponseRedirect(request.path)
        messages.success(request, _("Version %d is the newest draft again.") % kept.number)
        if missing:
            messages.warning(
                request, _("What no longer exists could not be brought back: %s.") % ", ".join(missing)
            )
        return HttpResponseRedirect(_change_url(article))
    content = Content.from_json(kept.content)
    names = [field.name for field in fields(Content) if field.name != "body"]
    facts = [(wording.label(name), wording.in_words(content, name, request.user)) for name in names]
    return _page(
        admin, request, article, "revision",
        title=_("Version %d") % kept.number, revision=kept, content=content, may_restore=may,
        facts=[(label, text) for label, text in facts if text],
    )  # fmt: skip


def compare(admin, request, pk):
    """Two states of a story, as a reader would see what changed: see `articles.admin.comparing.sides`."""
    article = admin.find(request, pk)
    old, new = sides(article, request.GET.get("old", ""), request.GET.get("new", ""))
    comparison = Comparison(old.content if old else new.content, new.content, request.user)
    return _page(
        admin, request, article, "compare",
        title=_("Compare versions"), old=old, new=new, comparison=comparison,
    )  # fmt: skip


def take_down(admin, request, pk):
    """Asks how and why before a story leaves the site."""
    article = admin.find(request, pk)
    if not article.may(request.user, "take_down"):
        if not request.user.has_perm("articles.take_down_article"):
            raise PermissionDenied
        messages.warning(request, _("It was never public: there is nothing to take down."))
        return HttpResponseRedirect(_change_url(article))
    gone = article.status != Article.Status.PUBLISHED
    initial = {"version": article.version} | _how_it_is_gone(article)
    form = TakeDownForm(request.POST or None, article=article, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            article.take_down(
                by=request.user,
                version=data["version"],
                how=data["how"],
                reason=data["reason"],
                to=data["redirected_to"],
                note=data["note"],
            )
        except ValidationError as refused:
            for name, errors in (
                refused.message_dict.items() if hasattr(refused, "error_dict") else [(None, refused.messages)]
            ):
                form.add_error(name, errors)
        except Conflict:
            messages.warning(
                request, _("Somebody wrote to it meanwhile. Look at it once more before taking it down.")
            )
            return HttpResponseRedirect(_change_url(article))
        else:
            said = _("It is off the site, from this moment on. “Publish again” brings it back.")
            messages.success(request, _("Changed, from this moment on.") if gone else said)
            return HttpResponseRedirect(_change_url(article))
    return _page(
        admin, request, article, "take_down",
        title=_("Change how it is gone") if gone else _("Take down"),
        gone=gone, form=form, media=admin.media + form.media,
    )  # fmt: skip


def _how_it_is_gone(article):
    """What the form for taking down begins with, for a story that is gone already."""
    if article.status == Article.Status.PUBLISHED:
        return {}
    return {
        "how": article.status,
        "reason": article.taken_down_reason,
        "redirected_to": [article.redirected_to_id] if article.redirected_to_id else [],
    }


def correct(admin, request, pk):
    """Adds a dated public note."""
    article = admin.find(request, pk)
    if not article.may(request.user, "correct"):
        if not request.user.has_perm("articles.correct_article"):
            raise PermissionDenied
        messages.warning(request, _("It is not public: mend the text itself."))
        return HttpResponseRedirect(_change_url(article))
    form = CorrectionForm(request.POST or None, article=article)
    if request.method == "POST" and form.is_valid():
        try:
            article.correct(form.cleaned_data["text"], by=request.user, kind=form.cleaned_data["kind"])
        except ValidationError as refused:
            for name, errors in refused.message_dict.items():
                form.add_error(name, errors)
        else:
            messages.success(
                request, _("Readers see the note above the text, and in the list of corrections.")
            )
            return HttpResponseRedirect(_change_url(article))
    corrections = article.corrections.standing().select_related("by")
    return _page(
        admin, request, article, "correct", title=_("Add a correction"), form=form, corrections=corrections
    )


def correction(admin, request, pk, correction):
    """Rewords or withdraws a public note: who did, and what it said, is kept."""
    article = admin.find(request, pk)
    if not article.may(request.user, "amend_correction"):
        raise PermissionDenied
    kept = get_object_or_404(article.corrections.select_related("by"), pk=correction)
    if kept.withdrawn_at and request.method != "POST":
        messages.warning(request, _("This correction has been withdrawn."))
        return HttpResponseRedirect(_change_url(article))
    withdrawing = "_withdraw" in request.POST
    sent = request.POST if request.method == "POST" else None
    initial = {"kind": kept.kind, "text": kept.text, "version": kept.version}
    form = CorrectionForm(None if withdrawing else sent, article=article, initial=initial)
    withdraw = WithdrawForm(
        sent if withdrawing else None, article=article, initial=initial, prefix="withdraw"
    )
    chosen = withdraw if withdrawing else form
    if sent is not None and chosen.is_valid():
        data = chosen.cleaned_data | {"version": chosen.cleaned_data["version"] or 0}
        verb = article.withdraw_correction if withdrawing else article.amend_correction
        try:
            verb(kept, by=request.user, **data)
        except ValidationError as refused:
            for name, errors in refused.message_dict.items():
                chosen.add_error(name, errors)
        except Conflict:
            sentence = _("Somebody changed or withdrew it meanwhile. Copy what you typed and open it again.")
            chosen.add_error(None, sentence)
        else:
            said = _("Readers no longer see the correction.") if withdrawing else _("Saved.")
            messages.success(request, said)
            return HttpResponseRedirect(_change_url(article))
    return _page(
        admin, request, article, "correction",
        title=_("Reword or withdraw a correction"), correction=kept, form=form, withdraw=withdraw,
    )  # fmt: skip


def note(admin, request, pk):
    """A note to the others who work on a story, from someone who may only read it."""
    article = admin.find(request, pk)
    if request.method == "POST" and request.POST.get("note", "").strip():
        article.add_note(request.POST["note"], by=request.user)
        messages.success(request, _("Your note stands with the article."))
    return HttpResponseRedirect(_change_url(article))


def links(admin, request, pk):
    """Keys that show the unpublished state to somebody without an account: made here, revoked here."""
    article = admin.find(request, pk)
    if not article.may(request.user, "save"):
        raise PermissionDenied
    if request.method == "POST":
        if "revoke" in request.POST and request.POST["revoke"].isdecimal():
            found = article.preview_links.filter(pk=int(request.POST["revoke"][:18]), revoked_at=None)
            with transaction.atomic():
                revoked = found.update(revoked_at=timezone.now())
                if revoked:
                    record("revoke link", article, by=request.user)
            if revoked:
                messages.success(request, _("Revoked: the link shows nothing any more."))
        else:
            with transaction.atomic():
                days = request.POST.get("days", "")
                days = int(days) if days in map(str, PreviewLink.DAYS) else max(PreviewLink.DAYS)
                end = timezone.now() + timedelta(days=days)
                token = secrets.token_urlsafe(32)
                PreviewLink.objects.create(article=article, token=token, by=request.user, expires_at=end)
                record("make link", article, by=request.user, days=days)
            messages.success(request, _("Copy the link and send it to whom it is for."))
        return HttpResponseRedirect(request.path)
    rows = article.preview_links.select_related("by").order_by("-id")[:50]
    now = timezone.now()
    for row in rows:
        row.works = row.revoked_at is None and row.expires_at > now
        row.address = settings.SITE_URL + reverse("preview", args=[row.token])
    return _page(
        admin, request, article, "links", title=_("Links for outsiders"), links=rows, days=PreviewLink.DAYS
    )


def go(request):
    """From a public address to its form: `/admin/go/?url=`."""
    article = _story_at(request.GET.get("url", "")[:2000])
    if article is None or not article.may_see(request.user):
        raise Http404
    return HttpResponseRedirect(_change_url(article))

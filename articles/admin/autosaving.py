"""What an open form sends every few seconds, and what it is told: who else is there, and what was written since."""

import json
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import autosave, wording
from articles.content import Content
from articles.forms import NO_CONTENT, ArticleForm
from images.models import Image
from masthead.moments import PaperTimeField
from richtext.text import plain


def pulse(admin, request):
    """Takes `{tab, article, version, user?, fields?, takeOver?, leaving?}`; `user` is whom the form was made for.

    Answers `{kept, here, mayTakeOver, news, taken, token}`: when the fields were kept, and sentences for the person
    (empty if there is nothing to say); `{done, tab, token}` if this tab's text was saved: the form goes on under
    another id; 400 for what is no such message, 403 with a sentence for who may not write, and `{other}`, a
    name, if somebody else is signed in now.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > autosave.LONGEST:
            raise ValueError
        sent = _read(request.body)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return JsonResponse(
            {"refused": _("This could not be kept. What you typed stays in this browser.")}, status=400
        )
    user = request.user
    if sent["user"] not in (None, user.pk):
        return JsonResponse({"other": str(user)}, status=403)
    if sent["leaving"] and sent["fields"] is None:
        autosave.leave(user, sent["tab"])
        return JsonResponse({})
    try:
        article = autosave.article_for(user, sent["article"]) if sent["article"] else None
        row = autosave.beat(
            user, sent["tab"], article=article, version=sent["version"], fields=sent["fields"]
        )
    except PermissionDenied:
        sentence = _(
            "You may no longer write this article: it was put into the bin or deleted, or your rights were changed. "
            "What you typed stays in this browser; copy what you need."
        )
        return JsonResponse({"refused": sentence}, status=403)
    if sent["leaving"]:
        autosave.leave(user, sent["tab"])
    elif row.is_done:  # saved or thrown away, but the form is still open: it goes on under another name
        return JsonResponse({"done": True, "tab": uuid4(), "token": get_token(request)})
    if article and sent["takeOver"]:
        autosave.take_over(article, row.tab, by=user)
        row.taken_by = None
    others = autosave.others(article, row.tab) if article else []
    return JsonResponse(
        {
            "kept": _clock(row.typed_at) if sent["fields"] and row.typed_at else "",
            "here": _who(others, user),
            "mayTakeOver": any(other.user_id != user.pk for other in others),
            "news": _news(article, sent["version"], user) if article else "",
            "taken": _taken(row),
            "token": get_token(request),
        }
    )


def _read(body):
    sent = json.loads(body)
    fields = sent.get("fields")
    if fields is not None:
        fields = {_storable(name): [_storable(value) for value in values] for name, values in fields.items()}
        fields = {name: values for name, values in fields.items() if name not in autosave.HIDDEN}
    article = sent.get("article")
    return {
        "tab": UUID(sent["tab"]),
        "article": int(str(article)[:18]) if article else None,
        "user": int(str(sent["user"])[:18]) if sent.get("user") else None,
        "version": min(max(int(sent.get("version") or 0), 0), 2**31 - 1),
        "fields": fields,
        "takeOver": sent.get("takeOver") is True,
        "leaving": sent.get("leaving") is True,
    }


def _storable(value):
    """A field's text; raises ValueError for half a character, which no database takes."""
    text = str(value)
    text.encode()
    return text.replace("\0", "")


def _clock(moment):
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def _who(rows, user):
    sentences = []
    own = [row for row in rows if row.user_id == user.pk]
    if own:
        since = {"since": _clock(own[-1].opened_at)}
        sentences.append(_("You have this article open in another tab, since %(since)s.") % since)
    for row in [row for row in rows if row.user_id != user.pk]:
        values = {"who": row.user, "since": _clock(row.opened_at)}
        if not row.types:
            sentences.append(_("%(who)s has this article open since %(since)s.") % values)
        else:
            sentences.append(_("%(who)s is writing in this article since %(since)s.") % values)
    return sentences


def _news(article, version, user):
    if article.version <= version:
        return ""
    newest = article.revisions.exclude(kind="conflict").select_related("by").first()
    if (
        newest is None or newest.number < article.version
    ):  # who sees it, until when, its date: no state was kept
        return _("This article was changed since you opened it; it is now “%(state)s”.") % {
            "state": article.state_label
        }
    return _(
        "%(who)s wrote to this article at %(when)s; it is now “%(state)s”. When you save, what you typed is brought "
        "together with it."
    ) % {
        "who": _("You, in another tab,") if newest.by_id == user.pk else newest.by or _("The system"),
        "when": _clock(newest.at),
        "state": article.state_label,
    }


def _taken(row):
    if row.taken_by is None:
        return ""
    return _(
        "%(who)s goes on with this article in your place. What you typed is kept and was handed over; talk to "
        "each other before you take it back."
    ) % {"who": row.taken_by}


def offers(article, user):
    """What was typed and never saved, side by side with what is stored, for the form's top."""
    found = []
    for row in autosave.unsaved(user, article if article.pk else None):
        changed = _changed(form_of(row, article, user), article)
        if changed:
            whose = None if row.user_id == user.pk else row.user
            found.append({"row": row, "whose": whose, "fields": changed})
        else:
            autosave.forget(user, pk=row.pk)
    return found


def form_of(row, article, user):
    """The form with what was typed in it, as made from the version it was opened at; it complains of nothing yet.

    Of what somebody else typed only the story, not their note or what they were about to arrange.
    """
    data = QueryDict(mutable=True)
    for name, values in row.fields.items():
        data.setlist(name, values)
    if row.user_id != user.pk:
        arranged = ArticleForm(article=article, user=user)
        for name in NO_CONTENT:
            for key in [key for key in data if key == name or key.startswith(f"{name}_")]:
                del data[key]
            if name in arranged.fields and (value := arranged[name].value()):
                _as_shown(data, arranged, name, value)
    data["version"] = row.version
    data["form_key"], data["tab"], data["kept"] = article.form_key, uuid4(), row.pk
    form = ArticleForm(data, article=article, user=user)
    form.errors.clear()
    return form


def _as_shown(data, form, name, value):
    """What a browser would send of this field as the form shows it."""
    widget = form.fields[name].widget
    if hasattr(widget, "decompress"):
        moment, which = widget.decompress(value)
        data[name] = moment.strftime("%Y-%m-%dT%H:%M") if moment else ""
        data[f"{name}_which"] = which
    else:
        data[name] = "on" if value is True else value


def _changed(form, article):
    """[{label, mine, theirs}] of what a save would change; theirs is "" for a new story."""
    stored = form.before if article.pk else Content()
    found = []
    for name in form.changed_data:
        if name in autosave.HIDDEN or (name == "language" and not article.pk):
            continue
        mine = form.cleaned_data.get(name, form[name].value())  # tidied as a save does it, or as it was typed
        if name in Content.COLUMNS:
            theirs = getattr(stored, name)
            mine, theirs = (plain(mine or ""), plain(theirs)) if name == "body" else (mine, theirs)
        else:
            theirs = (
                wording.in_words(stored, name, form.user) if name in _RELATIONS else form.initial.get(name)
            )
            mine, theirs = _text(form, name, form[name].value()), _text(form, name, theirs)
        if (mine or "") != (theirs or ""):
            found.append({"label": form[name].label, "mine": mine, "theirs": theirs})
    return found


_RELATIONS = (*Content.FOREIGN_KEYS, *Content.LISTS)


def _text(form, name, value):
    """What stands in a field, as the person saw it."""
    if isinstance(form.fields[name], PaperTimeField):
        moment = form.cleaned_data.get(name) if isinstance(value, list) else value
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""
    if isinstance(value, bool) or value is None:
        return {True: _("Yes"), False: _("No"), None: ""}[value]
    choices = dict(form.fields[name].choices) if name in ("section", "further_sections") else {}
    if choices:
        chosen = value if isinstance(value, list) else [value]
        words = [str(label).strip() for key, label in choices.items() if str(key) in chosen]
        return ", ".join(words) or ("" if isinstance(value, list) else value)
    if name == "image" and str(value).isdecimal():
        return str(Image.objects.filter(pk=value).first() or "")
    return " ".join(filter(None, value)) if isinstance(value, list) else value


def drop(admin, request, pk):
    """Throw away what was typed and never saved."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = autosave.readable(request.user, pk)
    if row is None:
        messages.warning(request, _("It had been saved or thrown away already."))
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    back = (
        reverse("admin:articles_article_change", args=[row.article_id])
        if row.article_id
        else reverse("admin:articles_article_add")
    )
    autosave.forget(request.user, pk=pk)
    messages.success(request, _("Thrown away."))
    return HttpResponseRedirect(back)


def taken_up(request, article):
    """The form with what the address' `?kept=` names in it; None if there is nothing such."""
    pk = request.GET.get("kept", "")
    row = autosave.readable(request.user, int(pk[:18])) if pk.isdecimal() else None
    if row is None or row.article_id != article.pk:
        return None
    return form_of(row, article, request.user)

"""What happens when the article form is sent: what was typed is saved first, then the verb is tried.

So a verb that is refused, by the state, by something missing or because somebody was faster, loses nothing.
"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import autosave
from articles.models import Article
from articles.workflow import Conflict, Doubtful

# The button's name, and the verb that is needed for it.
BUTTONS = {
    "_save": "save",
    "_preview": "save",
    "_submit": "submit",
    "_publish": "publish",
    "_schedule": "publish",
    "_unschedule": "unschedule",
    "_send_back": "send_back",
    "_plan": "plan",
    "_unplan": "unplan",
    "_drop_changes": "drop_changes",
    "_bin": "bin",
    "_unbin": "unbin",
}
ANYWAY = "anyway"  # the value of a button that publishes in spite of doubts


# Those whose verb keeps the note itself.
WITH_A_NOTE = ("_submit", "_send_back", "_publish", "_schedule", "_unschedule")


@dataclass
class Outcome:
    """What came of a sent form: the article as it is now, what to say, what was refused or is asked about first."""

    article: Article
    said: list = field(default_factory=list)
    warned: list = field(default_factory=list)
    refused: ValidationError | None = None
    doubts: list = field(default_factory=list)


def button_in(data):
    """The button that was pressed; saving, if none is known."""
    return next((name for name in BUTTONS if name in data), "_save")


def carry_out(form, button, *, by):
    """Save what a valid form holds, then do what its button says. Raises `Conflict` if both changed a field."""
    if button == "_unbin":
        return _only(form, "unbin", by)
    article, version, fresh = _saved(form, by)
    outcome = Outcome(article)
    if not fresh and button in ("_save", "_preview"):
        outcome.said.append(_saved_with(article, by, version))
        return outcome
    if not fresh:
        outcome.warned.append(_who_was_faster(article, by, version))
        return outcome
    try:
        _arrange(outcome, form.cleaned_data, by)
        _all_tags_known(form)
        _verb(outcome, form, button, by)
    except ValidationError as refused:
        outcome.refused = refused
    except Doubtful as doubtful:
        outcome.doubts = doubtful.findings
    except Conflict:
        outcome.warned.append(_who_was_faster(article, by, article.version - 1))
    return outcome


def _all_tags_known(form):
    unknown = form.unknown_tags()
    if unknown:
        sentence = _("There is no tag “%(names)s” yet. Choose from the list, or ask an editor to add it.")
        raise ValidationError({"tags": sentence % {"names": "”, “".join(tag.name for tag in unknown)}})


def _only(form, verb, by):
    article = form.article
    getattr(article, verb)(by=by, version=form.cleaned_data["version"] or 0)
    return Outcome(article, said=[_("Taken out of the bin.")])


def _saved(form, by):
    """The article with what was typed, the version the form was opened at, and whether that was the newest."""
    data, content, article = form.cleaned_data, form.content(), form.article
    version = data["version"] or 0
    if article.pk is None:
        article, made_before = _started(content, data["form_key"], by)
        version = 1 if made_before else article.version
    article.save_content(content, by=by, version=version)
    autosave.forget(by, tab=data["tab"], pk=data["kept"])
    wrote = article.revisions.filter(number=article.version, by=by, kind="saved").exists()
    fresh = article.version == version or (article.version == version + 1 and wrote)
    if data.get("note") and not (fresh and button_in(form.data) in WITH_A_NOTE):
        _note(article, data["note"], by)
    return article, version, fresh


def _started(content, key, by):
    """A new article, or the one this same form has already made."""
    made = Article.objects.filter(form_key=key).first() if key else None
    if made is None:
        try:
            return Article.start(content, by=by, form_key=key), False
        except IntegrityError:  # sent twice at the same moment
            made = Article.objects.filter(form_key=key).first()
            if made is None:
                raise
    if made.created_by_id != by.pk:
        raise PermissionDenied
    return made, True


def _note(article, text, by):
    """Keep the note, once: the verb that would have kept it was not done."""
    last = article.notes.last()
    if last is None or (last.text, last.by_id) != (text.strip(), by.pk):
        article.add_note(text, by=by)


def _arrange(outcome, data, by):
    article = outcome.article
    values = {"restricted": data["restricted"]}
    if "expires_at" in data:
        values["expires_at"] = _same_minute(article.expires_at, data["expires_at"])
    if "embargo_until" in data:
        values["embargo_until"] = _same_minute(article.embargo_until, data["embargo_until"])
    if article.has_date and data.get("published_at"):
        values["published_at"] = _same_minute(article.published_at, data["published_at"])
    before = article.published_at
    article.arrange(by=by, version=article.version, **values)
    if article.published_at != before:
        outcome.said.append(_("The publication date is corrected."))


def _same_minute(before, after):
    """The form shows minutes: a moment that differs by seconds only was not changed."""
    return before if before and after and before.replace(second=0, microsecond=0) == after else after


def _verb(outcome, form, button, by):
    article, data = outcome.article, form.cleaned_data
    version, note = article.version, data.get("note") or ""
    if button == "_submit":
        article.submit(by=by, version=version, note=note)
        outcome.said.append(_("Submitted: the editors see it waiting."))
        if article.findings():
            outcome.said.append(_("“Before publication” says what is still missing or doubtful."))
    elif button == "_send_back":
        article.send_back(by=by, version=version, note=note)
        outcome.said.append(_("Sent back to its author, with your note."))
    elif button == "_publish":
        _publish(outcome, data, by, asking=form.data[button] != ANYWAY)
    elif button == "_schedule":
        _schedule(outcome, data, by, asking=form.data[button] != ANYWAY)
    elif button == "_unschedule":
        article.unschedule(by=by, version=version, note=note)
        outcome.said.append(_("Unscheduled: it is a draft again."))
    elif button == "_plan":
        _plan(outcome, data, by, asking=form.data[button] != ANYWAY)
    elif button == "_unplan":
        article.unplan(by=by, version=version)
        outcome.said.append(_("The changes wait again: they go live when you publish them."))
    elif button == "_drop_changes":
        article.drop_changes(by=by, version=version)
        outcome.said.append(
            _("The changes are dropped; they stay in the history, from where you can bring them back.")
        )
    elif button == "_bin":
        article.bin(by=by, version=version)
        outcome.said.append(_("In the bin, for 30 days. “Take out of the bin” brings it back."))
    elif article.is_planned and article.draft_revision.content != article.planned_revision.content:
        outcome.said.append(
            _("Saved. On %(when)s the changes go live that were scheduled; these wait.")
            % {
                "when": date_format(
                    timezone.localtime(article.planned_revision.go_live_at), "DATETIME_FORMAT"
                )
            }
        )
    elif article.status == Article.Status.PUBLISHED and article.draft_revision_id:
        outcome.said.append(_("Saved. Readers see the changes once they are published."))
    else:
        outcome.said.append(_("Saved."))


def _publish(outcome, data, by, asking):
    article, now = outcome.article, timezone.now()
    typed = _same_minute(article.published_at, data.get("published_at"))
    if typed and typed > now and not article.is_scheduled and not article.is_embargoed:
        raise ValidationError(
            {"published_at": _("This date is still to come: press “Schedule”, or empty it to publish now.")}
        )
    if article.may(by, "publish") or "publish" in article.possible_verbs():
        at = typed if typed and typed <= now else None
        updated, note = data.get("updated", False), data["note"]
        article.publish(by=by, version=article.version, at=at, updated=updated, note=note, asking=asking)
        outcome.said.append(_("Published."))
    elif article.may(by, "take_down"):
        article.add_note(data["note"], by=by)
        if not outcome.said:
            outcome.said.append(_("Nothing had changed: what readers see is the newest."))
    else:
        raise PermissionDenied


def _schedule(outcome, data, by, asking):
    article = outcome.article
    at = data.get("published_at") or (article.embargo_until if article.is_embargoed else None)
    if not by.has_perm("articles.publish_article"):
        raise PermissionDenied
    if at is None:
        raise ValidationError({"published_at": _("Give the date and the time at which it goes public.")})
    if at <= timezone.now():
        sentence = _(
            "This date has gone by: choose a later one, or press “Publish now” to publish with this date."
        )
        raise ValidationError({"published_at": sentence})
    article.publish(by=by, version=article.version, at=at, note=data["note"], asking=asking)
    when = date_format(timezone.localtime(at), "DATETIME_FORMAT")
    outcome.said.append(_("Scheduled for %(when)s.") % {"when": when})


def _plan(outcome, data, by, asking):
    article, at = outcome.article, data.get("go_live_at")
    if at is None:
        raise ValidationError({"go_live_at": _("Give the date and the time at which the changes go live.")})
    if not article.draft_revision_id:
        raise ValidationError({"go_live_at": _("Nothing has changed: what readers see is the newest.")})
    updated = data.get("updated", False)
    article.plan(by=by, version=article.version, at=at, updated=updated, asking=asking)
    when = date_format(timezone.localtime(at), "DATETIME_FORMAT")
    outcome.said.append(
        _("The changes go live on %(when)s; until then readers see the article as it is.") % {"when": when}
    )


def _saved_with(article, by, version):
    """That what was typed is saved, and with whose changes it was brought together."""
    since = article.revisions.filter(number__gt=version).exclude(kind="conflict").exclude(by=by)
    names = list(dict.fromkeys(str(row.by or _("The system")) for row in since.select_related("by")[:20]))
    if not names:
        return _("Saved.")
    return _("Saved, together with what %(who)s changed meanwhile.") % {"who": ", ".join(names)}


def _who_was_faster(article, by, version):
    """A sentence about who wrote since `version`, and in which state the article is now."""
    since = article.revisions.filter(number__gt=version).exclude(kind="conflict").exclude(by=by)
    newest = since.select_related("by").first()
    if newest is None:
        return (
            _("This form had been sent already. Here is the article as it now stands: “%s”.")
            % article.state_label
        )
    return _(
        "%(who)s was faster and wrote to this article at %(when)s; it is now “%(state)s”. What you typed is saved "
        "with it. Look it through, then press the button again if it is still wanted."
    ) % {
        "who": newest.by or _("The system"),
        "when": date_format(timezone.localtime(newest.at), "TIME_FORMAT"),
        "state": article.state_label,
    }

"""What people are told: written with what happened, shown at the desk, sent by mail to who wants it."""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.changelist import beginning
from accounts.models import Notification, User

log = logging.getLogger(__name__)

KEPT = timedelta(days=180)
PAGE = 50
MOST_NAMED = 20  # in one note
LONGEST_NAME = 6  # words
ATTEMPTS, PAUSE = 5, timedelta(minutes=10)  # of a mail that could not be sent
MENTION = re.compile(r"(?<![\w@])@(?=\w)")


@transaction.atomic
def tell(kind, people, *, by, label, address, note="", language=""):
    """Tell these people, but for `by` and who left, what `kind` of `accounts.verbs.NOTICES` happened.

    `language` is the paper's, for who has chosen none. Mail is a task in the same transaction.
    """
    rows = Notification.objects.bulk_create(
        Notification(user=user, kind=kind, by=by, label=label[:300], address=address, note=note)
        for user in {user.pk: user for user in people}.values()
        if user.is_active and user != by
    )
    for row in rows:
        if row.user.mail and row.user.email:
            send.enqueue(row.pk, language)


def conceal(address, but):
    """Take the words out of what people were told about the story at `address`, but for those in `but`."""
    rows = Notification.objects.filter(address=address).exclude(user__in=but)
    rows.update(label=capfirst(_("restricted")), note="")


@task()
def send(pk, language="", attempt=1):
    """Mail one notification to whom it is for, as plain text; tried again if the mail server refuses."""
    row = Notification.objects.select_related("user", "by").filter(pk=pk).first()
    if row is None or not (row.user.is_active and row.user.mail and row.user.email):
        return
    with translation.override(row.user.language or language or settings.LANGUAGE_CODE):
        lines = [row.sentence, row.note, settings.SITE_URL + row.address]
        lines.append(_("You asked for this mail under “About me” at the desk, where you can end it."))
        subject = " ".join(row.sentence.split())
    try:
        send_mail(subject, "\n\n".join(filter(None, lines)) + "\n", None, [row.user.email])
    except OSError:  # smtplib's errors are of its kind
        if attempt >= ATTEMPTS or not send.get_backend().supports_defer:
            raise
        log.warning("Notification %s could not be mailed; it is tried again", pk, exc_info=True)
        send.using(run_after=timezone.now() + PAUSE * attempt).enqueue(pk, language, attempt + 1)


def named_in(text):
    """The people a note names, as @username or @First Name; at most three queries."""
    after = [text[found.end() :] for found in MENTION.finditer(text)][:MOST_NAMED]
    if not after:
        return []
    usernames, surnames = set(), set()
    for words in (rest.split()[:LONGEST_NAME] for rest in after):
        usernames |= {words[0], *_shorter(words[0])}
        ends = range(1, len(words) + 1)
        surnames |= {
            name for start in ends for end in ends if start < end
            for name in (" ".join(words[start:end]), *_shorter(" ".join(words[start:end])))
        }  # fmt: skip
    people = User.objects.filter(is_active=True, is_staff=True)
    found = {user.pk: user for user in people.filter(username__in=usernames)}
    for user in people.filter(last_name__in=surnames):
        if any(_begins(rest, user.get_full_name()) for rest in after):
            found[user.pk] = user
    return list(found.values())


def _shorter(word):
    """The word without the punctuation a sentence may have put behind it."""
    while word and not word[-1].isalnum():
        word = word[:-1]
        yield word


def _begins(text, name):
    text = " ".join(text.split())
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


# ---------------------------------------------------------------------------------------------- the pages
def page(request):
    """One's own notifications, the newest first; marks all as read."""
    from django.contrib import admin

    own = request.user.notifications
    if request.method == "POST":
        own.filter(read_at=None).update(read_at=timezone.now())
        return HttpResponseRedirect(request.path)
    after = request.GET.get("after", "")
    rows = own.select_related("by").order_by("-id")
    rows = list((rows.filter(pk__lt=int(after[:18])) if after.isdecimal() else rows)[: PAGE + 1])
    context = {
        **admin.site.each_context(request),
        "title": _("Notifications"),
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    }
    return TemplateResponse(request, "admin/notifications.html", context)


def follow(request, pk):
    """To what a notification is about, which is then read; by POST only marked as read."""
    row = get_object_or_404(request.user.notifications, pk=pk)
    request.user.notifications.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return HttpResponseRedirect(reverse("admin:notifications") if request.method == "POST" else row.address)


def people(request):
    """Whom a note can name: `{"results": [{key, label}]}`, by the beginning of a username or a name."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    text = request.GET.get("q", "").strip()[:60]
    found = {}
    for field in ("username", "first_name", "last_name") if text else ():
        for form in {text, text.capitalize()}:
            rows = beginning(User.objects.filter(is_active=True, is_staff=True), field, form)
            found |= {user.pk: user for user in rows.order_by(field)[:8]}
    results = [{"key": user.username, "label": str(user)} for user in found.values()]
    return JsonResponse({"results": sorted(results, key=lambda row: row["label"].casefold())[:8]})


def tidy(now):
    """Forget what people were told half a year ago."""
    Notification.objects.filter(at__lt=now - KEPT).delete()

"""What is to be written: an idea or an order before there is a text."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import record
from articles.content import Content
from articles.models.headings import Author, Section
from articles.workflow import Conflict
from masthead.models import Masthead

FIELDS = ("title", "idea", "desk", "deadline", "journalist")
LATE = timedelta(days=7)  # after which nobody is told any more


class AssignmentQuerySet(models.QuerySet):
    def seen_by(self, user):
        """Those this person may open: an assignment that became a story is as restricted as the story."""
        from articles.models.article import seen_by

        if not user.has_perm("articles.view_assignment"):
            return self.none()
        allowed = seen_by(user, "article__")
        return self.filter(Q(article=None) | allowed) if allowed else self


class Assignment(models.Model):
    """An idea or an order, until it is a story.

    Each verb takes `by` and the `version` the person saw. It raises `PermissionDenied`, `Conflict` if somebody was
    faster, or `ValidationError`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        TAKEN = "taken", _("Taken")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    UNFINISHED = (State.OPEN, State.TAKEN)

    title = models.CharField(_("title"), max_length=200)
    idea = models.TextField(
        _("idea"), max_length=4000, blank=True, help_text=_("What it is about, whom to ask, how long.")
    )
    desk = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    journalist = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("journalist"),
        help_text=_("Empty: anyone may take it."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    article = models.OneToOneField(
        "articles.Article",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="assignment",
        verbose_name=_("article"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True, editable=False)  # the last one
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    told_late = models.BooleanField(default=False, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "deadline"], name="assignment_state"),
            models.Index(fields=["journalist", "state", "deadline"], name="assignment_mine"),
            models.Index(fields=["desk", "-id"], name="assignment_desk"),
            models.Index(fields=["deadline", "-id"], name="assignment_deadline"),
        ]
        default_permissions = ("view", "add", "change")

    def __str__(self):
        return self.title

    @property
    def desk_address(self):
        return reverse("admin:articles_assignment_change", args=[self.pk])

    @property
    def is_late(self):
        """Whether it should have been done by now."""
        return self.state in self.UNFINISHED and self.deadline is not None and self.deadline < timezone.now()

    # ------------------------------------------------------------------ who may
    def verbs_for(self, user):
        """The verbs this person may use now, for the buttons."""
        return [verb for verb in self.possible_verbs() if self._role_allows(user, verb)]

    def possible_verbs(self):
        """The verbs that make sense in its present state."""
        if self.state not in self.UNFINISHED:
            return ["reopen"]
        if self.state == self.State.OPEN:
            return ["change", "take", "drop"]
        return ["change", *([] if self.article_id else ["begin", "decline"]), "finish", "drop"]

    def _role_allows(self, user, verb):
        editor, mine = user.has_perm("articles.change_assignment"), self.journalist_id == user.pk
        return (
            user.is_active
            and {
                "change": editor,
                "take": user.has_perm("articles.add_article"),
                "begin": mine and user.has_perm("articles.add_article"),
                "decline": mine,
                "finish": editor or mine,
                "drop": editor or (self.created_by_id == user.pk and self.journalist_id is None),
                "reopen": editor,
            }[verb]
        )

    def _require(self, by, verb):
        if not self._role_allows(by, verb):
            raise PermissionDenied(say("Your role does not allow this."))
        if verb not in self.possible_verbs():
            raise ValidationError(
                say("That is not possible now: the assignment is in the state “%s”.")
                % self.get_state_display()
            )

    # ------------------------------------------------------------------ the verbs
    @classmethod
    @transaction.atomic
    def start(cls, *, by, title, idea="", desk=None, deadline=None, journalist=None):
        """An idea of a journalist, for themselves or for anyone; an order of an editor."""
        if not by.has_perm("articles.add_assignment"):
            raise PermissionDenied(say("Your role does not allow this."))
        if journalist not in (None, by) and not by.has_perm("articles.change_assignment"):
            raise PermissionDenied(say("Your role does not allow this."))
        made = cls(title=title, idea=idea, desk=desk, deadline=deadline, journalist=journalist, created_by=by)
        made._check()
        made.state = cls.State.TAKEN if journalist else cls.State.OPEN
        made.save(force_insert=True)
        verb = "assign" if by.has_perm("articles.change_assignment") else "propose"
        record(verb, made, by=by)
        made._tell("assign", journalist, by=by, note=idea)
        return made

    @transaction.atomic
    def change(self, *, by, version, **values):
        """Write what an editor changed of `FIELDS`; without a change nothing is written."""
        self._require(by, "change")
        values = {name: value for name, value in values.items() if getattr(self, name) != value}
        if not values:
            return
        before = self.journalist
        for name, value in values.items():
            setattr(self, name, value)
        self._check()
        extra = {"told_late": False} if "deadline" in values else {}
        if "journalist" in values:
            extra["state"] = self.State.TAKEN if values["journalist"] else self.State.OPEN
        self._claim(version, **values, **extra)
        record("change assignment", self, by=by, fields=list(values))
        if "journalist" in values:
            self._tell("unassign", before, by=by)
            self._tell("assign", self.journalist, by=by, note=self.idea)

    @transaction.atomic
    def take(self, *, by, version):
        """Have it, as somebody who writes."""
        self._require(by, "take")
        self._claim(version, state=self.State.TAKEN, journalist=by)
        record("take assignment", self, by=by)
        self._tell("take", self.created_by, by=by)

    @transaction.atomic
    def begin(self, *, by, version):
        """A new draft with its title, its section, its journalist's byline and the idea as a note; returns it."""
        from articles.models.article import Article

        self._require(by, "begin")
        self._claim(version)
        author = Author.objects.filter(user=self.journalist).first()
        content = Content(
            title=self.title,
            section=self.desk_id,
            language=Masthead.current().language,
            authors=((author.pk, ""),) if author else (),
        )
        article = Article.start(content, by=by)
        if self.idea:  # read beside the text
            article.notes.create(by=self.created_by, text=self.idea[:2000])
        type(self).objects.filter(pk=self.pk).update(article=article)
        self.article = article
        record("begin assignment", self, by=by)
        return article

    @transaction.atomic
    def decline(self, *, by, version, note):
        """Say no, with a reason: it is open again."""
        self._require(by, "decline")
        if not note.strip():
            raise ValidationError({"note": say("Say in the note why.")})
        self._claim(version, state=self.State.OPEN, journalist=None, note=note.strip())
        record("decline assignment", self, by=by, note=note.strip())
        self._tell("decline", self.created_by, by=by, note=note.strip())

    @transaction.atomic
    def finish(self, *, by, version, note=""):
        """There is nothing more to do."""
        self._end("finish", self.State.DONE, by, version, note)

    @transaction.atomic
    def drop(self, *, by, version, note=""):
        """It will not be written."""
        self._end("drop", self.State.DROPPED, by, version, note)
        self._tell("unassign", self.journalist, by=by, note=note)

    @transaction.atomic
    def reopen(self, *, by, version, note=""):
        """It is to be written after all."""
        self._end("reopen", self.State.TAKEN if self.journalist_id else self.State.OPEN, by, version, note)
        self._tell("assign", self.journalist, by=by, note=note)

    @classmethod
    def finish_of(cls, article, *, by):
        """The assignment of a story that was published or scheduled is done."""
        for row in cls.objects.filter(article=article, state__in=cls.UNFINISHED):
            row._claim(row.version, state=cls.State.DONE)
            record("finish assignment", row, by=by)

    def _end(self, verb, state, by, version, note):
        self._require(by, verb)
        self._claim(version, state=state, note=note.strip() or self.note)
        record(f"{verb} assignment", self, by=by, note=note.strip())

    def _check(self):
        missing = {}
        if not self.title.strip():
            missing["title"] = say("Say in a few words what it is about.")
        if self.journalist and not (
            self.journalist.is_active and self.journalist.has_perm("articles.add_article")
        ):
            missing["journalist"] = say("This person does not write at the desk. Choose another.")
        if missing:
            raise ValidationError(missing)

    def _claim(self, version, **values):
        """Count the version up, if it is still `version`. Raises `Conflict` otherwise."""
        rows = type(self).objects.filter(pk=self.pk, version=version)
        if not rows.update(version=F("version") + 1, **values):
            self.refresh_from_db()
            raise Conflict(self)
        self.refresh_from_db()

    def _tell(self, kind, user, *, by, note=""):
        if user is not None:
            notices.tell(
                kind,
                [user],
                by=by,
                label=self.title,
                address=self.desk_address,
                note=note[:2000],
                language=Masthead.current().language,
            )


def tell_late():
    """Tell each late assignment once, to who has it and to who gave it."""
    now = timezone.now()
    late = Assignment.objects.filter(
        Q(deadline__lte=now, deadline__gt=now - LATE), state__in=Assignment.UNFINISHED, told_late=False
    )
    for row in late.select_related("journalist", "created_by")[:200]:
        with transaction.atomic():
            if Assignment.objects.filter(pk=row.pk, told_late=False).update(told_late=True):
                for user in {row.journalist, row.created_by}:
                    row._tell("late", user, by=None)

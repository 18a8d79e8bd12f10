"""What can happen to an article: the verbs, each of which checks the role, counts the version and leaves a trace.

Every verb takes `by` (a user; None is the system: imports, feeds, the demo) and the `version` the person saw. It
raises `PermissionDenied` if `by` may not do it, `Conflict` if somebody was faster, `ValidationError` with a
sentence for each thing that is missing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

import pagecache
from accounts.models import names_of_deleted, record
from articles import addresses, listing, registry, telling
from articles.content import Content, Merged
from articles.correcting import Correcting
from articles.embargo import Embargo
from articles.folding import make_slug
from articles.pending import Pending
from images.models import Image
from masthead.addresses import normal
from masthead.models import Redirect
from richtext import references as richtext_references
from richtext.lines import plain_characters
from richtext.text import word_count

LATEST_DATE = timedelta(days=5 * 366)
ATTEMPTS = 5  # to save what is typed while others write


class Conflict(Exception):
    """Somebody was faster.

    `fields` are the names of what both sides changed, `theirs` the newer state and `merged` this side's with what
    only they changed (each a `Content`), `clashes` the paragraphs of the text that both changed; what could not be
    merged is kept as a revision of kind "conflict".
    """

    def __init__(self, article, fields=(), theirs=None, merged=None, clashes=()):
        super().__init__(_("Somebody saved this article while you were working on it."))
        self.article, self.fields, self.clashes = article, list(fields), list(clashes)
        self.theirs, self.merged = theirs, merged


class Doubtful(Exception):
    """It can be published, but something is doubtful: `findings`."""

    def __init__(self, findings):
        super().__init__(" ".join(str(finding) for finding in findings))
        self.findings = findings


class Workflow(Pending, Correcting, Embargo):
    """The verbs of `articles.models.Article`."""

    # ------------------------------------------------------------------ who may
    def belongs_to(self, user):
        """Whether it is this person's story: they began it or sign it."""
        if self.created_by_id == user.pk:
            return True
        return self.pk is not None and self.bylines.filter(author__user=user).exists()

    def may(self, user, verb):
        """Whether `user` may do `verb` (a method's name) now, by role and by state. None is the system."""
        if verb not in self.possible_verbs():
            return False
        return user is None or self._role_allows(user, verb)

    def verbs_for(self, user):
        """The verbs this person may use now, for the buttons."""
        return [verb for verb in self.possible_verbs() if user is None or self._role_allows(user, verb)]

    def possible_verbs(self):
        """The verbs that make sense in the article's present state."""
        s, now = self.Status, self.status
        if self.binned_at:
            return ["unbin"]
        verbs = ["save"]
        if now in (s.DRAFT, s.RETURNED) or (self.draft_revision_id and not self._is_waiting()):
            verbs.append("submit")
        if self._is_waiting():
            verbs.append("send_back")
        if now != s.PUBLISHED or self.draft_revision_id or self.is_scheduled:
            verbs.append("publish")
        if self.draft_revision_id:
            verbs.append("drop_changes")
            if self.is_public():
                verbs.append("plan")
        if self.is_planned:
            verbs.append("unplan")
        if self.is_scheduled and not self.was_public:
            verbs.append("unschedule")
        if now == s.PUBLISHED:
            verbs += ["take_down", "correct"] if self.was_public else ["take_down"]
        elif self.was_public:
            verbs.append("take_down")  # in another way, for another reason
        else:  # what is scheduled is taken down first, by who may
            verbs.append("bin")
        if self.was_public:
            verbs += ["amend_correction", "withdraw_correction"]
        return verbs

    def _is_waiting(self):
        return self.submitted_at is not None

    def _role_allows(self, user, verb):
        if not user.is_active:
            return False
        needed = {
            "publish": "publish_article",
            "unschedule": "publish_article",
            "plan": "publish_article",
            "unplan": "publish_article",
            "take_down": "take_down_article",
            "correct": "correct_article",
            "amend_correction": "correct_article",
            "withdraw_correction": "correct_article",
            "send_back": "publish_article",
        }.get(verb)
        if needed:
            return user.has_perm(f"articles.{needed}")
        if user.has_perm("articles.edit_any_article"):
            return True
        return user.has_perm("articles.change_article") and self.belongs_to(user)

    def may_see(self, user):
        """Whether this person may open it at the desk."""
        if not user.has_perm("articles.view_article"):
            return False
        return not self.restricted or user.has_perm("articles.edit_any_article") or self.belongs_to(user)

    def _require(self, by, verb):
        if by is not None and not self._role_allows(by, verb):
            raise PermissionDenied(_("Your role does not allow this."))
        if verb not in self.possible_verbs():
            raise ValidationError(self.not_now())

    def not_now(self):
        """That something does not make sense in its present state, in a sentence."""
        return _("That is not possible now: the article is in the state “%s”.") % self.state_label

    # ------------------------------------------------------------------ writing
    @classmethod
    @transaction.atomic
    def start(cls, content, *, by, form_key=None):
        """A new draft with this content. The same `form_key` twice gives the story already made."""
        if by is not None and not by.has_perm("articles.add_article"):
            raise PermissionDenied(_("Your role does not allow this."))
        if form_key:
            made = cls.objects.filter(form_key=form_key).first()
            if made:
                return made
        article = cls(
            created_by=by, title=content.title, language=content.language, saved_at=timezone.now(), version=1
        )
        if form_key:
            article.form_key = form_key
        article.slug = addresses.free_article_slug(make_slug(content.slug or content.title))
        article.save(force_insert=True)
        article.apply(content)
        article._keep("saved", by=by, content=Content.of(article))
        record("create", article, by=by)
        return article

    def save_content(self, content, *, by, version, note=""):
        """Save a state: onto the row while the story was never public, else as changes pending.

        Saved over a newer version, what only one side changed is merged; what both changed raises `Conflict`,
        with this side kept as a revision. Returns the article, refreshed. Without a change nothing is written.
        """
        self._require(by, "save")
        for _attempt in range(ATTEMPTS):
            merged, newest = self._merge(content, version)
            if merged.conflicts:
                break
            if not merged.content.differs(newest):
                return self
            try:
                self._write(merged.content, by=by, note=note)
            except Conflict:
                continue  # somebody wrote since the merge: once more, with what they wrote
            return self
        conflicts = merged.conflicts or content.differs(newest)
        self._keep("conflict", by=by, content=content, note=_("Not merged: %s") % ", ".join(conflicts))
        raise Conflict(self, conflicts, newest, merged.content, merged.clashes)

    @transaction.atomic
    def _write(self, content, *, by, note):
        if self.status == self.Status.PUBLISHED or self.was_public:
            self._claim(self.version)
            kept = self._keep("saved", by=by, content=content, note=note)
            type(self).objects.filter(pk=self.pk).update(draft_revision=kept)
            self.draft_revision = kept
            self._write_references()
        else:
            if self.status not in self.NEVER_PUBLIC:  # taken down before its moment
                pagecache.changed()  # before the row is locked, as every verb does
            self._claim(self.version, draft_revision=None)
            self.apply(content)
            self._keep("saved", by=by, content=Content.of(self), note=note)
        record("save", self, by=by)

    def _merge(self, content, version):
        self.refresh_from_db()
        newest = self.newest_content()
        if version == self.version:
            return Merged(content, [], []), newest
        base = self.revisions.filter(number__lte=version).exclude(kind="conflict").first()
        if base is None:
            return Merged(content, content.differs(newest), []), newest
        return content.merged(newest, Content.from_json(base.content)), newest

    def newest_content(self):
        """The state the form shows: changes pending if there are any, else the row's."""
        return Content.from_json(self.draft_revision.content) if self.draft_revision_id else Content.of(self)

    def apply(self, content):
        """Write this state onto the row and its relations, then everything that follows from it.

        Called inside a transaction. An address that is taken gets a number; one that was public stays unless the
        content names another, and is then remembered.
        """
        models = apps.get_app_config("articles").models
        old_slug, old_address = self.slug, self.get_absolute_url()
        for name in Content.COLUMNS:
            value = getattr(content, name)
            setattr(self, name, value if name == "body" else plain_characters(value))
        for name in Content.FOREIGN_KEYS:
            setattr(self, f"{name}_id", getattr(content, name))
        wanted = make_slug(content.slug or (old_slug if self.was_public else content.title))
        self.slug = old_slug if wanted == old_slug else addresses.free_article_slug(wanted, self.pk)
        self.word_count = word_count(self.body)
        self.save()
        if old_slug != self.slug and self.was_public:
            models["formerslug"].objects.get_or_create(slug=old_slug, defaults={"article": self})
            models["formerslug"].objects.filter(slug=self.slug, article=self).delete()
            Redirect.objects.filter(old_path=normal(old_address)).delete()  # older: this story left last
        self._replace(self.taggings, "tag_id", [{"tag_id": pk} for pk in content.tags], "content_object")
        self._replace(
            self.placements,
            "section_id",
            [{"section_id": pk} for pk in content.further_sections if pk != content.section],
        )
        self._replace(
            self.bylines, ("author_id", "role"), [{"author_id": a, "role": r} for a, r in content.authors]
        )
        self._replace(
            self.chosen_related, "other_id", [{"other_id": pk} for pk in content.related if pk != self.pk]
        )
        self._write_references()
        self._follow()

    def _replace(self, manager, keys, rows, back="article"):
        """Set-difference: remove what is gone, add what is new, renumber what moved."""
        keys = (keys,) if isinstance(keys, str) else keys
        model = manager.model
        ordered = hasattr(model, "position")
        wanted = {tuple(row[key] for key in keys): place for place, row in enumerate(rows)}
        for row in manager.all():
            place = wanted.pop(tuple(getattr(row, key) for key in keys), None)
            if place is None:
                row.delete()
            elif ordered and row.position != place:
                model.objects.filter(pk=row.pk).update(position=place)
        for values, place in wanted.items():
            extra = {"position": place} if ordered else {}
            model.objects.create(**{back: self}, **dict(zip(keys, values, strict=True)), **extra)

    def _write_references(self):
        """What its text and the changes pending or planned refer to: no picture of theirs may be deleted."""
        model, wanted = apps.get_model("articles", "Reference"), set()
        kept = filter(None, [self.draft_revision, self.planned_revision])
        waiting = [Content.from_json(revision.content) for revision in kept]
        for body in filter(None, [self.body, *(state.body for state in waiting)]):
            found = richtext_references.references(body)
            wanted |= {("image", pk, "") for pk in found.images} | {
                ("article", pk, "") for pk in found.articles
            }
            wanted |= {("embed", None, url[:1000]) for url in found.embeds}
        wanted |= {("image", state.image, "") for state in waiting if state.image}
        rows = {(r.kind, r.target_id, r.address): r.pk for r in model.objects.filter(article=self)}
        model.objects.filter(pk__in=[rows[key] for key in rows.keys() - wanted]).delete()
        model.objects.bulk_create(
            model(article=self, kind=kind, target_id=pk, address=url)
            for kind, pk, url in wanted - rows.keys()
        )

    def _follow(self):
        """What is written whenever an article's state or content is: lists, the apps above, the page cache."""
        from articles import tasks  # it needs the models, which need this module

        listing.rebuild([self])
        registry.tell([self])
        tasks.keep_card(self)

    def _claim(self, version, **values):
        """Count the version up, if it is still `version`. Raises `Conflict` otherwise."""
        values["saved_at"] = timezone.now()
        changed = (
            type(self).objects.filter(pk=self.pk, version=version).update(version=F("version") + 1, **values)
        )
        if not changed:
            self.refresh_from_db()
            raise Conflict(self, theirs=self.newest_content())
        self.refresh_from_db()

    def _keep(self, kind, *, by, content, note="", **values):
        """Keep a whole state as a revision; returns it."""
        return self.revisions.create(
            number=self.version, kind=kind, content=content.to_json(), by=by, note=note, **values
        )

    # ------------------------------------------------------------------ the round
    @transaction.atomic
    def submit(self, *, by, version, note=""):
        """Hand the newest state to the editors."""
        self._require(by, "submit")
        missing = {"title": _("Give the article a title.")} if not self.newest_content().title.strip() else {}
        if missing:
            raise ValidationError(missing)
        values = {"submitted_at": timezone.now()}
        if self.status in (self.Status.DRAFT, self.Status.RETURNED):
            values["status"] = self.Status.SUBMITTED
        self._claim(version, **values)
        self._end(by, "submit", "submitted", note)

    @transaction.atomic
    def send_back(self, *, by, version, note):
        """Give it back to its author with a note that says why."""
        self._require(by, "send_back")
        if not note.strip():
            raise ValidationError({"note": _("Say in the note what has to change.")})
        values = {"submitted_at": None}
        if self.status == self.Status.SUBMITTED:
            values["status"] = self.Status.RETURNED
        self._claim(version, **values)
        self._end(by, "send back", "returned", note)

    @transaction.atomic
    def publish(self, *, by, version, at=None, updated=False, note="", asking=False):
        """Make the newest state public at `at` (default: now, or the date it already had).

        `updated` moves `modified_at`, which readers see as "updated". Raises `ValidationError` naming each thing
        still missing, and `Doubtful` for what else the gate says, if `asking`; else that is noted as passed over.
        """
        self._require(by, "publish")
        version = self._caught_up(version)
        newest, now = self.newest_content(), timezone.now()
        content, _gone = self.still_there(newest)
        doubts = self.doubts_about(replace(content, image=newest.image), at)
        again = self.status == self.Status.PUBLISHED and not self.is_scheduled
        moment = at or (self.published_at if (again or self.was_public) and self.published_at else now)
        if moment > now and self.is_public(now):  # it would be gone until then
            raise ValidationError({"published_at": self.not_now()})
        if self.expires_at and self.expires_at <= moment and not again:
            raise ValidationError({"expires_at": _("It ends before it starts. Choose a later end.")})
        self.keep_embargo(moment, "published_at")
        passed = self._passed_over(doubts, asking)
        values = {
            "status": self.Status.PUBLISHED,
            "published_at": moment,
            "submitted_at": None,
            "draft_revision": None,
            "planned_revision": None,
            "taken_down_reason": "",
            "redirected_to": None,
        }
        if not self.was_public:
            values["first_published_at"] = moment
        if updated and self.was_public:
            values["modified_at"] = now
        self._claim(version, **values)
        self.apply(content)
        later = moment if moment > now else None
        kept = self._keep("published", by=by, content=Content.of(self), go_live_at=later)
        type(self).objects.filter(pk=self.pk).update(live_revision=kept)
        self.live_revision = kept
        verb = "schedule" if later else "publish"
        record(verb, self, by=by, at=moment.isoformat(), **passed)
        apps.get_model("articles", "Assignment").finish_of(self, by=by)
        self._say(verb, note, by)

    @transaction.atomic
    def unschedule(self, *, by, version, note=""):
        """Make what is only scheduled a draft again, with what was changed since."""
        self._require(by, "unschedule")
        content, _gone = self.still_there(self.newest_content())
        self._claim(
            version,
            status=self.Status.DRAFT,
            published_at=None,
            first_published_at=None,
            submitted_at=None,
            live_revision=None,
            draft_revision=None,
        )
        self.apply(content)
        self._keep("saved", by=by, content=Content.of(self), note=_("Unscheduled"))
        record("unschedule", self, by=by)
        self._say("unschedule", note, by)

    def findings(self, content=None):
        """What this state (default: the newest) lacks or what is doubtful about it: `gate.Finding`s.

        Those of what readers see already say so.
        """
        from articles import gate  # it reads the models, which stand on this module

        found = gate.findings(content or self.newest_content())
        if not found or not self.is_public():
            return found
        seen = {finding.key for finding in gate.findings(Content.of(self))}
        return [replace(finding, seen=finding.key in seen) for finding in found]

    def doubts_about(self, content, at):
        """What is doubtful about this state. Raises `ValidationError` for what it lacks to be published at `at`."""
        missing, found = {}, self.findings(content)
        for finding in found:
            if finding.refuses:
                missing.setdefault(finding.field, []).append(str(finding))
        if at is not None and not self._plausible(at):
            missing["published_at"] = _("This date is too far away. Choose one within the next five years.")
        if missing:
            raise ValidationError(missing)
        return [finding for finding in found if not finding.seen]

    @staticmethod
    def _passed_over(doubts, asking):
        """The doubts as the trail keeps them. Raises `Doubtful` if the person is to be asked first."""
        if doubts and asking:
            raise Doubtful(doubts)
        return {"doubts": str(Doubtful(doubts))} if doubts else {}

    @staticmethod
    def _plausible(at):
        return (
            isinstance(at, datetime)
            and datetime(1900, 1, 1, tzinfo=at.tzinfo) < at < timezone.now() + LATEST_DATE
        )

    @transaction.atomic
    def take_down(self, *, by, version, how="unpublished", reason="", to=None, note=""):
        """Take it off the site: "unpublished" (404), "withdrawn" (410), "blocked" (451) or "redirected" (301)."""
        self._require(by, "take_down")
        version = self._caught_up(version)
        if how not in ("unpublished", "withdrawn", "blocked", "redirected"):
            raise ValueError(how)
        if how in ("withdrawn", "blocked") and not reason.strip():
            raise ValidationError({"reason": _("Say why: readers who come to the address will read it.")})
        if how == "redirected" and (to is None or to.pk == self.pk or not to.is_public()):
            raise ValidationError({"redirected_to": _("Choose the public article that readers are sent to.")})
        values = {"status": how, "taken_down_reason": reason, "submitted_at": None, "planned_revision": None}
        values["redirected_to"] = to if how == "redirected" else None
        if not self.was_public:  # only scheduled: when that moment comes, it was never public all the same
            values |= {"first_published_at": None, "published_at": None, "live_revision": None}
        self._claim(version, **values)
        self._follow()
        self._keep("taken-down", by=by, content=self.newest_content(), note=reason)
        record("take down", self, by=by, how=how, reason=reason)
        self._say("take down", note, by)

    @transaction.atomic
    def arrange(self, *, by, version, restricted=None, expires_at=..., embargo_until=..., published_at=None):
        """Set who sees it before it is public, until when it is public (None: for good), and not before when.

        `published_at` corrects the date of what has one, to another that has gone by.
        """
        self._require(by, "save")
        values = {} if restricted is None else {"restricted": restricted}
        if expires_at is not ... and expires_at != self.expires_at:
            if by is not None and not self._role_allows(by, "publish"):
                raise PermissionDenied(_("Your role does not allow this."))
            if expires_at is not None and not self._plausible(expires_at):
                raise ValidationError(
                    {"expires_at": _("This date is too far away. Choose one within the next five years.")}
                )
            if expires_at and self.is_planned and expires_at <= self.planned_revision.go_live_at:
                raise ValidationError({"expires_at": _("It ends before it starts. Choose a later end.")})
            values["expires_at"] = expires_at
        if embargo_until is not ... and embargo_until != self.embargo_until:
            self._check_embargo(embargo_until, by)
            values["embargo_until"] = embargo_until
        if published_at is not None and published_at != self.published_at:
            self._check_date(published_at, values.get("expires_at", self.expires_at), by)
            values["published_at"] = published_at
        values = {name: value for name, value in values.items() if value != getattr(self, name)}
        if values:
            before = self.embargo_until
            self._claim(version, **values)
            self._follow()
            if values.get("restricted"):
                telling.conceal(self)
            verb = "redate" if "published_at" in values else "arrange"
            details = {name: str(value) for name, value in values.items()}
            if before and "embargo_until" in values:
                details["before"] = before.isoformat()
            record(verb, self, by=by, **details)

    def _check_date(self, at, end, by):
        if by is not None and not self._role_allows(by, "publish"):
            raise PermissionDenied(_("Your role does not allow this."))
        if not self.has_date:
            raise ValidationError(self.not_now())
        if not self._plausible(at):
            raise ValidationError(
                {"published_at": _("This date is too far away. Choose one within the next five years.")}
            )
        if at > timezone.now():
            raise ValidationError(
                {
                    "published_at": _(
                        "It is published already: its date cannot be in the future. Choose one gone by."
                    )
                }
            )

        if end and end <= at:
            raise ValidationError({"published_at": _("It ends before it starts. Choose a later end.")})

    @transaction.atomic
    def add_note(self, text, *, by):
        """Say something to the others who work on it."""
        if by is not None and not self.may_see(by):
            raise PermissionDenied(_("Your role does not allow this."))
        text = text.strip()[:2000]
        if not text:
            return None
        telling.noted(self, text, by=by)
        return self.notes.create(by=by, text=text)

    @transaction.atomic
    def bin(self, *, by, version):
        """Put a draft into the bin, from where it goes for good after 30 days."""
        self._require(by, "bin")
        self._claim(version, binned_at=timezone.now())
        self._follow()
        record("bin", self, by=by)

    @transaction.atomic
    def unbin(self, *, by, version):
        """Take it out of the bin."""
        self._require(by, "unbin")
        self._claim(version, binned_at=None)
        self._follow()
        record("unbin", self, by=by)

    def restore(self, revision, *, by, version):
        """Make an old state the newest draft. Returns `(article, missing)`: what has been deleted since, in words.

        The text keeps the place and the caption of a picture that is gone. Raises `Conflict` if `version` is no longer
        the newest: a whole old state is not merged with what somebody writes.
        """
        self._require(by, "save")
        self.refresh_from_db()
        if version != self.version:
            raise Conflict(self, theirs=self.newest_content())
        content, missing = self.still_there(Content.from_json(revision.content))
        found = richtext_references.references(content.body)
        missing += self._gone(Image, found.images, _("picture in the text"))[1]
        missing += self._gone(type(self), found.articles, _("story that the text links to"))[1]
        self.save_content(
            content, by=by, version=version, note=_("Restored from version %d") % revision.number
        )
        return self, missing

    @classmethod
    def still_there(cls, content):
        """The content without what has been deleted since, and what that was: "Canaux (tag)"."""
        label, missing, values = apps.get_model, [], {}
        single = {
            "section": "articles.Section",
            "source": "articles.Source",
            "image": "images.Image",
            "follows": "articles.Article",
            "translation_of": "articles.Article",
        }
        many = {
            "tags": "articles.Tag",
            "further_sections": "articles.Section",
            "related": "articles.Article",
            "authors": "articles.Author",
        }
        for name, model in (single | many).items():
            value = getattr(content, name)
            pks = [value] if name in single and value else value or ()
            pks = [pk for pk, _role in pks] if name == "authors" else pks
            gone, said = cls._gone(label(model), pks)
            if not gone:
                continue
            missing += said
            if name == "authors":
                values[name] = tuple(pair for pair in value if pair[0] not in gone)
            else:
                values[name] = None if name in single else tuple(pk for pk in pks if pk not in gone)
        return replace(content, **values), missing

    @staticmethod
    def _gone(model, pks, what=""):
        """The ids of those that no longer exist, and each in words."""
        there = set(model.objects.filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
        gone = [pk for pk in pks if pk not in there]
        names, what = names_of_deleted(model, gone), what or str(model._meta.verbose_name)
        known = model._meta.model_name != "article"  # a story's title may have been for few eyes
        return gone, [f"{names[pk]} ({what})" if known and pk in names else what for pk in gone]

    def _end(self, by, verb, kind, note):
        self._keep(kind, by=by, content=self.newest_content(), note=note)
        record(verb, self, by=by, note=note)
        self._say(verb, note, by)

    def _say(self, verb, note, by):
        """Keep the note of a verb, and tell who is concerned."""
        if note.strip():
            self.notes.create(by=by, text=note.strip()[:2000])
        if verb == "submit":
            telling.named(self, note, by=by)  # the editors have their list
        else:
            telling.happened(self, verb, by=by, note=note)

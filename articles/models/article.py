"""The story. The verbs that change its state are in `articles.workflow`."""

import uuid

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

import pagecache
from articles.models.headings import Author, Section, Source
from articles.models.relations import Byline, Listing, Placement, Tagging
from articles.workflow import Workflow
from richtext.fields import RichTextField

LONGEST_BODY = 1_000_000  # characters of markup: some 150,000 words


def seen_by(user, article=""):
    """The condition that this person may open an article at the desk, for `filter`: `Article.may_see` in SQL.

    `article` is the path to it from the model that is filtered, such as "article__".
    """
    if user.has_perm("articles.edit_any_article"):
        return Q()
    signed = Exists(Byline.objects.filter(article=OuterRef(f"{article}pk"), author__user=user))
    return Q(**{f"{article}restricted": False}) | Q(**{f"{article}created_by": user}) | signed


class ArticleQuerySet(pagecache.PublicQuerySet):
    def published(self, now=None):
        """What the public may see at `now` (default: this moment). The one definition of public."""
        now = now or timezone.now()
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            status=Article.Status.PUBLISHED,
            published_at__lte=now,
            binned_at=None,
        )

    def listed_in(self, key, **bounds):
        """The stories that stand in a list (a section, author, source, tag, or a language's code), newest first.

        `bounds` limit the date they stand there with: `lte=moment`.
        """
        bounds = {f"listings__published_at__{name}": moment for name, moment in bounds.items()}
        return self.filter(listings__list=Listing.key_of(key), **bounds).order_by(
            "-listings__published_at", "-listings__article_id"
        )

    def inside(self, section):
        """Those that have this section, or one below it, as their section or a further one, in whatever state.

        For a few that are found already: no index has both.
        """
        branch = section.branch()
        further = Placement.objects.filter(article=OuterRef("pk"), section__in=branch)
        return self.filter(Q(section__in=branch) | Exists(further))

    def for_cards(self):
        """What a list needs for each story: two queries, however many stories."""
        bylines = Byline.objects.select_related("author").order_by("position")
        return (
            self.select_related("section", "image", "source")
            .prefetch_related(models.Prefetch("bylines", bylines))
            .defer("body")
        )


class Article(Workflow, models.Model):
    """What is public of a story, or the last saved draft of what never was."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RETURNED = "returned", _("Sent back")
        SUBMITTED = "submitted", _("Waiting for review")
        PUBLISHED = "published", _("Published")
        UNPUBLISHED = "unpublished", _("Unpublished")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        BLOCKED = "blocked", _("Blocked by law")
        REDIRECTED = "redirected", _("Redirected")

    NEVER_PUBLIC = frozenset({Status.DRAFT, Status.RETURNED, Status.SUBMITTED})
    UNSEEN_COLUMNS = frozenset(
        {"version", "saved_at", "submitted_at", "draft_revision", "restricted", "embargo_until"}
    )

    # The text
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("future address"), max_length=80, unique=True, blank=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True, validators=[MaxLengthValidator(LONGEST_BODY)])
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    # Its place
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("section")
    )
    further_sections = models.ManyToManyField(
        Section, through="Placement", related_name="+", blank=True, verbose_name=_("also in")
    )
    tags = TaggableManager(through=Tagging, blank=True, verbose_name=_("tags"))
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("follow-up of"),
    )
    # Its credit
    authors = models.ManyToManyField(Author, through="Byline", related_name="articles", blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("source")
    )
    original_url = models.URLField(_("address of the original"), max_length=1000, blank=True)
    via = models.CharField(_("via"), max_length=120, blank=True, help_text=_("Who pointed us to it."))
    via_url = models.URLField(_("address of via"), max_length=1000, blank=True)
    ai_note = models.CharField(
        _("made with AI"),
        max_length=300,
        blank=True,
        help_text=_("If software wrote or translated part of it, say which part and who checked it."),
    )
    # Its picture
    image = models.ForeignKey(
        "images.Image", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    image_caption = models.CharField(_("caption here"), max_length=500, blank=True)
    # Its titles for their place; empty: the title, the summary
    front_title = models.CharField(_("title on the front page and in lists"), max_length=200, blank=True)
    social_title = models.CharField(_("title on share cards"), max_length=200, blank=True)
    social_description = models.CharField(_("description on share cards"), max_length=300, blank=True)
    seo_title = models.CharField(_("title for search engines"), max_length=120, blank=True)
    seo_description = models.CharField(_("description for search engines"), max_length=300, blank=True)
    # Its state
    status = models.CharField(_("state"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    restricted = models.BooleanField(
        _("restricted"), default=False, help_text=_("Only its author and editors see it until it is public.")
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    modified_at = models.DateTimeField(_("updated"), null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("public until"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("not before"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("waiting since"), null=True, editable=False)
    binned_at = models.DateTimeField(null=True, editable=False)
    taken_down_reason = models.CharField(_("reason"), max_length=500, blank=True)
    redirected_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="articles"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    form_key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # a form sent twice makes one story
    share_card = models.CharField(max_length=80, blank=True, editable=False)  # a file: see articles.cards
    word_count = models.PositiveIntegerField(_("words"), default=0, editable=False)
    live_revision = models.ForeignKey(
        "Revision", models.SET_NULL, null=True, related_name="+", editable=False
    )
    draft_revision = models.ForeignKey(
        "Revision", models.SET_NULL, null=True, related_name="+", editable=False
    )
    planned_revision = models.ForeignKey(
        "Revision", models.SET_NULL, null=True, related_name="+", editable=False
    )  # approved changes, and when they go live

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "-saved_at", "-id"], name="article_state"),
            models.Index(fields=["-saved_at", "-id"], name="article_saved"),
            models.Index(fields=["created_by", "-saved_at", "-id"], name="article_owner"),
            models.Index(fields=["section", "-saved_at", "-id"], name="article_section"),
            models.Index(fields=["source", "-saved_at", "-id"], name="article_source"),
            models.Index(fields=["published_at"], name="article_published"),
            models.Index(
                fields=["expires_at"], name="article_expires", condition=Q(expires_at__isnull=False)
            ),
            models.Index(
                fields=["embargo_until"], name="article_embargo", condition=Q(embargo_until__isnull=False)
            ),
            models.Index(fields=["language", "-saved_at", "-id"], name="article_language"),
            models.Index(
                fields=["submitted_at"], name="article_waiting", condition=Q(submitted_at__isnull=False)
            ),
            models.Index(
                fields=["-saved_at", "-id"], name="article_bin", condition=Q(binned_at__isnull=False)
            ),
            models.Index(
                fields=["-saved_at", "-id"], name="article_pending", condition=Q(draft_revision__isnull=False)
            ),
            models.Index(
                fields=["-saved_at", "-id"],
                name="article_planned",
                condition=Q(planned_revision__isnull=False),
            ),
        ]
        permissions = [
            ("edit_any_article", _("Can edit any article")),
            ("publish_article", _("Can publish and schedule articles")),
            ("take_down_article", _("Can take down articles")),
            ("correct_article", _("Can add corrections")),
        ]

    def __str__(self):
        return self.title or str(_("Untitled"))

    def get_absolute_url(self):
        return f"/{self.section.path}/{self.slug}/" if self.section_id else f"/{self.slug}/"

    def is_unseen(self):
        """Whether no reader sees anything of it, neither as it is stored nor as it is about to be."""
        if self.status not in self.NEVER_PUBLIC:
            return False
        stored = Article.objects.filter(pk=self.pk).exclude(status__in=self.NEVER_PUBLIC)
        return self._state.adding or not stored.exists()

    @property
    def list_title(self):
        """Its title on the front page and in the lists a reader scans."""
        return self.front_title or self.title

    @property
    def share_title(self):
        """Its title where it is shared."""
        return self.social_title or self.title

    def share_image(self, origin):
        """`{"url", "alt"}` of the picture for share cards, 1200×630: its own, or its title drawn; else None."""
        if self.image_id:
            ready = self.image.is_ready
            return {"url": self.image.share_url(origin), "alt": self.image.alt} if ready else None
        if not self.share_card:
            return None
        address = default_storage.url(self.share_card)
        return {"url": origin + address if address.startswith("/") else address, "alt": self.share_title}

    def title_for(self, user=None):
        """Its title; for who may not see it, and for everybody (None), only that it is restricted."""
        hidden = self.restricted and (user is None or not self.may_see(user))
        return str(capfirst(_("restricted"))) if hidden else str(self)

    def is_public(self, now=None):
        """Whether `published(now)` would find it."""
        now = now or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.binned_at is None
            and self.published_at is not None
            and self.published_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )

    @property
    def is_scheduled(self):
        """Published from a moment that is still to come."""
        return (
            self.status == self.Status.PUBLISHED
            and bool(self.published_at)
            and self.published_at > timezone.now()
        )

    @property
    def has_date(self):
        """Published at a moment that has gone by, which can be corrected."""
        return (
            self.status == self.Status.PUBLISHED and self.published_at is not None and not self.is_scheduled
        )

    @property
    def was_public(self):
        """Whether a reader may have seen it: it is then never deleted."""
        return self.first_published_at is not None and self.first_published_at <= timezone.now()

    @property
    def state_label(self):
        """Its state in words, scheduled and pending changes included."""
        if self.binned_at:
            return _("In the bin")
        if self.is_scheduled:
            return _("Scheduled")
        if self.status == self.Status.PUBLISHED and self.expires_at and self.expires_at <= timezone.now():
            return _("Expired")
        if self.status == self.Status.PUBLISHED and self.is_planned:
            return _("Published, with changes planned")
        if self.status == self.Status.PUBLISHED and self.draft_revision_id:
            return _("Published, with changes pending")
        return self.get_status_display()

    @property
    def reading_minutes(self):
        """At 230 words a minute, at least one."""
        return max(1, round(self.word_count / 230))

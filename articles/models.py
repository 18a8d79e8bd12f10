"""What we publish: sections, authors, sources, tags, articles and what belongs to them.

The verbs that change an article's state are in `articles.workflow`; what an editor may change about it is one
value, `articles.content.Content`.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

import pagecache
from articles import addresses, listing
from articles.folding import make_slug
from articles.workflow import Workflow
from masthead.models import every_line_an_address
from richtext.fields import RichTextField

LONGEST_BODY = 1_000_000  # characters of markup: some 150,000 words
LONGEST_PATH = 300


# ---------------------------------------------------------------------------------------------- headings
class Section(models.Model):
    """A heading. `parent` makes a tree; `path` ("network/almouwatin-actualite") is stored and unique."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("word in the address"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("inside")
    )
    path = models.CharField(_("address"), max_length=LONGEST_PATH, unique=True, editable=False)
    position = models.PositiveIntegerField(_("order"), default=0)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("For search engines and feeds; one sentence."),
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Only for a heading in another language than the paper's; its sub-sections follow it."),
    )
    in_menu = models.BooleanField(_("in the menu"), default=True)
    on_front = models.BooleanField(
        _("has a block on the front page"), default=True, help_text=_("For headings at the top of the tree.")
    )
    is_opinion = models.BooleanField(
        _("opinion"),
        default=False,
        help_text=_("Its stories are shown as opinion, in another voice than news."),
    )

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["parent", "slug"], name="section_slug_in_parent")]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, rewrite the addresses of the whole branch if it moved, and remember the old ones."""
        before = Section.objects.filter(pk=self.pk).first() if self.pk else None
        self.slug = self.slug or make_slug(self.name, fallback="section")
        self.path = self._path()
        if self.parent_id and self.parent.language:
            self.language = self.parent.language
        super().save(*args, **kwargs)
        if before and before.path != self.path:
            self._move_branch(before.path)
        SectionPath.objects.filter(path=self.path).delete()
        if before and before.language != self.language:
            below = self.branch().exclude(pk=self.pk)
            below = below if self.language else below.filter(language=before.language)
            below.update(language=self.language)
        if before and before.parent_id != self.parent_id:
            inside = Q(section__in=self.branch()) | Q(placements__section__in=self.branch())
            listing.rebuild(Article.objects.filter(inside).distinct())

    def get_absolute_url(self):
        return f"/{self.path}/"

    @property
    def depth(self):
        """0 at the top of the tree."""
        return self.path.count("/")

    @property
    def ancestor_paths(self):
        """The paths of the sections above this one, from the top, and its own."""
        words = self.path.split("/")
        return ["/".join(words[: n + 1]) for n in range(len(words))]

    def clean(self):
        self.slug = self.slug or make_slug(self.name, fallback="section")
        above, seen = self.parent, 0
        while above is not None and seen < 50:
            if above.pk == self.pk:
                sentence = _(
                    "A section cannot stand inside itself or one of its sub-sections. Choose another."
                )
                raise ValidationError({"parent": sentence})
            above, seen = above.parent, seen + 1
        sentence = addresses.claimed("/" + self._path() + "/", by=self)
        if not sentence and self._longest() > LONGEST_PATH:
            sentence = _("This address is too long")
        if sentence:
            raise ValidationError({"slug": sentence})

    def _longest(self):
        """How many characters the longest path of its branch will have."""
        old = self.path and self.branch().values_list("path", flat=True)
        return len(self._path()) + max((len(path) - len(self.path) for path in old or ()), default=0)

    def _path(self):
        return f"{self.parent.path}/{self.slug}" if self.parent_id else self.slug

    def branch(self):
        """This section and every one below it."""
        return Section.objects.filter(Q(pk=self.pk) | Q(path__startswith=self.path + "/"))

    def _move_branch(self, old):
        SectionPath.objects.update_or_create(path=old, defaults={"section": self})
        for below in Section.objects.filter(path__startswith=old + "/"):
            SectionPath.objects.update_or_create(path=below.path, defaults={"section": below})
            path = self.path + below.path[len(old) :]
            SectionPath.objects.filter(path=path).delete()
            Section.objects.filter(pk=below.pk).update(path=path)


class SectionPath(models.Model):
    """An address a section once had: leads to it for ever."""

    path = models.CharField(max_length=LONGEST_PATH, unique=True)
    section = models.ForeignKey(Section, models.CASCADE, related_name="former_paths")

    def __str__(self):
        return self.path


class NamedAddress(models.Model):
    """What authors and sources have in common: a name and the slug made from it."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("word in the address"), max_length=80, unique=True, blank=True)
    turned = models.SlugField(
        max_length=80, editable=False
    )  # the last word first: found by a surname's beginning

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        before = addresses.of(self)
        if not self.slug:
            self.slug = addresses.free_slug(make_slug(self.name), type(self).objects.exclude(pk=self.pk))
        words = self.name.split() or [""]
        self.turned = make_slug(" ".join([words[-1], *words[:-1]]))
        super().save(*args, **kwargs)
        addresses.remember(self, before)


class Author(NamedAddress):
    """A byline; perhaps also someone who signs in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("signs in as"),
    )
    job = models.CharField(
        _("what they do"), max_length=120, blank=True, help_text=_("Such as: reporter, justice.")
    )
    bio = models.TextField(_("about"), max_length=1000, blank=True)
    photo = models.ForeignKey(
        "images.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    profiles = models.TextField(
        _("profiles elsewhere"),
        blank=True,
        max_length=1000,
        validators=[every_line_an_address],
        help_text=_("One address a line, with https://."),
    )

    class Meta(NamedAddress.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])


class Source(NamedAddress):
    """Where stories are taken from, and what was agreed with it."""

    class Policy(models.TextChoices):
        INDEX = "index", _("may be found on our site")
        NOINDEX_NEWS = "noindex-news", _("not in news search (Googlebot-News)")
        NOINDEX_ALL = "noindex-all", _("in no search engine")
        CANONICAL = "canonical", _("search engines are sent to the original")

    url = models.URLField(_("its address"), blank=True, max_length=500)
    policy = models.CharField(
        _("search engines"),
        max_length=20,
        choices=Policy.choices,
        default=Policy.INDEX,
        help_text=_("What the source's contract allows for the stories we take over."),
    )
    credit_note = models.CharField(
        _("line under the credit"),
        max_length=300,
        blank=True,
        help_text=_("Such as: Taken over by agreement, completed by our newsroom."),
    )
    contract = models.TextField(_("contract"), blank=True, max_length=5000, help_text=_("For the desk only."))
    contract_until = models.DateField(_("contract until"), null=True, blank=True)

    class Meta(NamedAddress.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])


class Tag(TagBase):
    """A subject. Its identity is its folded slug: "Économie" and "economie" are one tag."""

    description = models.CharField(_("description"), max_length=300, blank=True)
    uses = models.PositiveIntegerField(
        default=0, editable=False
    )  # public stories with it: rarity weighs in likeness

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    @transaction.atomic
    def save(self, *args, **kwargs):
        before = addresses.of(self)
        super().save(*args, **kwargs)
        addresses.remember(self, before)

    def clean(self):
        if {",", ";"} & set(self.name):
            sentence = say("Commas stand between tags in the article form. Write the name without one.")
            raise ValidationError({"name": sentence})

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])

    def slugify(self, tag, i=None):
        slug = make_slug(tag, length=90, fallback="x-" + "-".join(f"{ord(c):x}" for c in tag[:20]))
        return slug if i is None else f"{slug}-{i}"

    @classmethod
    def named(cls, name):
        """The tag with this name, made if it does not exist. Names that fold to one slug are one tag."""
        name = " ".join(name.split())[:100]
        slug = cls(name=name).slugify(name)
        tag = cls.objects.filter(slug=slug).first()
        return tag or cls.objects.get_or_create(slug=slug, defaults={"name": name})[0]


class Tagging(ItemBase):
    """That an article has a tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    content_object = models.ForeignKey("Article", models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once")]

    def __str__(self):
        return str(self.tag)


# ---------------------------------------------------------------------------------------------- the story
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
    # Its snippet
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
    word_count = models.PositiveIntegerField(_("words"), default=0, editable=False)
    live_revision = models.ForeignKey(
        "Revision", models.SET_NULL, null=True, related_name="+", editable=False
    )
    draft_revision = models.ForeignKey(
        "Revision", models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "-saved_at", "-id"], name="article_state"),
            models.Index(fields=["-saved_at", "-id"], name="article_saved"),
            models.Index(fields=["created_by", "-saved_at"], name="article_owner"),
            models.Index(fields=["section", "-saved_at"], name="article_section"),
            models.Index(fields=["source", "-saved_at"], name="article_source"),
            models.Index(fields=["published_at"], name="article_published"),
            models.Index(
                fields=["expires_at"], name="article_expires", condition=Q(expires_at__isnull=False)
            ),
            models.Index(fields=["language", "-saved_at"], name="article_language"),
            models.Index(
                fields=["submitted_at"], name="article_waiting", condition=Q(submitted_at__isnull=False)
            ),
            models.Index(fields=["-saved_at"], name="article_bin", condition=Q(binned_at__isnull=False)),
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
        if self.status == self.Status.PUBLISHED and self.draft_revision_id:
            return _("Published, with changes pending")
        return self.get_status_display()

    @property
    def reading_minutes(self):
        """At 230 words a minute, at least one."""
        return max(1, round(self.word_count / 230))


class Byline(models.Model):
    """Who signs an article, in order."""

    class Role(models.TextChoices):
        TEXT = "", _("text")
        WITH = "with", _("with")
        PHOTO = "photo", _("pictures")
        TRANSLATION = "translation", _("translation")

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines", verbose_name=_("author"))
    role = models.CharField(_("for"), max_length=20, choices=Role.choices, blank=True, default=Role.TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "author", "role"], name="byline_once")]

    def __str__(self):
        return str(self.author)


class Placement(models.Model):
    """A further section an article stands in, in order."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="placements")
    section = models.ForeignKey(Section, models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "section"], name="placement_once")]

    def __str__(self):
        return str(self.section)


class ChosenRelated(models.Model):
    """A story chosen by hand to stand under another, in order."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="chosen_related")
    other = models.ForeignKey(Article, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "other"], name="related_once")]

    def __str__(self):
        return str(self.other_id)


class FormerSlug(models.Model):
    """A slug an article once had in public: leads to it for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return self.slug


class Listing(models.Model):
    """That an article stands in a list: the index every list page reads.

    `list` is "section:12" (each ancestor of its sections too), "author:3", "source:5", "tag:8" or "language:fr".
    Rows exist only for what is or will be public.
    """

    list = models.CharField(max_length=40)
    article = models.ForeignKey(Article, models.CASCADE, related_name="listings")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "list"], name="listing_once")]
        indexes = [models.Index(fields=["list", "-published_at", "-article"], name="listing_newest")]

    def __str__(self):
        return f"{self.list} {self.article_id}"

    @staticmethod
    def key_of(target):
        """The list of a section, author, source or tag, or of a language given by its code."""
        if isinstance(target, str):
            return f"language:{target}"
        return f"{target._meta.model_name}:{target.pk}"


class Reference(models.Model):
    """What an article's text refers to, written when it is saved."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        ARTICLE = "article", _("article")
        EMBED = "embed", _("embed")

    article = models.ForeignKey(Article, models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    target_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "target_id"], name="reference_target")]

    def __str__(self):
        return f"{self.kind} {self.target_id or self.address}"


class Revision(models.Model):
    """A whole state of a story."""

    class Kind(models.TextChoices):
        SAVED = "saved", _("saved")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("sent back")
        PUBLISHED = "published", _("published")
        TAKEN_DOWN = "taken-down", _("taken down")
        RESTORED = "restored", _("restored")
        CONFLICT = "conflict", _("kept beside a faster one")

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()  # the article's version that this state made
    kind = models.CharField(max_length=20, choices=Kind.choices)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, max_length=2000)
    go_live_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number", "-id"]
        indexes = [models.Index(fields=["article", "-number"], name="revision_newest")]

    def __str__(self):
        return f"{self.article_id} v{self.number}"


class Correction(models.Model):
    """A dated public note on a story."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        RETRACTION = "retraction", _("Retraction")

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField(_("what was wrong, and what is right"), max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"


class DeskNote(models.Model):
    """A note between the desk and a story's author."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"), max_length=2000)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.text[:60]


def _month_from_now():
    return timezone.now() + timedelta(days=30)


class PreviewLink(models.Model):
    """A key that shows an unpublished state to someone without an account, until it ends or is revoked."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_month_from_now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.article_id} {self.at:%Y-%m-%d}"


# Article and Section are public; so is what stands on their pages. Through rows are written with them.
PUBLIC_MODELS = [Article, Section, Author, Source, Tag, Correction]


def next_boundary(now):
    """The next moment at which a story becomes or ceases to be public by itself, or None."""
    public = Article.objects.filter(status=Article.Status.PUBLISHED, binned_at=None)
    moments = [
        public.filter(published_at__gt=now).aggregate(m=Min("published_at"))["m"],
        public.filter(expires_at__gt=now).aggregate(m=Min("expires_at"))["m"],
    ]
    return min((moment for moment in moments if moment), default=None)


def _named_to_all(article):
    """Its title, unless only some may know it."""
    return capfirst(_("restricted")) if article.restricted else str(article)


def image_usage(image_ids):
    """Where these pictures are used: (image id, words, admin address) for leads, texts and authors."""
    rows = []
    columns = ("id", "title", "image_id", "restricted")
    for article in Article.objects.filter(image__in=image_ids).only(*columns)[:200]:
        address = reverse("admin:articles_article_change", args=[article.pk])
        rows.append((article.image_id, _named_to_all(article), address))
    found = Reference.objects.filter(kind=Reference.Kind.IMAGE, target_id__in=image_ids).select_related(
        "article"
    )
    for reference in found.only("target_id", "article__title", "article__restricted")[:200]:
        address = reverse("admin:articles_article_change", args=[reference.article_id])
        rows.append((reference.target_id, _named_to_all(reference.article), address))
    for author in Author.objects.filter(photo__in=image_ids)[:200]:
        rows.append((author.photo_id, author.name, reverse("admin:articles_author_change", args=[author.pk])))
    return rows

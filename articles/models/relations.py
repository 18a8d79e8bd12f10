"""What ties a story to its authors, sections, tags, lists and other stories: one row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from articles.models.headings import Author, Section, Tag


class Tagging(ItemBase):
    """That an article has a tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once")]
        indexes = [models.Index(fields=["tag", "-content_object"], name="tagging_newest")]

    def __str__(self):
        return str(self.tag)


class Byline(models.Model):
    """Who signs an article, in order."""

    class Role(models.TextChoices):
        TEXT = "", _("text")
        WITH = "with", _("with")
        PHOTO = "photo", _("pictures")
        TRANSLATION = "translation", _("translation")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines", verbose_name=_("author"))
    role = models.CharField(_("for"), max_length=20, choices=Role.choices, blank=True, default=Role.TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "author", "role"], name="byline_once")]
        indexes = [models.Index(fields=["author", "-article"], name="byline_newest")]

    def __str__(self):
        return str(self.author)


class Placement(models.Model):
    """A further section an article stands in, in order."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="placements")
    section = models.ForeignKey(Section, models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "section"], name="placement_once")]

    def __str__(self):
        return str(self.section)


class ChosenRelated(models.Model):
    """A story chosen by hand to stand under another, in order."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="chosen_related")
    other = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "other"], name="related_once")]

    def __str__(self):
        return str(self.other_id)


class FormerSlug(models.Model):
    """A slug an article once had in public: leads to it for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return self.slug


class Listing(models.Model):
    """That an article stands in a list: the index every list page reads.

    `list` is "section:12" (each ancestor of its sections too), "author:3", "source:5", "tag:8" or "language:fr".
    Rows exist only for what is or will be public.
    """

    list = models.CharField(max_length=40)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="listings")
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

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    target_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "target_id"], name="reference_target")]

    def __str__(self):
        return f"{self.kind} {self.target_id or self.address}"

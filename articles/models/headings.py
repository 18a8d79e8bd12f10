"""What stories stand under: sections, authors, sources, tags."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

import pagecache
from accounts.models import record
from articles import addresses, listing
from articles.folding import make_slug
from masthead import addresses as claims
from masthead.models import Masthead, Redirect, every_line_an_address, next_order, order_field

LONGEST_PATH = 300


class Section(models.Model):
    """A heading. `parent` makes a tree; `path` ("network/almouwatin-actualite") is stored and unique."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("word in the address"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("inside")
    )
    path = models.CharField(_("address"), max_length=LONGEST_PATH, unique=True, editable=False)
    position = order_field()
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
        self.slug = self._slug()
        self.path = self._path()
        if self.position is None:
            self.position = next_order(Section.objects.filter(parent=self.parent_id))
        if self.parent_id and self.parent.language:
            self.language = self.parent.language
        super().save(*args, **kwargs)
        if before and before.path != self.path:
            self._move_branch(before.path)
        if before and before.language != self.language:
            below = self.branch().exclude(pk=self.pk)
            below = below if self.language else below.filter(language=before.language)
            below.update(language=self.language)
        if before and before.parent_id != self.parent_id:
            inside = Q(section__in=self.branch()) | Q(placements__section__in=self.branch())
            articles = apps.get_model("articles", "Article").objects
            listing.rebuild(articles.filter(inside).distinct().defer("body").iterator(listing.BATCH))

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
        self.slug = self._slug()
        above, seen = self.parent, 0
        while above is not None and seen < 50:
            if above.pk == self.pk:
                sentence = _(
                    "A section cannot stand inside itself or one of its sub-sections. Choose another."
                )
                raise ValidationError({"parent": sentence})
            above, seen = above.parent, seen + 1
        front = self.language and not self.parent and self._front_in_its_language()
        if front:
            sentence = say(
                "“%(name)s” is the front page in this language. Put this section inside it, or empty the language."
            )
            raise ValidationError({"language": sentence % {"name": front}})
        sentence = addresses.claimed("/" + self._path() + "/", by=self)
        if not sentence and self._longest() > LONGEST_PATH:
            sentence = _("This address is too long")
        if sentence:
            raise ValidationError({"slug": sentence})

    def _front_in_its_language(self):
        """The other section that is the front page in this one's language, if the paper's own is another."""
        if self.language == Masthead.current().language:
            return None
        return Section.objects.filter(parent=None, language=self.language).exclude(pk=self.pk).first()

    def _longest(self):
        """How many characters the longest path of its branch will have."""
        old = self.path and self.branch().values_list("path", flat=True)
        return len(self._path()) + max((len(path) - len(self.path) for path in old or ()), default=0)

    def _slug(self):
        return self.slug.lower() or make_slug(self.name, fallback="section")

    def _path(self):
        return f"{self.parent.path}/{self.slug}" if self.parent_id else self.slug

    def branch(self):
        """This section and every one below it."""
        return Section.objects.filter(Q(pk=self.pk) | Q(path__startswith=self.path + "/"))

    def _move_branch(self, old):
        SectionPath.remember(self, old)
        for below in Section.objects.filter(path__startswith=old + "/"):
            SectionPath.remember(below, below.path)
            Section.objects.filter(pk=below.pk).update(path=self.path + below.path[len(old) :])


class SectionPath(models.Model):
    """An address a section once had: leads to it for ever, unless one lives there or has lived there since."""

    path = models.CharField(max_length=LONGEST_PATH, db_index=True)
    section = models.ForeignKey(Section, models.CASCADE, related_name="former_paths")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["path", "section"], name="section_path_once")]

    def __str__(self):
        return self.path

    @classmethod
    def remember(cls, section, path):
        """Note that this section has just left this path, which no longer leads where it led before."""
        Redirect.objects.filter(old_path=claims.normal(f"/{path}")).delete()
        cls.objects.filter(path=path, section=section).delete()
        cls.objects.create(path=path, section=section)

    @classmethod
    def heir_of(cls, path):
        """The section that was the last to leave this path, of those there still are; None if there is none."""
        last = cls.objects.filter(path=path).select_related("section").order_by("-id").first()
        return last and last.section


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
        before = claims.of(self)
        self.slug = self.slug.lower()
        if not self.slug:
            self.slug = addresses.free_slug(make_slug(self.name), type(self).objects.exclude(pk=self.pk))
        words = self.name.split() or [""]
        self.turned = make_slug(" ".join([words[-1], *words[:-1]]))
        super().save(*args, **kwargs)
        claims.remember(self, before)

    def clean(self):
        self.slug = self.slug.lower()


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
        before = claims.of(self)
        self.slug = self._slug()
        if not self.slug and before:
            self.slug = addresses.free_slug(self.slugify(self.name), Tag.objects.exclude(pk=self.pk))
        super().save(*args, **kwargs)
        claims.remember(self, before)

    def _slug(self):
        return make_slug(self.slug, length=100, fallback="")

    def clean(self):
        self.slug = self._slug()
        if {",", ";"} & set(self.name):
            sentence = say("Commas stand between tags in the article form. Write the name without one.")
            raise ValidationError({"name": sentence})

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])

    def slugify(self, tag, i=None):
        slug = make_slug(tag, length=90, fallback="x-" + "-".join(f"{ord(c):x}" for c in tag[:20]))
        return slug if i is None else f"{slug}-{i}"

    @classmethod
    @transaction.atomic
    def named(cls, name, *, by=None):
        """The tag with this name, made (by whom) if it does not exist. Names that fold to one slug are one tag."""
        name = " ".join(name.split())[:100]
        slug = cls(name=name).slugify(name)
        tag, made = cls.objects.get_or_create(slug=slug, defaults={"name": name})
        if made and by is not None:
            record("add tag", tag, by=by)
        return tag

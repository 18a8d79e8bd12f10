"""Who we are: the paper's identity, its static pages, its menu, and addresses that moved."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import pagecache
from masthead import addresses
from masthead.colours import legible_on_dark, legible_on_light
from richtext.fields import RichTextField

web_address = URLValidator(
    schemes=["http", "https"], message=_("Write the whole address, with https:// in front.")
)
LAST = 1_000_000  # the highest order
# What begins like a path of ours and leads elsewhere, as browsers read it (WHATWG URL standard).
NOT_A_PATH = re.compile(r"^//|[\\\s\x00-\x1f]")


def zone_choices():
    """Every time zone the machine knows, by name."""
    return [(name, name) for name in sorted(available_timezones()) if "/" in name]


def lines(text):
    """The lines of a text field that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def every_line_an_address(text):
    """Raises ValidationError naming the first line that is not a web address."""
    for line in lines(text):
        try:
            web_address(line)
        except ValidationError:
            message = _now("“%(line)s” is not a web address. Write one a line, with https:// in front.")
            raise ValidationError(message % {"line": line[:80]}) from None


def path_or_address(value):
    """Raises ValidationError unless `value` is a path of ours ("/latest/") or a web address."""
    if value.startswith("/") and not NOT_A_PATH.search(value):
        return
    try:
        web_address(value)
    except ValidationError:
        raise ValidationError(
            _now("Write a path such as /latest/ or an address with https:// in front.")
        ) from None


def order_field():
    """The number by which rows stand in their order; `next_order` gives it to those without one."""
    return models.PositiveIntegerField(
        _("order"),
        blank=True,
        validators=[MaxValueValidator(LAST)],
        help_text=_("Leave empty to put it last."),
    )


def next_order(rows):
    """The number after those of `rows`, with room left between."""
    return min((rows.aggregate(last=Max("position"))["last"] or 0) + 10, LAST)


class Masthead(models.Model):
    """The one row about the publication."""

    class Window(models.TextChoices):
        NOW = "now", _("the last hours")
        WEEK = "week", _("the last days")

    name = models.CharField(_("name of the paper"), max_length=100)
    tagline = models.CharField(
        _("tagline"),
        max_length=200,
        blank=True,
        help_text=_("One sentence: what this paper is, for search engines."),
    )
    logo = models.ForeignKey(
        "images.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("For search engines and feeds. The pages themselves show the name, set in type."),
    )
    icon = models.ForeignKey(
        "images.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("icon"),
        help_text=_("A square picture for the browser's tab."),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=zone_choices,
        default="Europe/Brussels",
        help_text=_("Every time is entered and shown in this one."),
    )
    publisher_name = models.CharField(_("publisher"), max_length=150, blank=True)
    publisher_address = models.CharField(_("publisher's address"), max_length=250, blank=True)
    publisher_registration = models.CharField(
        _("publisher's registration"), max_length=60, blank=True, help_text=_("Such as the company number.")
    )
    founded = models.PositiveSmallIntegerField(
        _("founded in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1600, _("Write the year with four digits.")), MaxValueValidator(2200)],
    )
    responsible_editor = models.CharField(
        _("responsible editor"),
        max_length=150,
        blank=True,
        help_text=_("Belgian law asks for a name and an address on every page."),
    )
    responsible_editor_address = models.CharField(
        _("responsible editor's address"), max_length=250, blank=True
    )
    contact_email = models.EmailField(_("email"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.CharField(_("address for visitors and letters"), max_length=250, blank=True)
    social_profiles = models.TextField(
        _("social profiles"),
        blank=True,
        validators=[every_line_an_address],
        help_text=_("The paper's own pages elsewhere, one address a line."),
    )
    reproduction_note = models.CharField(
        _("note on reproduction"),
        max_length=300,
        blank=True,
        help_text=_("One sentence at the foot of every page."),
    )
    accent_light = models.CharField(
        _("accent on light paper"),
        max_length=7,
        blank=True,
        validators=[legible_on_light],
        help_text=_("Such as #8a161b. Leave empty for the deep red."),
    )
    accent_dark = models.CharField(
        _("accent on dark paper"),
        max_length=7,
        blank=True,
        validators=[legible_on_dark],
        help_text=_("Such as #f2998d. Leave empty for the light red."),
    )
    french_typography = models.BooleanField(
        _("help with French typography"),
        default=True,
        help_text=_("Puts narrow no-break spaces before ; : ? ! and inside « » when a French text is saved."),
    )
    popular_window = models.CharField(
        _("most read counts"), max_length=4, choices=Window.choices, default=Window.NOW
    )
    popular_length = models.PositiveSmallIntegerField(
        _("most read shows"),
        default=5,
        validators=[
            MinValueValidator(3, _("Show at least three stories.")),
            MaxValueValidator(10, _("Show at most ten stories.")),
        ],
    )
    ads_txt = models.TextField(
        _("ads.txt"),
        blank=True,
        max_length=100_000,
        help_text=_("Who may sell this paper's advertising space (IAB ads.txt), one record a line."),
    )

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("masthead")
        verbose_name_plural = _("masthead")
        default_permissions = ("view", "add", "change")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="masthead_one_row")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls):
        """The row, or what a paper that has none yet is shown with. Shared: never change it."""
        return pagecache.once_per_change("masthead", cls._read)

    @classmethod
    def _read(cls):
        default = cls(id=1, name="Newsroom", language=settings.LANGUAGE_CODE, time_zone=settings.TIME_ZONE)
        return cls.objects.select_related("logo", "icon").filter(id=1).first() or default

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def profiles(self):
        """The social profiles as a list of addresses."""
        return lines(self.social_profiles)

    @property
    def imprint(self):
        """Name and address of the responsible editor and of the publisher, as far as known."""
        editor = ", ".join(filter(None, [self.responsible_editor, self.responsible_editor_address]))
        publisher = [self.publisher_name, self.publisher_address, self.publisher_registration]
        return {"editor": editor, "publisher": ", ".join(filter(None, publisher))}


def next_midnight(now):
    """When the date in the pages' head changes."""
    zone = Masthead.current().zone
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)


class PageQuerySet(pagecache.PublicQuerySet):
    def published(self):
        """Pages the public may see."""
        return self.filter(is_published=True)


class Page(models.Model):
    """A static page: who we are, what we promise, the law. Lives at "/slug/"."""

    class Kind(models.TextChoices):
        FREE = "free", _("no special one")
        ABOUT = "about", _("who we are")
        LEGAL = "legal", _("legal notice")
        PRIVACY = "privacy", _("privacy")
        ETHICS = "ethics", _("principles and ethics")
        CORRECTIONS = "corrections-policy", _("how we correct")
        OWNERSHIP = "ownership", _("ownership and funding")
        DIVERSITY = "diversity", _("diversity")
        AI = "ai", _("how we use artificial intelligence")
        ACCESSIBILITY = "accessibility", _("accessibility")
        ADVERTISING = "advertising", _("advertising")
        CONTACT = "contact", _("contact")

    title = models.CharField(_("title"), max_length=150)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("One word, such as about: the page lives at /about/."),
    )
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence for search engines.")
    )
    body = RichTextField(_("text"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leave empty for the paper's language."),
    )
    kind = models.CharField(
        _("what it is"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.FREE,
        help_text=_("Search engines are told which page holds the paper's principles, ownership and so on."),
    )
    in_footer = models.BooleanField(_("in the footer"), default=True)
    position = order_field()
    is_published = models.BooleanField(_("published"), default=True)
    was_public = models.BooleanField(default=False, editable=False)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                condition=~Q(kind="free"),
                name="page_one_of_a_kind",
                violation_error_message=_("There is already a page of this kind in this language."),
            )
        ]

    def __str__(self):
        return self.title

    @transaction.atomic
    def save(self, *args, **kwargs):
        before = addresses.of(self) if self.was_public else None  # else nobody knows the address
        self.was_public = self.was_public or self.is_published
        self.slug = self.slug.lower()
        if self.position is None:
            self.position = next_order(Page.objects)
        super().save(*args, **kwargs)
        addresses.remember(self, before)

    def get_absolute_url(self):
        return f"/{self.slug}/"

    def clean(self):
        self.slug = self.slug.lower()
        if self.slug in addresses.RESERVED or self.slug.isdecimal():
            message = _now("“%(slug)s” is an address of the site itself. Choose another.")
            raise ValidationError({"slug": message % {"slug": self.slug}})
        owner = addresses.owners(f"/{self.slug}/")
        taken = addresses.claims(f"/{self.slug}/")
        if taken and owner != self:
            raise ValidationError({"slug": taken})

    @classmethod
    def of_kinds(cls, language=""):
        """The published pages that are of a special kind: {"about": page}, the ones in `language` first."""
        found = pagecache.once_per_change("masthead.kinds", cls._special)
        pages = {page.kind: page for page in found}
        return pages | {page.kind: page for page in found if page.language == language}

    @classmethod
    def _special(cls):
        pages = cls.objects.published().exclude(kind=cls.Kind.FREE).defer("body").order_by("-language")
        return list(pages)


def page_claim(path):
    """For sections: which page has this address, in a sentence, or None."""
    page = page_at(path)
    return page and _now("The page “%(title)s” has this address. Choose another.") % {"title": page.title}


def page_at(path):
    """The page at this address, published or not, or None."""
    slug = addresses.normal(path).strip("/")
    return Page.objects.filter(slug=slug).first() if slug and "/" not in slug else None


class MenuEntry(models.Model):
    """A line of the menu at the head or the foot of every page."""

    class Place(models.TextChoices):
        HEADER = "header", _("head of the page")
        FOOTER = "footer", _("foot of the page")

    place = models.CharField(_("where"), max_length=6, choices=Place.choices, default=Place.HEADER)
    label = models.CharField(
        _("words"), max_length=60, blank=True, help_text=_("Leave empty to use the page's title.")
    )
    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, verbose_name=_("page"))
    address = models.CharField(
        _("or another address"),
        max_length=500,
        blank=True,
        validators=[path_or_address],
        help_text=_("A path such as /latest/, or an address with https:// in front."),
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leave empty to show it on pages of every language."),
    )
    position = order_field()

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        ordering = ["place", "position", "id"]

    def __str__(self):
        return self.words

    def save(self, *args, **kwargs):
        if self.position is None:
            self.position = next_order(MenuEntry.objects.filter(place=self.place))
        super().save(*args, **kwargs)

    def clean(self):
        if bool(self.page) == bool(self.address):
            raise ValidationError(_now("Choose a page or write an address: one of the two."))
        if self.address and not self.label:
            raise ValidationError({"label": _now("Write the words that people will read.")})

    @property
    def words(self):
        return self.label or (self.page.title if self.page_id else "")

    @property
    def url(self):
        return self.page.get_absolute_url() if self.page_id else self.address

    @classmethod
    def shown(cls, place, language=None):
        """What the menu at `place` shows on a page in `language` (default: the active one).

        A list of {"label", "url", "language"}; in the footer the pages that ask for it follow the entries.
        """
        language = language or get_language()
        name = f"masthead.menu.{place}.{language}"
        return pagecache.once_per_change(name, lambda: cls._shown(place, language))

    @classmethod
    def _shown(cls, place, language):
        own = Masthead.current().language
        entries = cls.objects.filter(language__in=["", language], place=place)
        entries = entries.select_related("page").defer("page__body")
        entries = [entry for entry in entries if not entry.page_id or entry.page.is_published]
        shown = [
            {
                "label": entry.words,
                "url": entry.url,
                "language": entry.language or (entry.page_id and entry.page.language) or own,
            }
            for entry in entries
        ]
        if place == cls.Place.FOOTER:
            already = {line["url"] for line in shown}
            shown += [line for line in cls._pages(language, own) if line["url"] not in already]
        return shown

    @staticmethod
    def _pages(language, own):
        """The footer's pages: those in `language`; in the paper's `own` where there is no such one."""
        pages = (
            Page.objects.published().filter(in_footer=True, language__in=["", own, language]).defer("body")
        )
        there = {page.kind for page in pages if (page.language or own) == language} - {Page.Kind.FREE}
        return [
            {"label": page.title, "url": page.get_absolute_url(), "language": page.language or own}
            for page in pages
            if (page.language or own) == language or page.kind not in there
        ]


class Redirect(models.Model):
    """An old address that leads to something of ours, stored by its id, or to another site."""

    old_path = models.CharField(
        _("old address"),
        max_length=500,
        unique=True,
        help_text=_("The path, such as /2019/05/an-old-story/."),
    )
    target_type = models.ForeignKey(
        ContentType, models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )
    target_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    target = GenericForeignKey("target_type", "target_id")
    url = models.CharField(_("address elsewhere"), max_length=1000, blank=True)

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="redirect_target")]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_id__isnull=False, url="") | (Q(target_id=None) & ~Q(url="")),
                name="redirect_one_target",
                violation_error_message=_("Write where the old address leads to."),
            )
        ]

    def __str__(self):
        return self.old_path

    def save(self, *args, **kwargs):
        self.old_path = addresses.normal(self.old_path)
        super().save(*args, **kwargs)

    def clean(self):
        if not self.old_path:  # the field has said what is wrong with it
            return
        self.old_path = addresses.normal(self.old_path)
        if addresses.reserved(self.old_path):
            message = _now("The site itself answers at this address. It cannot lead elsewhere.")
            raise ValidationError({"old_path": message})
        taken = addresses.claims(self.old_path)
        if taken:
            raise ValidationError({"old_path": taken})
        if self.url and addresses.is_ours(self.url) and not addresses.reserved(self.url):
            message = _now("This address is our own. Point to what lives there instead.")
            raise ValidationError({"url": message})

    def lead_to(self, address):
        """Point at `address`: what lives there, if it is ours. Raises ValidationError if nothing does."""
        self.target, self.url = None, ""
        address = address.strip()
        path_or_address(address)
        if not addresses.is_ours(address):
            self.url = address
            return
        former = Redirect.objects.filter(old_path=addresses.normal(address)).exclude(pk=self.pk).first()
        owner = addresses.owners(addresses.normal(address))
        if owner is not None:
            rest = re.search(r"[?#].+", address)
            if rest:
                message = _now("Leave out “%(rest)s”: we remember what lives there, not a part of it.")
                raise ValidationError(message % {"rest": rest[0]})
            self.target = owner
        elif former is not None:
            raise ValidationError(
                _now("%(path)s itself leads to %(target)s. Write that address.")
                % {"path": former.old_path, "target": former.destination or "…"}
            )
        elif addresses.reserved(address):
            self.url = address
        else:
            raise ValidationError(_now("Nothing of ours lives at this address."))

    @property
    def destination(self):
        """Where it leads today: an address, or None if what it pointed at is gone."""
        if self.url:
            return self.url
        return self.target.get_absolute_url() if self.target is not None else None

    @classmethod
    def find(cls, path):
        """Where the old address `path` leads to, or None. Ask only when nothing lives at `path`."""
        found = cls.objects.filter(old_path=addresses.normal(path)).first()
        destination = found.destination if found else None
        if destination and addresses.is_ours(destination) and addresses.normal(destination) == found.old_path:
            return None  # what it points at moved here, and is not public
        return destination


def image_usage(image_ids):
    """Whether one of these pictures is the paper's logo or icon: (image id, words, admin address)."""
    paper = Masthead.current()
    address = reverse("admin:masthead_masthead_change", args=[1])
    named = [(paper.logo_id, _now("the paper's logo")), (paper.icon_id, _now("the paper's icon"))]
    return [(pk, words, address) for pk, words in named if pk in image_ids]

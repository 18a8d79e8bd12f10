"""What an editor put where, from when: arrangements of the front page and of a section's top."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import pagecache
from accounts.models import record

ARRANGE = "articles.publish_article"  # who publishes also says what stands where
BAND = "band"


class Overtaken(Exception):
    """Somebody else arranged the same page meanwhile: `newest` is the newest arrangement there is now, or None."""

    def __init__(self, newest):
        super().__init__()
        self.newest = newest


class ArrangementQuerySet(pagecache.PublicQuerySet):
    def of(self, section):
        """Those of a section's top; of the front page for None."""
        return self.filter(section=section) if section else self.filter(section=None)

    def holding(self, section, now=None):
        """The arrangement that holds at `now` (default: this moment), or None."""
        rows = self.of(section).filter(holds_from__lte=now or timezone.now())
        return rows.order_by("-holds_from", "-id").first()

    def newest(self, section):
        """The one made last, whenever it holds; None if there is none."""
        return self.of(section).select_related("by").order_by("-id").first()


class Arrangement(models.Model):
    """How a page was arranged from a moment on. Never changed: a new one takes its place."""

    section = models.ForeignKey(
        "articles.Section", models.CASCADE, null=True, related_name="arrangements", verbose_name=_("section")
    )
    holds_from = models.DateTimeField(_("holds from"), db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        default_permissions = ()
        indexes = [models.Index(fields=["section", "-holds_from", "-id"], name="arrangement_holding")]

    def __str__(self):
        return str(self.section or _("Front page"))

    @classmethod
    def publish(cls, section, slots, *, by, base, holds_from=None, note=""):
        """Have these unsaved slots hold from a moment on (None: now).

        Raises PermissionDenied, or Overtaken if the newest arrangement is no longer the one with the id `base`
        (0: none).
        """
        if not by.has_perm(ARRANGE):
            raise PermissionDenied
        with transaction.atomic():
            pagecache.changed()  # locks one row: of two at once, the second sees what the first did
            newest = cls.objects.newest(section)
            if (newest.pk if newest else 0) != base:
                raise Overtaken(newest)
            moment = holds_from or timezone.now()
            arrangement = cls.objects.create(section=section, holds_from=moment, by=by, note=note)
            for slot in slots:
                slot.pk, slot.arrangement = None, arrangement
            Slot.objects.bulk_create(slots)
            record("arrange page", arrangement, by=by, at=moment.isoformat(), note=note)
        return arrangement

    def drop(self, *, by):
        """Take back one that does not hold yet. Raises PermissionDenied; False if it holds or did already."""
        if not by.has_perm(ARRANGE):
            raise PermissionDenied
        with transaction.atomic():
            pagecache.changed()
            if self.holds_from <= timezone.now():
                return False
            record("drop arrangement", self, by=by, at=self.holds_from.isoformat())
            self.delete()
        return True


class SlotQuerySet(pagecache.PublicQuerySet):
    def in_force(self, now=None):
        return self.exclude(until__lte=now or timezone.now())


class Slot(models.Model):
    """A place, and what stands in it: a story chosen by hand, or what a rule of its own finds.

    `place` is a key of `frontpage.places`. A place without a slot is filled as the page fills it.
    """

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="slots")
    place = models.CharField(max_length=30)
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, related_name="slots")
    title = models.CharField(max_length=200, blank=True)
    kicker = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=30, blank=True)
    until = models.DateTimeField(null=True, db_index=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["arrangement", "place"], name="slot_once")]

    def __str__(self):
        return self.place

    def dress(self, story):
        """The story under the title and kicker it has here; never save it afterwards."""
        if self.title:
            story.title = story.front_title = self.title
        story.kicker = self.kicker or story.kicker
        return story


def slots_now(section=None):
    """What holds now on the front page or a section's top: `{place: slot}`, read once per change."""
    return pagecache.once_per_change(f"slots {section.pk if section else ''}", lambda: _slots_now(section))


def _slots_now(section):
    arrangement = Arrangement.objects.holding(section)
    return {slot.place: slot for slot in arrangement.slots.in_force()} if arrangement else {}


def next_boundary(now):
    """When, after `now`, an arrangement next begins to hold or a slot next ends; None if none does."""
    moments = [
        Arrangement.objects.filter(holds_from__gt=now).aggregate(m=Min("holds_from"))["m"],
        Slot.objects.filter(until__gt=now).aggregate(m=Min("until"))["m"],
    ]
    return min((moment for moment in moments if moment), default=None)

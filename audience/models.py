"""Reads by hour and by day, the decayed score of each story, and the order readers see.

A read is a page of a story that stood in view for five seconds. We count reads, never visitors.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

import pagecache


class HourlyViews(models.Model):
    """Reads of a story within an hour (its beginning, in UTC). Kept for 72 hours."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    hour = models.DateTimeField(db_index=True)
    reads = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="views_once_an_hour")]

    def __str__(self):
        return f"{self.article_id} {self.hour:%Y-%m-%d %H}: {self.reads}"


class DailyViews(models.Model):
    """Reads of a story on a day of the paper's time zone. Kept for 400 days."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    reads = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="views_once_a_day")]

    def __str__(self):
        return f"{self.article_id} {self.day}: {self.reads}"


class Popularity(models.Model):
    """All reads of a story, and its scores.

    A score is forward decay (Cormode and others, 2009) kept as a binary logarithm: log2 of the sum, over all
    reads, of 2^(t / h), where t is the moment of the read in seconds since 1970 and h the half-life. It
    changes only when the story is read; two stories compare at any moment as their decayed counts would. The
    decayed count at a moment T is 2^(score - T / h).
    """

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="popularity"
    )
    reads = models.PositiveBigIntegerField(_("reads in all"))
    now = models.FloatField(db_index=True)
    week = models.FloatField(db_index=True)

    class Meta:
        verbose_name = _("story's reads")
        verbose_name_plural = _("reads")
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.article_id}: {self.reads}"


class Ranking(models.Model):
    """The most read stories of one list (a `Listing` key: "language:fr", "section:12") over one window."""

    class Window(models.TextChoices):
        NOW = "now", _("now")
        WEEK = "week", _("this week")

    list = models.CharField(max_length=40)
    window = models.CharField(max_length=10, choices=Window.choices)
    articles = models.JSONField()  # ids, the first is first
    read = (
        models.PositiveSmallIntegerField()
    )  # how many of them stand there for being read; the rest are the newest

    objects = pagecache.PublicQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["list", "window"], name="ranking_once")]

    def __str__(self):
        return f"{self.list} {self.window}"

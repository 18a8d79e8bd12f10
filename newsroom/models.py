"""What the background process remembers: when each job of the schedule is due, and that a worker is alive."""

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """A function of `settings.SCHEDULE`: when it runs next, and how its last run ended."""

    name = models.CharField(primary_key=True, max_length=200)
    due_at = models.DateTimeField(default=timezone.now)
    ran_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)  # of the last run; empty if it went well

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name


class Heartbeat(models.Model):
    """One row: when a worker was last alive."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S}"

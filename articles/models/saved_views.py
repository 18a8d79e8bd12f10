"""What somebody keeps narrowing the list of articles to, under a name of their own."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

MOST = 20  # views of one person


class SavedView(models.Model):
    """A person's own view of the list of articles. Nobody else reads or changes it; the trail does not tell of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)  # as in the list's address, checked by the form that saves it
    position = models.PositiveSmallIntegerField(default=0)
    opens_first = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(opens_first=True), name="saved_view_opens_first"
            ),
        ]
        default_permissions = ()

    def __str__(self):
        return self.name

    def clean(self):
        others = SavedView.objects.filter(user=self.user).exclude(pk=self.pk)
        if self._state.adding and len(others[:MOST]) == MOST:
            raise ValidationError(_("You have twenty views: delete one before you save another."))

    def add(self):
        """Save it as the person's last."""
        last = SavedView.objects.filter(user=self.user).aggregate(m=Max("position"))["m"]
        self.position = 0 if last is None else last + 1
        self.save()

    @transaction.atomic
    def open_first(self, wanted=True):
        """Whether the list opens with it; no other of the person's does then."""
        SavedView.objects.filter(user=self.user, opens_first=True).update(opens_first=False)
        self.opens_first = wanted
        self.save(update_fields=["opens_first"])

    @transaction.atomic
    def move_up(self):
        """Put it before the one that stands before it."""
        rows = list(SavedView.objects.filter(user=self.user))
        at = rows.index(self)
        if at:
            rows.insert(at - 1, rows.pop(at))
        for position, row in enumerate(rows):
            row.position = position
        SavedView.objects.bulk_update(rows, ["position"])

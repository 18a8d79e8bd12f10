"""The one row every kept page is compared with."""

from django.db import models


class Generation(models.Model):
    """The number of the present state of everything public. No row means that nothing was ever public."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()

    def __str__(self):
        return str(self.number)

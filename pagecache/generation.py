"""Replacing the number when something public changes, and reading it."""

import secrets
from functools import wraps

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import m2m_changed, pre_delete, pre_save


def changed():
    """Say that something public changes: once this transaction is committed, no page kept so far is served.

    Call it first in the transaction: it locks one row until the end, and who always locks that one first
    never waits in a circle. Further calls in the same transaction cost nothing.
    """
    connection = transaction.get_connection()
    # Django puts a new list here at every commit and every rollback, savepoints included: as long as it is
    # the same one, what we wrote still stands.
    if connection.in_atomic_block and getattr(connection, "raised_in", None) is connection.run_on_commit:
        return
    # At random, because it only has to differ from all before it: it does so after a rollback, after an old
    # backup was put back and with a clock that was wrong, too.
    rows = apps.get_model("pagecache", "Generation").objects
    row = rows.model(id=1, number=secrets.randbits(63))
    rows.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["number"])
    connection.raised_in = connection.run_on_commit if connection.in_atomic_block else None


def current():
    """The number in the database, or None if nothing was ever public. One query."""
    # Who reads the number may keep a page under it: the next change, even in this transaction, replaces it.
    transaction.get_connection().raised_in = None
    rows = apps.get_model("pagecache", "Generation").objects
    return rows.filter(id=1).values_list("number", flat=True).first()


def public_model(model):
    """Register a model whose rows show on public pages; usable as a decorator.

    Saving and deleting its instances and changing its many-to-many relations then call `changed`. For writes
    in bulk its manager comes from `PublicQuerySet`. A model may say what no reader sees: columns in the set
    `UNSEEN_COLUMNS`, a whole row by a method `is_unseen()`, which is asked before the row is written and must
    answer for what is stored and for what is about to be.
    """
    uid = f"pagecache.{model._meta.label}"
    pre_save.connect(_changed, sender=model, dispatch_uid=uid)
    pre_delete.connect(_changed, sender=model, dispatch_uid=uid)
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        m2m_changed.connect(_changed, sender=through, dispatch_uid=f"{uid}.{field.name}")
    if not getattr(model.save_base, "in_one_transaction", False):
        model.save_base = _in_one_transaction(model.save_base)
    return model


def _changed(sender, instance=None, update_fields=None, **kwargs):
    if update_fields and _unseen(sender, update_fields):
        return
    if not (isinstance(instance, sender) and hasattr(instance, "is_unseen") and instance.is_unseen()):
        changed()


def _unseen(model, columns):
    return set(columns) <= getattr(model, "UNSEEN_COLUMNS", set())


def _in_one_transaction(save_base):
    """`save_base` such that a save outside a transaction commits the row and the number together."""

    @wraps(save_base)
    def wrapper(self, *args, **kwargs):
        with transaction.atomic():
            return save_base(self, *args, **kwargs)

    wrapper.in_one_transaction = True
    return wrapper


class PublicQuerySet(models.QuerySet):
    """A queryset whose bulk writes call `changed`, in the transaction of the write."""

    def update(self, **kwargs):
        if _unseen(self.model, kwargs):
            return super().update(**kwargs)
        with transaction.atomic():
            changed()
            return super().update(**kwargs)

    update.alters_data = True

    def delete(self):
        with transaction.atomic():
            changed()
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic():
            changed()
            return super().bulk_create(objs, *args, **kwargs)

    bulk_create.alters_data = True

    def bulk_update(self, objs, *args, **kwargs):
        with transaction.atomic():
            changed()
            return super().bulk_update(objs, *args, **kwargs)

    bulk_update.alters_data = True

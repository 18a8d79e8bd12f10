"""What is done to pictures in the background."""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

import pagecache
from images import renditions
from images.disk import is_disk_full
from images.models import Image

log = logging.getLogger(__name__)


def make_again(image):
    """Have the renditions of `image` made in the background; those it has stay until then."""
    with transaction.atomic():
        Image.objects.filter(pk=image.pk).update(state=Image.State.WAITING, error="")
        make_renditions.enqueue(image.pk)
    image.refresh_made()


def when_unread():
    """When old files can go: a page being read now may still load its lazy pictures."""
    return timezone.now() + timedelta(hours=1)


@task()
def make_renditions(image_id):
    """Make a picture's renditions, unless it is gone or has them."""
    image = Image.objects.filter(pk=image_id).exclude(state=Image.State.READY).first()
    if image:
        make(image)


@task()
def discard(image_id, names):
    """Remove those of these files that the picture no longer shows."""
    image = Image.objects.filter(pk=image_id).first()
    used = {row["name"] for row in image.renditions} if image else set()
    renditions.remove(set(names) - used)


def make(image):
    """Make every rendition of `image`, then switch the row to them; the old files are removed a while after.

    What cannot be made is told by the row's state and error; the renditions it had stay.
    """
    focal = image.focal_x, image.focal_y
    try:
        made = renditions.encode(image)
    except Exception as error:  # logged, and shown at the desk: nothing may wait for ever
        log.exception("The renditions of picture %s could not be made", image.pk)
        Image.objects.filter(pk=image.pk).update(state=Image.State.FAILED, error=_reason(error))
        _refresh(image)
        return
    with transaction.atomic():
        pagecache.changed()  # before the row is locked: who saves it at the desk takes them in this order
        row = Image.objects.select_for_update().filter(pk=image.pk).first()
        if row is None:
            transaction.on_commit(partial(renditions.remove, _names(made)))
        elif (row.focal_x, row.focal_y) == focal:
            Image.objects.filter(pk=image.pk).update(renditions=made, state=Image.State.READY, error="")
            _retire(image.pk, _names(row.renditions) - _names(made))
    _refresh(image)


def _refresh(image):
    row = Image.objects.filter(pk=image.pk).values(*Image.MADE).first() or {}
    for name, value in row.items():
        setattr(image, name, value)


def _reason(error):
    if is_disk_full(error):
        return Image.Problem.DISK
    return Image.Problem.UNREADABLE if isinstance(error, OSError | SyntaxError) else Image.Problem.OTHER


def _names(rows):
    return {row["name"] for row in rows}


def _retire(image_id, names):
    if names:
        later = discard.using(run_after=when_unread()) if discard.get_backend().supports_defer else discard
        transaction.on_commit(partial(later.enqueue, image_id, sorted(names)))

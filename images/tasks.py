"""What is done to pictures in the background."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from images import renditions
from images.models import Image


def when_unread():
    """When old files can go: a page being read now may still load its lazy pictures."""
    return timezone.now() + timedelta(hours=1)


@task()
def make_renditions(image_id):
    """Make a picture's renditions, unless it is gone or has them."""
    image = Image.objects.filter(pk=image_id).exclude(state=Image.State.READY).first()
    if image:
        renditions.make(image)


@task()
def discard(image_id, names):
    """Remove those of these files that the picture no longer shows."""
    image = Image.objects.filter(pk=image_id).first()
    used = {row["name"] for row in image.renditions} if image else set()
    renditions.remove(set(names) - used)

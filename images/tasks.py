"""What is done to pictures in the background."""

from django_tasks import task

from images import renditions
from images.models import Image


@task()
def make_renditions(image_id):
    """Make a picture's renditions, unless it is gone or has them."""
    image = Image.objects.filter(pk=image_id).first()
    if image and image.state != Image.State.READY:
        renditions.make(image)

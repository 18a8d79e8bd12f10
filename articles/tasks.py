"""What is done to stories in the background."""

from django.db import transaction
from django_tasks import task

from articles import cards
from articles.models import Article
from images import renditions
from images.tasks import when_unread


def keep_card(article):
    """Have the story's card drawn, or thrown away, if it shows another title than it should.

    Called inside the transaction that changed it.
    """
    if article.share_card != cards.name_for(article):
        draw_card.enqueue(article.pk)


@task()
def draw_card(article_id):
    """Draw and store a story's card as the story is now, name it on the row, and retire the one before."""
    article = Article.objects.select_related("section").filter(pk=article_id).first()
    if article is None:
        return
    name, before = cards.name_for(article), article.share_card
    data = cards.draw(article) if name else None
    name = name if data else ""
    if name == before:
        return
    if name:
        renditions.write(name, data)
    with transaction.atomic():
        if not Article.objects.filter(pk=article_id, share_card=before).update(share_card=name):
            draw_card.enqueue(article_id)  # another worker named one meanwhile: look once more
            before = name
        if before:
            later = discard_card
            if article.status == Article.Status.PUBLISHED and discard_card.get_backend().supports_defer:
                later = discard_card.using(run_after=when_unread())
            later.enqueue(article_id, before)


@task()
def discard_card(article_id, name):
    """Remove a card's file, unless the story shows it again."""
    if not Article.objects.filter(pk=article_id, share_card=name).exists():
        renditions.remove([name])

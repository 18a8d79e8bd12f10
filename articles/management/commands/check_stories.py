"""What stands before publication, for the whole site: the list at the form's side, on the command line."""

from itertools import chain, islice

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone, translation

from articles import gate
from articles.content import Content
from articles.models import Article, Tagging
from masthead.models import Masthead

BATCH = 200


class Command(BaseCommand):
    help = (
        "Says what the stories lack that are public, scheduled or waiting for review. "
        "Ends with status 1 if something must be put right."
    )

    def add_arguments(self, parser):
        parser.add_argument("--should", action="store_true", help="say what is doubtful, too")

    def handle(self, *, should, **options):
        paper, lacking = Masthead.current(), 0
        with translation.override(paper.language), timezone.override(paper.zone):
            for address, found in _looked_at():
                found = [finding for finding in found if should or finding.level == gate.MUST]
                for finding in found:
                    self.stdout.write(f"{settings.SITE_URL}{address}\t{finding.level}\t{finding}")
                lacking += any(finding.level == gate.MUST for finding in found)
        if lacking:
            raise CommandError(f"Stories that lack something: {lacking}.")


def _looked_at():
    """(address, findings) of each state that is public or waits; memory holds one batch."""
    public, every = Article.objects.published(), Article.objects.filter(binned_at=None)
    scheduled = every.filter(status=Article.Status.PUBLISHED, published_at__gt=timezone.now())
    waiting = every.filter(submitted_at__isnull=False)
    states = chain(
        ((story, False) for story in chain(_each(public), _each(scheduled))),
        ((story, True) for story in _each(waiting)),
    )
    while batch := list(islice(states, BATCH)):
        tags = {}
        taggings = Tagging.objects.filter(content_object__in=[story.pk for story, _waits in batch])
        for story, tag in taggings.values_list("content_object", "tag"):
            tags.setdefault(story, []).append(tag)
        contents = [_content(story, waits, tags.get(story.pk, ())) for story, waits in batch]
        known = gate.Known.of(contents)
        for (story, waits), content in zip(batch, contents, strict=True):
            at_desk = waits or not story.is_public()
            form = reverse("admin:articles_article_change", args=[story.pk])
            yield form if at_desk else story.get_absolute_url(), gate.findings(content, known)


def _each(stories):
    return stories.select_related("section", "draft_revision").order_by("pk").iterator(chunk_size=BATCH)


def _content(story, waits, tags):
    """The state that is looked at, without what no rule asks for."""
    if waits and story.draft_revision:
        return Content.from_json(story.draft_revision.content)
    columns = {name: getattr(story, name) for name in Content.COLUMNS}
    keys = {name: getattr(story, f"{name}_id") for name in Content.FOREIGN_KEYS}
    return Content(**columns, **keys, tags=tuple(tags))

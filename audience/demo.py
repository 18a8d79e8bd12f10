"""A few days of reads for the demo paper, so that its ranking lives."""

from datetime import timedelta

from articles.models import Article
from audience import counting
from audience.ranking import rank

HALVES_EVERY = 18  # hours: half of a story's readers come in the first eighteen
STEPS = [3] * 24 + [24] * 30  # hours, back from now: three days in steps of three hours, then a month in days


def load(loader):
    """Spread each story's reads over the time since it was published, most of them early."""
    wanted = {loader.articles[story["key"]].pk: story.get("reads", 0) for story in loader.stories}
    published = dict(Article.objects.published(loader.now).values_list("pk", "published_at"))
    end = loader.now
    for step in STEPS:
        begin = end - timedelta(hours=step)
        reads = {pk: _between(wanted.get(pk, 0), published[pk], begin, end) for pk in published}
        counting.write({pk: n for pk, n in reads.items() if n}, at=begin + timedelta(hours=step) / 2)
        end = begin
    rank(loader.now)


def _between(reads, published_at, begin, end):
    """How many of a story's reads fall between two moments."""

    def still_to_come(moment):
        age = max((moment - published_at).total_seconds() / 3600, 0)
        return 2 ** (-age / HALVES_EVERY)

    return round(reads * (still_to_come(begin) - still_to_come(end)))

"""What stands around a story: related ones, its translations, what it follows up on and what followed, what else its
section has, what it links to.

Two queries whatever the number of tags and stories: one finds ids in the lists the story stands in, one
fetches what will be shown of them.
"""

import math
from dataclasses import dataclass, field

from django.db.models import Value
from django.utils import timezone

from articles.models import Article, ChosenRelated, Listing
from articles.together import in_one_query

LOOKED_AT = 24  # newest stories of each list that are compared
SPARE = 8  # how many more are fetched than shown: some may have expired, some are in another language
MOST_TAGS = 12
MOST_FOLLOW_UPS = 5  # the newest
SAME_SECTION = 0.35  # weighs as much as a tag that some 15 stories have


@dataclass
class Surroundings:
    """Lists of articles with `section`, `image` and `source`; `known` is all of them by id."""

    related: list = field(default_factory=list)
    translations: list = field(default_factory=list)
    earlier: list = field(default_factory=list)
    follow_ups: list = field(default_factory=list)
    in_section: list = field(default_factory=list)
    known: dict = field(default_factory=dict)


def rarity(uses):
    """What sharing a tag says: much if few stories have it, little if many do."""
    return 1 / math.log(2 + max(uses, 1))


def likeness(in_section, tags, by_tag):
    """How alike each story is: {id: score}, from the ids in the section's list and in each tag's."""
    scores = {}
    for tag, ids in zip(tags, by_tag, strict=True):
        for pk in ids:
            scores[pk] = scores.get(pk, 0) + rarity(tag.uses)
    for pk in in_section:
        scores[pk] = scores.get(pk, 0) + SAME_SECTION
    return scores


def surroundings(article, tags, *, chosen=None, linked=(), length=4, section_length=5):
    """The `Surroundings` of an article; never the article itself, and in no list a story of one before.

    `chosen` are the ids related by hand if they are not yet stored; `linked` the ids its text refers to.
    Related: those chosen by hand, then the most alike by shared tags weighted by rarity and by section, then
    the newest.
    """
    tags, now = list(tags)[:MOST_TAGS], timezone.now()
    sections = [article.section] if article.section_id else []
    original = article.translation_of_id or article.pk or 0  # of what was never saved
    hand, others, next_ones, newest, *lists = _ids(
        article, original, [article.language, *sections, *tags], now
    )
    in_section, by_tag = (lists[0] if sections else []), lists[len(sections) :]
    hand = list(chosen) if chosen is not None else hand
    others = [original, *others] if article.translation_of_id else others
    scores = likeness(in_section, tags, by_tag)
    alike = sorted(scores, key=lambda pk: (-scores[pk], -pk))
    most = length + SPARE
    wanted = {*hand, *others, article.follows_id, *next_ones, *alike[:most], *newest[:most], *linked}
    wanted |= {*in_section[: most + section_length]}
    wanted -= {article.pk, None}
    public = Article.objects.published(now).filter(pk__in=wanted).select_related("section", "image", "source")
    known = public.defer("body").in_bulk()
    shown = {article.pk}

    def take(ids, fits, most):
        found = [
            known[pk] for pk in dict.fromkeys(ids) if pk in known and pk not in shown and fits(known[pk])
        ]
        shown.update(story.pk for story in found[:most])
        return found[:most]

    def same_language(story):
        return story.language == article.language

    def any_story(story):
        return True

    translations = take(others, lambda story: not same_language(story), len(others))
    earlier = take([article.follows_id], any_story, 1)
    follow_ups = take(next_ones, any_story, MOST_FOLLOW_UPS)
    related = take(hand, any_story, length)
    related += take([*alike, *newest], same_language, length - len(related))
    in_section = take(in_section, any_story, section_length)
    return Surroundings(related, translations, earlier, follow_ups, in_section, known)


def _ids(article, original, targets, now):
    """The ids chosen by hand, of its translations, of its follow-ups, and of each list, the newest first."""
    follow_ups = (
        Article.objects.published(now).filter(follows=article.pk or 0).order_by("-published_at", "-pk")
    )
    queries = [
        ChosenRelated.objects.filter(article=article.pk or 0).values_list("other_id", "position"),
        Article.objects.filter(translation_of=original).values_list("pk", Value(0)),
        follow_ups[:MOST_FOLLOW_UPS].values_list("pk", Value(0)),
    ]
    for target in targets:
        rows = Listing.objects.filter(list=Listing.key_of(target), published_at__lte=now)
        queries.append(
            rows.order_by("-published_at", "-article_id")[:LOOKED_AT].values_list("article_id", Value(0))
        )
    hand, *others = in_one_query(queries)
    hand.sort(key=lambda row: row[1])
    return [[row[0] for row in rows] for rows in (hand, *others)]

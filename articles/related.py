"""What stands around a story: related ones, its translations, what else its section has, what its text links to.

Two queries whatever the number of tags and stories: one finds ids in the lists the story stands in, one fetches
what will be shown of them.
"""

import math
from dataclasses import dataclass, field

from django.db.models import F, Value
from django.utils import timezone

from articles.models import Article, ChosenRelated, Listing
from articles.together import in_one_query

LOOKED_AT = 24  # newest stories of each list that are compared
MOST_TAGS = 12
SAME_SECTION = 0.35  # weighs as much as a tag that some 15 stories have


@dataclass
class Surroundings:
    """Lists of articles with `section`, `image` and `source`; `known` is all of them by id."""

    related: list = field(default_factory=list)
    translations: list = field(default_factory=list)
    in_section: list = field(default_factory=list)
    known: dict = field(default_factory=dict)


def rarity(uses):
    """What sharing a tag says: much if few stories have it, little if many do."""
    return 1 / math.log(2 + max(uses, 1))


def likeness(lists, tags):
    """How alike each story is: {id: score}, from the ids in the section's list and in each tag's."""
    in_section, by_tag = lists
    scores = {}
    for tag, ids in zip(tags, by_tag, strict=True):
        for pk in ids:
            scores[pk] = scores.get(pk, 0) + rarity(tag.uses)
    for pk in in_section:
        scores[pk] = scores.get(pk, 0) + SAME_SECTION
    return scores


def surroundings(article, tags, *, chosen=None, linked=(), length=4, section_length=5):
    """The `Surroundings` of an article; never the article itself, and in no list a story of the list before.

    `chosen` are the ids related by hand if they are not yet stored; `linked` the ids its text refers to. Related:
    those chosen by hand, then the most alike by shared tags weighted by rarity and by section, then the newest.
    """
    tags, now = list(tags)[:MOST_TAGS], timezone.now()
    original = article.translation_of_id or article.pk
    by_hand = ChosenRelated.objects.filter(article=article.pk).order_by("position")
    others = Article.objects.filter(translation_of=original)
    sections = [article.section] if article.section_id else []
    found = in_one_query(
        [
            by_hand.values_list("other_id", "position"),
            others.values_list("pk", Value(0)),
            *(_newest(target, now) for target in [article.language, *sections, *tags]),
        ]
    )
    ids = [[row[0] for row in sorted(rows, key=lambda row: row[1])] for rows in found]
    hand, others, newest = list(chosen) if chosen is not None else ids[0], ids[1], ids[2]
    in_section, by_tag = (ids[3] if sections else []), ids[3 + len(sections) :]
    scores = likeness((in_section, by_tag), tags)
    ranked = sorted(scores, key=lambda pk: (-scores[pk], -pk))
    others = [original, *others] if article.translation_of_id else others
    wanted = list(dict.fromkeys([*hand, *others, *ranked[: 3 * LOOKED_AT], *newest, *linked]))
    wanted = [pk for pk in wanted if pk != article.pk]
    public = Article.objects.published(now).filter(pk__in=wanted).select_related("section", "image", "source")
    known = public.defer("body").in_bulk()
    return _arranged(article, known, hand, others, ranked, newest, in_section, length, section_length)


def _newest(target, now):
    """The ids of a list's newest stories, each with minus its place."""
    rows = Listing.objects.filter(list=Listing.key_of(target), published_at__lte=now)
    return rows.order_by("-published_at", "-article")[:LOOKED_AT].values_list("article_id", Value(0))


def _arranged(article, known, hand, others, ranked, newest, in_section, length, section_length):
    translations = [known[pk] for pk in dict.fromkeys(others) if pk in known and known[pk].language != article.language]
    shown = {story.pk for story in translations} | {article.pk}
    alike = sorted((known[pk] for pk in ranked if pk in known and pk not in shown), key=lambda story: ranked.index(story.pk))
    fill = [known[pk] for pk in newest if pk in known]
    same = [story for story in alike + fill if story.language == article.language]
    by_hand = [known[pk] for pk in hand if pk in known and pk not in shown]
    related = list({story.pk: story for story in by_hand + same if story.pk not in shown}.values())[:length]
    shown |= {story.pk for story in related}
    own = sorted(
        (known[pk] for pk in in_section if pk in known and pk not in shown), key=lambda story: story.published_at, reverse=True
    )
    return Surroundings(related, translations, own[:section_length], known)

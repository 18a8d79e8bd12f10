"""What stands where on the front page, by rule: lead, second stories, what just came in, a row, the sections.

Four queries, however many sections and stories: the newest ids of every list in one, the stories, their
bylines, what is related to the lead. No story stands in two places.
"""

from dataclasses import dataclass, field
from itertools import cycle

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from articles.models import Article, Byline, Listing
from articles.together import in_one_query
from articles.tree import Tree

NEWEST = 48  # of the whole paper that are looked at
OF_SECTION = 16  # of each section
SECOND, RELATED, ROW, WIRE, OPINIONS = 4, 3, 4, 6, 4
LOOKED_AT = 12  # the newest stories among which the lead is sought
# How the blocks follow one another: how many stories each shows, and whether two share the page's width.
RHYTHM = [(4, False), (5, False), (3, False), (3, True), (3, True), (3, False), (3, True), (3, True)]
OPINIONS_AFTER = 2  # blocks


@dataclass
class Block:
    """A section and its stories. `half`: it shares the page's width with the next one."""

    section: object
    stories: list
    half: bool = False


@dataclass
class Front:
    lead: object = None
    related: list = field(default_factory=list)  # titles under the lead
    second: list = field(default_factory=list)
    row: list = field(default_factory=list)
    wire: list = field(default_factory=list)
    blocks: list = field(default_factory=list)  # lists of one block, or of two that share a line
    opinions: Block = None

    def __iter__(self):
        """Every story on the page, in the order of their places."""
        yield from filter(None, [self.lead])
        for part in (self.related, self.second, self.wire, self.row):
            yield from part
        for line in self.blocks:
            for block in line:
                yield from block.stories
        yield from self.opinions.stories if self.opinions else []


def arrange(language, now=None):
    """The front page in this language as a `Front`."""
    tree, now = Tree.current(), now or timezone.now()
    sections = [s for s in tree.roots(language) if s.on_front and s.parent_id is None]
    newest, *of_sections = _newest([language, *sections], now)
    places = Places(newest)
    news = [story for story in newest if not story.section.is_opinion]
    front = Front(lead=places.take_lead(news))
    front.related = places.take(_chosen(front.lead, now), RELATED)
    front.second = places.take_varied(news, SECOND)
    same = [story for story in news if front.lead and story.section_id == front.lead.section_id]
    front.related += places.take(same, RELATED - len(front.related))
    front.wire = places.take(news, WIRE)
    front.row = places.take_row(news, ROW)
    by_section = dict(zip(sections, of_sections, strict=True))
    headings = [section for section in sections if not section.is_opinion]
    front.blocks = _lines(places, headings, by_section)
    opinion = next((section for section in sections if section.is_opinion), None)
    if opinion:
        stories = places.take(by_section[opinion], OPINIONS)
        front.opinions = Block(opinion, stories) if stories else None
    return front


def _chosen(lead, now):
    """The stories chosen by hand as related to the lead."""
    if lead is None:
        return []
    place = lead.chosen_related.filter(other=OuterRef("pk")).values("position")
    stories = Article.objects.published(now).filter(pk__in=lead.chosen_related.values("other"))
    return list(stories.select_related("section").defer("body").order_by(Subquery(place[:1])))


def _newest(lists, now):
    """The newest public stories of each list."""
    rows = Listing.objects.filter(published_at__lte=now).order_by("-published_at", "-article_id")
    lengths = [NEWEST, *[OF_SECTION] * (len(lists) - 1)]
    queries = [
        rows.filter(list=Listing.key_of(target))[:length].values_list("article_id")
        for target, length in zip(lists, lengths, strict=True)
    ]
    ids = [[row[0] for row in found] for found in in_one_query(queries)]
    bylines = Byline.objects.select_related("author__photo").order_by("position")
    stories = Article.objects.published(now).filter(pk__in={pk for found in ids for pk in found})
    stories = stories.select_related("section", "image", "source").prefetch_related(
        Prefetch("bylines", bylines)
    )
    known = stories.defer("body").in_bulk()
    return [sorted((known[pk] for pk in found if pk in known), key=_newest_first) for found in ids]


def _newest_first(story):
    return -story.published_at.timestamp(), -story.pk


def has_picture(story):
    return story.image is not None and story.image.is_ready


class Places:
    """Hands out stories, each once."""

    def __init__(self, newest):
        self.taken = set()
        self.newest = newest

    def free(self, stories):
        return [story for story in stories if story.pk not in self.taken]

    def give(self, stories):
        self.taken |= {story.pk for story in stories}
        return stories

    def take(self, stories, length):
        """The newest that are free."""
        return self.give(self.free(stories)[:length])

    def take_lead(self, stories):
        """Of the newest the first of our own with a picture, else the first with one, else the first."""
        newest = self.free(stories)[:LOOKED_AT]
        newest.sort(key=lambda story: (not has_picture(story), story.source_id is not None))
        return self.give(newest[:1])[0] if newest else None

    def take_varied(self, stories, length):
        """The newest, from different headings as long as there are such; those with a picture first."""
        chosen, headings = [], set()
        free = self.free(stories)[: 2 * LOOKED_AT]
        for story in free:
            heading = story.section.path.split("/")[0]
            if heading not in headings and len(chosen) < length:
                headings.add(heading)
                chosen.append(story)
        chosen += [story for story in free if story not in chosen][: length - len(chosen)]
        chosen.sort(key=lambda story: not has_picture(story))
        return self.give(chosen)

    def take_row(self, stories, length):
        """The newest with a picture; without enough of them no row: a hole beside a picture looks broken."""
        free = [story for story in self.free(stories)[: 3 * LOOKED_AT] if has_picture(story)]
        return self.give(free[:length]) if len(free) >= length else []


def _lines(places, sections, by_section):
    """The blocks in their rhythm; sections without a free story are passed over."""
    lines, steps = [], cycle(RHYTHM)
    there = [section for section in sections if places.free(by_section[section])]
    while there:
        length, half = next(steps)
        if half and len(there) >= 2:
            next(steps)
        line, there = (there[:2], there[2:]) if half else (there[:1], there[1:])
        half = len(line) == 2
        lines.append([Block(s, _picture_first(places.take(by_section[s], length)), half) for s in line])
    return lines


def _picture_first(stories):
    """A block's stories, one with a picture in front if there is one."""
    return sorted(stories, key=lambda story: not has_picture(story))

"""What stands where on the front page: lead, second stories, what just came in, a row, the sections.

First what an editor chose for a place, then what a place's own rule finds, the rest as it came in. Four queries,
however many sections and stories: the newest ids of every list in one, the stories, their bylines, what is
related to the lead. No story stands in two places.
"""

from dataclasses import dataclass, field
from itertools import cycle

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from articles import registry
from articles.models import Article, Byline, Listing
from articles.together import in_one_query
from frontpage import places as keys

NEWEST = 48  # of the whole paper that are looked at
OF_SECTION = 16  # of each section
RELATED, WIRE, OPINIONS = 3, 6, 4
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
    standing: dict = field(default_factory=dict)  # what stands in each place that can be filled by hand

    def __iter__(self):
        """Every story on the page, in the order of their places."""
        yield from filter(None, [self.lead])
        for part in (self.related, self.second, self.wire, self.row):
            yield from part
        for line in self.blocks:
            for block in line:
                yield from block.stories
        yield from self.opinions.stories if self.opinions else []


def arrange(language, slots=None, now=None):
    """The front page in this language as a `Front`; `slots` are those in force, by their places."""
    now = now or timezone.now()
    slots = _there(slots or {}, None, language, 0)
    sections = keys.sections_on_front(language)
    chosen, ranked = _looked_up(slots, Listing.key_of(language))
    lists, known = _newest([language, *sections], now, {*chosen.values(), *ranked})
    newest, by_section = lists[0], dict(zip(sections, lists[1:], strict=True))
    news = [story for story in newest if not story.section.is_opinion]
    places = Places(slots, chosen, known)
    places.rule(news, ranked, {section.pk: stories for section, stories in by_section.items()})
    front = Front(lead=places.lead(news), standing=places.standing)
    front.related = places.take(_chosen(front.lead, now), RELATED)
    front.second = places.fill(keys.second(keys.SECOND), lambda n: places.take_varied(news, n))
    same = [story for story in news if front.lead and story.section_id == front.lead.section_id]
    front.related += places.take(same, RELATED - len(front.related))
    front.wire = places.take(news, WIRE)
    front.row = places.fill(keys.row(), lambda n: places.take_row(news, n))
    headings = [section for section in sections if not section.is_opinion]
    front.blocks = _lines(places, headings, by_section)
    opinion = next((section for section in sections if section.is_opinion), None)
    if opinion:
        places_there = keys.block(opinion, OPINIONS)
        stories = places.fill(places_there, lambda n: places.take(by_section[opinion], n))
        front.opinions = Block(opinion, stories) if stories else None
    return front


def arrange_top(section, stories, length, slots):
    """The `length` stories on top of a section, of which `stories` are the newest, and what stands in each place."""
    slots = _there(slots, section, "", length)
    chosen, ranked = _looked_up(slots, Listing.key_of(section))
    known = {story.pk: story for story in stories}
    if missing := {*chosen.values(), *ranked} - known.keys():  # of them what has left the section stays away
        stories_there = Article.objects.published().listed_in(section).filter(pk__in=missing)
        known |= stories_there.for_cards().in_bulk()
    places = Places(slots, chosen, known)
    places.rule(stories, ranked, {})
    there = ["lead", *keys.second(length - 1)]
    return places.fill(there, lambda n: _picture_first(places.take(stories, n))), places.standing


def _there(slots, section, language, length):
    """The slots whose places the page has: a section that left the front page takes no story away from it."""
    if not slots:
        return {}
    there = {key for _heading, places in keys.groups(section, language, length) for key, _words in places}
    return {place: slot for place, slot in slots.items() if place in there}


def _looked_up(slots, key):
    """The ids chosen by hand, by place, and those of the most read if a place wants one."""
    chosen = {place: s.article_id for place, s in slots.items() if s.article_id}
    wanted = any(s.rule == keys.READ and not s.article_id for s in slots.values())
    return chosen, registry.most_read(key) if wanted else []


def _chosen(lead, now):
    """The stories chosen by hand as related to the lead."""
    if lead is None:
        return []
    place = lead.chosen_related.filter(other=OuterRef("pk")).values("position")
    stories = Article.objects.published(now).filter(pk__in=lead.chosen_related.values("other"))
    return list(stories.select_related("section").defer("body").order_by(Subquery(place[:1])))


def _newest(lists, now, more):
    """The newest public stories of each list, and by id these and those in `more`."""
    rows = Listing.objects.filter(published_at__lte=now).order_by("-published_at", "-article_id")
    lengths = [NEWEST, *[OF_SECTION] * (len(lists) - 1)]
    queries = [
        rows.filter(list=Listing.key_of(target))[:length].values_list("article_id")
        for target, length in zip(lists, lengths, strict=True)
    ]
    ids = [[row[0] for row in found] for found in in_one_query(queries)]
    bylines = Byline.objects.select_related("author__photo").order_by("position")
    stories = Article.objects.published(now).filter(pk__in={pk for found in [*ids, more] for pk in found})
    stories = stories.select_related("section", "image", "source").prefetch_related(
        Prefetch("bylines", bylines)
    )
    known = stories.defer("body").in_bulk()
    return [sorted((known[pk] for pk in found if pk in known), key=_newest_first) for found in ids], known


def _newest_first(story):
    return -story.published_at.timestamp(), -story.pk


def has_picture(story):
    return story.image is not None and story.image.is_ready


class Places:
    """Hands out stories, each once; what was chosen by hand keeps its place, whatever else would take it."""

    def __init__(self, slots, chosen, known):
        self.by_hand, self.pools, self.standing, self.slots, self.known = {}, {}, {}, slots, known
        self.taken = set()
        for place, pk in chosen.items():
            if pk in known and pk not in self.taken:
                self.by_hand[place] = slots[place].dress(known[pk])
                self.taken.add(pk)

    def rule(self, newest, ranked, by_section):
        """Find the stories among which each place with a rule of its own chooses."""
        for place, slot in self.slots.items():
            if slot.rule == keys.PICTURE:
                self.pools[place] = [story for story in newest if has_picture(story)]
            elif slot.rule == keys.READ:
                self.pools[place] = [self.known[pk] for pk in ranked if pk in self.known]
            elif slot.rule.startswith(keys.NEWEST_OF):
                pk = slot.rule.removeprefix(keys.NEWEST_OF)
                self.pools[place] = by_section.get(int(pk), []) if pk.isdecimal() else []

    def at(self, place):
        """What was chosen for this place or its rule finds; else None."""
        if place in self.by_hand:
            return self.by_hand[place]
        found = self.take(self.pools.get(place, ()), 1)
        return found[0] if found else None

    def lead(self, news):
        story = self.at("lead") or self.take_lead(news)
        if story:
            self.standing["lead"] = story
        return story

    def fill(self, places, take):
        """The stories of these places: what `at` says of each, the others from `take(how many)`."""
        there = [self.at(place) for place in places]
        rest = iter(take(there.count(None)))
        found = {place: story or next(rest, None) for place, story in zip(places, there, strict=True)}
        found = {place: story for place, story in found.items() if story}
        self.standing |= found
        return list(found.values())

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
        """The newest with a picture; without enough of them no row: a hole beside a picture looks broken.

        One that somebody began is filled up with others.
        """
        free = [story for story in self.free(stories)[: 3 * LOOKED_AT] if has_picture(story)]
        if len(free) >= length:
            return self.give(free[:length])
        return [] if length == keys.ROW else self.take(stories, length)


def _lines(places, sections, by_section):
    """The blocks in their rhythm; sections without a free story are passed over."""
    lines, steps = [], cycle(RHYTHM)
    there = [s for s in sections if places.free(by_section[s]) or places.by_hand.keys() & keys.block(s)]
    while there:
        length, half = next(steps)
        if half and len(there) >= 2:
            next(steps)
        line, there = (there[:2], there[2:]) if half else (there[:1], there[1:])
        half = len(line) == 2
        lines.append([_block(places, section, by_section[section], length, half) for section in line])
    return lines


def _block(places, section, stories, length, half):
    there = keys.block(section, length)
    return Block(section, places.fill(there, lambda n: _picture_first(places.take(stories, n))), half)


def _picture_first(stories):
    """A block's stories, one with a picture in front if there is one."""
    return sorted(stories, key=lambda story: not has_picture(story))

"""The gate before publishing: what a story must have before readers see it, and what is doubtful about it.

The form's side, the verbs and `manage.py check_stories` ask the same rules.
"""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import linked
from articles.models import Source
from images.models import Image
from richtext import embeds
from richtext.references import linked_words, references
from richtext.text import plain, words_in

MUST, SHOULD = "must", "should"
# Characters after which it is cut: the title on cards, the summary in lists, both by search engines. The form's
# counters and static/js/desk-snippet.js go by the same.
TITLE, SUMMARY, SEARCH_TITLE, SEARCH_DESCRIPTION = 90, 300, 60, 155
PARAGRAPH = 120  # words
WIDE, NARROW = 1200, 640  # pixels that a picture above a story and one in its text need
QUOTED = 3  # links that a sentence names
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = ("title", "section", "body", "summary", "tags", "source", "image")


@dataclass(frozen=True)
class Finding:
    """What is missing (MUST) or doubtful (SHOULD). `says` what to do, `field` is the form's, `key` names it for good.

    `about` is the picture it is about, `address` where that is put right; `seen` that readers see it so already.
    """

    level: str
    key: str
    field: str
    says: str
    about: str = ""
    address: str = ""
    seen: bool = False

    def __str__(self):
        return (
            _("“%(title)s”: %(why)s") % {"title": self.about, "why": self.says} if self.about else self.says
        )

    @property
    def refuses(self):
        """Whether the story cannot be published with it."""
        return self.level == MUST and not self.seen


@dataclass(frozen=True)
class Known:
    """What the rules look up, for any number of contents in a fixed number of queries."""

    images: dict
    sources: dict
    stories: set  # ids, as a link writes them, of the public ones that are linked to
    nowhere: set  # addresses of ours at which readers find nothing

    @classmethod
    def of(cls, contents):
        found = [references(content.body) for content in contents]
        images = {pk for part in found for pk in part.images} | {c.image for c in contents if c.image}
        columns = ("title", "alt", "credit", "rights", "rights_until", "width", "height")
        sources = {content.source for content in contents if content.source}
        return cls(
            images=Image.objects.only(*columns).in_bulk(images) if images else {},
            sources=Source.objects.in_bulk(sources) if sources else {},
            stories=set(map(str, linked.public_stories({pk for part in found for pk in part.articles}))),
            nowhere=linked.leading_nowhere({link for part in found for link in part.links}),
        )


def findings(content, known=None):
    """The Findings about a `Content`, what is missing first. `known` is of a batch this content is one of."""
    known = known or Known.of([content])
    found = [finding for rule in _RULES for finding in rule(content, known)]
    return sorted(found, key=lambda finding: finding.level)


def in_order(content, found):
    """The form's fields that were looked at and that nothing is said about."""
    named = {finding.field for finding in found}
    there = [name for name in _LOOKED_AT if name not in ("source", "image") or getattr(content, name)]
    return [name for name in there if name not in named]


def cut(text, most):
    """`text` as it is shown where there is room for `most` characters."""
    return text if len(text) <= most else re.sub(r"\s+\S*$", "", text[:most]) + " …"


# ---------------------------------------------------------------------------------------------- the rules
# Words of four letters and more that join others, in the four languages: twice in a title they are no slip.
SMALL = re.compile(
    r"sans|pour|dans|avec|plus|sous|entre|mais|comme|cette|leur|leurs|vers|chez|après|avant|contre|"
    r"voor|naar|over|door|zonder|niet|onder|tussen|tegen|maar|zijn|haar|deze|"
    r"ohne|über|nach|unter|gegen|zwischen|eine|einen|einer|eines|nicht|auch|oder|"
    r"with|from|without|between|under|into|this|that|than|their"
)


def _title(content, known):
    title = content.title.strip()
    if not title:
        yield Finding(MUST, "title", "title", _("Give the article a title."))
    if len(title) > TITLE:
        sentence = _("The title is long: the front page and shared links cut it to “%(cut)s”.")
        yield Finding(SHOULD, "title-length", "title", sentence % {"cut": cut(title, TITLE)})
    words, repeated = [word.casefold() for word in _WORD.findall(title)], []
    for at, word in enumerate(words):
        if word in words[:at] and (len(word) > 3 and not SMALL.fullmatch(word) or word == words[at - 1]):
            repeated.append(word)
    if repeated:
        sentence = _("The title says “%(word)s” twice.") % {"word": repeated[0]}
        yield Finding(SHOULD, "title-words", "title", sentence)


def _section(content, known):
    if content.section is None:
        yield Finding(MUST, "section", "section", _("Choose the section it stands in."))


def _body(content, known):
    lines = plain(content.body).split("\n")
    if not "".join(lines).strip():
        yield Finding(MUST, "body", "body", _("Write the text."))
    long = [line for line in lines if words_in(line) > PARAGRAPH]
    if long:
        sentence = ngettext(
            "A paragraph has more than %(most)d words: “%(cut)s”. Divide it.",
            "%(n)d paragraphs have more than %(most)d words; the first is “%(cut)s”. Divide them.",
            len(long),
        ) % {"n": len(long), "most": PARAGRAPH, "cut": cut(long[0], 40)}
        yield Finding(SHOULD, "paragraphs", "body", sentence)


def _summary(content, known):
    summary = content.summary.strip()
    if not summary:
        yield Finding(
            SHOULD, "summary", "summary", _("Write a summary: lists, feeds and shared links show it.")
        )
    elif len(summary) > SUMMARY:
        sentence = _("The summary has %(length)d characters. Shorten it to %(most)d.")
        sentence %= {"length": len(summary), "most": SUMMARY}
        yield Finding(SHOULD, "summary-length", "summary", sentence)


def _search(content, known):
    for name, most in (("seo_title", SEARCH_TITLE), ("seo_description", SEARCH_DESCRIPTION)):
        text = getattr(content, name).strip()
        if len(text) > most:
            sentence = _("Search engines cut it to “%(cut)s”.") % {"cut": cut(text, most)}
            yield Finding(SHOULD, name, name, sentence)


def _tags(content, known):
    if not content.tags:
        yield Finding(SHOULD, "tags", "tags", _("Add a tag, so that readers find it among stories like it."))


def _source(content, known):
    source = known.sources.get(content.source)
    if content.source and not content.original_url:
        sentence = _("Give the address of the original: a story taken over links to it.")
        yield Finding(MUST, "original_url", "original_url", sentence)
    if content.original_url and not content.source:
        yield Finding(MUST, "source", "source", _("Choose the source: a story taken over names it."))
    if source and source.contract_until and source.contract_until < timezone.localdate():
        sentence = _(
            "The contract with %(source)s has ended. Ask whether its stories may still be taken over."
        )
        yield Finding(SHOULD, "contract", "source", sentence % {"source": source})


def _pictures(content, known):
    fields = dict.fromkeys(references(content.body).images, "body")
    fields |= {content.image: "image"} if content.image else {}
    for pk, field in fields.items():
        image = known.images.get(pk)
        if image is None:
            sentence = _("The picture is no longer in the library. Choose another.")
            yield Finding(MUST, f"gone:{pk}", field, sentence)
        else:
            about = {"about": str(image), "address": reverse("admin:images_image_change", args=[pk])}
            for level, key, says in _picture(image, WIDE if field == "image" else NARROW):
                yield Finding(level, f"{key}:{pk}", field, says, **about)


def _picture(image, width):
    if not image.alt.strip():
        yield (
            MUST,
            "alt",
            _("Describe the picture for those who do not see it: open it and fill in the field."),
        )
    if image.rights_until and image.rights_until < timezone.localdate():
        yield MUST, "rights", _("The rights in this picture have ended. Choose another.")
    if not image.credit.strip() and not image.rights.strip():
        yield SHOULD, "credit", _("Say whose picture it is: open it and fill in the credit or the rights.")
    if image.width < width:
        sentence = _("It is %(width)d pixels wide; %(least)d are needed here to be sharp.")
        yield SHOULD, "size", sentence % {"width": image.width, "least": width}


def _embeds(content, known):
    for address in references(content.body).embeds:
        if embeds.player(address) is None:
            sentence = _(
                "Nothing is shown of %(address)s: no player for it is known. Take it out or link to it."
            )
            yield Finding(MUST, f"embed:{address}", "body", sentence % {"address": cut(address, 80)})


def _links(content, known):
    empty, nowhere = [], []
    for attributes, words in linked_words(content.body):
        story, address = attributes.get("data-article"), attributes.get("href", "")
        if not words or not (story or address.strip(" #")):
            empty.append(words or address)
        elif story not in known.stories if story else address in known.nowhere:
            nowhere.append(words)
    if empty:
        sentence = _("A link has no words or no address: “%(link)s”. Complete it or take it out.")
        yield Finding(SHOULD, "empty-links", "body", sentence % {"link": cut(empty[0], 80)})
    if nowhere:
        sentence = ngettext(
            "This link leads to nothing that readers can see: %(links)s.",
            "These links lead to nothing that readers can see: %(links)s.",
            len(nowhere),
        ) % {"links": _quoted(nowhere)}
        yield Finding(SHOULD, "links", "body", sentence)


def _quoted(texts):
    quoted = [f"“{cut(text, 40)}”" for text in texts[:QUOTED]]
    return ", ".join([*quoted, "…"] if len(texts) > QUOTED else quoted)


_RULES = (_title, _section, _body, _source, _pictures, _embeds, _summary, _tags, _search, _links)

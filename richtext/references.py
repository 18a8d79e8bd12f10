"""What a text refers to."""

from typing import NamedTuple

from richtext.markup import End, Start, Text, tokens


class References(NamedTuple):
    """Ids of pictures and own stories, addresses of embeds and links: each once, in the order of the text."""

    images: list[int]
    articles: list[int]
    embeds: list[str]
    links: list[str]


def references(html):
    """The References of a text, stored or as the editor sends it."""
    found = References([], [], [], [])
    for token in tokens(html):
        if not isinstance(token, Start):
            continue
        attributes = token.attributes
        if token.tag == "figure" and _is_id(attributes.get("data-image", "")):
            _add(found.images, int(attributes["data-image"]))
        elif token.tag == "figure" and "data-embed" in attributes:
            _add(found.embeds, attributes["data-embed"])
        elif token.tag == "a" and _is_id(attributes.get("data-article", "")):
            _add(found.articles, int(attributes["data-article"]))
        elif token.tag == "a" and "href" in attributes:
            _add(found.links, attributes["href"])
    return References(*(list(part) for part in found))


def _is_id(text):
    return text.isdecimal() and len(text) < 19  # more digits than a database's key has


def linked_words(html):
    """The links of a text in their order: (attributes, words) pairs."""
    found, words = [], None
    for token in tokens(html):
        if isinstance(token, Start) and token.tag == "a":
            words = []
            found.append((token.attributes, words))
        elif isinstance(token, End) and token.tag == "a":
            words = None
        elif isinstance(token, Text) and words is not None:
            words.append(token.text)
    return [(attributes, " ".join("".join(words).split())) for attributes, words in found]


def _add(values, value):
    if value not in values:
        values.append(value)

"""What a text refers to."""

from typing import NamedTuple

from richtext.markup import Start, tokens


class References(NamedTuple):
    """Ids of pictures and own stories, addresses of embeds and links: each once, in the order of the text."""

    images: list[int]
    articles: list[int]
    embeds: list[str]
    links: list[str]


def references(html):
    """The References of a stored text."""
    found = References([], [], [], [])
    for token in tokens(html):
        if not isinstance(token, Start):
            continue
        attributes = token.attributes
        if token.tag == "figure" and "data-image" in attributes:
            _add(found.images, int(attributes["data-image"]))
        elif token.tag == "figure" and "data-embed" in attributes:
            _add(found.embeds, attributes["data-embed"])
        elif token.tag == "a" and "data-article" in attributes:
            _add(found.articles, int(attributes["data-article"]))
        elif token.tag == "a" and "href" in attributes:
            _add(found.links, attributes["href"])
    return References(*(list(part) for part in found))


def _add(values, value):
    if value not in values:
        values.append(value)

"""A text without its markup, and its length."""

import re

from richtext.markup import BLOCKS, End, Start, Text, tokens

WORDS_A_MINUTE = 230
# static/js/editor/wordcount.js counts by the same rule.
_WORD = re.compile(r"[^\W_]+(?:['’\-.,\u2010\u2011][^\W_]+)*")


def plain(html):
    """The text of a stored text, a line per paragraph, item, cell or caption."""
    written = []
    for token in tokens(html):
        if isinstance(token, Text):
            written.append(" ".join(token.text.split("\n")))
        elif token.tag in BLOCKS or (isinstance(token, Start) and token.tag == "br"):
            written.append("\n")
        elif isinstance(token, End):
            continue
    lines = (line.strip(" ") for line in "".join(written).split("\n"))
    return "\n".join(line for line in lines if line)


def word_count(html):
    """How many words a stored text has; "l’article", "1,5" and "week-end" are one each."""
    return words_in(plain(html))


def words_in(text):
    """The same of a text without markup."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(words):
    """Whole minutes it takes to read `words` words: at least one."""
    return max(1, round(words / WORDS_A_MINUTE))

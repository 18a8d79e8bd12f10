"""Words as the index knows them: folded, elisions taken off, stemmed. Stop words stay: phrases need them.

Folding comes before stemming, in the index as in the query, so that "europeennes" finds "européennes".
Stems are Snowball's (https://snowballstem.org); a text is stemmed in its own language, a query in all.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer
from django.conf import settings

from articles.folding import fold

ALGORITHMS = {"fr": "french", "nl": "dutch", "de": "german", "en": "english"}
LONGEST_QUERY = 200  # characters
MOST_WORDS = 12  # in a query
LONGEST_WORD = 64
LONGEST_TEXT = 400_000  # characters of one text; PostgreSQL refuses a tsvector of more than 1 MB

WORD = re.compile(r"[^\W_]+")
# Letters with their accents as people type them, and what joins them: the words of a text that is shown.
SPOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?=\w)")
_QUOTED = re.compile(r'["«»“”„]')


def tokens(text):
    """The folded words of a text, elided articles left out: "L’École d'Œuvres" → ["ecole", "oeuvres"]."""
    return [word[:LONGEST_WORD] for word in WORD.findall(_ELIDED.sub("", fold(text)))]


@cache
def _stemmer(language):
    return snowballstemmer.stemmer(ALGORITHMS[language])


@lru_cache(maxsize=50_000)
def stem(word, language):
    """The stem of a folded word; the word itself in a language without an algorithm."""
    return _stemmer(language).stemWord(word) if language in ALGORITHMS else word


def stems(text, language):
    """A text as the index keeps it: stems with a space between."""
    return " ".join(stem(word, language) for word in tokens(text[:LONGEST_TEXT]))


@dataclass(frozen=True)
class Term:
    """One thing a query asks for: a word, or the words of a phrase, as typed and folded."""

    words: tuple[str, ...]

    def variants(self, languages=None):
        """The stems in each language, without doubles: a word may be meant in any of them."""
        languages = languages or [code for code, _name in settings.LANGUAGES]
        return list(dict.fromkeys(tuple(stem(w, code) for w in self.words) for code in languages))


def terms(query):
    """What a query asks for, in order: phrases where something stands in quotes, else single words.

    Any input is safe: what is neither letter nor digit only separates. What is too long is cut.
    """
    found, quoted = [], False
    for part in _QUOTED.split(query[:LONGEST_QUERY].replace("\x00", " ")):
        words = tokens(part)
        if quoted and words:
            found.append(Term(tuple(words)))
        else:
            found += [Term((word,)) for word in words]
        quoted = not quoted
    return list(dict.fromkeys(found))[:MOST_WORDS]

"""A piece of a story around the words that were searched for, those words marked, everything else escaped."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.folding import fold
from search.words import SPOKEN, stem

LENGTH = 220  # characters of a snippet
READ = 30_000  # characters of the text that are looked through

_folded = lru_cache(maxsize=50_000)(fold)


class Marker:
    """Finds and marks the words of some terms (`search.words.Term`) in texts of one language."""

    def __init__(self, terms, language):
        self.language = language
        self.term_of = {}
        for number, term in enumerate(terms):
            for variant in term.variants():
                for word in variant:
                    self.term_of.setdefault(word, number)
        self.beginnings = {word[:2] for word in self.term_of}

    def term(self, word):
        """The number of the term that this word of a text belongs to, or None."""
        folded = _folded(word)
        # Only Dutch stems may begin otherwise ("gelopen"); stemming each word would take too long.
        if folded[:2] not in self.beginnings and self.language != "nl":
            return None
        return self.term_of.get(stem(folded, self.language))

    def matches(self, text):
        """(start, end, term) of each word found, in order."""
        found = ((match.start(), match.end(), self.term(match.group())) for match in SPOKEN.finditer(text))
        return [match for match in found if match[2] is not None]

    def mark(self, text, matches=None):
        """The text escaped, its words found inside <mark>."""
        parts, last = [], 0
        for start, end, _term in self.matches(text) if matches is None else matches:
            parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
            last = end
        return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - each part is escaped

    def snippet(self, summary, text) -> SafeString:
        """The summary if it has as many of the words as any piece of the text, else that piece."""
        in_summary = self.matches(summary)
        text = " ".join(text[:READ].split())
        matches = self.matches(text)
        best, most = None, len({term for _s, _e, term in in_summary}) if summary else -1
        for n, (start, _end, _term) in enumerate(matches):
            inside = [match for match in matches[n : n + 30] if match[1] <= start + LENGTH - 40]
            terms = {term for _s, _e, term in inside}
            if len(terms) > most:
                best, most = start, len(terms)
        if best is None and summary:
            return self.mark(summary, in_summary)
        return self.piece(text, matches, best or 0)

    def piece(self, text, matches, around):
        """About `LENGTH` characters from a little before `around`, cut between words."""
        begin = 0 if around <= 40 else text.find(" ", around - 40) + 1
        end = (
            len(text)
            if len(text) <= begin + LENGTH
            else max(text.rfind(" ", begin, begin + LENGTH), begin + 1)
        )
        inside = [(s - begin, e - begin, term) for s, e, term in matches if s >= begin and e <= end]
        marked = self.mark(text[begin:end], inside)
        before, after = "…" if begin else "", "…" if end < len(text) else ""
        return mark_safe(f"{before}{marked}{after}")  # noqa: S308 - `mark` has escaped it

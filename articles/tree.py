"""The section tree as every public page needs it: one query, kept until something public changes."""

import pagecache
from articles.models import Section
from masthead.models import Masthead


class Tree:
    """All sections in the order of the menu, found by id or path. Shared between requests: only read it."""

    def __init__(self, sections, language):
        self.language = language  # the paper's own
        self.by_id = {section.pk: section for section in sections}
        self.by_path = {section.path: section for section in sections}
        self.below = {}
        for section in sorted(sections, key=lambda section: (section.position, section.name)):
            section.parent = self.by_id.get(section.parent_id)  # from memory: following it costs no query
            self.below.setdefault(section.parent_id, []).append(section)

    @classmethod
    def current(cls):
        """The tree as it stands now."""
        return pagecache.once_per_change("articles.tree", cls._read)

    @classmethod
    def _read(cls):
        return cls(list(Section.objects.all()), Masthead.current().language)

    def children(self, section):
        """The sub-sections that are in the menu."""
        return [child for child in self.below.get(section and section.pk, []) if child.in_menu]

    def language_of(self, section):
        """The language of the section's pages."""
        return (section and section.language) or self.language

    def roots(self, language):
        """The headings of the menu on pages in this language: a foreign root leads its sub-sections."""
        tops = [section for section in self.below.get(None, []) if self.language_of(section) == language]
        if language == self.language:
            return [section for section in tops if section.in_menu]
        return [line for section in tops for line in (section, *self.children(section))]

    def home(self, language):
        """The address where the paper begins in this language: its root section's, or the front page's."""
        if language != self.language:
            for section in self.below.get(None, []):
                if section.language == language:
                    return section.get_absolute_url()
        return "/"

    def languages(self):
        """The languages the paper is read in, its own first: (code, address) pairs."""
        codes = dict.fromkeys(section.language for section in self.below.get(None, []) if section.language)
        return [(code, self.home(code)) for code in dict.fromkeys([self.language, *codes])]

    def line(self, section):
        """The sections from the top of the tree down to this one, itself included."""
        found = []
        while section is not None and section not in found:
            found.append(section)
            section = self.by_id.get(section.parent_id)
        return found[::-1]

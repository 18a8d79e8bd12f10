"""Two states of a story compared, as a reader would see them."""

from dataclasses import fields

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import wording
from articles.content import Content
from articles.linked import public_stories
from images.models import Image
from richtext.clean import clean
from richtext.comparing import compare, compare_plain, whole
from richtext.render import render

HEADLINES = ("kicker", "title", "summary")  # shown above the text, changed or not
ONE_THING = {"slug", "language", "original_url", "via_url", *Content.FOREIGN_KEYS}


def as_read(body):
    """A clean text as the desk reads it: readers see nothing of a picture that was deleted, the desk its caption."""
    return render(body, resolve_article=public_stories, gone=_("A picture that was deleted."))


class Comparison:
    """What made the `Content` `new` of the `Content` `old`, for this person's eyes: HTML with `<ins>` and `<del>`."""

    def __init__(self, old, new, user):
        self.old, self.new, self.user = old, new, user
        self.names = new.differs(old)

    @property
    def text(self):
        """The text with its changes; revisions may be older than the rules, so both are cleaned again."""
        return as_read(compare(clean(self.old.body), clean(self.new.body))) if "body" in self.names else ""

    @property
    def headlines(self):
        """Kicker, title and summary by name, with their changes."""
        return {name: self._marked(name) for name in HEADLINES}

    @property
    def fields(self):
        """(label, HTML) of each other field that differs."""
        order = [field.name for field in fields(Content) if field.name not in (*HEADLINES, "body")]
        return [(wording.label(name), self._marked(name)) for name in order if name in self.names]

    def _marked(self, name):
        if name == "image":
            return self._pictures()
        if name in Content.LISTS:
            return self._list(name)
        old, new = (wording.in_words(state, name, self.user) for state in (self.old, self.new))
        if old == new:
            return new
        return mark_safe((whole if name in ONE_THING else compare_plain)(old, new))

    def _list(self, name):
        """Each thing by itself: what stayed, what went, what came. In another order they went and came."""
        old, new = (wording.names(state, name, self.user) for state in (self.old, self.new))
        kept = [item for item in old if item in new]
        if kept == [item for item in new if item in old]:
            parts = [item if item in new else mark_safe(whole(item, "")) for item in old]
            parts += [mark_safe(whole("", item)) for item in new if item not in old]
            return format_html_join(", ", "{}", ((part,) for part in parts))
        return mark_safe(whole(", ".join(old), ", ".join(new)))

    def _pictures(self):
        found = Image.objects.in_bulk([pk for pk in (self.old.image, self.new.image) if pk])
        return format_html_join(
            "",
            '<{}><span class="unseen">{}: </span>{}{}</{}>',
            (
                (
                    mark,
                    label,
                    self._thumb(found.get(state.image)),
                    wording.in_words(state, "image", self.user),
                    mark,
                )
                for mark, label, state in (("del", _("removed"), self.old), ("ins", _("added"), self.new))
                if state.image
            ),
        )

    @staticmethod
    def _thumb(image):
        return format_html_join(
            "", '<img src="{}" alt="{}">', [(image.desk_url(), image.alt)] if image else []
        )

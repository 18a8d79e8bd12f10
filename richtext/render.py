"""A stored text as the public sees it: pictures, own stories and embeds put in by id."""

from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from richtext import embeds
from richtext.editor import pictures
from richtext.markup import VOID, End, Start, Text, escape, start_tag, tokens
from richtext.references import references

SIZES = {
    "": "(min-width: 70rem) 48rem, (min-width: 58rem) 40rem, 100vw",
    "wide": "(min-width: 70rem) 48rem, (min-width: 58rem) 40rem, 100vw",
    "align-left": "(min-width: 44rem) 16rem, 100vw",
    "align-right": "(min-width: 44rem) 16rem, 100vw",
}


def render(html, *, resolve_article, images=None, absolute=None, insert_after=None, gone=""):
    """The public HTML of a stored text, as a SafeString.

    `resolve_article(ids)` gives `{id: (url, title)}` of the stories a reader may see; a link to another one
    keeps its text only. `images` is `{id: Image}`; without it they are fetched, in one query. `absolute` is
    an origin put before every address of our own, for feeds. `insert_after=(n, html)` puts `html` between the
    n-th paragraph and a paragraph that follows it: never under a heading, never at the very end. `gone` is what
    stands, with its caption, for a picture that was deleted; readers see nothing of it.
    """
    found = references(html)
    if images is None:
        images = pictures(found.images)
    stories = resolve_article(found.articles) if found.articles else {}
    return mark_safe(_Rendering(images, stories, absolute, insert_after, gone).render(html))


class _Rendering:
    def __init__(self, images, stories, absolute, insert_after, gone):
        self.images, self.stories, self.origin, self.gone = images, stories, absolute, gone
        self.after, self.inserted = insert_after or (0, "")
        self.written = []
        self.open = []  # tag and what to write at its end
        self.figure = None  # attributes of the figure being read; its caption gathers in self.caption
        self.caption = []
        self.paragraphs = 0
        self.last = ""  # the tag of the last block of the text
        self.waiting = False  # the slot's place is reached, the next block decides

    def render(self, html):
        for token in tokens(html):
            if isinstance(token, Text):
                self.write(escape(token.text))
            elif isinstance(token, Start):
                self.start(token.tag, token.attributes)
            elif isinstance(token, End):
                self.end()
        return "".join(self.written)

    def write(self, html):
        (self.written if self.figure is None else self.caption).append(html)

    def start(self, tag, attributes):
        if not self.open:
            self.slot(tag)
            self.last = tag
        if tag in VOID:
            self.write(start_tag(tag, attributes))
        elif tag == "figure":
            self.figure, self.caption = attributes, []
            self.open.append((tag, None))
        elif tag == "figcaption":
            self.open.append((tag, ""))
        elif tag == "table":
            label = escape(_("Table")).replace('"', "&quot;")
            self.write(f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table>')
            self.open.append((tag, "</table></div>"))
        elif tag == "a":
            link = self.link(attributes)
            self.write(start_tag("a", link) if link else "")
            self.open.append((tag, "</a>" if link else ""))
        else:
            self.write(start_tag(tag, attributes))
            self.open.append((tag, f"</{tag}>"))

    def end(self):
        tag, ending = self.open.pop()
        if tag == "figure":
            attributes, self.figure = self.figure, None
            self.write(self.picture(attributes) if "data-image" in attributes else self.embed(attributes))
        else:
            self.write(ending)
        if tag == "p" and not self.open:
            self.paragraphs += 1
            self.waiting = self.waiting or bool(self.inserted) and self.paragraphs == self.after

    def slot(self, tag):
        """Lets the slot in before this block of the text, if it is a paragraph after a paragraph."""
        if self.waiting and tag == "p" and self.last == "p":
            self.write(self.inserted)
            self.waiting, self.inserted = False, ""

    # ------------------------------------------------------------------ what is put in

    def address(self, path):
        return f"{self.origin}{path}" if self.origin and path.startswith("/") else path

    def link(self, attributes):
        """The attributes of a link; an empty dict if there is nowhere to go."""
        if "data-article" in attributes:
            story = self.stories.get(int(attributes["data-article"]))
            return {"href": self.address(story[0])} if story else {}
        address = attributes.get("href", "")
        if not address:
            return {}
        link = {**attributes, "href": self.address(address)}
        if urlsplit(address).scheme in ("http", "https"):
            link["rel"] = " ".join([*attributes.get("rel", "").split(), "noopener"])
        return link

    def picture(self, attributes):
        image = self.images.get(int(attributes["data-image"]))
        if image is None and self.gone:
            caption = "".join(self.caption)
            return f"<figure><p>{escape(self.gone)}</p>{caption and f'<figcaption>{caption}</figcaption>'}</figure>"
        if image is None or not image.is_ready:
            return ""
        where = attributes.get("class", "")
        if self.origin:
            shown = self.feed_picture(image)
        else:
            from images.markup import picture_html

            shown = picture_html(image, sizes=SIZES[where])
        classes = f"picture {where}".strip()
        return f'<figure class="{classes}">{shown}{self.figcaption(image)}</figure>'

    def feed_picture(self, image):
        jpeg = image.rendition_for_feed(self.origin)
        if not jpeg:
            return ""
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="{}">',
            jpeg["url"],
            jpeg["width"],
            jpeg["height"],
            image.alt,
        )

    def figcaption(self, image):
        """The caption written in this story wins over the picture's own; the credit always stands."""
        caption = "".join(self.caption) or escape(image.caption)
        # What the credit itself calls it stands ("Illustration : …").
        named = image.credit if ":" in image.credit else f"{_('Photo:')} {image.credit}"
        credit = format_html('<span class="credit">{}</span>', named) if image.credit else ""
        parts = " ".join(part for part in (caption, credit) if part)
        return f"<figcaption>{parts}</figcaption>" if parts else ""

    def embed(self, attributes):
        player = embeds.player(attributes["data-embed"])
        caption = "".join(self.caption)
        caption = f"<figcaption>{caption}</figcaption>" if caption else ""
        if player is None:
            return ""
        link = format_html(
            '<a href="{}" rel="noopener">{}</a>',
            player.address,
            _("See it on %(provider)s") % {"provider": player.provider},
        )
        if self.origin:
            return f"<p>{link}</p>" if not caption else f"<figure><p>{link}</p>{caption}</figure>"
        shown = format_html(
            '<news-embed class="{}" src="{}" data-provider="{}" data-show="{}" data-note="{}">'
            "{}</news-embed>",
            f"ratio-{player.ratio}",
            player.frame,
            player.provider,
            _("Show the content from %(provider)s") % {"provider": player.provider},
            _("%(provider)s will then know your address and may set cookies.")
            % {"provider": player.provider},
            link,
        )
        return f'<figure class="embed">{shown}{caption}</figure>'

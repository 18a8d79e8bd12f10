"""Reads any HTML and writes the stored forms: a machine fed with tokens, never a tree, so nothing recurses.

Text gathers in the *place* where it stands (the page, a quote, a list item, a cell, a caption …). A place
says which blocks may stand in it; a block that may not is put behind the one it was found in.
"""

import re
from html import unescape

from richtext import embeds, links
from richtext.lines import BREAK, lines, plain_characters
from richtext.markup import BLOCKS, RAW, VOID, End, Start, Text, start_tag, tokens

MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "dfn": "em", "var": "em", "s": "s", "del": "s",
    "strike": "s", "sub": "sub", "sup": "sup", "cite": "cite", "code": "code", "kbd": "code", "samp": "code",
    "tt": "code",
}  # fmt: skip
# Gone with all that is in them.
DROPPED = RAW | frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "embed",
        "head",
        "map",
        "math",
        "menu",
        "meter",
        "noframes",
        "object",
        "optgroup",
        "option",
        "output",
        "progress",
        "select",
        "svg",
        "template",
        "video",
    ]
)
DEEPEST_LIST = 6
_FIGURE_CLASSES = ("wide", "align-left", "align-right")


class Place:
    """Where text is being put. `kind`: page, box, quote, figure, item, cell, line, list or table."""

    def __init__(self, kind, allows=frozenset()):
        self.kind = kind
        self.allows = allows
        self.runs = []  # (marks, text) of the line being written
        self.parts = []  # HTML that is finished
        self.after = []  # blocks found here that have to stand behind it
        self.pending = []  # list items without a list, as Word writes them
        self.ordered = False
        self.paragraph = None  # "lead-in" or "item" while within such a paragraph
        self.caption = self.footer = ""
        self.image = self.embed = ""
        self.classes = ""
        self.foreign = False
        self.rows = []
        self.section = "tbody"

    @property
    def flows(self):
        return self.kind in ("page", "box", "quote", "figure")


class Cleaner:
    """One cleaning of one text."""

    def __init__(self, *, figures):
        allows = {"p", "heading", "list", "quote", "table", "hr"} | ({"figure", "box"} if figures else set())
        self.figures = figures
        self.page = frozenset(allows)
        self.places = [Place("page", self.page)]
        self.marks = ()
        self.ends = []  # what to do at the end of each open element
        self.muted = 0
        self.preformatted = 0
        self.bullet = None  # the text of Word's own bullet while it is being read

    @property
    def place(self):
        return self.places[-1]

    def clean(self, source):
        for token in tokens(source):
            if isinstance(token, Text):
                self.text(token.text)
            elif isinstance(token, Start):
                self.start(token.tag, token.attributes)
            elif isinstance(token, End):
                end = self.ends.pop()
                if end:
                    end()
        self.flush()
        return "".join(self.place.parts)

    # ------------------------------------------------------------------ text

    def text(self, text):
        if self.bullet is not None:
            self.bullet += text
        if self.muted:
            return
        if self.preformatted and "\n" in text:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.line_break()
                self.add(plain_characters(line))
            return
        self.add(plain_characters(text))

    def add(self, text):
        if text and (self.place.kind not in ("list", "table") or not text.isspace()):
            self.place.runs.append((self.marks, text))

    def line_break(self):
        one_line = self.place.kind in ("heading", "line")
        self.place.runs.append((self.marks, " " if one_line else BREAK))

    def boundary(self):
        """The end of a paragraph, or in a place of one line a line break."""
        if self.place.flows:
            self.flush_paragraph()
        elif self.place.kind not in ("list", "table"):
            self.line_break()

    # ------------------------------------------------------------------ what a place holds

    def flush(self):
        """Finishes the line being written, so that a block can follow."""
        place = self.place
        if place.flows:
            self.flush_paragraph()
            self.flush_items()
            return
        written = [html for _, html in lines(place.runs)]
        place.runs = []
        if place.kind == "list":
            place.parts += [[html] for html in written]
        elif place.kind == "table":
            place.after += map(self.paragraph, written)
        else:
            place.parts += written

    def flush_paragraph(self):
        place = self.place
        runs, place.runs = place.runs, []
        for text, html in lines(runs, split=True) if runs else ():
            embed = embeds.canonical(text) if "figure" in place.allows else None
            if embed and place.kind == "figure" and not (place.image or place.embed):
                place.embed = embed
            elif embed:
                self.flush_items()
                place.parts.append(_figure("data-embed", embed))
            elif place.paragraph == "item":
                place.pending.append(html)
            else:
                self.flush_items()
                lead_in = place.paragraph == "lead-in" and place.kind == "page"
                place.parts.append(f'<p class="lead-in">{html}</p>' if lead_in else f"<p>{html}</p>")

    def paragraph(self, html):
        """A block of its own for a line that has lost its place."""
        embed = embeds.canonical(unescape(re.sub(r"<[^>]*>", "", html))) if self.figures else None
        return _figure("data-embed", embed) if embed else f"<p>{html}</p>"

    def flush_items(self):
        place = self.place
        if place.pending:
            tag = "ol" if place.ordered else "ul"
            items = "".join(f"<li>{html}</li>" for html in place.pending)
            place.parts.append(f"<{tag}>{items}</{tag}>")
            place.pending = []

    def put(self, kind, html):
        """Writes a block here, or behind what is open if it may not stand here."""
        place = self.place
        if kind not in place.allows:
            place.after.append(html)
            return
        self.flush()
        if place.kind == "list":  # a list directly in a list belongs to the item before it
            (place.parts[-1] if place.parts else place.parts.append([]) or place.parts[-1]).append(html)
        else:
            place.parts.append(html)

    def put_behind(self, blocks):
        if blocks and self.place.kind in ("page", "box", "figure"):
            self.flush()
            self.place.parts += blocks
        else:
            self.place.after += blocks

    def leave(self):
        """Closes the place: returns it, its last line written."""
        self.flush()
        return self.places.pop()

    def leave_line(self, without=frozenset()):
        """Closes a place of one line: returns it and its HTML; the caller hands on what stands behind it."""
        place = self.places.pop()
        found = lines(place.runs, without=without)
        return place, found[0][1] if found else ""

    # ------------------------------------------------------------------ elements

    def start(self, tag, attributes):
        if tag in VOID:
            if not self.muted and tag in ("br", "hr", "img"):
                getattr(self, f"start_{tag}")(attributes)
            return
        if self.muted or tag in DROPPED or tag == "oembed":
            if not self.muted and tag in ("iframe", "oembed"):
                self.embed(attributes.get("src") or attributes.get("url") or "")
            self.muted += 1
            self.ends.append(self.unmute)
            return
        if tag == "div" and "fact-box" in attributes.get("class", "").split():
            tag = "aside"
        if tag in MARKS or tag in ("a", "abbr", "span", "font", "q"):
            self.ends.append(self.start_inline(tag, attributes))
            return
        handler = (
            getattr(self, f"start_{_HANDLERS.get(tag, tag)}", None) if tag in BLOCKS - {"section"} else None
        )
        if handler:
            self.ends.append(handler(attributes) if tag not in _NEEDS_TAG else handler(attributes, tag))
        elif tag in BLOCKS:
            self.boundary()
            self.ends.append(self.boundary)
        else:
            self.ends.append(None)

    def unmute(self):
        self.muted -= 1

    def start_br(self, attributes):
        self.line_break()

    def start_hr(self, attributes):
        if "hr" in self.place.allows:
            self.put("hr", "<hr>")
        else:
            self.boundary()

    def start_inline(self, tag, attributes):
        before = self.marks
        style = attributes.get("style", "").lower().replace(" ", "")
        if "mso-list:ignore" in style:
            return self.start_bullet()
        if tag == "q":
            self.add("“")
        for mark in _marks(tag, attributes, style):
            if mark[0] not in (name for name, _ in self.marks):
                self.marks += (mark,)

        def end():
            if tag == "q":
                self.add("”")
            self.marks = before

        return end if tag == "q" or self.marks is not before else None

    def start_bullet(self):
        """Word writes a list as paragraphs whose first characters are the bullet or the number."""
        self.bullet, self.muted = "", self.muted + 1
        place = self.place

        def end():
            self.muted -= 1
            if not place.pending:
                place.ordered = bool(re.match(r"\W*\w{1,5}[.)]", self.bullet))
            self.bullet = None

        return end

    def start_p(self, attributes):
        self.boundary()
        place = self.place
        classes = attributes.get("class", "").split()
        if any(name.startswith("MsoListParagraph") for name in classes):
            place.paragraph = "item"
        elif "lead-in" in classes:
            place.paragraph = "lead-in"

        def end():
            self.boundary()
            place.paragraph = None

        return end

    def start_pre(self, attributes):
        self.boundary()
        before = self.marks
        self.marks = (*(mark for mark in before if mark[0] != "code"), ("code", ()))
        self.preformatted += 1

        def end():
            self.preformatted -= 1
            self.marks = before
            self.boundary()

        return end

    def start_dt(self, attributes):
        self.boundary()
        before = self.marks
        self.marks = (*(mark for mark in before if mark[0] != "strong"), ("strong", ()))

        def end():
            self.marks = before
            self.boundary()

        return end

    def start_heading(self, attributes, tag):
        self.boundary()
        if "heading" not in self.place.allows:
            return self.boundary
        level = "h2" if tag in ("h1", "h2") else "h3"
        self.places.append(Place("heading"))

        def end():
            place, html = self.leave_line(without={"strong"})
            if html:
                self.put("heading", f"<{level}>{html}</{level}>")
            self.put_behind(place.after)

        return end

    def start_list(self, attributes, tag):
        tag = "ol" if tag == "ol" else "ul"
        deep = sum(place.kind == "list" for place in self.places) >= DEEPEST_LIST
        if "list" not in self.place.allows or deep:
            self.boundary()
            return self.boundary
        self.flush()
        self.places.append(Place("list", frozenset({"list"})))

        def end():
            place = self.leave()
            items = "".join(f"<li>{''.join(item)}</li>" for item in place.parts)
            if items:
                self.put("list", f"<{tag}>{items}</{tag}>")
            self.put_behind(place.after)

        return end

    def start_li(self, attributes):
        outer = self.place
        if outer.kind != "list" and not outer.flows:
            self.boundary()
            return self.boundary
        if outer.kind == "list":
            self.flush()
        else:
            self.flush_paragraph()
        self.places.append(Place("item", frozenset({"list"})))

        def end():
            place = self.leave()
            if place.parts and outer.kind == "list":
                outer.parts.append(place.parts)
            elif place.parts:
                outer.pending.append("".join(place.parts))
            self.put_behind_item(place.after)

        return end

    def put_behind_item(self, blocks):
        """Behind the whole list, not between its items."""
        if self.place.kind == "list" or not blocks:
            self.place.after += blocks
        else:
            self.put_behind(blocks)

    def start_blockquote(self, attributes):
        self.boundary()
        if "quote" not in self.place.allows:
            return self.boundary
        self.places.append(Place("quote", frozenset({"p", "list"})))

        def end():
            place = self.leave()
            if not place.parts and place.footer:
                place.parts, place.footer = [f"<p>{place.footer}</p>"], ""
            if place.parts:
                self.put("quote", _quote("".join(place.parts), place.footer))
            self.put_behind(place.after)

        return end

    def start_footer(self, attributes):
        self.boundary()
        quote = self.place
        if quote.kind != "quote":
            return self.boundary
        self.places.append(Place("line"))

        def end():
            place, html = self.leave_line()
            quote.footer = ", ".join(part for part in (quote.footer, html) if part)
            self.put_behind(place.after)

        return end

    def start_aside(self, attributes):
        self.boundary()
        if "fact-box" not in attributes.get("class", "").split() or "box" not in self.place.allows:
            return self.boundary
        self.places.append(Place("box", self.place.allows - {"box"}))

        def end():
            place = self.leave()
            if place.parts:
                self.put("box", f'<aside class="fact-box">{"".join(place.parts)}</aside>')
            self.put_behind(place.after)

        return end

    # ------------------------------------------------------------------ pictures and embeds

    def start_figure(self, attributes):
        self.boundary()
        boxed = any(place.kind == "box" for place in self.places)
        figure = Place("figure", self.page - {"box"} if boxed else self.page)
        figure.classes = _figure_class(attributes)
        if self.figures:
            figure.embed = embeds.canonical(attributes.get("data-embed", "")) or ""
            figure.image = "" if figure.embed else _identity(attributes.get("data-image", ""))
        self.places.append(figure)
        return self.end_figure

    def end_figure(self):
        figure = self.leave()
        if figure.embed:
            self.put("figure", _figure("data-embed", figure.embed, caption=figure.caption))
        elif figure.image:
            self.put("figure", _figure("data-image", figure.image, figure.classes, figure.caption))
            self.put_behind(figure.parts)
        elif figure.parts:
            self.put_behind(self.captioned(figure.parts, figure.caption))
        elif figure.caption and not figure.foreign:
            self.put_behind([self.paragraph(figure.caption)])
        self.put_behind(figure.after)

    def captioned(self, parts, caption):
        """What a figure without a picture held: a quote takes the caption as its speaker."""
        if caption and len(parts) == 1 and parts[0].startswith("<blockquote>") and "<footer>" not in parts[0]:
            return [_quote(parts[0][len("<blockquote>") : -len("</blockquote>")], caption)]
        return parts + ([self.paragraph(caption)] if caption else [])

    def start_figcaption(self, attributes):
        figure = self.place
        if figure.kind != "figure":
            self.boundary()
            return self.boundary
        self.flush()
        self.places.append(Place("line"))

        def end():
            place, html = self.leave_line()
            figure.caption = figure.caption or html
            self.put_behind(place.after)

        return end

    def start_img(self, attributes):
        place = self.place
        image = _identity(attributes.get("data-image", "")) if self.figures else ""
        if not image:
            place.foreign = True
        elif place.kind != "figure" or (place.image or place.embed) not in ("", image):
            self.put("figure", _figure("data-image", image, _figure_class(attributes)))
        else:
            place.image = image
            place.classes = place.classes or _figure_class(attributes)

    def embed(self, url):
        address = embeds.canonical(url) if self.figures else None
        place = self.place
        if not address:
            place.foreign = True
        elif place.kind == "figure" and not (place.image or place.embed):
            place.embed = address
        else:
            self.put("figure", _figure("data-embed", address))

    # ------------------------------------------------------------------ tables

    def start_table(self, attributes):
        self.boundary()
        if any(place.kind in ("cell", "table", "line", "heading") for place in self.places):
            return self.boundary
        self.places.append(Place("table"))

        def end():
            place = self.leave()
            html = _table(place)
            if html:
                self.put("table", html)
            elif place.caption:
                place.after.insert(0, self.paragraph(place.caption))
            self.put_behind(place.after)

        return end

    def start_section(self, attributes, tag):
        if self.place.kind != "table":
            self.boundary()
            return self.boundary
        self.place.section = tag
        return None

    def start_tr(self, attributes):
        if self.place.kind != "table":
            self.boundary()
            return self.boundary
        self.place.rows.append((self.place.section, []))
        return None

    def start_cell(self, attributes, tag):
        table = self.place
        if table.kind != "table":
            self.boundary()
            return self.boundary
        if not table.rows:
            table.rows.append((table.section, []))
        self.places.append(Place("cell", frozenset({"list"})))

        def end():
            place = self.leave()
            table.rows[-1][1].append(
                f"{start_tag(tag, _spans(tag, attributes))}{''.join(place.parts)}</{tag}>"
            )
            table.after += place.after

        return end

    def start_caption(self, attributes):
        table = self.place
        if table.kind != "table":
            self.boundary()
            return self.boundary
        self.places.append(Place("line"))

        def end():
            place, html = self.leave_line()
            table.caption = table.caption or html
            table.after += place.after

        return end


_HANDLERS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("ul", "ol"), "list"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), "section"),
    **dict.fromkeys(("td", "th"), "cell"),
}
_NEEDS_TAG = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "thead", "tbody", "tfoot", "td", "th"]
)


def _marks(tag, attributes, style):
    """The marks an inline element stands for; word processors say bold and italic in `style`."""
    if tag == "a":
        link = _link(attributes)
        return [("a", link)] if link else []
    if tag == "abbr":
        title = " ".join(plain_characters(attributes.get("title", "")).split())
        lang = attributes.get("lang", "")
        lang = lang if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}", lang) else ""
        return [("abbr", tuple(pair for pair in (("title", title), ("lang", lang)) if pair[1]))]
    plain_weight = re.search(r"font-weight:(?:normal|[1-5]00)\b", style)
    if tag in ("b", "strong") and plain_weight:  # Google Docs wraps every paste in one of these
        return []
    if tag in ("i", "em") and "font-style:normal" in style:
        return []
    if tag in MARKS:
        return [(MARKS[tag], ())]
    bold = re.search(r"font-weight:(?:bold|bolder|[6-9]00)\b", style)
    italic = "font-style:italic" in style
    return [("strong", ())] * bool(bold) + [("em", ())] * italic


def _link(attributes):
    article = _identity(attributes.get("data-article", ""))
    if article:
        return (("data-article", article),)
    address = links.safe_address(attributes.get("href", ""))
    if not address:
        return ()
    hreflang = attributes.get("hreflang", "")
    hreflang = hreflang if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?", hreflang) else ""
    pairs = (("href", address), ("rel", links.kept_rel(attributes.get("rel", ""))), ("hreflang", hreflang))
    return tuple(pair for pair in pairs if pair[1])


def _identity(value):
    value = value.strip()
    return value.lstrip("0") if re.fullmatch(r"0*[1-9]\d{0,17}", value, re.ASCII) else ""


def _figure_class(attributes):
    classes = attributes.get("class", "").split()
    return next((name for name in _FIGURE_CLASSES if name in classes), "")


def _figure(kind, value, classes="", caption=""):
    pairs = [(kind, value)] + ([("class", classes)] if classes else [])
    return f"{start_tag('figure', pairs)}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _quote(body, speaker):
    return f"<blockquote>{body}{f'<footer>{speaker}</footer>' if speaker else ''}</blockquote>"


def _table(place):
    order = ("thead", "tbody", "tfoot")
    written = {section: [] for section in order}
    for section, cells in place.rows:
        if cells:
            written[section].append(f"<tr>{''.join(cells)}</tr>")
    head, body = "".join(written["thead"]), "".join(written["tbody"] + written["tfoot"])
    if not head and not body:
        return ""
    caption = f"<caption>{place.caption}</caption>" if place.caption else ""
    head, body = head and f"<thead>{head}</thead>", body and f"<tbody>{body}</tbody>"
    return f"<table>{caption}{head}{body}</table>"


def _spans(tag, attributes):
    pairs = []
    if tag == "th" and attributes.get("scope", "").lower() in ("col", "row", "colgroup", "rowgroup"):
        pairs.append(("scope", attributes["scope"].lower()))
    for name in ("colspan", "rowspan"):
        value = attributes.get(name, "").strip()
        if re.fullmatch(r"[1-9]\d{0,2}", value, re.ASCII) and value != "1":
            pairs.append((name, value))
    return pairs

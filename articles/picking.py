"""Form fields that pick things by name: tags, bylines, a source, other stories.

The field itself is text, an item a line (tags: between commas), as `Name [key]` or `Name [key] (role)`, so
that it works without script; the custom element `<pick-list>` shows the same lines as a list with completion.
"""

import json
import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from articles.models import Article, Author, Byline, Source, Tag

_LINE = re.compile(r"^(?P<label>.*?)\s*(?:\[(?P<key>[-\w]+)\])?\s*(?:\((?P<role>[^()]*)\))?$")


class PickWidget(forms.Textarea):
    template_name = "admin/widgets/pick.html"

    class Media:
        js = [forms.Script("js/desk-pick-list.js", type="module")] if hasattr(forms, "Script") else []

    def __init__(self, *, url_name, add="", most=None, ordered=False, commas=False, roles=()):
        super().__init__(attrs={"rows": 1 if most == 1 else 2, "autocomplete": "off"})
        self.url_name, self.most, self.ordered, self.commas, self.roles = (
            url_name,
            most,
            ordered,
            commas,
            roles,
        )
        self.allow_new, self.add, self.query = False, add, ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["url"] = reverse(self.url_name) + self.query
        context["widget"]["options"] = json.dumps(
            {
                "most": self.most,
                "ordered": self.ordered,
                "commas": self.commas,
                "allowNew": self.allow_new,
                "roles": [[str(key), str(label)] for key, label in self.roles],
                "words": {
                    "add": str(self.add) or _("Add: type the beginning of a name"),
                    "remove": _("Remove"),
                    "up": _("Earlier"),
                    "down": _("Later"),
                    "role": _("for"),
                    "none": _("Nothing found."),
                    "new": _("New:"),
                    "found": _("found"),
                },
            }
        )
        return context


class PickField(forms.CharField):
    """Picks rows of one model; its value is their ids in order. Subclasses say how they are found and written."""

    def __init__(self, *, widget, **options):
        super().__init__(required=False, widget=widget, max_length=20_000, **options)
        self.widget.attrs.pop("maxlength", None)

    def lines(self, text):
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return "\n".join(self.write(list(value)))

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "").split() != (data or "").split()

    def clean(self, value):
        lines = self.lines(super().clean(value))
        if self.widget.most and len(lines) > self.widget.most:
            raise ValidationError(_("Choose one only."))
        found = [self.read(line) for line in lines]
        return list(dict.fromkeys(found))


class NamedField(PickField):
    """Authors or a source: by the key in brackets (their slug), else by their exact name."""

    model = None

    def find(self, label, key):
        if key:
            row = self.model.objects.filter(slug=key).first()
            if row:
                return row.pk
        rows = self.model.objects.filter(name=label)[:2]
        if len(rows) == 1:
            return rows[0].pk
        if rows:
            raise ValidationError(
                _("There are several named “%(name)s”. Choose one from the list.") % {"name": label}
            )
        raise ValidationError(
            _("“%(name)s” is not known here. Choose from the list; editors can add new ones.")
            % {"name": label[:80]}
        )

    def read(self, line):
        parts = _LINE.match(line)
        return self.find(parts["label"], parts["key"])

    def write(self, ids):
        rows = self.model.objects.in_bulk(ids)
        return [f"{rows[pk].name} [{rows[pk].slug}]" for pk in ids if pk in rows]


class SourceField(NamedField):
    model = Source

    def __init__(self, **options):
        super().__init__(widget=PickWidget(url_name="admin:articles_source_complete", most=1), **options)


class AuthorField(NamedField):
    model = Author

    def __init__(self, **options):
        super().__init__(widget=PickWidget(url_name="admin:articles_author_complete", most=1), **options)


class TagField(NamedField):
    """One tag that exists."""

    model = Tag

    def __init__(self, **options):
        super().__init__(widget=PickWidget(url_name="admin:articles_tag_complete", most=1), **options)


class BylinesField(NamedField):
    """Who signs, in order: (author's id, role) pairs."""

    model = Author

    def __init__(self, **options):
        roles = Byline.Role.choices
        super().__init__(
            widget=PickWidget(url_name="admin:articles_author_complete", ordered=True, roles=roles), **options
        )

    def read(self, line):
        parts = _LINE.match(line)
        role = (parts["role"] or "").strip().casefold()
        known = {str(text).casefold(): key for key, text in Byline.Role.choices} | {
            k: k for k in Byline.Role.values
        }
        if role not in known:
            choices = ", ".join(str(label) for label in Byline.Role.labels)
            raise ValidationError(
                _("“%(role)s” is no role. Write one of: %(choices)s.") % {"role": role, "choices": choices}
            )
        return (self.find(parts["label"], parts["key"]), known[role])

    def write(self, pairs):
        rows = Author.objects.in_bulk([pk for pk, _role in pairs])
        lines = []
        for pk, role in pairs:
            if pk in rows:
                ending = f" ({Byline.Role(role).label})" if role else ""
                lines.append(f"{rows[pk].name} [{rows[pk].slug}]{ending}")
        return lines


class TagsField(PickField):
    """Tags by name, between commas; the value is `Tag` objects, those without an id still to be made."""

    def __init__(self, **options):
        super().__init__(widget=PickWidget(url_name="admin:articles_tag_complete", commas=True), **options)

    def lines(self, text):
        return [" ".join(name.split()) for name in re.split(r"[,;\n]", text) if name.strip()]

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        names = dict(Tag.objects.filter(pk__in=value).values_list("pk", "name"))
        return ", ".join(names[pk] for pk in value if pk in names)

    def clean(self, value):
        names = self.lines(forms.CharField.clean(self, value))
        by_slug = {Tag(name=name).slugify(name): name for name in names}
        found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=by_slug)}
        unknown = [name for slug, name in by_slug.items() if slug not in found]
        too_long = [name for name in unknown if len(name) > 100]
        if too_long:
            raise ValidationError(
                _("“%(name)s…” is too long for a tag: 100 characters at most.") % {"name": too_long[0][:40]}
            )
        return [found.get(slug) or Tag(name=name) for slug, name in by_slug.items()]


class StoriesField(PickField):
    """Other stories, by the id in brackets or by their public address.

    A form sets `user`, who picks, and `kept`, the ids that are picked already: they stay, wherever they stand now.
    """

    def __init__(self, *, most=None, **options):
        self.user, self.kept, self.section = None, (), None
        super().__init__(
            widget=PickWidget(
                url_name="admin:articles_article_complete",
                add=later("Add: type words of the title"),
                most=most,
                ordered=most != 1,
            ),
            **options,
        )

    def narrow(self, section):
        """Offer and accept only what stands in this section or below it."""
        self.section, self.widget.query = section, f"?section={section.pk}"

    def read(self, line):
        parts = _LINE.match(line)
        key = parts["key"] if (parts["key"] or "").isdecimal() else line if line.isdecimal() else ""
        slug = line.rstrip("/").rsplit("/", 1)[-1]
        found = Article.objects.filter(pk=int(key[:18])) if key else Article.objects.filter(slug=slug)
        article = found.only("restricted", "created_by").first()
        if article is None or not (article.pk in self.kept or self.shows(article)):
            raise ValidationError(
                _("“%(text)s” is no article of ours. Choose from the list, or paste its address.")
                % {"text": line[:80]}
            )
        elsewhere = self.section and article.pk not in self.kept
        if elsewhere and not Article.objects.inside(self.section).filter(pk=article.pk).exists():
            raise ValidationError(
                _("“%(text)s” stands neither in “%(section)s” nor below it. Choose another article.")
                % {"text": (parts["label"] or line)[:80], "section": self.section.name}
            )
        return article.pk

    def write(self, ids):
        rows = Article.objects.only("title", "restricted", "created_by").in_bulk(ids)
        titles = {pk: row.title if self.shows(row) else _("restricted") for pk, row in rows.items()}
        return [f"{' '.join(titles[pk].split())} [{pk}]" for pk in ids if pk in titles]

    def shows(self, article):
        """Whether the one who fills in the form may know of it."""
        return not article.restricted or self.user is None or article.may_see(self.user)

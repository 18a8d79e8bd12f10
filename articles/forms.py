"""The article form: a `Content` to be edited, in the order of a journalist's thoughts."""

import uuid
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from articles import addresses, gate, starting
from articles.content import Content
from articles.folding import make_slug
from articles.models import LONGEST_BODY, Article, Correction, Section, Tag
from articles.picking import BylinesField, SourceField, StoriesField, TagsField
from images.forms import ImageChoiceField
from images.models import Image
from masthead.models import Masthead
from masthead.moments import PaperTimeField
from masthead.typesetting import typeset
from richtext.clean import clean as clean_markup

NO_CONTENT = ("restricted", "published_at", "go_live_at", "embargo_until", "expires_at", "updated", "note")
TYPESET = (
    "kicker", "title", "summary", "body", "image_caption", "front_title", "social_title", "social_description",
    "seo_title", "seo_description", "ai_note",
)  # fmt: skip


def in_tree_order(sections):
    """The sections as a reader of the menu meets them: each followed by those below it."""
    below = {}
    for section in sections:
        below.setdefault(section.parent_id, []).append(section)

    def walk(parent):
        for section in sorted(below.get(parent, ()), key=lambda s: (s.position, s.name)):
            yield section
            yield from walk(section.pk)

    return list(walk(None))


def indented(section):
    """Its name, as deep in a list as it stands in the tree."""
    return "\u2003" * section.depth + section.name


def section_choices(empty=None):
    """`(id, name)` of every section, as an indented list; before them `empty`, if given, for none."""
    choices = [(section.pk, indented(section)) for section in in_tree_order(Section.objects.all())]
    return choices if empty is None else [("", empty), *choices]


def pasted_picture(story=""):
    """What the library calls a picture that came with the text of this story, in the paper's language."""
    with override(Masthead.current().language):
        return ", ".join(filter(None, [_("Pasted picture"), story.strip()]))


class SectionSelect(forms.Select):
    """The tree as an indented list; each option knows its address, for the line above the slug."""

    paths = {}  # noqa: RUF012 - set per form

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["attrs"]["data-path"] = self.paths.get(str(value), "")
        return option


class SectionChecks(forms.CheckboxSelectMultiple):
    template_name = "admin/widgets/checks.html"


class AddressWidget(forms.TextInput):
    """The slug with the section's path in front; made live from the title by `<address-field>`."""

    template_name = "admin/widgets/address.html"

    class Media:
        js = [
            forms.Script("js/desk-address.js", type="module"),
            forms.Script("js/desk-lengths.js", type="module"),
        ]


def _own(name, **options):
    """The model field's own form field."""
    return Article._meta.get_field(name).formfield(required=False, **options)


def _area(rows, **attrs):
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "true", **attrs})


class ArticleForm(forms.Form):
    """Bound or not, it never touches the row: `content()` is what was typed, and the verbs do the rest."""

    kicker = _own("kicker")
    title = _own("title", widget=_area(2, **{"data-best": gate.TITLE}))
    slug = _own(
        "slug", widget=AddressWidget, help_text=later("Made from the title until you change it here.")
    )
    summary = _own(
        "summary",
        widget=_area(3, **{"data-best": gate.SUMMARY}),
        help_text=later("Stands under the title, in the lists and in the feeds."),
    )
    body = _own("body")

    section = forms.ChoiceField(label=later("section"), required=False, widget=SectionSelect)
    further_sections = forms.MultipleChoiceField(label=later("also in"), required=False, widget=SectionChecks)
    tags = TagsField(label=later("tags"), help_text=later("Subjects: Enter or a comma after each."))
    language = _own("language", initial="fr")

    authors = BylinesField(
        label=later("signed by"), help_text=later("In the order they sign: Enter after each.")
    )
    source = SourceField(label=later("source"), help_text=later("Where the story was taken over from."))
    original_url = _own("original_url", assume_scheme="https")
    via = _own("via")
    via_url = _own("via_url", assume_scheme="https")
    ai_note = _own("ai_note")

    image = ImageChoiceField(label=later("picture"), required=False)
    image_caption = _own(
        "image_caption", widget=_area(2), help_text=later("Empty: the picture's own caption.")
    )

    front_title = _own("front_title", help_text=later("Empty: the title."))
    social_title = _own("social_title", help_text=later("Empty: the title."))
    social_description = _own(
        "social_description",
        widget=_area(3),
        help_text=later("Empty: the description for search engines, or the summary."),
    )
    seo_title = _own("seo_title", help_text=later("Empty: the title."))
    seo_description = _own("seo_description", widget=_area(3), help_text=later("Empty: the summary."))

    related = StoriesField(
        label=later("related stories"),
        help_text=later("They stand first under the text; the rest is found by likeness."),
    )
    follows = StoriesField(
        most=1, label=later("follow-up of"), help_text=later("Readers of either find the other.")
    )
    translation_of = StoriesField(most=1, label=later("translation of"))
    restricted = forms.BooleanField(
        label=later("restricted"),
        required=False,
        help_text=later("Only its author and editors see it until it is public."),
    )
    published_at = PaperTimeField(
        label=later("publication date"), help_text=later("For “Schedule”: when it goes public.")
    )
    go_live_at = PaperTimeField(
        label=later("changes go live"),
        help_text=later("For “Schedule the changes”: until then readers see the article as it is."),
    )
    embargo_until = PaperTimeField(
        label=later("not before"),
        help_text=later("Under embargo, nothing of it goes public before. Only editors lift it."),
    )
    expires_at = PaperTimeField(label=later("public until"), help_text=later("Empty: for good."))
    updated = forms.BooleanField(label=later("Tell readers that it was updated"), required=False)
    note = forms.CharField(
        label=later("note"),
        required=False,
        max_length=2000,
        widget=_area(2),
        help_text=later("Read at the desk only. @ and a name tells that person."),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    tab = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kept = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, article, user, content=None, typed=None, **options):
        """`content` is shown instead of the article's newest; `typed` is what is no content."""
        self.article, self.user = article, user
        content = self.before = content or (article.newest_content() if article.pk else starting.blank(user))
        initial = {field: getattr(content, field) for field in self._content_fields()}
        embargo = article.embargo_until if article.is_embargoed else None  # what is proposed for the schedule
        initial |= {
            "source": [content.source] if content.source else [],
            "follows": [content.follows] if content.follows else [],
            "translation_of": [content.translation_of] if content.translation_of else [],
            "section": str(content.section or ""),
            "slug": content.slug if content.title else "",
            "restricted": article.restricted,
            "published_at": article.published_at or embargo,
            "embargo_until": article.embargo_until,
            "expires_at": article.expires_at,
            "go_live_at": article.planned_revision.go_live_at if article.is_planned else embargo,
            "version": article.version,
            "form_key": article.form_key if article.pk else uuid.uuid4(),
            "tab": uuid.uuid4(),
        }
        kept = {name: typed[name] for name in (*NO_CONTENT, "tab", "kept") if name in (typed or {})}
        super().__init__(data, initial=initial | kept, label_suffix="", **options)
        self._prepare()

    @staticmethod
    def _content_fields():
        return [*Content.COLUMNS, *Content.FOREIGN_KEYS, *Content.LISTS]

    def _prepare(self):
        sections = in_tree_order(Section.objects.all())
        choices = [(section.pk, indented(section)) for section in sections]
        self.fields["section"].choices = [("", _("Choose…")), *choices]
        self.fields["section"].widget.paths = {str(s.pk): s.path for s in sections} | {"": ""}
        self.fields["further_sections"].choices = choices
        self.fields["tags"].widget.allow_new = self.user.has_perm("articles.add_tag")
        if not self.user.has_perm("articles.publish_article"):
            for name in ("published_at", "go_live_at", "expires_at", "updated"):
                del self.fields[name]
        elif not self.article.was_public:
            del self.fields["updated"]
        if "go_live_at" in self.fields and not self.article.is_public():
            del self.fields["go_live_at"]
        if self.article.was_public:
            self.fields["slug"].label = _("address")
            self.fields["slug"].help_text = _(
                "It stays when the title changes. If you change it here, the old address leads to the new one (301)."
            )
            self.fields["slug"].widget.attrs["data-kept"] = self.article.slug
        if self.article.has_date and "published_at" in self.fields:
            self.fields["published_at"].help_text = _(
                "What readers see, and what the lists follow. To correct it, write another that has gone by."
            )
        for name in ("follows", "related", "translation_of"):
            self.fields[name].user, self.fields[name].kept = self.user, self.initial[name]
        for field in self.fields.values():
            field.label = capfirst(field.label)
            field.widget.attrs.pop("maxlength", None)  # browsers cut a paste there without a word: we say it
        self.fields["further_sections"].widget.attrs["title"] = self.fields["further_sections"].label
        self.fields["body"].widget.attrs["data-pasted"] = pasted_picture()

    # ------------------------------------------------------------------ what is checked
    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self):
        typed = self.cleaned_data["slug"]
        slug = make_slug(typed, fallback="") if typed else ""
        if typed and not slug:
            raise ValidationError(_("Write the address in letters and figures, such as a-new-bridge."))
        if self.article.was_public:
            slug = slug or self.article.slug  # readers know it: it does not follow the title
            by_hand = True
        else:
            by_hand = slug and slug != make_slug(self.cleaned_data.get("title", ""), fallback="")
        if by_hand and slug != self.article.slug:
            problem = addresses.slug_problem(slug, self.article.pk)
            if problem:
                raise ValidationError(problem)
        return slug

    def clean_summary(self):
        return " ".join(self.cleaned_data["summary"].split())

    def clean_body(self):
        body = self.cleaned_data["body"]
        if len(body) > LONGEST_BODY:
            raise ValidationError(
                _(
                    "The text has %(length)s characters with its markup; %(most)s are possible. "
                    "Shorten it or make two articles of it."
                )
                % {"length": len(body), "most": LONGEST_BODY}
            )
        return clean_markup(body)

    def clean_section(self):
        return int(self.cleaned_data["section"]) if self.cleaned_data["section"] else None

    def clean_further_sections(self):
        return tuple(int(pk) for pk in self.cleaned_data["further_sections"])

    def clean_language(self):
        language = self.cleaned_data["language"]
        if not language:
            raise ValidationError(_("Choose the language the article is written in."))
        return language

    def clean_follows(self):
        chosen = self.cleaned_data["follows"]
        if self.article.pk in chosen:
            raise ValidationError(_("An article cannot be a follow-up of itself. Choose the earlier one."))
        return chosen[0] if chosen else None

    def clean_translation_of(self):
        chosen = self.cleaned_data["translation_of"]
        if self.article.pk in chosen:
            raise ValidationError(_("An article cannot be a translation of itself. Choose the original."))
        return chosen[0] if chosen else None

    def clean_source(self):
        chosen = self.cleaned_data["source"]
        return chosen[0] if chosen else None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("language"):
            typeset(self, TYPESET, language=cleaned["language"])
        return cleaned

    # ------------------------------------------------------------------ what was typed
    def content(self):
        """The `Content` that was typed; tags that are new are made here, by who may. Only for a valid form."""
        tags = [tag for tag in self.cleaned_data["tags"] if tag not in self.unknown_tags()]
        tags = [tag if tag.pk else Tag.named(tag.name, by=self.user) for tag in tags]
        return self._content(self.cleaned_data, tags)

    def half_typed(self):
        """The `Content` as far as what was typed makes one, valid or not; the rest is as it was. Writes nothing."""
        if not self.is_bound:
            return self.before
        before = {name: getattr(self.before, name) for name in self._content_fields() if name in self.errors}
        before |= {name: self[name].value() or "" for name in TYPESET if name in self.errors}
        if "image" in before:
            before["image"] = Image.objects.filter(pk=before["image"]).first()
        tags = before.pop("tags", None)
        content = self._content(
            self.cleaned_data | before, [tag for tag in self.cleaned_data.get("tags", ()) if tag.pk]
        )
        return content if tags is None else replace(content, tags=tags)

    def _content(self, cleaned, tags):
        values = {name: cleaned[name] for name in Content.COLUMNS}
        values |= {name: cleaned[name] for name in ("section", "source", "follows", "translation_of")}
        values["image"] = cleaned["image"].pk if cleaned["image"] else None
        values["slug"] = values["slug"] or make_slug(values["title"])
        kept = list(dict.fromkeys(pk for pk in cleaned["further_sections"] if pk != values["section"]))
        return Content(
            **values,
            further_sections=tuple(self._in_order(kept)),
            tags=tuple(tag.pk for tag in sorted(tags, key=lambda tag: tag.slug)),
            authors=tuple(cleaned["authors"]),
            related=tuple(pk for pk in cleaned["related"] if pk != self.article.pk),
        )

    def unknown_tags(self):
        """The tags that are not there and that who typed them may not make."""
        may_make = self.user.has_perm("articles.add_tag")
        return [tag for tag in self.cleaned_data["tags"] if not (tag.pk or may_make)]

    def _in_order(self, sections):
        """Checkboxes know no order: what was there keeps its own, what is new comes after."""
        before = [pk for pk in self.initial["further_sections"] if pk in sections]
        return [*before, *(pk for pk in sections if pk not in before)]


class NoteForm(forms.Form):
    """A public note on `article`, in its language."""

    texts = ()  # its names

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.article = article
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def clean(self):
        cleaned = super().clean()
        typeset(self, self.texts, language=self.article.language)
        return cleaned


class TakeDownForm(NoteForm):
    """How an article leaves the site, and why."""

    texts = ("reason",)
    WAYS = (
        ("unpublished", later("Unpublish: the address says “not found” (404)")),
        ("withdrawn", later("Withdraw: the address says that it was withdrawn, and why (410)")),
        ("blocked", later("Blocked by law: the address says who demanded it (451)")),
        ("redirected", later("Redirect: readers are sent to another article")),
    )
    how = forms.ChoiceField(
        label=later("What happens"), choices=WAYS, widget=forms.RadioSelect, initial="withdrawn"
    )
    reason = forms.CharField(
        label=later("Reason"), required=False, max_length=500, widget=_area(3),
        help_text=later("Readers who come to the address read it."),
    )  # fmt: skip
    redirected_to = StoriesField(most=1, label=later("Article that readers are sent to"))
    note = forms.CharField(
        label=later("Note"), required=False, max_length=2000, widget=_area(2),
        help_text=later("Read at the desk only."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_redirected_to(self):
        chosen = self.cleaned_data["redirected_to"]
        return Article.objects.get(pk=chosen[0]) if chosen else None


class CorrectionForm(NoteForm):
    """A dated public note on a story."""

    texts = ("text",)
    kind = forms.ChoiceField(label=later("kind"), choices=Correction.Kind.choices)
    text = forms.CharField(
        label=later("what was wrong, and what is right"), required=False, max_length=2000, widget=_area(4)
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WithdrawForm(NoteForm):
    """Why a correction is withdrawn."""

    reason = forms.CharField(
        label=later("Reason"), required=False, max_length=500, widget=_area(3),
        help_text=later("Read at the desk only."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

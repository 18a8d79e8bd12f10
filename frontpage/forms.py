"""The sheet on which an editor arranges a page: a form for each place."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from articles.models import Article
from articles.picking import StoriesField
from frontpage.models import BAND, Slot
from frontpage.places import groups, rules
from masthead.moments import PaperTimeField
from masthead.typesetting import typeset


class HeadForm(forms.Form):
    """Of the whole: `base` is the newest arrangement when the sheet was opened, `begun` the one it copies; 0: none."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    begun = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    holds_from = PaperTimeField(label=later("Holds from"), help_text=later("Empty: from now on."))
    note = forms.CharField(label=capfirst(later("note")), required=False, max_length=200)

    def clean_holds_from(self):
        moment = self.cleaned_data["holds_from"]
        if moment and moment <= timezone.now():
            raise ValidationError(_over())
        return moment


class SlotForm(forms.Form):
    """What stands in one place. `slot` is what the arrangement it began from has there, or None.

    The place is left open if what was copied for it stands there no more. `ended`: its end comes before the
    arrangement holds; `moved`: its story went to another section than the one whose top this is.
    """

    ended = moved = False
    needs_article = True  # for its title to mean something
    article = StoriesField(label=later("Article"), most=1)
    title = forms.CharField(label=later("Title here"), required=False, max_length=200)
    kicker = forms.CharField(label=later("Kicker here"), required=False, max_length=60)
    rule = forms.ChoiceField(label=later("Otherwise"), required=False)
    until = PaperTimeField(label=later("Until"))

    def __init__(self, *args, slot, named, titles, language, rules, user, section=None, **kwargs):
        initial = {}
        if slot:
            initial = {name: getattr(slot, name) for name in ("title", "kicker", "rule", "until")}
            if slot.article_id in titles:  # written here: the field would ask for each title by itself
                initial["article"] = f"{' '.join(titles[slot.article_id].title.split())} [{slot.article_id}]"
        super().__init__(*args, initial=initial, **kwargs)
        self.slot, self.named, self.language = slot, named, language
        self.fields["article"].user = user
        if section:
            self.fields["article"].narrow(section)
        if "rule" in self.fields:
            self.fields["rule"].choices = rules

    def clean_article(self):
        picked = self.cleaned_data["article"]
        return picked[0] if picked else None

    def clean(self):
        cleaned = super().clean()
        typeset(self, ("title", "kicker"), language=self.language)
        if cleaned.get("title") and not cleaned.get("article") and not self.errors and self.needs_article:
            self.add_error("article", _("Choose the article that this title is for."))
        return cleaned

    @property
    def by_hand(self):
        """Whether something is chosen here, as the sheet shows it."""
        return bool((self["article"].value() or "") if self.is_bound else self.initial.get("article"))

    @property
    def article_id(self):
        """The id of the article that is chosen here, or None."""
        return self.cleaned_data.get("article") if self.is_bound else self.slot and self.slot.article_id

    def made(self):
        """The slot as it would be stored; None if the place is left to the page or to what is wrong."""
        if self.ended or self.moved or not self.is_valid():
            return None
        found = self.cleaned_data
        values = {name: found.get(name) or "" for name in ("title", "kicker", "rule")}
        slot = Slot(place=self.prefix, article_id=found["article"], until=found["until"], **values)
        return slot if slot.article_id or slot.rule or slot.title else None


class BandForm(SlotForm):
    """The line of breaking news: a text, a story, or both."""

    needs_article = False
    kicker = rule = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Text")
        self.fields["title"].help_text = _("Empty: the article's title.")
        self.order_fields(["title", "article", "until"])

    def clean(self):
        cleaned = super().clean()
        if (cleaned.get("title") or cleaned.get("article")) and not cleaned.get("until") and not self.errors:
            self.add_error("until", _("Say until when it stands there: nobody may be here to take it away."))
        return cleaned


class Sheet:
    """All forms of a page: `head`, `band` (only where the paper begins) and `groups` of (heading, forms)."""

    def __init__(self, section, language, length, *, user, slots=None, head=None, data=None, band=True):
        self.section, self.placed, slots = section, None, slots or {}
        ids = [slot.article_id for slot in slots.values() if slot.article_id]
        titles = self.titles = Article.objects.only("title", "front_title").in_bulk(ids)
        common = {
            "titles": titles, "language": language, "user": user, "data": data,
            "rules": rules(section, language),
        }  # fmt: skip
        self.head = HeadForm(data, initial={"base": 0, "begun": 0} | (head or {}))
        self.band = (
            BandForm(prefix=BAND, slot=slots.get(BAND), named=_("Breaking news"), **common) if band else None
        )
        self.groups = [
            (
                heading,
                [
                    SlotForm(prefix=key, slot=slots.get(key), named=words, section=section, **common)
                    for key, words in there
                ],
            )
            for heading, there in groups(section, language, length)
        ]

    @property
    def places(self):
        return [form for _heading, forms in self.groups for form in forms]

    @property
    def forms(self):
        return [self.head, *([self.band] if self.band else []), *self.places]

    @property
    def media(self):
        return self.places[0].media + self.head.media

    def is_valid(self):
        """Whether all forms are, and no story stands twice: that is said at the second place."""
        self.head.is_valid()
        if self.section and self.head.is_bound:
            copied = [slot.article_id for slot in self.begun() if slot.article_id]
            for form in self.places:
                form.fields["article"].kept = copied
        wrong = [form for form in self.forms if not form.is_valid()]
        wrong += self._ends_too_early() if self.head.is_bound else []
        self._leave_what_moved()
        places = {}
        for form in self.places:
            pk = form.cleaned_data.get("article") if form.is_bound and not (form.ended or form.moved) else None
            if pk and pk in places:
                words = _("This article stands in “%s” already.") % places[pk]
                form.add_error("article", words)
                wrong.append(form)
            elif pk:
                places[pk] = form.named
        return not wrong

    def _ends_too_early(self):
        """The forms of places that end before the arrangement holds, as somebody wrote just now.

        An end that was only copied is nobody's mistake: its place is left open.
        """
        now = timezone.now()
        begins = self.head.cleaned_data.get("holds_from") or now
        early = [form for form in self.forms[1:] if (ends := form.cleaned_data.get("until")) and ends <= begins]
        copied = {_facts(slot) for slot in self.begun()} if early else ()
        for form in early:
            form.ended = _facts(form.made()) in copied
            if not form.ended:
                before = _("It ends before it starts. Choose a later end.")
                form.add_error("until", _over() if form.cleaned_data["until"] <= now else before)
        return [form for form in early if not form.ended]

    def _leave_what_moved(self):
        """Leave the places open whose story was copied, and has gone to another section since."""
        there = {form: form.article_id for form in self.places if form.is_bound and not form.ended}
        outside = self.outside({pk for pk in there.values() if pk})
        for form, pk in there.items():
            form.moved = pk in outside

    def outside(self, ids):
        """Those of these articles that stand neither in the section whose top this is nor below it."""
        if not (self.section and ids):
            return set()
        return ids - set(Article.objects.inside(self.section).filter(pk__in=ids).values_list("pk", flat=True))

    def begun(self):
        """The slots of the arrangement that the sheet copies, as its hidden field says."""
        begun = self.head.cleaned_data.get("begun") or 0
        return Slot.objects.filter(arrangement=begun, arrangement__section=self.section)

    @property
    def ended(self):
        """What the places are called that are left open since they would be over when the arrangement holds."""
        return [form.named for form in self.forms[1:] if form.ended]

    @property
    def moved(self):
        """What the places are called that are left open since their story left the section."""
        return [form.named for form in self.forms[1:] if form.moved]

    def slots(self):
        """What was chosen, as unsaved slots by place; what is wrong is left out."""
        if not self.head.is_bound:
            return {form.prefix: form.slot for form in self.forms[1:] if form.slot}
        made = [form.made() for form in self.forms[1:]]
        return {slot.place: slot for slot in made if slot}

    def hint(self):
        """Show in the field of each title the one that stands there if it is left empty."""
        chosen = {form: form.article_id for form in self.forms[1:] if form.article_id}
        titles = self.titles
        if self.head.is_bound:
            titles = Article.objects.only("title", "front_title").in_bulk(set(chosen.values()))
        for form, pk in chosen.items():
            if pk in titles:
                shown = titles[pk].title if form is self.band else titles[pk].list_title
                form.fields["title"].widget.attrs["placeholder"] = shown

    def told(self, slot):
        """What a slot says, in words; for one that is not there, that the page fills the place."""
        if slot is None:
            return _("As usual")
        words = dict(self.places[0].fields["rule"].choices)
        stories = Article.objects.only("title", "front_title")
        story = stories.filter(pk=slot.article_id).first() if slot.article_id else None
        return slot.title or (story and story.list_title) or str(words.get(slot.rule, slot.rule))

    def merged(self, theirs, begun):
        """`(slots, differences)`: each place as the one side has it that changed it since `begun`.

        The differences are (place, theirs, what is chosen here) for the places that both changed, or that then show
        a story twice; there it is as chosen here.
        """
        mine, slots, found = self.slots(), {}, []
        for form in self.forms[1:]:
            place = form.prefix
            there, here, was = (side.get(place) for side in (theirs, mine, begun))
            changed = _facts(here) != _facts(was)
            if changed and _facts(there) not in (_facts(was), _facts(here)):
                found.append((form.named, self.told(there), self.told(here)))
            if slot := here if changed else there:
                slots[place] = slot
        stories = [slot.article_id for place, slot in slots.items() if slot.article_id and place != BAND]
        if len(set(stories)) < len(stories) and not found:
            found = [
                (form.named, self.told(theirs.get(form.prefix)), self.told(mine.get(form.prefix)))
                for form in self.places
                if _facts(theirs.get(form.prefix)) != _facts(mine.get(form.prefix))
            ]
        return slots, found


def _facts(slot):
    return slot and (slot.article_id, slot.title, slot.kicker, slot.rule, slot.until)


def _over():
    return _("This moment is over. Choose a later one, or leave it empty.")

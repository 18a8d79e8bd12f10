"""The editor in a form: CKEditor 4, set up by `richtext.config`, with our own plugins."""

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtext.clean import ARTICLE, clean
from richtext.config import PLUGINS
from richtext.editor import for_editor
from richtext.text import WORDS_A_MINUTE

STORIES = "admin:articles_article_complete"


class RichTextWidget(CKEditorWidget):
    """A textarea that becomes the editor. `config_name` is "article" or "plain", which is also the profile
    by which its text is cleaned before it is shown again."""

    def __init__(self, config_name=ARTICLE, **kwargs):
        super().__init__(config_name=config_name, template_name="richtext/widget.html", **kwargs)

    @property
    def media(self):
        from images.forms import Module

        own = forms.Media(
            css={"all": ["css/editor.css", "css/pictures-admin.css"]}, js=[Module("js/picture-picker.js")]
        )
        return super().media + own

    def format_value(self, value):
        """What the editor shows: cleaned first, since it may be what somebody has just sent."""
        value = super().format_value(value)
        return for_editor(clean(value, profile=self.config_name)) if value else value

    def get_context(self, name, value, attrs):
        self.external_plugin_resources = [_resource(name) for name in PLUGINS]
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].pop("required", None)  # the browser cannot point at a hidden textarea
        return context

    def _set_config(self):
        super()._set_config()
        self.config["language"] = (get_language() or "en").split("-")[0]
        self.config["desk"] = {"words": _words(), "stories": _stories(), "wordsAMinute": WORDS_A_MINUTE}


def _resource(name):
    """A plugin's name, folder and file, as CKEditor wants them: the file's name carries its hash."""
    folder, _slash, file = static(f"js/editor/{name}.js").rpartition("/")
    return name, f"{folder}/", file


def _stories():
    """Where the link dialog asks for our own stories; "" in a project without them."""
    try:
        return reverse(STORIES)
    except NoReverseMatch:
        return ""


def _words():
    """What the editor's scripts say, in the language of the desk."""
    return {
        "text": _("Text"),
        "leadin": _("Lead paragraph"),
        "h2": _("Subheading"),
        "h3": _("Minor subheading"),
        "styles": _("Paragraph style"),
        "figure": _("Picture"),
        "changePicture": _("Change the picture"),
        "noPicture": _("This picture is not in the library any more."),
        "pasted": _(
            "Pictures of other sites are left out of what was pasted. Save the picture first, then upload it, with its "
            "credit."
        ),
        "taking": _("The picture is on its way to the library…"),
        "taken": _("The picture is in the library. Open it there to describe it and to name its author."),
        "notTaken": _("The picture could not be uploaded. Try again with the button “Picture”."),
        "alt": capfirst(_("description for those who do not see it")),
        "altHelp": _("What the picture shows, in a sentence. A story needs it to be published."),
        "altFailed": _("The description could not be saved. Are you still signed in? Try again."),
        "inLibrary": _("This picture in the library"),
        "caption": _("Caption"),
        "captionHint": _("Caption here; empty: the picture's own caption"),
        "place": _("Place"),
        "placeText": _("As wide as the text"),
        "placeWide": _("Wide"),
        "placeLeft": _("Left, text beside it"),
        "placeRight": _("Right, text beside it"),
        "quote": _("Quote"),
        "quoteHint": _("The words that were said"),
        "speakerHint": _("Who said it: name, function"),
        "factBox": _("Fact box"),
        "factTitle": _("Title of the box"),
        "factText": _("The facts, in short sentences or a list"),
        "link": _("Link"),
        "linkFind": _("Words from one of our stories, or an address"),
        "linkHelp": _("Type words to find our own stories, or paste an address that begins with https://."),
        "linkText": _("Text of the link"),
        "linkNone": _("No story of ours has these words. An address begins with https://."),
        "linkFound": _("%(number)s stories found"),
        "linkTo": _("Address: %(address)s"),
        "linkWrong": _("This is neither a story of ours nor an address. An address begins with https://."),
        "linkFailed": _("The stories could not be searched. Try again, or paste the address."),
        "linkStory": _("Our story: %(title)s"),
        "linkSponsored": _("Paid or sponsored link"),
        "embed": _("Video or sound"),
        "embedAddress": _("Address of the page"),
        "embedHelp": _(
            "YouTube, Vimeo, Dailymotion or SoundCloud. Readers load it only when they ask for it."
        ),
        "embedWrong": _(
            "No player is known for this address. Use a page of YouTube, Vimeo, Dailymotion or SoundCloud."
        ),
        "guillemets": _("Quotation marks"),
        "ok": _("Insert"),
        "change": _("Change"),
        "remove": _("Remove"),
        "cancel": _("Cancel"),
        "before": _("New paragraph before"),
        "after": _("New paragraph after"),
        "words": _("%(number)s words"),
        "word": _("1 word"),
        "minutes": _("%(number)s min to read"),
        "toolbar": _("Formatting; Alt+F10 from the text"),
    }

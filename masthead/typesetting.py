"""French typography for what the desk types, where the paper wants it."""

from masthead.models import Masthead
from richtext import typography


def wanted(language="", paper=None):
    """Whether a text in this language (empty: the paper's) is set as French is."""
    paper = paper or Masthead.current()
    return (language or paper.language) == "fr" and paper.french_typography


def typeset(form, names, *, language="", paper=None):
    """Set these texts of a cleaned form; what would then be too long for its field stays as it was."""
    for name in names if wanted(language, paper) else ():
        if text := form.cleaned_data.get(name):
            done = typography.french(text) if name == "body" else typography.french_text(text)
            most = getattr(form.fields[name], "max_length", None)
            form.cleaned_data[name] = done if most is None or len(done) <= most else text

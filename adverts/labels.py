"""The words that make advertising recognisable, in the page's language.

They are here and not among the translations because the law has an opinion on them: a label is needed
whatever the translators do. For political advertising: Regulation (EU) 2024/900, Article 11.
"""

from django.utils.translation import get_language

LABELS = {
    "fr": {
        "label": "Annonce publicitaire",
        "political": "Annonce à caractère politique",
        "sponsor": "Parrain",
        "vote": "Scrutin ou procédure",
        "notice": "Avis de transparence",
        "colon": "\u00a0:",
    },
    "nl": {
        "label": "Advertentie",
        "political": "Politieke advertentie",
        "sponsor": "Opdrachtgever",
        "vote": "Verkiezing of procedure",
        "notice": "Transparantieverklaring",
        "colon": ":",
    },
    "de": {
        "label": "Anzeige",
        "political": "Politische Anzeige",
        "sponsor": "Sponsor",
        "vote": "Wahl oder Verfahren",
        "notice": "Transparenzbekanntmachung",
        "colon": ":",
    },
    "en": {
        "label": "Advertisement",
        "political": "Political advertisement",
        "sponsor": "Sponsor",
        "vote": "Vote or process",
        "notice": "Transparency notice",
        "colon": ":",
    },
}


def labels(language=None):
    """The words for a language's code (default: the page's); English for one we do not know."""
    return LABELS.get((language or get_language() or "en").split("-")[0], LABELS["en"])

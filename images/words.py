"""Finding a picture by the words written about it: whole words or their beginnings, accents or not."""

import re
import unicodedata

LONGEST = 40
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def words(text):
    """The words of a text as they are kept and looked for: "L'Œuvre, L'Été" → {"l", "oeuvre", "ete"}."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return {word[:LONGEST] for word in re.findall(r"[^\W_]+", plain)}

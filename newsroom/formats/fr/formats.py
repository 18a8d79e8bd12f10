"""French in figures: Django's letters cannot write "1er janvier"."""

DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "d/m/Y H:i"

"""What we publish, at the desk."""

from articles.admin import (  # noqa: F401 - importing them registers them
    article,
    assignments,
    calendar,
    headings,
    templates,
)

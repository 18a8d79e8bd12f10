"""What we publish, at the desk."""

from articles.admin import article, assignments, calendar, headings  # noqa: F401 - importing them registers them

"""What we publish, at the desk."""

from articles.admin import article, headings  # noqa: F401 - importing them registers them

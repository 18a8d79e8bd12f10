"""The project as an app, for its commands; and which static files are worth collecting."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out what the editor's package carries and no page asks for (some 6,000 files)."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "samples",
        "adapters",
        "ckeditor/galleriffic",
        "*.md",
    ]

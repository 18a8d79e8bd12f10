"""The project as an app, for its commands; and which static files are worth collecting."""

import os
import tempfile

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from django.core import checks


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default = True  # of the two here

    def ready(self):
        checks.register(media_root_writable)


def first_existing(folder):
    """The folder, or the nearest above it that is there."""
    return folder if os.path.exists(folder) else first_existing(folder.parent)


def can_be_written(folder):
    """Whether a file can be made in the folder, or in the nearest above it that is there. Leaves nothing behind.

    Made, not asked for: root may write anywhere, but not in /proc or on a disk mounted read-only.
    """
    try:
        tempfile.TemporaryFile(dir=first_existing(folder)).close()
    except OSError:
        return False
    return True


def media_root_writable(**options):
    """Pictures need a folder this account can write to, or can make."""
    if settings.S3_BUCKET or can_be_written(settings.MEDIA_ROOT):
        return []
    told = f"MEDIA_ROOT is {settings.MEDIA_ROOT}: this account cannot write there."
    return [checks.Error(told, hint="Name a folder it can write to.", id="newsroom.E001")]


# What CKEditor's package carries beside what richtext.config makes of it.
PLUGINS_UNUSED = (
    "about adobeair autoembed autogrow bbcode codesnippet codesnippetgeshi colordialog copyformatting devtools div "
    "docprops embed embedbase embedsemantic exportpdf flash forms iframe iframedialog image image2 language link "
    "liststyle mathjax pagebreak placeholder preview scayt sharedspace showblocks smiley sourcedialog "
    "stylesheetparser tableresize templates uicolor wsc"
)
# Of the files named by a language those of the desk's four: de, en, fr, nl.
OTHER_LANGUAGES = ("[!defn]*.js", "d[!e]*.js", "e[!n]*.js", "f[!r]*.js", "n[!l]*.js", "*-*.js", "*.txt")


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out what packages carry and no page asks for: each process looks at every file when it starts."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "samples",
        "adapters",
        "ckeditor/galleriffic/*",
        "ckeditor/ckeditor/skins/moono/*",
        "ckeditor/ckeditor/skins/*_ie*.css",
        *(f"ckeditor/ckeditor/plugins/{name}/*" for name in PLUGINS_UNUSED.split()),
        *(f"ckeditor/*/lang/{name}" for name in OTHER_LANGUAGES),
        *(f"admin/*/i18n/{name}" for name in OTHER_LANGUAGES),
        *(
            f"admin/js/vendor/{name}.js"
            for name in ("jquery/jquery", "select2/select2.full", "xregexp/xregexp")
        ),
        "*.md",
    ]

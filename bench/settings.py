"""The paper's own settings, with the collected files beside the pictures of the paper that is measured."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import MEDIA_ROOT

STATIC_ROOT = MEDIA_ROOT.parent / "static"

"""The WSGI entry point: `gunicorn newsroom.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from newsroom.schedule import stand_in  # noqa: E402 - the settings must be there first

stand_in()  # this process does the background work too, while no worker is alive

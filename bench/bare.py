"""The limit a page is compared with: a Django view that gives a string, with no middleware and no database."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

BODY = Path(os.environ["BARE_PAGE"]).read_text("utf-8")


def page(request):
    return HttpResponse(BODY)


urlpatterns = [re_path("", page)]
if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="none")  # noqa: S106
application = get_wsgi_application()

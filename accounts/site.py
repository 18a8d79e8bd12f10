"""The desk: Django's admin under the paper's name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    index_title = _("Desk")
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "admin/desk.html"


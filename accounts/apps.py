"""The accounts app, and the desk as Django's default admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")


class DeskAdminConfig(AdminConfig):
    default_site = "accounts.site.DeskSite"

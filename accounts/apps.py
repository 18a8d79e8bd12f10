"""The accounts app, and the desk as Django's default admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = _("People")


class DeskAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "accounts.site.DeskSite"

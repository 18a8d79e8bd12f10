"""Whole public pages, kept and exactly valid."""

from django.apps import AppConfig


class PagecacheConfig(AppConfig):
    name = "pagecache"

"""The desk's page for arranging."""

from django.contrib import admin

from frontpage import desk

admin.site.add_page("front/", desk.front, name="front")
admin.site.add_page("front/preview/", desk.preview, name="front_preview")
admin.site.add_page("front/<int:pk>/drop/", desk.drop, name="front_drop")

"""Every public address, in one place; the desk is everything below /admin/."""

from django.contrib import admin
from django.urls import path, re_path

import articles.views
import audience.views
import frontpage.views
import masthead.views
import newsroom.views
import search.views
from articles import feeds, resolver, sitemaps

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", frontpage.views.front, name="front"),
    path("latest/", articles.views.latest, name="latest"),
    path("most-read/", audience.views.most_read, name="most-read"),
    path("search/", search.views.search, name="search"),
    path("corrections/", articles.views.corrections, name="corrections"),
    path("author/<slug:slug>/", articles.views.author_detail, name="author"),
    path("source/<slug:slug>/", articles.views.source_detail, name="source"),
    path("tag/<slug:slug>/", articles.views.tag_detail, name="tag"),
    path("feed/", feeds.feed, name="feed"),
    path("latest/feed/", feeds.feed, name="latest-feed"),
    path("author/<slug:slug>/feed/", feeds.author_feed, name="author-feed"),
    path("source/<slug:slug>/feed/", feeds.source_feed, name="source-feed"),
    path("tag/<slug:slug>/feed/", feeds.tag_feed, name="tag-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:part>.xml", sitemaps.part, name="sitemap-part"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("robots.txt", masthead.views.robots, name="robots"),
    path("ads.txt", masthead.views.ads, name="ads"),
    path("favicon.ico", masthead.views.favicon, name="favicon"),
    path("paper.css", masthead.views.paper_css, name="paper-css"),
    path("read/", audience.views.read, name="read"),
    path("health/", newsroom.views.health, name="health"),
    path("preview/<str:token>/", articles.views.preview, name="preview"),
    path("media/<path:name>", newsroom.views.media, name="media"),
    path("<path:section>/feed/", feeds.section_feed, name="section-feed"),
    re_path(r"^(?P<path>.+)$", resolver.resolve, name="resolve"),
]

handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"

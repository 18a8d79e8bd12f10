"""Every public address, in one place; the desk is everything below /admin/."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import path, re_path
from django.utils.module_loading import import_string


def view(dotted):
    """TEMPORARY while the house is being built: a view that may not be there yet."""
    try:
        return import_string(dotted)
    except ImportError as error:
        def missing(request, *args, **kwargs):
            raise NotImplementedError(f"{dotted}: {error}")
        return missing


urlpatterns = [
    path("admin/", admin.site.urls),
    path("", view("frontpage.views.front"), name="front"),
    path("latest/", view("articles.views.latest"), name="latest"),
    path("most-read/", view("audience.views.most_read"), name="most-read"),
    path("search/", view("search.views.search"), name="search"),
    path("corrections/", view("articles.views.corrections"), name="corrections"),
    path("author/<slug:slug>/", view("articles.views.author_detail"), name="author"),
    path("source/<slug:slug>/", view("articles.views.source_detail"), name="source"),
    path("tag/<slug:slug>/", view("articles.views.tag_detail"), name="tag"),
    path("feed/", view("articles.feeds.feed"), name="feed"),
    path("latest/feed/", view("articles.feeds.feed"), name="latest-feed"),
    path("author/<slug:slug>/feed/", view("articles.feeds.author_feed"), name="author-feed"),
    path("source/<slug:slug>/feed/", view("articles.feeds.source_feed"), name="source-feed"),
    path("tag/<slug:slug>/feed/", view("articles.feeds.tag_feed"), name="tag-feed"),
    path("sitemap.xml", view("articles.sitemaps.index"), name="sitemap"),
    path("sitemap-<slug:part>.xml", view("articles.sitemaps.part"), name="sitemap-part"),
    path("news-sitemap.xml", view("articles.sitemaps.news"), name="news-sitemap"),
    path("robots.txt", view("masthead.views.robots"), name="robots"),
    path("ads.txt", view("masthead.views.ads"), name="ads"),
    path("paper.css", view("masthead.views.paper_css"), name="paper-css"),
    path("read/", view("audience.views.read"), name="read"),
    path("health/", view("newsroom.views.health"), name="health"),
    path("preview/<str:token>/", view("articles.views.preview"), name="preview"),
    path("media/<path:name>", view("newsroom.views.media"), name="media"),
    path("<path:section>/feed/", view("articles.feeds.section_feed"), name="section-feed"),
    re_path(r"^(?P<path>.+)$", view("articles.resolver.resolve"), name="resolve"),
]

handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"

"""Who has which address. The apps above register what they know, so that nothing claims an address twice."""

from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings

# First words of addresses the site itself answers; no section, page or story may be called so.
RESERVED = frozenset(
    {
        *("admin", "api", "author", "corrections", "feed", "health", "latest", "media", "most-read"),
        *("newsletter", "page", "preview", "read", "search", "sitemap", "source", "static", "tag"),
        *(
            "ads.txt",
            "favicon.ico",
            "news-sitemap.xml",
            "paper.css",
            "robots.txt",
            "sitemap.xml",
            ".well-known",
        ),
    }
)


class Registry:
    """Functions of a path; called with one, gives the first answer that is not None."""

    def __init__(self):
        self.functions = []

    def register(self, func):
        """Add `func(path)`; usable as a decorator. Call it in AppConfig.ready."""
        if func not in self.functions:
            self.functions.append(func)
        return func

    def __call__(self, path):
        for func in self.functions:
            answer = func(path)
            if answer is not None:
                return answer
        return None


claims = Registry()  # func("/a/b/") -> a sentence that names who has this address, or None
owners = Registry()  # func("/a/b/") -> the instance that lives at this address, or None


def normal(address):
    """An address of ours in one form, "/a/b": without host, query, last slash, percent signs and capitals."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:  # brackets that hold no address of the internet: it is nobody's path
        path = address
    return "/" + unquote(path).strip("/").lower()


def is_ours(address):
    """Whether an address is a path or begins with this site's own name."""
    if address.startswith("/") and not address.startswith("//"):
        return True
    try:
        return urlsplit(address).hostname in {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}
    except ValueError:
        return False


def reserved(path):
    """Whether the site itself answers at this path."""
    word = normal(path).split("/")[1]
    return word in RESERVED or word == ""


def of(row):
    """The address that a page, an author, a source or a tag has in the database; None for a new one."""
    stored = type(row).objects.filter(pk=row.pk).only("slug").first() if row.pk else None
    return stored and stored.get_absolute_url()


def remember(row, before):
    """Have the address that a page, an author, a source or a tag had `before` lead to it for ever.

    A redirect at its new address stays, hidden by the row: it answers again if the row is deleted, and leads to the
    row once that moves on.
    """
    if before in (None, row.get_absolute_url()):
        return
    redirects = apps.get_model("masthead", "Redirect").objects
    back = redirects.filter(old_path=normal(row.get_absolute_url())).first()
    if back and back.target == row:
        back.delete()
    redirects.update_or_create(old_path=normal(before), defaults={"target": row, "url": ""})

"""What search engines are told: schema.org objects as plain dicts, for `<script type="application/ld+json">`.

Sources: schema.org NewsArticle, BreadcrumbList, CollectionPage, ProfilePage; Google's "Article structured data".
"""

from django.utils import timezone

from masthead.structured import organization

CONTEXT = "https://schema.org"


def _moment(at):
    return timezone.localtime(at).isoformat(timespec="seconds")


def _person(author, origin):
    person = {"@type": "Person", "name": author.name, "url": origin + author.get_absolute_url()}
    profiles = [line.strip() for line in author.profiles.splitlines() if line.strip()]
    if author.job:
        person["jobTitle"] = author.job
    return person | ({"sameAs": profiles} if profiles else {})


def _correction(note):
    """schema.org CorrectionComment."""
    comment = {"@type": "CorrectionComment", "name": note.get_kind_display(), "text": note.text}
    comment["datePublished"] = _moment(note.at)
    return comment | ({"dateModified": _moment(note.amended_at)} if note.amended_at else {})


def news_article(article, origin, paper, *, authors=(), tags=(), corrections=()):
    """A story as `NewsArticle`. `origin` is the site's address without a slash at its end; `paper` the Masthead.

    `authors`, `tags` and `corrections` are what the page already fetched. A story taken over names its origin
    (`isBasedOn`, `sourceOrganization`, `creditText`).
    """
    address = origin + article.get_absolute_url()
    publisher = organization(paper, origin)
    data = {
        "@context": CONTEXT,
        "@type": "OpinionNewsArticle" if article.section and article.section.is_opinion else "NewsArticle",
        "@id": address + "#article",
        "headline": article.title[:110],
        "description": article.seo_description or article.summary,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "inLanguage": article.language,
        "isAccessibleForFree": True,
        "wordCount": article.word_count,
        "publisher": {key: value for key, value in publisher.items() if key != "@context"},
        "author": [_person(author, origin) for author in authors]
        or [
            {
                "@type": "Organization",
                "name": article.source.name,
                "url": origin + article.source.get_absolute_url(),
            }
        ]
        if article.source_id or authors
        else [{"@type": "Organization", "name": paper.name, "url": origin + "/"}],
    }
    if article.published_at:
        data["datePublished"] = _moment(article.published_at)
        data["dateModified"] = _moment(article.modified_at or article.published_at)
    if article.section:
        data["articleSection"] = article.section.name
    if tags:
        data["keywords"] = [tag.name for tag in tags]
    if article.image and article.image.renditions:
        data["image"] = article.image.jsonld_urls(origin)
    if article.source_id:
        data["creditText"] = article.source.name
        data["sourceOrganization"] = {
            "@type": "Organization",
            "name": article.source.name,
            "url": article.source.url,
        }
        if article.original_url:
            data["isBasedOn"] = article.original_url
    if corrections:
        data["correction"] = [_correction(note) for note in corrections]
        if any(note.kind == "retraction" for note in corrections):
            data["creativeWorkStatus"] = "Retracted"
    return data


def breadcrumbs(steps, origin):
    """A `BreadcrumbList` from (name, path) pairs, from the top; the last may have no path: the page itself."""
    items = []
    for position, (name, path) in enumerate(steps, 1):
        item = {"@type": "ListItem", "position": position, "name": name}
        items.append(item | ({"item": origin + path} if path else {}))
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def collection(name, path, stories, origin, *, description="", language=""):
    """A list of stories as `CollectionPage` with an `ItemList`."""
    data = {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": origin + path,
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "url": origin + story.get_absolute_url()}
                for n, story in enumerate(stories, 1)
            ],
        },
    }
    return (
        data
        | ({"description": description} if description else {})
        | ({"inLanguage": language} if language else {})
    )


def profile(author, origin):
    """An author's page as `ProfilePage`."""
    person = _person(author, origin) | ({"description": author.bio} if author.bio else {})
    if author.photo and author.photo.renditions:
        person["image"] = author.photo.jsonld_urls(origin)
    return {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "mainEntity": person,
        "url": origin + author.get_absolute_url(),
    }

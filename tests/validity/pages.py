"""The demo paper, loaded once for a test class, and one address of every kind of page it has."""

from articles.demo.load import Loader
from articles.models import Article, Author, Correction, PreviewLink, Source, Tag

SCENES = ["conference", "estuaire", "portrait-a"]  # three pictures are enough to see pictures


def load():
    """The demo paper with three of its pictures; returns the loader."""
    loader = Loader("correct horse", scenes=SCENES)
    loader.load()
    return loader


def addresses():
    """{kind of page: address}, status 200 expected for each."""
    public = Article.objects.published().select_related("section")
    corrected = Correction.objects.standing().filter(article__in=public).first().article
    draft = Article.objects.filter(status="submitted").first()
    link = PreviewLink.objects.create(article=draft, token="a-token-for-the-checkers-0123456789")
    month = (
        public.filter(section__path="monde").first()
        or public.filter(section__path__startswith="monde").first()
    )
    found = {
        "front": "/",
        "section": "/monde/",
        "section with sub-sections": "/network/",
        "sub-section": "/network/almouwatin-actualite/",
        "month": f"/monde/{month.published_at:%Y/%m}/",
        "opinion section": "/opinions/",
        "own story": public.filter(source=None, image__isnull=False, language="fr")
        .first()
        .get_absolute_url(),
        "story with corrections": corrected.get_absolute_url(),
        "opinion": public.filter(section__is_opinion=True).first().get_absolute_url(),
        "author": Author.objects.filter(photo__isnull=False).first().get_absolute_url(),
        "author without picture": Author.objects.filter(photo=None).first().get_absolute_url(),
        "latest": "/latest/",
        "most read": "/most-read/",
        "search": "/search/",
        "search, found": "/search/?q=pont",
        "search, nothing found": "/search/?q=xyzzyx",
        "corrections": "/corrections/",
        "preview": f"/preview/{link.token}/",
    }
    for policy in Source.Policy.values:
        story = public.filter(source__policy=policy).first()
        found[f"story taken over, {policy}"] = story.get_absolute_url()
    found["source"] = Source.objects.first().get_absolute_url()
    found["tag"] = Tag.objects.filter(uses__gt=1).first().get_absolute_url()
    for number, story in enumerate(sorted(public, key=lambda story: -len(story.body))[:4], 1):
        found[f"long story {number}"] = story.get_absolute_url()
    for language in ("nl", "de", "en"):
        found[f"section in {language}"] = f"/{language}/"
        found[f"story in {language}"] = public.filter(language=language).first().get_absolute_url()
    from masthead.models import Page

    found |= {f"page {page.slug}": page.get_absolute_url() for page in Page.objects.filter(is_published=True)}
    return found


FAILURES = {
    "not found": ("/nowhere/at-all/", 404),
    "withdrawn": (None, 410),
    "bad cursor": ("/latest/?after=garbage", (400, 404)),
    "null byte": ("/%00", (400, 404)),
    "double slash": ("/a//b/", 404),
    "too long": ("/" + "a" * 5000 + "/", 414),
}

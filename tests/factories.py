"""What the tests are made of: a small cast and stories with sensible defaults."""

import itertools
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone
from PIL import Image as Picture

from accounts.roles import ADMINISTRATOR, EDITOR, JOURNALIST, grant
from articles.content import Content
from articles.models import Article, Author, Section, Source, Tag

_numbers = itertools.count(1)
ROLES = {"journalist": JOURNALIST, "editor": EDITOR, "administrator": ADMINISTRATOR}


def with_translations():
    """A decorator that brings the paper's own catalogues back: the rest of the suite quotes the source strings."""
    return override_settings(LOCALE_PATHS=[settings.BASE_DIR / "locale"])


def make_user(role="journalist", username=None, **fields):
    """Someone with a role, allowed into the desk; the password is "correct horse"."""
    if not Group.objects.filter(name=ROLES[role]).exists():
        grant()  # a test that empties the database takes the groups along
    username = username or f"{role}-{next(_numbers)}"
    user = get_user_model().objects.create_user(username, password="correct horse", is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=ROLES[role]))
    return user


def make_section(path="monde", **fields):
    """The section with this path, made with those above it as needed."""
    parent = make_section(path.rsplit("/", 1)[0]) if "/" in path else None
    slug = path.rsplit("/", 1)[-1]
    found = Section.objects.filter(path=path).first()
    return found or Section.objects.create(
        slug=slug, name=fields.pop("name", slug.capitalize()), parent=parent, **fields
    )


def make_author(name="Maëlle Torrekens", **fields):
    """The author with this name."""
    return Author.objects.get_or_create(name=name, defaults=fields)[0]


def make_source(name="partner.example", **fields):
    """The source with this name."""
    return Source.objects.get_or_create(name=name, defaults={"url": f"https://{name}/"} | fields)[0]


def make_article(
    status="published", *, by=None, section="monde", published_at=None, tags=(), authors=(), **fields
):
    """An article in this state, through the verbs. `section` is a path, `tags` and `authors` are names."""
    number = next(_numbers)
    values = {
        "title": f"Un pont de plus, numéro {number}",
        "summary": "La ville en comptait neuf. Le dixième ne mène encore nulle part.",
        "body": "<p>Le conseil a voté mardi soir, à une voix près.</p><p>Les travaux durent deux ans.</p>",
        "language": "fr",
    } | fields
    row = {name: values.pop(name) for name in ("restricted", "expires_at", "created_at") if name in values}
    for name in ("image", "source", "translation_of"):
        if name in values and hasattr(values[name], "pk"):
            values[name] = values[name].pk
    values["section"] = make_section(section).pk if isinstance(section, str) else section and section.pk
    values["further_sections"] = tuple(s.pk for s in values.get("further_sections", ()))
    values["related"] = tuple(a.pk for a in values.get("related", ()))
    values["tags"] = tuple(Tag.named(name).pk for name in tags)
    values["authors"] = tuple((make_author(name).pk, "") for name in authors)
    article = Article.start(Content(**values), by=by)
    if row:
        Article.objects.filter(pk=article.pk).update(**row)
        article.refresh_from_db()
    at = published_at or timezone.now() - timedelta(minutes=1)
    if status == "draft":
        return article
    if status in ("submitted", "returned"):
        article.submit(by=None, version=article.version)
        if status == "returned":
            article.send_back(by=None, version=article.version, note="Qui parle ici ?")
        return article
    if status == "scheduled":
        at = published_at or timezone.now() + timedelta(hours=2)
    article.publish(by=None, version=article.version, at=at)
    if status in ("unpublished", "withdrawn", "blocked"):
        article.take_down(
            by=None, version=article.version, how=status, reason="Retiré à la demande de la rédaction."
        )
    return article


def move(article, section):
    """Have a public article stand in another section, as an editor would."""
    article.save_content(replace(Content.of(article), section=section.pk), by=None, version=article.version)
    article.publish(by=None, version=article.version)


def picture_bytes(width=640, height=427, kind="JPEG", colour=(40, 90, 120), **options):
    """A picture file's bytes: two plain halves, unlike any other of another colour."""
    picture = Picture.new("RGB", (width, height), colour)
    picture.paste((220, 200, 170), (0, height // 2, width, height))
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def picture_file(name="pont.jpg", **options):
    """The same as an uploaded file."""
    return SimpleUploadedFile(name, picture_bytes(**options), content_type="image/jpeg")


def make_image(*, alt="Un pont au crépuscule", by=None, **fields):
    """A picture in the library, received as an upload would be, its renditions made."""
    from images.intake import receive

    n = next(_numbers)
    image = receive(picture_file(colour=(n * 37 % 255, n * 91 % 255, n * 53 % 255)), by=by)
    for name, value in ({"alt": alt} | fields).items():
        setattr(image, name, value)
    image.save()
    image.refresh_from_db()
    return image


# ---------------------------------------------------------------------------------------------- adverts
def make_booking(spot="header", *, save=True, **fields):
    """A booking that runs now, of the spot with this key; with `save=False` not yet in the database."""
    from adverts.models import Booking, Spot

    now = timezone.now()
    values = {
        "advertiser": "Librairie Passe-Pages",
        "url": "https://passe-pages.example/",
        "text": "Livres neufs et anciens.",
        "starts": now - timedelta(hours=1),
        "ends": now + timedelta(days=1),
    } | fields
    booking = Booking(spot=Spot.objects.get_or_create(key=spot)[0], **values)
    if save:
        booking.save()
    return booking

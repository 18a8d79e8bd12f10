"""Putting the demo paper into an empty database: through the same verbs that people use.

The texts are in `stories/*.toml`; the pictures are drawn by `pictures`. Dates are relative to the moment of
installation. What upper apps have of the paper (bookings, reads) they load themselves: see `registry.demo`.
"""

import tomllib
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from datetime import datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.utils import timezone, translation
from lxml import html as lxml_html

from accounts.roles import ADMINISTRATOR, EDITOR, JOURNALIST
from articles import registry
from articles.content import Content
from articles.demo import pictures
from articles.models import Article, Assignment, Author, Section, Source, Tag
from articles.starting import usual_templates
from images import renditions
from images.intake import receive
from images.models import Image
from masthead.models import Masthead, MenuEntry, Page

STORIES = Path(__file__).parent / "stories"
PEOPLE = {"journalist": JOURNALIST, "editor": EDITOR, "administrator": ADMINISTRATOR}


def read():
    """The paper's own file and the list of its stories, as they stand in the files."""
    paper = tomllib.loads((STORIES / "paper.toml").read_text("utf-8"))
    stories = []
    for path in sorted(STORIES.glob("*.toml")):
        if path.name != "paper.toml":
            stories += tomllib.loads(path.read_text("utf-8"))["story"]
    return paper, stories


class Here(Executor):
    """Does at once, in this process, what a pool would do in others: for a few pictures."""

    def submit(self, function, *args):
        future = Future()
        future.set_result(function(*args))
        return future


class Loader:
    """Loads the demo paper once; `password` opens its three accounts."""

    def __init__(self, password, *, scenes=None, now=None):
        self.password, self.now = password, now or timezone.now()
        self.paper, self.stories = read()
        self.scenes = scenes  # None: every picture; a test names a few

    def load(self):
        """Everything, one thing after what it needs. Raises ValueError if a paper is there already."""
        if Masthead.objects.exists() or Article.objects.exists():
            raise ValueError(
                "This database already holds a newspaper: the demo paper is only loaded into an empty one."
            )
        keys = self.scenes if self.scenes is not None else list(self.paper["pictures"]["scenes"])
        with self._workers(len(keys)) as self.workers:
            drawn = self.workers.map(pictures.as_file, keys)  # begins now, before the transaction
            with transaction.atomic():
                self._people()
                self._masthead()
                self.images = self._pictures(drawn)
                self._places()
                self._assignments()
                self.articles = self._articles()
                self._pages()
                registry.load_demo(self)
                self._renditions()

    def _workers(self, length):
        """Who draws and encodes pictures while this process writes stories."""
        if length < 4:
            return Here()
        connections.close_all()  # no connection may be shared with the processes
        return ProcessPoolExecutor(mp_context=get_context("fork"))

    # ------------------------------------------------------------------ who
    def _people(self):
        self.users = {}
        for name, role in PEOPLE.items():
            user = get_user_model().objects.create_user(
                name,
                password=self.password,
                is_staff=True,
                first_name=name.capitalize(),
                email=f"{name}@courrier.example",
            )
            user.groups.add(Group.objects.get(name=role))
            self.users[name] = user

    def _masthead(self):
        values = dict(self.paper["masthead"])
        values["social_profiles"] = "\n".join(values.get("social_profiles", []))
        known = {field.name for field in Masthead._meta.get_fields()}
        Masthead.objects.create(pk=1, **{key: value for key, value in values.items() if key in known})

    # ------------------------------------------------------------------ pictures
    def _pictures(self, drawn):
        images, told, self.making = {}, self.paper["pictures"], {}
        for key, data in drawn:
            scene = told["scenes"][key]
            image = receive(SimpleUploadedFile(f"{key}.jpg", data, "image/jpeg"), by=self.users["editor"])
            image.title, image.alt = key, scene["alt"]
            image.caption, image.credit = (
                scene.get("caption", ""),
                scene.get("credit", told.get("credit", "")),
            )
            image.save()
            images[key] = image
            self._encode(image)
        return images

    def _encode(self, image):
        self.making[image.pk] = self.workers.submit(renditions.encode, image)

    def _renditions(self):
        for image in Image.objects.exclude(pk__in=self.making):  # what the upper apps brought
            self._encode(image)
        for pk, rows in self.making.items():
            Image.objects.filter(pk=pk).update(renditions=rows.result(), state=Image.State.READY)

    # ------------------------------------------------------------------ places and names
    def _places(self):
        self.sections = {}
        for entry in sorted(self.paper["section"], key=lambda entry: entry["path"].count("/")):
            above, _slash, slug = entry["path"].rpartition("/")
            values = {key: value for key, value in entry.items() if key != "path"}
            self.sections[entry["path"]] = Section.objects.create(
                slug=slug, parent=self.sections.get(above), **values
            )
        self.authors = {
            entry["key"]: Author.objects.create(
                name=entry["name"],
                job=entry.get("job", ""),
                bio=entry.get("bio", ""),
                photo=self.images.get(entry.get("photo")),
            )
            for entry in self.paper["author"]
        }
        first = next(iter(self.authors.values()))
        Author.objects.filter(pk=list(self.authors.values())[1].pk).update(user=self.users["journalist"])
        Author.objects.filter(pk=first.pk).update(user=self.users["editor"])
        self.sources = {}
        for entry in self.paper["source"]:
            values = {key: value for key, value in entry.items() if key != "key"}
            if "contract_until" in values and not hasattr(values["contract_until"], "year"):
                del values["contract_until"]
            self.sources[entry["key"]] = Source.objects.create(**values)
        with translation.override(self.paper["masthead"]["language"]):
            usual_templates()

    def _pages(self):
        for entry in self.paper.get("page", []):
            Page.objects.create(language=self.paper["masthead"]["language"], **entry)
        for entry in self.paper.get("menu", []):
            page = entry.pop("page", None)
            MenuEntry.objects.create(page=Page.objects.get(slug=page) if page else None, **entry)

    # ------------------------------------------------------------------ stories
    def _articles(self):
        """Two rounds: every story as a draft, then the texts with the ids of what they refer to, and their state."""
        made = {}
        for story in self.stories:
            content = Content(title=story["title"], slug=story["key"], language=story.get("language", "fr"))
            writer = (
                self.users["journalist"]
                if story.get("status") in ("draft", "submitted", "returned")
                else self.users["editor"]
            )
            made[story["key"]] = Article.start(content, by=writer)
        self.made = made
        ordered = sorted(self.stories, key=lambda story: -story.get("hours_ago", 0))
        for story in ordered:
            self._finish(made[story["key"]], story)
        return made

    def _finish(self, article, story):
        editor, writer = self.users["editor"], article.created_by
        article.save_content(self._content(story), by=writer, version=article.version)
        status = story.get("status", "published")
        at = self.now - timedelta(hours=story.get("hours_ago", 0))
        if status == "scheduled":
            at = self._moment(days=1, hour=6)
        if status in ("submitted", "returned"):
            article.submit(by=writer, version=article.version, note=story.get("submit_note", ""))
        if status == "returned":
            article.send_back(
                by=editor, version=article.version, note=story.get("note", "Relire le deuxième paragraphe.")
            )
        if status in ("published", "scheduled", "withdrawn", "unpublished"):
            article.publish(by=editor, version=article.version, at=at)
        for entry in story.get("corrections", []):
            correction = article.correct(entry["text"], by=editor, kind=entry.get("kind", "correction"))
            moment = self.now - timedelta(hours=entry.get("hours_ago", 1))
            type(correction).objects.filter(pk=correction.pk).update(at=moment)
            Article.objects.filter(pk=article.pk).update(modified_at=moment)
        if status in ("withdrawn", "unpublished"):
            article.take_down(by=editor, version=article.version, how=status, reason=story.get("reason", ""))
        if story.get("updated_hours_ago"):
            Article.objects.filter(pk=article.pk).update(
                modified_at=self.now - timedelta(hours=story["updated_hours_ago"])
            )

    def _assignments(self):
        for entry in self.paper["assignment"]:
            deadline = self._moment(entry["due_in_days"], entry["due_at"]) if "due_in_days" in entry else None
            made = Assignment.start(
                by=self.users[entry["given_by"]],
                title=entry["title"],
                idea=entry["idea"],
                desk=self.sections[entry["section"]],
                deadline=deadline,
                journalist=self.users.get(entry.get("journalist")),
            )
            if entry.get("begun"):
                made.begin(by=made.journalist, version=made.version)

    def _moment(self, days, hour):
        """This hour so many days after the installation, where the paper is."""
        day = timezone.localtime(self.now).date() + timedelta(days)
        return datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())

    def _content(self, story):
        image = self.images.get(story.get("picture"))
        return Content(
            title=story["title"],
            slug=story["key"],
            kicker=story.get("kicker", ""),
            summary=story.get("summary", ""),
            body=self._text(story["body"]),
            language=story.get("language", "fr"),
            section=self.sections[story["section"]].pk,
            further_sections=tuple(self.sections[path].pk for path in story.get("further_sections", [])),
            tags=tuple(Tag.named(name).pk for name in story.get("tags", [])),
            authors=tuple((self.authors[key].pk, "") for key in story.get("authors", [])),
            source=self.sources[story["source"]].pk if story.get("source") else None,
            original_url=story.get("original_url", ""),
            via=story.get("via", ""),
            via_url=story.get("via_url", ""),
            image=image and image.pk,
            image_caption=story.get("picture_caption", "") if image else "",
            related=tuple(self.made[key].pk for key in story.get("related", [])),
            follows=self.made[story["follows"]].pk if story.get("follows") else None,
            translation_of=self.made[story["translation_of"]].pk if story.get("translation_of") else None,
            ai_note=story.get("ai_note", ""),
        )

    def _text(self, body):
        """The text with ids where the file has keys."""
        root = lxml_html.fragment_fromstring(body, create_parent="div")
        for link in root.iterfind(".//a[@data-article]"):
            link.set("data-article", str(self.made[link.get("data-article")].pk))
        for figure in list(root.iterfind(".//figure[@data-image]")):
            image = self.images.get(figure.get("data-image"))
            if image is None:
                figure.drop_tree()
            else:
                figure.set("data-image", str(image.pk))
        return "".join(lxml_html.tostring(child, encoding="unicode") for child in root)

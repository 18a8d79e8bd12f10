"""Every address of the desk, as the resolver knows them, as every role: one table says what each answers.

An address without a row fails: who may is decided when it is added. Sent empty, none may break or change anything.
"""

import re
from datetime import timedelta

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from accounts import notices
from accounts.models import AuditEntry, Notification
from articles.models import Article, Assignment, Autosave, Revision, SavedView, StoryTemplate, Tag
from audience.models import Popularity
from frontpage.models import Arrangement
from masthead.models import Masthead, MenuEntry, Page, Redirect
from tests.factories import (
    make_article,
    make_author,
    make_booking,
    make_image,
    make_section,
    make_source,
    make_user,
)

# route | GET as journalist, editor, administrator | the same for POST without data.
# What is named is another person's public story; an own one is in tests/articles/test_admin_rights.py.
TABLE = r"""
                                                    | 200 200 200 | 200 200 200
(?P<url>.*)$                                        | 404 404 404 | 404 404 404
^(?P<app_label>.*)/$                                | 302 302 302 | 302 302 302
accounts/auditentry/                                | 403 403 200 | 403 403 200
accounts/auditentry/<path:object_id>/               | 302 302 302 | 302 302 302
accounts/auditentry/<path:object_id>/change/        | 403 403 200 | 403 403 403
accounts/auditentry/<path:object_id>/delete/        | 403 403 403 | 403 403 403
accounts/auditentry/<path:object_id>/history/       | 403 403 200 | 403 403 200
accounts/auditentry/add/                            | 403 403 403 | 403 403 403
accounts/user/                                      | 403 403 200 | 403 403 200
accounts/user/<id>/password/                        | 403 403 200 | 403 403 200
accounts/user/<path:object_id>/                     | 302 302 302 | 302 302 302
accounts/user/<path:object_id>/change/              | 403 403 200 | 403 403 200
accounts/user/<path:object_id>/delete/              | 403 403 403 | 403 403 403
accounts/user/<path:object_id>/history/             | 403 403 200 | 403 403 200
accounts/user/add/                                  | 403 403 200 | 403 403 200
adverts/booking/                                    | 403 200 200 | 403 200 200
adverts/booking/<path:object_id>/                   | 302 302 302 | 302 302 302
adverts/booking/<path:object_id>/change/            | 403 200 200 | 403 403 200
adverts/booking/<path:object_id>/delete/            | 403 403 200 | 403 403 200
adverts/booking/<path:object_id>/history/           | 403 403 200 | 403 403 200
adverts/booking/add/                                | 403 403 200 | 403 403 200
adverts/spot/                                       | 403 200 200 | 403 200 200
adverts/spot/<path:object_id>/                      | 302 302 302 | 302 302 302
adverts/spot/<path:object_id>/change/               | 403 200 200 | 403 403 302
adverts/spot/<path:object_id>/delete/               | 403 403 403 | 403 403 403
adverts/spot/<path:object_id>/history/              | 403 403 200 | 403 403 200
adverts/spot/add/                                   | 403 403 403 | 403 403 403
articles/article/                                   | 200 200 200 | 200 200 200
articles/article/<int:pk>/compare/                  | 200 200 200 | 200 200 200
articles/article/<int:pk>/correct/                  | 403 200 200 | 403 200 200
articles/article/<int:pk>/correct/<int:correction>/ | 403 200 200 | 403 200 200
articles/article/<int:pk>/gate/                     | 405 405 405 | 403 200 200
articles/article/<int:pk>/history/                  | 200 200 200 | 200 200 200
articles/article/<int:pk>/history/<int:revision>/   | 200 200 200 | 403 302 302
articles/article/<int:pk>/links/                    | 403 200 200 | 403 302 302
articles/article/<int:pk>/note/                     | 302 302 302 | 302 302 302
articles/article/<int:pk>/preview/                  | 200 200 200 | 200 200 200
articles/article/<int:pk>/preview/page/             | 200 200 200 | 200 200 200
articles/article/<int:pk>/preview/typed/            | 405 405 405 | 403 200 200
articles/article/<int:pk>/take-down/                | 403 200 200 | 403 200 200
articles/article/<path:object_id>/                  | 302 302 302 | 302 302 302
articles/article/<path:object_id>/change/           | 200 200 200 | 403 200 200
articles/article/<path:object_id>/delete/           | 403 403 403 | 403 403 403
articles/article/<path:object_id>/history/          | 200 200 200 | 200 200 200
articles/article/add/                               | 200 200 200 | 200 200 200
articles/article/complete/                          | 200 200 200 | 200 200 200
articles/article/gate/                              | 405 405 405 | 200 200 200
articles/article/preview/                           | 405 405 405 | 200 200 200
articles/article/pulse/                             | 405 405 405 | 400 400 400
articles/article/typed/<int:pk>/drop/               | 405 405 405 | 302 302 302
articles/article/views/                             | 200 200 200 | 302 302 302
articles/article/views/<int:pk>/                    | 404 404 405 | 404 404 302
articles/assignment/                                | 200 200 200 | 200 200 200
articles/assignment/<path:object_id>/               | 302 302 302 | 302 302 302
articles/assignment/<path:object_id>/change/        | 200 200 200 | 200 200 200
articles/assignment/<path:object_id>/delete/        | 403 403 403 | 403 403 403
articles/assignment/<path:object_id>/history/       | 200 200 200 | 200 200 200
articles/assignment/add/                            | 200 200 200 | 200 200 200
articles/author/                                    | 200 200 200 | 200 200 200
articles/author/<path:object_id>/                   | 302 302 302 | 302 302 302
articles/author/<path:object_id>/change/            | 200 200 200 | 403 200 200
articles/author/<path:object_id>/delete/            | 403 200 200 | 403 200 200
articles/author/<path:object_id>/history/           | 403 403 200 | 403 403 200
articles/author/add/                                | 403 200 200 | 403 200 200
articles/author/complete/                           | 200 200 200 | 200 200 200
articles/correction/                                | 200 200 200 | 200 200 200
articles/correction/<path:object_id>/               | 302 302 302 | 302 302 302
articles/correction/<path:object_id>/change/        | 200 200 200 | 403 403 403
articles/correction/<path:object_id>/delete/        | 403 403 403 | 403 403 403
articles/correction/<path:object_id>/history/       | 200 200 200 | 200 200 200
articles/correction/add/                            | 403 403 403 | 403 403 403
articles/section/                                   | 200 200 200 | 200 200 200
articles/section/<path:object_id>/                  | 302 302 302 | 302 302 302
articles/section/<path:object_id>/change/           | 200 200 200 | 403 200 200
articles/section/<path:object_id>/delete/           | 403 302 302 | 403 302 302
articles/section/<path:object_id>/history/          | 403 403 200 | 403 403 200
articles/section/add/                               | 403 200 200 | 403 200 200
articles/section/complete/                          | 200 200 200 | 200 200 200
articles/source/                                    | 200 200 200 | 200 200 200
articles/source/<path:object_id>/                   | 302 302 302 | 302 302 302
articles/source/<path:object_id>/change/            | 200 200 200 | 403 200 200
articles/source/<path:object_id>/delete/            | 403 200 200 | 403 200 200
articles/source/<path:object_id>/history/           | 403 403 200 | 403 403 200
articles/source/add/                                | 403 200 200 | 403 200 200
articles/source/complete/                           | 200 200 200 | 200 200 200
articles/storytemplate/                             | 200 200 200 | 200 200 200
articles/storytemplate/<path:object_id>/            | 302 302 302 | 302 302 302
articles/storytemplate/<path:object_id>/change/     | 200 200 200 | 403 200 200
articles/storytemplate/<path:object_id>/delete/     | 403 200 200 | 403 200 200
articles/storytemplate/<path:object_id>/history/    | 403 403 200 | 403 403 200
articles/storytemplate/add/                         | 403 200 200 | 403 200 200
articles/tag/                                       | 200 200 200 | 200 200 200
articles/tag/<path:object_id>/                      | 302 302 302 | 302 302 302
articles/tag/<path:object_id>/change/               | 200 200 200 | 403 200 200
articles/tag/<path:object_id>/delete/               | 403 200 200 | 403 200 200
articles/tag/<path:object_id>/history/              | 403 403 200 | 403 403 200
articles/tag/add/                                   | 403 200 200 | 403 200 200
articles/tag/complete/                              | 200 200 200 | 200 200 200
audience/popularity/                                | 200 200 200 | 200 200 200
audience/popularity/<path:object_id>/               | 302 302 302 | 302 302 302
audience/popularity/<path:object_id>/change/        | 200 200 200 | 403 403 403
audience/popularity/<path:object_id>/delete/        | 403 403 403 | 403 403 403
audience/popularity/<path:object_id>/history/       | 200 200 200 | 200 200 200
audience/popularity/add/                            | 403 403 403 | 403 403 403
autocomplete/                                       | 403 403 403 | 405 405 405
calendar/                                           | 200 200 200 | 404 404 404
front/                                              | 403 200 200 | 403 200 200
front/<int:pk>/drop/                                | 405 405 405 | 403 302 302
front/preview/                                      | 405 405 405 | 403 200 200
go/                                                 | 404 404 404 | 404 404 404
images/image/                                       | 200 200 200 | 200 200 200
images/image/<int:pk>/master/                       | 200 200 200 | 405 405 405
images/image/<int:pk>/thumb/                        | 200 200 200 | 405 405 405
images/image/<path:object_id>/                      | 302 302 302 | 302 302 302
images/image/<path:object_id>/change/               | 200 200 200 | 403 200 200
images/image/<path:object_id>/delete/               | 403 200 200 | 403 200 200
images/image/<path:object_id>/history/              | 403 403 200 | 403 403 200
images/image/add/                                   | 200 200 200 | 200 200 200
images/image/picker/                                | 200 200 200 | 405 405 405
images/image/picker/<int:pk>/                       | 200 200 200 | 403 200 200
images/image/picker/dialog/                         | 200 200 200 | 405 405 405
images/image/picker/upload/                         | 405 405 405 | 422 422 422
jsi18n/                                             | 200 200 200 | 405 405 405
login/                                              | 302 302 302 | 200 200 200
logout/                                             | 405 405 405 | 200 200 200
masthead/masthead/                                  | 302 302 302 | 302 302 302
masthead/masthead/<path:object_id>/                 | 302 302 302 | 302 302 302
masthead/masthead/<path:object_id>/change/          | 403 200 200 | 403 403 200
masthead/masthead/<path:object_id>/delete/          | 403 403 403 | 403 403 403
masthead/masthead/<path:object_id>/history/         | 403 403 200 | 403 403 200
masthead/masthead/add/                              | 403 403 403 | 403 403 403
masthead/menuentry/                                 | 403 200 200 | 403 200 200
masthead/menuentry/<path:object_id>/                | 302 302 302 | 302 302 302
masthead/menuentry/<path:object_id>/change/         | 403 200 200 | 403 200 200
masthead/menuentry/<path:object_id>/delete/         | 403 200 200 | 403 200 200
masthead/menuentry/<path:object_id>/history/        | 403 403 200 | 403 403 200
masthead/menuentry/add/                             | 403 200 200 | 403 200 200
masthead/page/                                      | 403 200 200 | 403 200 200
masthead/page/<path:object_id>/                     | 302 302 302 | 302 302 302
masthead/page/<path:object_id>/change/              | 403 200 200 | 403 200 200
masthead/page/<path:object_id>/delete/              | 403 200 200 | 403 200 200
masthead/page/<path:object_id>/history/             | 403 403 200 | 403 403 200
masthead/page/add/                                  | 403 200 200 | 403 200 200
masthead/redirect/                                  | 403 200 200 | 403 200 200
masthead/redirect/<path:object_id>/                 | 302 302 302 | 302 302 302
masthead/redirect/<path:object_id>/change/          | 403 200 200 | 403 200 200
masthead/redirect/<path:object_id>/delete/          | 403 200 200 | 403 200 200
masthead/redirect/<path:object_id>/history/         | 403 403 200 | 403 403 200
masthead/redirect/add/                              | 403 200 200 | 403 200 200
me/                                                 | 200 200 200 | 200 200 200
notifications/                                      | 200 200 200 | 302 302 302
notifications/<int:pk>/                             | 404 404 302 | 404 404 302
password_change/                                    | 200 200 200 | 200 200 200
password_change/done/                               | 200 200 200 | 405 405 405
people/                                             | 200 200 200 | 200 200 200
r/<int:content_type_id>/<path:object_id>/           | 302 302 302 | 302 302 302
r/<path:content_type_id>/<path:object_id>/          | 302 302 302 | 302 302 302
resume/                                             | 302 302 302 | 200 200 200
"""
OURS = ("accounts", "adverts", "articles", "audience", "frontpage", "images", "masthead")
OPEN = {
    "login/": (200, 200),
    "resume/": (302, 200),
}  # to whoever is not signed in; all else leads to the login
# What is done by pressing a button that sends no field.
DONE = {
    "adverts/spot/<path:object_id>/change/",  # unticked boxes are sent as nothing
    "articles/article/<int:pk>/links/",
    "articles/article/typed/<int:pk>/drop/",
    "front/<int:pk>/drop/",
    "notifications/",
    "notifications/<int:pk>/",
}


def routes(patterns, before=""):
    """Every route below these patterns, as it is written."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield re.sub(r"(<app_label>)[^)]*", r"\1.*", route)  # it lists the apps


def rows():
    """`{route: ((GET, GET, GET), (POST, POST, POST))}`"""
    found = {}
    for line in TABLE.splitlines()[1:]:
        route, get, post = line.split(" | ")
        found[route.strip()] = tuple(map(int, get.split())), tuple(map(int, post.split()))
    return found


class DeskAddressesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = [make_user(role) for role in ("journalist", "editor", "administrator")]
        cls.chief = chief = cls.people[-1]
        article = make_article(by=chief)
        correction = article.correct("Le pont a deux voies.", by=chief)
        notices.tell("late", [chief], by=None, label="Un portrait", address="/admin/")
        autosave = Autosave.objects.create(
            user=chief, tab="5b0d1f4e-7c6e-4b52-9d0f-0f7b8d6c1a2e", fields={"title": ["x"]}, article=article
        )
        booking = make_booking()
        deadline = timezone.now() + timedelta(hours=1)
        cls.ids = {
            "articles/article": article.pk,
            "articles/article/typed": autosave.pk,
            "articles/article/views": SavedView.objects.create(user=chief, name="À relire", query="state=waiting").pk,
            "articles/assignment": Assignment.start(by=chief, title="Une idée", deadline=deadline).pk,
            "articles/section": make_section().pk,
            "articles/author": make_author().pk,
            "articles/source": make_source().pk,
            "articles/storytemplate": StoryTemplate.objects.create(name="Revue", language="fr").pk,
            "articles/tag": Tag.named("Énergie").pk,
            "articles/correction": correction.pk,
            "images/image": (image := make_image(by=chief).pk),
            "images/image/picker": image,
            "accounts/user": make_user("journalist").pk,
            "accounts/auditentry": AuditEntry.objects.first().pk,
            "masthead/masthead": Masthead.objects.get_or_create(pk=1)[0].pk,
            "masthead/page": Page.objects.create(title="Qui nous sommes", slug="nous").pk,
            "masthead/menuentry": MenuEntry.objects.create(label="Ailleurs", address="/latest/").pk,
            "masthead/redirect": Redirect.objects.create(old_path="/vieux", url="https://x.example/").pk,
            "adverts/spot": booking.spot_id,
            "adverts/booking": booking.pk,
            "audience/popularity": Popularity.objects.create(article=article, reads=1, now=1.0, week=1.0).pk,
            "front": Arrangement.objects.create(holds_from=timezone.now() + timedelta(days=1), by=chief).pk,
            "notifications": Notification.objects.get().pk,
            "revision": Revision.objects.first().pk,
            "correction": correction.pk,
            "r": article.pk,
            "content_type_id": ContentType.objects.get_for_model(Article).pk,
            "url": "nowhere",
            "app_label": "articles",
        }

    def address(self, route):
        """The route with the id of what was made in the place of each argument."""
        route = route.removeprefix("^").removesuffix("$")
        parts = []
        for part in re.split(r"(\(\?P<\w+>[^)]*\)|<[\w:]+>)", route):
            name = re.search(r"<(?:\w+:)?(\w+)>", part)
            if name and name[1] in ("pk", "object_id", "id"):
                owner = "".join(parts).strip("/")
                parts.append(str(self.ids["r" if owner.startswith("r/") else owner]))
            else:
                parts.append(str(self.ids[name[1]]) if name else part)
        return "/admin/" + "".join(parts)

    def state(self):
        """How many there are of everything of ours, and what a story is."""
        models = [m for m in apps.get_models() if m.__module__.split(".")[0] in OURS]
        counts = {model._meta.label: model.objects.count() for model in models}
        return counts, Article.objects.values().get()

    def answer(self, route, method):
        """The status, and whether anything had changed; afterwards all is as it was."""
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            before = self.state() if method == "post" else None
            status = getattr(self.client, method)(self.address(route)).status_code
            changed = before is not None and self.state() != before
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return status, changed

    def walk(self, n):
        self.client.force_login(self.people[n])
        for route, (get, post) in rows().items():
            with self.subTest(route):
                self.assertEqual(self.answer(route, "get"), (get[n], False))
                status, changed = self.answer(route, "post")
                self.assertEqual(status, post[n])
                self.assertFalse(
                    changed and route not in DONE, "something was changed by a form without data"
                )

    def test_the_table_has_a_row_for_every_address_and_no_other(self):
        self.assertEqual(rows().keys(), set(routes(admin.site.urls[0])))

    def test_a_journalist(self):
        self.walk(0)

    def test_an_editor(self):
        self.walk(1)

    def test_an_administrator(self):
        self.walk(2)

    def test_somebody_who_is_not_signed_in(self):
        for route in rows():
            with self.subTest(route):
                answers = tuple(self.answer(route, method) for method in ("get", "post"))
                expected = OPEN.get(route, (302, 302))
                self.assertEqual(answers, tuple((status, False) for status in expected))

    def test_somebody_without_a_role(self):
        person = make_user("journalist")
        person.groups.clear()
        self.client.force_login(person)
        for route, (get, post) in rows().items():
            with self.subTest(route):
                for method, statuses in (("get", get), ("post", post)):
                    status, changed = self.answer(route, method)
                    self.assertLess(status, 500)
                    self.assertFalse(changed)
                    if 403 in statuses:
                        self.assertEqual(status, 403)

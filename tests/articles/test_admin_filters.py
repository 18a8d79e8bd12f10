"""What the list of articles can be narrowed by, what that costs at most, and a person's own views of it."""

from datetime import datetime, timedelta
from unittest import mock, skipUnless

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import changelist
from articles.models import Article, Revision, SavedView, Tag
from tests.articles.test_admin_list import LIST, DeskCase
from tests.factories import make_article, make_author, make_section, make_source, make_user

VIEWS = reverse("admin:articles_article_views")


def saved(article, **fields):
    Article.objects.filter(pk=article.pk).update(**fields)
    return article


class FilterCase(DeskCase):
    def listed(self, **query):
        return list(self.client.get(LIST, query).context["cl"].result_list)


class FilterTests(FilterCase):
    def test_each_filter_finds_its_own(self):
        wanted = make_article(
            "draft", by=self.journalist, section="culture", tags=["Rail"], authors=["Ann Peeters"],
            source=make_source(), original_url="https://partner.example/a", language="nl",
        )  # fmt: skip
        make_article("draft", by=self.editor, tags=["Énergie"], authors=["Autre Plume"])
        for name, value in {
            "section": wanted.section_id, "person": self.journalist.pk, "author": "Ann Peeters [ann-peeters]",
            "source": "partner.example", "tag": "Rail", "language": "nl",
        }.items():  # fmt: skip
            with self.subTest(name):
                self.assertEqual(self.listed(**{name: value}), [wanted])
                self.assertEqual(self.listed(state="draft", **{name: value}), [wanted])
                self.assertEqual(self.listed(state="waiting", **{name: value}), [])

    def test_filters_are_combined(self):
        both = make_article(tags=["Rail"], authors=["Ann Peeters"])
        make_article(tags=["Rail"]), make_article(authors=["Ann Peeters"])
        self.assertEqual(self.listed(tag="Rail", author="Ann Peeters"), [both])
        self.assertEqual(self.listed(tag="Rail", author="Ann Peeters", state="draft"), [])

    def test_who_signs_twice_is_listed_once(self):
        article = make_article(authors=["Ann Peeters"])
        article.bylines.create(author=make_author("Ann Peeters"), role="photo")
        self.assertEqual(self.listed(author="Ann Peeters"), [article])

    def test_planned_changes_and_an_end_are_found(self):
        planned, ends = make_article(), make_article()
        revision = Revision.objects.create(article=planned, number=9, content={})
        saved(planned, planned_revision=revision)
        saved(ends, expires_at=timezone.now() + timedelta(days=1))
        self.assertEqual(self.listed(state="planned"), [planned])
        self.assertEqual(self.listed(state="expires"), [ends])

    def test_periods_begin_and_end_at_the_papers_midnight(self):
        def at(*day, hour=12):
            return timezone.make_aware(datetime(*day, hour))

        now = at(2026, 3, 18, hour=9)
        with mock.patch("django.utils.timezone.now", return_value=now):
            self.client.force_login(self.editor)  # a session of that day
            for day in (1, 11, 12, 18):
                saved(make_article(title=str(day)), saved_at=at(2026, 3, day, hour=0),
                      published_at=at(2026, 3, day, hour=0))  # fmt: skip
            saved(make_article(title="février"), saved_at=at(2026, 2, 28, hour=23), published_at=None)
            for query, titles in (
                ({"saved": "today"}, ["18"]),
                ({"saved": "week"}, ["18", "12"]),
                ({"saved": "month"}, ["18", "12", "11", "1"]),
                ({"saved_from": "2026-02-28", "saved_to": "2026-03-11"}, ["11", "1", "février"]),
                ({"saved": "month", "saved_to": "2026-03-11"}, ["11", "1"]),
                ({"public": "week"}, ["18", "12"]),
                ({"public_to": "2026-03-11"}, ["11", "1"]),
                ({"public_from": "2026-03-12", "language": "fr"}, ["18", "12"]),
            ):
                with self.subTest(query):
                    self.assertEqual([row.title for row in self.listed(**query)], titles)

    def test_what_cannot_be_is_said_and_nothing_is_listed(self):
        make_article()
        for query in ({"state": "none"}, {"section": "x"}, {"source": "nobody"}, {"saved_from": "3000-99-99"},
                      {"person": "9" * 30}, {"tag": "Inconnu"}, {"saved_from": "9999-12-31"},
                      {"saved_to": "9999-12-31"}, {"saved_from": "0001-01-01"}):  # fmt: skip
            with self.subTest(query):
                response = self.client.get(LIST, query)
                self.assertEqual(response.status_code, 200)
                if response.context["cl"].form.is_valid():
                    continue
                self.assertEqual(list(response.context["cl"].result_list), [])
                self.assertContains(response, '<ul class="errorlist"')

    def test_a_restricted_story_of_others_is_not_found_by_its_tag(self):
        make_article("draft", by=self.editor, tags=["Rail"], restricted=True)
        self.client.force_login(self.journalist)
        self.assertEqual(self.listed(tag="Rail"), [])

    def test_an_action_reaches_what_stands_on_a_later_page(self):
        article = make_article("submitted", tags=["Rail"])
        with mock.patch.multiple(changelist, LOOK=1, LOOK_ALONE=1):
            for _n in range(2):
                make_article("submitted", tags=["Rail"])
            data = {"action": "publish", "_selected_action": [article.pk], "index": 0, "confirmed": "yes"}
            self.client.post(f"{LIST}?tag=Rail&state=waiting", data)
        article.refresh_from_db()
        self.assertEqual(article.status, "published")

    def test_what_is_active_stands_above_the_list_and_can_be_taken_off(self):
        query = {"tag": "Rail", "saved": "month", "saved_to": "2026-03-11", "q": ""}
        Tag.objects.create(name="Rail")
        page = self.client.get(LIST, query)
        without = [address for _label, _text, address in page.context["cl"].chips]
        self.assertEqual(
            without,
            ["?saved=month&saved_to=2026-03-11", "?saved_to=2026-03-11&tag=Rail", "?saved=month&tag=Rail"],
        )
        self.assertContains(page, '<a class="clear" href="?state=">')
        self.assertNotContains(self.client.get(LIST), "active-filters")


class BoundTests(FilterCase):
    """No pair of filters reads more than so many rows, and nothing is lost by it."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.rows = [
            make_article("draft", title=f"{n:02}", by=cls.journalist, section="culture" if n % 5 else "monde",
                         tags=["Rail"] if n % 2 else ["Route"], authors=["Ann Peeters"] if n % 3 else [])
            for n in range(40)
        ]  # fmt: skip

    def walk(self, **query):
        """The titles on all pages, and the number of pages."""
        seen, pages, address = [], 0, LIST
        while address:
            response = self.client.get(address, query if address == LIST else None)
            self.assertEqual(response.status_code, 200, address)
            seen += [row.title for row in response.context["cl"].result_list]
            pages += 1
            address = response.context["cl"].next_link and LIST + response.context["cl"].next_link
        return seen, pages

    def test_every_match_is_reached_however_little_is_looked_at(self):
        section = make_section("culture").pk
        asked = {
            "tag": ({"tag": "Rail"}, lambda n: n % 2),
            "tag, section": ({"tag": "Rail", "section": section}, lambda n: n % 2 and n % 5),
            "author, tag": ({"tag": "Rail", "author": "Ann Peeters"}, lambda n: n % 2 and n % 3),
            "section, state": ({"section": section, "state": "draft"}, lambda n: n % 5),
            "section, person": ({"section": section, "person": self.journalist.pk}, lambda n: n % 5),
            "never": ({"state": "down", "section": section}, lambda n: False),
            "saved": ({"saved": "today", "section": section}, lambda n: n % 5),
        }
        for look in (3, 2000):
            for name, (query, matches) in asked.items():
                with (
                    self.subTest(name, look=look),
                    mock.patch.multiple(changelist, LOOK=look, LOOK_ALONE=look),
                ):
                    seen, _pages = self.walk(**query)
                    self.assertEqual(seen, [f"{n:02}" for n in reversed(range(40)) if matches(n)])

    def test_by_publication_too(self):
        for row in self.rows:
            saved(row, status="published", published_at=timezone.now() - timedelta(days=row.pk))
        query = {"section": make_section("culture").pk, "state": "public"}
        for order in ("6", "-6"):
            with self.subTest(order), mock.patch.multiple(changelist, LOOK=3, LOOK_ALONE=3):
                seen, _pages = self.walk(o=order, **query)
                self.assertEqual(sorted(seen), [f"{n:02}" for n in range(40) if n % 5])

    def test_a_page_that_looked_at_a_part_says_so(self):
        with mock.patch.multiple(changelist, LOOK=3, LOOK_ALONE=3):
            page = self.client.get(LIST, {"tag": "Rail", "section": make_section("monde").pk})
        self.assertContains(page, "Look further back")
        self.assertContains(page, "3 articles were looked at for this page, not all.")

    def test_where_one_filter_has_few_the_rest_is_looked_up_among_them(self):
        rare = make_article("draft", title="rare", tags=["Rail", "Rare"], by=self.journalist)
        with mock.patch.multiple(changelist, LOOK=3, LOOK_ALONE=3):
            page = self.client.get(LIST, {"tag": "Rare", "state": "draft", "person": self.journalist.pk})
        self.assertEqual(list(page.context["cl"].result_list), [rare])
        self.assertNotContains(page, "Look further back")

    @skipUnless(connection.vendor == "sqlite", "the other databases know better which index to read")
    def test_sqlite_reads_the_rows_that_are_named_and_no_whole_index(self):
        query = {"state": "draft", "section": make_section("monde").pk}
        with CaptureQueriesContext(connection) as queries:
            self.client.get(LIST, query)
        page = next(q["sql"] for q in queries if "binned_at" in q["sql"] and "LIMIT 51" in q["sql"])
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + page)
            plan = " ".join(row[3] for row in cursor.fetchall())
        self.assertIn("SEARCH articles_article USING INTEGER PRIMARY KEY", plan)

    def test_thirty_stories_cost_as_many_queries_as_one(self):
        make_article("draft", tags=["Une"], authors=["Une Plume"], title="une")
        for one, many in (
            ({"tag": "Une"}, {"tag": "Rail"}),
            ({"tag": "Une", "author": "Une Plume"}, {"tag": "Rail", "author": "Ann Peeters"}),
        ):
            numbers = []
            for query in (one, many):
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(LIST, query)
                numbers.append(len(queries))
                sql = " ".join(query["sql"].upper() for query in queries)
                for word in ("COUNT(", " OFFSET ", "LIKE '%"):
                    self.assertNotIn(word, sql)
            self.assertEqual(numbers[0], numbers[1])


class WordsTests(FilterCase):
    def test_an_old_match_in_the_section_is_not_hidden_by_newer_ones_elsewhere(self):
        old = make_article(title="Le canal", section="culture")
        for _n in range(3):
            make_article(title="Le canal", section="monde")
        with mock.patch.multiple(changelist, MOST_FOUND=2, MOST_FOUND_ALONE=2):
            page = self.client.get(LIST, {"q": "canal", "section": old.section_id})
            self.assertEqual(list(page.context["cl"].result_list), [old])
            self.assertNotContains(page, "newest articles with these words")
            self.assertContains(self.client.get(LIST, {"q": "canal"}), "newest articles with these words")

    def test_words_meet_every_other_filter(self):
        draft = make_article("draft", title="Le canal", tags=["Rail"])
        make_article(title="Le canal", tags=["Rail"])
        self.assertEqual(self.listed(q="canal", state="draft", tag="Rail"), [draft])


class ViewTests(FilterCase):
    def keep(self, name="Le rail", query="tag=Rail&state=draft&nonsense=1&saved="):
        Tag.objects.get_or_create(name="Rail")
        return self.client.post(VIEWS, {"name": name, "query": query})

    def test_a_view_keeps_what_is_known_and_stands_above_the_list_and_on_the_home(self):
        self.keep()
        view = SavedView.objects.get()
        self.assertEqual((view.user, view.query), (self.editor, "state=draft&tag=Rail"))
        link = '<a href="/admin/articles/article/?state=draft&amp;tag=Rail"'
        self.assertContains(self.client.get("/admin/"), link + ">Le rail</a>")
        self.assertContains(self.client.get(LIST), link + ">Le rail</a>")
        page = self.client.get(f"{LIST}?state=draft&tag=Rail&q=")
        self.assertContains(page, link + ' aria-current="page">')

    def test_what_cannot_be_looked_up_is_not_kept(self):
        for query in ("", "nonsense=1", "state=none", "tag=Inconnu"):
            with self.subTest(query):
                self.keep(query=query)
                self.assertFalse(SavedView.objects.exists())

    def test_a_name_is_used_once_and_twenty_views_are_the_most(self):
        self.keep(), self.keep()
        self.assertEqual(SavedView.objects.count(), 1)
        for n in range(25):
            self.keep(name=f"Vue {n}")
        self.assertEqual(SavedView.objects.count(), 20)

    def test_it_is_renamed_moved_and_deleted(self):
        self.keep("Un"), self.keep("Deux")
        one, two = SavedView.objects.all()
        self.do(two, _up="")
        self.assertEqual(list(SavedView.objects.all()), [two, one])
        self.do(one, _rename="", name="Deux")
        self.do(two, _rename="", name="Trois")
        self.assertEqual([str(view) for view in SavedView.objects.all()], ["Trois", "Un"])
        self.do(one, _delete="")
        self.assertEqual(list(SavedView.objects.all()), [two])

    def do(self, view, **data):
        return self.client.post(reverse("admin:articles_article_view", args=[view.pk]), data)

    def test_the_list_opens_with_the_one_that_was_chosen(self):
        self.keep("Un"), self.keep("Deux", "state=waiting")
        one, two = SavedView.objects.all()
        self.do(one, _first=""), self.do(two, _first="")
        self.assertRedirects(self.client.get(LIST), f"{LIST}?state=waiting")
        self.assertEqual(self.client.get(f"{LIST}?state=").status_code, 200)
        chips = self.client.get(f"{LIST}?state=waiting").context["cl"].chips
        self.assertEqual(chips[0][2], "?state=")  # not the empty address, which would lead back
        self.do(two, _first="")
        self.assertEqual(self.client.get(LIST).status_code, 200)

    def test_nobody_else_reads_or_changes_it(self):
        self.keep("À moi seul")
        view = SavedView.objects.get()
        self.do(view, _first="")
        for other in (self.journalist, make_user("editor"), make_user("administrator")):
            self.client.force_login(other)
            for address in ("/admin/", LIST, VIEWS):
                self.assertNotContains(self.client.get(address), "À moi seul")
            for data in ({"_delete": ""}, {"_first": ""}, {"_up": ""}, {"name": "Autre"}):
                self.assertEqual(self.do(view, **data).status_code, 404)
        view.refresh_from_db()
        self.assertEqual((view.name, view.opens_first), ("À moi seul", True))

    def test_who_sees_no_articles_has_no_views(self):
        self.keep()
        view = SavedView.objects.get()
        nobody = make_user("journalist")
        nobody.groups.clear()
        self.client.force_login(nobody)
        self.assertEqual(self.client.get(VIEWS).status_code, 403)
        self.assertEqual(self.client.post(VIEWS, {"name": "x", "query": "state=draft"}).status_code, 403)
        self.assertEqual(self.do(view, _delete="").status_code, 403)
        self.assertNotContains(self.client.get("/admin/"), "My views")

    def test_looking_changes_nothing(self):
        self.keep()
        address = reverse("admin:articles_article_view", args=[SavedView.objects.get().pk])
        self.assertEqual(self.client.get(address).status_code, 405)

    def test_many_views_cost_as_many_queries_as_one(self):
        self.keep()
        numbers = [len(self.queries(address)) for address in (f"{LIST}?state=", "/admin/", VIEWS)]
        for n in range(9):
            self.keep(f"Vue {n}")
        self.assertEqual(
            [len(self.queries(address)) for address in (f"{LIST}?state=", "/admin/", VIEWS)], numbers
        )

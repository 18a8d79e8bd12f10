from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests.factories import make_article, make_section


class SearchPageTests(TestCase):
    def get(self, **query):
        return self.client.get("/search/", query)

    def test_it_shows_what_was_found(self):
        article = make_article(title="Zébulon passe le pont")
        response = self.get(q="zebulon")
        self.assertContains(response, article.get_absolute_url())
        self.assertContains(response, "<mark>Zébulon</mark>")

    def test_it_is_not_for_search_engines(self):
        self.assertEqual(self.get(q="pont")["X-Robots-Tag"], "noindex, follow")

    def test_what_was_typed_comes_back_escaped(self):
        response = self.get(q='<script>alert("x")</script>')
        self.assertNotContains(response, "<script>alert")
        self.assertContains(response, "&lt;script&gt;")

    def test_no_words_give_a_page_without_hits(self):
        for query in ({}, {"q": ""}, {"q": " ** "}, {"q": "x" * 1500}):
            self.assertEqual(self.get(**query).status_code, 200)
            self.assertEqual(self.get(**query).context["hits"], [])

    def test_unknown_choices_are_as_good_as_none(self):
        make_article(title="Zébulon")
        response = self.get(q="zebulon", section="nulle-part", period="siècle", order="sens")
        self.assertEqual([h.title for h in response.context["hits"]], ["Zébulon"])

    def test_choices_narrow_it(self):
        make_article(title="Zébulon", section="monde")
        make_section("sport")
        self.assertEqual(
            self.get(q="zebulon", section="monde", period="day", order="date").context["found"], 1
        )
        self.assertEqual(self.get(q="zebulon", section="sport").context["found"], 0)

    def test_a_page_that_never_was_is_not_found(self):
        self.assertEqual(self.get(q="pont", after="garbage").status_code, 404)

    def test_it_sets_no_cookie(self):
        self.assertFalse(self.get(q="pont").cookies)

    def test_a_page_takes_at_most_eight_queries(self):
        make_article(title="Zébulon")
        self.get(q="zebulon")
        with CaptureQueriesContext(connection) as queries:
            self.get(q="zebulon", section="monde")
        self.assertLessEqual(len(queries), 8)

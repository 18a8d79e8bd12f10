from dataclasses import replace
from datetime import timedelta
from unittest import mock

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from articles.content import Content
from articles.models import Article
from search import find as finding
from search.find import find, ids_for_desk
from search.models import Entry
from tests.factories import make_article, make_section

BAD_QUERIES = [
    *(
        'a"b',
        "AND",
        "OR NOT NEAR(",
        "*",
        "z*",
        "'",
        "\\",
        "a:b",
        "^a",
        "<->",
        "l'",
        "\x00",
        "«",
        "zebulon & | !",
    ),
    *("ﬁ", "中文", "a" * 5000, "−" * 300, "{title} : x", "'a':*", "é" * 70, "😀 pont", "\ud800"),
]


class FindTests(TestCase):
    def titles(self, query, **options):
        return [story.title for story in find(query, **options).hits]

    def test_every_word_must_be_there_in_some_form(self):
        make_article(title="Les écoles rouvrent", body="<p>Un traité du fleuve.</p>")
        self.assertEqual(self.titles("ecole traites"), ["Les écoles rouvrent"])
        self.assertEqual(self.titles("ecole montagne"), [])

    def test_a_phrase_stands_as_it_is(self):
        make_article(title="Les deux rives du fleuve")
        make_article(title="Deux ponts, une rive")
        self.assertEqual(self.titles('"deux rives"'), ["Les deux rives du fleuve"])

    def test_a_word_is_found_in_every_language_of_the_paper(self):
        make_article(title="Die Brücken der Stadt", language="de")
        make_article(title="De bruggen van de stad", language="nl")
        self.assertEqual(self.titles("brücke"), ["Die Brücken der Stadt"])
        self.assertEqual(self.titles("brug"), ["De bruggen van de stad"])
        self.assertEqual(self.titles("brug", language="de"), [])

    def test_bylines_and_tags_are_found(self):
        make_article(title="Signé", authors=["Maëlle Torrekens"], tags=["Énergie"])
        self.assertEqual(self.titles("torrekens energie"), ["Signé"])

    def test_only_what_is_public_is_found(self):
        for status in ("draft", "submitted", "returned", "scheduled", "unpublished", "withdrawn", "blocked"):
            make_article(status, title=f"Zébulon {status}")
        make_article(title="Zébulon expiré", expires_at=timezone.now() - timedelta(seconds=1))
        make_article(title="Zébulon public")
        self.assertEqual(self.titles("zebulon"), ["Zébulon public"])
        self.assertEqual(find("zebulon").found, 1)

    def test_a_story_taken_down_is_gone_at_once(self):
        article = make_article(title="Zébulon")
        article.take_down(by=None, version=article.version)
        self.assertEqual(self.titles("zebulon"), [])

    def test_changes_pending_are_not_found(self):
        article = make_article(title="Ancien titre")
        changed = replace(Content.of(article), title="Nouveau titre")
        article.save_content(changed, by=None, version=article.version)
        self.assertEqual(self.titles("nouveau"), [])
        self.assertEqual(self.titles("ancien"), ["Ancien titre"])

    def test_the_title_counts_more_than_the_text_and_the_newest_comes_first_among_equals(self):
        now = timezone.now()
        make_article(title="Un", body="<p>Zébulon passe.</p>", published_at=now - timedelta(hours=1))
        make_article(title="Zébulon, le vieux", published_at=now - timedelta(days=9))
        make_article(title="Zébulon, le jeune", published_at=now - timedelta(days=2))
        self.assertEqual(self.titles("zebulon"), ["Zébulon, le jeune", "Zébulon, le vieux", "Un"])
        self.assertEqual(
            self.titles("zebulon", order="date"), ["Un", "Zébulon, le jeune", "Zébulon, le vieux"]
        )

    def test_a_section_has_what_stands_below_it_and_what_also_stands_there(self):
        make_article(title="Zébulon ici", section="network/villes")
        make_article(title="Zébulon aussi", section="monde", further_sections=[make_section("network/autre")])
        make_article(title="Zébulon ailleurs", section="monde")
        found = self.titles("zebulon", section=make_section("network"))
        self.assertEqual(sorted(found), ["Zébulon aussi", "Zébulon ici"])

    def test_a_section_moved_takes_its_stories_along(self):
        make_article(title="Zébulon", section="network/villes")
        villes = make_section("network/villes")
        villes.parent = make_section("belgique")
        villes.save()
        self.assertEqual(self.titles("zebulon", section=make_section("network")), [])
        self.assertEqual(self.titles("zebulon", section=make_section("belgique")), ["Zébulon"])

    def test_a_period_leaves_out_what_is_older(self):
        now = timezone.now()
        make_article(title="Zébulon hier", published_at=now - timedelta(hours=30))
        make_article(title="Zébulon ce matin", published_at=now - timedelta(hours=3))
        self.assertEqual(self.titles("zebulon", since=now - timedelta(days=1)), ["Zébulon ce matin"])

    def test_pages_follow_one_another_without_a_gap(self):
        now = timezone.now()
        for n in range(5):
            make_article(title=f"Zébulon {n}", published_at=now - timedelta(hours=n + 1))
        with mock.patch.object(finding, "PAGE", 2):
            for order in ("date", "relevance"):
                first = find("zebulon", order=order)
                second = find("zebulon", order=order, after=first.next)
                third = find("zebulon", order=order, after=second.next)
                titles = [story.title for page in (first, second, third) for story in page.hits]
                self.assertEqual(titles, [f"Zébulon {n}" for n in range(5)])
                self.assertIsNone(third.next)

    def test_more_than_the_bound_is_said_to_be_more(self):
        now = timezone.now()
        for n in range(4):
            make_article(title=f"Zébulon {n}", published_at=now - timedelta(hours=n + 1))
        with mock.patch.object(finding, "MOST", 3):
            results = find("zebulon", order="date")
        self.assertEqual((results.found, results.capped), (3, True))
        self.assertEqual(results.hits[0].title, "Zébulon 0")

    def test_no_input_breaks_it(self):
        make_article(title="Zébulon AND pont")
        for query in BAD_QUERIES:
            find(query)
            ids_for_desk(query)
        self.assertEqual(self.titles("zebulon AND"), ["Zébulon AND pont"])
        self.assertEqual(find("").hits, [])
        self.assertEqual(find("!?").found, 0)

    def test_hits_carry_their_words_marked(self):
        make_article(title="Le <pont> du fleuve", summary="Un pont & un fleuve.")
        (story,) = find("ponts").hits
        self.assertEqual(story.title_marked, "Le &lt;<mark>pont</mark>&gt; du fleuve")
        self.assertEqual(story.snippet, "Un <mark>pont</mark> &amp; un fleuve.")

    def test_as_many_queries_for_one_hit_as_for_thirty(self):
        section = make_section("monde")
        make_article(title="Zébulon")
        with self.assertNumQueries(6):
            find("zebulon", section=section)
        for _ in range(25):
            make_article(title="Zébulon", authors=["Une plume"])
        with self.assertNumQueries(6):
            find("zebulon", section=section)


class DeskTests(TestCase):
    def test_the_desk_finds_drafts_by_beginnings_of_words(self):
        draft = make_article("draft", title="Zébulon en chantier")
        make_article(title="Autre")
        self.assertEqual(ids_for_desk("zebu chant"), [draft.pk])
        self.assertEqual(ids_for_desk("zzz"), [])
        self.assertEqual(ids_for_desk(" "), [])

    def test_what_is_in_the_bin_leaves_the_index(self):
        draft = make_article("draft", title="Zébulon")
        draft.bin(by=None, version=draft.version)
        self.assertEqual(ids_for_desk("zebulon"), [])
        draft.unbin(by=None, version=draft.version)
        self.assertEqual(ids_for_desk("zebulon"), [draft.pk])

    def test_a_story_deleted_takes_its_entry_along(self):
        draft = make_article("draft", title="Zébulon")
        draft.delete()
        self.assertFalse(Entry.objects.exists())
        self.assertEqual(ids_for_desk("zebulon"), [])


class ReindexTests(TestCase):
    def test_the_index_is_written_anew(self):
        article = make_article(title="Zébulon")
        Entry.objects.all().delete()
        Article.objects.filter(pk=article.pk).update(title="Zacharie")
        self.assertEqual(find("zebulon").found, 0)
        call_command("reindex", stdout=mock.Mock())
        self.assertEqual([story.title for story in find("zacharie").hits], ["Zacharie"])

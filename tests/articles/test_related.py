"""Which stories stand around a story."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.models import Article
from articles.related import rarity, surroundings
from tests.factories import make_article


class RelatedTests(TestCase):
    def around(self, article, **kwargs):
        return surroundings(article, article.tags.all(), **kwargs)

    def test_those_chosen_by_hand_come_first_in_their_order(self):
        tagged = make_article(tags=["Ponts"])
        first, second = make_article(section="sport"), make_article(section="culture")
        article = make_article(tags=["Ponts"], related=[second, first])
        self.assertEqual(self.around(article).related[:3], [second, first, tagged])

    def test_a_rare_tag_says_more_than_a_common_one(self):
        rare = make_article(section="sport", tags=["Écluses"])
        for _ in range(6):
            make_article(section="culture", tags=["Eau"])
        article = make_article(tags=["Eau", "Écluses"])
        self.assertEqual(self.around(article).related[0], rare)
        self.assertGreater(rarity(1), rarity(1000))

    def test_two_shared_tags_beat_the_section(self):
        make_article(section="monde")
        both = make_article(section="sport", tags=["Eau", "Ponts"])
        article = make_article(section="monde", tags=["Eau", "Ponts"])
        self.assertEqual(self.around(article).related[0], both)

    def test_without_likeness_the_newest_stand_there(self):
        old = make_article(section="sport", published_at=timezone.now() - timedelta(days=3))
        new = make_article(section="culture")
        self.assertEqual(self.around(make_article(section="monde")).related, [new, old])

    def test_never_the_story_itself_nor_one_twice_nor_what_is_not_public(self):
        article = make_article(tags=["Ponts"])
        make_article(tags=["Ponts"], status="draft")
        make_article(tags=["Ponts"], status="withdrawn")
        make_article(tags=["Ponts"], status="scheduled")
        make_article(
            tags=["Ponts"], published_at=timezone.now() - timedelta(hours=2), expires_at=timezone.now()
        )
        others = [make_article(tags=["Ponts"], further_sections=[article.section]) for _ in range(12)]
        around = self.around(article)
        shown = [*around.related, *around.in_section]
        self.assertEqual(len(shown), len({story.pk for story in shown}))
        self.assertLessEqual({story.pk for story in shown}, {story.pk for story in others})
        self.assertEqual((len(around.related), len(around.in_section)), (4, 5))

    def test_a_story_in_another_language_is_a_translation_or_chosen_but_not_alike(self):
        article = make_article(tags=["Ponts"])
        dutch = make_article(section="nl", language="nl", translation_of=article)
        make_article(section="nl", language="nl", tags=["Ponts"])
        around = self.around(article)
        self.assertEqual((around.translations, around.related), ([dutch], []))
        self.assertEqual(self.around(dutch).translations, [article])

    def test_it_costs_two_queries_for_few_stories_and_for_many(self):
        article = make_article(tags=["Ponts", "Eau", "Bois"])
        make_article(tags=["Ponts"])
        article = Article.objects.select_related("section").get(pk=article.pk)
        tags = list(article.tags.all())
        with self.assertNumQueries(2):
            surroundings(article, tags)
        for _ in range(30):
            make_article(tags=["Ponts", "Eau", "Bois"], authors=["Maëlle Torrekens"])
        with self.assertNumQueries(2):
            stories = surroundings(article, tags)
            self.assertTrue(all(story.section.name for story in stories.related))

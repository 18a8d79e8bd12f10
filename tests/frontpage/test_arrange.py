"""What stands where on the front page."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.models import Section
from frontpage.arrange import arrange
from tests.factories import make_article, make_author, make_image, make_section, make_source


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


class ArrangeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.image = make_image()
        for name in ("monde", "europe", "belgique", "economie", "culture", "sciences", "sport"):
            make_section(name)
        Section.objects.create(name="Opinions", slug="opinions", is_opinion=True)

    def fill(
        self,
        per_section=6,
        sections=("monde", "europe", "belgique", "economie", "culture", "sciences", "sport"),
    ):
        return [
            make_article(
                section=name, image=self.image if n % 2 else None, published_at=hours_ago(n * 7 + place)
            )
            for n in range(per_section)
            for place, name in enumerate(sections)
        ]

    def test_an_empty_paper_has_an_empty_front(self):
        front = arrange("fr")
        self.assertIsNone(front.lead)
        self.assertEqual(list(front), [])

    def test_no_story_stands_in_two_places(self):
        self.fill()
        for _ in range(5):
            make_article(section="opinions")
        shown = [story.pk for story in arrange("fr")]
        self.assertEqual(len(shown), len(set(shown)))
        self.assertGreater(len(shown), 30)

    def test_the_lead_is_the_newest_of_our_own_with_a_picture(self):
        wanted = make_article(section="monde", image=self.image, published_at=hours_ago(3))
        make_article(section="sport", published_at=hours_ago(1))
        make_article(
            section="europe",
            image=self.image,
            published_at=hours_ago(2),
            source=make_source(),
            original_url="https://x.example/",
        )
        make_article(section="monde", image=self.image, published_at=hours_ago(9))
        self.assertEqual(arrange("fr").lead, wanted)

    def test_without_any_picture_the_newest_leads(self):
        make_article(section="sport", published_at=hours_ago(3))
        newest = make_article(section="monde", published_at=hours_ago(1))
        self.assertEqual(arrange("fr").lead, newest)

    def test_opinion_never_leads_and_has_its_own_band(self):
        make_author("Basile Oyono", photo=self.image)
        opinion = make_article(section="opinions", image=self.image, authors=["Basile Oyono"])
        news = make_article(section="monde", published_at=hours_ago(5))
        front = arrange("fr")
        self.assertEqual((front.lead, front.opinions.stories), (news, [opinion]))
        self.assertContains(self.client.get("/"), "Basile Oyono")

    def test_second_stories_come_from_different_headings(self):
        for n in range(5):
            make_article(section="monde", image=self.image, published_at=hours_ago(n))
        others = [
            make_article(section=name, published_at=hours_ago(9)) for name in ("europe", "sport", "culture")
        ]
        second = arrange("fr").second
        self.assertLessEqual(set(others), set(second))
        self.assertTrue(second[0].image_id)

    def test_what_was_chosen_as_related_stands_under_the_lead(self):
        chosen = make_article(section="sport", published_at=hours_ago(40))
        lead = make_article(section="monde", image=self.image, related=[chosen])
        front = arrange("fr")
        self.assertEqual((front.lead, front.related), (lead, [chosen]))

    def test_each_heading_has_a_block_in_the_menus_order_unless_it_is_empty_or_unwanted(self):
        self.fill(sections=("monde", "europe", "sport"))
        Section.objects.filter(slug="europe").update(position=90)
        Section.objects.filter(slug="sport").update(on_front=False)
        blocks = [block.section.slug for line in arrange("fr").blocks for block in line]
        self.assertEqual(blocks, ["monde", "europe"])

    def test_stories_in_another_language_stay_on_their_own_front(self):
        Section.objects.create(name="Nederlands", slug="nl", language="nl")
        dutch = make_article(section="nl", language="nl")
        french = make_article(section="monde")
        self.assertEqual(list(arrange("fr")), [french])
        self.assertNotIn(french, list(arrange("nl")))
        self.assertEqual(arrange("nl").lead, dutch)

    def test_what_is_not_public_stays_away(self):
        for status in ("draft", "scheduled", "withdrawn"):
            make_article(status=status)
        make_article(published_at=hours_ago(2), expires_at=hours_ago(1))
        self.assertEqual(list(arrange("fr")), [])

    def test_it_costs_the_same_for_few_stories_and_for_many(self):
        make_article(section="monde", authors=["A B"])
        with self.assertNumQueries(6):  # masthead and section tree, which a request remembers, and four
            arrange("fr")
        self.fill(per_section=5)
        with self.assertNumQueries(6):
            for story in arrange("fr"):
                self.assertTrue(story.section.name)
                [byline.author.photo for byline in story.bylines.all()]


class FrontPageTests(TestCase):
    def test_an_empty_paper_has_a_front_page(self):
        self.assertContains(self.client.get("/"), "<h1", count=1)

    def test_a_published_story_is_there_on_the_next_request_and_gone_when_withdrawn(self):
        self.client.get("/")
        article = make_article(title="Le pont est ouvert")
        self.assertContains(self.client.get("/"), "Le pont est ouvert")
        article.take_down(by=None, version=article.version, how="withdrawn", reason="Erreur.")
        self.assertNotContains(self.client.get("/"), "Le pont est ouvert")

    def test_every_link_to_a_story_stands_once_outside_the_ranking(self):
        stories = [make_article(section=name) for name in ("monde", "sport", "culture") for _ in range(5)]
        html = self.client.get("/").content.decode()
        before, _rank, after = html.partition('class="ranking"')
        places = before + after.partition("</ol>")[2]
        for story in stories:
            self.assertEqual(places.count(f'href="{story.get_absolute_url()}"'), 1)

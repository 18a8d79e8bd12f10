"""What an editor arranges: who may, from when to when, and what readers then see."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone

import pagecache
from accounts.models import AuditEntry
from articles.models import Section
from bench.queries import queries
from frontpage.arrange import arrange
from frontpage.models import Arrangement, Overtaken, Slot, next_boundary, slots_now
from pagecache import generation, moments
from tests.factories import make_article, make_image, make_section, make_user, move


def hours(n):
    return timezone.now() + timedelta(hours=n)


def slot(place, article=None, **values):
    return Slot(place=place, article=article, **values)


class ArrangementTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.image = make_image()
        cls.old = make_article(section="monde", published_at=hours(-300), title="Un vieux pont")
        cls.stories = [
            make_article(section="monde", image=cls.image, published_at=hours(-n)) for n in range(1, 9)
        ]

    def publish(self, *slots, section=None, base=None, **options):
        newest = Arrangement.objects.newest(section)
        base = (newest.pk if newest else 0) if base is None else base
        return Arrangement.publish(section, list(slots), by=self.editor, base=base, **options)

    def front(self):
        return arrange("fr", slots_now())


class FrontTests(ArrangementTestCase):
    def test_what_was_chosen_stands_there_and_nowhere_else(self):
        chosen = self.stories[3]
        self.publish(slot("lead", self.old), slot("second-2", chosen))
        front = self.front()
        self.assertEqual((front.lead, front.second[1]), (self.old, chosen))
        shown = [story.pk for story in front]
        self.assertEqual(len(shown), len(set(shown)))

    def test_readers_see_it_at_once_under_the_title_it_has_there(self):
        self.client.get("/")
        self.publish(slot("lead", self.old, title="Le pont revient", kicker="Retour"))
        page = self.client.get("/")
        self.assertContains(page, "Le pont revient")
        self.assertContains(page, "Retour")
        self.assertContains(self.client.get(self.old.get_absolute_url()), "Un vieux pont")

    def test_what_is_taken_down_or_over_leaves_its_place(self):
        self.publish(slot("lead", self.old))
        self.old.take_down(by=None, version=self.old.version, how="withdrawn", reason="Erreur.")
        self.assertEqual(self.front().lead, self.stories[0])
        other = make_article(section="monde", published_at=hours(-200), expires_at=hours(-1))
        self.publish(slot("lead", other))
        self.assertEqual(self.front().lead, self.stories[0])

    def test_a_slot_ends_by_itself(self):
        self.publish(
            slot("lead", self.old, until=hours(-1)), slot("second-1", self.stories[7], until=hours(1))
        )
        front = self.front()
        self.assertEqual((front.lead, front.second[0]), (self.stories[0], self.stories[7]))

    def test_an_arrangement_holds_from_its_moment(self):
        self.publish(slot("lead", self.old), holds_from=hours(2))
        self.assertEqual(self.front().lead, self.stories[0])
        Arrangement.objects.update(holds_from=hours(-1))
        self.assertEqual(self.front().lead, self.old)

    def test_the_newest_that_holds_wins_and_the_earlier_is_kept(self):
        self.publish(slot("lead", self.old))
        self.publish()
        self.assertEqual(self.front().lead, self.stories[0])
        self.assertEqual(Arrangement.objects.count(), 2)

    def test_the_page_cache_is_told_the_next_moment(self):
        self.assertIsNone(next_boundary(timezone.now()))
        begins, ends = hours(3), hours(2)
        self.publish(slot("lead", self.old, until=ends), holds_from=begins)
        self.assertEqual(next_boundary(timezone.now()), ends)
        self.assertEqual(next_boundary(ends), begins)
        self.assertLessEqual(moments._parts.until(moments.Reading(None, timezone.now())), ends)

    def test_a_place_may_have_a_rule_of_its_own(self):
        sport = make_article(section="sport", published_at=hours(-100))
        plain = make_article(section="monde", published_at=hours(-0.5))
        rule = f"section:{sport.section_id}"
        self.publish(slot("lead", rule=rule), slot("second-1", rule="read"), slot("second-2", rule="picture"))
        front = self.front()
        self.assertEqual(front.lead, sport)
        self.assertEqual(
            front.second[:2], [plain, self.stories[0]]
        )  # without reads the newest are the most read

    def test_a_story_chosen_for_a_section_that_left_the_front_page_is_not_lost(self):
        self.publish(slot(f"block-{self.stories[0].section_id}-1", self.stories[0]))
        Section.objects.update(on_front=False)
        self.assertEqual(self.front().lead, self.stories[0])

    def test_a_block_shows_what_was_chosen_in_its_order(self):
        section = self.old.section_id
        self.publish(slot(f"block-{section}-2", self.old))
        for n in range(20):
            make_article(section="monde", published_at=hours(-20 - n))
        self.assertEqual(self.front().blocks[0][0].stories[1], self.old)

    def test_it_costs_the_same_arranged_and_not(self):
        def cost():
            pagecache.changed()
            with moments.read(generation.current()):
                slots_now()
                with self.assertNumQueries(6):
                    self.front()

        cost()
        self.publish(
            slot("lead", self.old), slot("second-1", self.stories[7]), slot("second-2", rule="picture")
        )
        cost()


class SectionTests(ArrangementTestCase):
    def test_a_sections_top_is_arranged_and_no_story_stands_twice(self):
        monde = make_section("monde")
        self.publish(slot("lead", self.old), slot("second-2", self.stories[4]), section=monde)
        html = self.client.get("/monde/").content.decode()
        self.assertEqual(
            html.count(f'<a href="{self.stories[4].get_absolute_url()}"'), 2
        )  # … and in the ranking
        first, *_others = html.partition("section-top")[2].split("<h3>")[1:]
        self.assertIn(self.old.get_absolute_url(), first)
        self.assertNotEqual(arrange("fr", slots_now()).lead, self.old)

    def test_what_is_taken_down_leaves_it(self):
        monde = make_section("monde")
        self.publish(slot("lead", self.old), section=monde)
        self.old.take_down(by=None, version=self.old.version, how="withdrawn", reason="Erreur.")
        self.assertNotContains(self.client.get("/monde/"), "Un vieux pont")

    def test_what_moved_to_another_section_leaves_it(self):
        monde = make_section("monde")
        self.publish(slot("lead", self.old, title="Ce vieux pont"), section=monde)
        cost = len(queries(self.client, "/monde/")[1])
        self.assertContains(self.client.get("/monde/"), "Ce vieux pont")
        move(self.old, make_section("sport"))
        self.assertNotContains(self.client.get("/monde/"), "Ce vieux pont")
        self.assertLessEqual(len(queries(self.client, "/monde/")[1]), cost + 1)  # for what is not among the newest

    def test_an_arranged_section_costs_two_queries_more_at_most(self):
        plain = len(queries(self.client, "/monde/")[1])
        self.publish(slot("lead", self.old), slot("second-1", self.stories[5]), section=make_section("monde"))
        arranged = len(queries(self.client, "/monde/")[1])
        self.assertLessEqual(arranged - plain, 2)
        self.assertLessEqual(arranged, 8)


class BreakingNewsTests(ArrangementTestCase):
    def test_the_line_stands_above_every_page_until_its_moment(self):
        self.publish(slot("band", title="La digue a cédé", until=hours(1)))
        for address in ("/", "/monde/", self.old.get_absolute_url(), "/latest/"):
            self.assertContains(self.client.get(address), "La digue a cédé")
        Slot.objects.update(until=hours(-1))
        self.assertNotContains(self.client.get("/"), "La digue a cédé")

    def test_it_leads_to_its_story_and_goes_with_it(self):
        self.publish(slot("band", self.old, title="La digue a cédé"))
        link = f'<a href="{self.old.get_absolute_url()}">La digue a cédé</a>'
        self.assertContains(self.client.get("/"), link, html=True)
        self.old.take_down(by=None, version=self.old.version, how="withdrawn", reason="Erreur.")
        self.assertNotContains(self.client.get("/"), "La digue a cédé")

    def test_pages_in_another_language_have_their_own(self):
        dutch = Section.objects.create(name="Nederlands", slug="nl", language="nl")
        self.publish(slot("band", title="La digue a cédé"))
        self.assertNotContains(self.client.get("/nl/"), "La digue")
        self.publish(slot("band", title="De dijk brak"), section=dutch)
        self.assertContains(self.client.get("/nl/"), "De dijk brak")
        self.assertNotContains(self.client.get("/"), "De dijk")


class VerbTests(ArrangementTestCase):
    def test_a_journalist_cannot_arrange(self):
        with self.assertRaises(PermissionDenied):
            Arrangement.publish(None, [], by=make_user("journalist"), base=0)

    def test_who_began_from_an_older_one_is_refused(self):
        newest = self.publish(slot("lead", self.old))
        with self.assertRaises(Overtaken) as refused:
            self.publish(base=0)
        self.assertEqual(refused.exception.newest, newest)
        self.assertEqual(self.front().lead, self.old)

    def test_it_is_told_in_the_trail(self):
        made = self.publish(note="Le soir", holds_from=hours(1))
        made.drop(by=self.editor)
        verbs = AuditEntry.objects.filter(by=self.editor).order_by("id").values_list("verb", flat=True)
        self.assertEqual(list(verbs), ["arrange page", "drop arrangement"])

    def test_a_section_that_goes_with_its_arrangements_leaves_their_number_in_the_trail(self):
        section = make_section("vide")
        self.publish(slot("lead"), section=section)
        self.client.force_login(self.editor)
        self.client.post(f"/admin/articles/section/{section.pk}/delete/", {"post": "yes"})
        self.assertFalse(Arrangement.objects.exists())
        entry = AuditEntry.objects.get(verb="delete section")
        self.assertEqual((entry.label, entry.target_id), ("Vide", section.pk))
        self.assertEqual([str(text) for _name, text in entry.told], ["arrangements: 1, places: 1"])

    def test_what_holds_already_is_not_dropped(self):
        made = self.publish(slot("lead", self.old))
        self.assertFalse(made.drop(by=self.editor))
        with self.assertRaises(PermissionDenied):
            made.drop(by=make_user("journalist"))
        self.assertEqual(self.front().lead, self.old)

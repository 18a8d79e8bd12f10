"""The paper's identity, its pages, its menus and addresses that moved."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase, override_settings

from masthead.models import Masthead, MenuEntry, Page, Redirect, next_midnight
from tests.factories import make_article, make_section


def refused(instance):
    """What `full_clean` says, by field."""
    try:
        instance.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


class MastheadTests(TestCase):
    def test_without_a_row_there_is_a_default(self):
        self.assertEqual((Masthead.current().name, Masthead.current().language), ("Newsroom", "fr"))

    def test_there_is_one_row_whoever_saves(self):
        Masthead.objects.create(name="Le Courrier")
        Masthead(name="Les Deux Rives").save()
        self.assertEqual([row.name for row in Masthead.objects.all()], ["Les Deux Rives"])

    def test_the_database_refuses_a_second_one(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Masthead.objects.bulk_create([Masthead(id=2, name="Another")])

    def test_social_profiles_are_addresses_one_a_line(self):
        masthead = Masthead(name="x", social_profiles="https://social.example/@x\n\n javascript:alert(1)")
        self.assertIn("javascript", refused(masthead)["social_profiles"][0])
        masthead.social_profiles = "https://social.example/@x\r\n\r\nhttps://video.example/x\r\n"
        self.assertEqual(refused(masthead), {})
        self.assertEqual(masthead.profiles, ["https://social.example/@x", "https://video.example/x"])

    def test_a_time_zone_that_does_not_exist_is_refused(self):
        self.assertIn("time_zone", refused(Masthead(name="x", time_zone="Europe/Nowhere")))

    def test_the_day_ends_at_the_papers_own_midnight(self):
        Masthead.objects.create(name="x", time_zone="Europe/Brussels")
        for now, midnight in (
            (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), datetime(2026, 11, 24, 23, 0, tzinfo=UTC)),
            (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), datetime(2026, 11, 25, 23, 0, tzinfo=UTC)),
            (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        ):
            self.assertEqual(next_midnight(now), midnight)


class PageTests(TestCase):
    def test_the_sites_own_words_are_refused_as_an_address(self):
        for slug in ("admin", "search", "feed", "latest", "2026", "Admin"):
            self.assertIn("slug", refused(Page(title="x", slug=slug)), slug)

    def test_an_address_that_is_taken_is_refused(self):
        Page.objects.create(title="Qui sommes-nous", slug="about")
        for slug in ("about", "About"):
            self.assertIn("slug", refused(Page(title="x", slug=slug)), slug)

    def test_a_page_keeps_its_own_address(self):
        page = Page.objects.create(title="Qui sommes-nous", slug="about")
        self.assertEqual(refused(page), {})

    def test_there_is_one_page_of_a_kind_in_a_language(self):
        Page.objects.create(title="Vie privée", slug="vie-privee", kind="privacy")
        self.assertTrue(refused(Page(title="x", slug="x", kind="privacy")))
        self.assertEqual(refused(Page(title="Privacy", slug="privacy", kind="privacy", language="nl")), {})
        self.assertEqual(refused(Page(title="x", slug="x")), {})

    def test_the_pages_of_a_kind_are_found_in_the_language_asked_for(self):
        Page.objects.create(title="Vie privée", slug="vie-privee", kind="privacy")
        Page.objects.create(title="Privacy", slug="privacy", kind="privacy", language="nl")
        Page.objects.create(title="Charte", slug="charte", kind="ethics", is_published=False)
        self.assertEqual(Page.of_kinds("nl")["privacy"].slug, "privacy")
        self.assertEqual(Page.of_kinds("de")["privacy"].slug, "vie-privee")
        self.assertNotIn("ethics", Page.of_kinds())

    def test_scripts_do_not_reach_the_database(self):
        page = Page.objects.create(title="x", slug="x", body="<p onclick='a()'>Bon</p><script>a()</script>")
        page.refresh_from_db()
        self.assertEqual(page.body, "<p>Bon</p>")


class MenuTests(TestCase):
    def labels(self, place, language="fr"):
        return [entry["label"] for entry in MenuEntry.shown(place, language)]

    def test_an_entry_leads_to_a_page_or_to_an_address_not_to_both_or_none(self):
        page = Page.objects.create(title="Contact", slug="contact")
        self.assertTrue(refused(MenuEntry(place="header", label="x")))
        self.assertTrue(refused(MenuEntry(place="header", label="x", page=page, address="/latest/")))
        self.assertEqual(refused(MenuEntry(place="header", page=page)), {})
        self.assertIn("label", refused(MenuEntry(place="header", address="/latest/")))

    def test_scripts_and_foreign_hosts_without_a_scheme_are_refused(self):
        hidden = ("/\\elsewhere.example/", "/\t/elsewhere.example/")  # two slashes, as a browser reads them
        for address in (
            "javascript:alert(1)",
            "//elsewhere.example/",
            "latest/",
            "data:text/html,x",
            *hidden,
        ):
            self.assertIn("address", refused(MenuEntry(place="header", label="x", address=address)), address)

    def test_entries_stand_in_their_order_and_language(self):
        MenuEntry.objects.create(place="header", label="Deux", address="/b/", position=2)
        MenuEntry.objects.create(place="header", label="Een", address="/a/", position=1, language="nl")
        MenuEntry.objects.create(place="footer", label="Pied", address="/c/")
        self.assertEqual(self.labels("header"), ["Deux"])
        self.assertEqual(self.labels("header", "nl"), ["Een", "Deux"])

    def test_a_new_entry_and_a_new_page_stand_last(self):
        for label in ("Un", "Deux"):
            MenuEntry.objects.create(place="header", label=label, address="/latest/")
        for slug in ("zone", "aide"):
            Page.objects.create(title=slug, slug=slug)
        self.assertEqual(self.labels("header"), ["Un", "Deux"])
        self.assertEqual(self.labels("footer"), ["zone", "aide"])
        entry = MenuEntry.objects.create(place="header", label="Zéro", address="/", position=0)
        self.assertEqual((entry.position, self.labels("header")[0]), (0, "Zéro"))

    def test_the_footer_shows_the_pages_that_ask_for_it_once(self):
        about = Page.objects.create(title="Qui sommes-nous", slug="about", position=2)
        Page.objects.create(title="Mentions légales", slug="legal", position=1)
        Page.objects.create(title="Brouillon", slug="draft", is_published=False)
        Page.objects.create(title="Ailleurs", slug="elsewhere", in_footer=False)
        MenuEntry.objects.create(place="footer", page=about, label="Le journal")
        self.assertEqual(self.labels("footer"), ["Le journal", "Mentions légales"])

    def test_a_page_of_a_kind_is_shown_in_the_readers_language_where_there_is_one(self):
        Page.objects.create(title="Mentions légales", slug="mentions", kind="legal", position=1)
        Page.objects.create(title="Vie privée", slug="vie-privee", kind="privacy", position=2)
        Page.objects.create(title="Privacy", slug="privacy", kind="privacy", language="nl", position=3)
        self.assertEqual(self.labels("footer", "nl"), ["Mentions légales", "Privacy"])
        self.assertEqual(self.labels("footer", "fr"), ["Mentions légales", "Vie privée"])

    def test_an_order_can_never_be_so_high_that_none_follows(self):
        entry = MenuEntry(place="header", label="Un", address="/a/", position=2**63 - 1)
        with self.assertRaises(ValidationError):
            entry.full_clean()
        entry.position = 1_000_000
        entry.full_clean()
        entry.save()
        last = MenuEntry.objects.create(place="header", label="Deux", address="/b/")
        last.full_clean()
        self.assertEqual(self.labels("header"), ["Un", "Deux"])

    def test_an_entry_of_an_unpublished_page_is_not_shown(self):
        page = Page.objects.create(title="x", slug="x", is_published=False)
        MenuEntry.objects.create(place="header", page=page)
        self.assertEqual(self.labels("header"), [])


@override_settings(SITE_URL="https://paper.example", ALLOWED_HOSTS=["www.paper.example", "testserver"])
class RedirectTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page = Page.objects.create(title="Qui sommes-nous", slug="about")

    def make(self, old_path, leads_to):
        redirect = Redirect(old_path=old_path)
        redirect.lead_to(leads_to)
        redirect.full_clean()
        redirect.save()
        return redirect

    def test_of_ours_it_remembers_what_lives_there_and_follows_when_it_moves(self):
        redirect = self.make("/qui/", "https://www.paper.example/about/")
        self.assertEqual((redirect.target, redirect.url), (self.page, ""))
        Page.objects.filter(pk=self.page.pk).update(slug="le-journal")
        self.assertEqual(Redirect.find("/qui"), "/le-journal/")

    def test_a_story_is_followed_to_its_new_section(self):
        story = make_article(section="monde")
        self.make("/2019/05/un-pont/", story.get_absolute_url())
        type(story).objects.filter(pk=story.pk).update(section=make_section("network/europe"))
        self.assertEqual(Redirect.find("/2019/05/un-pont/"), f"/network/europe/{story.slug}/")
        self.assertRedirects(self.client.get("/2019/05/un-pont"), f"/network/europe/{story.slug}/", 301)

    def test_a_section_is_followed_too(self):
        section = make_section("monde")
        self.make("/world/", "/monde/")
        self.assertEqual(Redirect.objects.get().target, section)

    def test_the_address_of_a_story_cannot_be_led_away(self):
        with self.assertRaises(ValidationError):
            self.make(make_article().get_absolute_url(), "https://shop.example/")

    def test_elsewhere_it_keeps_the_address(self):
        self.make("/boutique/", "https://shop.example/a?b=c")
        self.assertEqual(Redirect.find("/boutique/"), "https://shop.example/a?b=c")

    def test_the_old_address_is_found_in_every_spelling(self):
        self.make("https://paper.example/2019/05/%C3%A9t%C3%A9/?utm=1", "/about/")
        for path in ("/2019/05/été/", "/2019/05/été", "/2019/05/%C3%A9t%C3%A9"):
            self.assertEqual(Redirect.find(path), "/about/", path)

    def test_a_redirect_never_points_at_another_one(self):
        self.make("/qui/", "/about/")
        with self.assertRaisesMessage(ValidationError, "/qui itself leads to /about/. Write that address."):
            self.make("/who/", "/qui/")

    def test_it_cannot_point_at_nothing_of_ours(self):
        with self.assertRaisesMessage(ValidationError, "Nothing of ours lives at this address."):
            self.make("/who/", "/nowhere/")

    def test_it_cannot_point_at_a_part_of_what_lives_there(self):
        for rest in ("?page=2", "#top"):
            with self.assertRaisesMessage(ValidationError, f"Leave out “{rest}”"):
                self.make("/who/", f"/about/{rest}")
        self.make("/who/", "/search/?q=eau")
        self.assertEqual(Redirect.find("/who/"), "/search/?q=eau")

    def test_it_can_point_at_an_address_of_the_site_itself(self):
        self.make("/rss/", "/feed/")
        self.assertEqual(Redirect.find("/rss/"), "/feed/")

    def test_scripts_are_refused(self):
        for address in ("javascript:alert(1)", "//elsewhere.example/", "data:text/html,x"):
            with self.assertRaises(ValidationError):
                self.make("/who/", address)

    def test_a_live_address_cannot_be_led_away(self):
        for path in ("/about/", "/search/", "/", "/admin/x/"):
            with self.assertRaises(ValidationError, msg=path):
                self.make(path, "https://shop.example/")

    def test_one_address_leads_to_one_place(self):
        self.make("/qui/", "/about/")
        with self.assertRaises(ValidationError):
            self.make("/qui", "https://shop.example/")

    def test_two_old_addresses_differ_by_more_than_capitals(self):
        self.make("/Vieux/", "/about/")
        with self.assertRaisesMessage(ValidationError, "old_path"):
            self.make("/vieux", "/about/")

    def test_where_what_it_pointed_at_is_gone_there_is_nothing(self):
        self.make("/qui/", "/about/")
        self.page.delete()
        self.assertIsNone(Redirect.find("/qui/"))

    def test_it_never_leads_to_itself(self):
        self.make("/qui/", "/about/")
        Page.objects.filter(pk=self.page.pk).update(slug="qui", is_published=False)
        self.assertIsNone(Redirect.find("/qui/"))

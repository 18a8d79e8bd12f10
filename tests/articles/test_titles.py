"""A story's titles for their place, and the card drawn with its title."""

from io import BytesIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import TestCase
from django.urls import reverse
from PIL import Image as Picture

from articles import cards
from articles.content import Content
from masthead.models import Masthead
from tests.factories import make_article, make_image, make_user


class TitleTests(TestCase):
    def test_the_front_page_and_lists_show_the_front_title_and_the_story_its_own(self):
        story = make_article(title="Le long titre du récit", front_title="Le titre court")
        for address in ("/", "/monde/", "/latest/"):
            self.assertContains(self.client.get(address), "Le titre court")
            self.assertNotContains(self.client.get(address), "Le long titre")
        page = self.client.get(story.get_absolute_url())
        self.assertContains(page, "<h1>Le long titre du récit</h1>")
        self.assertContains(page, '<meta property="og:title" content="Le long titre du récit">')

    def test_feeds_sitemaps_and_search_keep_the_storys_title(self):
        make_article(title="Le long titre du récit", front_title="Le titre court")
        for address in ("/feed/", "/news-sitemap.xml", "/search/?q=récit"):
            self.assertContains(self.client.get(address), "Le long titre du")

    def test_share_cards_have_their_own_title_and_description(self):
        story = make_article(social_title="À partager", social_description="Ce qu’on en dira.")
        page = self.client.get(story.get_absolute_url())
        self.assertContains(page, '<meta property="og:title" content="À partager">')
        self.assertContains(page, '<meta property="og:description" content="Ce qu’on en dira.">')
        self.assertContains(page, f"<title>{story.title} –")

    def test_they_are_set_as_french_is_and_kept(self):
        editor = make_user("editor")
        self.client.force_login(editor)
        story = make_article("draft", by=editor)
        names = dict.fromkeys(("front_title", "social_title", "social_description"), "Le pont : qui paie ?")
        data = {"title": "Un pont", "language": "fr", "version": story.version, "_save": "1"} | names
        self.client.post(reverse("admin:articles_article_change", args=[story.pk]), data)
        content = Content.of(type(story).objects.get(pk=story.pk))
        for name in names:
            self.assertEqual(getattr(content, name), "Le pont\u202f: qui paie\u202f?")

    def test_a_revision_of_before_they_were_has_none(self):
        self.assertEqual(Content.from_json({"title": "Un pont"}).front_title, "")


class ShareCardTests(TestCase):
    def share_image(self, story):
        page = self.client.get(story.get_absolute_url()).content.decode()
        return page.partition('og:image" content="')[2].partition('"')[0]

    def fresh(self, story):
        return type(story).objects.get(pk=story.pk)

    def changed(self, story, **fields):
        content = Content.from_json(self.fresh(story).newest_content().to_json() | fields)
        story.save_content(content, by=None, version=story.version)
        story.publish(by=None, version=story.version)
        return self.fresh(story)

    def test_a_story_without_picture_has_a_card_of_1200_by_630(self):
        story = self.fresh(make_article())
        with default_storage.open(story.share_card) as file, Picture.open(file) as card:
            self.assertEqual((card.format, card.size), ("PNG", (1200, 630)))
        self.assertEqual(self.share_image(story), f"{settings.SITE_URL}/media/{story.share_card}")
        page = self.client.get(story.get_absolute_url())
        self.assertContains(page, '<meta name="twitter:card" content="summary_large_image">')
        self.assertNotContains(page, f'"image": "{story.share_card}')
        self.assertEqual(self.client.get("/media/" + story.share_card).status_code, 200)

    def test_a_draft_has_none(self):
        self.assertEqual(self.fresh(make_article("draft")).share_card, "")

    def test_another_title_makes_another_card_and_the_old_file_goes(self):
        before = self.fresh(make_article())
        after = self.changed(before, title="Le pont est fini")
        self.assertNotEqual(after.share_card, before.share_card)
        self.assertTrue(default_storage.exists(after.share_card))
        self.assertFalse(default_storage.exists(before.share_card))

    def test_what_is_taken_down_loses_its_card_and_has_it_again_when_published_again(self):
        story = self.fresh(make_article())
        card = story.share_card
        story.take_down(by=None, version=story.version, how="blocked", reason="Ordonnance du 3 mars.")
        self.assertEqual(self.fresh(story).share_card, "")
        self.assertFalse(default_storage.exists(card))
        story.publish(by=None, version=story.version)
        self.assertEqual(self.fresh(story).share_card, card)

    def test_changes_pending_keep_the_card(self):
        story = self.fresh(make_article())
        content = Content.from_json(story.newest_content().to_json() | {"title": "Autre"})
        story.save_content(content, by=None, version=story.version)
        self.assertEqual(self.fresh(story).share_card, story.share_card)

    def test_another_text_keeps_the_card(self):
        before = self.fresh(make_article())
        self.assertEqual(self.changed(before, body="<p>Autre.</p>").share_card, before.share_card)

    def test_a_story_with_a_picture_keeps_its_picture(self):
        story = self.fresh(make_article(image=make_image()))
        self.assertEqual(story.share_card, "")
        self.assertIn("share", self.share_image(story))
        self.assertIn("renditions/", self.share_image(story))

    def test_a_picture_added_retires_the_card(self):
        story = self.changed(self.fresh(make_article()), image=make_image().pk)
        self.assertEqual(story.share_card, "")

    def test_the_accent_and_the_name_of_the_paper_are_in_the_address(self):
        story = make_article()
        before = cards.name_for(story)
        paper = Masthead.current()
        paper.accent_light = "#123456"
        paper.save()
        self.assertNotEqual(cards.name_for(story), before)

    def test_letters_that_our_type_lacks_make_no_card(self):
        story = self.fresh(make_article(title="Привет, мир"))
        self.assertEqual(story.share_card, "")
        self.assertEqual(self.share_image(story), "")

    def test_long_titles_of_every_language_are_drawn(self):
        for title in (
            "Après des mois de négociations, la gestion du canal reviendra\u00a0: à qui\u202f? " * 2,
            "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz bleibt",
            "Łódź, İstanbul, Plzeň: drie steden op zoek naar een “nieuwe” tram",
            "W" * 200,
        ):
            story = make_article("draft", title=title[:200])
            with Picture.open(BytesIO(cards.draw(story))) as card:
                ink = card.convert("L").point(lambda level: 255 * (level < 120))
            left, _top, right, _bottom = ink.crop((0, 130, *card.size)).getbbox()
            self.assertGreaterEqual(left, cards.EDGE - 8)
            self.assertLessEqual(right, 1200 - cards.EDGE + 8)

"""Which page an address means, and what is said where there is none any more."""

from datetime import UTC, datetime, timedelta
from unittest import mock

from django.test import TestCase
from django.utils import timezone

from articles import listing
from articles.models import Article, Author, Source, Tag
from articles.tags import merge
from masthead.models import Page, Redirect
from pagecache.stores import forget_pages, store
from tests.factories import make_article, make_section, make_source

URL = "https://partner.example/un-pont"


class ResolverTests(TestCase):
    def assertLeadsTo(self, path, target):
        response = self.client.get(path)
        self.assertRedirects(response, target, status_code=301, fetch_redirect_response=True)

    def assertStatus(self, path, status):
        response = self.client.get(path)
        self.assertEqual(response.status_code, status, path)
        return response

    def test_a_story_is_at_its_sections_path_and_slug(self):
        article = make_article(section="network/actualites", slug="un-pont")
        self.assertContains(self.client.get("/network/actualites/un-pont/"), article.title)

    def test_a_wrong_or_old_section_path_leads_to_the_story_in_one_hop(self):
        make_article(section="monde/asie", slug="un-pont")
        for path in ("/un-pont/", "/sport/un-pont/", "/monde/un-pont/", "/a/b/c/un-pont/"):
            self.assertLeadsTo(path, "/monde/asie/un-pont/")

    def test_a_missing_slash_and_capitals_lead_to_the_right_address(self):
        make_article(section="monde", slug="un-pont")
        for path in ("/monde/un-pont", "/Monde/Un-Pont/", "/MONDE/UN-PONT"):
            self.assertLeadsTo(path, "/monde/un-pont/")
        self.assertLeadsTo("/Monde", "/monde/")
        self.assertLeadsTo("/latest", "/latest/")
        self.assertEqual(self.client.get("/monde/feed").url, "/monde/feed/")

    def test_a_section_that_moved_takes_its_stories_along(self):
        make_article(section="monde/asie", slug="un-pont")
        section = make_section("monde/asie")
        section.parent, section.slug = None, "orient"
        section.save()
        self.assertLeadsTo("/monde/asie/", "/orient/")
        self.assertLeadsTo("/monde/asie/un-pont/", "/orient/un-pont/")

    def test_the_month_of_a_section_that_moved_leads_to_its_new_place(self):
        at = timezone.now().replace(year=2025, month=3, day=10)
        make_article(section="asie", published_at=at)
        section = make_section("asie")
        section.slug = "orient"
        section.save()
        self.assertLeadsTo("/asie/2025/03/", "/orient/2025/03/")

    def test_a_slug_that_was_public_leads_to_the_new_one(self):
        article = make_article(section="monde", slug="un-pont")
        Redirect.objects.create(old_path="/monde/un-pont/", url="https://shop.example/")  # of long before
        content = article.newest_content()
        from dataclasses import replace

        article.save_content(replace(content, slug="le-pont"), by=None, version=article.version)
        article.publish(by=None, version=article.version)
        self.assertLeadsTo("/monde/un-pont/", "/monde/le-pont/")

    def test_an_imported_old_address_leads_to_the_story(self):
        article = make_article(section="monde", slug="un-pont")
        Redirect.objects.create(old_path="/2019/05/vieux-pont/", target=article)
        self.assertLeadsTo("/2019/05/vieux-pont/", "/monde/un-pont/")
        self.assertLeadsTo("/2019/05/vieux-pont", "/monde/un-pont/")

    def test_a_static_page_is_at_its_word(self):
        Page.objects.create(slug="about", title="Qui sommes-nous", body="<p>Six journalistes.</p>")
        self.assertContains(self.client.get("/about/"), "Six journalistes.")
        self.assertLeadsTo("/About", "/about/")

    def test_a_page_not_published_is_not_there(self):
        Page.objects.create(slug="about", title="Qui sommes-nous", is_published=False)
        self.assertStatus("/about/", 404)

    def test_what_is_not_yet_public_is_not_there(self):
        for status in ("draft", "submitted", "returned", "scheduled"):
            article = make_article(status=status)
            self.assertStatus(article.get_absolute_url(), 404)
            self.assertStatus(f"/{article.slug}/", 404)

    def test_an_unpublished_story_is_gone_without_a_word(self):
        article = make_article(status="unpublished")
        self.assertNotContains(self.client.get(article.get_absolute_url()), article.title, status_code=404)

    def test_a_withdrawn_story_says_why(self):
        article = make_article(status="withdrawn")
        for path in (article.get_absolute_url(), f"/{article.slug}/"):
            self.assertContains(
                self.client.get(path), "Retiré à la demande de la rédaction.", status_code=410
            )

    def test_a_story_blocked_by_law_says_so(self):
        article = make_article(status="blocked")
        self.assertContains(
            self.client.get(article.get_absolute_url()), article.taken_down_reason, status_code=451
        )

    def test_a_redirected_story_leads_on_in_one_hop(self):
        article, other = make_article(), make_article(section="sport", slug="la-suite")
        article.take_down(by=None, version=article.version, how="redirected", to=other)
        self.assertLeadsTo(f"/ailleurs/{article.slug}/", "/sport/la-suite/")

    def test_a_redirect_to_a_story_that_was_redirected_is_still_one_hop(self):
        first, middle, end = make_article(), make_article(), make_article()
        first.take_down(by=None, version=first.version, how="redirected", to=middle)
        middle.take_down(by=None, version=middle.version, how="redirected", to=end)
        self.assertLeadsTo(first.get_absolute_url(), end.get_absolute_url())
        end.take_down(by=None, version=end.version, how="withdrawn", reason="Source retirée.")
        self.assertStatus(first.get_absolute_url(), 410)

    def test_a_link_for_an_outsider_without_its_last_slash_keeps_its_capitals(self):
        self.assertEqual(self.client.get("/preview/AbC").url, "/preview/AbC/")

    def test_an_author_source_or_tag_under_another_slug_is_found_at_the_old_one(self):
        make_article(authors=["Maëlle Torrekens"], tags=["ponts"], source=make_source(), original_url=URL)
        for model in (Author, Source, Tag):
            row = model.objects.get()
            old = row.get_absolute_url()
            row.slug = "ailleurs"
            row.save()
            self.assertLeadsTo(old, row.get_absolute_url())
            self.assertLeadsTo(f"{old}feed/", f"{row.get_absolute_url()}feed/")

    def test_what_is_typed_in_capitals_is_found(self):
        make_article(section="monde", authors=["Maëlle Torrekens"], tags=["ponts"])
        rows = [Page.objects.create(slug="Charte", title="Charte"), make_section("Sport")]
        for row in (Author.objects.get(), Tag.objects.get(), make_source()):
            row.slug = f"{row.slug[:3]}-Capitale"
            row.save()
            rows.append(row)
        for row in rows:
            self.assertEqual(row.slug, row.slug.lower())
            self.assertStatus(row.get_absolute_url(), 200)

    def test_a_page_under_another_slug_is_found_at_the_old_ones_in_one_hop(self):
        page = Page.objects.create(slug="qui", title="Qui sommes-nous")
        for slug in ("nous", "le-journal"):
            page.slug = slug
            page.save()
        for old in ("/qui/", "/nous/"):
            self.assertLeadsTo(old, "/le-journal/")

    def test_a_page_that_comes_back_to_its_old_address_answers_there(self):
        page = Page.objects.create(slug="qui", title="Qui sommes-nous")
        for slug in ("nous", "qui"):
            page.slug = slug
            page.save()
        self.assertStatus("/qui/", 200)
        self.assertLeadsTo("/nous/", "/qui/")
        self.assertEqual(Redirect.objects.count(), 1)

    def test_the_address_of_a_page_leads_to_it_again_once_another_has_been_there_and_gone(self):
        first = Page.objects.create(slug="qui", title="Qui sommes-nous")
        other = Page.objects.create(slug="autre", title="Autre")
        for page, slug in ((first, "nous"), (other, "qui")):
            page.slug = slug
            page.save()
        self.assertStatus("/qui/", 200)
        other.delete()
        self.assertLeadsTo("/qui/", "/nous/")

    def test_a_former_path_outlives_the_sections_that_used_it_since(self):
        first = make_section("monde")
        first.slug = "terre"
        first.save()
        second = make_section("monde")
        self.assertStatus("/monde/", 200)
        second.slug = "planete"
        second.save()
        self.assertLeadsTo("/monde/", "/planete/")
        second.delete()
        self.assertLeadsTo("/monde/", "/terre/")
        self.assertLeadsTo("/monde/feed/", "/terre/feed/")

    def test_a_section_back_at_its_old_path_answers_there(self):
        section = make_section("monde")
        for slug in ("terre", "monde", "terre"):
            section.slug = slug
            section.save()
        self.assertLeadsTo("/monde/", "/terre/")
        self.assertEqual(section.former_paths.count(), 2)

    def test_a_merged_tag_leads_to_the_one_that_stays(self):
        make_article(tags=["ponts", "viaducs"])
        old, stays = Tag.objects.get(slug="viaducs"), Tag.objects.get(slug="ponts")
        merge([old], stays, by=None)
        self.assertLeadsTo("/tag/viaducs/", "/tag/ponts/")

    def test_the_feed_of_a_section_that_moved_moves_along(self):
        section = make_article(section="monde").section
        section.slug = "terre"
        section.save()
        self.assertLeadsTo("/monde/feed/", "/terre/feed/")

    def test_an_expired_story_is_gone(self):
        article = make_article(expires_at=timezone.now() - timedelta(seconds=30))
        self.assertStatus(article.get_absolute_url(), 410)

    def test_a_binned_draft_is_not_there(self):
        article = make_article(status="draft")
        article.bin(by=None, version=article.version)
        self.assertStatus(article.get_absolute_url(), 404)

    def test_a_story_without_a_section_answers_nowhere(self):
        article = make_article(status="draft", section=None)
        self.assertStatus(article.get_absolute_url(), 404)

    def test_a_month_without_stories_or_that_is_none_is_not_there(self):
        make_article(section="monde", published_at=timezone.now().replace(year=2025, month=3, day=10))
        self.assertStatus("/monde/2025/03/", 200)
        for path in ("2025/04", "2025/13", "2025/00", "0000/01", "9999/12", "1899/01", "2025/3", "20250/03"):
            self.assertStatus(f"/monde/{path}/", 404)
        self.assertLeadsTo("/Monde/2025/03", "/monde/2025/03/")

    def test_odd_addresses_are_refused_and_never_break_the_site(self):
        make_article(section="monde")
        odd = [
            "/%00",
            "/monde/%FF/",
            "/%F0%9F%8C%89/",
            "/'%22%3E/",
            "/monde/?after=garbage",
            "/monde/?after=-",
        ]
        odd += [
            "/latest/?after=" + "z" * 12 + "-1",
            "/corrections/?after=1-zzzzzzzzzzzz",
            "/monde/?after=1-1",
        ]
        odd += [
            "/" + "a" * 1500 + "/",
            "/a/" * 200,
            "/monde/.../",
            "/monde/-/",
            "/_/",
            "/tag/x/",
            "/author/x/",
            "/source/x/",
        ]
        odd += ["/preview/x/", "/monde/2025/", "/feed/x/", "/tag/%C3%A9/", "/author/a/b/", "/nope/feed/"]
        odd += ["/sitemap-9999-12.xml", "/sitemap-0000-00.xml"]
        for path in odd:
            self.assertIn(self.client.get(path).status_code, (400, 404, 414), path)

    def test_the_query_goes_along_to_an_address_of_ours_only(self):
        make_section("monde")
        Redirect.objects.create(old_path="/boutique", url="https://shop.example/")
        Redirect.objects.create(old_path="/eau", url="/search/?q=eau")
        for path, target in {
            "/Monde?after=a-1": "/monde/?after=a-1",
            "/search?q=eau+%C3%A9t%C3%A9&language=fr": "/search/?q=eau+%C3%A9t%C3%A9&language=fr",
            "/Search/?q=eau": "/search/?q=eau",
            "/Monde/?q=%0d%0aX:%20y%FF": "/monde/?q=%0D%0AX%3A+y%EF%BF%BD",
            "/boutique/?q=eau": "https://shop.example/",
            "/eau/?q=feu": "/search/?q=eau",
        }.items():
            self.assertEqual(self.client.get(path).url, target)

    def test_the_query_goes_along_where_an_author_or_a_feed_moved(self):
        author = make_article(section="monde", authors=["Maëlle Torrekens"]).authors.get()
        author.slug = "mt"
        author.save()
        section = make_section("monde")
        section.slug = "terre"
        section.save()
        self.assertEqual(self.client.get("/author/maelle-torrekens/?after=1").url, "/author/mt/?after=1")
        self.assertEqual(self.client.get("/monde/feed/?v=1").url, "/terre/feed/?v=1")

    def test_a_redirect_with_a_query_is_not_kept(self):
        forget_pages()
        make_section("monde")
        with mock.patch.object(type(store()), "set") as kept:
            for path, target in (("/Monde?q=a", "/monde/?q=a"), ("/Monde?q=b", "/monde/?q=b")):
                self.assertEqual(self.client.get(path).url, target)
            kept.assert_not_called()
            self.client.get("/monde/")
            kept.assert_called_once()

    def test_an_address_that_moved_is_found_in_any_capitals(self):
        page = Page.objects.create(slug="qui-sommes-nous", title="Qui sommes-nous")
        page.slug = "journal"
        page.save()
        for old in ("/vieux", "/Vieux/Chemin.php", "/été"):
            Redirect.objects.create(old_path=old, target=page)
        for path in (
            "/Qui-Sommes-Nous/",
            "/Vieux",
            "/vieux/chemin.php",
            "/Vieux/Chemin.php",
            "/ÉTÉ",
            "/été/",
        ):
            self.assertLeadsTo(path, "/journal/")

    def test_the_address_of_a_section_leads_to_the_page_that_left_it_last(self):
        section = make_section("aaa")
        section.slug = "bbb"
        section.save()
        page = Page.objects.create(slug="aaa", title="Charte")
        page.slug = "ccc"
        page.save()
        self.assertLeadsTo("/aaa/", "/ccc/")

    def test_the_address_of_a_page_leads_to_the_section_that_left_it_last(self):
        page = Page.objects.create(slug="aaa", title="Charte")
        page.slug = "ccc"
        page.save()
        section = make_section("aaa")
        section.slug = "bbb"
        section.save()
        self.assertLeadsTo("/aaa/", "/bbb/")

    def test_a_page_that_was_never_published_leaves_no_address_behind(self):
        page = Page.objects.create(slug="aaa", title="Charte", is_published=False)
        page.slug = "bbb"
        page.save()
        self.assertFalse(Redirect.objects.exists())
        for page.slug, page.is_published in (("bbb", True), ("bbb", False), ("ccc", False)):
            page.save()
        self.assertEqual(Redirect.objects.get().old_path, "/bbb")

    def test_a_story_of_an_odd_date_breaks_no_list(self):
        article = make_article(section="monde")
        for year in (1, 1600, 9990):
            Article.objects.update(published_at=datetime(year, 1, 1, tzinfo=UTC))
            listing.rebuild([Article.objects.get(pk=article.pk)])
            for path in ("/monde/", "/sitemap.xml"):
                self.assertNotContains(self.client.get(path), f"{year:04}-01.xml")

    def test_other_methods_are_refused(self):
        article = make_article()
        for path in (article.get_absolute_url(), "/monde/", "/latest/", "/corrections/", "/"):
            self.assertEqual(self.client.post(path).status_code, 405, path)
            self.assertEqual(self.client.head(path).status_code, 200, path)


class TakenBackTests(TestCase):
    def test_what_is_taken_down_can_come_back_to_its_address(self):
        article = make_article(status="withdrawn")
        article.publish(by=None, version=Article.objects.get(pk=article.pk).version)
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 200)

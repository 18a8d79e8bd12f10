"""What stands on the public pages."""

import json
import re
from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.models import PreviewLink, Section
from articles.views import render_state
from masthead.models import Masthead, MenuEntry, Page
from tests.factories import make_article, make_author, make_image, make_section, make_source, make_user

LONG = "".join(f"<p>Alinéa numéro {n}.</p>" for n in range(1, 9))


def data_blocks(response):
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return {data["@type"]: data for data in map(json.loads, found)}


class ArticlePageTests(TestCase):
    def page(self, **fields):
        self.article = make_article(**fields)
        return self.client.get(self.article.get_absolute_url())

    def test_everything_of_a_story_has_its_place(self):
        response = self.page(
            section="network/almouwatin-actualite", kicker="Diplomatie", summary="Deux pays signent.",
            authors=["Maëlle Torrekens", "Anselme Brohier"], tags=["Énergie"],
        )  # fmt: skip
        for text in ("Diplomatie", "Deux pays signent.", "Maëlle Torrekens", "Anselme Brohier", "Énergie"):
            self.assertContains(response, text)
        self.assertContains(
            response, '<a href="/network/almouwatin-actualite/">Almouwatin-actualite</a>', html=True
        )
        self.assertContains(response, '<a href="/author/anselme-brohier/" rel="author">')
        self.assertContains(response, "<h1", count=1)
        self.assertContains(response, f'data-story="{self.article.pk}"')

    def test_a_story_taken_over_names_its_source_with_the_link(self):
        source = make_source("europeantimes.example", credit_note="Repris avec accord.")
        response = self.page(
            source=source, original_url="https://europeantimes.example/a", ai_note="Traduit par un outil."
        )
        self.assertContains(
            response, '<a href="https://europeantimes.example/a">europeantimes.example</a>', html=True
        )
        self.assertContains(response, "Repris avec accord. Traduit par un outil.")

    def test_search_engines_are_told_what_the_sources_contract_allows(self):
        expected = {"noindex-all": '<meta name="robots" content="noindex, follow, max-image-preview:large">'}
        expected |= {"noindex-news": '<meta name="Googlebot-News" content="noindex, follow">'}
        expected |= {"canonical": '<link rel="canonical" href="https://partner.example/a">'}
        for policy, element in expected.items():
            source = make_source(f"{policy}.example", policy=policy)
            self.assertContains(self.page(source=source, original_url="https://partner.example/a"), element)

    def test_a_correction_stands_before_the_text(self):
        article = make_article(body="<p>Le second accord date de 2018.</p>")
        article.correct("Une première version disait 2017.", by=None)
        html = self.client.get(article.get_absolute_url()).content.decode()
        self.assertLess(html.index("disait 2017"), html.index("date de 2018"))

    def test_the_interface_follows_the_storys_language(self):
        for code in ("fr", "nl", "de", "en"):
            response = self.page(language=code, section="monde" if code == "fr" else code)
            self.assertContains(response, f'<html lang="{code}">')
            self.assertEqual(response["Content-Language"], code)

    def test_translations_name_each_other(self):
        french = make_article(section="monde", slug="un-pont")
        make_article(section="nl", slug="een-brug", language="nl", translation_of=french)
        for path in ("/monde/un-pont/", "/nl/een-brug/"):
            html = self.client.get(path).content.decode()
            for code, other in (
                ("fr", "/monde/un-pont/"),
                ("nl", "/nl/een-brug/"),
                ("x-default", "/monde/un-pont/"),
            ):
                self.assertRegex(html, f'hreflang="{code}" href="[^"]+{other}"')

    def test_a_story_without_translations_names_none(self):
        self.assertNotContains(self.page(), 'rel="alternate" hreflang')

    def test_structured_data_cannot_leave_its_element(self):
        response = self.page(title="</script><script>alert(1)</script> & « fin »")
        self.assertNotContains(response, "<script>alert")
        self.assertEqual(data_blocks(response)["NewsArticle"]["headline"], self.article.title)

    def test_the_visible_date_is_the_one_search_engines_read(self):
        response = self.page()
        published = data_blocks(response)["NewsArticle"]["datePublished"]
        self.assertContains(response, f'<time datetime="{published}">')

    def test_social_networks_get_title_picture_and_date(self):
        response = self.page(image=make_image())
        for name in ("og:title", "og:image", "og:url", "article:published_time", "article:section"):
            self.assertContains(response, f'property="{name}"')
        self.assertContains(response, "summary_large_image")

    def test_the_lead_picture_comes_first_and_has_its_size(self):
        html = self.page(image=make_image(credit="Ruben Halloy")).content.decode()
        figure = html[html.index("lead-picture") :].split("</figure>")[0]
        self.assertRegex(figure, r'width="\d+" height="\d+"')
        self.assertIn('fetchpriority="high"', figure)
        self.assertNotIn("loading=", figure)
        self.assertIn("Ruben Halloy", figure)

    def test_a_link_to_our_own_story_follows_its_address_and_ends_with_it(self):
        other = make_article(title="L’autre pont")
        article = make_article(body=f'<p>Voir <a data-article="{other.pk}">l’autre</a>.</p>')
        self.assertContains(
            self.client.get(article.get_absolute_url()), f'<a href="{other.get_absolute_url()}">l’autre</a>'
        )
        other.take_down(by=None, version=other.version)
        response = self.client.get(article.get_absolute_url())
        self.assertNotContains(response, other.get_absolute_url())
        self.assertContains(response, "Voir l’autre.")

    def test_an_embed_brings_its_script_and_no_other_page_does(self):
        self.assertNotContains(self.page(), "embed.js")

    def test_a_page_costs_at_most_eight_queries_with_one_story_and_with_thirty(self):
        source, image = make_source(), make_image()
        article = make_article(
            tags=["Eau", "Ponts"], authors=["A B", "C D"], source=source,
            original_url="https://x.example/", image=image,
            body=f'{LONG}<figure data-image="{image.pk}"></figure><p><a data-article="1">x</a></p>',
        )  # fmt: skip
        article.correct("Il fallait lire neuf.", by=None)
        make_article(language="nl", section="nl", translation_of=article)
        self.assertWithinBudget(article.get_absolute_url())
        for _ in range(30):
            make_article(tags=["Eau", "Ponts"], authors=["A B"], image=image)
        self.assertWithinBudget(article.get_absolute_url())

    def assertWithinBudget(self, path, most=8):
        from pagecache import forget_pages

        self.client.get(path)
        forget_pages()
        with self.assertNumQueries(FewerThan(most + 1)):
            self.assertEqual(self.client.get(path).status_code, 200)


class FewerThan(int):
    """A number that assertNumQueries takes for equal to each smaller one."""

    def __eq__(self, other):
        return other < int(self)

    __hash__ = int.__hash__


class ListPageTests(TestCase):
    assertWithinBudget = ArticlePageTests.assertWithinBudget

    def test_a_section_shows_its_own_and_its_sub_sections_stories_once_each(self):
        stories = [make_article(section="monde/asie" if n % 2 else "monde") for n in range(6)]
        html = self.client.get("/monde/").content.decode().split('class="ranking"')[0]
        for story in stories:
            self.assertEqual(html.count(f'href="{story.get_absolute_url()}"'), 1)

    def test_older_stories_are_on_pages_no_search_engine_keeps(self):
        stories = [make_article(published_at=timezone.now() - timedelta(hours=n)) for n in range(30)]
        first = self.client.get("/monde/").content.decode()
        address = re.search(r'href="(/monde/\?after=[0-9a-z-]+)" rel="next"', first)[1]
        second = self.client.get(address)
        self.assertContains(second, '<meta name="robots" content="noindex, follow, max-image-preview:large">')
        self.assertContains(second, stories[-1].title)
        self.assertNotContains(second, f'href="{stories[10].get_absolute_url()}"')

    def test_a_month_has_one_address_in_one_script(self):
        article = make_article()
        when = f"{timezone.localtime(article.published_at):%Y/%m}"
        other = when.translate({ord("0") + n: chr(0x0660 + n) for n in range(10)})
        self.assertEqual(self.client.get(f"/monde/{when}/").status_code, 200)
        self.assertEqual(self.client.get(f"/monde/{other}/").status_code, 404)

    def test_a_section_leads_to_its_months_and_each_month_lists_its_stories(self):
        story = make_article(published_at=timezone.now().replace(year=2025, month=3, day=10))
        self.assertContains(self.client.get("/monde/"), 'href="/monde/2025/03/"')
        self.assertContains(self.client.get("/monde/2025/03/"), story.title)

    def test_an_empty_section_says_so(self):
        make_section("monde", description="Le monde entier.")
        self.assertContains(self.client.get("/monde/"), "Le monde entier.")

    def test_an_authors_page_tells_who_they_are(self):
        author = make_author(
            "Maëlle Torrekens", job="Reporter", bio="Née à Vaux.", profiles="https://social.example/@maelle"
        )
        story = make_article(authors=["Maëlle Torrekens"])
        response = self.client.get(author.get_absolute_url())
        for text in ("Reporter", "Née à Vaux.", "social.example", story.title):
            self.assertContains(response, text)
        self.assertIn("ProfilePage", data_blocks(response))

    def test_a_sources_page_links_to_it(self):
        source = make_source()
        story = make_article(source=source, original_url="https://partner.example/a")
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, 'href="https://partner.example/"')
        self.assertContains(response, story.title)

    def test_a_tag_lists_its_stories_and_has_no_page_without_any(self):
        story = make_article(tags=["Énergie"])
        self.assertContains(self.client.get("/tag/energie/"), story.title)
        story.take_down(by=None, version=story.version)
        self.assertEqual(self.client.get("/tag/energie/").status_code, 404)

    def test_corrections_come_newest_first_and_only_of_what_is_public(self):
        first, second, hidden = make_article(), make_article(), make_article()
        for n, article in enumerate((first, second, hidden)):
            article.correct(f"Correction numéro {n}.", by=None)
        hidden.take_down(by=None, version=hidden.version)
        html = self.client.get("/corrections/").content.decode()
        self.assertLess(html.index("Correction numéro 1"), html.index("Correction numéro 0"))
        self.assertNotIn("Correction numéro 2", html)

    def test_another_languages_root_is_a_front_page_of_its_own(self):
        Section.objects.create(name="Nederlands", slug="nl", language="nl", description="In het Nederlands.")
        story = make_article(section="nl", language="nl")
        response = self.client.get("/nl/")
        self.assertContains(response, '<html lang="nl">')
        self.assertContains(response, story.title)
        self.assertContains(self.client.get("/latest/"), 'href="/nl/"')

    def test_each_list_costs_at_most_eight_queries_with_one_story_and_with_thirty(self):
        image = make_image()
        fields = {
            "tags": ["Eau"],
            "authors": ["A B", "C D"],
            "source": make_source(),
            "original_url": "https://x.example/",
        }
        paths = [
            "/",
            "/monde/",
            "/author/a-b/",
            "/source/partnerexample/",
            "/tag/eau/",
            "/latest/",
            "/corrections/",
        ]
        now = timezone.localtime()
        paths += [f"/monde/{now.year}/{now.month:02}/", "/most-read/", "/search/?q=pont"]
        for many in (1, 30):
            for _ in range(many):
                make_article(image=image, **fields).correct("Oui.", by=None)
            paths[3] = fields["source"].get_absolute_url()
            for path in paths:
                with self.subTest(path=path, many=many):
                    self.assertWithinBudget(path)


class FrameTests(TestCase):
    """Head and foot of every page."""

    def test_the_foot_names_who_answers_for_the_paper(self):
        Masthead.objects.create(
            name="Le Courrier", responsible_editor="Solveig Meule", responsible_editor_address="Quai 12",
            publisher_name="Deux Rives SRL", publisher_address="Quai 14",
        )  # fmt: skip
        page = Page.objects.create(slug="notice", title="Mentions légales")
        MenuEntry.objects.create(place="footer", page=page)
        response = self.client.get("/latest/")
        for text in ("Solveig Meule, Quai 12", "Deux Rives SRL, Quai 14", "Mentions légales"):
            self.assertContains(response, text)

    def test_what_stands_in_the_head_is_in_the_menu_too(self):
        MenuEntry.objects.create(place="header", address="/most-read/", label="Le choix des lecteurs")
        html = self.client.get("/latest/").content.decode()
        self.assertIn(
            "Le choix des lecteurs", html.partition('id="menu"')[2].partition('<main id="content"')[0]
        )

    def test_the_menu_shows_where_the_reader_is(self):
        make_article(section="monde/asie")
        make_section("sport")
        html = self.client.get("/monde/asie/").content.decode()
        self.assertIn('<a href="/monde/" aria-current="true">', html)
        self.assertIn('<a href="/sport/">', html)

    def test_no_word_of_a_blockers_list_is_in_a_class_id_or_path(self):
        article = make_article(image=make_image(), body=LONG, tags=["Eau"], authors=["A B"])
        words = re.compile(r"\b(ad|ads|advert|adverts|banner|sponsor|track|count|stats)\b")
        for path in ("/", article.get_absolute_url(), "/monde/", "/latest/", "/search/", "/most-read/"):
            html = self.client.get(path).content.decode()
            for value in re.findall(r'\b(?:class|id|href|src|srcset)="([^"]*)"', html):
                self.assertIsNone(words.search(value.replace("_", " ")), f"{path}: {value}")

    def test_pages_set_no_cookie_and_load_nothing_from_elsewhere(self):
        article = make_article(image=make_image())
        for path in ("/", article.get_absolute_url(), "/monde/", "/nope/"):
            response = self.client.get(path)
            self.assertFalse(response.cookies, path)
            self.assertNotRegex(
                response.content.decode(), r'<(?:img|script|source|iframe)[^>]+(?:src|srcset)="(?:https?:)?//'
            )

    def test_no_inline_script_or_style(self):
        html = self.client.get(make_article(body=LONG).get_absolute_url()).content.decode()
        self.assertNotRegex(html, r"<style|\sstyle=|\son\w+=")
        self.assertNotRegex(html, r"<script(?! type=\"(?:module|application/ld\+json)\")")

    def test_a_missing_page_keeps_the_sites_look(self):
        make_section("monde")
        response = self.client.get("/nope/")
        self.assertContains(response, '<a href="/monde/">', status_code=404)
        self.assertContains(response, "noindex", status_code=404)


class PreviewTests(TestCase):
    def setUp(self):
        self.article = make_article(status="draft", title="Le pont secret")

    def link(self, **fields):
        return PreviewLink.objects.create(article=self.article, token="x" * 40, **fields)

    def test_whoever_has_the_link_sees_the_newest_state(self):
        self.link()
        response = self.client.get(f"/preview/{'x' * 40}/")
        self.assertContains(response, "Le pont secret")
        self.assertContains(response, "preview-note")
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertEqual(response["Cache-Control"], "private, no-store")
        self.assertNotContains(response, "data-story")

    def test_changes_pending_on_a_public_story_show_in_the_preview_only(self):
        from dataclasses import replace

        self.article.publish(by=None, version=self.article.version)
        content = replace(self.article.newest_content(), title="Le pont révélé", tags=(), related=())
        self.article.save_content(content, by=None, version=self.article.version)
        self.link()
        self.assertContains(self.client.get(f"/preview/{'x' * 40}/"), "Le pont révélé")
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), "Le pont révélé")

    def test_a_link_that_ended_was_revoked_or_never_was_shows_nothing(self):
        now = timezone.now()
        self.assertEqual(self.client.get("/preview/nope/").status_code, 404)
        link = self.link(revoked_at=now)
        self.assertEqual(self.client.get(f"/preview/{link.token}/").status_code, 404)
        link.revoked_at, link.expires_at = None, now - timedelta(minutes=1)
        link.save()
        self.assertEqual(self.client.get(f"/preview/{link.token}/").status_code, 404)

    def test_a_link_to_what_has_become_public_leads_there(self):
        self.article = make_article()
        self.link()
        response = self.client.get(f"/preview/{'x' * 40}/")
        self.assertRedirects(response, self.article.get_absolute_url(), fetch_redirect_response=False)

    def test_what_was_withdrawn_is_gone_from_the_links_too(self):
        self.article = make_article("withdrawn")
        self.link()
        self.assertEqual(self.client.get(f"/preview/{'x' * 40}/").status_code, 404)

    def test_a_revision_older_than_the_rules_is_cleaned_when_shown(self):
        article = self.article = make_article()
        stored = article.newest_content().to_json() | {"body": "<p>Un pont<img src=x onerror=alert(1)></p>"}
        article.draft_revision = article.revisions.create(
            number=article.version, kind="saved", content=stored
        )
        article.save()
        self.link()
        self.assertNotContains(self.client.get(f"/preview/{'x' * 40}/"), "onerror")

    def test_a_state_without_section_title_or_text_can_be_shown(self):
        from articles.content import Content

        request = self.client.get("/").wsgi_request
        request.user = make_user("editor")
        response = render_state(request, self.article, Content(language="fr"), banner="Aperçu")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "Aperçu")

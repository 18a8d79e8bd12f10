"""The list of articles, its actions, the pages around the form, and the desk's home."""

from dataclasses import replace
from unittest import mock

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, FormerSlug, PreviewLink
from masthead.models import Page
from tests.articles.test_admin_form import change
from tests.factories import make_article, make_section, make_source, make_user

LIST = reverse("admin:articles_article_changelist")


class DeskCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.editor = make_user("journalist"), make_user("editor")

    def setUp(self):
        self.client.force_login(self.editor)

    def queries(self, address):
        self.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(address)
        return queries


class ListTests(DeskCase):
    def test_thirty_stories_cost_as_many_queries_as_one(self):
        make_article(authors=["Maëlle Torrekens"], tags=["Rail"])
        one = len(self.queries(LIST))
        for _n in range(29):
            make_article(authors=["Maëlle Torrekens"], tags=["Rail"])
        self.assertEqual(len(self.queries(LIST)), one)

    def test_nothing_is_counted_or_skipped(self):
        make_article()
        sql = " ".join(query["sql"].upper() for query in self.queries(f"{LIST}?state=waiting&q=pont"))
        for word in ("COUNT(", " OFFSET ", "LIKE '%"):
            self.assertNotIn(word, sql)

    def test_the_next_page_follows_the_last_row(self):
        titles = [make_article("draft", title=f"Titre {n:02}").title for n in range(60)]
        seen, address = [], LIST
        while address:
            changelist = self.client.get(address).context["cl"]
            seen += [row.title for row in changelist.result_list]
            address = changelist.next_link and LIST + changelist.next_link
        self.assertEqual(seen, titles[::-1])

    def test_garbage_in_the_address_is_no_error(self):
        for query in ("after=x", "after=2026~3", "state=none", "section=x", "source=nobody", "o=9.x", "e=1"):
            with self.subTest(query):
                self.assertIn(self.client.get(f"{LIST}?{query}").status_code, (200, 302))

    def test_a_section_with_more_digits_than_a_key_has_narrows_nothing(self):
        self.assertEqual(self.client.get(f"{LIST}?section={'9' * 30}").status_code, 200)

    def test_each_state_has_its_filter(self):
        states = {"draft": "draft", "waiting": "submitted", "returned": "returned", "scheduled": "scheduled",
                  "public": "published", "down": "withdrawn"}  # fmt: skip
        made = {name: make_article(status) for name, status in states.items()}
        for name, article in made.items():
            with self.subTest(name):
                self.assertEqual(
                    list(self.client.get(f"{LIST}?state={name}").context["cl"].result_list), [article]
                )

    def test_the_bin_is_out_of_the_other_lists(self):
        article = make_article("draft")
        article.bin(by=self.editor, version=article.version)
        self.assertEqual(list(self.client.get(LIST).context["cl"].result_list), [])
        self.assertEqual(list(self.client.get(f"{LIST}?state=bin").context["cl"].result_list), [article])

    def test_a_source_is_found_by_its_name(self):
        article = make_article(source=make_source(), original_url="https://partner.example/a")
        make_article()
        found = self.client.get(f"{LIST}?source=partner.example").context["cl"].result_list
        self.assertEqual(list(found), [article])

    def test_the_state_stands_in_words(self):
        make_article("scheduled")
        self.assertContains(self.client.get(LIST), '<span class="state is-planned">')


class ActionTests(DeskCase):
    def act(self, action, *articles, **fields):
        data = {"action": action, "_selected_action": [a.pk for a in articles], "index": 0, **fields}
        return self.client.post(LIST, data, follow=True)

    def test_what_will_be_published_is_shown_first_with_what_will_not_and_why(self):
        good = make_article("submitted", authors=["Maëlle Torrekens"])
        embargo, bad = (
            make_article("scheduled"),
            make_article("submitted", section=None, title="Sans rubrique"),
        )
        response = self.act("publish", good, embargo, bad)
        good.refresh_from_db()
        self.assertEqual(good.status, "submitted")
        for said in (
            "1 article will be published",
            "Publish this one",
            "Maëlle Torrekens",
            "Choose the section",
        ):
            self.assertContains(response, said)
        self.assertContains(response, "stays scheduled for")
        self.assertContains(response, 'name="_selected_action"', 1)
        self.assertContains(response, f'name="version_{good.pk}" value="{good.version}"')

    def test_what_somebody_wrote_to_since_it_was_shown_is_not_published(self):
        article = make_article("submitted")
        seen = {f"version_{article.pk}": article.version}
        article.save_content(
            replace(article.newest_content(), kicker="Ponts"), by=None, version=article.version
        )
        self.assertContains(
            self.act("publish", article, confirmed="yes", **seen), "Somebody saved this article"
        )
        article.refresh_from_db()
        self.assertEqual(article.status, "submitted")

    def test_what_will_be_withdrawn_is_shown_first(self):
        article, draft = make_article(), make_article("draft")
        response = self.act("take_down", article, draft, because="Retiré.")
        article.refresh_from_db()
        self.assertTrue(article.is_public())
        self.assertContains(response, "1 article will be withdrawn")
        self.assertContains(response, "These stay as they are")
        self.assertContains(response, 'name="because" value="Retiré."')

    def test_each_refusal_is_told_and_the_others_go_on(self):
        good, bad = make_article("submitted"), make_article("submitted", section=None, title="Sans rubrique")
        response = self.act("publish", good, bad, confirmed="yes")
        good.refresh_from_db(), bad.refresh_from_db()
        self.assertEqual((good.status, bad.status), ("published", "submitted"))
        self.assertContains(response, "“Sans rubrique”")

    def test_a_withdrawal_needs_its_reason(self):
        article = make_article()
        self.assertContains(self.act("take_down", article), "Say why")
        article.refresh_from_db()
        self.assertTrue(article.is_public())
        self.act("take_down", article, confirmed="yes", because="Retiré à la demande des témoins.")
        article.refresh_from_db()
        self.assertEqual(article.status, "withdrawn")

    def test_moving_a_public_story_moves_it_for_readers(self):
        article, section = make_article(), make_section("culture")
        self.act("move", article, to_section=section.pk)
        article.refresh_from_db()
        self.assertEqual((article.section, article.draft_revision_id), (section, None))

    def test_a_tag_is_added_to_what_has_others(self):
        article = make_article("draft", tags=["Rail"])
        self.act("add_tag", article, with_tag="Énergie")
        self.assertEqual([tag.name for tag in article.tags.order_by("slug")], ["Énergie", "Rail"])

    def test_what_was_done_is_named_and_linked(self):
        articles = [make_article("submitted", title=f"Sujet {n}") for n in range(6)]
        response = self.act("publish", *articles, confirmed="yes")
        self.assertContains(response, "6 articles published.")
        self.assertContains(response, f'<a href="{change(articles[5])}">Sujet 5</a>')
        self.assertContains(response, ", …")

    def test_what_is_scheduled_stays_so(self):
        article = make_article("scheduled")
        response = self.act("publish", article, confirmed="yes")
        self.assertContains(response, "stays scheduled for")
        article.refresh_from_db()
        self.assertTrue(article.is_scheduled)

    def test_what_waits_with_the_changes_pending_is_told_apart(self):
        section, public, changed = make_section("culture"), make_article(), make_article(title="Modifié")
        content = replace(changed.newest_content(), kicker="Ponts")
        changed.save_content(content, by=None, version=changed.version)
        said = [str(m) for m in self.act("move", public, changed, to_section=section.pk).context["messages"]]
        self.assertTrue(said[0].startswith("1 article moved to"), said)
        self.assertTrue(said[1].startswith("1 article moves to"), said)
        self.assertIn("Modifié", said[1])
        for _time in range(2):  # the second time it has the tag among its pending changes
            said = [str(m) for m in self.act("add_tag", public, changed, with_tag="Rail").context["messages"]]
            self.assertTrue(said[0].startswith("1 article has the tag"), said)
            self.assertTrue(said[1].startswith("1 article gets the tag"), said)

    def test_what_stands_in_the_section_already_is_not_moved(self):
        article = make_article()
        response = self.act("move", article, to_section=article.section.pk)
        self.assertContains(response, "stands there already")

    def test_a_change_that_cannot_be_public_is_not_left_among_those_pending(self):
        article = make_article()
        with mock.patch.object(Article, "doubts_about", side_effect=ValidationError("Write the text.")):
            response = self.act("move", article, to_section=make_section("culture").pk)
        self.assertContains(response, "Write the text.")
        article.refresh_from_db()
        self.assertIsNone(article.draft_revision_id)

    def test_editors_may_name_a_new_tag_and_others_one_that_exists(self):
        article = make_article("draft", by=self.journalist)
        self.assertContains(self.act("add_tag", article), "the name of the tag")
        self.client.force_login(self.journalist)
        self.assertContains(self.act("add_tag", article, with_tag="Inconnu"), "a tag that exists")

    def test_a_refusal_asks_nobody_to_reload(self):
        response = self.act("submit", make_article())
        self.assertContains(response, "“Published”")
        self.assertNotContains(response, "Reload")

    def test_a_journalist_submits_their_own_only(self):
        self.client.force_login(self.journalist)
        mine, other = make_article("draft", by=self.journalist), make_article("draft", by=self.editor)
        self.act("submit", mine, other)
        mine.refresh_from_db(), other.refresh_from_db()
        self.assertEqual((mine.status, other.status), ("submitted", "draft"))

    def test_a_journalist_has_no_action_that_publishes(self):
        self.client.force_login(self.journalist)
        article = make_article("draft", by=self.journalist)
        self.act("publish", article, confirmed="yes")
        article.refresh_from_db()
        self.assertEqual(article.status, "draft")


class AroundTests(DeskCase):
    def test_taking_down_asks_for_a_reason(self):
        article = make_article()
        address = reverse("admin:articles_article_take_down", args=[article.pk])
        response = self.client.post(address, {"how": "withdrawn", "version": article.version})
        self.assertIn("reason", response.context["form"].errors)
        self.client.post(address, {"how": "withdrawn", "version": article.version, "reason": "Erreur."})
        article.refresh_from_db()
        self.assertEqual((article.status, article.taken_down_reason), ("withdrawn", "Erreur."))

    def test_what_was_withdrawn_can_become_blocked_without_being_public_between(self):
        article = make_article("withdrawn")
        data = {"how": "blocked", "version": article.version, "reason": "Ordonnance du tribunal."}
        self.client.post(reverse("admin:articles_article_take_down", args=[article.pk]), data)
        article.refresh_from_db()
        self.assertEqual((article.status, article.taken_down_reason), ("blocked", "Ordonnance du tribunal."))

    def test_what_is_gone_shows_how_and_why_before_that_is_changed(self):
        article, target = make_article("withdrawn"), make_article()
        address = reverse("admin:articles_article_take_down", args=[article.pk])
        response = self.client.get(address)
        self.assertContains(response, "Change how it is gone")
        self.assertContains(response, article.taken_down_reason)
        self.assertEqual(response.context["form"]["how"].value(), "withdrawn")
        article.take_down(by=None, version=article.version, how="redirected", to=target)
        self.assertContains(self.client.get(address), f"[{target.pk}]")

    def test_a_redirect_leads_to_a_public_story(self):
        article, target = make_article(), make_article()
        data = {"how": "redirected", "version": article.version, "redirected_to": f"Le pont [{target.pk}]"}
        self.client.post(reverse("admin:articles_article_take_down", args=[article.pk]), data)
        article.refresh_from_db()
        self.assertEqual(article.redirected_to, target)

    def test_a_correction_is_added(self):
        article = make_article()
        data = {"kind": "correction", "text": "Le pont a deux voies, non trois."}
        self.client.post(reverse("admin:articles_article_correct", args=[article.pk]), data)
        self.assertEqual(article.corrections.get().by, self.editor)
        self.assertContains(self.client.get(reverse("admin:articles_correction_changelist")), "deux voies")

    def test_what_readers_are_told_is_typeset_in_the_storys_language(self):
        for language, end in (("fr", "\u202f?"), ("nl", " ?")):
            with self.subTest(language):
                article = make_article(language=language)
                address = reverse("admin:articles_article_correct", args=[article.pk])
                self.client.post(address, {"kind": "correction", "text": "Trois ?"})
                self.assertEqual(article.corrections.get().text, f"Trois{end}")
                data = {"how": "withdrawn", "version": article.version, "reason": "Faux ; voire"}
                self.client.post(reverse("admin:articles_article_take_down", args=[article.pk]), data)
                article.refresh_from_db()
                self.assertEqual(article.taken_down_reason, f"Faux{end[:-1]}; voire")

    def test_so_is_a_reason_given_for_several(self):
        article = make_article(language="fr")
        chosen = {"action": "take_down", "_selected_action": [article.pk], "confirmed": "yes"}
        self.client.post(LIST, chosen | {"because": "Faux ?"})
        article.refresh_from_db()
        self.assertEqual(article.taken_down_reason, "Faux\u202f?")

    def test_the_labels_of_their_forms_look_like_those_of_the_article(self):
        article = make_article()
        for page, label in (("correct", "What was wrong, and what is right"), ("take_down", "Reason")):
            response = self.client.get(reverse(f"admin:articles_article_{page}", args=[article.pk]))
            self.assertContains(response, f">{label}</label>")

    def test_an_old_version_comes_back_as_a_draft(self):
        article = make_article("draft", title="Ancien titre")
        content = article.newest_content()
        article.save_content(
            content.__class__(**content.to_json() | {"title": "Nouveau"}), by=None, version=article.version
        )
        first = article.revisions.last()
        address = reverse("admin:articles_article_revision", args=[article.pk, first.pk])
        self.client.post(address, {"version": article.version})
        article.refresh_from_db()
        self.assertEqual(article.title, "Ancien titre")

    def test_an_old_version_names_no_restricted_story_to_who_may_not_see_it(self):
        hidden = make_article("draft", title="Le témoin protégé", restricted=True, by=self.editor)
        article = make_article(by=self.journalist, translation_of=hidden, related=[hidden])
        addresses = [
            reverse("admin:articles_article_revision", args=[article.pk, article.revisions.first().pk]),
            change(article),
        ]
        for address in addresses:
            self.assertContains(self.client.get(address), article.title)
            self.client.force_login(make_user("journalist"))
            self.assertNotContains(self.client.get(address), "Le témoin protégé")
            self.client.force_login(self.editor)

    def test_who_did_what_is_for_who_may_see_the_trail(self):
        article = make_article("draft", by=self.journalist)
        address = reverse("admin:articles_article_history", args=[article.pk])
        self.assertNotContains(self.client.get(address), "Who did what")
        self.client.force_login(make_user("administrator"))
        self.assertContains(self.client.get(address), "Who did what")

    def test_a_link_for_an_outsider_is_made_and_revoked(self):
        article = make_article("draft")
        address = reverse("admin:articles_article_links", args=[article.pk])
        self.client.post(address, {"make": ""})
        link = PreviewLink.objects.get()
        self.assertContains(self.client.get(address), link.token)
        self.client.post(address, {"revoke": link.pk})
        link.refresh_from_db()
        self.assertIsNotNone(link.revoked_at)

    def test_enter_presses_the_button_that_makes_a_link(self):
        article = make_article("draft")
        PreviewLink.objects.create(article=article, token="jeton", by=self.editor)
        page = self.client.get(reverse("admin:articles_article_links", args=[article.pk])).content.decode()
        self.assertLess(page.index('name="make"'), page.index('name="revoke"'))

    def test_a_public_address_leads_to_its_form(self):
        article = make_article()
        response = self.client.get(
            reverse("admin:go"), {"url": f"https://paper.example{article.get_absolute_url()}"}
        )
        self.assertRedirects(response, change(article))

    def test_an_address_of_nothing_is_not_found(self):
        self.assertEqual(self.client.get("/admin/go/?url=http://[").status_code, 404)
        self.assertEqual(self.client.get(reverse("admin:go"), {"url": "/nowhere/"}).status_code, 404)

    def found(self, text):
        response = self.client.get(reverse("admin:articles_article_complete"), {"q": text})
        return [result["id"] for result in response.json()["results"]]

    def test_completion_finds_the_story_at_an_address_of_ours(self):
        article, _other = make_article(section="monde", slug="le-pont"), make_article(title="Monde")
        FormerSlug.objects.create(slug="un-pont", article=article)
        for path in ("/monde/le-pont/", "/Ailleurs/Le-Pont", "/monde/un-pont/?x=1"):
            self.assertEqual(self.found(path), [article.pk], path)
            self.assertEqual(self.found(f"http://testserver{path}"), [article.pk], path)

    def test_completion_takes_nothing_else_of_ours_for_a_story(self):
        make_article(section="monde", slug="le-pont", tags=["le-pont"])
        Page.objects.create(title="Le pont", slug="le-pont")
        for path in ("/tag/le-pont/", "/le-pont/", "/monde/", "/"):
            self.assertEqual(self.found(path), [], path)

    def test_titles_with_the_words_are_offered_first(self):
        self.client.force_login(self.editor)
        wanted = make_article(title="Procès des compteurs")
        make_article("draft", title="Autre chose", body="<p>Un procès, un procès, un procès.</p>")
        address = reverse("admin:articles_article_complete")
        results = self.client.get(address, {"q": "proces"}).json()["results"]
        self.assertEqual([len(results), results[0]["id"]], [2, wanted.pk])

    def test_completion_names_state_and_address(self):
        article = make_article()
        found = self.client.get(reverse("admin:articles_article_complete")).json()["results"]
        self.assertEqual((found[0]["id"], found[0]["address"]), (article.pk, article.get_absolute_url()))

    def test_the_preview_shows_the_draft_of_a_public_story(self):
        article = make_article()
        content = article.newest_content()
        article.save_content(
            content.__class__(**content.to_json() | {"title": "À venir"}), by=None, version=article.version
        )
        response = self.client.get(reverse("admin:articles_article_preview_page", args=[article.pk]))
        self.assertContains(response, "À venir")


class HomeTests(DeskCase):
    HOME = reverse("admin:index")

    def test_editors_see_what_waits(self):
        make_article("submitted", title="Relisez-moi", by=self.journalist)
        self.assertContains(self.client.get(self.HOME), "Relisez-moi")
        self.assertContains(self.client.get(self.HOME), "just now")

    def test_journalists_see_why_something_came_back(self):
        make_article("returned", by=self.journalist, title="À revoir")
        self.client.force_login(self.journalist)
        self.assertContains(self.client.get(self.HOME), "Qui parle ici ?")

    def test_journalists_do_not_see_what_waits_of_others(self):
        make_article("submitted", by=self.editor, title="Pas pour toi")
        self.client.force_login(self.journalist)
        self.assertNotContains(self.client.get(self.HOME), "Pas pour toi")

    def test_twelve_cost_as_many_queries_as_one(self):
        self.client.force_login(self.editor)
        for status in ("submitted", "returned", "scheduled"):
            make_article(status, by=self.editor)
        one = len(self.queries(self.HOME))
        for _n in range(11):
            for status in ("submitted", "returned", "scheduled"):
                make_article(status, by=self.editor)
        self.assertEqual(len(self.queries(self.HOME)), one)
        self.assertEqual(Article.objects.count(), 36)

"""The sheet on which an editor arranges a page."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from frontpage.models import Arrangement, Slot
from tests.factories import make_article, make_section, make_user, move

FRONT = "/admin/front/"


class DeskTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.journalist = make_user("editor"), make_user("journalist")
        cls.story = make_article(title="Le pont est ouvert")
        cls.other = make_article(title="La gare ferme")

    def setUp(self):
        self.client.force_login(self.editor)

    def send(self, to="", *, base=None, address=FRONT, **fields):
        newest = Arrangement.objects.newest(None)
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        data["base"] = (newest.pk if newest else 0) if base is None else base
        return self.client.post(address + to, data)

    def later(self, days):
        return f"{timezone.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"

    def line(self, story):
        return f"{story.title} [{story.pk}]"


class RightsTests(DeskTestCase):
    def test_a_journalist_neither_sees_nor_sends_it(self):
        made = Arrangement.publish(
            None, [], by=self.editor, base=0, holds_from=timezone.now() + timedelta(hours=1)
        )
        self.client.force_login(self.journalist)
        self.assertEqual(self.client.get(FRONT).status_code, 403)
        self.assertEqual(self.send().status_code, 403)
        self.assertEqual(self.send("preview/").status_code, 403)
        self.assertEqual(self.client.post(f"{FRONT}{made.pk}/drop/").status_code, 403)
        self.assertEqual(Arrangement.objects.count(), 1)
        for address in (
            "/admin/",
            "/admin/articles/section/",
            f"/admin/articles/article/{self.story.pk}/change/",
        ):
            self.assertNotContains(self.client.get(address), FRONT)

    def test_an_editor_is_led_there(self):
        section = self.story.section_id
        for address, link in (
            ("/admin/", FRONT),
            ("/admin/articles/section/", f"{FRONT}?section={section}"),
            (f"/admin/articles/article/{self.story.pk}/change/", f"{FRONT}?story={self.story.pk}"),
        ):
            self.assertContains(self.client.get(address), link)

    def test_a_section_that_is_none_is_not_found(self):
        for pk in ("0", "999", "x", "9" * 30):
            self.assertEqual(self.client.get(f"{FRONT}?section={pk}").status_code, 404)
        self.assertEqual(self.client.get(f"{FRONT}?from=9").status_code, 404)


class SheetTests(DeskTestCase):
    def test_what_is_published_is_what_readers_see(self):
        response = self.send(**{"second-1-article": self.line(self.story), "second-1-title": "Enfin ouvert"})
        self.assertRedirects(response, FRONT)
        self.assertContains(self.client.get("/"), "Enfin ouvert")
        page = self.client.get(FRONT)
        self.assertContains(page, self.line(self.story))
        self.assertContains(page, "Enfin ouvert")

    def test_a_section_has_its_own(self):
        section = make_section("monde")
        response = self.send(f"?section={section.pk}", lead__article=self.line(self.story), base=0)
        self.assertRedirects(response, f"{FRONT}?section={section.pk}")
        self.assertEqual(Slot.objects.get().arrangement.section, section)

    def test_the_preview_shows_it_and_keeps_nothing(self):
        response = self.send(
            "preview/",
            lead__article=self.line(self.story),
            lead__title="Essai",
            band__title="Alerte",
            band__until=self.later(2),
        )
        self.assertContains(response, "Essai")
        self.assertContains(response, "Alerte")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertFalse(Arrangement.objects.exists())
        self.assertNotContains(self.client.get("/"), "Essai")
        section = make_section("monde")
        response = self.send(
            f"preview/?section={section.pk}", lead__article=self.line(self.other), lead__title="Essai"
        )
        self.assertContains(response, "Essai")

    def test_a_story_chosen_twice_is_refused_and_nothing_typed_is_lost(self):
        line = self.line(self.story)
        response = self.send(**{"lead-article": line, "second-1-article": line, "note": "Le soir"})
        self.assertContains(response, "This article stands in “Lead” already.")
        self.assertContains(response, "Le soir")
        self.assertFalse(Arrangement.objects.exists())

    def test_a_moment_that_is_over_and_a_title_for_nothing_are_refused(self):
        response = self.send(
            holds_from="2020-01-01T06:00", lead__title="Pour rien", lead__until="2020-01-01T06:00"
        )
        self.assertContains(response, "This moment is over.", count=2)
        response = self.send(lead__title="Pour rien")
        self.assertContains(response, "Choose the article that this title is for.")

    def test_breaking_news_needs_an_end_and_nothing_ends_before_it_holds(self):
        response = self.send(band__title="Alerte")
        self.assertContains(response, "Say until when it stands there")
        self.assertContains(self.send("preview/", band__title="Alerte"), "Say until when it stands there")
        response = self.send(holds_from=self.later(3), band__title="Alerte", band__until=self.later(2))
        self.assertContains(response, "It ends before it starts.")
        self.assertFalse(Arrangement.objects.exists())

    def test_a_copied_end_before_it_holds_leaves_the_place_open(self):
        first = {"lead-article": self.line(self.story), "lead-until": self.later(1)}
        self.send(**first, **{"second-1-article": self.line(self.other)})
        begun = Arrangement.objects.get().pk
        moved = {"second-1-article": self.line(self.story), "second-1-until": first["lead-until"]}
        response = self.client.post(
            FRONT, {**moved, "base": begun, "begun": begun, "holds_from": self.later(2)}, follow=True
        )
        self.assertContains(response, "Over before this arrangement holds, and so left to the page: Second 1.")
        self.assertFalse(Arrangement.objects.newest(None).slots.exists())

    def test_what_ended_while_the_sheet_was_open_is_no_mistake_either(self):
        self.send(lead__article=self.line(self.story))
        begun, over = Arrangement.objects.get().pk, timezone.now().replace(second=0, microsecond=0)
        Slot.objects.update(until=over)
        self.send(
            lead__article=self.line(self.story), lead__until=f"{timezone.localtime(over):%Y-%m-%dT%H:%M}", begun=begun
        )
        self.assertEqual(Arrangement.objects.count(), 2)
        self.assertFalse(Arrangement.objects.newest(None).slots.exists())

    def test_an_end_that_was_written_now_is_refused_at_its_field(self):
        self.send(lead__article=self.line(self.story), lead__until=self.later(3))
        begun = Arrangement.objects.get().pk
        response = self.send(
            lead__article=self.line(self.story), lead__until=self.later(1), begun=begun, holds_from=self.later(2)
        )
        form = next(form for form in response.context["sheet"].places if form.prefix == "lead")
        self.assertEqual(form.errors, {"until": ["It ends before it starts. Choose a later end."]})

    def test_the_top_of_a_section_takes_only_what_stands_there(self):
        section, below = make_section("sport"), make_section("sport/velo")
        inside = make_article(section="sport/velo", title="La course")
        further = make_article(title="Le stade", further_sections=[below])
        address = f"?section={section.pk}"
        response = self.send(address, lead__article=self.line(self.story), base=0)
        self.assertContains(response, "“Le pont est ouvert” stands neither in “Sport” nor below it.")
        response = self.send(
            address, **{"lead-article": self.line(inside), "second-1-article": self.line(further)}, base=0
        )
        self.assertEqual(response.status_code, 302)
        offer = f"/admin/articles/article/complete/?section={section.pk}"
        self.assertContains(self.client.get(FRONT + address), f'data-url="{offer}"')

        def offered(words):
            return {row["label"] for row in self.client.get(f"{offer}&q={words}").json()["results"]}

        self.assertEqual((offered("course"), offered("stade"), offered("pont")), ({"La course"}, {"Le stade"}, set()))
        self.assertEqual(offered(""), set())
        self.assertEqual(self.client.get(f"{offer}0&q=course").status_code, 404)

    def moved(self):
        """The address of a section's top where one story was chosen and has gone to another section since."""
        sport = make_section("sport")
        stays = make_article(section="sport", title="La course")
        goes = make_article(section="sport", title="Le pari")
        address = f"?section={sport.pk}"
        self.send(address, base=0, **{"lead-article": self.line(goes), "second-1-article": self.line(stays)})
        move(goes, self.story.section)
        return address, stays, goes

    def test_a_story_that_left_the_section_leaves_its_place_and_it_is_said(self):
        address, stays, goes = self.moved()
        self.assertContains(self.client.get(FRONT + address), "What was chosen here no longer stands in this section")
        begun = Arrangement.objects.get().pk
        sent = {"second-2-article": self.line(goes), "second-1-article": self.line(stays), "begun": begun}
        self.assertNotContains(self.send(f"preview/{address}", **sent), "neither in")
        response = self.send(address, base=begun, **sent)
        self.assertRedirects(response, FRONT + address, fetch_redirect_response=False)
        said = "No longer in this section, and so left to the page: Second 2."
        self.assertContains(self.client.get(FRONT + address), said)
        newest = Arrangement.objects.order_by("id").last()
        self.assertEqual([slot.article for slot in newest.slots.all()], [stays])

    def test_one_chosen_after_it_left_is_refused_at_its_field(self):
        address, stays, goes = self.moved()
        base = Arrangement.objects.get().pk
        self.send(address, base=base, begun=base, lead__article=self.line(stays))
        begun = Arrangement.objects.order_by("id").last().pk
        response = self.send(address, base=begun, begun=begun, lead__article=self.line(goes))
        form = next(form for form in response.context["sheet"].places if form.prefix == "lead")
        self.assertIn("stands neither in “Sport” nor below it", form.errors["article"][0])

    def test_the_sheet_is_told_what_came_through_last(self):
        self.assertContains(self.client.get(FRONT), 'data-done=""')
        self.assertContains(self.send(kept="abc", lead__title="Pour rien"), 'data-back="abc"')
        self.assertContains(self.client.get(FRONT), 'data-done=""')
        self.send(kept="abc")
        self.assertContains(self.client.get(FRONT), 'data-done="abc"')

    def test_the_title_a_story_will_have_is_shown_where_another_can_be_written(self):
        short = make_article(title="Un titre très long pour la page", front_title="Titre court")
        self.send(lead__article=self.line(short))
        page = self.client.get(FRONT)
        self.assertContains(page, 'placeholder="Titre court"')
        self.assertContains(page, "</span> Titre court</p>")
        wrong = {"lead-article": self.line(short), "second-1-article": self.line(short)}
        self.assertContains(self.send(**wrong), 'placeholder="Titre court"', count=1)

    def test_places_that_are_no_longer_there_are_said(self):
        section = make_section("monde")
        self.send(**{f"block-{section.pk}-1-article": self.line(self.story)})
        section.on_front = False
        section.save()
        self.assertContains(self.client.get(FRONT), "1 place of it is no longer on this page")

    def test_who_was_overtaken_is_told_by_whom_and_keeps_what_was_chosen(self):
        self.send(lead__article=self.line(self.story))
        rival = make_user("editor", "rivale")
        self.client.force_login(rival)
        response = self.send(lead__article=self.line(self.other), note="Le soir", base=0)
        self.assertContains(response, f"{self.editor} arranged this page")
        self.assertContains(response, "<td>Le pont est ouvert</td><td>La gare ferme</td>", html=True)
        self.assertContains(response, "Le soir")
        base = Arrangement.objects.get().pk
        self.assertContains(response, f'name="base" value="{base}"')
        self.send(lead__article=self.line(self.other), base=base)
        self.assertEqual(Arrangement.objects.count(), 2)

    def stands(self):
        return {
            slot.place: slot.article_id or slot.title for slot in Arrangement.objects.newest(None).slots.all()
        }

    def test_places_that_only_one_of_two_changed_are_brought_together(self):
        until = self.later(1)
        self.send(lead__article=self.line(self.story), band__title="Alerte", band__until=until)
        begun = Arrangement.objects.get().pk
        self.send(lead__article=self.line(self.story), begun=begun)  # the alert is over
        response = self.send(
            **{"second-1-article": self.line(self.other)}, lead__article=self.line(self.story), begun=begun,
            band__title="Alerte", band__until=until, base=begun,
        )  # fmt: skip
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.stands(), {"lead": self.story.pk, "second-1": self.other.pk})

    def test_of_two_only_the_places_that_both_changed_are_asked_about(self):
        self.send(lead__article=self.line(self.story))
        begun = Arrangement.objects.get().pk
        third = make_article(title="Le port gèle")
        self.send(
            **{"second-1-article": self.line(self.story)}, lead__article=self.line(self.other), begun=begun
        )
        response = self.send(lead__article=self.line(third), begun=begun, base=begun)
        self.assertContains(response, "<td>La gare ferme</td><td>Le port gèle</td>", html=True)
        self.assertEqual(len(response.context["conflict"]["differences"]), 1)
        self.assertContains(
            response, f"{self.story.title} [{self.story.pk}]"
        )  # theirs, in the place they filled

    def test_who_publishes_before_an_arrangement_to_come_is_told_of_it(self):
        self.send(lead__article=self.line(self.story), holds_from=self.later(1))
        response = self.client.post(FRONT, {"base": Arrangement.objects.get().pk}, follow=True)
        self.assertContains(response, "another arrangement holds")

    def test_an_earlier_one_is_brought_back_as_the_new(self):
        self.send(lead__article=self.line(self.story))
        earlier = Arrangement.objects.get()
        self.send()
        page = self.client.get(f"{FRONT}?from={earlier.pk}")
        self.assertContains(page, self.line(self.story))
        self.assertContains(page, f'name="base" value="{Arrangement.objects.newest(None).pk}"')

    def test_one_to_come_can_be_dropped_and_one_that_holds_cannot(self):
        self.send(lead__article=self.line(self.story))
        made = Arrangement.objects.get()
        self.client.post(f"{FRONT}{made.pk}/drop/")
        self.assertTrue(Arrangement.objects.exists())
        Arrangement.objects.update(holds_from=timezone.now() + timedelta(hours=1))
        self.assertContains(self.client.get(FRONT), f"{FRONT}{made.pk}/drop/")
        self.client.post(f"{FRONT}{made.pk}/drop/")
        self.assertFalse(Arrangement.objects.exists())

    def test_a_story_is_put_into_the_first_free_place(self):
        page = self.client.get(f"{FRONT}?story={self.story.pk}")
        self.assertContains(page, "is put into “Lead”")
        self.assertContains(page, self.line(self.story))

    def test_why_a_story_is_put_nowhere_is_said(self):
        self.send(lead__article=self.line(self.story))
        page = self.client.get(f"{FRONT}?story={self.story.pk}")
        self.assertContains(page, "“Le pont est ouvert” stands in “Lead” already.")
        sport = make_section("sport")
        page = self.client.get(f"{FRONT}?section={sport.pk}&story={self.story.pk}")
        self.assertContains(page, "stands neither in this section nor below it")
        places = [form.prefix for form in self.client.get(FRONT).context["sheet"].places]
        others = {f"{place}-article": self.line(make_article()) for place in places}
        self.send(**others)
        page = self.client.get(f"{FRONT}?story={self.story.pk}")
        self.assertContains(page, "Every place is taken.")

    def test_what_is_not_public_is_said(self):
        draft = make_article(status="draft", title="À venir")
        self.send(lead__article=self.line(draft))
        self.assertContains(self.client.get(FRONT), "What was chosen here is not public")

    def test_it_costs_the_same_with_one_place_chosen_and_with_three(self):
        def cost():
            self.client.get(FRONT)
            with self.assertNumQueries(self.most):
                self.client.get(FRONT)

        self.send(lead__article=self.line(self.story))
        self.most = 19
        cost()
        more = make_article()
        lines = [self.line(story) for story in (self.story, self.other, more)]
        self.send(**dict(zip(("lead-article", "second-1-article", "second-2-article"), lines, strict=True)))
        cost()

"""The verbs: who may do what in which state, what they write, and what happens when two are at it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from accounts.models import AuditEntry
from articles.content import Content
from articles.models import Article, Listing, Reference, Tag
from articles.workflow import Conflict
from tests.factories import make_article, make_author, make_image, make_section, make_user


def with_values(article, **values):
    """The article's newest content with other values."""
    return Content(**(article.newest_content().to_json() | values))


class WorkflowTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.journalist, cls.other = make_user("journalist"), make_user("journalist")
        cls.editor = make_user("editor")


class RoundTests(WorkflowTestCase):
    def test_a_story_goes_the_whole_round(self):
        article = make_article("draft", by=self.journalist)
        article.submit(by=self.journalist, version=article.version)
        self.assertEqual(article.status, "submitted")
        article.send_back(by=self.editor, version=article.version, note="Qui parle ?")
        self.assertEqual(article.status, "returned")
        article.submit(by=self.journalist, version=article.version)
        article.publish(by=self.editor, version=article.version)
        self.assertTrue(article.is_public())
        article.take_down(by=self.editor, version=article.version, how="withdrawn", reason="Source retirée.")
        self.assertFalse(article.is_public())
        article.publish(by=self.editor, version=article.version)
        self.assertTrue(article.is_public())
        verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
        self.assertEqual(
            [v for v in verbs if v != "save"],
            ["create", "submit", "send back", "submit", "publish", "take down", "publish"],
        )

    def test_publishing_again_keeps_the_first_dates(self):
        article = make_article(published_at=timezone.now() - timedelta(days=3))
        first = article.first_published_at
        article.take_down(by=self.editor, version=article.version)
        article.publish(by=self.editor, version=article.version)
        self.assertEqual((article.first_published_at, article.published_at), (first, first))

    def test_only_updated_moves_the_date_readers_see(self):
        article = make_article()
        article.save_content(
            with_values(article, title="Un autre titre"), by=self.editor, version=article.version
        )
        article.publish(by=self.editor, version=article.version)
        self.assertIsNone(article.modified_at)
        article.save_content(
            with_values(article, title="Un titre encore"), by=self.editor, version=article.version
        )
        article.publish(by=self.editor, version=article.version, updated=True)
        self.assertIsNotNone(article.modified_at)

    def test_what_is_missing_is_named_field_by_field(self):
        article = make_article("draft", section=None, body="", source=None)
        with self.assertRaises(ValidationError) as caught:
            article.publish(by=self.editor, version=article.version)
        self.assertEqual(set(caught.exception.message_dict), {"section", "body"})

    def test_a_picture_needs_its_description_and_rights_that_run(self):
        image = make_image(alt="")
        article = make_article("draft", image=image)
        with self.assertRaisesMessage(ValidationError, "Describe the picture"):
            article.publish(by=self.editor, version=article.version)
        image.alt, image.rights_until = "Un pont", timezone.localdate() - timedelta(days=1)
        image.save()
        with self.assertRaisesMessage(ValidationError, "rights in this picture have ended"):
            article.publish(by=self.editor, version=article.version)

    def test_a_date_in_the_year_9999_is_refused(self):
        article = make_article("draft")
        with self.assertRaisesMessage(ValidationError, "too far away"):
            article.publish(by=self.editor, version=article.version, at=timezone.now().replace(year=9999))


class RightsTests(WorkflowTestCase):
    def test_a_journalist_cannot_publish_or_take_down(self):
        draft, public = make_article("draft", by=self.journalist), make_article(by=None)
        for verb, article in (("publish", draft), ("take_down", public)):
            with self.subTest(verb=verb), self.assertRaises(PermissionDenied):
                getattr(article, verb)(by=self.journalist, version=article.version)

    def test_nobody_writes_in_anothers_draft_but_an_editor(self):
        article = make_article("draft", by=self.journalist)
        with self.assertRaises(PermissionDenied):
            article.save_content(with_values(article, title="À moi"), by=self.other, version=article.version)
        article.save_content(with_values(article, title="Relu"), by=self.editor, version=article.version)
        self.assertEqual(article.title, "Relu")

    def test_a_restricted_story_is_seen_by_its_author_and_editors_only(self):
        article = make_article("draft", by=self.journalist, restricted=True)
        seen = [article.may_see(user) for user in (self.journalist, self.editor, self.other)]
        self.assertEqual(seen, [True, True, False])


class PendingTests(WorkflowTestCase):
    def test_changes_to_a_public_story_wait_until_they_are_published(self):
        article = make_article(title="Ancien titre", tags=["Ports"])
        tag = Tag.named("Traités")
        changed = with_values(article, title="Nouveau titre", tags=(tag.pk,))
        article.save_content(changed, by=self.editor, version=article.version)
        row = Article.objects.get(pk=article.pk)
        self.assertEqual((row.title, [t.name for t in row.tags.all()]), ("Ancien titre", ["Ports"]))
        article.publish(by=self.editor, version=article.version)
        row = Article.objects.get(pk=article.pk)
        self.assertEqual((row.title, [t.name for t in row.tags.all()]), ("Nouveau titre", ["Traités"]))
        self.assertIsNone(row.draft_revision)

    def test_the_author_proposes_changes_and_an_editor_publishes_them(self):
        article = make_article(by=self.journalist)
        article.save_content(
            with_values(article, kicker="Ponts"), by=self.journalist, version=article.version
        )
        article.submit(by=self.journalist, version=article.version)
        self.assertTrue(article.is_public())
        self.assertEqual(article.kicker, "")
        article.publish(by=self.editor, version=article.version)
        self.assertEqual(article.kicker, "Ponts")

    def test_a_picture_of_pending_changes_is_known_as_used(self):
        article, image = make_article(), make_image()
        body = f'<p>Un.</p><figure data-image="{image.pk}"></figure>'
        article.save_content(with_values(article, body=body), by=self.editor, version=article.version)
        self.assertTrue(Reference.objects.filter(kind="image", target_id=image.pk).exists())
        article.drop_changes(by=self.editor, version=article.version)
        self.assertFalse(Reference.objects.filter(kind="image", target_id=image.pk).exists())

    def test_saving_without_a_change_writes_nothing(self):
        article = make_article("draft")
        before = article.version, article.revisions.count()
        article.save_content(article.newest_content(), by=self.editor, version=article.version)
        self.assertEqual((article.version, article.revisions.count()), before)

    def test_an_old_state_is_restored_as_a_draft_and_says_what_is_gone(self):
        article = make_article("draft", tags=["Ports", "Canaux"])
        old = article.revisions.first()
        article.save_content(with_values(article, title="Après"), by=self.editor, version=article.version)
        Tag.objects.get(slug="canaux").delete()
        article, missing = article.restore(old, by=self.editor, version=article.version)
        self.assertEqual([tag.name for tag in article.tags.all()], ["Ports"])
        self.assertEqual(len(missing), 1)


class ConflictTests(WorkflowTestCase):
    def test_what_each_side_changed_alone_is_merged(self):
        article = make_article("draft", title="Titre")
        mine, theirs = with_values(article, title="Le mien"), with_values(article, summary="Le leur.")
        version = article.version
        article.save_content(theirs, by=self.editor, version=version)
        article.save_content(mine, by=self.editor, version=version)
        self.assertEqual((article.title, article.summary), ("Le mien", "Le leur."))

    def test_what_both_changed_is_refused_and_kept(self):
        article = make_article("draft", title="Titre")
        version = article.version
        article.save_content(with_values(article, title="Le leur"), by=self.editor, version=version)
        with self.assertRaises(Conflict) as caught:
            article.save_content(
                Content(**(with_values(article).to_json() | {"title": "Le mien"})),
                by=self.editor,
                version=version,
            )
        self.assertIn("title", caught.exception.fields)
        self.assertEqual(caught.exception.theirs.title, "Le leur")
        self.assertEqual(article.revisions.filter(kind="conflict").get().content["title"], "Le mien")

    def both_write(self, *, mine, theirs):
        """My save over theirs, both made from one version of a text of two paragraphs."""
        article = make_article("draft", body="<p>Un.</p><p>Deux.</p>", tags=["Ports"])
        states = [with_values(article, **values) for values in (theirs, mine)]
        version = article.version
        for state in states:
            article.save_content(state, by=self.editor, version=version)
        return article

    def test_a_text_both_wrote_in_is_merged_by_paragraph(self):
        article = self.both_write(
            mine={"body": "<p>Un.</p><p>Deux et demi.</p>"}, theirs={"body": "<p>Un bon.</p><p>Deux.</p>"}
        )
        self.assertEqual(article.body, "<p>Un bon.</p><p>Deux et demi.</p>")

    def test_a_paragraph_both_changed_is_refused_and_the_rest_merged(self):
        with self.assertRaises(Conflict) as caught:
            self.both_write(
                mine={"body": "<p>Un.</p><p>Le mien.</p>"}, theirs={"body": "<p>Un bon.</p><p>Le leur.</p>"}
            )
        self.assertEqual(caught.exception.merged.body, "<p>Un bon.</p><p>Le mien.</p>")
        self.assertEqual([clash.theirs for clash in caught.exception.clashes], ["<p>Le leur.</p>"])

    def test_tags_both_added_are_all_there(self):
        ports, rail, bikes = Tag.named("Ports"), Tag.named("Rail"), Tag.named("Vélos")
        article = self.both_write(mine={"tags": (ports.pk, rail.pk)}, theirs={"tags": (bikes.pk,)})
        self.assertEqual([tag.name for tag in article.tags.order_by("slug")], ["Rail", "Vélos"])

    def test_one_signature_in_two_roles_is_refused(self):
        author = make_author()
        with self.assertRaises(Conflict):
            self.both_write(
                mine={"authors": ((author.pk, ""),)}, theirs={"authors": ((author.pk, "translation"),)}
            )

    def test_lists_changed_in_ways_that_do_not_fit_are_refused(self):
        one, two, three = (make_author(name).pk for name in ("Un", "Deux", "Trois"))
        base = ((one, ""), (two, ""))
        sound = {
            "reordered and added to": (
                ((two, ""), (one, "")),
                (*base, (three, "")),
                ((two, ""), (one, ""), (three, "")),
            ),
            "another role and added to": (
                ((one, "photo"), (two, "")),
                (*base, (three, "")),
                ((one, "photo"), (two, ""), (three, "")),
            ),
            "both took away": (((one, ""),), ((two, ""),), ()),
        }
        for what, (mine, theirs, merged) in sound.items():
            with self.subTest(what):
                states = [Content(authors=authors) for authors in (mine, theirs, base)]
                self.assertEqual(states[0].merged(states[1], states[2]).content.authors, merged)
                self.assertEqual(states[1].merged(states[0], states[2]).content.authors, merged)
        base = (*base, (three, ""))
        unsound = {
            "taken away, and given another role": (base[1:], ((one, "photo"), *base[1:])),
            "two orders": (base[::-1], (base[1], base[0], base[2])),
        }
        for what, (mine, theirs) in unsound.items():
            with self.subTest(what):
                states = [Content(authors=authors) for authors in (mine, theirs, base)]
                self.assertEqual(states[0].merged(states[1], states[2]).conflicts, ["authors"])

    def test_two_who_publish_at_once_publish_once(self):
        article = make_article("submitted")
        again = Article.objects.get(pk=article.pk)
        article.publish(by=self.editor, version=article.version)
        with self.assertRaises((Conflict, ValidationError)):
            again.publish(by=self.editor, version=again.version)
        self.assertEqual(article.revisions.filter(kind="published").count(), 1)

    def test_a_form_sent_twice_makes_one_story(self):
        key = "b9a0d6f2-58a1-4a55-9a2d-3f1f7d1f6a11"
        content = Content(title="Une fois", language="fr")
        first = Article.start(content, by=self.journalist, form_key=key)
        self.assertEqual(Article.start(content, by=self.journalist, form_key=key).pk, first.pk)


class AddressTests(WorkflowTestCase):
    def test_a_taken_slug_gets_a_number(self):
        first, second = make_article(title="Le pont"), make_article(title="Le pont")
        self.assertEqual((first.slug, second.slug), ("le-pont", "le-pont-2"))

    def test_a_public_story_without_a_slug_in_its_new_state_keeps_its_own(self):
        article = make_article(slug="le-pont")
        changed = with_values(article, title="Le viaduc", slug="")
        article.save_content(changed, by=None, version=article.version)
        article.publish(by=None, version=article.version)
        self.assertEqual(article.slug, "le-pont")

    def test_an_old_slug_leads_to_the_story_in_one_hop(self):
        article = make_article(title="Le pont")
        article.save_content(
            with_values(article, slug="le-grand-pont"), by=self.editor, version=article.version
        )
        article.publish(by=self.editor, version=article.version)
        response = self.client.get("/monde/le-pont/")
        self.assertRedirects(response, "/monde/le-grand-pont/", status_code=301)

    def test_a_story_and_a_section_never_claim_one_address(self):
        make_section("monde/asie")
        self.assertNotEqual(make_article(title="Asie").slug, "asie")
        article = make_article(title="Le large")
        section = make_section("monde")
        section.slug, section.pk, section.path = article.slug, None, ""
        with self.assertRaises(ValidationError):
            section.full_clean(exclude=["path"])

    def test_a_moved_branch_takes_its_stories_along(self):
        article = make_article(section="monde/asie")
        moved, target = article.section, make_section("europe")
        old = article.get_absolute_url()
        moved.parent = target
        moved.save()
        article = Article.objects.get(pk=article.pk)
        self.assertEqual(article.get_absolute_url(), f"/europe/asie/{article.slug}/")
        self.assertRedirects(self.client.get(old), article.get_absolute_url(), status_code=301)
        self.assertIn(article, Article.objects.published().listed_in(target))
        self.assertNotIn(article, Article.objects.published().listed_in(make_section("monde")))


class ListingTests(WorkflowTestCase):
    def test_a_story_stands_in_every_list_it_belongs_to(self):
        article = make_article(section="network/villes", tags=["Ports"], authors=["Maëlle Torrekens"])
        keys = set(Listing.objects.filter(article=article).values_list("list", flat=True))
        kinds = sorted(key.split(":")[0] for key in keys)
        self.assertEqual(kinds, ["author", "language", "section", "section", "tag"])

    def test_rows_go_when_the_story_goes(self):
        article = make_article(tags=["Ports"])
        self.assertEqual(Tag.objects.get(slug="ports").uses, 1)
        article.take_down(by=self.editor, version=article.version)
        self.assertFalse(Listing.objects.filter(article=article).exists())
        self.assertEqual(Tag.objects.get(slug="ports").uses, 0)

    def test_accents_do_not_make_two_tags(self):
        self.assertEqual(Tag.named("Économie").pk, Tag.named("economie").pk)

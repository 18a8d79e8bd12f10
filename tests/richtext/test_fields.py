"""Whichever way a text comes to the database, it comes clean."""

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.test import TestCase

from masthead.models import Page
from richtext.fields import RichTextField, RichTextFormField
from richtext.widgets import RichTextWidget

DIRTY, CLEAN = '<p onclick="x()">a<script>b</script></p>', "<p>a</p>"


class StoringTests(TestCase):
    def stored(self):
        return Page.objects.values_list("body", flat=True).get(slug="a")

    def test_create_stores_clean_text_and_gives_it_back(self):
        self.assertEqual(Page.objects.create(slug="a", title="A", body=DIRTY).body, CLEAN)
        self.assertEqual(self.stored(), CLEAN)

    def test_bulk_create_stores_clean_text(self):
        Page.objects.bulk_create([Page(slug="a", title="A", body=DIRTY, position=1)])
        self.assertEqual(self.stored(), CLEAN)

    def test_save_stores_clean_text(self):
        page = Page.objects.create(slug="a", title="A")
        page.body = DIRTY
        page.save(update_fields=["body"])
        self.assertEqual(self.stored(), CLEAN)

    def test_update_stores_clean_text(self):
        Page.objects.create(slug="a", title="A")
        Page.objects.filter(slug="a").update(body=DIRTY)
        self.assertEqual(self.stored(), CLEAN)

    def test_update_with_a_value_of_the_field_stores_clean_text(self):
        Page.objects.create(slug="a", title="A")
        Page.objects.update(body=Value(DIRTY, output_field=RichTextField()))
        self.assertEqual(self.stored(), CLEAN)

    def test_bulk_update_stores_clean_text(self):
        page = Page.objects.create(slug="a", title="A")
        page.body = DIRTY
        Page.objects.bulk_update([page], ["body"])
        self.assertEqual(self.stored(), CLEAN)

    def test_a_look_up_compares_with_what_it_is_given(self):
        Page.objects.create(slug="a", title="A", body="<p>le pont</p>")
        self.assertTrue(Page.objects.filter(body__contains="pont").exists())
        self.assertTrue(Page.objects.filter(body="<p>le pont</p>").exists())
        self.assertFalse(Page.objects.filter(body="le pont").exists())

    def test_the_profile_is_kept_by_migrations(self):
        self.assertEqual(RichTextField(profile="plain").deconstruct()[3], {"profile": "plain"})


class FormTests(TestCase):
    def test_the_form_gives_what_will_be_stored(self):
        self.assertEqual(RichTextFormField().clean(DIRTY), CLEAN)

    def test_a_text_that_is_empty_after_cleaning_is_missing(self):
        with self.assertRaises(ValidationError) as caught:
            RichTextFormField().clean("<p>&nbsp;</p>")
        self.assertEqual(caught.exception.code, "required")

    def test_the_same_text_written_otherwise_has_not_changed(self):
        field = RichTextFormField()
        self.assertFalse(field.has_changed("<p>a</p>", "<div>a</div>\n"))
        self.assertTrue(field.has_changed("<p>a</p>", "<p>b</p>"))

    def test_a_text_that_is_too_long_is_refused_in_a_sentence(self):
        with self.assertRaises(ValidationError) as caught:
            RichTextFormField().clean("a" * 1_000_001)
        self.assertEqual(caught.exception.code, "too_long")

    def test_every_form_of_the_admin_gets_the_editor(self):
        field = Page._meta.get_field("body").formfield()
        self.assertIsInstance(field.widget, RichTextWidget)

    def test_what_was_sent_is_shown_again_clean(self):
        html = RichTextWidget("article").render("body", '<p onclick="x()">a</p>', {"id": "id_body"})
        self.assertIn("&lt;p&gt;a&lt;/p&gt;", html)
        self.assertNotIn("onclick=&quot;x()", html)

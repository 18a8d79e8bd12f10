from django.test import TestCase

from audience import reads
from audience.counting import write
from tests.factories import make_article, make_user


class DeskTests(TestCase):
    def test_reads_of_today(self):
        article, other = make_article(), make_article()
        write({article.pk: 3})
        with self.assertNumQueries(1):
            self.assertEqual(reads.today([article.pk, other.pk]), {article.pk: 3})

    def test_the_panel_tells_the_reads_of_what_was_public(self):
        article = make_article()
        write({article.pk: 3})
        self.assertIn("3", reads.panel(article, None))
        self.assertEqual(reads.panel(make_article("draft"), None), "")

    def test_the_list_of_articles_has_a_column_for_them(self):
        article = make_article()
        write({article.pk: 4711})
        self.client.force_login(make_user("editor"))
        self.assertContains(self.client.get("/admin/articles/article/"), "4711")

    def test_everyone_at_the_desk_sees_the_list_and_nobody_changes_it(self):
        article = make_article(title="Un pont lu")
        write({article.pk: 3})
        for role in ("journalist", "editor", "administrator"):
            self.client.force_login(make_user(role))
            self.assertContains(self.client.get("/admin/audience/popularity/"), "Un pont lu")
            self.assertEqual(self.client.get("/admin/audience/popularity/add/").status_code, 403)

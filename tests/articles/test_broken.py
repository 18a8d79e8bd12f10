"""What is wrong and can be put right, on the desk's home."""

from django.test import TestCase

from articles import broken
from tests.factories import make_article, make_user


class BrokenTests(TestCase):
    def test_a_link_to_a_restricted_story_names_no_title(self):
        editor, journalist = make_user("editor"), make_user("journalist")
        gone = make_article(title="Le témoin")
        make_article(by=journalist, body=f'<p><a data-article="{gone.pk}">Lire</a></p>')
        gone.take_down(by=editor, version=gone.version)
        self.assertEqual([fault.why for fault in broken.found(journalist)], ["Le témoin"])
        gone.arrange(by=editor, version=gone.version, restricted=True)
        self.assertEqual([fault.why for fault in broken.found(journalist)], ["Restricted"])

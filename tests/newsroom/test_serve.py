"""What `make run` says before it serves."""

import os
from io import StringIO
from unittest.mock import patch

from django.test import TestCase

from newsroom.management.commands.serve import Command
from tests.factories import make_user


@patch.dict(os.environ, {"DEMO_PASSWORD": "sept-bacs-2"})
class AnnounceTests(TestCase):
    def announced(self):
        out = StringIO()
        Command(stdout=out).announce()
        return out.getvalue()

    def test_the_demo_accounts_are_named_with_their_password(self):
        for role in ("journalist", "editor", "administrator"):
            make_user(role, username=role)
        self.assertIn("sept-bacs-2", self.announced())

    def test_a_real_papers_administrator_is_no_demo_account(self):
        make_user("administrator", username="administrator")
        self.assertNotIn("sept-bacs-2", self.announced())

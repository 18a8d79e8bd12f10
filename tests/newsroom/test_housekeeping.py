from datetime import timedelta
from unittest import mock

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import TestCase, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import AuditEntry
from articles.models import Article
from newsroom import housekeeping
from newsroom.housekeeping import superfluous, tidy
from tests.factories import make_article


class BinTests(TestCase):
    def binned(self, days, **fields):
        article = make_article("draft")
        article.bin(by=None, version=article.version)
        Article.objects.filter(pk=article.pk).update(
            binned_at=timezone.now() - timedelta(days=days), **fields
        )
        return article

    def test_a_draft_leaves_the_bin_for_good_after_thirty_days(self):
        old, young = self.binned(31), self.binned(29)
        tidy()
        self.assertFalse(Article.objects.filter(pk=old.pk).exists())
        self.assertTrue(Article.objects.filter(pk=young.pk).exists())
        self.assertEqual(AuditEntry.objects.get(verb="delete").target_id, old.pk)

    def test_what_was_ever_public_is_never_deleted(self):
        article = self.binned(31, first_published_at=timezone.now() - timedelta(days=90))
        tidy()
        self.assertTrue(Article.objects.filter(pk=article.pk).exists())

    def test_a_draft_taken_out_while_others_are_deleted_stays(self):
        drafts = {self.binned(31).pk, self.binned(31).pk}

        def take_out(verb, article, *, by):
            Article.objects.exclude(pk=article.pk).update(binned_at=None)

        with mock.patch("newsroom.housekeeping.record", take_out):
            tidy()
        self.assertEqual(Article.objects.filter(pk__in=drafts).count(), 1)

    def test_a_draft_that_nobody_binned_stays(self):
        make_article("draft")
        tidy()
        self.assertEqual(Article.objects.count(), 1)


class LeftoverTests(TestCase):
    def test_ended_sessions_go(self):
        for _ in range(2):
            SessionStore().save()
        Session.objects.filter(pk=Session.objects.first().pk).update(
            expire_date=timezone.now() - timedelta(1)
        )
        tidy()
        self.assertEqual(Session.objects.count(), 1)

    def test_task_results_go_after_a_week_and_waiting_tasks_stay(self):
        for status, days in (("SUCCESSFUL", 8), ("FAILED", 8), ("SUCCESSFUL", 6), ("READY", 0)):
            DBTaskResult.objects.create(
                task_path="x.y",
                args_kwargs={},
                backend_name="default",
                run_after=get_date_max(),
                status=status,
                finished_at=timezone.now() - timedelta(days=days) if days else None,
            )
        tidy()
        self.assertEqual(DBTaskResult.objects.count(), 2)

    def test_one_part_that_fails_does_not_keep_the_others_from_being_done(self):
        SessionStore().save()
        Session.objects.update(expire_date=timezone.now() - timedelta(1))
        with mock.patch.object(housekeeping, "record", side_effect=RuntimeError("x")):
            article = make_article("draft")
            Article.objects.filter(pk=article.pk).update(binned_at=timezone.now() - timedelta(days=31))
            with self.assertRaises(ExceptionGroup):
                tidy()
        self.assertFalse(Session.objects.exists())


class RevisionTests(TestCase):
    def setUp(self):
        self.article = make_article("draft")
        self.article.revisions.all().delete()
        self.noon = timezone.now().replace(hour=12, minute=0) - timedelta(days=5)

    def keep(self, number, days=0, minutes=0, kind="saved"):
        at = self.noon - timedelta(days=days) + timedelta(minutes=minutes)
        return self.article.revisions.create(number=number, kind=kind, content={}, at=at)

    def test_kept_are_the_last_fifty_one_a_day_and_every_state_that_was_public(self):
        old = [self.keep(n, days=2, minutes=n) for n in range(1, 6)]
        public = self.keep(6, days=2, minutes=6, kind="published")
        last_of_day = self.keep(7, days=2, minutes=7)
        recent = [self.keep(10 + n, minutes=n) for n in range(50)]
        tidy()
        left = set(self.article.revisions.values_list("pk", flat=True))
        self.assertEqual(left, {r.pk for r in [public, last_of_day, *recent]})
        self.assertFalse(left & {r.pk for r in old})

    def test_what_the_story_stands_on_is_kept(self):
        first = self.keep(1, minutes=-5)
        for n in range(60):
            self.keep(2 + n, minutes=n)
        Article.objects.filter(pk=self.article.pk).update(draft_revision=first)
        tidy()
        self.assertTrue(self.article.revisions.filter(pk=first.pk).exists())
        self.assertEqual(superfluous(self.article.revisions.all(), timezone.now()), [])

    def test_few_revisions_cost_no_query_a_story(self):
        self.keep(1)
        with self.assertNumQueries(2):  # of those saved lately, and of those saved a year ago
            housekeeping.thin_revisions(timezone.now())

    def test_after_a_year_one_a_day_is_no_longer_kept(self):
        old = [self.keep(n, days=500 - n) for n in range(1, 200)]
        recent = [self.keep(200 + n, minutes=n) for n in range(50)]
        tidy()
        year_ago = timezone.now() - timedelta(days=365)
        left = set(self.article.revisions.values_list("pk", flat=True))
        self.assertEqual(left, {r.pk for r in old + recent if r.at > year_ago})

    def test_a_story_not_saved_for_a_year_is_thinned_once_more(self):
        for n in range(60):
            self.keep(1 + n, days=400 - n, kind="published" if n == 3 else "saved")
        Article.objects.filter(pk=self.article.pk).update(saved_at=timezone.now() - timedelta(days=367))
        self.article.revisions.update(at=timezone.now() - timedelta(days=367))
        tidy()
        self.assertEqual(self.article.revisions.count(), 51)

    def test_what_could_not_be_merged_is_kept_a_month(self):
        young, old = self.keep(1, days=20, kind="conflict"), self.keep(2, days=40, kind="conflict")
        for day in (20, 40):
            self.keep(3, days=day, minutes=1)  # the last of its day
        for n in range(50):
            self.keep(4 + n, minutes=n)
        self.article.revisions.filter(pk=young.pk).update(number=3)
        tidy()
        self.assertTrue(self.article.revisions.filter(pk=young.pk).exists())
        self.assertFalse(self.article.revisions.filter(pk=old.pk).exists())

    @override_settings(REVISIONS_KEPT=5, REVISIONS_DAILY=10)
    def test_the_settings_say_how_many(self):
        for n in range(90):
            self.keep(1 + n, days=(90 - n) // 3, minutes=n)
        Article.objects.filter(pk=self.article.pk).update(saved_at=self.noon)
        housekeeping.thin_revisions(self.noon + timedelta(days=5))  # whatever the hour is
        self.assertEqual(self.article.revisions.count(), 5 + 4)

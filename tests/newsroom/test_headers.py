"""What a browser may do with our pages, and who is looked at."""

from django.conf import settings
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings
from django.utils import timezone, translation

from masthead.models import Masthead, Page, Redirect
from newsroom import middleware, policies
from tests.factories import make_user


def directives(response):
    pairs = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in pairs}


class PublicTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Page.objects.create(title="Charte", slug="charte")

    def test_a_public_page_runs_only_our_own_files(self):
        policy = directives(self.client.get("/charte/"))
        self.assertEqual(policy["default-src"], "'none'")
        self.assertEqual((policy["script-src"], policy["style-src"]), ("'self'", "'self'"))
        self.assertEqual((policy["base-uri"], policy["frame-ancestors"]), ("'none'", "'none'"))
        self.assertNotIn("unsafe", str(policy))

    def test_every_answer_carries_the_headers(self):
        for path in ("/charte/", "/nowhere/", "/%00", "/robots.txt", "/admin/login/", "/health/"):
            response = self.client.get(path)
            self.assertEqual(response["X-Content-Type-Options"], "nosniff", path)
            self.assertEqual(response["Referrer-Policy"], "strict-origin-when-cross-origin", path)
            self.assertEqual(response["Cross-Origin-Opener-Policy"], "same-origin", path)
            self.assertIn("geolocation=()", response["Permissions-Policy"], path)

    def test_a_kept_page_carries_them_too(self):
        first, second = self.client.get("/charte/"), self.client.get("/charte/")
        self.assertEqual(first["Content-Security-Policy"], second["Content-Security-Policy"])

    def test_a_public_page_has_no_session_and_no_user(self):
        self.client.force_login(make_user("administrator"))
        response = self.client.get("/charte/?fresh=1")
        self.assertFalse(hasattr(response.wsgi_request, "session"))
        self.assertFalse(hasattr(response.wsgi_request, "user"))
        self.assertFalse(response.cookies)
        self.assertNotIn("Cookie", response.get("Vary", ""))

    def test_the_browsers_language_changes_nothing(self):
        first = self.client.get("/charte/?fresh=1", headers={"accept-language": "nl"})
        second = self.client.get("/charte/?fresh=1", headers={"accept-language": "de"})
        self.assertEqual(first.content, second.content)


class DeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("administrator", language="de")

    def setUp(self):
        self.client.force_login(self.user)

    def test_only_forms_with_an_editor_may_use_inline_styles_and_handlers(self):
        with_editor = directives(self.client.get("/admin/masthead/page/add/"))
        self.assertEqual(with_editor["script-src-attr"], "'unsafe-inline'")
        self.assertEqual(
            (with_editor["script-src"], with_editor["style-src"]), ("'self'", "'self' 'unsafe-inline'")
        )
        for path in ("/admin/", "/admin/masthead/page/", "/admin/masthead/redirect/add/"):
            self.assertNotIn("unsafe", self.client.get(path)["Content-Security-Policy"], path)

    def test_the_desk_is_never_kept_or_indexed(self):
        response = self.client.get("/admin/")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertEqual(response["X-Frame-Options"], "SAMEORIGIN")

    def test_the_desk_speaks_its_users_language_and_the_papers_where_they_have_none(self):
        Masthead.objects.create(name="x", language="nl")
        self.assertContains(self.client.get("/admin/"), 'lang="de"')
        self.user.language = ""
        self.user.save()
        self.assertContains(self.client.get("/admin/"), 'lang="nl"')

    def test_its_cookies_stay_at_the_desk(self):
        self.client.logout()
        response = self.client.get("/admin/login/")
        self.assertTrue(response.cookies)
        for cookie in response.cookies.values():
            self.assertEqual(cookie["path"], "/admin/")

    def test_a_form_without_its_key_is_refused(self):
        client = self.client_class(enforce_csrf_checks=True)
        client.force_login(self.user)
        client.post("/admin/masthead/redirect/add/", {"old_path": "/a/", "leads_to": "https://x.example/"})
        self.assertFalse(Redirect.objects.exists())


class LocaleTests(TestCase):
    def test_pages_are_made_in_the_papers_language_and_time_zone(self):
        Masthead.objects.create(name="x", language="nl", time_zone="America/Martinique")
        seen = {}

        def view(request):
            seen.update(language=translation.get_language(), zone=timezone.get_current_timezone_name())

        middleware.LocaleMiddleware(view)(RequestFactory().get("/"))
        self.assertEqual(seen, {"language": "nl", "zone": "America/Martinique"})
        self.assertEqual(timezone.get_current_timezone_name(), settings.TIME_ZONE)


class PolicyTests(SimpleTestCase):
    def setUp(self):
        self.clear()
        self.addCleanup(self.clear)

    def clear(self):
        for cached in (policies.media_origin, policies._public, policies._desk):
            cached.cache_clear()

    def policy(self, path="/"):
        return policies.policy(RequestFactory().get(path))

    def test_pictures_may_come_from_the_bucket_when_there_is_one(self):
        bucket = {"bucket_name": "paper", "custom_domain": "pictures.example", "querystring_auth": False}
        storages = settings.STORAGES | {
            "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": bucket}
        }
        with override_settings(STORAGES=storages):
            self.assertIn("img-src 'self' data: https://pictures.example;", self.policy())

    def test_a_preview_may_stand_beside_the_form(self):
        self.assertIn("frame-ancestors 'self'", self.policy("/preview/abc/"))
        self.assertIn("frame-ancestors 'none'", self.policy("/"))

    def test_behind_https_everything_is_asked_for_by_https(self):
        self.assertNotIn("upgrade-insecure-requests", self.policy())
        self.clear()
        with override_settings(SECURE=True):
            self.assertIn("upgrade-insecure-requests", self.policy())

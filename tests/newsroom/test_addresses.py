"""Addresses nobody can answer get the right 4xx, in the site's look."""

from unittest import mock

from django.test import TestCase

from masthead.models import Masthead


class AddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Masthead.objects.create(name="Le Courrier des Deux Rives", language="nl")

    def refused(self, path, status, method="get"):
        response = getattr(self.client, method)(path)
        self.assertEqual(response.status_code, status, path[:80])
        if method != "head":
            self.assertContains(response, "Le Courrier des Deux Rives", status_code=status)
            self.assertContains(response, '<html lang="nl"', status_code=status)
        return response

    def test_control_characters_are_a_bad_request(self):
        for path in (
            "/%00",
            "/a%00b/",
            "/%0d%0aSet-Cookie:x=1/",
            "/%7f/",
            "/a%5cb/",
            "/admin/%00/",
            "/search/?q=%00",
        ):
            self.refused(path, 400)

    def test_broken_utf8_is_not_there(self):
        for path in ("/%ff/", "/%c3%28/", "/%e2%80/", "/a%/"):
            self.assertEqual(self.client.get(path).status_code, 404, path)

    def test_double_slashes_and_dots_are_not_there(self):
        for path in ("/a//b/", "/a//", "/a/../b/", "/./a/", "/%2e%2e/", "/admin//"):
            self.refused(path, 404)

    def test_an_address_that_looks_like_another_host_is_not_there(self):
        response = self.client.get("/", PATH_INFO="//elsewhere.example/")
        self.assertEqual(response.status_code, 404)

    def test_endless_addresses_are_refused(self):
        self.refused("/" + "a" * 5000, 414)
        self.refused("/?q=" + "a" * 5000, 414)
        self.refused("/admin/?q=" + "a" * 5000, 414)

    def test_unknown_methods_are_refused_and_told_what_goes(self):
        for method in ("put", "patch", "delete", "options", "trace"):
            self.assertEqual(self.refused("/", 405, method)["Allow"], "GET, HEAD")
        self.assertEqual(self.client.generic("BREW", "/").status_code, 405)

    def test_nothing_is_posted_to_a_page(self):
        for path in ("/", "/search/", "/latest/", "/health/", "/robots.txt"):
            self.refused(path, 405, "post")

    def test_a_refusal_is_not_kept_and_sets_no_cookie(self):
        response = self.refused("/%00", 400)
        self.assertEqual(response["Cache-Control"], "no-store")
        self.assertFalse(response.cookies)

    def test_head_gets_the_same_status(self):
        for path, status in (("/%00", 400), ("/a//b/", 404), ("/" + "a" * 5000, 414)):
            self.refused(path, status, "head")

    def test_an_error_in_a_page_gets_the_static_one_without_the_database(self):
        self.client.raise_request_exception = False
        with mock.patch("masthead.views.Masthead.current", side_effect=ZeroDivisionError):
            response = self.client.get("/robots.txt?x=1")
            self.assertEqual(response.status_code, 500)
        with self.assertNumQueries(0):
            from newsroom.views import server_error

            self.assertContains(server_error(None), "<!doctype html", status_code=500)


class BodyTests(TestCase):
    def test_what_is_too_large_is_refused_before_it_is_read(self):
        headers = {"CONTENT_LENGTH": str(50 * 1024 * 1024)}
        response = self.client.post("/admin/images/image/add/", **headers)
        self.assertContains(response, "At most 45 MB", status_code=413)

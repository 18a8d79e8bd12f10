"""Every kind of page of the demo paper and every screen of the desk: axe, console, sideways scroll, layout shift."""

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from accounts import notices
from accounts.roles import grant
from articles.models import Article, Assignment, Author, SavedView, Section, Source, StoryTemplate, Tag
from images.models import Image
from masthead.models import Page
from tests.browser.base import AXE, BrowserTestCase, needs
from tests.factories import make_user, with_translations
from tests.validity import pages

VIEWS = [(width, scheme) for width in (390, 1440) for scheme in ("light", "dark")]
SHIFT = """() => new Promise(done => {
  const found = {sum: 0, moved: []};
  const box = ({x, y, width, height}) => [x, y, width, height].map(Math.round).join(" ");
  new PerformanceObserver(list => {
    for (const e of list.getEntries()) {
      if (e.hadRecentInput) continue;
      found.sum += e.value;
      for (const {node, previousRect, currentRect} of e.sources) {
        const element = node?.nodeType === 1 ? node : node?.parentElement;
        found.moved.push(`${element?.outerHTML.slice(0, 60)} from ${box(previousRect)} to ${box(currentRect)}`);
      }
    }
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(found), 300);
})"""
LEFT_OUT = (
    "month",
    "author without",
    "page ",
    "long story 3",
    "long story 4",
    "section in de",
    "section in en",
)


@needs(AXE.exists(), "axe-core")
@with_translations()
class PublicPageTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        pages.load()

    def test_every_kind_of_page(self):
        addresses = {k: a for k, a in pages.addresses().items() if not k.startswith(LEFT_OUT)}
        followed = Article.objects.published().exclude(follows=None).first()
        addresses |= {"story that goes on": followed.get_absolute_url()}
        addresses |= {"story gone on with": followed.follows.get_absolute_url()}
        addresses |= {"a static page": "/qui-sommes-nous/", "not found": "/nowhere/"}
        for width, scheme in VIEWS:
            page = self.page(width=width, scheme=scheme)
            for kind, address in addresses.items():
                page.problems.clear()
                page.goto(address)
                with self.subTest(page=kind, width=width, scheme=scheme):
                    self.assertFalse(
                        page.evaluate("document.documentElement.scrollWidth > innerWidth"), "sideways"
                    )
                    shift = page.evaluate(SHIFT)
                    if shift["sum"] >= 0.01:
                        # Once more before it counts, with an empty cache: a machine out of breath paints late.
                        again = self.page(width=width, scheme=scheme)
                        again.goto(address)
                        shift = again.evaluate(SHIFT)
                        again.context.close()
                    self.assertLess(shift["sum"], 0.01, shift["moved"])
                    noise = [text for text in page.problems if kind != "not found" or "404" not in text]
                    self.assertEqual(noise, [])
                    self.assertEqual(page.context.cookies(), [])
                    self.assertEqual(self.violations(page), [])
            page.context.close()


@needs(AXE.exists(), "axe-core")
@with_translations()
@override_settings(ALLOWED_HOSTS=["*"])
class DeskTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        pages.load()
        grant()
        self.chief = make_user("administrator", "cheffe")
        SavedView.objects.create(user=self.chief, name="Brouillons du mois", query="state=draft&saved=month")
        deadline = timezone.now() + timedelta(hours=1)
        self.order = Assignment.start(by=self.chief, title="Un portrait", deadline=deadline)
        notices.tell("late", [self.chief], by=None, label="Un portrait", address="/admin/", note="Vite.")

    def addresses(self):
        yield "/admin/"
        for name in ("articles/article", "articles/assignment", "articles/section", "articles/author",
                     "articles/source", "articles/tag", "articles/storytemplate", "images/image",
                     "masthead/page", "masthead/menuentry",
                     "masthead/redirect", "adverts/booking", "accounts/user"):  # fmt: skip
            yield f"/admin/{name}/"
            yield f"/admin/{name}/add/"
        yield "/admin/articles/article/?state=draft&saved=month&source=nobody&q=ville"
        yield "/admin/articles/article/views/"
        yield "/admin/accounts/auditentry/"
        yield "/admin/front/"
        yield f"/admin/front/?section={Section.objects.first().pk}"
        yield "/admin/articles/correction/"
        yield f"/admin/articles/assignment/{self.order.pk}/change/"
        yield from ("/admin/calendar/", "/admin/calendar/?view=week", "/admin/notifications/")
        for model, name in ((Section, "section"), (Author, "author"), (Source, "source"), (Tag, "tag"),
                            (StoryTemplate, "storytemplate")):  # fmt: skip
            yield f"/admin/articles/{name}/{model.objects.first().pk}/change/"
        yield f"/admin/images/image/{Image.objects.first().pk}/change/"
        yield f"/admin/masthead/page/{Page.objects.first().pk}/change/"
        yield "/admin/masthead/masthead/1/change/"
        for status in ("draft", "submitted", "returned", "published", "withdrawn"):
            yield f"/admin/articles/article/{Article.objects.filter(status=status).first().pk}/change/"
        story = Article.objects.published().first()
        for begun in (
            f"template={StoryTemplate.objects.first().pk}",
            f"copy={story.pk}",
            f"follows={story.pk}",
        ):
            yield f"/admin/articles/article/add/?{begun}"
        yield "/admin/me/"
        note = story.corrections.create(text="Le pont a trois voies.", by=self.chief)
        for page in ("history", "compare", "links", "take-down", "correct", f"correct/{note.pk}"):
            yield f"/admin/articles/article/{story.pk}/{page}/"

    def test_every_screen_of_the_desk(self):
        for width, scheme in VIEWS:
            page = self.page(
                width=width, height=6000, scheme=scheme
            )  # so high that the state bar covers nothing
            page.set_default_timeout(60_000)
            page.goto("/admin/login/")
            with self.subTest(page="sign in", width=width, scheme=scheme):
                self.assertEqual(self.violations(page), [])
            self.sign_in(page, self.chief)
            for address in self.addresses():
                page.problems.clear()
                response = page.goto(address)
                if "/article/" in address and ("/add/" in address or address.endswith("change/")):
                    page.locator(".cke_wysiwyg_div").wait_for()
                with self.subTest(page=address, width=width, scheme=scheme):
                    self.assertEqual(response.status, 200)
                    self.assertEqual(page.problems, [])  # before axe: the policy refuses its style elements
                    self.assertFalse(
                        page.evaluate("document.documentElement.scrollWidth > innerWidth"), "sideways"
                    )
                    self.assertEqual(self.violations(page), [])
            page.context.close()

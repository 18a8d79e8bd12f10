"""Pictures as HTML."""

from django.template import Context, Template
from django.test import SimpleTestCase

from images.markup import picture_html
from images.models import Image


def row(ratio, width, height, form):
    ending = "jpg" if form == "jpeg" else form
    name = f"renditions/0/7-{ratio}-{width}.{ending}"
    return {"ratio": ratio, "width": width, "height": height, "format": form, "name": name, "bytes": 9}


IMAGE = Image(
    pk=7,
    alt='Un "pont" & <b>une</b> rive',
    renditions=[
        *[row("full", w, w * 2 // 3, form) for w in (1200, 400) for form in ("avif", "webp")],
        row("full", 1200, 800, "jpeg"),
        *[row("1x1", w, w, form) for w in (800, 400) for form in ("avif", "webp")],
        row("1x1", 800, 800, "jpeg"),
    ],
)


class PictureTests(SimpleTestCase):
    def test_sources_in_both_formats_with_every_width(self):
        self.assertHTMLEqual(
            picture_html(IMAGE, sizes="(min-width: 60rem) 40rem, 100vw"),
            """<picture>
            <source type="image/avif" sizes="(min-width: 60rem) 40rem, 100vw" width="1200" height="800"
             srcset="/media/renditions/0/7-full-400.avif 400w, /media/renditions/0/7-full-1200.avif 1200w">
            <source type="image/webp" sizes="(min-width: 60rem) 40rem, 100vw" width="1200" height="800"
             srcset="/media/renditions/0/7-full-400.webp 400w, /media/renditions/0/7-full-1200.webp 1200w">
            <img src="/media/renditions/0/7-full-1200.jpg" width="1200" height="800"
             alt="Un &quot;pont&quot; &amp; &lt;b&gt;une&lt;/b&gt; rive"
             loading="lazy" decoding="async"></picture>""",
        )

    def test_the_lead_is_loaded_first(self):
        html = picture_html(IMAGE, sizes="100vw", lead=True)
        self.assertIn('fetchpriority="high"', html)
        self.assertNotIn("lazy", html)

    def test_phones_get_their_own_shape_first(self):
        html = picture_html(IMAGE, sizes="100vw", small_ratio="1x1")
        self.assertLess(html.index("7-1x1-400.avif"), html.index("7-full-400.avif"))
        self.assertEqual(html.count('media="(max-width: 44rem)"'), 2)
        self.assertIn('width="800" height="800"', html)

    def test_a_shape_that_is_missing_is_the_whole_picture(self):
        self.assertIn("7-full-400.avif", picture_html(IMAGE, sizes="100vw", ratio="4x3"))

    def test_another_description_or_none(self):
        self.assertIn('alt="Autre"', picture_html(IMAGE, sizes="100vw", alt="Autre"))
        self.assertIn('alt=""', picture_html(IMAGE, sizes="100vw", alt=""))

    def test_whole_addresses_for_feeds(self):
        html = picture_html(IMAGE, sizes="100vw", origin="https://paper.example")
        self.assertEqual(html.count("https://paper.example/media/"), 5)

    def test_nothing_while_there_is_nothing(self):
        self.assertEqual(picture_html(Image(), sizes="100vw"), "")

    def test_the_tag(self):
        template = Template('{% load pictures %}{% picture image sizes="50vw" ratio="1x1" %}')
        self.assertIn("7-1x1-800.jpg", template.render(Context({"image": IMAGE})))
        self.assertEqual(template.render(Context({"image": None})), "")

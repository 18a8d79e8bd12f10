"""Takes the pictures of README.md and docs/ from a running demo paper.

    DEMO_PASSWORD=… .venv/bin/python docs/pictures.py http://127.0.0.1:8000

It looks and opens forms; it saves nothing. The pictures go to docs/pictures/, cut to 256 colours.
Needs Chromium and what is in requirements-dev.txt.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "pictures"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
MOST_BYTES = 300 * 1024
COLOURS = (256, 192, 128, 96, 64)


class Camera:
    """A browser at one width, perhaps signed in; `take(name, …)` keeps what it shows."""

    def __init__(self, browser, site, *, width=1280, height=900, scheme="light", user=""):
        self.context = browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-BE",
            timezone_id="Europe/Brussels",
        )  # fmt: skip
        self.page = self.context.new_page()
        if user:
            self.page.goto("/admin/login/")
            self.page.fill("#id_username", user)
            self.page.fill("#id_password", os.environ["DEMO_PASSWORD"])
            self.page.click("[type=submit]")
            self.page.wait_for_url("**/admin/")

    def open(self, address):
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def take(self, name, *, to="", top=0):
        """Keep the window as it stands, scrolled so that the element `to` is `top` pixels below its upper edge."""
        if to:
            self.page.evaluate(
                "([to, top]) => scrollBy(0, document.querySelector(to).getBoundingClientRect().top - top)", [to, top]
            )
        self.page.wait_for_timeout(500)  # lazy pictures
        write(name, self.page.screenshot())


def write(name, data):
    """The picture as PNG, in as many colours as the size allows."""
    picture = Image.open(BytesIO(data)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        fewer = picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        fewer.save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    (FOLDER / f"{name}.png").write_bytes(out.getvalue())
    sys.stdout.write(f"{name}.png  {out.tell() // 1024} KB, {colours} colours\n")


def first_story(camera, state):
    """Open the form of the first French story in this state."""
    camera.open(f"/admin/articles/article/?state={state}&language=fr")
    return camera.open(camera.page.locator("#result_list a.title").first.get_attribute("href"))


def public(browser, site):
    camera = Camera(browser, site, width=1200, height=860)
    page = camera.open("/")
    camera.take("front")
    address = page.locator("main a:has(h1), main :is(h1, h2, h3) a").first.get_attribute("href")
    camera.open(address)
    camera.take("story")
    phone = Camera(browser, site, width=390, height=844, scheme="dark")
    phone.open(address)
    phone.take("phone")


def journalist(browser, site):
    camera = Camera(browser, site, user="journalist")
    camera.open("/admin/")
    camera.take("desk")
    page = first_story(camera, "mine")
    camera.take("form")
    camera.take("text", to="#id_summary", top=60)
    page.locator("picture-field [data-open]").click()
    page.locator("picture-picker dialog img").first.wait_for()
    page.wait_for_load_state("networkidle")
    camera.take("picker")
    camera.open(page.url.replace("/change/", "/preview/"))
    camera.take("preview")


def editor(browser, site):
    camera = Camera(browser, site, user="editor")
    camera.open("/admin/articles/article/")
    camera.take("articles")
    camera.open("/admin/calendar/")
    camera.take("calendar")
    camera.open("/admin/front/")
    camera.take("arrange")
    first_story(camera, "waiting")
    camera.take("review")
    page = first_story(camera, "public")
    change = page.url
    for name in ("take-down", "correct", "history"):
        camera.open(change.replace("/change/", f"/{name}/"))
        camera.take(name)
    camera.open("/admin/images/image/")
    camera.take("library")


def administrator(browser, site):
    camera = Camera(browser, site, user="administrator")
    camera.open("/admin/masthead/masthead/")
    camera.take("masthead")
    camera.open("/admin/articles/section/")
    camera.take("sections")
    camera.open("/admin/adverts/booking/")
    camera.take("bookings")
    camera.open("/admin/accounts/user/add/")
    camera.take("person")


def main():
    site = sys.argv[1].rstrip("/")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for part in (public, journalist, editor, administrator):
            part(browser, site)
        browser.close()


if __name__ == "__main__":
    main()

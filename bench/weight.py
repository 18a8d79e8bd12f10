"""What a reader's browser fetches for a page, pictures and fonts apart, and how much the page moves while it loads.

The document and every style sheet, script and data file that Chromium asks for, compressed by gzip at level 6.
Layout shift as Chromium's own PerformanceObserver gives it (web.dev/cls), after scrolling to the end of the page,
with the fonts at once and with the fonts 700 ms late. Needs Playwright and Chromium (CHROMIUM=/path/to/it).
Figures: bench/figures/weight.json.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {390: 844, 1440: 900}
LATE = 0.7  # seconds
STAND_INS = ("Liberation Serif", "Noto Serif", "DejaVu Serif")  # each in paper.css with measures of its own
APART = {"image", "font"}
WATCH = """
    window.shift = {score: 0, moved: []};
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            window.shift.score += entry.value;
            for (const source of entry.sources)
                window.shift.moved.push(source.node ? source.node.nodeName + "." + source.node.className : "?");
        }
    }).observe({type: "layout-shift", buffered: true});
"""


def zipped(body):
    return len(gzip.compress(body, 6))


def fetched(browser, address):
    """{path: (kind, bytes, gzipped bytes)} of all a page asks for, pictures and fonts apart."""
    page, responses = browser.new_page(viewport={"width": 1440, "height": 900}), []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    found = {}
    for response in responses:
        if response.request.resource_type not in APART and response.status == 200:
            body = response.body()
            found[urlsplit(response.url).path] = (response.request.resource_type, len(body), zipped(body))
    page.close()
    return found


def alone(family, folder):
    """Environment in which a browser has, of the families that stand in for the paper's font, only `family`."""
    others = "".join(
        f'<pattern><patelt name="family"><string>{other}</string></patelt></pattern>'
        for other in STAND_INS
        if other != family
    )
    rules = folder / f"{family}.conf"
    rules.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<selectfont><rejectfont>{others}</rejectfont></selectfont></fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(rules)}


def installed(family):
    """Whether this machine has the font."""
    listed = subprocess.run(["fc-list", family, "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def shift(browser, address, width, late):
    """The page's layout shift (a number, good below 0.1) and what moved."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    page.add_init_script(WATCH)

    def slowly(route):
        time.sleep(LATE)
        route.continue_()

    if late:
        page.route("**/*.woff2", slowly)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, WIDTHS[width] // 2):
        page.evaluate(f"scrollTo(0, {top})")
        page.wait_for_timeout(60)
    page.wait_for_timeout(500)
    found = page.evaluate("window.shift")
    context.close()
    return {"score": round(found["score"], 4), "moved": sorted(set(found["moved"]))[:5]}


def heaviest(address):
    """The path of the story whose document is the heaviest of all that the sitemaps name."""

    def read(path):
        with urllib.request.urlopen(address + path) as response:  # noqa: S310 - our own server
            return response.read()

    def named(path):
        return [urlsplit(found).path for found in re.findall(r"<loc>(.+?)</loc>", read(path).decode())]

    months = [path for path in named("/sitemap.xml") if re.search(r"-\d{4}-\d\d\.xml", path)]
    return max((path for month in months for path in named(month)), key=lambda path: zipped(read(path)))


def measure(browser, address, path):
    files = fetched(browser, address + path)
    kinds = {}
    for kind, size, small in files.values():
        row = kinds.setdefault(kind, {"files": 0, "bytes": 0, "gzip": 0})
        row["files"], row["bytes"], row["gzip"] = row["files"] + 1, row["bytes"] + size, row["gzip"] + small
    return {
        "path": path,
        "gzip_total": sum(small for _kind, _size, small in files.values()),
        "kinds": kinds,
        "shift": {
            f"{width}, fonts at once": shift(browser, address + path, width, late=False) for width in WIDTHS
        },
    }


def main():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("Playwright is not installed: .venv/bin/pip install -r requirements-dev.txt")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("Chromium is not installed. Install it, or name it: CHROMIUM=/path/to/chromium")
    from bench import machine, scratch

    figures = {"machine": machine.describe(), "pages": {}}
    with scratch.demo_paper() as environment, scratch.served(environment) as (address, _process):
        story, heavy = scratch.a_story(environment), heaviest(address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            figures["chromium"] = browser.version
            for name, path in {"story": story, "heaviest story": heavy, "front page": "/"}.items():
                figures["pages"][name] = measure(browser, address, path)
            browser.close()
            for family in filter(installed, STAND_INS):
                with tempfile.TemporaryDirectory() as folder:
                    browser = playwright.chromium.launch(
                        executable_path=chromium, args=["--no-sandbox"], env=alone(family, Path(folder))
                    )
                    for page in figures["pages"].values():
                        for width in WIDTHS:
                            page["shift"][f"{width}, fonts late, {family} first"] = shift(
                                browser, address + page["path"], width, late=True
                            )
                    browser.close()
    out = ROOT / "bench" / "figures" / "weight.json"
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    for name, found in figures["pages"].items():
        print(f"{name}: {found['gzip_total'] / 1024:.1f} KB gzipped  ({found['path']})")
        for kind, row in found["kinds"].items():
            print(f"  {kind:12} {row['files']} files, {row['bytes']} bytes, {row['gzip']} gzipped")
        for where, row in found["shift"].items():
            print(f"  layout shift at {where}: {row['score']} {' '.join(row['moved'])}")


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    main()

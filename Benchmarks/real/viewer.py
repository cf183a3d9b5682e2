#!/usr/bin/env python3
"""Drives copra view in a headless Chromium and checks what a user would see and feel.

One line a claim, then the figures, then `N passed, M failed`. Needs Chromium and websocket-client.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from browser import Browser, Tab
from view_process import ViewProcess

REPOSITORY = Path(__file__).resolve().parents[2]
DESKTOP, PHONE = (1280, 800), (390, 844)
FIRST_PAGE_LIMIT, SCROLL_LIMIT, MEMORY_LIMIT = 0.2, 0.05, 300
HOSTILE_NAMES = [
    "<script>document.title='run'</script>.jpg",
    "\"><img src=x onerror=\"document.title='run'\">.jpg",
    "שלום עולם.jpg",
    "\u202egpj.exe",
    "🦝🥥 raccoon.jpg",
    "写真の名前.jpg",
    "word" * 300 + ".jpg",
]


class Claims:
    """Counts what holds and what does not."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, holds: bool, claim: str, found: object = "") -> None:
        """Prints one claim."""
        self.passed += holds
        self.failed += not holds
        print(f"{'ok  ' if holds else 'FAIL'} {claim}" + ("" if holds else f": found {found}"))


def drawn_set(folder: Path, pictures: int, objects: int) -> Path:
    """A COCO file without picture files."""
    images, annotations = [], []
    for index in range(1, pictures + 1):
        images.append({"id": index, "file_name": f"{index:06}.jpg", "width": 640, "height": 480})
        for number in range(objects):
            box = [10 + 7 * number, 20 + 5 * number, 100, 80]
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": index,
                    "category_id": 1 + (index + number) % 5,
                    "bbox": box,
                    "area": 8000,
                    "iscrowd": 0,
                }
            )
    categories = [{"id": number, "name": f"kind {number}"} for number in range(1, 6)]
    path = folder / "drawn.json"
    path.write_text(
        json.dumps({"images": images, "annotations": annotations, "categories": categories})
    )
    return path


def hostile_set(folder: Path) -> Path:
    """A COCO file whose names try to run, to turn the text around and to burst their place."""
    images = [
        {"id": number, "file_name": name, "width": 640, "height": 480}
        for number, name in enumerate(HOSTILE_NAMES, 1)
    ]
    categories = [{"id": number, "name": name} for number, name in enumerate(HOSTILE_NAMES, 1)]
    annotations = [
        {
            "id": number,
            "image_id": number,
            "category_id": number,
            "bbox": [20, 20, 300, 200],
            "area": 60000,
            "iscrowd": 0,
            "note": name,
        }
        for number, name in enumerate(HOSTILE_NAMES, 1)
    ]
    path = folder / "hostile.json"
    path.write_text(
        json.dumps({"images": images, "annotations": annotations, "categories": categories})
    )
    return path


def overflows(tab: Tab) -> bool:
    """Whether the page is wider than its window."""
    return tab.value("document.documentElement.scrollWidth > window.innerWidth")


def check_use(claims: Claims, tab: Tab, view: ViewProcess) -> None:
    """Filters, keys, the large picture and marks, on raccoon."""
    tab.open(view.address)
    tab.wait("document.querySelectorAll('.cell:not(.empty)').length > 8")
    claims.check(tab.value("document.querySelector('#count').textContent") == "200 pictures", "all 200 pictures are counted")
    claims.check(tab.value("location.search") == "", "the token does not stay in the address")
    tab.wait("document.querySelector('#finding').options.length > 3")
    tab.choose("#finding", "some")
    claims.check(tab.value("document.querySelector('#count').textContent").endswith("of 200"), "a filter by finding leaves some")
    tab.click("#clear")
    tab.type_in("#search", "raccoon-12")
    shown = tab.value("document.querySelector('#count').textContent")
    claims.check(shown == "11 of 200", "a search finds raccoon-12 and 120 to 129", shown)
    tab.click("#clear")
    tab.choose("#sort", "most")
    tab.focus("#grid")
    tab.keys("Home", "ArrowRight", "m", "Enter")
    tab.wait("document.querySelector('#picture').open && document.querySelector('.object')")
    position = tab.value("document.querySelector('#position').textContent")
    claims.check(position == "2 of 200", "keys choose and open a picture", position)
    claims.check(tab.value("document.querySelector('#mark').textContent") == "Marked", "m marks a picture")
    tab.keys("ArrowRight", "j", "k")
    position = tab.value("document.querySelector('#position').textContent")
    claims.check(position == "3 of 200", "→, j and k lead on and back", position)
    tab.wait("document.querySelector('.object')")
    tab.click(".object")
    claims.check(".xml:" in tab.value("document.querySelector('.details:not([hidden]) .place').textContent"), "an object tells its place")
    tab.keys("Escape")
    claims.check(not tab.value("document.querySelector('#picture').open"), "Escape closes the large picture")
    claims.check(not overflows(tab), "the page fits its window")
    check_quiet(claims, tab, view)


def check_quiet(claims: Claims, tab: Tab, view: ViewProcess) -> None:
    """No error on the console, no request elsewhere."""
    claims.check(not tab.errors, "the console shows no error", tab.errors)
    elsewhere = [one for one in tab.requests if not one.startswith((view.origin, "data:", "blob:"))]
    claims.check(not elsewhere, "no request leaves the machine", elsewhere)


def check_hostile(claims: Claims, tab: Tab, view: ViewProcess) -> None:
    """Names are shown and nothing more."""
    tab.open(view.address)
    tab.wait(f"document.querySelectorAll('.cell').length == {len(HOSTILE_NAMES)}")
    tab.focus("#grid")
    for _ in HOSTILE_NAMES:
        tab.keys("Enter")
        tab.wait("document.querySelector('.object')")
        tab.click(".object")
        tab.keys("Escape", "ArrowRight")
    claims.check(tab.value("document.title") == "hostile.json – copra", "no name runs", tab.value("document.title"))
    claims.check(not tab.value("document.querySelector('main script, main img[onerror], #panel script')"), "no name becomes an element")
    claims.check(not overflows(tab), "no name makes the page wider")


def check_size(claims: Claims, tab: Tab, view: ViewProcess) -> None:
    """100,000 pictures: the first page, a step of scrolling, memory."""
    tab.open(view.address)
    tab.wait("document.querySelectorAll('.cell').length > 8")
    first = tab.value("performance.getEntriesByName('first-cells')[0].startTime") / 1000
    claims.check(first < FIRST_PAGE_LIMIT, f"the first page is there within {FIRST_PAGE_LIMIT} s", first)
    tab.wait("document.querySelector('#count').textContent == '100,000 pictures'", 30)
    steps = tab.value(SCROLLING)
    worst = max(steps) / 1000
    claims.check(worst < SCROLL_LIMIT, f"a step of scrolling takes less than {SCROLL_LIMIT * 1000:.0f} ms", worst)
    tab.focus("#grid")
    tab.keys("End")
    time.sleep(0.5)
    claims.check("099999" in tab.value("document.querySelector('#sheet').textContent"), "the last pictures are reached")
    memory = view.peak_memory()
    claims.check(memory < MEMORY_LIMIT, f"memory stays below {MEMORY_LIMIT} MB", memory)
    print(
        f"     first page {first * 1000:.0f} ms; steps of scrolling: median "
        f"{sorted(steps)[len(steps) // 2]:.1f} ms, worst {max(steps):.1f} ms; peak memory {memory:.0f} MB; "
        f"listening after {view.started:.2f} s"
    )


# From setting the place to the end of the page's work for the next frame.
SCROLLING = """(async () => {
  const grid = document.querySelector('#grid'), times = [];
  for (let step = 0; step < 120; step += 1) {
    const start = performance.now();
    grid.scrollTop += step % 10 === 9 ? 40000 : 300;
    await new Promise(done => requestAnimationFrame(() => { const channel = new MessageChannel();
      channel.port1.onmessage = done; channel.port2.postMessage(0); }));
    times.push(performance.now() - start);
  }
  return times;
})()"""


def screenshots(tab: Tab, views: dict[str, ViewProcess], folder: Path) -> None:
    """Every set on a desktop and a phone, light and dark: the grid and a large picture."""
    for name, view in views.items():
        for device, size in (("desktop", DESKTOP), ("phone", PHONE)):
            for scheme in ("light", "dark"):
                tab.resize(*size, is_phone=device == "phone")
                tab.scheme(scheme)
                tab.open(view.address)
                tab.wait("document.querySelectorAll('.cell:not(.empty)').length > 5")
                time.sleep(0.6)
                tab.screenshot(folder / f"{name}-{device}-{scheme}-grid.png")
                tab.focus("#grid")
                tab.keys("ArrowRight", "Enter")
                tab.wait("document.querySelector('.object') && document.querySelector('#whole').complete")
                time.sleep(0.3)
                tab.screenshot(folder / f"{name}-{device}-{scheme}-large.png")


def main() -> int:
    """Runs all checks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra-view", type=Path, default=REPOSITORY / ".build/release/copra-view")
    parser.add_argument("--datasets", type=Path, default=REPOSITORY.parent / "shared/datasets")
    parser.add_argument("--output", type=Path, default=REPOSITORY / ".build-real/viewer")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    claims = Claims()
    program, sets = arguments.copra_view, arguments.datasets
    with tempfile.TemporaryDirectory() as temporary, Browser() as browser:
        tab = browser.tab()
        folder = Path(temporary)
        tab.resize(*DESKTOP)
        with ViewProcess(program, sets / "raccoon") as view:
            check_use(claims, tab, view)
        with ViewProcess(program, hostile_set(folder)) as view:
            check_hostile(claims, tab, view)
        with ViewProcess(program, drawn_set(folder, 100_000, 7)) as view:
            check_size(claims, tab, view)
        with (
            ViewProcess(program, sets / "raccoon") as raccoon,
            ViewProcess(program, sets / "okra_yolo") as okra,
            ViewProcess(program, sets / "tinycoco") as tinycoco,
        ):
            views = {"raccoon": raccoon, "okra": okra, "tinycoco": tinycoco}
            screenshots(tab, views, arguments.output)
    print(f"screenshots: {arguments.output}")
    print(f"{claims.passed} passed, {claims.failed} failed")
    return 1 if claims.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, subprocess.SubprocessError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)

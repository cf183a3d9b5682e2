"""What the claims about pages share: sets to show, and what holds of every page."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from claims import Skipped, demand, demand_equal

if TYPE_CHECKING:
    from browser import Tab

DESKTOP, PHONE = (1280, 800), (390, 844)
SCHEMES = ("light", "dark")
HOSTILE_NAMES = [
    "<script>document.title='run'</script>.jpg",
    "\"><img src=x onerror=\"document.title='run'\">.jpg",
    "שלום עולם.jpg",
    "\u202egpj.exe",
    "🦝🥥 raccoon.jpg",
    "写真の名前.jpg",
    "word" * 300 + ".jpg",
]


@contextlib.contextmanager
def new_tab(size: tuple[int, int] = DESKTOP) -> Iterator[Tab]:
    """A tab of a headless Chromium of its own."""
    if not shutil.which("chromium"):
        raise Skipped("no chromium: apt-get install chromium")
    import browser

    with browser.Browser() as program:
        tab = program.tab()
        tab.resize(*size, is_phone=size == PHONE)
        yield tab


def coco_file(path: Path, images: list[dict], boxes: list[dict], categories: list[str]) -> Path:
    """Writes a COCO file; `boxes` are annotations without what can be counted."""
    keys = {"area": 8000, "iscrowd": 0}
    annotations = [{**keys, **box, "id": number} for number, box in enumerate(boxes, 1)]
    listed = [{"id": number, "name": name} for number, name in enumerate(categories, 1)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"images": images, "annotations": annotations, "categories": listed})
    )
    return path


def drawn_set(path: Path, pictures: int, objects: int, faulty: bool = False) -> Path:
    """A COCO file without picture files; where it is faulty, every other box reaches over an edge."""
    numbers = range(1, pictures + 1)
    images = [
        {"id": number, "file_name": f"{number:06}.jpg", "width": 640, "height": 480}
        for number in numbers
    ]
    boxes = [
        {
            "image_id": number,
            "category_id": 1 + (number + place) % 5,
            "bbox": [-50 if faulty and place % 2 else 10 + 7 * place, 20 + 5 * place, 100, 80],
        }
        for number in numbers
        for place in range(objects)
    ]
    return coco_file(path, images, boxes, [f"kind {number}" for number in range(1, 6)])


def faulty_copy(truth: Path, path: Path) -> Path:
    """A copy of a COCO file of which every fifth box reaches over an edge, every seventh has no width
    and every eleventh belongs to no category."""
    data = json.loads(truth.read_bytes())
    for number, annotation in enumerate(data["annotations"], 1):
        if number % 5 == 0:
            annotation["bbox"][0] += 400
        if number % 7 == 0:
            annotation["bbox"][2] = 0
        if number % 11 == 0:
            annotation["category_id"] = 9999
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))
    return path


def shifted_results(truth: Path, path: Path) -> int:
    """Writes detections for three of four boxes of a COCO file, some a little and some far aside, with
    scores from 0 to 1; their number."""
    found = []
    for number, annotation in enumerate(json.loads(truth.read_bytes())["annotations"]):
        if number % 4 == 3:
            continue
        x, y, width, height = annotation["bbox"]
        aside = width * (0.08 if number % 4 < 2 else 0.9)
        keys = {key: annotation[key] for key in ("image_id", "category_id")}
        box = [x + aside, y, width, height]
        found.append({**keys, "bbox": box, "score": number * 37 % 100 / 100})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found))
    return len(found)


def repeated_set(folder: Path, pictures: Path, count: int, objects: int) -> Path:
    """A COCO file of so many links to the pictures of a folder, whose every other box reaches over an
    edge."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    sources = sorted(pictures.glob("*.jpg"))
    images, boxes = [], []
    for number in range(1, count + 1):
        name = f"{number:06}.jpg"
        (folder / "images" / name).symlink_to(sources[number % len(sources)])
        images.append({"id": number, "file_name": name, "width": 640, "height": 480})
        for place in range(objects):
            box = [-50 if place % 2 else 10 + place, 20 + 5 * place, 100, 80]
            boxes.append({"image_id": number, "category_id": 1 + place % 3, "bbox": box})
    return coco_file(folder / "instances.json", images, boxes, ["crab", "palm", "nut"])


def hostile_set(path: Path, picture: Path) -> Path:
    """A set whose names try to run, to turn the text around and to burst their place, and whose boxes
    all reach over the edge; most of its pictures are there."""
    images, boxes = [], []
    for number, name in enumerate(HOSTILE_NAMES, 1):
        images.append({"id": number, "file_name": name, "width": 650, "height": 417})
        box = {"image_id": number, "category_id": number, "bbox": [20, 20, 700, 200], "note": name}
        boxes.append(box)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Names with a slash are in a folder, and the longest one is too long for a file.
        if "/" not in name and len(name.encode()) < 255:
            shutil.copy(picture, path.parent / name)
    return coco_file(path, images, boxes, HOSTILE_NAMES)


def demand_quiet(tab: Tab, *origins: str) -> None:
    """No error on the console, and no request to elsewhere."""
    demand(not tab.errors, f"the console shows {tab.errors}")
    elsewhere = [one for one in tab.requests if not one.startswith((*origins, "data:", "blob:"))]
    demand(not elsewhere, f"requests that leave: {elsewhere}")


def demand_fits(tab: Tab) -> None:
    """The page is no wider than its window."""
    wide, window = tab.value("[document.documentElement.scrollWidth, window.innerWidth]")
    demand(wide <= window, f"the page is {wide} px wide in a window of {window}")


def demand_readable(tab: Tab) -> float:
    """Every text has the contrast that WCAG 2.2 asks for at level AA; the least ratio of all."""
    worst = tab.value(CONTRAST)
    demand(worst["share"] >= 1, f"contrast {worst['ratio']:.2f} of {worst['what']}")
    return worst["ratio"]


def demand_named(tab: Tab) -> None:
    """Pictures, fields and buttons have names for those who do not see them; tables have headers."""
    demand_equal("what has no name", tab.value(NAMELESS), [])


# Of each text: its ratio to the first opaque ground behind it, and what share that is of what is asked.
CONTRAST = """(() => {
  const parse = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = value => value <= 10.31475 ? value / 3294.6 : ((value / 255 + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  let worst = { share: Infinity };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement, style = getComputedStyle(element);
    if (!walk.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('script, style, option, title')) continue;
    const text = parse(element instanceof SVGElement ? style.fill : style.color);
    const [first, second] = [light(text), light(ground(element))].sort((left, right) => right - left);
    const size = parseFloat(style.fontSize), isBold = Number(style.fontWeight) >= 700;
    const asked = size >= 24 || (isBold && size >= 18.66) ? 3 : 4.5, ratio = (first + .05) / (second + .05);
    if (ratio / asked < worst.share) {
      worst = { share: ratio / asked, ratio, what: walk.currentNode.data.trim().slice(0, 40) };
    }
  }
  return worst;
})()"""

NAMELESS = """(() => {
  const nameless = [], has = (element, name) => element.getAttribute(name)?.trim();
  for (const element of document.querySelectorAll('img, svg, input, select, button, table, th')) {
    if (element.closest('[aria-hidden=true]') || !element.checkVisibility()) continue;
    const kind = element.localName, isPicture = kind === 'img' || kind === 'svg';
    const isNamed =
      has(element, 'aria-label') || has(element, 'aria-labelledby') || has(element, 'title') ||
      (kind === 'img' && element.hasAttribute('alt')) ||
      (kind === 'svg' && (element.querySelector('title') || element.closest('[aria-label]'))) ||
      (kind === 'table' && element.querySelector('th')) || (kind === 'th' && has(element, 'scope')) ||
      (!isPicture && kind !== 'table' && (element.labels?.length || element.textContent.trim()));
    if (!isNamed) nameless.push(element.outerHTML.slice(0, 80));
  }
  return nameless.slice(0, 5);
})()"""

"""Claims about `copra view`: what a user of the page sees, and how fast."""

from __future__ import annotations

import functools
import os
import statistics
import time
from typing import TYPE_CHECKING

import pages
from claims import Claim, Skipped, demand, demand_equal
from view_process import ViewProcess

if TYPE_CHECKING:
    from browser import Tab
    from conversions import Workspace

FIRST_PAGE_LIMIT, SCROLL_LIMIT, MEMORY_LIMIT = 0.2, 0.05, 300
COUNT = "document.querySelector('#count').textContent"
POSITION = "document.querySelector('#position').textContent"
CELLS = "document.querySelectorAll('.cell:not(.empty)').length"
OBJECT = "document.querySelector('.object')"
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


def claims(workspace: Workspace) -> list[Claim]:
    """Use, predictions, names that try to run, many pictures, and how the page looks."""
    raccoon, tinycoco = workspace.datasets / "raccoon", workspace.datasets / "tinycoco"
    okra = workspace.datasets / "okra_yolo"
    truth = tinycoco / "annotations/instances_val2017.json"
    folder = workspace.scratch / "view"

    def view(*arguments: object) -> ViewProcess:
        program = workspace.binary.with_name("copra-view")
        if not os.access(program, os.X_OK):
            raise Skipped(f"{program} is not a program; `make viewer` builds it")
        return ViewProcess(program, *arguments)

    def filters() -> str:
        with view(raccoon) as server, pages.new_tab() as tab:
            open_grid(tab, server)
            demand_equal("pictures", tab.value(COUNT), "200 pictures")
            demand_equal("the token in the address", tab.value("location.search"), "")
            tab.wait("document.querySelector('#finding').options.length > 3")
            tab.choose("#finding", "some")
            faulty = tab.value(COUNT)
            demand(faulty.endswith("of 200"), f"with findings: {faulty}")
            tab.click("#clear")
            tab.type_in("#search", "raccoon-12")
            demand_equal("names with raccoon-12", tab.value(COUNT), "11 of 200")
            pages.demand_fits(tab)
            pages.demand_quiet(tab, server.origin)
        return f"{faulty} have findings; a search finds 11"

    def keys() -> str:
        with view(raccoon) as server, pages.new_tab() as tab:
            open_grid(tab, server)
            tab.choose("#sort", "most")
            tab.focus("#grid")
            tab.keys("Home", "ArrowRight", "m", "Enter")
            tab.wait(f"document.querySelector('#picture').open && {OBJECT}")
            demand_equal("position", tab.value(POSITION), "2 of 200")
            mark = tab.value("document.querySelector('#mark').textContent")
            demand_equal("the picture's mark", mark, "Marked")
            tab.keys("ArrowRight", "j", "k")
            demand_equal("position after →, j, k", tab.value(POSITION), "3 of 200")
            tab.wait(OBJECT)
            tab.click(".object")
            place = tab.value(
                "document.querySelector('.details:not([hidden]) .place').textContent"
            )
            demand(".xml:" in place, f"the object's place is {place}")
            tab.keys("Escape")
            demand(not tab.value("document.querySelector('#picture').open"), "Escape does nothing")
            pages.demand_quiet(tab, server.origin)
        return f"an object stands at {place.rsplit('/', 1)[-1]}"

    def predictions() -> str:
        results = folder / "results.json"
        found = pages.shifted_results(truth, results)
        with (
            view(truth, "--images", tinycoco / "images/val2017", "--predictions", results) as server,
            pages.new_tab() as tab,
        ):
            open_grid(tab, server)
            tab.wait("document.querySelector('.cell small[title^=missed]')")
            shares = [counted(tab, score) for score in ("0.2", "0.9")]
            demand(shares[0][0] < shares[1][0], f"missed at 0.2 and 0.9: {shares}")
            tab.choose("#sort", "wrong")
            tab.focus("#grid")
            tab.keys("Home", "Enter")
            tab.wait(OBJECT)
            heads = tab.value(
                "[...document.querySelectorAll('#panel h2')].map(one => one.textContent)"
            )
            demand(any(head.startswith("Found") for head in heads), f"the panel shows {heads}")
            tab.screenshot(folder / "predictions.png")
            pages.demand_quiet(tab, server.origin)
        return f"{found} detections; missed and false at 0.2 and 0.9: {shares[0]} and {shares[1]}"

    def hostile() -> str:
        picture = raccoon / "images/raccoon-1.jpg"
        file = pages.hostile_set(folder / "hostile/names.json", picture)
        with view(file) as server, pages.new_tab(pages.PHONE) as tab:
            tab.open(server.address)
            count = len(pages.HOSTILE_NAMES)
            tab.wait(f"document.querySelectorAll('.cell').length == {count}")
            tab.focus("#grid")
            for _ in pages.HOSTILE_NAMES:
                tab.keys("Enter")
                tab.wait(OBJECT)
                tab.click(".object")
                pages.demand_fits(tab)
                tab.keys("Escape", "ArrowRight")
            demand_equal("title", tab.value("document.title"), "names.json – copra")
            inserted = tab.value("document.querySelectorAll('main script, [onerror]').length")
            demand_equal("elements made of names", inserted, 0)
        return f"{count} names, each in the grid and in the panel"

    def size() -> str:
        file = pages.drawn_set(folder / "many.json", 100_000, 7)
        with view(file) as server, pages.new_tab() as tab:
            times = []
            for _ in range(5):
                tab.open(server.address)
                tab.wait("document.querySelectorAll('.cell').length > 8")
                mark = "performance.getEntriesByName('first-cells')[0].startTime"
                times.append(tab.value(mark) / 1000)
                # The next one is not to wait for the end of this one's work.
                tab.wait(f"{COUNT} == '100,000 pictures'", 60)
                tab.wait("document.querySelector('#finding').options[0].text != 'looking …'", 60)
                time.sleep(1)
            first = statistics.median(times)
            steps = tab.value(SCROLLING)
            tab.focus("#grid")
            tab.keys("End")
            time.sleep(0.5)
            last = tab.value("document.querySelector('#sheet').textContent")
            demand("100000" in last, "the last pictures are not reached")
            middle, worst = statistics.median(steps) / 1000, max(steps) / 1000
            memory = server.peak_memory()
            figures = (
                f"first page {first * 1000:.0f} ms (median of 5); scroll step {middle * 1000:.1f} ms,"
                f" the worst of 120 {worst * 1000:.0f} ms; peak memory {memory:.0f} MB; listens after"
                f" {server.started:.2f} s"
            )
        limits = first < FIRST_PAGE_LIMIT and worst < SCROLL_LIMIT and memory < MEMORY_LIMIT
        demand(limits, figures)
        return figures

    def looks(size: tuple[int, int]) -> str:
        device = "phone" if size == pages.PHONE else "desktop"
        least = []
        folder.mkdir(parents=True, exist_ok=True)
        for place in (raccoon, okra, tinycoco):
            with view(place) as server, pages.new_tab(size) as tab:
                for scheme in pages.SCHEMES:
                    tab.scheme(scheme)
                    open_grid(tab, server)
                    time.sleep(0.5)
                    look(tab, f"{place.name}-{device}-{scheme}-grid", least)
                    tab.focus("#grid")
                    tab.keys("ArrowRight", "Enter")
                    tab.wait(f"{OBJECT} && document.querySelector('#whole').complete")
                    time.sleep(0.3)
                    look(tab, f"{place.name}-{device}-{scheme}-large", least)
                    pages.demand_quiet(tab, server.origin)
        return f"least contrast {min(least):.2f}; pictures of it in {folder}"

    def look(tab: Tab, name: str, least: list[float]) -> None:
        tab.screenshot(folder / f"{name}.png")
        pages.demand_fits(tab)
        pages.demand_named(tab)
        least.append(pages.demand_readable(tab))

    return [
        Claim("view", "raccoon is searched and filtered, and nothing leaves the machine", filters),
        Claim("view", "keys choose, mark, open, lead on and close", keys),
        Claim("view", "detections stand beside the truth, from a score on", predictions),
        Claim("view", "names that try to run are shown and nothing more", hostile),
        Claim("view", "100,000 pictures: the first page, scrolling, memory", size),
        *(
            Claim("view", f"fits a {name}, readable, light and dark", functools.partial(looks, size))
            for name, size in (("desktop", pages.DESKTOP), ("phone", pages.PHONE))
        ),
    ]


def open_grid(tab: Tab, server: ViewProcess) -> None:
    """Opens the page and waits until pictures are seen."""
    tab.open(server.address)
    tab.wait(f"{CELLS} > 5")


def counted(tab: Tab, score: str) -> tuple[int, int]:
    """The numbers of missed and false ones on the screen from a score on."""
    tab.choose("#score", score)
    time.sleep(0.6)
    texts = tab.value(
        "[...document.querySelectorAll('.cell small[title^=missed]')].map(one => one.textContent)"
    )
    pairs = [[int(part.split()[0]) for part in text.split("·")] for text in texts]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)

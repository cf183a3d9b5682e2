"""Claims about `copra report`: the page in a browser."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

import copra
import pages
from claims import Claim, demand, demand_equal

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Tab
    from conversions import Workspace

MEGABYTES = 15
SHOWN = "document.querySelector('#filters output').value"
FINDINGS = "document.querySelectorAll('#findings .finding').length"
VISIBLE = "document.querySelectorAll('#findings .finding:not([hidden])').length"


def claims(workspace: Workspace) -> list[Claim]:
    """Filters and keys, names that try to run, 100,000 findings, print, and how the page looks."""
    raccoon, tinycoco = workspace.datasets / "raccoon", workspace.datasets / "tinycoco"
    okra = workspace.datasets / "okra_yolo"
    truth, pictures = tinycoco / "annotations/instances_val2017.json", tinycoco / "images/val2017"
    folder = workspace.scratch / "report"

    def page(name: str, *arguments: object) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.html"
        run = copra.run(workspace.binary, ["report", *arguments, "-o", path, "--force"])
        demand(run.status in (0, 1), run.messages)
        return path

    def faulty() -> Path:
        """tinycoco with boxes that reach over edges, and an evaluation."""
        file = pages.faulty_copy(truth, folder / "faulty.json")
        results = folder / "results.json"
        pages.shifted_results(truth, results)
        return page("faulty", file, "--images", pictures, "--predictions", results)

    def filters() -> str:
        with pages.new_tab() as tab:
            open_page(tab, faulty())
            every = tab.value(FINDINGS)
            demand_equal("shown", tab.value(SHOWN), f"{every} of {every} shown")
            counts = []
            for field, choice in (("rule", "zero-area-box"), ("severity", "error")):
                tab.choose(f"#filters [name={field}]", choice)
                counts.append(tab.value(VISIBLE))
                demand(0 < counts[-1] < every, f"{field} {choice} leaves {counts[-1]} of {every}")
                tab.focus("#filters [name=text]")
                tab.keys("Escape")
                demand_equal("shown after Escape", tab.value(VISIBLE), every)
            tab.keys("Tab")
            tab.value("document.activeElement.blur()")
            tab.keys("/")
            demand_equal("focus after /", tab.value("document.activeElement.name"), "text")
            tab.value("document.activeElement.blur()")
            tab.keys("j", "j", "k")
            demand_equal("focus after j", tab.value("document.activeElement.localName"), "summary")
            pages.demand_quiet(tab, "file:")
        return f"{every} findings; by rule {counts[0]}, by severity {counts[1]}"

    def hostile() -> str:
        file = pages.hostile_set(folder / "hostile/names.json", raccoon / "images/raccoon-1.jpg")
        path = page("hostile", file)
        with pages.new_tab(pages.PHONE) as tab:
            open_page(tab, path)
            demand("run" != tab.value("document.title"), "a name has run")
            demand_equal("scripts", tab.value("document.scripts.length"), 1)
            demand_equal("elements", tab.value("document.querySelectorAll('[onerror]').length"), 0)
            pages.demand_fits(tab)
            tab.screenshot_whole(folder / "hostile-phone.png")
            pages.demand_quiet(tab, "file:")
        return f"{len(pages.HOSTILE_NAMES)} names, nothing runs, nothing is wider than a phone"

    def size() -> str:
        file = pages.drawn_set(folder / "many.json", 20_000, 10, faulty=True)
        start = time.monotonic()
        path = page("many", file)
        seconds, megabytes = time.monotonic() - start, path.stat().st_size / 1e6
        with pages.new_tab() as tab:
            open_page(tab, path)
            note = tab.value("document.querySelector('#findings').textContent")
            demand("leaves out" in note, "the page does not say what it leaves out")
            start = time.monotonic()
            tab.choose("#filters [name=text]", "019")
            filtering = time.monotonic() - start
            pages.demand_fits(tab)
        demand(megabytes < MEGABYTES, f"{megabytes:.1f} MB")
        return f"{megabytes:.1f} MB, made in {seconds:.1f} s; a filter takes {filtering * 1000:.0f} ms"

    def pictures_each() -> str:
        """As many findings, each on a picture that is there."""
        file = pages.repeated_set(folder / "repeated", pictures, 5_000, 40)
        path = page("repeated", file)
        megabytes = path.stat().st_size / 1e6
        demand(megabytes < MEGABYTES, f"{megabytes:.1f} MB")
        return f"{megabytes:.1f} MB"

    def printing() -> str:
        with pages.new_tab() as tab:
            tab.scheme("dark")
            open_page(tab, faulty())
            path = folder / "faulty.pdf"
            tab.print_to(path)
        return f"{path.stat().st_size / 1e6:.1f} MB: {path}"

    def looks(size: tuple[int, int]) -> str:
        device = "phone" if size == pages.PHONE else "desktop"
        made = {
            "raccoon": page("raccoon", raccoon), "okra": page("okra", okra), "faulty": faulty()}
        least = []
        with pages.new_tab(size) as tab:
            for name, path in made.items():
                for scheme in pages.SCHEMES:
                    tab.scheme(scheme)
                    open_page(tab, path)
                    tab.screenshot_whole(folder / f"{name}-{device}-{scheme}.png")
                    pages.demand_fits(tab)
                    pages.demand_named(tab)
                    least.append(pages.demand_readable(tab))
                    pages.demand_quiet(tab, "file:")
        return f"least contrast {min(least):.2f}; pictures of it in {folder}"

    return [
        Claim("report", "filters, / j k and Escape choose findings", filters),
        Claim("report", "names that try to run are shown and nothing more", hostile),
        Claim("report", f"100,000 findings without pictures: under {MEGABYTES} MB", size),
        Claim("report", f"100,000 findings on 5,000 pictures: under {MEGABYTES} MB", pictures_each),
        Claim("report", "prints", printing),
        *(
            Claim(
                "report", f"fits a {name}, readable, light and dark", functools.partial(looks, size))
            for name, size in (("desktop", pages.DESKTOP), ("phone", pages.PHONE))
        ),
    ]


def open_page(tab: Tab, path: Path) -> None:
    """Opens a file."""
    tab.open(path.as_uri())

"""Claims about every COCO file that copra writes here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import consumers
import readers
from claims import Claim, demand, demand_equal
from conversions import COCOFile, Conversion, Workspace, all_conversions


def claims(workspace: Workspace) -> Iterator[Claim]:
    """The ledger, sizes, each consumer, and the same bytes again, for each conversion."""
    conversions = list(all_conversions(workspace).values())
    kinds: list[tuple[str, str, Callable[[COCOFile], str]]] = [
        ("pictures", "sizes are Pillow's", sizes),
        ("pycocotools", "scored against itself gives AP 1.000", precision),
        ("torchvision", "CocoDetection opens every picture", torchvision),
        ("hotcoco", "loads", hotcoco),
    ]
    for conversion in conversions:
        yield Claim(
            "ledger", f"{conversion.name} adds up", functools.partial(ledger, workspace, conversion)
        )
    for subject, sentence, check in kinds:
        for conversion in conversions:
            yield Claim(
                subject,
                f"{conversion.name} {sentence}",
                functools.partial(each_file, workspace, conversion, check),
            )
    for conversion in conversions:
        yield Claim(
            "bytes",
            f"{conversion.name} is the same with 1 and 2 threads, and again",
            functools.partial(same_bytes, workspace, conversion),
        )


def each_file(
    workspace: Workspace, conversion: Conversion, check: Callable[[COCOFile], str]
) -> str:
    """What a check says of each file of a conversion."""
    return "; ".join(check(file) for file in workspace.convert(conversion).files)


def ledger(workspace: Workspace, conversion: Conversion) -> str:
    """read = written + changed + rejected, and the files hold what was written or changed."""
    converted = workspace.convert(conversion)
    rows = converted.run.ledger()
    figures = []
    for kind in ("images", "annotations"):
        demand(kind in rows, f"no ledger of {kind} in\n{converted.run.output}")
        read, written, changed, rejected = rows[kind]
        demand_equal(f"{kind} read", read, written + changed + rejected)
        held = sum(len(file.read()[kind]) for file in converted.files)
        demand_equal(f"{kind} in the files", held, written + changed)
        figures.append(f"{kind} {read} = {written} + {changed} + {rejected}")
    return ", ".join(figures)


def sizes(file: COCOFile) -> str:
    """Every picture is where copra says, and as large as Pillow shows it."""
    images = file.read()["images"]
    for image in images:
        path = file.folder() / image["file_name"]
        demand(path.is_file(), f"no file {path}")
        demand_equal(f"size of {path}", (image["width"], image["height"]), readers.size(path))
    return f"{len(images)} pictures"


def precision(file: COCOFile) -> str:
    """AP of the boxes, and of the masks where there are any."""
    truth = consumers.load(file.path)
    figures = []
    for kind in ["bbox", "segm"] if consumers.has_masks(truth) else ["bbox"]:
        found = consumers.average_precision(truth, kind)
        demand(abs(1 - found) < 1e-9, f"{file.name}: expected AP 1.000 for {kind}, found {found}")
        figures.append(f"{kind} {found:.3f}")
    return f"{', '.join(figures)} for {len(truth.anns)} objects"


def torchvision(file: COCOFile) -> str:
    """torchvision finds as many objects as the file has, and all pixels of its pictures."""
    found = consumers.torchvision_counts(file.path, file.folder())
    data = file.read()
    demand_equal("images", found["images"], len(data["images"]))
    demand_equal("annotations", found["annotations"], len(data["annotations"]))
    pixels = sum(image["width"] * image["height"] for image in data["images"])
    demand_equal("pixels", found["pixels"], pixels)
    return f"{found['images']} pictures, {found['annotations']} objects"


def hotcoco(file: COCOFile) -> str:
    """hotcoco counts what the file holds."""
    data = file.read()
    expected = tuple(len(data[key]) for key in ("images", "annotations", "categories"))
    demand_equal("counts", consumers.hotcoco_counts(file.path), expected)
    return "{} images, {} annotations, {} categories".format(*expected)


def same_bytes(workspace: Workspace, conversion: Conversion) -> str:
    """One thread, two threads and a second run write what the first run wrote."""
    first = contents(workspace.convert(conversion).target)
    others = {"one thread": ["--threads", "1"], "two threads": ["--threads", "2"], "again": []}
    for place, further in others.items():
        run = workspace.run(conversion, place.replace(" ", "-"), *further)
        demand_same_files(contents(run.target), first, place)
    return f"{len(first)} files, {sum(map(len, first.values())):,} bytes"


def contents(target: Path) -> dict[str, bytes]:
    """The bytes of a file, or of all files below a folder by their paths in it."""
    if target.is_file():
        return {target.name: target.read_bytes()}
    paths = sorted(path for path in target.rglob("*") if path.is_file())
    return {str(path.relative_to(target)): path.read_bytes() for path in paths}


def demand_same_files(found: dict[str, bytes], expected: dict[str, bytes], place: str) -> None:
    """Fails the claim unless the same files hold the same bytes."""
    demand_equal(f"files, {place}", list(found), list(expected))
    different = [name for name in expected if found[name] != expected[name]]
    demand(not different, f"{place}: other bytes in {different[:5]}")

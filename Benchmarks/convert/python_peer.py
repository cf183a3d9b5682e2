"""Runs a Python peer once, as its own process, and prints the time inside it (without start-up).

python_peer.py hotcoco load FILE.json [--count]
python_peer.py hotcoco rewrite FILE.json OUTPUT.json
python_peer.py hotcoco voc FOLDER OUTPUT.json
python_peer.py pycocotools load FILE.json [--count]
"""

from __future__ import annotations

import sys
import time


def main() -> None:
    """Does what the arguments say."""
    library, action, source, *further = sys.argv[1:]
    if library == "hotcoco":
        from hotcoco import COCO
    else:
        from pycocotools.coco import COCO
    start = time.perf_counter()
    coco = COCO.from_voc(source) if action == "voc" else COCO(source)
    if action in ("voc", "rewrite"):
        coco.save(further[0])
    print(f"inner seconds: {time.perf_counter() - start:.6f}")
    if "--count" in further:
        print(f"annotations: {len(coco.getAnnIds())}")


if __name__ == "__main__":
    main()

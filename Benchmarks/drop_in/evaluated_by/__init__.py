"""Evaluations by pycocotools, each in a program of its own."""

import sys
from pathlib import Path

# For read_by; at the end, since a module there is named like the package that is tested.
sys.path.append(str(Path(__file__).resolve().parents[2] / "real"))

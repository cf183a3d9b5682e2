"""`copra` at the command line: this process becomes the program that lies beside this file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    """Runs the program with this process's arguments, streams and end."""
    program = Path(__file__).with_name("programs") / "copra"
    os.execv(program, [str(program), *sys.argv[1:]])


if __name__ == "__main__":
    main()

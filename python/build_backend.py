"""Makes the wheel of what has been built: PEP 517, without any other package.

`COPRA_BINARIES` names the folder of `libcopra.so`, `copra` and `copra-view`. The wheel's tag is
that of this machine; `auditwheel repair` then takes the libraries in and finds the true one.

    build_backend.py FOLDER
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomllib

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAMS = ("copra", "copra-view")
# The first moment that a zip file can hold: the same input makes the same bytes.
MOMENT = (1980, 1, 1, 0, 0, 0)


def version() -> str:
    """The version that the programs print."""
    text = (ROOT / "Sources/Files/Version.swift").read_text()
    found = re.search(r'text = "([^"]+)"', text)
    if not found:
        raise RuntimeError("Version.swift: expected a version")
    return found.group(1)


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    settings: dict[str, Any] = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    return settings


def metadata() -> str:
    """METADATA: what installers and PyPI read."""
    settings = project()
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {settings['name']}",
        f"Version: {version()}",
        f"Summary: {settings['description']}",
        f"License-Expression: {settings['license']}",
        "License-File: LICENSE",
        f"Keywords: {','.join(settings['keywords'])}",
        f"Requires-Python: {settings['requires-python']}",
        *(f"Classifier: {each}" for each in settings["classifiers"]),
        *(f"Requires-Dist: {each}" for each in settings["dependencies"]),
    ]
    for extra, needs in settings["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {each}; extra == "{extra}"' for each in needs]
    lines.append("Description-Content-Type: text/markdown")
    return "\n".join(lines) + "\n\n" + (HERE / "README.md").read_text()


def tag() -> str:
    """Any Python 3 on machines like this one: the library uses nothing of Python's own."""
    return "py3-none-" + re.sub(r"[-.]", "_", sysconfig.get_platform())


def contents(information: str) -> Iterator[tuple[str, bytes, bool]]:
    """Every file of the wheel but RECORD: its name, its bytes, whether it can be run."""
    for path in sorted((HERE / "copra").rglob("*")):
        if path.suffix == ".py" or path.name == "py.typed":
            yield str(path.relative_to(HERE)), path.read_bytes(), False
    binaries = Path(os.environ["COPRA_BINARIES"])
    yield "copra/libcopra.so", (binaries / "libcopra.so").read_bytes(), True
    header = ROOT / "Sources/CCopra/include/copra.h"
    yield "copra/include/copra.h", header.read_bytes(), False
    for name in PROGRAMS:
        yield f"copra/programs/{name}", (binaries / name).read_bytes(), True
    wheel = f"Wheel-Version: 1.0\nGenerator: copra\nRoot-Is-Purelib: false\nTag: {tag()}\n"
    scripts = "".join(f"{name} = {place}\n" for name, place in project()["scripts"].items())
    yield f"{information}/METADATA", metadata().encode(), False
    yield f"{information}/WHEEL", wheel.encode(), False
    yield f"{information}/entry_points.txt", f"[console_scripts]\n{scripts}".encode(), False
    yield f"{information}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes(), False


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Writes the wheel and returns its name."""
    start = f"{project()['name'].replace('-', '_')}-{version()}"
    information = f"{start}.dist-info"
    name = f"{start}-{tag()}.whl"
    record = ""
    path = Path(wheel_directory) / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content, runs in contents(information):
            write(archive, file, content, runs)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            record += f"{file},sha256={digest.decode()},{len(content)}\n"
        record += f"{information}/RECORD,,\n"
        write(archive, f"{information}/RECORD", record.encode(), False)
    return name


def write(archive: zipfile.ZipFile, name: str, content: bytes, runs: bool) -> None:
    """Adds a file with its mode."""
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if runs else 0o100644) << 16
    archive.writestr(entry, content)


if __name__ == "__main__":
    print(Path(sys.argv[1]) / build_wheel(sys.argv[1]))

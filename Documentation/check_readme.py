#!/usr/bin/env python3
"""Runs the examples of README.md and of the pages below Documentation, and compares their output.

    Documentation/check_readme.py --copra .build/release/copra

A block of `sh` or `python` is run when the line before it is a comment that begins with `run`:

    <!-- run -->            the block ends with exit status 0
    <!-- run exit 1 -->     it ends with 1
    <!-- run slow -->       it takes more than a few seconds; --quick leaves it out

A block of `text` that follows is the output, standard output and standard error together. A line
`…` there stands for any lines, and `…` within a line for any characters. The blocks of a page run
in order, in one temporary folder with a copy of samples. --update writes the new output into the
page.

Each page's links must lead to a file, and to a heading if they name one; files and folders of the
repository that a page names in backticks must exist. Examples that are not run are checked too:
their verbs and options must appear in copra's help.
"""

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The page that the program writes, with examples that its own tests run.
GENERATED = {"rules.md"}
MARK = re.compile(r"<!-- run((?: \w+)*) -->")
FENCE = re.compile(r"```(\w*)$")
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:Sources|Tests|Benchmarks|Documentation|samples)/[\w./+-]*)`")
COMMAND = re.compile(r"(?:^|[\s;&|])copra ([a-z]+)((?: [^|;&#]*)?)")


class Block:
    """A fenced block of a page: its language, its lines, and the lines' numbers from 0."""

    def __init__(self, language, start, end, lines, flags=None):
        self.language, self.start, self.end, self.lines = language, start, end, lines
        self.flags, self.output = flags, None

    @property
    def text(self):
        """The lines as a program reads them."""
        return "\n".join(self.lines) + "\n"

    @property
    def status(self):
        """The exit status that the flags expect."""
        words = self.flags.split()
        return int(words[words.index("exit") + 1]) if "exit" in words else 0


def blocks(lines):
    """The fenced blocks of a page; a block of text behind one that is run becomes its output."""
    found, number, flags = [], 0, None
    while number < len(lines):
        line = lines[number].strip()
        fence = FENCE.match(line)
        if fence:
            end = number + 1
            while end < len(lines) and lines[end].strip() != "```":
                end += 1
            block = Block(fence[1], number + 1, end, lines[number + 1 : end], flags)
            last = found[-1] if found else None
            between = lines[last.end + 1 : number] if last else ["…"]
            if block.language == "text" and last and last.flags is not None and not any(between):
                last.output = block
            found.append(block)
            number, flags = end, None
        elif mark := MARK.fullmatch(line):
            flags = mark[1]
        elif line:
            flags = None
        number += 1
    return found


def slug(heading):
    """The anchor that GitHub gives to a heading."""
    text = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return text.replace(" ", "-")


def broken_links(page, lines):
    """Yields a message for each link that leads nowhere."""
    prose = re.sub(r"```.*?```", "", "\n".join(lines), flags=re.DOTALL)
    for target in LINK.findall(prose):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists():
            yield f"the link to {target} leads nowhere"
        elif anchor and path.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", path.read_text(), flags=re.MULTILINE)
            if anchor not in map(slug, headings):
                yield f"the link to {target}: the page has no such heading"


def missing_files(lines):
    """Yields the line and a message for each file that is named and does not exist."""
    for number, line in enumerate(lines):
        for name in NAMED.findall(line):
            if "NAME" not in name and not (ROOT / name).exists():
                yield number, f"{name} does not exist"


class Programs:
    """copra, and the Python that has its module, where they are available."""

    def __init__(self, copra, python):
        self.copra, self.python, self.helps = Path(copra).resolve(), python, {}
        self.has_module = self.succeeds([python, "-c", "import copra"])

    @staticmethod
    def succeeds(command):
        """Whether the command ends with exit status 0."""
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def help(self, verb):
        """The help of a verb; None if there is no such verb."""
        if verb not in self.helps:
            run = subprocess.run(
                [self.copra, verb, "--help"], capture_output=True, text=True, check=False
            )
            self.helps[verb] = run.stdout if f"USAGE: copra {verb}" in run.stdout else None
        return self.helps[verb]

    def unknown_words(self, block):
        """The verbs and options of a block that copra's help lacks."""
        text = re.sub(r"\\\n", " ", block.text)
        for line in text.splitlines():
            for verb, rest in COMMAND.findall(line.split("  #")[0]):
                page = self.help(verb)
                if page is None:
                    yield f"copra has no verb {verb}"
                    continue
                for option in re.findall(r"(?<!\S)(--[a-z-]+|-[a-z])\b", rest):
                    if not re.search(rf"(?<![\w-]){option}(?![\w-])", page):
                        yield f"copra {verb} has no option {option}"

    def run(self, block, folder):
        """The exit status and the output of a block."""
        environment = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1")
        environment["PATH"] = f"{self.copra.parent}{os.pathsep}{environment['PATH']}"
        command = ["sh", "-e", "-c"] if block.language == "sh" else [self.python, "-c"]
        run = subprocess.run(
            [*command, block.text],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return run.returncode, [line.rstrip() for line in run.stdout.rstrip("\n").split("\n")]


def agrees(expected, output):
    """Whether the output is the expected one, whose `…` match anything."""
    pattern = "".join(
        r"(?:[^\n]*\n)*?"
        if line.strip() == "…"
        else ".*?".join(re.escape(part) for part in line.rstrip().split("…")) + "\n"
        for line in expected
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in output)) is not None


def likeness(expected, output):
    """How like an output line is to the one that the page has, 0 to 1."""
    if agrees([expected], [output]):
        return 1
    return 0 if "…" in expected else difflib.SequenceMatcher(None, expected, output).ratio()


def updated(expected, output):
    """The lines of the output that stand for those that the page has, with its omissions kept; None
    where a part of the page is too unlike any part of the output."""
    parts = [[]]
    for line in expected:
        if line.strip() == "…":
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return output
    result, position = [], 0
    for number, part in enumerate(parts):
        starts = range(position, len(output) - len(part) + 1)
        if number == 0:
            starts = starts[:1]
        elif number == len(parts) - 1 and part:
            starts = starts[-1:]
        scores = [sum(map(likeness, part, output[start:])) for start in starts]
        if not scores or max(scores) < 0.6 * len(part):
            return None
        position = starts[scores.index(max(scores))]
        lines = output[position : position + len(part)]
        result += [old if agrees([old], [new]) else new for old, new in zip(part, lines)]
        result += ["…"] * (number < len(parts) - 1)
        position += len(part)
    return result


class Page:
    """A page, its examples, and the failures found on it."""

    def __init__(self, path, programs, arguments):
        self.path, self.programs, self.arguments = path, programs, arguments
        self.lines = path.read_text().split("\n")
        self.failures, self.ran, self.skipped = [], 0, 0

    def fail(self, line, message):
        """Notes a failure at a line, counted from 0."""
        self.failures.append(f"{self.path.relative_to(ROOT)}:{line + 1}: {message}")

    def check(self):
        """Checks links, names, options and examples."""
        for message in broken_links(self.path, self.lines):
            self.fail(0, message)
        for number, message in missing_files(self.lines):
            self.fail(number, message)
        changes = []
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "samples", Path(folder) / "samples")
            for block in blocks(self.lines):
                if block.language == "sh":
                    for message in self.programs.unknown_words(block):
                        self.fail(block.start, message)
                if block.flags is not None:
                    self.check_run(block, folder, changes)
        if changes:
            for block, lines in reversed(changes):
                self.lines[block.start : block.end] = lines
            self.path.write_text("\n".join(self.lines))

    def check_run(self, block, folder, changes):
        """Runs a block and compares its output, or notes the new one in `changes`."""
        slow = self.arguments.quick and "slow" in block.flags.split()
        if slow or (block.language == "python" and not self.programs.has_module):
            self.skipped += 1
            return
        self.ran += 1
        status, output = self.programs.run(block, folder)
        if status != block.status:
            self.fail(
                block.start,
                f"exit status {status}, expected {block.status}\n" + "\n".join(output[-20:]),
            )
        elif block.output and not agrees(block.output.lines, output):
            new = updated(block.output.lines, output) if self.arguments.update else None
            if new is not None:
                changes.append((block.output, new))
            else:
                difference = difflib.unified_diff(
                    block.output.lines, output, "the page", "the output", lineterm=""
                )
                self.fail(block.output.start, "another output\n" + "\n".join(difference))


def main():
    """Checks the pages; the exit status is 1 if one fails."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--copra", default=ROOT / ".build/release/copra", help="the program")
    parser.add_argument("--python", default=sys.executable, help="a Python that has copra's module")
    parser.add_argument("--quick", action="store_true", help="leave the slow blocks out")
    parser.add_argument("--update", action="store_true", help="write new output into the pages")
    parser.add_argument("pages", nargs="*", help="only these pages")
    arguments = parser.parse_args()
    if not Path(arguments.copra).exists():
        parser.error(f"{arguments.copra} does not exist; make release engine builds it")
    pages = [Path(page).resolve() for page in arguments.pages] or [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / folder / "README.md" for folder in ("Benchmarks", "python", "samples")),
        *(p for p in sorted((ROOT / "Documentation").glob("*.md")) if p.name not in GENERATED),
    ]
    programs = Programs(arguments.copra, arguments.python)
    failures = []
    for path in pages:
        page = Page(path, programs, arguments)
        page.check()
        skipped = f", {page.skipped} skipped" if page.skipped else ""
        print(f"{path.relative_to(ROOT)}: {page.ran} examples run{skipped}", flush=True)
        failures += page.failures
    print("\n".join(failures), end="\n" if failures else "")
    print(f"{len(failures)} failures" if failures else "all pages are right")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

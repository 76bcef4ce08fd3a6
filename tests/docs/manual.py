"""What the checks of the manuals share: the pages, and the commands on them."""

import os
import pathlib
import re
import shlex

ROOT = pathlib.Path(__file__).resolve().parents[2]
FACMAP = os.environ["FACMAP"]


def pages():
    """Every page for users and contributors; test data may hold Markdown that is none of ours."""
    folders = [ROOT, ROOT / "docs", ROOT / "geodata", ROOT / "geodata/beijing"]
    return [path for folder in folders for path in sorted(folder.glob("*.md"))]


def commands(text):
    """(line number, words) of each `facmap …` in code blocks, indented or fenced. A trailing
    backslash goes on; what stands behind a run of blanks, or behind #, is an explanation."""
    fenced = False
    begun = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("```"):
            fenced = not fenced
            continue
        line = line.strip() if fenced or line.startswith("    ") else ""
        if begun:
            number, line = begun[0], begun[1] + " " + line
        elif not line.startswith("facmap "):
            continue
        begun = (number, line[:-1].rstrip()) if line.endswith("\\") else None
        if not begun:
            yield number, shlex.split(re.split(r" {3,}", line)[0], comments=True)[1:]


def mentions(text):
    """(line number, words) of each `facmap …` in the running text and in tables."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("    "):
            continue
        for match in re.finditer(r"`facmap ([^`]+)`", line):
            yield number, match[1].replace("'", "").replace('"', "").split()

"""What the checks of this folder share: the tree, C without its comments, the way to report."""

import os
import pathlib
import re
import subprocess
import sys

# The checks' own test points them at a tree that breaks the rules.
ROOT = pathlib.Path(os.environ.get("FM_META_ROOT") or pathlib.Path(__file__).resolve().parents[2])

# The order of FM_LAYERS in cmake/FacmapModule.cmake.
LAYERS = ["core", "geo", "store", "check", "load", "network", "analysis", "style", "render", "export", "cli"]

# The module of each public header that is not named after its module.
HEADER_MODULE = {
    "geometry": "geo",
    "table": "store",
    "graph": "network",
    "reach": "network",
    "page": "style",
    "theme": "style",
    "lint": "render",
    "classify": "style",
    "palette": "style",
    "contrast": "style",
    "raster": "load",
    "site": "analysis",
}

_TOKEN = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""", re.S | re.X
)


def read(path):
    return path.read_text(encoding="utf-8")


def relative(path):
    return path.relative_to(ROOT).as_posix()


def c_files(*folders, suffixes=(".c", ".h")):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes:
                yield path


def code_only(text):
    """The text with comments and the contents of literals blanked; lines keep their numbers.
    #include lines stay as they are."""

    def blank(match):
        token = match.group(0)
        if token[0] == '"':
            start = text.rfind("\n", 0, match.start()) + 1
            if text[start : match.start()].lstrip().startswith("#include"):
                return token
            return '""'
        if token[0] == "'":
            return "' '"
        return re.sub(r"[^\n]", " ", token)

    return _TOKEN.sub(blank, text)


def git_files():
    """Tracked files; None outside a git checkout (a release archive)."""
    try:
        listing = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z"], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


def allow_list(name):
    """`key: reason` lines of a file in this folder."""
    allowed = {}
    for number, line in enumerate(read(ROOT / "tests/meta" / name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, reason = line.partition(": ")
        if not colon or not reason.strip():
            sys.exit(f"tests/meta/{name}:{number}: an entry is 'key: reason'")
        allowed[key.strip()] = reason.strip()
    return allowed


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def finish(problems, checked):
    """One line a problem; silence is not success, so the count of what was looked at is printed."""
    for problem in problems:
        print(problem)
    print(f"{checked} checked, {len(problems)} problems")
    if checked == 0:
        sys.exit("nothing was checked: the check looks in the wrong place")
    sys.exit(1 if problems else 0)

#!/usr/bin/env python3
"""Every public function has its comment immediately before it. Declarations without a blank line
between them are a group and share the comment; `_free` says all in its name."""

import re

import meta

DECLARATION = re.compile(r"^FM_API\b[^;]*?\b(fm_\w+)\s*\([^;]*;", re.M)


def documented(lines, index):
    """Walks up from the declaration through its group to the end of a comment."""
    for i in range(index - 1, -1, -1):
        line = lines[i].strip()
        if not line:
            return False
        if not line.endswith("*/"):
            continue
        while i > 0 and not lines[i].lstrip().startswith("/*"):
            i -= 1
        return lines[i].lstrip().startswith("/**")
    return False


def main():
    problems = []
    checked = 0
    for path in meta.c_files("include"):
        text = meta.read(path)
        lines = text.split("\n")
        for match in DECLARATION.finditer(text):
            checked += 1
            index = text.count("\n", 0, match.start())
            if not match[1].endswith("_free") and not documented(lines, index):
                place = f"{meta.relative(path)}:{index + 1}"
                problems.append(f"{place}: {match[1]}() has no comment before it")
    meta.finish(problems, checked)


main()

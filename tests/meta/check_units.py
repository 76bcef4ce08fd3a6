#!/usr/bin/env python3
"""Every source file has its test: src/<m>/<file>.c, tests/unit/<m>/test-<file>.c; the exceptions
are in untested.txt with their reasons. Every test file is in its CMakeLists.txt, so that it runs.
The tool is tested from outside, see check_commands.py."""

import re

import meta


def main():
    allowed = meta.allow_list("untested.txt")
    problems = []
    checked = 0
    for path in meta.c_files("src", suffixes=(".c",)):
        module = path.parent.name
        if module == "cli":
            continue
        checked += 1
        place = meta.relative(path)
        test = meta.ROOT / f"tests/unit/{module}/test-{path.name}"
        if test.exists() and place in allowed:
            problems.append(f"{place}: has a test now, remove it from untested.txt")
        elif not test.exists() and place not in allowed:
            problems.append(f"{place}: no {meta.relative(test)}")
    problems += [
        f"untested.txt: there is no {place}"
        for place in allowed
        if not (meta.ROOT / place).exists()
    ]
    for test in meta.c_files("tests/unit", suffixes=(".c",)):
        listing = test.parent / "CMakeLists.txt"
        if not listing.exists() or test.name not in re.findall(r"[\w.-]+", meta.read(listing)):
            place = meta.relative(test)
            problems.append(f"{place}: not in {meta.relative(listing)}, so it never runs")
    meta.finish(problems, checked)


main()

#!/usr/bin/env python3
"""What runs in threads runs under ThreadSanitizer: the test file of every source file that calls
core's loops, pipes and tasks is named under PARALLEL in its module's CMakeLists.txt."""

import re

import meta

STARTS = re.compile(r"\bfm_(?:parallel_for|pipe_run|task_start)\s*\(")
PARALLEL = re.compile(r"\bPARALLEL\b([^()A-Z]*)")


def parallel_files(module):
    listing = meta.ROOT / f"tests/unit/{module}/CMakeLists.txt"
    match = PARALLEL.search(meta.read(listing)) if listing.exists() else None
    return match[1].split() if match else []


def main():
    problems = []
    checked = 0
    for path in meta.c_files("src", suffixes=(".c",)):
        checked += 1
        if not STARTS.search(meta.code_only(meta.read(path))):
            continue
        module = path.parent.name
        if path.stem not in parallel_files(module):
            problems.append(
                f"{meta.relative(path)}: runs threads, but '{path.stem}' is not under PARALLEL in "
                f"tests/unit/{module}/CMakeLists.txt"
            )
    meta.finish(problems, checked)


main()

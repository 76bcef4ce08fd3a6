#!/usr/bin/env python3
"""Tracked text: UTF-8, no trailing blanks, no tabs, C lines of at most 100 columns, nothing that
holds on one machine only (home directories, package mirrors)."""

import re
import unicodedata

import meta

COLUMNS = 100
MACHINE = re.compile(r"(?<![\w.$}])/(?:home/\w+|root|Users/\w+|work)/")
# Hosts that a lock file or a build must not name: they differ from one place to the next.
HOSTS = re.compile(r"(?:registry|mirror|proxy)s?\.[a-z0-9-]+\.(?:org|com|io)|\bdeb\.debian\.org\b")
BINARY = set(".png .gpkg .sqlite .xlsx .xls .zip .tif .pdf .shp .dbf .shx".split())
# Bytes on purpose: inputs of the tests and of the fuzzers, tables from elsewhere.
VERBATIM = re.compile(r"^(tests/.*/(corpus|data)/|geodata/|tests/golden/)")
TABS = re.compile(r"(^|/)(\.gitmodules|[Mm]akefile|.*\.mk|.*\.tsv)$")


def width(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def check_line(place, line):
    if MACHINE.search(line):
        yield "names a path of one machine"
    if HOSTS.search(line):
        yield "names a package host"
    if VERBATIM.match(place):
        return
    if line != line.rstrip():
        yield "blank at the end of the line"
    if "\t" in line and not TABS.search(place):
        yield "tab"
    if place.endswith((".c", ".h")) and width(line) > COLUMNS:
        yield f"longer than {COLUMNS} columns"


def main():
    files = meta.git_files()
    if files is None:
        meta.skip("not a git checkout")
    problems = []
    checked = 0
    for path in files:
        place = meta.relative(path)
        if not path.is_file() or path.suffix in BINARY or path.name == "check_text.py":
            continue
        try:
            text = meta.read(path)
        except UnicodeDecodeError:
            if not VERBATIM.match(place):
                problems.append(f"{place}: not UTF-8")
            continue
        checked += 1
        for number, line in enumerate(text.split("\n"), 1):
            problems += [f"{place}:{number}: {what}" for what in check_line(place, line)]
    meta.finish(problems, checked)


main()

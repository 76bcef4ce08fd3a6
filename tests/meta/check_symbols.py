#!/usr/bin/env python3
"""The shared library exports what symbols.txt lists and nothing else, and a test or a command
uses every one.

    check_symbols.py LIBFACMAP.SO           compare
    check_symbols.py --bless LIBFACMAP.SO   write symbols.txt after an intended change
"""

import re
import subprocess
import sys

import meta

# Marks that the linker puts into every shared library.
LINKER = {"__bss_start", "_edata", "_end", "_init", "_fini"}
LIST = meta.ROOT / "tests/meta/symbols.txt"


def exported(library):
    listing = subprocess.run(
        ["nm", "--dynamic", "--defined-only", "--format=posix", library],
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted({line.split()[0] for line in listing.stdout.splitlines()} - LINKER)


def used_names():
    names = set()
    for path in meta.c_files("tests", "src/cli", suffixes=(".c",)):
        names |= set(re.findall(r"\bfm_\w+", meta.code_only(meta.read(path))))
    # g_autoptr() calls the cleanup function that the header declares.
    for path in meta.c_files("include"):
        names |= set(re.findall(r"G_DEFINE_AUTO\w+\(\w+,\s*(fm_\w+)\)", meta.read(path)))
    return names


def main():
    arguments = sys.argv[1:]
    bless = "--bless" in arguments
    library = [argument for argument in arguments if argument != "--bless"][0]
    symbols = exported(library)
    if bless:
        LIST.write_text("".join(f"{symbol}\n" for symbol in symbols), encoding="utf-8")
    listed = meta.read(LIST).split()
    problems = [
        f"{symbol}: exported, not in symbols.txt: document it, test it, then run with --bless"
        for symbol in symbols
        if symbol not in listed
    ]
    problems += [
        f"{symbol}: in symbols.txt, not exported: a change of the interface, see CHANGELOG.md"
        for symbol in listed
        if symbol not in symbols
    ]
    used = used_names()
    problems += [
        f"{symbol}: no test and no command uses it" for symbol in symbols if symbol not in used
    ]
    meta.finish(problems, len(symbols))


main()

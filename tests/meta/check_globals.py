#!/usr/bin/env python3
"""The library has no mutable globals: nothing of ours lies in a writable section.

    check_globals.py LIBFACMAP.A
"""

import re
import subprocess
import sys

import meta

# Constant tables with pointers lie in .data.rel.ro, which the loader makes read-only.
WRITABLE = re.compile(r"^\.(data|bss|tdata|tbss)(\.|$)(?!rel\.ro)")
MEMBER = re.compile(r"^(\S+\.o):\s+file format")
SYMBOL = re.compile(r"^[0-9a-f]+ [lgu!].{5}O (\S+)\s+[0-9a-f]+(?: \.hidden)? (\S+)$")


def main():
    listing = subprocess.run(
        ["objdump", "--syms", sys.argv[1]], check=True, capture_output=True, text=True
    )
    allowed = meta.allow_list("globals.txt")
    seen = set()
    problems = []
    members = 0
    member = ""
    for line in listing.stdout.splitlines():
        if match := MEMBER.match(line):
            member = match[1].removesuffix(".o")
            members += 1
        elif (match := SYMBOL.match(line)) and WRITABLE.match(match[1]):
            # GCC numbers statics inside functions: quark.0.
            name = f"{member} {match[2].split('.')[0]}"
            seen.add(name)
            if name not in allowed:
                problems.append(f"{name}: mutable global in {match[1]}; const, or an argument")
    problems += [
        f"globals.txt: '{name}' is no longer there" for name in allowed if name not in seen
    ]
    meta.finish(problems, members)


main()

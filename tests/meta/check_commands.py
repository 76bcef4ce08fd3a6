#!/usr/bin/env python3
"""Every command has a manual page and a test file: src/cli/cmd-<x>.c, docs/man/facmap-<x>.1,
tests/cli/<x>.bats; and no page is left over from a command that is gone."""

import meta


def main():
    commands = {
        path.stem.removeprefix("cmd-") for path in (meta.ROOT / "src/cli").glob("cmd-*.c")
    }
    pages = {
        path.stem.removeprefix("facmap-") for path in (meta.ROOT / "docs/man").glob("facmap-*.1")
    }
    tests = {path.stem for path in (meta.ROOT / "tests/cli").glob("*.bats")}
    problems = [f"facmap {name}: no docs/man/facmap-{name}.1" for name in sorted(commands - pages)]
    problems += [f"facmap {name}: no tests/cli/{name}.bats" for name in sorted(commands - tests)]
    problems += [
        f"docs/man/facmap-{name}.1: there is no such command" for name in sorted(pages - commands)
    ]
    meta.finish(problems, len(commands))


main()

#!/usr/bin/env python3
"""The checks see what they are for: each is run on a small tree that breaks its rule, and must
name the place."""

import os
import pathlib
import subprocess
import sys
import tempfile

import meta

HERE = pathlib.Path(__file__).resolve().parent

# (check, file, contents, what the check must say; None when it must say nothing)
CASES = [
    ("layers", "src/geo/a.c", "#include <gdal.h>\n", "src/geo/a.c:1: gdal.h: GDAL belongs to"),
    ("layers", "src/geo/a.c", "\n#include <sqlite3.h>\n", "a.c:2: sqlite3.h: SQLite"),
    ("layers", "src/geo/a.c", "#include <facmap/store.h>\n", "geo may not see store"),
    ("layers", "src/geo/a.c", '#include "../core/x.h"\n', "private headers are those of src/geo/"),
    ("layers", "src/geo/a.c", "#include <pthread.h>\n", "threads and locks live in"),
    ("layers", "src/geo/a.c", "#include <signal.h>\n", "the tool handles signals"),
    ("layers", "src/geo/a.c", "#include <facmap/facmap.h>\n", "only cli includes everything"),
    ("layers", "src/geo/a.c", "#include <lzma.h>\n", "unknown header"),
    ("layers", "include/facmap/geo.h", "#include <proj.h>\n", "public headers show"),
    ("layers", "src/geo/a.c", "#include <proj.h>\n#include <math.h>\n", None),
    ("calls", "src/geo/a.c", "x = atof(s);\n", "src/geo/a.c:1: atof(): use"),
    ("calls", "src/geo/a.c", 'printf("x");\n', "the library never prints"),
    ("calls", "src/geo/a.c", "exit(1);\n", "the library never ends the process"),
    ("calls", "src/cli/main.c", "exit(1);\n", None),
    ("calls", "src/geo/a.c", "/* atof(s) */ x = my_atof(s); y = \"exit(1)\";\n", None),
    ("docs", "include/facmap/geo.h", "int x;\n\nFM_API int fm_x(void);\n", "fm_x() has no comment"),
    ("docs", "include/facmap/geo.h", "/** X. */\nFM_API int fm_x(void);\n", None),
    ("docs", "include/facmap/geo.h", "/** X.\n *  Y. */\nFM_API int fm_x(int a,\n int b);\n", None),
    ("units", "src/geo/a.c", "", "src/geo/a.c: no tests/unit/geo/test-a.c"),
    ("units", "src/geo/b.c\0tests/unit/geo/test-b.c", "", "so it never runs"),
    (
        "units",
        "src/cli/a.c\0src/geo/b.c\0tests/unit/geo/test-b.c\0tests/unit/geo/CMakeLists.txt",
        "test-b.c",
        None,
    ),
    ("threads", "src/geo/a.c", "fm_parallel_for(n);\n", "src/geo/a.c: runs threads, but 'a' is not"),
    (
        "threads",
        "src/geo/a.c\0tests/unit/geo/CMakeLists.txt",
        "fm_pipe_run(PARALLEL b a)\n",
        None,
    ),
    ("commands", "src/cli/cmd-x.c", "", "facmap x: no docs/man/facmap-x.1"),
    ("commands", "src/cli/cmd-x.c\0docs/man/facmap-x.1", "", "facmap x: no tests/cli/x.bats"),
    ("text", "src/a.c", "int x; \n", "src/a.c:1: blank at the end"),
    ("text", "src/a.c", "\tint x;\n", "src/a.c:1: tab"),
    ("text", "src/a.c", "x" * 101 + "\n", "src/a.c:1: longer than 100 columns"),
    ("text", "README.md", "see /home/" + "me/x\n", "README.md:1: names a path"),
    ("text", "a.json", "https://registry." + "npmjs.org/x\n", "a.json:1: names a package host"),
    ("text", "README.md", "fine\n", None),
]


def run(check, files, contents):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        places = ["tests/meta/untested.txt"]
        for place in places + files.split("\0"):
            path = root / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("" if place in places else contents, encoding="utf-8")
        for header in ("core", "geo", "store", "facmap"):
            path = root / f"include/facmap/{header}.h"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
        return subprocess.run(
            [sys.executable, "-B", str(HERE / f"check_{check}.py")],
            env={**os.environ, "FM_META_ROOT": folder},
            capture_output=True,
            text=True,
        )


def main():
    problems = []
    for check, files, contents, expected in CASES:
        result = run(check, files, contents)
        name = f"{check}: {files!r} {contents[:40]!r}"
        if expected is None and result.returncode != 0:
            problems.append(f"{name}: complains without a reason: {result.stdout}{result.stderr}")
        elif expected is not None and (result.returncode != 1 or expected not in result.stdout):
            problems.append(f"{name}: does not say '{expected}': {result.stdout}{result.stderr}")
    meta.finish(problems, len(CASES))


main()

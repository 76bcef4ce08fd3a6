#!/usr/bin/python3
"""Load every dataset into a workspace of its own and let the data doctor look at it: no finding is expected.

    FACMAP=path/to/facmap check_findings.py

A finding that is right is mended in the dataset; the README of a dataset explains what cannot be mended, and then
it is named here. Exit status 1 with any other finding.
"""

import json
import os
import subprocess
import sys
import tempfile

GEODATA = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata"))


def run(program, words, scratch):
    done = subprocess.run([program, *words], cwd=scratch, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit("facmap %s: %s" % (" ".join(words), done.stderr.strip()))
    return done.stdout


def findings(program, folder):
    manifest = os.path.join(folder, "dataset.json")
    with open(manifest, encoding="utf-8") as f:
        crs = json.load(f)["workspace_crs"]
    with tempfile.TemporaryDirectory() as scratch:
        run(program, ["init", "a.sqlite", "--crs", crs, "-q"], scratch)
        run(program, ["load", "a.sqlite", manifest, "-q"], scratch)
        return json.loads(run(program, ["check", "a.sqlite", "--no-layer", "--json"], scratch))["result"]


def main():
    status = 0
    for name in sys.argv[1:]:
        report = findings(os.environ["FACMAP"], os.path.join(GEODATA, name))
        found = report["findings"]
        print("%s %s: %d findings" % ("FAIL" if found else "PASS", name, len(found)))
        for finding in found[:8]:
            print("     " + json.dumps(finding, ensure_ascii=False))
        status |= bool(found)
    return status


if __name__ == "__main__":
    sys.exit(main())

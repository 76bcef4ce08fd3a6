#!/usr/bin/python3
"""Run the commands of the stories in geodata/beijing/README.md and compare the figures given there.

    FACMAP=path/to/facmap check_stories.py [--write-figures]

The commands are read from the page itself, so that the page cannot show others than were run.
Exit status 1 when a figure differs; --write-figures puts the computed ones into the page.
"""

import csv
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
README = os.path.join(ROOT, "geodata", "beijing", "README.md")
COMMANDS = re.compile(r"## Four stories\n.*?```sh\n(.*?)```", re.S)
FIGURES = re.compile(r"(<!-- figures: stories -->\n)(.*?)(<!-- end -->)", re.S)


def run(program, words, scratch):
    """The result of one command, as facmap gives it in JSON."""
    words = [os.path.join(ROOT, w) if w.startswith("geodata/") else w for w in words]
    done = subprocess.run([program, *words, "--json"], cwd=scratch, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit("facmap %s: %s" % (" ".join(words), done.stderr.strip()))
    return json.loads(done.stdout)["result"] if done.stdout.strip() else {}


def pairs_of(program, layer, scratch):
    """Rows of a proximity result by the feature that they start from."""
    path = os.path.join(scratch, layer + ".csv")
    subprocess.run([program, "export", "city.sqlite", path, layer, "-q"], cwd=scratch, check=True)
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f))


def figures(program, commands, scratch):
    reach, near = [], []
    for line in commands.splitlines():
        words = shlex.split(line)[1:]
        result = run(program, words, scratch)
        if words[0] == "coverage":
            for part in result["within"]:
                reach.append("| %s | %s | %d | %.1f %% |" % (
                    result["name"], part["within"], part["people"], 100.0 * part["people_share"]))
        elif words[0] == "proximity":
            for row in pairs_of(program, result["name"], scratch):
                if row["to_id"]:
                    near.append("| %s | %s | %s | %.1f |" % (
                        result["name"], row["from_name_en"], row["to_name_en"], float(row["distance_m"]) / 1000.0))
    return (["| result | within | people (modelled) | share |", "|---|---|---|---|"] + reach +
            ["", "| result | from | to | km |", "|---|---|---|---|"] + near)


def main():
    with open(README, encoding="utf-8") as f:
        text = f.read()
    with tempfile.TemporaryDirectory() as scratch:
        lines = figures(os.environ["FACMAP"], COMMANDS.search(text).group(1), scratch)
    block = FIGURES.search(text)
    if "--write-figures" in sys.argv[1:]:
        with open(README, "w", encoding="utf-8") as f:
            f.write(text[: block.start(2)] + "\n".join(lines) + "\n" + text[block.end(2):])
        return 0
    stated = block.group(2).splitlines()
    wrong = [line for line in lines if line not in stated] + [line for line in stated if line not in lines]
    for line in wrong:
        print("     differs: " + line)
    print("%s stories: %d lines of figures" % ("FAIL" if wrong else "PASS", len(lines)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

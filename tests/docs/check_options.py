#!/usr/bin/python3
"""Every command that the manuals show exists and has the options that they give it, every shipped
map document that they name is there, README's table lists the commands that there are, and every
link leads to a file and a heading."""

import functools
import re
import subprocess
import sys

import manual

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@functools.cache
def help_of(command):
    done = subprocess.run([manual.FACMAP, command, "--help"], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


@functools.cache
def options_of(command):
    listing = help_of(command).split("Options:\n")[1].split("\nExamples:")[0]
    return set(re.findall(r"(?:^  |, )(--?[a-z][-a-z]*)", listing, re.M))


def wrong(words):
    """What is wrong with a command, or None. `WS`, `…` and the like stand for anything."""
    command = words[0]
    if command in ("help", "version") or command.startswith("-"):
        return None
    if help_of(command) is None:
        return f"facmap has no command {command}"
    for word in words[1:]:
        option = re.match(r"--?[a-z][-a-z]*", word)
        if option and option[0] not in options_of(command):
            return f"facmap {command} has no option {option[0]}"
    style = words[2] if command == "render" and len(words) > 2 else "layout"
    if re.fullmatch(r"[a-z]+", style) and not (manual.ROOT / f"styles/{style}.json").is_file():
        return f"there is no shipped map document '{style}'"
    return None


def anchors(path):
    """The names under which a page's headings are found on the web."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in headings}


def broken(page, link):
    if re.match(r"[a-z]+:", link):
        return None
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists():
        return f"{link}: there is no such file"
    if anchor and anchor not in anchors(target):
        return f"{link}: there is no such heading"
    return None


def table_of_commands():
    """README's table against the overview, in the same order."""
    overview = subprocess.run([manual.FACMAP, "help"], capture_output=True, text=True).stdout
    listed = re.findall(r"^  ([a-z]+)  ", overview, re.M)
    readme = (manual.ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `facmap ([a-z]+)", readme, re.M)
    expected = [name for name in listed if name not in ("help", "version")]
    return [] if shown == expected else [f"README.md: table of {shown}, the tool has {expected}"]


def main():
    problems = table_of_commands()
    checked = 0
    for page in manual.pages():
        text = page.read_text(encoding="utf-8")
        place = page.relative_to(manual.ROOT)
        for number, words in [*manual.commands(text), *manual.mentions(text)]:
            checked += 1
            fault = wrong(words)
            problems += [f"{place}:{number}: {fault}"] if fault else []
        for link in LINK.findall(text):
            fault = broken(page, link)
            problems += [f"{place}: {fault}"] if fault else []
    for problem in problems:
        print(problem)
    print(f"{checked} commands checked, {len(problems)} problems")
    sys.exit(1 if problems or checked < 50 else 0)


main()

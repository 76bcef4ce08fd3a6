#!/usr/bin/env python3
"""Functions that the sources do not call, each with what to use instead."""

import re

import meta

CLI = "src/cli/"
MAIN = "src/cli/main.c"

# name → (path prefix where it is allowed, what to do instead)
BANNED = {
    **dict.fromkeys(
        ["strcpy", "strcat", "sprintf", "vsprintf", "gets"], (None, "g_strdup_printf, GString")
    ),
    **dict.fromkeys(["strtok", "strtok_r"], (None, "g_strsplit")),
    **dict.fromkeys(["localtime", "gmtime", "ctime", "asctime"], (None, "GDateTime")),
    **dict.fromkeys(
        ["atoi", "atol", "atoll", "atof", "strtod", "strtof", "sscanf"],
        (None, "g_ascii_strtod, g_ascii_string_to_signed: no locale, and errors are seen"),
    ),
    **dict.fromkeys(
        ["rand", "srand", "random", "drand48", "g_random_double"],
        (None, "a seeded generator: the same input gives the same result"),
    ),
    # Names of temporary files may be random; results may not.
    "g_random_int": ("src/export/export.c", "a seeded generator: results are repeatable"),
    **dict.fromkeys(
        ["rename", "g_rename", "g_file_set_contents", "g_file_set_contents_full"],
        (
            ("src/core/outputs.c", "src/store/create.c", "src/load/rejects.c", "src/load/open-input.c"),
            "fm_outputs_add, fm_outputs_commit: whole files, on the disk before they have a name",
        ),
    ),
    **dict.fromkeys(["system", "popen"], (None, "a library call: no shell")),
    **dict.fromkeys(
        ["exit", "_exit", "abort", "quick_exit", "atexit"],
        (MAIN, "a GError: the library never ends the process"),
    ),
    **dict.fromkeys(
        ["printf", "fprintf", "vprintf", "vfprintf", "puts", "perror", "putchar"]
        + ["g_print", "g_printerr"],
        (CLI, "a GError or FmProgress: the library never prints"),
    ),
    **dict.fromkeys(
        ["setlocale", "chdir", "setenv", "putenv", "g_setenv", "g_unsetenv", "umask"],
        (CLI, "an argument: the process belongs to the caller"),
    ),
    **dict.fromkeys(
        ["signal", "sigaction", "g_unix_signal_add"], (CLI, "FmProgress: signals are the tool's")
    ),
    **dict.fromkeys(
        ["g_thread_new", "g_thread_try_new", "g_thread_pool_new", "g_task_run_in_thread"]
        + ["g_mutex_lock", "g_rec_mutex_lock", "g_rw_lock_writer_lock", "g_cond_wait"]
        + ["g_async_queue_new"],
        (None, "core/parallel.c, pipe.c or task.c: the sanitizer cannot see GLib's threads"),
    ),
}

CALL = re.compile(r"(?<![\w.>])(" + "|".join(map(re.escape, BANNED)) + r")\s*\(")


def main():
    problems = []
    checked = 0
    for path in meta.c_files("src"):
        checked += 1
        place = meta.relative(path)
        text = meta.code_only(meta.read(path))
        for match in CALL.finditer(text):
            allowed, instead = BANNED[match[1]]
            if allowed and place.startswith(allowed):
                continue
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{place}:{line}: {match[1]}(): use {instead}")
    meta.finish(problems, checked)


main()

#!/usr/bin/env python3
"""Who includes whom: modules see only those to their left, each dependency has one owner."""

import re

import meta

# Header prefix → modules that may include it. The rest of the modules do not see the dependency.
OWNERS = [
    (r"gdal|ogr_|ogr\.|cpl_|memdataset", {"load", "export"}, "GDAL"),
    (r"proj\.h|proj_|geodesic\.h", {"geo"}, "PROJ"),
    (r"sqlite3|spatialite", {"store"}, "SQLite and SpatiaLite"),
    (r"geos", {"geo"}, "GEOS"),
    (r"cairo|pango|librsvg/|png\.h|zlib\.h|fontconfig/|ft2build|hb", {"render"}, "the drawing libraries"),
    (r"openssl/", {"core"}, "OpenSSL"),
    (r"json-glib/", set(meta.LAYERS[2:]), "json-glib"),
    (r"glib\.h|glib/|glib-object\.h|glib-unix\.h|gio/", set(meta.LAYERS), "GLib"),
]

STANDARD = set(
    """assert ctype errno float inttypes limits locale math stdalign stdarg stdbool stddef stdint
    stdio stdlib stdnoreturn string time fcntl poll unistd sys/stat sys/types sys/ioctl sys/mman
    sys/resource sys/statvfs sys/time sys/wait termios immintrin""".split()
)

# System headers that belong to one place.
RESTRICTED = {
    "pthread": ("src/core/", "threads and locks live in core"),
    "malloc": ("src/load/stream.c", "only what has read millions of rows gives its heap back"),
    "stdatomic": ("src/core/ src/cli/", "shared state lives in core and cli"),
    "signal": ("src/cli/ src/core/thread.c", "the tool handles signals; workers block them"),
}

# Files of geodata/ as C arrays, made by the build of the module that includes them.
GENERATED = "-shipped.h"

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)


def header_module(name):
    return meta.HEADER_MODULE.get(name, name)


def check_facmap(header, module):
    name = header.removeprefix("facmap/").removesuffix(".h")
    if not (meta.ROOT / "include" / header).exists():
        return f"there is no include/{header}"
    if name == "facmap":
        return None if module == "cli" else "only cli includes everything"
    other = header_module(name)
    if other not in meta.LAYERS:
        return "name its module in HEADER_MODULE of tests/meta/meta.py"
    if meta.LAYERS.index(other) > meta.LAYERS.index(module):
        return f"{module} may not see {other}, which stands to its right"
    return None


def check_system(header, module, place):
    for pattern, owners, what in OWNERS:
        if re.match(pattern, header):
            if place.startswith("include/") and what != "GLib":
                return "public headers show no dependency but GLib"
            return None if module in owners else f"{what} belongs to {', '.join(sorted(owners))}"
    name = header.removesuffix(".h")
    if name in RESTRICTED:
        places, reason = RESTRICTED[name]
        return None if place.startswith(tuple(places.split())) else reason
    if name not in STANDARD:
        return "unknown header: name its owner in tests/meta/check_layers.py"
    return None


def check_include(kind, header, module, path):
    place = meta.relative(path)
    if header.startswith("facmap/"):
        return check_facmap(header, module)
    if kind == "<":
        return check_system(header, module, place)
    if header.endswith(GENERATED):
        return None
    if header == "fm-config.h":
        return None if module in ("core", "cli") else "the configuration is core's and cli's"
    if place.startswith("include/"):
        return "public headers include each other as <facmap/…>"
    if "/" in header or not (path.parent / header).exists():
        return f"private headers are those of src/{module}/"
    return None


def main():
    problems = []
    checked = 0
    for path in meta.c_files("src", "include"):
        if path.parent.name == "facmap":
            module = header_module(path.stem) if path.stem != "facmap" else "cli"
        else:
            module = path.relative_to(meta.ROOT / "src").parts[0]
        text = meta.code_only(meta.read(path))
        for match in INCLUDE.finditer(text):
            checked += 1
            problem = check_include(match[1], match[2], module, path)
            if problem:
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{meta.relative(path)}:{line}: {match[2]}: {problem}")
    meta.finish(problems, checked)


main()

"""A town of 280,000 roads drawn at 3508 x 2480 pixels by facmap, MapServer, mapnik and QGIS: the same features,
widths and colours, from the data on disk to the PNG, whole processes in turn.  Each reads the format that it is
fastest with.  A peer that is not there is said and left out."""
import json
import os
import shutil
import statistics
import subprocess
import tempfile

import bench
import city

DPI = 300
# The sheet is A4, where facmap draws a designed px smaller than on A3, by the fourth root of the area.
PX = 0.5 ** 0.25 * DPI / 96
SHADES = {"d0": "#f4f1ea", "d1": "#eef2e6", "d2": "#f3ecec", "d3": "#ebeff4"}
CASING = "#a79f92"
ROADS = {  # colour, width and width of the casing in designed px
    "residential": ("#ffffff", 0.45, 0.8),
    "tertiary": ("#ffffff", 0.8, 1.2),
    "secondary": ("#f7f0b8", 1.2, 1.7),
    "primary": ("#fcd6a4", 2.0, 2.6),
    "motorway": ("#e892a2", 3.0, 3.8),
}
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def by_class(key, choose):
    return ["match", ["get", key], *(part for pair in choose.items() for part in pair), next(iter(choose.values()))]


def road_layer(name, color, widths):
    return {"id": name, "type": "line", "source": "workspace", "source-layer": "road",
            "layout": {"line-cap": "round", "line-join": "round"},
            "paint": {"line-color": color, "line-width": by_class("class", widths)}}


def document():
    return {
        "version": 8, "name": "Town",
        "metadata": {"facmap:page": {"size": "A4", "margin_mm": 0, "panel_ratio": 0},
                     "facmap:extent": {"layers": ["district"], "pad_ratio": 0}},
        "sources": {"workspace": {"type": "vector", "url": "facmap:workspace"}},
        "glyphs": "facmap:fonts/{fontstack}/{range}.pbf",
        "layers": [
            {"id": "ground", "type": "background", "paint": {"background-color": "#e8e6e1"}},
            {"id": "district", "type": "fill", "source": "workspace", "source-layer": "district",
             "paint": {"fill-color": by_class("shade", SHADES)}},
            road_layer("casing", CASING, {name: row[2] for name, row in ROADS.items()}),
            road_layer("filling", by_class("class", {name: row[0] for name, row in ROADS.items()}),
                       {name: row[1] for name, row in ROADS.items()}),
            {"id": "symbol", "type": "circle", "source": "workspace", "source-layer": "place",
             "metadata": {"facmap:obstacle": 1},
             "paint": {"circle-radius": 3, "circle-color": "#c0392b", "circle-stroke-color": "#ffffff",
                       "circle-stroke-width": 0.75}},
            {"id": "name", "type": "symbol", "source": "workspace", "source-layer": "place",
             "filter": ["!=", ["coalesce", ["get", "name_en"], ""], ""],
             "layout": {"text-field": ["concat", ["get", "name_en"], "\n", ["get", "name_zh"]],
                        "text-font": ["Noto Sans CJK SC Regular"], "text-size": 9,
                        "text-variable-anchor": ["left", "right", "bottom", "top"],
                        "text-radial-offset": 0.5},
             "paint": {"text-color": "#222222", "text-halo-color": "#ffffff", "text-halo-width": 1}},
        ],
    }


def look(folder, size, extent, epsg):
    """The same for the peers, in pixels."""
    return {
        "gpkg": os.path.join(folder, "city.gpkg"), "folder": os.path.join(folder, "shp"), "font": FONT,
        "size": size, "extent": extent, "epsg": epsg, "ground": "#e8e6e1", "shades": SHADES, "casing": CASING,
        "roads": [{"class": name, "color": color, "inner": inner * PX, "outer": outer * PX}
                  for name, (color, inner, outer) in ROADS.items()],
        "symbol": "#c0392b", "symbol_size": 6 * PX, "symbol_edge": 0.75 * PX,
        "text": "#222222", "text_size": 9 * PX, "halo": PX, "text_away": 4.5 * PX,
    }


def extent_of(world_file, size):
    """What the page shows, from its world file."""
    with open(world_file, encoding="utf-8") as source:
        pixel, _, _, _, west, north = (float(row) for row in source)
    west, north = west - pixel / 2, north + pixel / 2
    return [west, north - size[1] * pixel, west + size[0] * pixel, north]


def can_import(name):
    return subprocess.run([bench.PYTHON, "-c", f"import {name}"], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def engines(options, folder, png):
    """name -> command, in the order in which they take turns."""
    peers = str(bench.HERE / "peers")
    settings = os.path.join(folder, "look.json")
    commands = {"facmap": [options.facmap, "render", os.path.join(folder, "city.sqlite"),
                           os.path.join(folder, "town.json"), "-o", png["facmap"], "--quiet"]}
    if shutil.which("map2img"):
        mapfile = os.path.join(folder, "town.map")
        subprocess.run([bench.PYTHON, peers + "/render_mapserver.py", settings, mapfile], check=True)
        commands["MapServer"] = ["map2img", "-m", mapfile, "-o", png["MapServer"]]
    if can_import("mapnik"):
        commands["mapnik"] = [bench.PYTHON, peers + "/render_mapnik_city.py", settings, png["mapnik"]]
    if can_import("qgis.core"):
        commands["QGIS"] = [bench.PYTHON, peers + "/render_qgis.py", settings, png["QGIS"]]
    for name in png.keys() - commands.keys():
        print(f"render: {name} is not installed and is left out (scripts/setup --bench)")
    return commands


def prepare(options, folder):
    """The data in everyone's format, and what all are told to draw."""
    gpkg, workspace = os.path.join(folder, "city.gpkg"), os.path.join(folder, "city.sqlite")
    shapes = os.path.join(folder, "shp")
    city.write(gpkg, shapes)
    for tool, ending in (("shptree", ""), ("shapeindex", ".shp")):
        for layer in ("district", "road", "place"):
            if shutil.which(tool):
                subprocess.run([tool, os.path.join(shapes, layer + ending)], check=True, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    subprocess.run([options.facmap, "init", workspace, "--crs", f"EPSG:{bench.EPSG}", "--quiet"], check=True)
    for layer in ("district", "road", "place"):
        subprocess.run([options.facmap, "load", workspace, gpkg, "--sheet", layer, "--layer", layer, "--quiet"],
                       check=True)
    style, first = os.path.join(folder, "town.json"), os.path.join(folder, "first.png")
    with open(style, "w", encoding="utf-8") as out:
        json.dump(document(), out, ensure_ascii=False)
    subprocess.run([options.facmap, "render", workspace, style, "-o", first, "--quiet"], check=True)
    with open(first, "rb") as picture:
        header = picture.read(24)
    size = [int.from_bytes(header[at:at + 4], "big") for at in (16, 20)]
    extent = extent_of(os.path.join(folder, "first.pgw"), size)
    with open(os.path.join(folder, "look.json"), "w", encoding="utf-8") as out:
        json.dump(look(folder, size, extent, bench.EPSG), out)


def show(results, png):
    ours = results["facmap"]
    for name, rows in results.items():
        wall, memory, work = (statistics.median(column) for column in zip(*rows))
        times = ""
        if name != "facmap":
            pairs = [(theirs[0] / mine[0], theirs[2] / mine[2]) for mine, theirs in zip(ours, rows)]
            wall_ratio, work_ratio = (statistics.median(column) for column in zip(*pairs))
            times = f"   facmap {wall_ratio:5.2f} x as fast, {work_ratio:5.2f} x less work"
        print(f"render 280,000 roads  {name:10} {wall:7.2f} s {work:7.2f} s cpu {memory:6.0f} MB "
              f"{os.path.getsize(png[name]) / 1e6:6.2f} MB png{times}", flush=True)


def run(options):
    with tempfile.TemporaryDirectory(prefix="facmap-bench-") as made:
        folder = options.folder or made
        folder = os.path.abspath(folder)
        os.makedirs(folder, exist_ok=True)
        if not os.path.exists(os.path.join(folder, "look.json")):
            prepare(options, folder)
        png = {name: os.path.join(folder, name + ".png") for name in ("facmap", "MapServer", "mapnik", "QGIS")}
        commands = engines(options, folder, png)
        results = {name: [] for name in commands}
        for turn in range(options.runs + 1):
            for name, command in commands.items():
                figures = bench.measure(command, folder)
                if turn > 0:  # the first turn warms the file cache
                    results[name].append(figures)
        show(results, png)

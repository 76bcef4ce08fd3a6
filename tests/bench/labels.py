"""Names around symbols: how many facmap places and mapnik places of the same data, on the same page, and how
long the whole process takes.

Both pictures are counted alike: each name has a colour of its own.  The three channels of all of them have the
same sum and paper and symbols are lighter, so what is blended at an edge is never taken for another name.
"""
import itertools
import json
import pathlib
import random
import shutil
import subprocess
import tempfile

import numpy
from osgeo import gdal, osr

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"
EPSG = 4548
SUM = 230  # of a name's three channels
LEAST_PIXELS = 6  # of its very colour, for a name to be there
CHINESE = ("市第四中学", "协和医院", "望京社区", "经济技术开发区", "回龙观", "国际学校", "人才社区", "图书馆")
ENGLISH = ("No. 4 Middle School", "Union Hospital", "Wangjing", "Development Area", "Huilongguan",
           "International School", "Talent Community", "Library")


def colours():
    """Colours of the sum, one after the other."""
    for r, g in itertools.product(range(0, SUM // 2, 3), repeat=2):
        if r + g <= SUM:
            yield r, g, SUM - r - g


def write_points(path, n_symbols, n_names, seed):
    """Two fifths of them around a few centres, the rest anywhere in a box that fills the page."""
    rng = random.Random(seed)
    west, south, east, north = 116.0, 39.7, 116.8, 40.13
    centres = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(12)]
    rows, colour = [], itertools.cycle(colours())
    while len(rows) < n_symbols:
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        if rng.random() < 0.4:
            x, y = rng.choice(centres)
            x, y = rng.gauss(x, 0.05), rng.gauss(y, 0.04)
        if not (west < x < east and south < y < north):
            continue
        i, zh, en, color = len(rows), "", "", ""
        if i < n_names:
            kind = rng.randrange(len(CHINESE))
            zh, en = f"{rng.choice('东西南北中')}{CHINESE[kind]}", f"{ENGLISH[kind]} {i}"
            color = "#%02x%02x%02x" % next(colour)
        rows.append((f"p{i}", zh, en, color, f"{x:.6f}", f"{y:.6f}"))
    rng.shuffle(rows)
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,name_zh,name_en,color,lon,lat\n")
        out.writelines(",".join(row) + "\n" for row in rows)


def count_names(picture, n_names):
    """How many of the names' colours the picture holds."""
    data = gdal.Open(str(picture)).ReadAsArray()[:3].astype(numpy.uint32)
    packed = data[0] << 16 | data[1] << 8 | data[2]
    dark = packed[(data.sum(axis=0) == SUM)]
    values, counts = numpy.unique(dark, return_counts=True)
    there = set(values[counts >= LEAST_PIXELS])
    ours = [r << 16 | g << 8 | b for r, g, b in itertools.islice(colours(), n_names)]
    return sum(value in there for value in ours)


def document(leader):
    names = ["left", "right", "top", "bottom", "top-left", "bottom-left", "top-right", "bottom-right"]
    both = ["format", ["get", "name_zh"], {}, "\n", {}, ["get", "name_en"], {"font-scale": 0.85}]
    layer = {
        "id": "point", "type": "symbol", "source": "workspace", "source-layer": "point",
        "metadata": {"facmap:leader": leader} if leader else {},
        "layout": {
            "icon-image": "symbol", "icon-size": 0.3, "icon-allow-overlap": True, "icon-padding": 0,
            "text-field": ["case", ["==", ["coalesce", ["get", "name_zh"], ""], ""], "", both],
            "text-font": ["Noto Sans Regular"], "text-size": 8, "text-max-width": 100, "text-padding": 1,
            "text-variable-anchor": names, "text-radial-offset": 0.6, "text-justify": "auto",
            "text-optional": True},
        "paint": {"text-color": ["to-color", ["coalesce", ["get", "color"], "#000000"]]}}
    return {
        "version": 8, "name": "Names",
        "metadata": {"facmap:page": {"size": "A4", "panel_ratio": 0, "margin_mm": 0}},
        "sources": {"workspace": {"type": "vector", "url": "facmap:workspace"}},
        "layers": [{"id": "paper", "type": "background", "paint": {"background-color": "#ffffff"}}, layer]}


def overlaps(display_list):
    """Pairs of boxes that overlap, names with names and names with symbols, by a sweep from left to right."""
    boxes = []
    for line in display_list.read_text(encoding="utf-8").splitlines():
        kind, x, y, width, height, _ = line.split(" ", 5)
        if kind in ("label", "symbol"):
            boxes.append((float(x), float(y), float(x) + float(width), float(y) + float(height), kind))
    boxes.sort()
    found, active = 0, []
    for box in boxes:
        active = [other for other in active if other[2] > box[0] + 0.01]
        found += sum(other[1] < box[3] - 0.01 and box[1] < other[3] - 0.01 and "label" in (other[4], box[4])
                     for other in active)
        active.append(box)
    return found


def frame_of(picture):
    """The picture's box in its CRS, which facmap writes beside it."""
    data = gdal.Open(str(picture))
    x, dx, _, y, _, dy = data.GetGeoTransform()
    return x, y + dy * data.RasterYSize, x + dx * data.RasterXSize, y, data.RasterXSize, data.RasterYSize


def compare(options, measure, folder, n_symbols, n_names):
    folder = pathlib.Path(folder)
    points, ws = folder / "point.csv", folder / "names.sqlite"
    ws.unlink(missing_ok=True)
    write_points(points, n_symbols, n_names, 7)
    (folder / "icons").mkdir(exist_ok=True)
    (folder / "icons/symbol.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="10" '
        'fill="#7fb9d8"/></svg>', encoding="utf-8")
    subprocess.run([options.facmap, "init", ws, "--crs", f"EPSG:{EPSG}", "--quiet"], check=True)
    subprocess.run([options.facmap, "load", ws, points, "--crs", "EPSG:4326", "--quiet"], check=True)
    for name, leader in (("names", 0), ("leaders", 12)):
        (folder / f"{name}.json").write_text(json.dumps(document(leader)), encoding="utf-8")

    def ours(name):
        return [options.facmap, "render", str(ws), str(folder / f"{name}.json"), "-o", str(folder / f"{name}.png"),
                "--display-list", str(folder / f"{name}.txt"), "--size", "A4", "--dpi", "300", "--quiet"]

    subprocess.run(ours("names"), check=True)
    *box, width, height = frame_of(folder / "names.png")
    scale = 300 / 96 * (210 / 297) ** 0.5  # A4 is drawn as A3, smaller by the root of its size
    peer = [PYTHON, str(HERE / "peers/labels_mapnik.py"), str(points), str(folder / "icons/symbol.svg"),
            str(folder / "mapnik.png"), str(EPSG), str(width), str(height), str(scale), *map(str, box)]
    for what, command in (("facmap", ours("names")), ("facmap, with leaders", ours("leaders")), ("mapnik", peer)):
        runs = [measure(command, folder) for _ in range(options.runs)]
        picture = pathlib.Path(next(word for word in command if word.endswith(".png")))
        placed = count_names(picture, n_names)
        seconds, work = min(r[0] for r in runs), min(r[2] for r in runs)
        lists = picture.with_suffix(".txt")
        crossing = f"{overlaps(lists)} overlaps" if lists.exists() else ""
        print(f"{n_symbols:,} symbols, {n_names:,} names  {what:22} {placed:5} names placed  {seconds:6.2f} s  "
              f"{work:6.2f} s of processor  {crossing}", flush=True)


def run(options, measure):
    with tempfile.TemporaryDirectory(prefix="facmap-bench-") as folder:
        compare(options, measure, folder, 2000, 500)

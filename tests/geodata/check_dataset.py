#!/usr/bin/python3
"""Check every dataset in geodata/: each row, each shape, each figure of the READMEs.

    check_dataset.py [--write-figures]

Prints PASS, FAIL or SKIP lines; exit status 1 when anything failed. Comparisons with real data need
the folder named by FACMAP_SHARED (default: ../shared beside the repository), and making the districts
again needs FACMAP_ECHARTS_BEIJING, the path of echarts 4.9.0's beijing.json; without them they are skipped.
--write-figures puts the recomputed tables into geodata/beijing/README.md instead of comparing them.
"""

import filecmp
import json
import os
import re
import subprocess
import sys
import tempfile

from osgeo import gdal, ogr

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
GEODATA = os.path.join(ROOT, "geodata")
SCRIPTS = os.path.join(ROOT, "scripts", "geodata")
sys.path[:0] = [SCRIPTS, os.path.dirname(os.path.abspath(__file__))]
import facilities  # noqa: E402
import geolib  # noqa: E402
import real_data  # noqa: E402

ogr.UseExceptions()
gdal.PushErrorHandler("CPLQuietErrorHandler")

CENSUS_2020 = 21893095
CENSUS_ABROAD = 62812  # with Hong Kong, Macao and Taiwan: bulletin no. 8
DATE_2021 = "2021-04-28"  # the plan's view
MANIFEST_KEYS = {"facmap", "version", "name", "title", "date", "workspace_crs", "licence", "note", "columns", "sources"}
SOURCE_KEYS = {"path", "ogr_layer", "kind", "layer", "crs", "title", "fields", "geometry", "encoding", "cell_m",
               "modelled", "licence", "source", "note", "columns"}
STATUS = {"open", "construction", "planned", "closed"}
METHODS = {"published", "address", "map-checked", "district only"}
SITE_CATEGORIES = {"state_activities", "high_end_elements", "opening_up", "international_services"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNPLACED = {"register", "task"}  # tables without a position
LEAST = {"school": 45, "hospital": 35, "community": 8, "area": 16, "project_site": 20,
         "diplomatic_place": 25, "service_area": 2, "task": 12, "subway": 20, "subway_station": 330, "expressway": 12,
         "culture": 12}

# Scripts that write into a folder, and what they write there.
MADE = {
    "beijing_lines.py": ["river.geojson", "corridor.geojson", "water.geojson", "airport.geojson",
                         "structure.geojson"],
    "beijing_roads.py": ["ring_road.geojson", "expressway.geojson"],
    "beijing_subway.py": ["subway.geojson", "subway_station.csv"],
    "beijing_culture.py": ["culture.geojson"],
}

failures = 0


def check(name, problems):
    """`problems`: what is wrong, one text each; nothing is a pass."""
    global failures
    problems = list(problems)
    print("%s %s" % ("FAIL" if problems else "PASS", name))
    for text in problems[:8]:
        print("     " + text)
    failures += 1 if problems else 0


def skip(name, why):
    print("SKIP %s: %s" % (name, why))


class Layer:
    """One source of a manifest with its rows: properties and a GeoJSON geometry (None for tables)."""

    def __init__(self, folder, source):
        self.source, self.name, self.kind = source, source["layer"], source["kind"]
        self.path = os.path.join(folder, source["path"])
        if self.path.endswith(".csv"):
            self.rows = [(r, self._point(r)) for r in geolib.read_csv(self.path)]
        else:
            self.rows = [(f["properties"], f["geometry"]) for f in geolib.read_geojson(self.path)]
        self.columns = list(self.rows[0][0]) if self.rows else []

    def _point(self, row):
        names = self.source.get("geometry")
        if not names or not (row[names["x"]] or row[names["y"]]):
            return None  # a table, or a row that is loaded as unlocated
        return {"type": "Point", "coordinates": [float(row[names["x"]]), float(row[names["y"]])]}


def place_of(geometry):
    """A point that stands for the row: the point itself, or one inside the polygon."""
    if geometry["type"] == "Point":
        return tuple(geometry["coordinates"])
    inner = ogr.CreateGeometryFromJson(json.dumps(geometry)).PointOnSurface()
    return inner.GetX(), inner.GetY()


def coordinates_of(node):
    if isinstance(node[0], (int, float)):
        yield node
    else:
        for child in node:
            yield from coordinates_of(child)


# ---- one check each: they yield what is wrong -------------------------------------------------


def manifest_problems(folder, manifest):
    if manifest.get("facmap") != "dataset" or manifest.get("version") != 1:
        yield "not a dataset manifest of version 1"
    for key in set(manifest) - MANIFEST_KEYS:
        yield "unknown key " + key
    if manifest.get("name") != os.path.basename(folder):
        yield "name %r differs from its folder" % manifest.get("name")
    kinds = [s.get("kind") for s in manifest["sources"]]
    if kinds[0] != "area" or "area" in kinds[1:]:
        yield "the areas must come first, once"
    layers = [s.get("layer") for s in manifest["sources"]]
    if len(set(layers)) != len(layers):
        yield "a layer is named twice"
    for source in manifest["sources"]:
        for key in set(source) - SOURCE_KEYS:
            yield "%s: unknown key %s" % (source.get("path"), key)
        if not all(source.get("title", {}).get(k) for k in ("en", "zh")):
            yield "%s: title in one language only" % source.get("path")
        if not all(source.get(k) for k in ("kind", "layer", "licence", "source")):
            yield "%s: kind, layer, licence or source is missing" % source.get("path")
        if not os.path.isfile(os.path.join(folder, source["path"])):
            yield "%s: no such file" % source["path"]
    listed = {s["path"] for s in manifest["sources"]}
    for name in os.listdir(folder):
        if name.endswith((".csv", ".geojson")) and name not in listed:
            yield "%s is not in the manifest" % name


def title_problems(manifest, layers):
    shared, used = manifest["columns"], set()
    for layer in layers:
        titles = dict(shared, **layer.source.get("columns", {}))
        for column in layer.columns:
            used.add(column)
            if not all(titles.get(column, {}).get(k) for k in ("en", "zh")):
                yield "%s.%s has no title in both languages" % (layer.name, column)
    for column in set(shared) - used:
        yield "title for %s, which no layer has" % column


def text_problems(layer):
    with open(layer.path, "rb") as f:
        data = f.read()
    if data.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"
    if b"\r" in data:
        yield "has a carriage return"
    if not data.endswith(b"\n"):
        yield "does not end with a line feed"
    data.decode("utf-8")
    if layer.path.endswith(".geojson"):
        lines = data.decode("utf-8").splitlines()
        if len(lines) != len(layer.rows) + 2:
            yield "not one feature a line"


def row_problems(layer):
    seen = set()
    for row, geometry in layer.rows:
        key = row.get("id") or ""
        if not SLUG.fullmatch(key):
            yield "id %r is not a slug" % key
        if key in seen:
            yield "id %s twice" % key
        seen.add(key)
        if layer.kind != "demand":
            if not row["name_en"] or not re.search(r"[\u4e00-\u9fff]", row["name_zh"]):
                yield "%s: a name is missing" % key
            if not row["source"]:
                yield "%s: no source" % key
            if geometry is None and layer.kind not in UNPLACED:
                if row["position_accuracy_m"] or row["position_method"] or "not located" not in row["note"]:
                    yield "%s: no position, and no note that says so" % key
            elif layer.kind not in UNPLACED:
                if not float(row["position_accuracy_m"]) > 0:
                    yield "%s: no accuracy" % key
                if row["position_method"] not in METHODS:
                    yield "%s: method %r" % (key, row["position_method"])
        yield from value_problems(key, layer, row)


def value_problems(key, layer, row):
    if "status" in row and row["status"] not in STATUS:
        yield "%s: status %r" % (key, row["status"])
    for column in ("opens", "closes"):
        if row.get(column) and not DATE.fullmatch(str(row[column])):
            yield "%s: %s %r is neither a year nor a date" % (key, column, row[column])
    if row.get("capacity") and not re.fullmatch(r"[1-9]\d*", str(row["capacity"])):
        yield "%s: capacity %r" % (key, row["capacity"])
    if row.get("closes") and row["status"] != "closed":
        yield "%s: closes without being closed" % key
    if layer.kind == "project_site" and row["category"] not in SITE_CATEGORIES:
        yield "%s: category %r" % (key, row["category"])


def shape_problems(layer):
    for row, geometry in layer.rows:
        if geometry is None:
            continue
        for x, y in coordinates_of(geometry["coordinates"]):
            if not (-180 <= x <= 180 and -90 <= y <= 90):
                yield "%s: %r is not lon, lat" % (row["id"], (x, y))
            if round(x, 6) != x or round(y, 6) != y:
                yield "%s: more than 6 decimals" % row["id"]
        shape = ogr.CreateGeometryFromJson(json.dumps(geometry))
        if not shape.IsValid() or not shape.IsSimple():
            yield "%s: the geometry is not valid and simple" % row["id"]
        for rings in geolib.polygons_of(geometry):
            for i, ring in enumerate(rings):
                if ring[0] != ring[-1]:
                    yield "%s: a ring is open" % row["id"]
                if (geolib.ring_area_deg2(ring) > 0) != (i == 0):
                    yield "%s: a ring turns the wrong way" % row["id"]


def district_problems(layer, areas):
    by_name = {row["name_en"]: geometry for row, geometry in areas.rows}
    for row, geometry in layer.rows:
        if not row.get("district"):
            continue
        if row["district"] not in by_name:
            yield "%s: no district %r" % (row["id"], row["district"])
        elif geometry and not geolib.point_in_geometry(place_of(geometry), by_name[row["district"]]):
            yield "%s: not in %s" % (row["id"], row["district"])


def coverage_problems(areas):
    shapes = [(r["name_en"], ogr.CreateGeometryFromJson(json.dumps(g))) for r, g in areas.rows]
    for i, (name, shape) in enumerate(shapes):
        for other, second in shapes[:i]:
            common = shape.Intersection(second)
            if common is not None and common.GetArea() > 1e-11:  # 0.1 m2
                yield "%s and %s overlap by %.3g square degrees" % (name, other, common.GetArea())
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for _, shape in shapes:
        for part in [shape] if shape.GetGeometryName() == "POLYGON" else [
                shape.GetGeometryRef(k) for k in range(shape.GetGeometryCount())]:
            union.AddGeometry(part)
    union = union.UnionCascaded()
    if union.GetGeometryName() != "POLYGON" or union.GetGeometryCount() != 1:
        yield "together they are not one piece without holes"


def demand_problems(demand, areas):
    if not demand.source.get("modelled"):
        yield "the manifest does not call it modelled"
    people = {row["id"]: row["residents_2020"] for row, _ in areas.rows}
    shapes = {row["id"]: geometry for row, geometry in areas.rows}
    total = dict.fromkeys(people, 0)
    for row, geometry in demand.rows:
        total[row["district_id"]] += int(row["residents"])
        if int(row["residents"]) < 1 or row["modelled"] != "modelled":
            yield "%s: no residents, or not called modelled" % row["id"]
        if not geolib.point_in_geometry(geometry["coordinates"], shapes[row["district_id"]]):
            yield "%s: its middle is not in %s" % (row["id"], row["district_id"])
    for key, count in people.items():
        if total[key] != count:
            yield "%s: %d people on the grid, %d in the census" % (key, total[key], count)


def regeneration_problems(script, folder, names, argument, *inputs):
    """Run a script into a temporary place and compare byte for byte."""
    with tempfile.TemporaryDirectory() as scratch:
        target = os.path.join(scratch, names[0]) if argument == "file" else scratch
        done = subprocess.run([sys.executable, os.path.join(SCRIPTS, script), *inputs, target],
                              capture_output=True, text=True)
        if done.returncode != 0:
            yield "%s failed: %s" % (script, done.stderr.strip().splitlines()[-1:])
            return
        for name in names:
            if not os.path.exists(os.path.join(scratch, name)):
                yield "%s does not make %s" % (script, name)
            elif not filecmp.cmp(os.path.join(scratch, name), os.path.join(folder, name), shallow=False):
                yield "%s differs from what %s makes" % (name, script)


# ---- the datasets ---------------------------------------------------------------------------------


def check_dataset(folder):
    name = os.path.basename(folder)
    with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as f:
        manifest = json.load(f)
    check(name + ": manifest", manifest_problems(folder, manifest))
    layers = [Layer(folder, s) for s in manifest["sources"]]
    by_name = {layer.name: layer for layer in layers}
    check(name + ": every column titled in both languages", title_problems(manifest, layers))
    for layer in layers:
        label = "%s/%s (%d rows): " % (name, layer.name, len(layer.rows))
        check(label + "text", text_problems(layer))
        check(label + "rows", row_problems(layer))
        check(label + "shapes", shape_problems(layer))
        if "district" in layer.columns:
            check(label + "in the stated district", district_problems(layer, by_name["area"]))
    check(name + ": districts neither overlap nor leave gaps", coverage_problems(by_name["area"]))
    check(name + ": demand conserves each district's people", demand_problems(by_name["demand"], by_name["area"]))
    return by_name


def beijing_problems(layers):
    people = sum(row["residents_2020"] for row, _ in layers["area"].rows)
    if people != CENSUS_2020:
        yield "%d residents instead of %d" % (people, CENSUS_2020)
    abroad = sum(int(row["from_abroad"]) for row, _ in layers["demand"].rows)
    if abroad != CENSUS_ABROAD:
        yield "%d residents from abroad on the grid instead of %d" % (abroad, CENSUS_ABROAD)
    for name, least in LEAST.items():
        if len(layers[name].rows) < least:
            yield "only %d rows in %s" % (len(layers[name].rows), name)
    missing = SITE_CATEGORIES - {r["category"] for r, _ in layers["project_site"].rows if r["plan_2021"] == "named"}
    if missing:
        yield "no project of the plan in " + ", ".join(sorted(missing))
    count = {c: sum(r["category"] == c for r, _ in layers["structure"].rows) for c in ("core", "axis", "area")}
    if count["core"] != 1 or count["axis"] != 2 or count["area"] < 2:
        yield "structure is not one core, two axes, multiple areas: %r" % count


def rows_table(layers):
    """The README's table of layers: rows, and how exact they say they are."""
    out = ["| layer | rows | accuracy stated (m): best | median | worst |", "|---|---|---|---|---|"]
    for name, layer in layers.items():
        stated = [float(r["position_accuracy_m"]) for r, _ in layer.rows if r.get("position_accuracy_m")]
        cells = ["%.0f" % f for f in (min(stated), geolib.quantile(stated, 0.5), max(stated))] if stated else ["–"] * 3
        out.append("| %s | %d | %s |" % (name, len(layer.rows), " | ".join(cells)))
    return out


def figures_problems(readme, block, lines, write):
    """The lines between <!-- figures: block --> and <!-- end --> must be the recomputed ones."""
    with open(readme, encoding="utf-8") as f:
        text = f.read()
    match = re.search(r"(<!-- figures: %s -->\n)(.*?)(<!-- end -->)" % block, text, re.S)
    if not match:
        yield "no block %s" % block
    elif write:
        with open(readme, "w", encoding="utf-8") as f:
            f.write(text[: match.start(2)] + "\n".join(lines) + "\n" + text[match.end(2):])
    else:
        for was, now in zip(match.group(2).splitlines() + [""] * len(lines), lines):
            if was != now:
                yield "README says %r, computed %r" % (was, now)


def main():
    write = "--write-figures" in sys.argv[1:]
    beijing, rivertown = os.path.join(GEODATA, "beijing"), os.path.join(GEODATA, "rivertown")
    layers = check_dataset(beijing)
    check_dataset(rivertown)
    check("beijing: the census total, the plan's categories and structure", beijing_problems(layers))
    echarts = os.environ.get("FACMAP_ECHARTS_BEIJING")
    if echarts:
        check("beijing: districts are what their script makes",
              regeneration_problems("beijing_area.py", beijing, ["area.geojson"], "file", echarts))
    else:
        skip("beijing: districts made again", "FACMAP_ECHARTS_BEIJING is not set")
    for script, names in MADE.items():
        check("beijing: what %s makes" % script, regeneration_problems(script, beijing, names, "folder"))
    check("beijing: service areas are what their script makes",
          regeneration_problems("beijing_service_area.py", beijing, ["service_area.geojson"], "folder"))
    check("beijing: demand is what its script makes",
          regeneration_problems("beijing_demand.py", beijing, ["demand.csv"], "file"))
    check("rivertown is what its script makes",
          regeneration_problems("rivertown.py", rivertown, sorted(os.listdir(rivertown)), "folder"))
    readme = os.path.join(beijing, "README.md")
    check("beijing: README, rows", figures_problems(readme, "rows", rows_table(layers), write))
    for name, problems in facilities.dataset_checks(layers, DATE_2021, STATUS):
        check("beijing: " + name, problems)
    check("beijing: README, facilities", figures_problems(readme, "facilities", facilities.table(layers), write))
    check("beijing: README, published", figures_problems(readme, "published", facilities.published_table(layers), write))
    shared = os.environ.get("FACMAP_SHARED", os.path.join(ROOT, "..", "shared"))
    if not os.path.isdir(os.path.join(shared, "data")):
        skip("beijing: comparison with real data", "no folder " + os.path.join(shared, "data"))
    else:
        lines, problems = real_data.compare(os.path.join(shared, "data"), layers)
        print("\n".join(lines))
        check("beijing: nine tenths within the stated accuracy", problems)
        check("beijing: README, offsets", figures_problems(readme, "offsets", lines, write))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""Offsets between geodata/beijing and real data of the same things, read in place.

Each comparison gives the distance of our points or vertices to their counterpart, and how many of
them lie within the accuracy that our rows state.
"""

import csv
import gzip
import json
import math
import os
import re

from osgeo import ogr, osr

import geolib

# Same institution, our id and the name in the list. Left out: places that moved or are another
# campus than ours (Tiantan moved in 2018, Peking Union and Dongzhimen are listed with both campuses,
# Guang'anmen with our address and a point 16 km from it).
HOSPITALS = {
    "hos-china-japan": "中日友好医院", "hos-friendship": "北京友谊医院（", "hos-anzhen": "北京安贞医院（",
    "hos-beijing-hospital": "卫生部北京医院", "hos-chaoyang-hospital": "首都医科大学附属北京朝阳医院",
    "hos-cancer-hospital": "中国医学科学院肿瘤医院", "hos-tongren": "北京同仁医院（",
    "hos-new-century-children": "首都医科大学附属北京儿童医院",
    "hos-fuwai": "阜外心血管病医院", "hos-xuanwu": "首都医科大学附属宣武医院", "hos-pku-first": "北京大学第一医院（",
    "hos-pku-third": "北京大学第三医院（", "hos-xiyuan": "中国中医科学院西苑医院",
    "hos-pla-general": "中国人民解放军总医院（解放军301",
}
# The register's positions of these had been seen when the rows were placed by address: how near they
# are says little. Those of the second list had not.
SCHOOLS_SEEN = {
    "sch-keystone": "北京市鼎石学校", "sch-biba": "北京市海嘉双语学校", "sch-new-talent": "北京市新英才学校",
    "sch-aidi": "北京市朝阳区爱迪外国语学校", "sch-tsinghua-intl": "清华大学附属中学", "sch-bj55": "北京市第五十五中学",
    "sch-fangcaodi": "北京市朝阳区芳草地国际学校", "sch-bj80-intl": "北京市第八十中学", "sch-rdfz-icc": "中国人民大学附属中学",
    "sch-bj11-intl": "北京市十一学校", "sch-bnu2-intl": "北京师范大学第二附属中学（国际部）",
    "sch-bj4-intl": "北京市第四中学复兴门国际校区", "sch-bj35-intl": "北京市第三十五中（国际部）",
    "sch-luhe-intl": "北京潞河国际教育学园",
}
SCHOOLS_UNSEEN = {
    "sch-beanstalk-shunyi": "北京市顺义区青苗学校", "sch-bnu-experimental-intl": "北京师范大学附属实验中学",
    "sch-dalton": "北京大学附属中学", "sch-jingshan": "北京景山学校(灯市口校区)",
}
# Our name of a subway station: the list's.
TERMINALS = {"3号航站楼": "T3航站楼", "2号航站楼": "T2航站楼"}
STATIONS = {"plc-station-beijing": "北京站", "plc-station-west": "北京西站", "plc-station-south": "北京南站"}
RINGS = {"rng-2": "二环", "rng-3": "三环", "rng-4": "四环", "rng-5": "五环", "rng-6": "六环"}
AVENUE = ("西长安街", "东长安街")
# Parts of the axes: id, label, names of the roads that they follow, where those names hold (west, south, east, north).
AXES = (("cor-central-axis-north", "Central Axis, northern extension, Gulou Outer Street and Beichen Road",
         ("鼓楼外大街", "北辰路"), (116.37, 39.950, 116.41, 39.985)),
        ("cor-changan-west", "Chang'an Avenue, western extension to Gucheng",
         ("复兴门外大街", "复兴路", "石景山路"), (116.185, 39.89, 116.349, 39.92)),
        ("cor-changan-east", "Chang'an Avenue, eastern extension to Guanzhuang",
         ("建国门外大街", "建国路", "京通快速路"), (116.430, 39.89, 116.593, 39.92)))
EXPRESSWAY_KMH = 80  # names are missing on many pieces, so the nearest fast road counts, whatever its name
OPENED_LATER = {"exp-daxing-airport"}  # than the roads compared with
ROADS_EXTENT = (116.08, 39.68, 116.77, 40.18)


class Segments:
    """Segments in buckets of 0.01 degree, for the nearest one within a few kilometres."""

    STEP = 0.01

    def __init__(self, lines):
        self.cells = {}
        for line in lines:
            for a, b in zip(line, line[1:]):
                for key in self._cells(a, b):
                    self.cells.setdefault(key, []).append((a, b))

    def _cells(self, a, b):
        x0, x1 = sorted((math.floor(a[0] / self.STEP), math.floor(b[0] / self.STEP)))
        y0, y1 = sorted((math.floor(a[1] / self.STEP), math.floor(b[1] / self.STEP)))
        return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]

    def distance_m(self, p, reach=12):
        """Exact: a wider ring of buckets is searched until it cannot hold anything nearer."""
        cx, cy = math.floor(p[0] / self.STEP), math.floor(p[1] / self.STEP)
        best = math.inf
        for r in range(reach + 1):
            if best < (r - 1) * self.STEP * 80000.0:
                break
            for x in range(cx - r, cx + r + 1):
                for y in range(cy - r, cy + r + 1):
                    if max(abs(x - cx), abs(y - cy)) == r:
                        for a, b in self.cells.get((x, y), ()):
                            best = min(best, geolib.segment_distance_m(p, a, b))
        return best


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def lines_of(geometry):
    if geometry["type"] == "LineString":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiLineString":
        return geometry["coordinates"]
    return [ring for rings in geolib.polygons_of(geometry) for ring in rings]


def read_roads(data):
    """(name, speed in km/h, line) of every edge, OpenStreetMap 2017."""
    out = []
    with open_text(os.path.join(data, "roads", "beijing_osm2017_edges.csv.gz")) as f:
        for row in csv.DictReader(f):
            text = row["WKT"][row["WKT"].index("(") + 1 : -1]
            line = [tuple(map(float, p.split())) for p in text.split(",")]
            out.append((row["name"], int(row["speed_kmh"]), line))
    return out


def line_row(label, distances, within):
    return "| %s | %d | %.0f | %.0f | %.0f | %.0f %% |" % (
        label, len(distances), geolib.quantile(distances, 0.5), geolib.quantile(distances, 0.95),
        max(distances), 100.0 * within / len(distances))


class Table:
    def __init__(self):
        self.lines = ["| what, against what | n | median (m) | p95 (m) | worst (m) | within stated accuracy |",
                      "|---|---|---|---|---|---|"]
        self.problems = []

    def add(self, label, pairs, judged=True):
        """pairs of (distance, accuracy stated); what is a part of another line is not judged again"""
        pairs = list(pairs)
        distances = [d for d, _ in pairs]
        within = sum(d <= a for d, a in pairs)
        self.lines.append(line_row(label, distances, within))
        if judged and within < 0.9 * len(pairs):
            self.problems.append("%s: only %d of %d within the stated accuracy" % (label, within, len(pairs)))


def bd09_to_gcj02(lon, lat):
    """The usual inverse, a few metres off at most."""
    x, y, k = lon - 0.0065, lat - 0.006, math.pi * 3000.0 / 180.0
    z = math.hypot(x, y) - 0.00002 * math.sin(y * k)
    theta = math.atan2(y, x) - 0.000003 * math.cos(x * k)
    return z * math.cos(theta), z * math.sin(theta)


def fences(data):
    with open_text(os.path.join(data, "boundaries", "beijing_16districts_gcj02.geojson.gz")) as f:
        items = json.load(f)["features"]
    return {i["properties"]["adcode"]: [[geolib.gcj02_to_wgs84(*p) for p in ring] for ring in lines_of(i["geometry"])]
            for i in items}


def overlap_ratio(ours, rings):
    """Intersection over union of a district and its fence (its rings are disjoint parts or holes)."""
    def shape(parts):
        merged = None
        for ring in parts:
            polygon, linear = ogr.Geometry(ogr.wkbPolygon), ogr.Geometry(ogr.wkbLinearRing)
            for x, y in ring:
                linear.AddPoint_2D(x * math.cos(math.radians(40.0)), y)
            polygon.AddGeometry(linear)
            polygon = polygon.MakeValid()
            merged = polygon if merged is None else merged.SymmetricDifference(polygon)
        return merged
    a, b = shape(lines_of(ours)), shape(rings)
    common = a.Intersection(b).GetArea()
    return common / (a.GetArea() + b.GetArea() - common)


def compare_areas(data, layers, table):
    reference = fences(data)
    ratios = ["", "| district | overlap ratio (IoU) | median (m) | p95 (m) | worst (m) |", "|---|---|---|---|---|"]
    everything = []
    for row, geometry in layers["area"].rows:
        index = Segments(reference[row["id"]])
        distances = [index.distance_m(p) for ring in lines_of(geometry) for p in ring[:-1]]
        everything += [(d, row["position_accuracy_m"]) for d in distances]
        ratios.append("| %s | %.4f | %.0f | %.0f | %.0f |" % (
            row["name_en"], overlap_ratio(geometry, reference[row["id"]]), geolib.quantile(distances, 0.5),
            geolib.quantile(distances, 0.95), max(distances)))
    table.add("area vertices, district fences (AMap)", everything)
    return ratios


def compare_points(data, layers, table):
    def offsets(layer, names, found):
        out = []
        for row, geometry in layers[layer].rows:
            if row["id"] in names:
                places = [p for name, p in found if name == names[row["id"]] or
                          (names[row["id"]].endswith("（") and names[row["id"]] in name) or
                          (layer == "hospital" and name.startswith(names[row["id"]]))]
                if not places:
                    raise SystemExit("no counterpart of " + row["id"])
                nearest = min(geolib.distance_m(geometry["coordinates"], p) for p in places)
                out.append((nearest, float(row["position_accuracy_m"])))
        return out

    with open_text(os.path.join(data, "poi", "beijing_3a_hospitals_wgs84.csv")) as f:
        listed = [(r["name"], (float(r["longitude_wgs84"]), float(r["latitude_wgs84"]))) for r in csv.DictReader(f)]
    table.add("hospital, list of 3A hospitals", offsets("hospital", HOSPITALS, listed))
    with open_text(os.path.join(data, "poi", "beijing_schools_primary_secondary_bd09.csv.gz")) as f:
        listed = [(r["placeName"], geolib.gcj02_to_wgs84(*bd09_to_gcj02(float(r["lng"]), float(r["lat"])))) for r in csv.DictReader(f)]
    unseen = offsets("school", SCHOOLS_UNSEEN, listed)
    table.add("school, municipal register", offsets("school", SCHOOLS_SEEN, listed) + unseen)
    table.add("… of these, not seen when placed", unseen, judged=False)
    with open_text(os.path.join(data, "poi", "beijing_subway_stations_2019_gcj02.csv")) as f:
        listed = [(r["name_zh"], geolib.gcj02_to_wgs84(float(r["lon"]), float(r["lat"]))) for r in csv.DictReader(f)]
    table.add("railway stations, their subway stations", offsets("place", STATIONS, listed))
    table.add("subway stations, list of 2019 (AMap)", station_pairs(layers["subway_station"].rows, dict(listed)))


def station_pairs(rows, listed):
    """Our stations that the list of 2019 has, against the accuracy that was stated before they were compared."""
    for row, geometry in rows:
        name = row["name_zh"]
        name = TERMINALS.get(name, name if name in listed else name[:-1])
        if (name in listed) != (row["position_method"] == "map-checked"):
            raise SystemExit("%s: %s, but %s" % (row["id"], row["position_method"], "on the list" if name in listed else "not on it"))
        if name in listed and "left out of the figures" not in row["note"]:
            first = re.search("first stated ([0-9]+) m", row["note"])
            yield geolib.distance_m(geometry["coordinates"], listed[name]), float(
                first.group(1) if first else row["position_accuracy_m"])


def along(line, step_m):
    """Points along a line, one in the middle of each piece of about step_m."""
    for a, b in zip(line, line[1:]):
        pieces = max(1, int(geolib.distance_m(a, b) / step_m))
        for i in range(pieces):
            t = (i + 0.5) / pieces
            yield a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])


def within(p, box):
    return box[0] < p[0] < box[2] and box[1] < p[1] < box[3]


def compare_expressways(roads, layers, table):
    fast = Segments([line for _, speed, line in roads if speed >= EXPRESSWAY_KMH])
    everything = []
    for row, geometry in layers["expressway"].rows:
        pairs = [(fast.distance_m(p), row["position_accuracy_m"]) for p in along(geometry["coordinates"], 100.0)
                 if within(p, ROADS_EXTENT)]
        if row["id"] in OPENED_LATER or not pairs:
            continue
        table.add("… %s" % row["name_en"], pairs, judged=False)
        everything += pairs
    table.add("expressways every 100 m, fast roads (OSM 2017)", everything)


def compare_axes(roads, layers, table):
    corridors = {row["id"]: (row, geometry) for row, geometry in layers["corridor"].rows}
    for key, label, names, box in AXES:
        row, geometry = corridors[key]
        index = Segments([line for n, _, line in roads if any(name in n for name in names)])
        table.add(label + ", roads (OSM 2017)", [(index.distance_m(p), row["position_accuracy_m"])
                  for p in along(geometry["coordinates"], 100.0) if within(p, box)])


def compare_lines(data, layers, table):
    roads = read_roads(data)
    for row, geometry in layers["ring_road"].rows:
        name = re.compile("(^|[东南西北、, ])" + RINGS[row["id"]])
        # Bridges and tunnels often carry no name, so fast roads count too: an expressway for the outer rings.
        fast = 90 if row["id"] in ("rng-5", "rng-6") else 60
        index = Segments([line for n, speed, line in roads if speed >= fast or (speed >= 70 and name.search(n))])
        accuracy = row["position_accuracy_m"]
        points = list(along(geometry["coordinates"], 100.0))
        table.add("%s every 100 m, roads (OSM 2017)" % row["name_en"], [(index.distance_m(p), accuracy) for p in points])
    compare_expressways(roads, layers, table)
    compare_axes(roads, layers, table)
    avenue = Segments([line for n, _, line in roads if n in AVENUE])
    for row, geometry in layers["corridor"].rows:
        if row["id"] == "cor-changan":
            inner = [p for p in along(geometry["coordinates"], 100.0) if 116.3685 < p[0] < 116.4112]
            table.add("Chang'an Avenue between Xidan and Dongdan, roads (OSM 2017)",
                      [(avenue.distance_m(p), row["position_accuracy_m"]) for p in inner])
    for layer, path, ids, label in (
            ("river", "beijing_region_rivers_wdbii.geojson", ("riv-yongding", "riv-chaobai", "riv-wenyu", "riv-north-canal"),
             "rivers (WDBII, coarse)"),
            ("water", "beijing_region_lakeshores_gshhg.geojson", ("wat-miyun", "wat-guanting"), "shores (GSHHG, coarse)")):
        with open_text(os.path.join(data, "basemap", path)) as f:
            index = Segments([line for i in json.load(f)["features"] for line in lines_of(i["geometry"])])
        pairs = [(index.distance_m(p), row["position_accuracy_m"]) for row, geometry in layers[layer].rows
                 if row["id"] in ids for ring in lines_of(geometry) for p in ring]
        table.add("%s vertices, %s" % (layer, label), pairs)


def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    out, i = [0.0] * len(values), 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            out[order[k]] = (i + j) / 2.0
        i = j + 1
    return out


def spearman(a, b):
    """Rank correlation with mean ranks for ties."""
    a, b = ranks(a), ranks(b)
    mean = (len(a) - 1) / 2.0
    cov = sum((x - mean) * (y - mean) for x, y in zip(a, b))
    return cov / math.sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))


def compare_demand(data, layers):
    """Rank of the modelled density in 111 subdistricts against a census-based index of their density."""
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.SetFromUserInput("+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +ellps=krass +no_defs")
    target.SetFromUserInput("+proj=longlat +ellps=krass +no_defs")
    transform = osr.CoordinateTransformation(source, target)
    evenly = {row["id"]: row["residents_2020"] / area_km2(geometry) for row, geometry in layers["area"].rows}
    cells = Cells([(geometry["coordinates"], (int(row["residents"]), evenly[row["district_id"]]))
                   for row, geometry in layers["demand"].rows])
    dataset = ogr.Open(os.path.join(data, "boundaries", "beijing_111_districts_krassowsky_tm117.gpkg"))
    modelled, even, published = [], [], []
    for item in dataset.GetLayer(0):
        shape = item.GetGeometryRef().Clone()
        shape.Transform(transform)
        west, east, south, north = shape.GetEnvelope()
        samples = []
        for i in range(81):
            x, y = west + (i % 9 + 0.5) / 9 * (east - west), south + (i // 9 + 0.5) / 9 * (north - south)
            point = ogr.Geometry(ogr.wkbPoint)
            point.AddPoint_2D(x, y)
            if shape.Intersects(point):
                samples.append(cells.nearest((x, y)))
        modelled.append(sum(model for model, _ in samples) / len(samples))
        even.append(sum(flat for _, flat in samples) / len(samples))
        published.append(item.GetField("popden_raw"))
    return ["", "Modelled density against the density index of %d subdistricts of the inner city: Spearman's rank "
                "correlation %.2f; each district's people spread evenly: %.2f." % (
                    len(modelled), spearman(modelled, published), spearman(even, published)),
            "", growth_line(data, layers)]


def growth_line(data, layers):
    """The census totals against the table of 2015, which another statistic made: what the grid conserves."""
    now = {row["name_zh"]: row["residents_2020"] for row, _ in layers["area"].rows}
    with open_text(os.path.join(data, "population", "beijing_16districts_stats_2015.csv")) as f:
        then = {r["name"]: 10000.0 * float(r["population_10k"]) for r in csv.DictReader(f)}
    names = sorted(set(now) & set(then))
    change = [now[n] / then[n] - 1.0 for n in names]
    return ("District totals of 2020 against those of 2015, %d districts: rank correlation %.2f; change from %+.0f %% to %+.0f %%, "
            "median %+.0f %%." % (len(names), spearman([now[n] for n in names], [then[n] for n in names]),
                                  100 * min(change), 100 * max(change), 100 * geolib.quantile(change, 0.5)))


def area_km2(geometry):
    total = 0.0
    for rings in geolib.polygons_of(geometry):
        kx, ky = geolib.metres_per_degree(rings[0][0][1])
        total += (abs(geolib.ring_area_deg2(rings[0])) - sum(abs(geolib.ring_area_deg2(r)) for r in rings[1:])) * kx * ky / 1e6
    return total


class Cells:
    """Grid cells by bucket of about their own size, for the nearest middle."""

    def __init__(self, cells):
        self.cells = {}
        for p, people in cells:
            self.cells.setdefault(self._key(p), []).append((p, people))

    @staticmethod
    def _key(p):
        return math.floor(p[0] / 0.012), math.floor(p[1] / 0.009)

    def nearest(self, p):
        x, y = self._key(p)
        near = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in self.cells.get((x + i, y + j), ())]
        return min(near, key=lambda c: geolib.distance_m(p, c[0]))[1]


def compare(data, layers):
    """The README's lines of offsets, and what is wrong."""
    table = Table()
    ratios = compare_areas(data, layers, table)
    compare_points(data, layers, table)
    compare_lines(data, layers, table)
    return table.lines + ratios + compare_demand(data, layers), table.problems

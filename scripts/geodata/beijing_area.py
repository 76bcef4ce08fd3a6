#!/usr/bin/python3
"""Make geodata/beijing/area.geojson: the 16 districts, in WGS 84, as a clean coverage.

    beijing_area.py PROVINCE_JSON OUT.geojson

PROVINCE_JSON is package/map/json/province/beijing.json of the npm package echarts 4.9.0
(Apache-2.0). It is delta/zigzag encoded on a grid of 1/1024 degree in GCJ-02. Four steps:

1. Decode. The encoder rounded every coordinate up, so the middle of the cell that a vertex came
   from lies half a cell south-west of it; the half cell is taken off.
2. Node all borders together, polygonize, and give each face to one district: where districts
   overlapped, the smallest wins (the Capital Airport is Chaoyang's, inside Shunyi); a sliver goes
   to the district it shares the longest border with. What results has no overlaps and no gaps.
3. Cut the borders into arcs between junctions and generalise each arc once (Douglas-Peucker), so
   that both neighbours keep the same line and the stairs of the grid go.
4. Move every vertex to WGS 84 with the exact inverse of GCJ-02, and round to 6 decimals.
"""

import hashlib
import json
import os
import sys

from osgeo import ogr

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import geolib  # noqa: E402

ogr.UseExceptions()

SOURCE_SHA256 = "f21965a667fbe4d33bbf258cbea7f1a9260cdabfd92de598adb6a689e9519b01"
CELL_DEG = 1.0 / 1024.0
SIMPLIFY_CELLS = 0.6
SLIVER_CELLS = 12.0  # about 0.11 km2
CENSUS = "北京市第七次全国人口普查公报(第二号)—地区人口情况, 北京市统计局, 2021-05-19"
BORDER = "npm package echarts 4.9.0, map/json/province/beijing.json, Apache-2.0"

# adcode: Chinese name, English name, residents on 2020-11-01.
DISTRICTS = {
    "110101": ("东城区", "Dongcheng", 708829),
    "110102": ("西城区", "Xicheng", 1106214),
    "110105": ("朝阳区", "Chaoyang", 3452460),
    "110106": ("丰台区", "Fengtai", 2019764),
    "110107": ("石景山区", "Shijingshan", 567851),
    "110108": ("海淀区", "Haidian", 3133469),
    "110109": ("门头沟区", "Mentougou", 392606),
    "110111": ("房山区", "Fangshan", 1312778),
    "110112": ("通州区", "Tongzhou", 1840295),
    "110113": ("顺义区", "Shunyi", 1324044),
    "110114": ("昌平区", "Changping", 2269487),
    "110115": ("大兴区", "Daxing", 1993591),
    "110116": ("怀柔区", "Huairou", 441040),
    "110117": ("平谷区", "Pinggu", 457313),
    "110118": ("密云区", "Miyun", 527683),
    "110119": ("延庆区", "Yanqing", 345671),
}

# 95 % of a district's vertices lie this near to a newer border (see the README); elsewhere the
# reason is in the note.
ACCURACY_DEFAULT_M = 120
ACCURACY_M = {"110106": 200, "110111": 150, "110112": 400, "110115": 300}
NOTES = {
    "110105": "With the Capital Airport, an exclave inside Shunyi.",
    "110106": "Border with Fangshan and Daxing near 116.24 E 39.81 N up to 0.75 km off.",
    "110111": "Border with Fengtai near 116.24 E 39.81 N up to 0.75 km off.",
    "110112": "Border with Daxing between 39.75 N and 39.81 N (Yizhuang, Majuqiao) up to 2.1 km off: "
    "the source holds an older line.",
    "110115": "Border with Tongzhou between 39.75 N and 39.81 N (Yizhuang, Majuqiao) up to 2.1 km off: "
    "the source holds an older line.",
}


def decode_ring(text, offset):
    x, y = offset
    ring = []
    for i in range(0, len(text), 2):
        dx, dy = ord(text[i]) - 64, ord(text[i + 1]) - 64
        x += (dx >> 1) ^ -(dx & 1)
        y += (dy >> 1) ^ -(dy & 1)
        ring.append((x, y))
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring


def read_districts(path):
    """adcode -> list of rings, in whole cells."""
    with open(path, "rb") as f:
        content = f.read()
    if hashlib.sha256(content).hexdigest() != SOURCE_SHA256:
        raise SystemExit(path + ": not the file of echarts 4.9.0")
    data = json.loads(content)
    rings = {}
    for item in data["features"]:
        geometry = item["geometry"]
        parts, offsets = geometry["coordinates"], geometry["encodeOffsets"]
        if geometry["type"] == "Polygon":
            parts, offsets = [parts], [offsets]
        rings[item["id"]] = [decode_ring(t, o) for p, q in zip(parts, offsets) for t, o in zip(p, q)]
    return rings


def line_of(ring):
    line = ogr.Geometry(ogr.wkbLineString)
    for x, y in ring:
        line.AddPoint_2D(x, y)
    return line


def polygon_of(ring):
    shell = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ring:
        shell.AddPoint_2D(x, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(shell)
    return polygon if polygon.IsValid() else polygon.MakeValid()


def parts_of(geometry):
    if geometry.GetGeometryCount() == 0 or geometry.GetGeometryType() == ogr.wkbPolygon:
        return [geometry]
    return [geometry.GetGeometryRef(i).Clone() for i in range(geometry.GetGeometryCount())]


def polygonize(lines):
    collection = ogr.Geometry(ogr.wkbMultiLineString)
    for line in lines:
        collection.AddGeometry(line)
    noded = collection.Union(collection)  # GDAL 3.6 has no UnaryUnion in Python
    return parts_of(noded.Polygonize())


def assign_faces(faces, parts):
    """District of every face: the smallest part that holds it, else the best neighbour.

    Slivers go to the neighbour they share the longest border with; a sliver that only touches the
    rest in a point (a pinch of the grid on the outer border) belongs to nobody and is dropped.
    """
    owners = []
    for face in faces:
        inner = face.PointOnSurface()
        holding = [(part.GetArea(), code) for code, part in parts if part.Contains(inner)]
        owners.append(min(holding)[1] if holding and face.GetArea() > SLIVER_CELLS else None)
    waiting = sorted((i for i, o in enumerate(owners) if o is None), key=lambda i: -faces[i].GetArea())
    progress = True
    while waiting and progress:
        progress = False
        for i in list(waiting):
            shared = {}
            for j, other in enumerate(faces):
                if owners[j] is not None and faces[i].Touches(other):
                    length = faces[i].Boundary().Intersection(other.Boundary()).Length()
                    shared[owners[j]] = shared.get(owners[j], 0.0) + length
            if shared and max(shared.values()) > 0.0:
                owners[i] = max(shared, key=shared.get)
                waiting.remove(i)
                progress = True
    return owners


def union_by_district(faces, owners):
    out = {}
    for code in DISTRICTS:
        merged = ogr.Geometry(ogr.wkbMultiPolygon)
        for face, owner in zip(faces, owners):
            if owner == code:
                merged.AddGeometry(face)
        out[code] = merged.UnionCascaded()
    return out


def border_arcs(districts):
    """Borders as arcs: maximal paths between junctions, or closed where there is no junction."""
    neighbours = {}
    for geometry in districts.values():
        for polygon in parts_of(geometry):
            for r in range(polygon.GetGeometryCount()):
                points = polygon.GetGeometryRef(r).GetPoints()
                for a, b in zip(points, points[1:]):
                    neighbours.setdefault(a[:2], set()).add(b[:2])
                    neighbours.setdefault(b[:2], set()).add(a[:2])
    seen = set()

    def walk(start, step):
        path = [start, step]
        seen.add(frozenset((start, step)))
        while len(neighbours[path[-1]]) == 2 and path[-1] != start:
            following = [n for n in neighbours[path[-1]] if n != path[-2]][0]
            seen.add(frozenset((path[-1], following)))
            path.append(following)
        return path

    arcs = []
    junctions = sorted(p for p, n in neighbours.items() if len(n) != 2)
    for start in junctions + sorted(neighbours):
        for step in sorted(neighbours[start]):
            if frozenset((start, step)) not in seen:
                arcs.append(walk(start, step))
    return arcs


def generalised(arc, tolerance):
    """Douglas-Peucker; a closed arc is split at the vertex farthest from its start."""
    if arc[0] != arc[-1]:
        return [line_of(arc).Simplify(tolerance)]
    far = max(range(len(arc)), key=lambda i: (arc[i][0] - arc[0][0]) ** 2 + (arc[i][1] - arc[0][1]) ** 2)
    return [line_of(arc[: far + 1]).Simplify(tolerance), line_of(arc[far:]).Simplify(tolerance)]


def to_wgs84(x, y):
    """Cell indices -> WGS 84, through the middle of the cell that the encoder rounded up."""
    return geolib.gcj02_to_wgs84((x - 0.5) * CELL_DEG, (y - 0.5) * CELL_DEG)


def wgs84_polygons(geometry):
    out = []
    for polygon in parts_of(geometry):
        rings = []
        for r in range(polygon.GetGeometryCount()):
            ring = geolib.rounded([to_wgs84(x, y) for x, y in polygon.GetGeometryRef(r).GetPoints()])
            rings.append(geolib.oriented(ring, counter_clockwise=(r == 0)))
        out.append(rings)
    return sorted(out, key=lambda rings: -abs(geolib.ring_area_deg2(rings[0])))


def main():
    source, target = sys.argv[1:3]
    encoded = read_districts(source)
    parts = [(code, polygon_of(r)) for code, rings in encoded.items() for r in rings]
    faces = polygonize([line_of(r) for rings in encoded.values() for r in rings])
    clean = union_by_district(faces, assign_faces(faces, parts))

    arcs = [a for arc in border_arcs(clean) for a in generalised(arc, SIMPLIFY_CELLS)]
    faces = polygonize(arcs)
    owners = assign_faces(faces, sorted(((c, p) for c, g in clean.items() for p in parts_of(g)),
                                        key=lambda cp: cp[0]))
    features = []
    for code, geometry in union_by_district(faces, owners).items():
        name_zh, name_en, residents = DISTRICTS[code]
        polygons = wgs84_polygons(geometry)
        kind = "Polygon" if len(polygons) == 1 else "MultiPolygon"
        properties = {
            "id": code,
            "name_zh": name_zh,
            "name_en": name_en,
            "residents_2020": residents,
            "position_accuracy_m": ACCURACY_M.get(code, ACCURACY_DEFAULT_M),
            "position_method": "published",
            "source": "Border: " + BORDER + ". Residents: " + CENSUS,
            "note": NOTES.get(code, ""),
        }
        features.append(geolib.feature(properties, kind, polygons[0] if kind == "Polygon" else polygons))
    geolib.write_geojson(target, "area", features)


if __name__ == "__main__":
    main()

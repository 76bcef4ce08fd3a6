"""Shared tools of the dataset scripts: Chinese datums, stable GeoJSON and CSV output, small geometry.

Only the standard library is used here, so that every script can import it. GDAL is used by the
scripts that need polygon overlay, and nowhere else.
"""

import csv
import io
import json
import math

# GCJ-02: reverse-engineered constants, published by many; approximate, not official.
_A = 6378245.0
_EE = 0.00669342162296594323


def _inside_china(lon, lat):
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def wgs84_to_gcj02(lon, lat):
    """Forward GCJ-02; degrees in, degrees out; the identity outside its rectangle."""
    if not _inside_china(lon, lat):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    pi = math.pi
    root = math.sqrt(abs(x))
    wave = (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    dlat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    dlat += (20.0 * math.sin(y * pi) + 40.0 * math.sin(y / 3.0 * pi)) * 2.0 / 3.0
    dlat += (160.0 * math.sin(y / 12.0 * pi) + 320.0 * math.sin(y * pi / 30.0)) * 2.0 / 3.0
    dlon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    dlon += (20.0 * math.sin(x * pi) + 40.0 * math.sin(x / 3.0 * pi)) * 2.0 / 3.0
    dlon += (150.0 * math.sin(x / 12.0 * pi) + 300.0 * math.sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = math.radians(lat)
    m = 1.0 - _EE * math.sin(phi) ** 2
    dlat = math.degrees(dlat / (_A * (1.0 - _EE) / m**1.5))
    dlon = math.degrees(dlon / (_A * math.cos(phi) / math.sqrt(m)))
    return lon + dlon, lat + dlat


def gcj02_to_wgs84(lon, lat):
    """Exact inverse by fixed point: w <- w - (F(w) - g). Converges in at most 6 steps in Beijing."""
    x, y = lon, lat
    for _ in range(30):
        fx, fy = wgs84_to_gcj02(x, y)
        dx, dy = fx - lon, fy - lat
        x, y = x - dx, y - dy
        if abs(dx) < 1e-12 and abs(dy) < 1e-12:
            break
    return x, y


# Length of a degree on the WGS 84 ellipsoid (Rapp 1991); good to centimetres over a city.
def metres_per_degree(lat):
    phi = math.radians(lat)
    e2 = 0.00669437999014
    w = 1.0 - e2 * math.sin(phi) ** 2
    m = 6378137.0 * (1.0 - e2) / w**1.5
    n = 6378137.0 / math.sqrt(w)
    return math.radians(1.0) * n * math.cos(phi), math.radians(1.0) * m


def distance_m(a, b):
    """Local planar distance with the ellipsoid's radii at the middle; for the scale of a city."""
    kx, ky = metres_per_degree((a[1] + b[1]) / 2.0)
    return math.hypot((a[0] - b[0]) * kx, (a[1] - b[1]) * ky)


def segment_distance_m(p, a, b):
    """Distance from p to the segment a-b, in the local plane at p."""
    kx, ky = metres_per_degree(p[1])
    ax, ay = (a[0] - p[0]) * kx, (a[1] - p[1]) * ky
    bx, by = (b[0] - p[0]) * kx, (b[1] - p[1]) * ky
    dx, dy = bx - ax, by - ay
    ll = dx * dx + dy * dy
    t = 0.0 if ll == 0.0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / ll))
    return math.hypot(ax + t * dx, ay + t * dy)


def line_distance_m(p, line):
    return min(segment_distance_m(p, a, b) for a, b in zip(line, line[1:]))


def point_in_ring(p, ring):
    x, y = p
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def polygons_of(geometry):
    """The list of polygons (each a list of rings) of a GeoJSON Polygon or MultiPolygon."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["coordinates"]
    return []


def point_in_geometry(p, geometry):
    for rings in polygons_of(geometry):
        if point_in_ring(p, rings[0]) and not any(point_in_ring(p, h) for h in rings[1:]):
            return True
    return False


def ring_area_deg2(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:])) / 2.0


def oriented(ring, counter_clockwise):
    return ring if (ring_area_deg2(ring) > 0.0) == counter_clockwise else ring[::-1]


def quantile(values, q):
    """Linear interpolation between order statistics (type 7)."""
    s = sorted(values)
    h = (len(s) - 1) * q
    i = math.floor(h)
    return s[i] if i + 1 >= len(s) else s[i] + (h - i) * (s[i + 1] - s[i])


def smoothed(vertices, closed=False, pieces=6):
    """A curve through all vertices: centripetal Catmull-Rom, which makes neither cusps nor loops (Yuksel,
    Schaefer and Keyser 2011, doi:10.1016/j.cad.2010.08.008). A closed one repeats its first vertex."""
    n = len(vertices)
    if closed:
        at = [vertices[i % n] for i in range(-1, n + 2)]
    else:  # the ends are mirrored, so that the curve leaves them straight
        (ax, ay), (bx, by), (yx, yy), (zx, zy) = vertices[0], vertices[1], vertices[-2], vertices[-1]
        at = [(2 * ax - bx, 2 * ay - by), *vertices, (2 * zx - yx, 2 * zy - yy)]
    out = [at[1]]
    for p in zip(at, at[1:], at[2:], at[3:]):
        knots = [0.0]
        for a, b in zip(p, p[1:]):
            knots.append(knots[-1] + math.sqrt(distance_m(a, b)))
        out += [_catmull_rom(p, knots, knots[1] + (knots[2] - knots[1]) * i / pieces) for i in range(1, pieces)]
        out.append(p[2])
    return out


# Which knots the linear steps of Barry and Goldman's pyramid lie between, level by level.
_PYRAMID = (((0, 1), (1, 2), (2, 3)), ((0, 2), (1, 3)), ((1, 2),))


def _catmull_rom(points, knots, t):
    for level in _PYRAMID:
        points = [_between(points[i], points[i + 1], (t - knots[lo]) / (knots[hi] - knots[lo]))
                  for i, (lo, hi) in enumerate(level)]
    return points[0]


def _between(a, b, w):
    return a[0] + w * (b[0] - a[0]), a[1] + w * (b[1] - a[1])


def rounded(coordinates, decimals=6):
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0], decimals), round(coordinates[1], decimals)]
    return [rounded(c, decimals) for c in coordinates]


def feature(properties, kind, coordinates):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": rounded(coordinates)},
    }


def write_geojson(path, name, features):
    """RFC 7946, one feature a line, so that a change reads well in a diff."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    head = '{"type":"FeatureCollection","name":%s,"features":[\n' % json.dumps(name)
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(head + ",\n".join(lines) + "\n]}\n")


def read_geojson(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)["features"]


def csv_text(columns, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row.get(c) is None else row[c] for c in columns])
    return out.getvalue()


def write_csv(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(csv_text(columns, rows))


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))

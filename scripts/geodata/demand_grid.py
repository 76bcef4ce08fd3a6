"""Spread each district's census total over a regular grid: the model behind every demand.csv.

The model is deliberately simple and says so wherever its result shows. A cell's weight is a density,

    w = plain * (base + core + sum over centres) + (1 - plain) * wild        people per km2
    core   = core_density * exp(-max(0, d - plateau) / fall)   d: distance to the city's centre
    centre = people / (2 pi r^2) * exp(-d / r)                 exponential disc (Clark 1951)

and nothing inside open water. Weights only divide a district's own total: the largest-remainder
method (Hamilton) rounds them so that the district's residents are conserved to the person.
"""

import math

import geolib

# Clark, C. (1951) Urban population densities, J. R. Stat. Soc. A 114(4), doi:10.2307/2981088.

KM_PER_DEGREE = 111.0  # of latitude, for leaving out what is far

COLUMNS = ["id", "district_id", "lon", "lat", "residents", "cell_m", "modelled"]


def grid_projection(crs):
    """Functions (lon, lat) -> (e, n) and back, in metres; axes in the traditional order."""
    from osgeo import osr

    geographic, projected = osr.SpatialReference(), osr.SpatialReference()
    geographic.ImportFromEPSG(4326)
    projected.SetFromUserInput(crs)
    for reference in (geographic, projected):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    forward = osr.CoordinateTransformation(geographic, projected)
    inverse = osr.CoordinateTransformation(projected, geographic)
    return (lambda p: forward.TransformPoint(*p)[:2]), (lambda p: inverse.TransformPoint(*p)[:2])


def bounds(geometry):
    points = [p for rings in geolib.polygons_of(geometry) for p in rings[0]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def cells_of(geometry, cell_m, forward, inverse):
    """(e, n, lon, lat) of every cell whose middle lies in the polygon, row by row from the south."""
    west, south, east, north = bounds(geometry)
    corners = [forward(p) for p in ((west, south), (west, north), (east, south), (east, north))]
    e0 = math.floor(min(c[0] for c in corners) / cell_m)
    e1 = math.ceil(max(c[0] for c in corners) / cell_m)
    n0 = math.floor(min(c[1] for c in corners) / cell_m)
    n1 = math.ceil(max(c[1] for c in corners) / cell_m)
    out = []
    for n in range(n0, n1 + 1):
        for e in range(e0, e1 + 1):
            lon, lat = inverse(((e + 0.5) * cell_m, (n + 0.5) * cell_m))
            if geolib.point_in_geometry((lon, lat), geometry):
                out.append((e, n, lon, lat))
    return out


def density(p, model):
    """The weight of a place, in people per km2 before the district's total is applied."""
    if any(geolib.point_in_ring(p, ring) for ring in model["water"]):
        return 0.0
    if not any(geolib.point_in_ring(p, ring) for ring in model["plain"]):
        return model["wild"]
    d_km = geolib.distance_m(p, model["centre"]) / 1000.0
    w = model["base"]
    w += model["core_density"] * math.exp(-max(0.0, d_km - model["plateau_km"]) / model["fall_km"])
    reach_radii = model.get("reach_radii", math.inf)  # a disc's weight is nothing beyond so many radii
    for lon, lat, people, radius_km in model["centres"]:
        if abs(lat - p[1]) * KM_PER_DEGREE > reach_radii * radius_km:
            continue
        d_km = geolib.distance_m(p, (lon, lat)) / 1000.0
        w += people / (2.0 * math.pi * radius_km**2) * math.exp(-d_km / radius_km)
    return w


def apportion(total, weights):
    """Whole numbers in proportion to the weights with exactly this sum; ties by position."""
    share = total / math.fsum(weights)
    quotas = [w * share for w in weights]
    out = [math.floor(q) for q in quotas]
    order = sorted(range(len(quotas)), key=lambda i: (out[i] - quotas[i], i))
    for i in order[: total - sum(out)]:
        out[i] += 1
    return out


def make_rows(areas, residents_column, model):
    """The rows of demand.csv: cells with at least one resident, district by district."""
    forward, inverse = grid_projection(model["crs"])
    cell_m = model["cell_m"]
    rows = []
    for item in areas:
        properties = item["properties"]
        cells = cells_of(item["geometry"], cell_m, forward, inverse)
        counts = apportion(properties[residents_column],
                           [density((lon, lat), model) for _, _, lon, lat in cells])
        for (e, n, lon, lat), count in zip(cells, counts):
            if count > 0:
                rows.append({"id": "cell-%d-%d" % (e, n), "district_id": properties["id"],
                             "lon": "%.6f" % lon, "lat": "%.6f" % lat, "residents": count,
                             "cell_m": cell_m, "modelled": "modelled"})
    return rows

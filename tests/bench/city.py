"""A seeded town to draw: 280,000 stretches of road in five classes, 16 districts, 2,000 places of which 500 have
names in two languages.  Written as a GeoPackage and as shapefiles, the same features in the same order."""
import struct

import numpy
from osgeo import ogr, osr

ogr.UseExceptions()

N_ROADS, N_PLACES, N_NAMES = 280000, 2000, 500
MIDDLE = (116.4, 39.9)
# Half the town's size in degrees, in the shape of a landscape sheet.
REACH = (0.46, 0.25)
# Every n-th street of the grid is of the class; the least comes first, for it is drawn first.
CLASSES = (("residential", 1), ("tertiary", 4), ("secondary", 8), ("primary", 32), ("motorway", 96))
SYLLABLES = ("an", "bei", "chang", "dong", "fu", "gong", "he", "jing", "long", "men", "nan", "ping", "qing", "xi",
             "yuan", "zhong")
CHARACTERS = "安北昌东福宫河京龙门南平清西园中"


def warp(axis, half):
    """From -1 … 1 to degrees, twice as dense in the middle as at the edge."""
    return half * axis * (0.6 + 0.4 * axis * axis)


def roads(rng):
    """(class, points) of every stretch between two crossings of a grid that is shaken and bent."""
    side = int(numpy.ceil((1 + numpy.sqrt(1 + 2 * N_ROADS)) / 2))
    y, x = numpy.divmod(numpy.arange(side * side), side)
    u, v = (axis / (side - 1) * 2 - 1 + rng.uniform(-0.3, 0.3, side * side) * 2 / side for axis in (x, y))
    u, v = u + 0.04 * numpy.sin(3 * v) + 0.01 * numpy.sin(17 * v), v + 0.05 * numpy.sin(2.5 * u)
    lon, lat = MIDDLE[0] + warp(u, REACH[0]), MIDDLE[1] + warp(v, REACH[1])
    east, north = numpy.flatnonzero(x < side - 1), numpy.flatnonzero(y < side - 1)
    tails, heads = numpy.concatenate([east, north]), numpy.concatenate([east + 1, north + side])
    street = numpy.concatenate([y[east], x[north]])
    rank = numpy.zeros(len(tails), int)
    for level, (_, every) in enumerate(CLASSES):
        rank[street % every == 0] = level
    # The surplus of the square is taken from the smallest streets.
    order = numpy.argsort(rank, kind="stable")[len(tails) - N_ROADS:]
    inner = rng.integers(1, 8, len(tails))
    for edge in order:
        n = inner[edge] + 2
        t = numpy.linspace(0, 1, n)
        a, b = tails[edge], heads[edge]
        dx, dy = lon[b] - lon[a], lat[b] - lat[a]
        sway = rng.uniform(-0.15, 0.15) * numpy.sin(numpy.pi * t) + rng.normal(0, 0.01, n) * (t > 0) * (t < 1)
        yield CLASSES[rank[edge]][0], numpy.round(
            numpy.column_stack([lon[a] + dx * t - dy * sway, lat[a] + dy * t + dx * sway]), 7)


def districts(rng):
    """Four by four cells with shared, wavering borders."""
    def border(a, b):
        t = numpy.linspace(0, 1, 200)[:, None]
        wave = numpy.sin(numpy.pi * t) * numpy.cumsum(rng.normal(0, 0.0006, (200, 1)), 0)
        way = numpy.subtract(b, a)
        return a + way * t + wave * (way == 0)  # only across, so that it cannot meet itself

    lon, lat = (numpy.linspace(m - 1.05 * r, m + 1.05 * r, 5) for m, r in zip(MIDDLE, REACH))
    flat = {(i, j): border((lon[i], lat[j]), (lon[i + 1], lat[j])) for i in range(4) for j in range(5)}
    tall = {(i, j): border((lon[i], lat[j]), (lon[i], lat[j + 1])) for i in range(5) for j in range(4)}
    for i in range(4):
        for j in range(4):
            yield f"d{i % 2 + 2 * (j % 2)}", numpy.concatenate(
                [flat[i, j][:-1], tall[i + 1, j][:-1], flat[i, j + 1][:0:-1], tall[i, j][::-1]])


def places(rng):
    for i in range(N_PLACES):
        word = rng.integers(0, len(SYLLABLES), 2)
        en = "".join(SYLLABLES[k] for k in word).capitalize() if i < N_NAMES else None
        zh = "".join(CHARACTERS[k] for k in word) if i < N_NAMES else None
        lon, lat = (m + warp(rng.uniform(-1, 1), r) for m, r in zip(MIDDLE, REACH))
        yield en, zh, round(lon, 7), round(lat, 7)


class Layer:
    """One layer of a dataset while it is written."""

    def __init__(self, dataset, name, kind, fields, *options):
        wgs84 = osr.SpatialReference()
        wgs84.ImportFromEPSG(4326)
        self.dataset = dataset
        self.layer = dataset.CreateLayer(name, wgs84, kind, list(options))
        for field in fields:
            definition = ogr.FieldDefn(field, ogr.OFTString)
            definition.SetWidth(24)
            self.layer.CreateField(definition)
        self.definition = self.layer.GetLayerDefn()

    def add(self, geometry, *values):
        feature = ogr.Feature(self.definition)
        feature.SetGeometryDirectly(geometry)
        for i, value in enumerate(values):
            if value is not None:
                feature.SetField(i, value)
        self.layer.CreateFeature(feature)


def line(points):
    """Through WKB, which is many times faster than a point at a time."""
    return ogr.CreateGeometryFromWkb(struct.pack("<BII", 1, ogr.wkbLineString, len(points)) +
                                     numpy.asarray(points, "<f8").tobytes())


def polygon(ring):
    return ogr.CreateGeometryFromWkb(struct.pack("<BIII", 1, ogr.wkbPolygon, 1, len(ring)) +
                                     numpy.asarray(ring, "<f8").tobytes())


def write(gpkg, folder):
    """Both forms of the town; `folder` gets the shapefiles road, district and place."""
    datasets = (ogr.GetDriverByName("GPKG").CreateDataSource(gpkg),
                ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(folder))
    for dataset in datasets:
        rng = numpy.random.default_rng(6)
        options = ("ENCODING=UTF-8",) if dataset is datasets[1] else ()
        if dataset is datasets[0]:
            dataset.StartTransaction()
        layer = Layer(dataset, "district", ogr.wkbPolygon, ("shade",), *options)
        for shade, ring in districts(rng):
            layer.add(polygon(ring), shade)
        layer = Layer(dataset, "road", ogr.wkbLineString, ("class",), *options)
        for kind, points in roads(rng):
            layer.add(line(points), kind)
        layer = Layer(dataset, "place", ogr.wkbPoint, ("name_en", "name_zh"), *options)
        for en, zh, x, y in places(rng):
            layer.add(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"), en, zh)
        if dataset is datasets[0]:
            dataset.CommitTransaction()

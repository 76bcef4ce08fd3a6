#!/usr/bin/python3
"""Make the roads of geodata/rivertown_roads: as made up as the city, but with everything that a road network has.

    rivertown_roads.py [OUT_FOLDER]

Streets run on a grid and end at the river, which four bridges cross; one of them is for walkers. The Ring Road is
a primary road, Market Street and the King's Axis meet in a roundabout, the old town has one-way streets, a motorway
passes in the south and is closed to walkers, and Mill Island can be reached by boat alone.
"""

import json
import os
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata", "rivertown_roads")
SOURCE = "Invented for Rivertown, a made-up city"
NOTE = "Fictional. 虚构。"

# The grid: lines of longitude and of latitude, west to east and south to north.
LON = [round(0.224 + 0.008 * i, 6) for i in range(19)]
LAT = [round(47.000 + 0.006 * i, 6) for i in range(18)]
RIVER = [(0.16, 47.092), (0.205, 47.083), (0.25, 47.079), (0.3, 47.08), (0.345, 47.07), (0.385, 47.045),
         (0.425, 47.028), (0.445, 47.02)]
# Columns that cross the river: number, Chinese name, English name, class.
BRIDGES = {3: ("西桥", "West Bridge", "secondary"), 9: ("国王桥", "King's Bridge", "secondary"),
           12: ("集市步行桥", "Market Footbridge", "footway"), 15: ("东桥", "East Bridge", "tertiary")}
AXIS, MARKET = 9, 8  # the column and the row of the two main streets
OLD_TOWN = (range(5, 14), range(5, 12))  # columns and rows with one-way streets


def river_lat(lon):
    """The latitude of the river at a longitude."""
    for (x0, y0), (x1, y1) in zip(RIVER, RIVER[1:]):
        if x0 <= lon <= x1:
            return y0 + (y1 - y0) * (lon - x0) / (x1 - x0)
    return None


def north(column, row):
    return LAT[row] > river_lat(LON[column])


class Roads:
    def __init__(self):
        self.features = []

    def add(self, points, highway, name=("", ""), **tags):
        properties = {"id": f"road-{len(self.features) + 1:03d}", "name_zh": name[0] or None, "name_en": name[1] or None,
                      "highway": highway, "oneway": None, "junction": None, "maxspeed": None, "bridge": None,
                      "route": None, "foot": None, "bicycle": None, "source": SOURCE, "note": NOTE}
        properties.update(tags)
        self.features.append({"type": "Feature", "properties": properties, "geometry": {
            "type": "LineString", "coordinates": [[round(x, 6), round(y, 6)] for x, y in points]}})

    def run(self, nodes, same_bank, highway, name, **tags):
        """A street along grid nodes, broken where it would cross the river."""
        line = []
        for node in nodes:
            if line and not same_bank(line[-1], node):
                if len(line) > 1:
                    self.add([(LON[c], LAT[r]) for c, r in line], highway, name, **tags)
                line = []
            line.append(node)
        if len(line) > 1:
            self.add([(LON[c], LAT[r]) for c, r in line], highway, name, **tags)


def same_bank(a, b):
    return north(*a) == north(*b)


def streets(roads):
    for r in range(1, len(LAT) - 1):
        nodes = [(c, r) for c in range(len(LON)) if (c, r) != (AXIS, MARKET)]
        main = r == MARKET
        tags = {}
        if not main and r in OLD_TOWN[1]:
            tags["oneway"] = "yes" if r % 2 else "-1"
        name = ("集市街", "Market Street") if main else (f"东西{r + 1}街", f"{r + 1} Street")
        highway = "secondary" if main else "residential"
        for side in ([n for n in nodes if n[0] < AXIS], [n for n in nodes if n[0] > AXIS]) if main else (nodes,):
            roads.run(side, same_bank, highway, name, **tags)
    for c in range(1, len(LON) - 1):
        main = c == AXIS
        nodes = [(c, r) for r in range(len(LAT)) if (c, r) != (AXIS, MARKET)]
        tags = {"oneway": "yes" if c % 2 else "-1"} if not main and c in OLD_TOWN[0] else {}
        name = ("国王轴线", "King's Axis") if main else (f"南北{c + 1}路", f"{c + 1} Avenue")
        highway = "secondary" if main else "residential"
        for side in ([n for n in nodes if n[1] < MARKET], [n for n in nodes if n[1] > MARKET]) if main else (nodes,):
            roads.run(side, same_bank, highway, name, **tags)


def bridges(roads):
    for c, (zh, en, highway) in BRIDGES.items():
        south = max(r for r in range(len(LAT)) if not north(c, r))
        roads.add([(LON[c], LAT[south]), (LON[c], LAT[south + 1])], highway, (zh, en), bridge="yes")


def roundabout(roads):
    """Where the two main streets meet: anticlockwise, four arms."""
    x, y, dx, dy = LON[AXIS], LAT[MARKET], 0.0008, 0.0006
    ring = [(x + dx, y), (x, y + dy), (x - dx, y), (x, y - dy), (x + dx, y)]
    roads.add(ring, "secondary", ("市政环岛", "Town Hall Circus"), junction="roundabout")
    for point, (c, r) in zip(ring, [(AXIS + 1, MARKET), (AXIS, MARKET + 1), (AXIS - 1, MARKET), (AXIS, MARKET - 1)]):
        name = ("集市街", "Market Street") if r == MARKET else ("国王轴线", "King's Axis")
        roads.add([point, (LON[c], LAT[r])], "secondary", name)


def ring_road(roads):
    """Around the grid, with a vertex at every street; its bridges are at both ends of the city."""
    east, top = len(LON) - 1, len(LAT) - 1
    outline = ([(c, 0) for c in range(east)] + [(east, r) for r in range(top)] + [(c, top) for c in range(east, 0, -1)]
               + [(0, r) for r in range(top, -1, -1)])
    points = [(LON[c], LAT[r]) for c, r in outline]
    roads.add(points, "primary", ("环路", "Ring Road"), maxspeed="60")


def motorway(roads):
    y0, y1 = 46.992, 46.9915
    west, middle, east = 0.19, LON[AXIS], 0.42
    name = ("南环高速", "South Motorway")
    roads.add([(west, y1), (middle, y1), (east, y1)], "motorway", name, maxspeed="110")
    roads.add([(east, y0), (middle, y0), (west, y0)], "motorway", name, maxspeed="110")
    for x, y in ((middle, y0), (middle, y1)):
        roads.add([(x, y), (LON[AXIS], LAT[0])], "motorway_link", ("南口匝道", "South Ramp"), oneway="yes")
        roads.add([(LON[AXIS - 1], LAT[0]), (x, y)], "motorway_link", ("南口匝道", "South Ramp"), oneway="yes")


def other_ways(roads):
    path = [(LON[c], LAT[min(r for r in range(len(LAT)) if north(c, r))]) for c in range(10, 14)]
    roads.add(path, "footway", ("河岸步道", "Riverside Path"))
    roads.add([(0.318, 47.0745), (0.321, 47.0737), (0.323, 47.0731)], "service", ("磨坊岛路", "Mill Island Lane"))
    roads.add([(LON[2], LAT[17]), (LON[2], 47.112), (0.236, 47.118)], "track", ("林中小路", "Wood Track"))


def manifest():
    return {
        "facmap": "dataset", "version": 1, "name": "rivertown_roads", "date": "2021-06-01", "licence": "CC0 1.0",
        "title": {"en": "Rivertown (a made-up city): roads", "zh": "溪城(虚构城市):道路"}, "note": NOTE,
        "sources": [{"path": "road.geojson", "kind": "network", "layer": "roads", "crs": "EPSG:4326", "modelled": True,
                     "title": {"en": "Roads (invented)", "zh": "道路(虚构)"}, "licence": "CC0 1.0", "source": SOURCE,
                     "note": NOTE}]}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else FOLDER
    roads = Roads()
    for make in (streets, bridges, roundabout, ring_road, motorway, other_ways):
        make(roads)
    with open(os.path.join(folder, "road.geojson"), "w", encoding="utf-8") as out:
        lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in roads.features]
        out.write('{"type":"FeatureCollection","name":"road","features":[\n' + ",\n".join(lines) + "\n]}\n")
    with open(os.path.join(folder, "dataset.json"), "w", encoding="utf-8") as out:
        json.dump(manifest(), out, ensure_ascii=False, indent=2)
        out.write("\n")


main()

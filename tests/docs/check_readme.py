#!/usr/bin/python3
"""Types README's "Five minutes with your own spreadsheet" as it stands, with small files of the
names and columns that it speaks of: a part of Beijing's dataset, and a grid of invented streets.
The map document is the one on the page; the map has to pass --lint."""

import contextlib
import csv
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

import manual

try:
    from osgeo import ogr, osr
except ImportError:
    print("skipped: no GDAL for Python")
    sys.exit(77)

README = (manual.ROOT / "README.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## Five minutes.*?(?=^## )", re.M | re.S)
QUERY = re.compile(r'^    sqlite3 -box my\.sqlite "(SELECT .*?)"$', re.M | re.S)
DOCUMENT = re.compile(r"^```json\n(.*?)^```", re.M | re.S)
BEIJING = manual.ROOT / "geodata/beijing"
DISTRICTS = ("110101", "110102")
WEST, SOUTH, EAST, NORTH = 116.30, 39.84, 116.46, 39.98
# Planned and without a date; planned with one that --as-of 2030 counts; open.
STATUS = {0: ("规划", ""), 1: ("在建", "2029"), 2: ("开业", "2010")}

ogr.UseExceptions()
osr.UseExceptions()


def rows_of(name):
    with open(BEIJING / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inside(row):
    return row["lon"] and WEST < float(row["lon"]) < EAST and SOUTH < float(row["lat"]) < NORTH


def clinics():
    """A sheet as it comes from Baidu's map: Chinese headings, and one row without sense."""
    rows = [row for row in rows_of("hospital.csv") if inside(row)]
    source = ogr.GetDriverByName("XLSX").CreateDataSource("clinics.xlsx")
    layer = source.CreateLayer("Sheet1")
    for name in ("编号", "名称", "经度", "纬度", "状态", "开放日期"):
        real = name in ("经度", "纬度")
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTReal if real else ogr.OFTString))
    for number, row in enumerate(rows):
        status, opens = STATUS[number % 3]
        values = (row["id"], row["name_zh"], float(row["lon"]), float(row["lat"]), status, opens)
        add(layer, values)
    add(layer, ("wrong", "无位置诊所", 0.0, 0.0, "开业", ""))
    return len(rows)


def add(layer, values, geometry=None):
    feature = ogr.Feature(layer.GetLayerDefn())
    for index, value in enumerate(values):
        feature.SetField(index, value)
    if geometry:
        feature.SetGeometry(geometry)
    layer.CreateFeature(feature)


def layer_of(driver, path, kind, columns):
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    source = ogr.GetDriverByName(driver).CreateDataSource(path)
    options = ["ENCODING=UTF-8"] if path.endswith(".shp") else []
    layer = source.CreateLayer(path.split(".")[0], wgs84, kind, options)
    for name, type_ in columns:
        layer.CreateField(ogr.FieldDefn(name, type_))
    return source, layer


def population():
    source, layer = layer_of(
        "GPKG", "population.gpkg", ogr.wkbPoint, [("id", ogr.OFTString), ("people", ogr.OFTReal)]
    )
    for row in rows_of("demand.csv"):
        if row["district_id"] in DISTRICTS:
            place = ogr.CreateGeometryFromWkt(f"POINT ({row['lon']} {row['lat']})")
            add(layer, (row["id"], float(row["residents"])), place)


def part(name, driver, path, kind, wanted):
    """A copy of some features of a GeoJSON table, with their id and names."""
    texts = [(column, ogr.OFTString) for column in ("id", "name_zh", "name_en")]
    source, layer = layer_of(driver, path, kind, texts)
    origin = ogr.Open(str(BEIJING / name))
    for feature in origin.GetLayer():
        if wanted(feature):
            values = [feature.GetField(column) for column, _ in texts]
            add(layer, values, feature.GetGeometryRef().Clone())


def schools():
    rows = [row for row in rows_of("school.csv") if inside(row)]
    with open("schools.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "name_zh", "lon", "lat"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def streets(n=40):
    """A grid of streets in OpenStreetMap's XML, which is told by its content, not by its name."""
    with open("region.osm.pbf", "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?>\n<osm version="0.6" generator="test">\n')
        for j in range(n):
            for i in range(n):
                lon = WEST + (EAST - WEST) * i / (n - 1)
                lat = SOUTH + (NORTH - SOUTH) * j / (n - 1)
                file.write(f'<node id="{j * n + i + 1}" version="1" lon="{lon:.7f}" lat="{lat:.7f}"/>\n')
        for k in range(2 * n):
            line = [k * n + i + 1 if k < n else i * n + k - n + 1 for i in range(n)]
            nodes = "".join(f'<nd ref="{node}"/>' for node in line)
            file.write(f'<way id="{k + 1}" version="1">{nodes}')
            file.write('<tag k="highway" v="residential"/></way>\n')
        file.write("</osm>\n")


def facmap(words):
    """Runs a command; what it says on standard error may only be notes."""
    done = subprocess.run([manual.FACMAP, *words], capture_output=True, text=True)
    said = [line for line in done.stderr.split("\n") if line and ": note: " not in line]
    if done.returncode != 0 or said:
        sys.exit(f"facmap {' '.join(words)}: exit {done.returncode}\n{done.stderr}{done.stdout}")
    return done.stdout


def expect(what, condition):
    if not condition:
        sys.exit(f"README: not so: {what}")


def correct_rejects(load):
    """As the page says: correct the row in its own column, load the file with --append."""
    rejects = "my.sqlite.clinic.rejects.csv"
    with open(rejects, encoding="utf-8", newline="") as file:
        head, row = csv.reader(file)
    expect("four columns explain", head[:4] == ["row", "field", "value", "reason"])
    row[head.index("经度")], row[head.index("纬度")] = "116.40", "39.91"
    with open(rejects, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, row])
    facmap([rejects if word == "clinics.xlsx" else word for word in load] + ["--append"])


def people(layer):
    facmap(["export", "my.sqlite", "out.csv", layer, "--overwrite"])
    with open("out.csv", encoding="utf-8", newline="") as file:
        return [float(row["people"]) for row in csv.DictReader(file)]


def main():
    section = SECTION.search(README)[0]
    with open("my-map.json", "w", encoding="utf-8") as file:
        file.write(DOCUMENT.search(section)[1])
    n_clinics = clinics()
    population()
    part("area.geojson", "ESRI Shapefile", "districts.shp", ogr.wkbPolygon,
         lambda feature: feature.GetField("id") in DISTRICTS)
    part("subway.geojson", "GeoJSON", "metro.geojson", ogr.wkbUnknown,
         lambda feature: feature.GetFID() < 4)
    schools()
    streets()

    n_run = 0
    for _, words in manual.commands(section):
        said = facmap(words)
        n_run += 1
        if "clinics.xlsx" in words:
            expect("one row is rejected", re.search(rf"clinic +{n_clinics + 1} +{n_clinics} ", said))
            correct_rejects(words)
    now, soon, plan = (people(f"clinics_{when}")[0] for when in ("now", "2030", "plan"))
    expect("what is dated, and what is planned, adds people", 0 < now < soon < plan)
    with contextlib.closing(sqlite3.connect("my.sqlite")) as database:
        gains = [row[-1] for row in database.execute(QUERY.search(section)[1])]
    expect("the districts' gains add up", len(gains) == 2 and abs(sum(gains) - plan + now) < 0.01)
    walk = people("walk")
    expect("three limits on foot", len(walk) == 3 and walk[0] < walk[1] < walk[2])
    expect("a map and a GeoPackage", os.path.getsize("map.png") and os.path.getsize("my.gpkg"))
    facmap(["render", "my.sqlite", "my-map.json", "--lint"])
    print(f"{n_run} commands run")
    sys.exit(0 if n_run >= 15 else "too few commands: the section is not where it was")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()

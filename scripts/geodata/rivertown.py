#!/usr/bin/python3
"""Make geodata/rivertown: a small city that does not exist, to show that facmap knows no city by name.

    rivertown.py [OUT_FOLDER]

Everything here is invented: places, names, people, years. It lies on open country so that the
geometry is that of a real place on the ellipsoid. The manifest is written too.
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import demand_grid  # noqa: E402
import geolib  # noqa: E402

DEFAULT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata", "rivertown")
SOURCE = "Invented for Rivertown, a made-up city"
NOTE = "Fictional. 虚构。"
CRS = "EPSG:2154"

# Corners shared by the districts: the old town's ring of four, and the outer border clockwise.
A, B, C, D = (0.262, 47.072), (0.330, 47.076), (0.338, 47.034), (0.256, 47.030)
WEST, NORTH_WEST, NORTH, NORTH_EAST = (0.170, 47.050), (0.190, 47.118), (0.290, 47.132), (0.395, 47.120)
EAST, SOUTH_EAST, SOUTH, SOUTH_WEST = (0.430, 47.055), (0.402, 46.990), (0.300, 46.972), (0.196, 46.985)

# id: Chinese name, English name, residents, ring.
DISTRICTS = {
    "rt-01": ("旧城区", "Old Town", 62000, [A, B, C, D]),
    "rt-02": ("北岸区", "North Bank", 48500, [WEST, NORTH_WEST, NORTH, NORTH_EAST, B, A]),
    "rt-03": ("东岗区", "East Hills", 21300, [B, NORTH_EAST, EAST, SOUTH_EAST, C]),
    "rt-04": ("南原区", "South Meadows", 35700, [WEST, A, D, C, SOUTH_EAST, SOUTH, SOUTH_WEST]),
}

RIVER = [(0.160, 47.092), (0.205, 47.083), (0.250, 47.079), (0.300, 47.080), (0.345, 47.070),
         (0.385, 47.045), (0.425, 47.028), (0.445, 47.020)]
RING = [(0.225, 47.050), (0.235, 47.085), (0.265, 47.099), (0.305, 47.103), (0.345, 47.095),
        (0.368, 47.070), (0.370, 47.035), (0.352, 47.012), (0.312, 47.001), (0.262, 47.004),
        (0.232, 47.020)]
KINGS_AXIS = [(0.296, 47.012), (0.297, 47.052), (0.298, 47.100)]
MARKET_AXIS = [(0.228, 47.049), (0.297, 47.052), (0.366, 47.055)]

# Facilities: id, Chinese name, English name, category, status, opens, closes, capacity, district,
# lon, lat, then what the layer adds.
SCHOOLS = [
    ("sch-ford", "渡口国际学校", "Ford International School", "foreign_personnel", "open", 1998, "", 620,
     "Old Town", 0.285, 47.061, "IB", "3-18"),
    ("sch-mill", "磨坊双语学校", "Mill Bilingual School", "private", "open", 2012, "", 450,
     "North Bank", 0.318, 47.091, "National; IB", "6-15"),
    ("sch-heron", "白鹭学校国际部", "Heron School, International Section", "public_section", "open", 2019, "", "",
     "South Meadows", 0.262, 47.015, "A-Level", "12-18"),
    ("sch-quarry", "石场国际学校", "Quarry International School", "private", "construction", 2022, "", 800,
     "East Hills", 0.372, 47.061, "IB", "3-18"),
    ("sch-abbey", "修院学校", "Abbey School", "private", "closed", 1974, 2016, 300,
     "Old Town", 0.312, 47.045, "National", "6-18"),
]
HOSPITALS = [
    ("hos-bridge", "桥头国际医院", "Bridge International Hospital", "international_hospital", "open", 2005, "", 180,
     "Old Town", 0.304, 47.068, ),
    ("hos-meadow", "南原医院国际部", "Meadow Hospital, International Department", "international_department",
     "open", 2016, "", 90, "South Meadows", 0.288, 47.008),
    ("hos-ridge", "东岗医院", "Ridge Hospital", "pilot", "planned", 2024, "", 250, "East Hills", 0.365, 47.084),
]
SITES = [
    ("prj-hall", "会议厅", "Assembly Hall", "state_activities", "open", 2014, "", "", "Old Town",
     0.299, 47.055, 40000000, "named"),
    ("prj-fair", "博览园", "Fair Park", "high_end_elements", "construction", 2022, "", "", "East Hills",
     0.381, 47.072, 120000000, "named"),
    ("prj-quay", "通商码头", "Trade Quay", "opening_up", "planned", 2025, "", "", "North Bank",
     0.246, 47.088, "", "named"),
    ("prj-guest", "宾客之家", "Guest House for Newcomers", "international_services", "open", 2020, "", 60,
     "South Meadows", 0.310, 47.020, "", "not stated"),
]
PLACES = [
    ("plc-town-hall", "市政厅", "Town Hall", "district_seat", "open", 1880, "Old Town", 0.294, 47.053),
    ("plc-station", "溪城站", "Rivertown Station", "railway_station", "open", 1868, "North Bank", 0.292, 47.090),
]
COMMUNITIES = [
    ("com-weavers", "织坊国际社区", "Weavers' Quarter", "open", 2017, "Old Town", "渡口国际学校 Ford School",
     [(0.272, 47.050), (0.292, 47.051), (0.291, 47.067), (0.271, 47.066)]),
    ("com-terrace", "台地国际社区", "The Terraces", "construction", 2023, "East Hills", "博览园 Fair Park",
     [(0.362, 47.058), (0.392, 47.060), (0.388, 47.082), (0.360, 47.080)]),
]
AREAS = [
    ("str-river-quarter", "河畔板块", "River Quarter", [(0.235, 47.081), (0.285, 47.084), (0.284, 47.097), (0.240, 47.094)]),
    ("str-hill-quarter", "岗上板块", "Hill Quarter", [(0.360, 47.055), (0.400, 47.058), (0.394, 47.090), (0.358, 47.085)]),
]

CORE_COLUMNS = ["id", "name_zh", "name_en", "category", "status", "opens", "closes", "capacity", "district"]
TAIL_COLUMNS = ["lon", "lat", "position_accuracy_m", "position_method", "source", "note"]

MODEL = {
    "crs": CRS, "cell_m": 1000, "centre": (0.297, 47.053), "core_density": 4000.0, "plateau_km": 2.0,
    "fall_km": 2.0, "base": 60.0, "wild": 0.0, "water": [], "plain": [],
    "centres": [(0.375, 47.075, 9000, 1.2), (0.280, 47.005, 12000, 1.5), (0.240, 47.100, 8000, 1.2)],
}

TITLES = {
    "id": ("Identifier", "编号"), "name_zh": ("Name (Chinese)", "中文名称"), "name_en": ("Name (English)", "英文名称"),
    "category": ("Category", "类别"), "status": ("Status", "状态"), "opens": ("Opens", "启用时间"),
    "closes": ("Closes", "停用时间"), "capacity": ("Capacity", "容量"), "district": ("District", "所在区"),
    "district_id": ("District code", "行政区代码"), "curriculum": ("Curriculum", "课程"), "ages": ("Ages", "招生年龄"),
    "investment_yuan": ("Investment (yuan)", "投资额(元)"), "plan_2021": ("In the list of projects", "是否列入项目清单"),
    "anchor": ("Anchor institutions", "依托机构"), "residents_2020": ("Residents (invented)", "常住人口(虚构)"),
    "residents": ("Residents (modelled, invented)", "常住人口(模型估算,虚构)"), "cell_m": ("Cell size (m)", "网格边长(米)"),
    "modelled": ("Modelled", "模型估算"), "value": ("Value", "数值"), "unit": ("Unit", "单位"),
    "as_of": ("As of", "截至日期"), "region": ("Part of the city", "所在方位"), "lon": ("Longitude", "经度"),
    "lat": ("Latitude", "纬度"), "position_accuracy_m": ("Position accuracy", "位置精度"),
    "position_method": ("How the position was found", "定位方式"), "source": ("Source", "来源"), "note": ("Note", "备注"),
}

# path, kind, layer, English title, Chinese title
SOURCES = [
    ("area.geojson", "area", "area", "Districts", "行政区"),
    ("structure.geojson", "structure", "structure", "One core, two axes, multiple areas", "一核、两轴、多板块"),
    ("community.geojson", "community", "community", "International communities", "国际社区"),
    ("river.geojson", "line", "river", "River", "河流"),
    ("corridor.geojson", "line", "corridor", "King's Axis and Market Street", "王轴与市街"),
    ("ring_road.geojson", "line", "ring_road", "Ring road", "环路"),
    ("demand.csv", "demand", "demand", "Residents on a 1 km grid", "常住人口1公里网格"),
    ("project_site.csv", "project_site", "project_site", "Project sites", "项目选址"),
    ("school.csv", "school", "school", "International schools", "国际学校"),
    ("hospital.csv", "hospital", "hospital", "International medical services", "国际医疗"),
    ("place.csv", "place", "place", "Town hall and station", "市政厅与车站"),
    ("register.csv", "register", "register", "Published totals", "公布总数"),
]

TAIL = {"position_accuracy_m": 10, "position_method": "published", "source": SOURCE, "note": NOTE}


def closed(vertices):
    return geolib.oriented(vertices + vertices[:1], counter_clockwise=True)


def shape(kind, coordinates, **properties):
    properties.update(TAIL)
    return geolib.feature(properties, kind, coordinates)


def point_rows(table, extra):
    columns = CORE_COLUMNS + ["lon", "lat"] + extra
    return [dict(zip(columns, row), **TAIL) for row in table]


def write_shapes(folder):
    areas = [shape("Polygon", [closed(ring)], id=key, name_zh=zh, name_en=en, residents_2020=people)
             for key, (zh, en, people, ring) in DISTRICTS.items()]
    old_town = closed(DISTRICTS["rt-01"][3])
    structure = [
        shape("Polygon", [old_town], id="str-core", name_zh="核心区", name_en="Core", category="core", region="centre"),
        shape("LineString", KINGS_AXIS, id="str-axis-king", name_zh="王轴", name_en="King's Axis", category="axis",
              region="centre"),
        shape("LineString", MARKET_AXIS, id="str-axis-market", name_zh="市街轴", name_en="Market Axis", category="axis",
              region="centre"),
    ] + [shape("Polygon", [closed(ring)], id=key, name_zh=zh, name_en=en, category="area", region="outer")
         for key, zh, en, ring in AREAS]
    communities = [
        shape("Polygon", [closed(ring)], id=key, name_zh=zh, name_en=en, category="talent_community", status=status,
              opens=str(opens), closes=None, capacity=None, district=district, anchor=anchor)
        for key, zh, en, status, opens, district, anchor, ring in COMMUNITIES]
    lines = {
        "river": [("riv-long", "长溪", "Long Brook", "river", RIVER)],
        "ring_road": [("rng-1", "环城路", "Ring Road", "ring_road", RING + RING[:1])],
        "corridor": [("cor-king", "王轴", "King's Axis", "axis", KINGS_AXIS),
                     ("cor-market", "市街", "Market Street", "axis", MARKET_AXIS)],
    }
    for name, features in (("area", areas), ("structure", structure), ("community", communities)):
        geolib.write_geojson(os.path.join(folder, name + ".geojson"), name, features)
    for name, table in lines.items():
        features = [shape("LineString", line, id=key, name_zh=zh, name_en=en, category=category)
                    for key, zh, en, category, line in table]
        geolib.write_geojson(os.path.join(folder, name + ".geojson"), name, features)
    return areas


def write_tables(folder, areas):
    def table(name, columns, rows):
        geolib.write_csv(os.path.join(folder, name + ".csv"), columns, rows)

    table("school", CORE_COLUMNS + ["curriculum", "ages"] + TAIL_COLUMNS, point_rows(SCHOOLS, ["curriculum", "ages"]))
    table("hospital", CORE_COLUMNS + TAIL_COLUMNS, point_rows(HOSPITALS, []))
    table("project_site", CORE_COLUMNS[:8] + ["investment_yuan", "plan_2021"] + CORE_COLUMNS[8:] + TAIL_COLUMNS,
          point_rows(SITES, ["investment_yuan", "plan_2021"]))
    place = ["id", "name_zh", "name_en", "category", "status", "opens", "district", "lon", "lat"]
    table("place", place + TAIL_COLUMNS[2:], [dict(zip(place, row), **TAIL) for row in PLACES])
    register = ["id", "name_zh", "name_en", "value", "unit", "as_of", "source", "note"]
    table("register", register, [dict(zip(register, (
        "reg-projects", "项目数", "Projects", len(SITES), "projects", "2021-06-01", SOURCE, NOTE)))])
    model = dict(MODEL)
    model["plain"] = [closed([WEST, NORTH_WEST, NORTH, NORTH_EAST, EAST, SOUTH_EAST, SOUTH, SOUTH_WEST])]
    table("demand", demand_grid.COLUMNS, demand_grid.make_rows(areas, "residents_2020", model))


def used_columns(folder):
    used = set()
    for path, *_ in SOURCES:
        full = os.path.join(folder, path)
        if path.endswith(".csv"):
            used.update(geolib.read_csv(full)[0])
        else:
            used.update(k for f in geolib.read_geojson(full) for k in f["properties"])
    return used


def manifest(folder):
    def both(pair):
        return {"en": pair[0], "zh": pair[1]}

    used = used_columns(folder)
    sources = []
    for path, kind, layer, en, zh in SOURCES:
        source = {"path": path, "kind": kind, "layer": layer}
        if kind != "register":
            source["crs"] = "EPSG:4326"
        source["title"] = both((en + " (invented)", zh + "(虚构)"))
        if path.endswith(".csv"):
            source["encoding"] = "UTF-8"
            if kind != "register":
                source["geometry"] = {"x": "lon", "y": "lat"}
            if kind == "demand":
                source["geometry"]["cell_m"] = MODEL["cell_m"]
        source.update(modelled=True, licence="CC0 1.0", source=SOURCE, note=NOTE)
        sources.append(source)
    return {
        "facmap": "dataset", "version": 1, "name": "rivertown",
        "title": both(("Rivertown (a made-up city)", "溪城(虚构城市)")),
        "date": "2021-06-01", "workspace_crs": CRS, "licence": "CC0 1.0",
        "note": "Fictional: nothing in this dataset exists. 虚构: 本数据集中的一切均不存在。",
        "columns": {k: both(v) for k, v in TITLES.items() if k in used},
        "sources": sources,
    }


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else DEFAULT
    os.makedirs(folder, exist_ok=True)
    areas = write_shapes(folder)
    write_tables(folder, areas)
    with open(os.path.join(folder, "dataset.json"), "w", encoding="utf-8", newline="\n") as out:
        json.dump(manifest(folder), out, ensure_ascii=False, indent=2)
        out.write("\n")


if __name__ == "__main__":
    main()

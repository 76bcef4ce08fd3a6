#!/usr/bin/python3
"""Make the generalised lines and shapes of geodata/beijing: river, corridor, water, airport, structure.

    beijing_lines.py [GEODATA_BEIJING]

The vertices below are the source of these layers: places that are known by name, written down from
general knowledge for maps at 1:250 000 and smaller. Of the real roads and rivers only the distance
to each vertex was looked at; a vertex that was far off was thought over again or left out (README.md
of the dataset gives the offsets). The core is the union of two districts, from area.geojson.
"""

import os
import sys

from osgeo import ogr

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import geolib  # noqa: E402

ogr.UseExceptions()

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = "Compiled by this project from general knowledge"
SPECIAL_PLAN = (
    "Special Plan formulated to establish the spatial layout of one core, two axes, and multiple "
    "sections (press conference 2020-09-27, wb.beijing.gov.cn)"
)

# id: Chinese name, English name, accuracy in metres, note, vertices downstream.
RIVERS = {
    "yongding": ("永定河", "Yongding River", 2700, "from Guanting Reservoir; below Lugou Bridge along the border that it forms", [
        (115.6, 40.235),  # Guanting Dam
        (115.7, 40.06),  # Yanhecheng
        (115.88, 40.03),  # Yanchi
        (115.99, 39.97),  # Wangping
        (116.09, 39.985),  # Junzhuang
        (116.105, 39.965),  # Sanjiadian
        (116.12, 39.935),  # Mentougou
        (116.143, 39.905),  # Shougang
        (116.213, 39.849),  # Lugou Bridge
        # From here the river is the border of Fangshan and Daxing, then of the city: that line.
        (116.232, 39.81), (116.2475, 39.775), (116.24, 39.735), (116.2285, 39.703), (116.218, 39.672),
        (116.2105, 39.642), (116.216, 39.595), (116.2385, 39.555), (116.27, 39.494), (116.3225, 39.459),
        (116.3565, 39.451), (116.418, 39.4455),
    ]),
    "chaobai": ("潮白河", "Chaobai River", 3000, "from the dam of Miyun Reservoir; below Liqiao along the border that it forms", [
        (116.83, 40.465),  # dam of the Bai River
        (116.82, 40.37),  # Miyun town
        (116.8, 40.32),  # Hecao
        (116.69, 40.22),  # Niulanshan
        (116.675, 40.13),  # Shunyi
        (116.7, 40.09),  # Hebei village
        (116.73, 40.03),  # Liqiao
        # From here the river is the city's border.
        (116.763, 40.01), (116.7775, 39.935), (116.8185, 39.877), (116.851, 39.848), (116.897, 39.84),
        (116.929, 39.8), (116.933, 39.781), (116.9095, 39.762), (116.9055, 39.7435),
    ]),
    "wenyu": ("温榆河", "Wenyu River", 2200, "from Shahe Reservoir to Beiguan", [
        (116.305, 40.13),  # Shahe Reservoir
        (116.36, 40.13),  # Mafang
        (116.4, 40.125),  # Xiaotangshan
        (116.43, 40.11),  # Lutuan
        (116.53, 40.05),  # Sunhe
        (116.55, 40.04),  # west of Capital Airport
        (116.6, 40.0),  # Jinzhan
        (116.64, 39.96),  # west of Songzhuang
        (116.662, 39.92),  # Beiguan
    ]),
    "north-canal": ("北运河", "North Canal", 3000, "the Grand Canal's reach in Tongzhou", [
        (116.662, 39.92),  # Beiguan
        (116.69, 39.9),  # Canal Park
        (116.73, 39.87),  # Ganlan
        (116.74, 39.84),  # Zhangjiawan
        (116.76, 39.78),  # Huoxian
        (116.79, 39.77),  # Yulinzhuang
    ]),
    "tonghui": ("通惠河", "Tonghui River", 500, "", [
        (116.4305, 39.9005), (116.4560, 39.9030), (116.4900, 39.9042), (116.5250, 39.9055),
        (116.5600, 39.9062), (116.5950, 39.9065), (116.6300, 39.9110), (116.6580, 39.9180)]),
    "liangshui": ("凉水河", "Liangshui River", 1500, "", [
        (116.325, 39.868), (116.345, 39.858), (116.375, 39.850), (116.405, 39.842), (116.435, 39.828),
        (116.460, 39.805), (116.478, 39.780), (116.500, 39.768), (116.530, 39.755), (116.575, 39.758),
        (116.630, 39.772), (116.690, 39.785), (116.750, 39.795), (116.790, 39.785)]),
    "qing": ("清河", "Qing River", 1000, "", [
        (116.275, 40.005), (116.300, 40.020), (116.342, 40.028), (116.380, 40.035), (116.420, 40.047),
        (116.465, 40.062), (116.505, 40.075)]),
    "juma": ("拒马河", "Juma River", 3000, "its reach in Fangshan", [
        (115.500, 39.660), (115.540, 39.650), (115.590, 39.645), (115.620, 39.610), (115.680, 39.578),
        (115.720, 39.560)]),
}

CORRIDORS = {
    "central-axis": ("北京中轴线", "Central Axis", 100, "Yongdingmen to the Bell Tower", [
        (116.3925, 39.8712),  # Yongdingmen
        (116.3918, 39.8992),  # Zhengyangmen
        (116.3913, 39.9075),  # Tian'anmen
        (116.3908, 39.9135),  # Meridian Gate
        (116.3903, 39.925),  # Jingshan
        (116.3896, 39.9402),  # Drum Tower
        (116.3895, 39.9417),  # Bell Tower
    ]),
    "central-axis-north": ("中轴线北延长线", "Central Axis, northern extension", 250,
                           "Bell Tower to the Olympic Forest Park", [
        (116.3895, 39.9417), (116.3889, 39.9557), (116.3883, 39.9750), (116.3870, 39.9900),
        (116.3864, 40.0009), (116.3860, 40.0175)]),
    "central-axis-south": ("中轴线南延长线", "Central Axis, southern extension", 1000,
                           "Yongdingmen to Daxing International Airport", [
        (116.3925, 39.8712),  # Yongdingmen
        (116.393, 39.858),  # Muxiyuan
        (116.393, 39.836),  # Dahongmen
        (116.394, 39.81),  # Heyi
        (116.394, 39.79),  # Nanyuan
        (116.394, 39.74),  # Tuanhe
        (116.41, 39.51),  # Daxing Airport
    ]),
    "changan": ("长安街", "Chang'an Avenue", 200, "Fuxingmen to Jianguomen", [
        (116.3495, 39.907),  # Fuxingmen
        (116.3685, 39.9073),  # Xidan
        (116.391, 39.9075),  # Tian'anmen
        (116.405, 39.908),  # Wangfujing
        (116.411, 39.908),  # Dongdan
        (116.4295, 39.9085),  # Jianguomen
    ]),
    "changan-west": ("长安街西延长线", "Chang'an Avenue, western extension", 300,
                     "Fuxingmen to Shougang and the Yongding River", [
        (116.3495, 39.907),  # Fuxingmen
        (116.332, 39.9072),  # Muxidi
        (116.304, 39.907),  # Gongzhufen
        (116.2745, 39.9075),  # Wukesong
        (116.235, 39.907),  # Babaoshan
        (116.213, 39.907),  # Bajiao
        (116.19, 39.907),  # Gucheng
        (116.15, 39.9),  # New Shougang Bridge
    ]),
    "changan-east": ("长安街东延长线", "Chang'an Avenue, eastern extension", 500,
                     "Jianguomen to the Municipal Administrative Center", [
        (116.4295, 39.9085),  # Jianguomen
        (116.4555, 39.9085),  # Guomao
        (116.4895, 39.908),  # Sihui
        (116.52, 39.909),  # Gaobeidian
        (116.55, 39.909),  # Communication University
        (116.59, 39.908),  # Guanzhuang
        (116.62, 39.906),  # Baliqiao
        (116.635, 39.902),  # Tongzhou Beiyuan
        (116.735, 39.907),  # Administrative Center
    ]),
}

WATER = {
    "miyun": ("密云水库", "Miyun Reservoir", 2000, [
        (116.825, 40.485), (116.860, 40.485), (116.900, 40.478), (116.925, 40.475), (116.960, 40.442),
        (117.000, 40.468), (117.030, 40.490), (117.058, 40.512), (117.060, 40.540), (117.010, 40.532),
        (116.970, 40.522), (116.930, 40.520), (116.900, 40.525), (116.865, 40.548), (116.832, 40.535),
        (116.820, 40.505)]),
    "guanting": ("官厅水库", "Guanting Reservoir", 2000, [
        (115.580, 40.238), (115.610, 40.262), (115.640, 40.300), (115.685, 40.322), (115.735, 40.338),
        (115.790, 40.372), (115.792, 40.402), (115.755, 40.392), (115.720, 40.358), (115.660, 40.335),
        (115.600, 40.312), (115.575, 40.285)]),
    "huairou": ("怀柔水库", "Huairou Reservoir", 1200, [
        (116.585, 40.300), (116.612, 40.292), (116.625, 40.302), (116.615, 40.320), (116.595, 40.325)]),
    "yanqi": ("雁栖湖", "Yanqi Lake", 1000, [
        (116.660, 40.385), (116.680, 40.385), (116.690, 40.398), (116.675, 40.408), (116.660, 40.402)]),
    "shisanling": ("十三陵水库", "Shisanling Reservoir", 1200, [
        (116.240, 40.250), (116.265, 40.245), (116.275, 40.260), (116.255, 40.268)]),
    "jinhai": ("金海湖", "Jinhai Lake", 1200, [
        (117.295, 40.185), (117.320, 40.170), (117.340, 40.175), (117.335, 40.190), (117.310, 40.195)]),
    "kunming": ("昆明湖", "Kunming Lake", 300, [
        (116.2620, 39.9930), (116.2620, 39.9860), (116.2660, 39.9800), (116.2715, 39.9810),
        (116.2735, 39.9880), (116.2725, 39.9945), (116.2690, 39.9965)]),
    "three-seas": ("北海、中海、南海", "Beihai, Zhonghai and Nanhai Lakes", 300, [
        (116.3795, 39.9300), (116.3800, 39.9200), (116.3790, 39.9090), (116.3830, 39.9085),
        (116.3850, 39.9150), (116.3865, 39.9300)]),
    "shichahai": ("什刹海", "Shichahai Lakes", 300, [
        (116.3700, 39.9465), (116.3745, 39.9455), (116.3800, 39.9415), (116.3850, 39.9370), (116.3835, 39.9345),
        (116.3810, 39.9370), (116.3760, 39.9420), (116.3715, 39.9440)]),
    "yuyuantan": ("玉渊潭", "Yuyuantan Lake", 300, [
        (116.3050, 39.9180), (116.3180, 39.9185), (116.3230, 39.9165), (116.3150, 39.9145), (116.3060, 39.9155)]),
    "fuhai": ("福海", "Fuhai Lake, Yuanmingyuan", 400, [
        (116.2990, 40.0090), (116.3050, 40.0090), (116.3055, 40.0045), (116.2995, 40.0045)]),
    "chaoyang-park": ("朝阳公园湖", "Chaoyang Park Lake", 400, [
        (116.4740, 39.9480), (116.4780, 39.9475), (116.4790, 39.9400), (116.4765, 39.9345), (116.4740, 39.9400)]),
}

# Runways and terminals, for orientation. Daxing's lies astride the border with Hebei.
AIRPORTS = {
    "capital": ("北京首都国际机场", "Beijing Capital International Airport", 1000, [
        (116.570, 40.065), (116.582, 40.060), (116.600, 40.045), (116.622, 40.045), (116.622, 40.095),
        (116.600, 40.105), (116.570, 40.105)]),
    "daxing": ("北京大兴国际机场", "Beijing Daxing International Airport", 1500, [
        (116.375, 39.485), (116.445, 39.485), (116.445, 39.530), (116.420, 39.542), (116.375, 39.530)]),
}

# id: names, part of the city in the plan, accuracy, vertices.
AREAS = {
    "embassies-cbd": ("使馆区—CBD板块", "Embassy quarters and CBD", "east", 800, [
        (116.430, 39.904), (116.470, 39.904), (116.472, 39.925), (116.470, 39.955), (116.446, 39.955),
        (116.440, 39.942), (116.430, 39.932)]),
    "fourth-embassy-area": ("东坝—金盏板块", "Dongba and Jinzhan, with the Fourth Embassy Area", "east", 1500, [
        (116.545, 39.955), (116.585, 39.955), (116.595, 40.000), (116.560, 40.010), (116.545, 39.985)]),
    "capital-airport": ("首都机场临空经济区板块", "Capital Airport economic area and exhibition centres", "east", 2000, [
        (116.530, 40.050), (116.600, 40.040), (116.650, 40.070), (116.640, 40.115), (116.560, 40.120),
        (116.530, 40.090)]),
    "administrative-center": ("北京城市副中心板块", "Beijing Municipal Administrative Center", "east", 1500, [
        (116.615, 39.880), (116.640, 39.840), (116.700, 39.830), (116.755, 39.860), (116.755, 39.930),
        (116.700, 39.955), (116.615, 39.935)]),
    "olympic": ("奥林匹克中心区板块", "Olympic Center area", "north", 500, [
        (116.3740, 39.9790), (116.3990, 39.9790), (116.4000, 40.0300), (116.3720, 40.0300)]),
    "yanqi-huairou": ("雁栖湖—怀柔科学城板块", "Yanqi Lake and Huairou Science City", "north", 2000, [
        (116.635, 40.345), (116.690, 40.337), (116.700, 40.370), (116.700, 40.415), (116.650, 40.415)]),
    "future-science-city": ("未来科学城板块", "Future Science City", "north", 1500, [
        (116.425, 40.100), (116.465, 40.100), (116.472, 40.118), (116.465, 40.132), (116.430, 40.132)]),
    "zhongguancun": ("中关村科学城板块", "Zhongguancun Science City", "west", 1000, [
        (116.305, 39.965), (116.350, 39.965), (116.352, 40.045), (116.300, 40.055), (116.292, 40.025),
        (116.313, 40.010)]),
    "three-hills": ("三山五园板块", "Three Hills and Five Gardens", "west", 1000, [
        (116.185, 39.985), (116.240, 39.975), (116.300, 39.985), (116.310, 40.008), (116.260, 40.020),
        (116.190, 40.010)]),
    "new-shougang": ("新首钢板块", "New Shougang", "west", 800, [
        (116.136, 39.915), (116.150, 39.896), (116.165, 39.896), (116.172, 39.903), (116.165, 39.924),
        (116.143, 39.924)]),
    "southern-axis": ("南中轴板块", "Southern Central Axis: Dahongmen and Nanyuan", "south", 1500, [
        (116.380, 39.775), (116.425, 39.790), (116.415, 39.855), (116.375, 39.855)]),
    "daxing-airport": ("大兴国际机场临空经济区板块", "Daxing Airport economic area", "south", 2500, [
        (116.330, 39.535), (116.400, 39.540), (116.455, 39.545), (116.455, 39.575), (116.380, 39.575),
        (116.325, 39.560)]),
}


# What the tests compare with real data; the rest is placed from general knowledge alone.
COMPARED = {"riv-yongding", "riv-chaobai", "riv-wenyu", "riv-north-canal", "wat-miyun", "wat-guanting", "cor-changan",
            "cor-changan-west", "cor-changan-east", "cor-central-axis-north", "str-core", "str-axis-changan"}


def row(kind_id, name_zh, name_en, category, accuracy_m, source, note, **more):
    properties = {"id": kind_id, "name_zh": name_zh, "name_en": name_en, "category": category}
    properties.update(more)
    properties.update(position_accuracy_m=accuracy_m, source=source, note=note,
                      position_method="map-checked" if kind_id in COMPARED else "address")
    return properties


def polygon(properties, vertices):
    ring = geolib.oriented(vertices + vertices[:1], counter_clockwise=True)
    return geolib.feature(properties, "Polygon", [ring])


def rivers():
    return [
        geolib.feature(row("riv-" + key, zh, en, "river", accuracy, OURS, note), "LineString",
                       geolib.smoothed(vertices))
        for key, (zh, en, accuracy, note, vertices) in RIVERS.items()
    ]


def corridors():
    out = []
    for key, (zh, en, accuracy, note, vertices) in CORRIDORS.items():
        category = "axis_extension" if "-" in key.replace("central-axis", "") else "axis"
        out.append(geolib.feature(row("cor-" + key, zh, en, category, accuracy, OURS, note),
                                  "LineString", vertices))
    return out


def water():
    return [
        polygon(row("wat-" + key, zh, en, "water", accuracy, OURS, ""), geolib.smoothed(vertices, closed=True)[:-1])
        for key, (zh, en, accuracy, vertices) in WATER.items()
    ]


def airports():
    return [polygon(row("apt-" + key, zh, en, "airport", accuracy, OURS, "runways and terminals as one generalised shape"),
                    vertices) for key, (zh, en, accuracy, vertices) in AIRPORTS.items()]


def joined(*keys):
    """Corridor parts end to end, the first one reversed: one long line without repeated vertices."""
    parts = [CORRIDORS[k][4] for k in keys]
    return parts[0][::-1] + parts[1][1:] + parts[2][1:]


def core(area_path):
    """Union of Dongcheng and Xicheng, as rings."""
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for item in geolib.read_geojson(area_path):
        if item["properties"]["id"] in ("110101", "110102"):
            for rings in geolib.polygons_of(item["geometry"]):
                shape = ogr.Geometry(ogr.wkbPolygon)
                for ring in rings:
                    linear = ogr.Geometry(ogr.wkbLinearRing)
                    for x, y in ring:
                        linear.AddPoint_2D(x, y)
                    shape.AddGeometry(linear)
                union.AddGeometry(shape)
    merged = union.UnionCascaded()
    if merged.GetGeometryName() != "POLYGON":
        raise SystemExit("the core is not one polygon: Dongcheng and Xicheng do not meet")
    return [geolib.oriented([p[:2] for p in merged.GetGeometryRef(r).GetPoints()], r == 0)
            for r in range(merged.GetGeometryCount())]


def structure(area_path):
    out = [geolib.feature(
        row("str-core", "首都功能核心区", "Capital Function Core", "core", 120, SPECIAL_PLAN,
            "Dongcheng and Xicheng", region="centre"), "Polygon", core(area_path))]
    axes = (("central", "中轴线及其延长线", "Central Axis and its extensions",
             joined("central-axis-south", "central-axis", "central-axis-north"), 1000),
            ("changan", "长安街及其延长线", "Chang'an Avenue and its extensions",
             joined("changan-west", "changan", "changan-east"), 500))
    for key, zh, en, vertices, accuracy in axes:
        out.append(geolib.feature(
            row("str-axis-" + key, zh, en, "axis", accuracy, SPECIAL_PLAN,
                "drawn as one line; its parts are in the corridor layer", region="centre"),
            "LineString", vertices))
    for key, (zh, en, region, accuracy, vertices) in AREAS.items():
        out.append(polygon(
            row("str-" + key, zh, en, "area", accuracy, SPECIAL_PLAN,
                "The plan describes the multiple sections by the four parts of the city; this extent is "
                "a generalisation of this project, no border is published", region=region), vertices))
    return out


def main():
    default = os.path.join(HERE, "..", "..", "geodata", "beijing")
    folder = sys.argv[1] if len(sys.argv) > 1 else default
    source = os.path.join(default, "area.geojson")
    for name, features in (("river", rivers()), ("corridor", corridors()), ("water", water()),
                           ("airport", airports()), ("structure", structure(source))):
        geolib.write_geojson(os.path.join(folder, name + ".geojson"), name, features)


if __name__ == "__main__":
    main()

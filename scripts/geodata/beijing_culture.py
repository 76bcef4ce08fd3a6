#!/usr/bin/python3
"""Make geodata/beijing/culture.geojson: the kinds of place that the plan names for diplomatic activity, as
lines and areas (the points that stand for them are the layer diplomatic_place).

    beijing_culture.py [GEODATA_BEIJING]

The wall runs straight through its named sections, the canal through its locks, bridges and lakes, both from
general knowledge; the Yongding River is the line of layer river. Quarters of hutong and quadrangles are drawn
to the streets that bound them. Nothing here had been compared with anything when its accuracy was stated.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import beijing_lines  # noqa: E402
import geolib  # noqa: E402

PLAN = ("74 Key Tasks and 42 Major Projects Finalized (Beijing Daily, wb.beijing.gov.cn, 2021-04-28) names the kind; "
        "line or extent compiled by this project from general knowledge")
GENERALISED = "generalised; no extent is published with the plan"

GREAT_WALL = [
    ("Yanhecheng to Badaling", "沿河城至八达岭", "west", [
        (115.71, 40.065),  # Yanhecheng
        (115.79, 40.16),  # Hengling
        (115.88, 40.27),  # Ruiyun
        (115.945, 40.315),  # Shixia
        (116.007, 40.354),  # Badaling
    ]),
    ("Badaling to Mutianyu", "八达岭至慕田峪", "middle", [
        (116.007, 40.354),  # Badaling
        (116.1, 40.385),  # Chenjiapu
        (116.21, 40.4),  # Dazhuangke
        (116.29, 40.395),  # Xishuiyu
        (116.34, 40.415),  # Huanghuacheng
        (116.42, 40.455),  # Tiekuangyu
        (116.495, 40.49),  # Jiuyan Tower
        (116.515, 40.455),  # Jiankou
        (116.565, 40.432),  # Mutianyu
    ]),
    ("Mutianyu to Simatai", "慕田峪至司马台", "north", [
        (116.565, 40.432),  # Mutianyu
        (116.63, 40.45),  # Shentangyu
        (116.72, 40.46),  # Hefangkou
        (116.79, 40.56),  # Shitangyu
        (116.86, 40.66),  # Baimaguan
        (117.0, 40.69),  # Fengjiayu
        (117.155, 40.695),  # Gubeikou
        (117.24, 40.677),  # Jinshanling
        (117.275, 40.66),  # Simatai
    ]),
    ("Simatai to Jiangjun Pass", "司马台至将军关", "east", [
        (117.275, 40.66),  # Simatai
        (117.42, 40.63),  # Xinchengzi
        (117.4, 40.52),  # Dajiaoyu
        (117.3, 40.43),  # Qiangzilu
        (117.29, 40.31),  # Huangsongyu
        (117.365, 40.27),  # Jiangjun Pass
    ]),
]
CANAL_CITY = [
    (116.274, 39.979),  # Kunming Lake
    (116.288, 39.958),  # Changchun Bridge
    (116.305, 39.945),  # Zizhuyuan
    (116.325, 39.942),  # Wuta Temple
    (116.344, 39.943),  # Gaoliang Bridge
    (116.367, 39.947),  # Jishuitan
    (116.376, 39.944),  # Houhai
    (116.3895, 39.9355),  # Wanning Bridge
    (116.398, 39.931),  # Yuhe
    (116.398, 39.902),  # Zhengyi Road
    (116.4305, 39.9005),  # Dongbianmen
]
WESTERN_HILLS = [
    (116.12, 40.09), (116.06, 40.1), (116.0, 40.03), (115.95, 39.95), (115.98, 39.87), (116.06, 39.85), (116.115, 39.87),
    (116.135, 39.93), (116.185, 39.955), (116.21, 39.985), (116.205, 40.015), (116.16, 40.04)]
# id: names, accuracy, district, the streets that bound it (north, east, south, west), vertices.
HUTONG = {
    "nanluoguxiang": ("南锣鼓巷", "Nanluoguxiang", 200, "Dongcheng",
                      "Gulou East Street, Jiaodaokou South Street, Di'anmen East Street, Di'anmen Outer Street", [
        (116.3905, 39.9405), (116.4015, 39.9405), (116.4015, 39.9325), (116.3905, 39.9325)]),
    "shichahai": ("什刹海", "Shichahai", 300, "Xicheng",
                  "2nd Ring Road, Jiugulou and Di'anmen Outer Street, Di'anmen West Street, Xinjiekou North Street", [
        (116.3675, 39.948), (116.3865, 39.948), (116.3865, 39.9405), (116.389, 39.94), (116.389, 39.9325), (116.3675, 39.932)]),
    "dongsi": ("东四三条至八条", "Dongsi Third to Eighth Alleys", 200, "Dongcheng",
               "Dongsi Eighth Alley, Chaoyangmen North Small Street, Chaoyangmen Inner Street, Dongsi North Street", [
        (116.4115, 39.9305), (116.4215, 39.9305), (116.4215, 39.924), (116.4115, 39.924)]),
    "guozijian": ("国子监—雍和宫", "Guozijian and Yonghe Temple", 250, "Dongcheng",
                  "2nd Ring Road, Yonghegong Street, Fangjia Hutong, Andingmen Inner Street", [
        (116.4025, 39.9485), (116.413, 39.9485), (116.413, 39.944), (116.4025, 39.943)]),
    "xisi": ("西四北头条至八条", "Xisi North First to Eighth Alleys", 250, "Xicheng",
             "Ping'anli West Street, Xisi North Street, Fuchengmen Inner Street, Zhaodengyu Road", [
        (116.3595, 39.9315), (116.3665, 39.9315), (116.3665, 39.9235), (116.3595, 39.9235)]),
    "dashilan": ("大栅栏—杨梅竹斜街", "Dashilan and Yangmeizhu", 250, "Xicheng",
                 "Qianmen West Street, Qianmen Street, Zhushikou West Street, Nanxinhua Street", [
        (116.3785, 39.8985), (116.391, 39.8985), (116.391, 39.8915), (116.3785, 39.8905)]),
    "qianmen-east": ("前门东区—草厂", "Qianmen East and Caochang", 300, "Dongcheng",
                     "Qianmen East Street, Qiwen Street, Zhushikou East Street, Qianmen Street", [
        (116.393, 39.8985), (116.405, 39.8985), (116.404, 39.8915), (116.393, 39.8915)]),
}


def row(key, zh, en, category, accuracy_m, note, **more):
    properties = {"id": "cul-" + key, "name_zh": zh, "name_en": en, "category": category,
                  "district": more.get("district", "")}
    properties.update(position_accuracy_m=accuracy_m, position_method="address", source=PLAN, note=note)
    return properties


def great_wall():
    for en, zh, key, vertices in GREAT_WALL:
        yield geolib.feature(row("great-wall-" + key, "长城(%s)" % zh, "Great Wall, " + en, "great_wall", 3000,
                                 "straight through named sections; branches are left out"), "LineString", vertices)


def canal():
    tonghui, north = (geolib.smoothed(beijing_lines.RIVERS[k][4]) for k in ("tonghui", "north-canal"))
    yield geolib.feature(row("grand-canal-city", "大运河(昆明湖至通州)", "Grand Canal, Kunming Lake to Tongzhou", "grand_canal",
                             500, "through lakes and locks; the covered course by Nanheyan is drawn as well"),
                         "LineString", CANAL_CITY + tonghui[1:])
    yield geolib.feature(row("grand-canal-tongzhou", "大运河(北运河通州段)", "Grand Canal, North Canal in Tongzhou", "grand_canal",
                             beijing_lines.RIVERS["north-canal"][2], "the line of layer river"), "LineString", north)


def belts():
    yield geolib.feature(row("yongding-river", "永定河文化带", "Yongding River belt", "yongding_river",
                             beijing_lines.RIVERS["yongding"][2], "the line of layer river; " + GENERALISED),
                         "LineString", geolib.smoothed(beijing_lines.RIVERS["yongding"][4]))
    yield geolib.feature(row("western-hills", "西山", "Western Hills", "western_hills", 3000,
                             "from Yangtai Mountain to Jietai Temple; " + GENERALISED), "Polygon",
                         [geolib.oriented(geolib.smoothed(WESTERN_HILLS, closed=True), True)])


def quarters():
    for key, (zh, en, accuracy, district, streets, vertices) in HUTONG.items():
        yield geolib.feature(row("hutong-" + key, zh + "胡同四合院片区", en + " hutong and quadrangle quarter", "hutong_quarter",
                                 accuracy, "bounded here by " + streets + "; " + GENERALISED, district=district), "Polygon", [geolib.oriented(vertices + vertices[:1], True)])


def main():
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata", "beijing")
    folder = sys.argv[1] if len(sys.argv) > 1 else default
    features = [f for made in (great_wall, canal, belts, quarters) for f in made()]
    geolib.write_geojson(os.path.join(folder, "culture.geojson"), "culture", features)


if __name__ == "__main__":
    main()

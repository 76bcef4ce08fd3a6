#!/usr/bin/python3
"""Make geodata/beijing/demand.csv: census 2020 residents on a 1 km grid of EPSG:4548, modelled.

    beijing_demand.py [OUT.csv]

The method is in demand_grid.py; here are its numbers for Beijing. Nothing is fitted: what the model is
compared with (README.md) chose none of them.

- The density at the centre is that of Dongcheng and Xicheng together: 1 815 043 people (census of 2020) on 92.4 km2.
- It holds as far as the 3rd Ring Road, whose radius is 6.5 km.
- Beyond, it falls so that the whole profile holds the 10 988 587 people whom the census counted in the six
  central districts: 2 pi 20 000 (6.5^2 / 2 + 6.5 f + f^2) = 10 988 587 gives f = 5.5 km.
- Towns and large quarters are discs; for Changping their people are the census's own, by subdistrict and town.
- A subway station gathers 15 000 people within walking distance (radius 1 km): a quarter of the city in all.

Residents from abroad (with those of Hong Kong, Macao and Taiwan, as the census counts them: 62 812 in the whole
city, no figure by district) are a second weight: three tenths follow all residents, seven tenths follow the
residents near embassies, schools for children of foreign personnel and talent communities. These
shares are assumptions, and nothing is known to compare the result with.
"""

import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import demand_grid  # noqa: E402
import geolib  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata", "beijing")

# Towns and large housing quarters: lon, lat, people that gather there, radius in km.
CENTRES = [
    (116.330, 40.070, 441525, 1.8),  # Huilongguan, Longzeyuan, Huoying: census
    (116.410, 40.068, 371288, 1.6),  # Tiantongyuan North twice (South was not found), Dongxiaokou: census
    (116.410, 40.110, 308907, 2.0),  # Beiqijia: census
    (116.280, 40.150, 294408, 2.0),  # Shahe: census
    (116.295, 40.100, 64910, 1.5),  # Shigezhuang: census
    (116.235, 40.215, 317524, 1.8),  # Chengbei, Chengnan: census
    (116.285, 40.205, 65403, 1.5),  # Nanshao: census
    (116.190, 40.190, 87506, 2.0),  # Machikou: census
    (116.140, 40.240, 82146, 1.5),  # Nankou: census
    (116.320, 40.175, 36546, 2.0),  # Baishan: census
    (116.340, 40.035, 250000, 1.8),  # Qinghe
    (116.310, 40.045, 150000, 1.5),  # Shangdi
    (116.250, 40.060, 100000, 2.0),  # Xibeiwang
    (116.470, 40.000, 300000, 1.8),  # Wangjing
    (116.420, 40.020, 150000, 1.5),  # Beiyuan
    (116.550, 39.965, 150000, 2.0),  # Dongba
    (116.590, 39.920, 250000, 1.8),  # Changying, Guanzhuang
    (116.570, 39.885, 120000, 1.8),  # Shuangqiao
    (116.210, 39.910, 300000, 2.2),  # Shijingshan
    (116.105, 39.930, 250000, 2.0),  # Mentougou
    (116.145, 39.885, 100000, 1.5),  # Yongding
    (116.260, 39.850, 200000, 2.2),  # Lugouqiao
    (116.130, 39.800, 50000, 2.0),  # Wangzuo
    (116.140, 39.735, 350000, 2.2),  # Liangxiang
    (116.205, 39.760, 200000, 2.0),  # Changyang
    (115.960, 39.735, 80000, 1.8),  # Yanshan
    (116.000, 39.700, 100000, 2.0),  # Fangshan old town
    (116.070, 39.650, 60000, 2.0),  # Doudian
    (116.335, 39.730, 450000, 2.2),  # Huangcun
    (116.335, 39.790, 180000, 1.8),  # Xihongmen
    (116.445, 39.805, 220000, 2.0),  # Jiugong
    (116.500, 39.795, 180000, 2.2),  # Yizhuang
    (116.410, 39.770, 100000, 2.0),  # Yinghai
    (116.555, 39.755, 130000, 2.0),  # Majuqiao
    (116.320, 39.640, 50000, 2.0),  # Panggezhuang
    (116.655, 39.905, 600000, 2.5),  # Tongzhou
    (116.620, 39.880, 120000, 1.8),  # Liyuan
    (116.700, 39.855, 60000, 2.0),  # Zhangjiawan
    (116.720, 39.940, 70000, 2.0),  # Songzhuang
    (116.650, 40.130, 350000, 2.2),  # Shunyi
    (116.550, 40.105, 130000, 2.2),  # Houshayu
    (116.655, 40.205, 60000, 1.8),  # Niulanshan
    (116.570, 40.055, 60000, 1.8),  # Tianzhu
    (116.820, 40.155, 40000, 1.8),  # Yangzhen
    (116.630, 40.320, 200000, 2.0),  # Huairou
    (116.690, 40.370, 40000, 1.8),  # Yanqi
    (117.115, 40.140, 180000, 2.0),  # Pinggu
    (116.995, 40.055, 30000, 1.8),  # Mafang
    (116.840, 40.375, 230000, 2.0),  # Miyun
    (117.150, 40.420, 15000, 1.5),  # Taishitun
    (115.975, 40.455, 150000, 1.8),  # Yanqing
    (115.900, 40.390, 15000, 1.5),  # Kangzhuang
]

# Where the ground is flat enough to be settled: the plain, and the basin of Yanqing. Outside, people
# live in valleys, thinly.
PLAIN = [
    [(115.900, 39.520), (116.450, 39.440), (116.960, 39.640), (117.000, 39.850), (116.900, 40.060),
     (117.200, 40.030), (117.280, 40.120), (117.220, 40.190), (117.080, 40.200), (116.960, 40.200),
     (116.940, 40.330), (116.880, 40.430), (116.800, 40.430), (116.750, 40.400), (116.700, 40.420),
     (116.600, 40.360), (116.520, 40.290), (116.350, 40.260), (116.240, 40.280), (116.130, 40.260),
     (116.110, 40.200), (116.150, 40.120), (116.170, 40.040), (116.180, 39.980), (116.090, 39.960),
     (116.080, 39.900), (116.090, 39.840), (116.000, 39.770), (115.930, 39.770), (115.900, 39.700)],
    [(115.820, 40.360), (115.950, 40.370), (116.060, 40.440), (116.100, 40.520), (115.980, 40.530),
     (115.860, 40.480), (115.790, 40.420)],
]

COLUMNS = demand_grid.COLUMNS[:5] + ["from_abroad"] + demand_grid.COLUMNS[5:]

MODEL = {
    "crs": "EPSG:4548",
    "cell_m": 1000,
    "centre": (116.3913, 39.9070),
    "core_density": 20000.0,
    "plateau_km": 6.5,
    "fall_km": 5.5,
    "reach_radii": 12.0,
    "base": 350.0,
    "wild": 15.0,
    "centres": CENTRES,
    "plain": [ring + ring[:1] for ring in PLAIN],
}


STATION_PEOPLE, STATION_RADIUS_KM = 15000, 1.0

ABROAD = 62812  # national bulletin no. 8 of the census, 2021-05-11
ABROAD_LIKE_ALL = 0.3
PULL_RADIUS_KM = 1.5
# layer: weight of its rows, by category ("" for any).
PULLS = {"diplomatic_place.csv": {"embassy_area": 3.0}, "school.csv": {"foreign_personnel": 1.0, "embassy": 1.0},
         "community.geojson": {"": 2.0}}


def places_of_pull():
    """(lon, lat, weight) of what draws residents from abroad; a polygon counts at the mean of its vertices."""
    out = []
    for name, weights in PULLS.items():
        path = os.path.join(FOLDER, name)
        if name.endswith(".csv"):
            found = [(r["category"], (float(r["lon"]), float(r["lat"]))) for r in geolib.read_csv(path) if r["lon"]]
        else:
            rings = [geolib.polygons_of(f["geometry"])[0][0][:-1] for f in geolib.read_geojson(path)]
            found = [("", (sum(x for x, _ in r) / len(r), sum(y for _, y in r) / len(r))) for r in rings]
        out += [(*p, weights[category]) for category, p in found if category in weights]
    return out


def add_from_abroad(cells):
    """The second weight, for the whole city at once."""
    places = places_of_pull()
    near = [c["residents"] * sum(w * math.exp(-geolib.distance_m((float(c["lon"]), float(c["lat"])), (x, y)) /
                                              (1000.0 * PULL_RADIUS_KM)) for x, y, w in places) for c in cells]
    people, pulled = sum(c["residents"] for c in cells), math.fsum(near)
    weights = [ABROAD_LIKE_ALL * c["residents"] / people + (1.0 - ABROAD_LIKE_ALL) * n / pulled
               for c, n in zip(cells, near)]
    for cell, count in zip(cells, demand_grid.apportion(ABROAD, weights)):
        cell["from_abroad"] = count


def rows():
    model = dict(MODEL)
    stations = geolib.read_csv(os.path.join(FOLDER, "subway_station.csv"))
    model["centres"] = CENTRES + [(float(s["lon"]), float(s["lat"]), STATION_PEOPLE, STATION_RADIUS_KM) for s in stations]
    lakes = geolib.read_geojson(os.path.join(FOLDER, "water.geojson"))
    model["water"] = [geolib.polygons_of(f["geometry"])[0][0] for f in lakes]
    areas = geolib.read_geojson(os.path.join(FOLDER, "area.geojson"))
    cells = demand_grid.make_rows(areas, "residents_2020", model)
    add_from_abroad(cells)
    return cells


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(FOLDER, "demand.csv")
    geolib.write_csv(target, COLUMNS, rows())

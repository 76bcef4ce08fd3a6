#!/usr/bin/python3
"""Make geodata/beijing/demand.csv: census 2020 residents on a 1 km grid of EPSG:4548, modelled.

    beijing_demand.py [OUT.csv]

The method is in demand_grid.py; here are its numbers for Beijing. They come from general knowledge
of the city, set by hand; of three settings of plateau and fall the one that ranked the subdistricts of
the inner city best was kept (README.md). Nothing is fitted cell by cell.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import demand_grid  # noqa: E402
import geolib  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata", "beijing")

# Towns and large housing quarters: lon, lat, people that gather there, radius in km.
CENTRES = [
    (116.330, 40.070, 400000, 1.8),  # Huilongguan
    (116.410, 40.068, 400000, 1.6),  # Tiantongyuan
    (116.410, 40.110, 150000, 2.0),  # Beiqijia
    (116.280, 40.150, 180000, 2.0),  # Shahe
    (116.235, 40.215, 250000, 1.8),  # Changping
    (116.140, 40.240, 50000, 1.5),  # Nankou
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

MODEL = {
    "crs": "EPSG:4548",
    "cell_m": 1000,
    "centre": (116.3913, 39.9070),
    "core_density": 20000.0,
    "plateau_km": 8.0,
    "fall_km": 7.0,
    "base": 350.0,
    "wild": 15.0,
    "centres": CENTRES,
    "plain": [ring + ring[:1] for ring in PLAIN],
}


def rows():
    model = dict(MODEL)
    lakes = geolib.read_geojson(os.path.join(FOLDER, "water.geojson"))
    model["water"] = [geolib.polygons_of(f["geometry"])[0][0] for f in lakes]
    areas = geolib.read_geojson(os.path.join(FOLDER, "area.geojson"))
    return demand_grid.make_rows(areas, "residents_2020", model)


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(FOLDER, "demand.csv")
    geolib.write_csv(target, demand_grid.COLUMNS, rows())

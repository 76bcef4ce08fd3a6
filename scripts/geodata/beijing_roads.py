#!/usr/bin/python3
"""Make geodata/beijing/ring_road.geojson and expressway.geojson: generalised lines from named interchanges.

    beijing_roads.py [GEODATA_BEIJING]

The vertices are interchanges and places that are known by name, written down from general knowledge; the
lines run smoothly from one to the next. Rings 4 to 6 and four expressways were off in places when they
were first compared: a vertex taken from a map in China's shifted datum (0.5 km east), or from the middle of
a town instead of the road. Those vertices were derived again from what is known beside the road (the station
that lies just within or beyond it, the distance between two stations, the quarter that it parts), knowing how
far off they had been but not in which direction, or dropped. The 6th ring's north-eastern corner needed two
tries, and the second one used the distances of the first. Accuracies were stated before the comparison and
not changed after it.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import geolib  # noqa: E402

NAMED = "Compiled by this project from general knowledge of named interchanges; checked by distance only"

# Closed lines; the first vertex is repeated when written.
RINGS = {
    2: ("二环路", "2nd Ring Road", 250, [
        (116.349, 39.9405),  # Xizhimen
        (116.367, 39.9485),  # Jishuitan
        (116.373, 39.9485),  # Deshengmen
        (116.3875, 39.9485),  # Gulou Dajie
        (116.402, 39.949),  # Andingmen
        (116.411, 39.949),  # Yonghegong
        (116.419, 39.949),  # Xiaojie
        (116.427, 39.947),  # Dongzhimen North
        (116.428, 39.941),  # Dongzhimen
        (116.428, 39.933),  # Dongsi Shitiao
        (116.428, 39.924),  # Chaoyangmen
        (116.4295, 39.908),  # Jianguomen
        (116.431, 39.901),  # Dongbianmen
        (116.437, 39.8935),  # Guangqumen
        (116.4385, 39.8855),  # Guangming
        (116.4375, 39.873),  # Zuoanmen
        (116.417, 39.8715),  # Yuting
        (116.407, 39.8705),  # Jingtai
        (116.393, 39.87),  # Yongdingmen
        (116.376, 39.87),  # Taoranting
        (116.359, 39.8695),  # Youanmen
        (116.3425, 39.87),  # Caihuying
        (116.3425, 39.8895),  # Guanganmen
        (116.344, 39.897),  # Tianningsi
        (116.3485, 39.901),  # Xibianmen
        (116.3495, 39.907),  # Fuxingmen
        (116.3495, 39.915),  # Yuetan
        (116.3495, 39.9235),  # Fuchengmen
        (116.349, 39.932),  # Chegongzhuang
    ]),
    3: ("三环路", "3rd Ring Road", 300, [
        (116.304, 39.961),  # Suzhou
        (116.3155, 39.9665),  # Sitong
        (116.339, 39.967),  # Lianxiang
        (116.345, 39.967),  # Jimen
        (116.364, 39.967),  # Beitaipingzhuang
        (116.374, 39.967),  # Madian
        (116.401, 39.9675),  # Anzhen
        (116.4185, 39.967),  # Heping
        (116.43, 39.967),  # Xibahe
        (116.451, 39.9605),  # Sanyuan
        (116.455, 39.949),  # Liangma
        (116.455, 39.9415),  # Agricultural Exhibition Center
        (116.455, 39.933),  # Changhong
        (116.455, 39.923),  # Jingguang
        (116.4555, 39.908),  # Guomao
        (116.4555, 39.893),  # Shuangjing
        (116.4555, 39.882),  # Jinsong
        (116.4535, 39.8665),  # Shilihe
        (116.448, 39.861),  # Fenzhongsi
        (116.43, 39.859),  # Fangzhuang
        (116.416, 39.858),  # Liujiayao
        (116.393, 39.858),  # Muxiyuan
        (116.371, 39.857),  # Yangqiao
        (116.353, 39.856),  # Caoqiao
        (116.338, 39.8575),  # Yuquanying
        (116.313, 39.868),  # Lize
        (116.304, 39.885),  # Liuli
        (116.3045, 39.8975),  # Lianhua
        (116.3045, 39.907),  # Gongzhufen
        (116.304, 39.926),  # Hangtian
        (116.3045, 39.942),  # Zizhu
    ]),
    4: ("四环路", "4th Ring Road", 500, [
        (116.304, 39.9835),  # Haidian
        (116.315, 39.984),  # Zhongguancun First
        (116.328, 39.985),  # Baofusi
        (116.3465, 39.985),  # Xueyuan
        (116.376, 39.986),  # Jianxiang
        (116.401, 39.986),  # Anhui
        (116.417, 39.986),  # Huixin East
        (116.428, 39.984),  # Shaoyaoju
        (116.44, 39.982),  # Wanghe
        (116.462, 39.9755),  # Siyuan
        (116.474, 39.966),  # Xiaoyun
        (116.482, 39.957),  # Dongfeng North
        (116.484, 39.933),  # Chaoyang Park
        (116.4895, 39.907),  # Sihui
        (116.4885, 39.892),  # Dajiaoting
        (116.4865, 39.869),  # Sifang
        (116.4655, 39.845),  # Shibalidian
        (116.44, 39.836),  # Xiaocun
        (116.393, 39.835),  # Dahongmen
        (116.365, 39.8345),  # Gongyixi
        (116.341, 39.8335),  # Majialou
        (116.313, 39.833),  # Huaxiang
        (116.289, 39.836),  # Kefeng, north of the station Keyilu
        (116.277, 39.845),  # Kandan
        (116.27, 39.858),  # Fengbei
        (116.2685, 39.871),  # Yuegezhuang
        (116.268, 39.907),  # Wukesong: 3.1 km of Line 1 west of Gongzhufen
        (116.268, 39.924),  # Dinghui
        (116.2675, 39.931),  # Wuluju
        (116.267, 39.942),  # Sijiqing
        (116.268, 39.955),  # Yuanda
        (116.275, 39.966),  # Huoqiying
        (116.289, 39.979),  # Bagou
    ]),
    5: ("五环路", "5th Ring Road", 900, [
        (116.28, 40.013),  # Xiaojiahe
        (116.306, 40.02),  # Jianting
        (116.35, 40.022),  # Shangqing
        (116.367, 40.021),  # Lincui
        (116.403, 40.02),  # Yangshan
        (116.42, 40.0205),  # Beiyuan
        (116.44, 40.02),  # Laiguangying
        (116.463, 40.0165),  # Guangshun, south of the station Laiguangying
        (116.493, 40.003),  # Wuyuan, south-east of the stations on Jingmi Road
        (116.524, 39.963),  # Dongba, west of the town
        (116.5365, 39.9355),  # Pingfang
        (116.542, 39.909),  # Yuantong
        (116.541, 39.878),  # Huagong
        (116.5445, 39.868),  # Wufang
        (116.541, 39.855),  # Dougezhuang
        (116.505, 39.815),  # Dayangfang
        (116.474, 39.804),  # Yizhuang, at the station of that bridge
        (116.454, 39.796),  # Jiugong, south of the station
        (116.424, 39.783),  # Wufutang
        (116.394, 39.762),  # Nanyuan, south of the station Demao
        (116.345, 39.778),  # Xihongmen
        (116.325, 39.781),  # between the stations Xihongmen and Gaomidian North
        (116.267, 39.787),  # Shihuan
        (116.226, 39.851),  # Wanping
        (116.206, 39.906),  # Bajiao, at the station
        (116.206, 39.933),  # Xihuangcun, at the station
        (116.216, 39.985),  # Xiangshan
        (116.243, 40.002),  # Heishan
        (116.264, 40.009),  # Anhe, south of the station Anheqiao North
    ]),
    6: ("六环路", "6th Ring Road", 2000, [
        (116.238, 40.177),  # Xishatun
        (116.275, 40.169),  # Shahe, north of the University Park
        (116.4, 40.159),  # Xiaotangshan, south of the town
        (116.5, 40.15),  # Suanzaoling
        (116.585, 40.143),  # Gaoliying
        (116.62, 40.128),  # between the stations Nanfaxin and Shimen
        (116.62, 40.1),  # east of the Capital Airport
        (116.643, 40.06),  # Liqiao
        (116.667, 40.02),  # Wenyu River
        (116.698, 39.95),  # Songzhuang
        (116.703, 39.91),  # between the stations Beiyunhe West and Haojiafu
        (116.7, 39.88),  # Administrative Center
        (116.696, 39.855),  # east of Huazhuang
        (116.65, 39.812),  # Taihu
        (116.55, 39.745),  # Majuqiao
        (116.45, 39.722),  # Qingyundian
        (116.318, 39.702),  # between the stations Yihezhuang and Biomedical Base
        (116.22, 39.695),  # Yongding River
        (116.15, 39.7),  # Liangxiang, south of the University Town
        (116.108, 39.725),  # between the stations Suzhuang and Yancun East
        (116.105, 39.785),  # Qinglong Lake
        (116.11, 39.93),  # Mentougou
        (116.097, 39.985),  # Junzhuang
        (116.115, 40.03),  # Zhaikou
        (116.155, 40.14),  # Yangfang, east of the town
        (116.19, 40.17),  # Machikou
    ]),
}

# id: names, accuracy, vertices outwards from the city.
EXPRESSWAYS = {
    "g6": ("京藏高速公路", "Jingzang Expressway (G6)", 1500, [
        (116.374, 39.967),  # Madian
        (116.374, 39.986),  # Jianxiang
        (116.35, 40.022),  # Shangqing
        (116.347, 40.05),  # Xisanqi
        (116.318, 40.074),  # Huilongguan
        (116.272, 40.135),  # Shahe
        (116.238, 40.177),  # Xishatun
        (116.15, 40.235),  # Nankou
        (116.075, 40.285),  # Juyongguan
        (116.015, 40.35),  # Badaling
        (115.965, 40.4),  # Yanqing South
        (115.88, 40.375),  # Kangzhuang
    ]),
    "g7": ("京新高速公路", "Jingxin Expressway (G7)", 1500, [
        (116.306, 40.02),  # Jianting
        (116.295, 40.05),  # Shangdi
        (116.272, 40.09),  # Beiqing
        (116.235, 40.172),  # 6th Ring Road
    ]),
    "g45-north": ("京承高速公路", "Jingcheng Expressway (G45)", 2500, [
        (116.44, 39.982),  # Wanghe
        (116.44, 40.02),  # Laiguangying
        (116.462, 40.095),  # Beiqijia
        (116.5, 40.15),  # Suanzaoling
        (116.525, 40.19),  # Gaoliying
        (116.665, 40.3),  # Huairou
        (116.83, 40.35),  # Miyun
        (116.92, 40.39),  # Mujiayu
        (117.1, 40.53),  # Taishitun
        (117.2, 40.655),  # Simatai
    ]),
    "s12": ("首都机场高速公路", "Capital Airport Expressway (S12)", 800, [
        (116.451, 39.9605),  # Sanyuan
        (116.462, 39.9755),  # Siyuan
        (116.493, 40.003),  # Wuyuan, south-east of the stations on Jingmi Road
        (116.535, 40.028),  # Weigou
        (116.565, 40.055),  # Tianzhu
        (116.585, 40.076),  # Terminal 2
    ]),
    "s32": ("京平高速公路", "Jingping Expressway (S32)", 2500, [
        (116.585, 40.0),  # Jinzhan
        (116.65, 40.03),  # Liqiao
        (116.75, 40.04),  # Lisui, south of the town
        (116.92, 40.08),  # Dasungezhuang
        (117.05, 40.115),  # Pinggu
        (117.2, 40.09),  # Xiagezhuang
    ]),
    "jingtong": ("京通快速路", "Jingtong Expressway", 500, [
        (116.47, 39.9075),  # Dawang
        (116.4895, 39.907),  # Sihui
        (116.542, 39.909),  # Yuantong
        (116.593, 39.9085),  # Guanzhuang
        (116.613, 39.906),  # Baliqiao
        (116.631, 39.9025),  # Tongzhou Beiyuan
    ]),
    "g1": ("京哈高速公路", "Jingha Expressway (G1)", 1500, [
        (116.4865, 39.869),  # Sifang
        (116.5445, 39.868),  # Wufang
        (116.6, 39.845),  # Heizhuanghu, south of the station
        (116.695, 39.843),  # 6th Ring Road: Universal Resort lies north-west of this crossing
        (116.83, 39.82),  # Xiji
    ]),
    "g2": ("京沪高速公路", "Jinghu Expressway (G2)", 1500, [
        (116.448, 39.861),  # Fenzhongsi
        (116.4655, 39.845),  # Shibalidian
        (116.505, 39.815),  # Dayangfang
        (116.55, 39.745),  # Majuqiao
        (116.64, 39.67),  # Caiyu
        (116.71, 39.605),  # border
    ]),
    "g3": ("京台高速公路", "Jingtai Expressway (G3)", 2000, [
        (116.43, 39.786),  # 5th Ring Road
        (116.445, 39.72),  # 6th Ring Road
        (116.475, 39.62),  # Anding
        (116.47, 39.53),  # Lixian
    ]),
    "g45-south": ("大广高速公路(京开段)", "Daguang Expressway (G45, Jingkai)", 1200, [
        (116.338, 39.8575),  # Yuquanying
        (116.341, 39.8335),  # Majialou
        (116.345, 39.778),  # Xihongmen
        (116.345, 39.704),  # 6th Ring Road
        (116.325, 39.64),  # Panggezhuang
        (116.315, 39.52),  # Yufa
    ]),
    "daxing-airport": ("大兴机场高速公路", "Daxing Airport Expressway", 2000, [
        (116.375, 39.7745),  # 5th Ring Road
        (116.385, 39.712),  # 6th Ring Road
        (116.405, 39.535),  # airport
    ]),
    "g4": ("京港澳高速公路", "Jinggang'ao Expressway (G4)", 1200, [
        (116.304, 39.885),  # Liuli
        (116.2685, 39.871),  # Yuegezhuang
        (116.226, 39.851),  # Wanping
        (116.19, 39.8),  # Zhaoxindian
        (116.155, 39.755),  # Liangxiang
        (116.07, 39.65),  # Doudian
        (116.02, 39.59),  # Liulihe
    ]),
    "g5": ("京昆高速公路", "Jingkun Expressway (G5)", 2500, [
        (116.107, 39.728),  # 6th Ring Road
        (116.03, 39.7),  # Fangshan
        (115.9, 39.66),  # Changgou
        (115.73, 39.58),  # Zhangfang
    ]),
}


NOT_COMPARED = {"exp-daxing-airport"}  # opened after the roads that the tests compare with


def row(kind_id, name_zh, name_en, category, accuracy_m):
    return {"id": kind_id, "name_zh": name_zh, "name_en": name_en, "category": category,
            "position_accuracy_m": accuracy_m, "source": NAMED,
            "position_method": "address" if kind_id in NOT_COMPARED else "map-checked",
            "note": "generalised: a smooth line through its interchanges"}


def main():
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "geodata", "beijing")
    folder = sys.argv[1] if len(sys.argv) > 1 else default
    rings = [geolib.feature(row("rng-%d" % n, zh, en, "ring_road", accuracy), "LineString", geolib.smoothed(vertices, closed=True))
             for n, (zh, en, accuracy, vertices) in RINGS.items()]
    expressways = [geolib.feature(row("exp-" + key, zh, en, "expressway", accuracy), "LineString",
                                  geolib.smoothed(vertices))
                   for key, (zh, en, accuracy, vertices) in EXPRESSWAYS.items()]
    geolib.write_geojson(os.path.join(folder, "ring_road.geojson"), "ring_road", rings)
    geolib.write_geojson(os.path.join(folder, "expressway.geojson"), "expressway", expressways)


if __name__ == "__main__":
    main()

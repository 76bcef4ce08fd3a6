#!/usr/bin/python3
"""Make geodata/beijing/service_area.geojson: areas in which a service is offered, from the districts.

    beijing_service_area.py [FOLDER_TO_WRITE_TO]

No border of these services is published beyond the district that offers them. Each is therefore the
district's own shape, with fewer vertices, so that it is not taken for a survey of the service.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import geolib  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BEIJING = os.path.normpath(os.path.join(HERE, "..", "..", "geodata", "beijing"))
TOLERANCE_M = 100.0
ACCURACY_M = 250  # the accuracy of the districts and the tolerance, rounded up
PLAN = (
    "74 Key Tasks and 42 Major Projects Finalized (Beijing Daily, published by the Foreign Affairs Office of "
    "Beijing, wb.beijing.gov.cn, 2021-04-28)"
)
NOTE = "The whole district, generalised to %d m: within it no extent is published. " % TOLERANCE_M
SERVICES = [
    {
        "id": "sva-chaoyang-consortium",
        "name_zh": "朝阳区国际医疗联合体服务范围",
        "name_en": "Chaoyang International Medical Consortium",
        "category": "medical_consortium",
        "status": "planned",
        "district": "Chaoyang",
        "note": NOTE + "Its members are not named in what was read.",
    },
    {
        "id": "sva-haidian-family-doctor",
        "name_zh": "海淀区外籍人员家庭医生试点范围",
        "name_en": "Haidian pilot of family doctors for foreign residents",
        "category": "family_doctor_pilot",
        "status": "planned",
        "district": "Haidian",
        "note": NOTE + "Which community health centres take part is not named in what was read.",
    },
]


def simplified(line, tolerance_m):
    """Douglas and Peucker (1973); both ends stay."""
    if len(line) < 3:
        return line
    far, at = max((geolib.segment_distance_m(p, line[0], line[-1]), i) for i, p in enumerate(line[1:-1], 1))
    if far <= tolerance_m:
        return [line[0], line[-1]]
    return simplified(line[: at + 1], tolerance_m)[:-1] + simplified(line[at:], tolerance_m)


def simplified_ring(ring, tolerance_m):
    """A ring is cut at the vertex farthest from its first one, for both halves to have two ends."""
    at = max(range(len(ring)), key=lambda i: geolib.distance_m(ring[0], ring[i]))
    return simplified(ring[: at + 1], tolerance_m)[:-1] + simplified(ring[at:], tolerance_m)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else BEIJING
    districts = {f["properties"]["name_en"]: f for f in geolib.read_geojson(os.path.join(BEIJING, "area.geojson"))}
    features = []
    for service in SERVICES:
        district = districts[service["district"]]
        shape = [[simplified_ring(ring, TOLERANCE_M) for ring in rings] for rings in geolib.polygons_of(district["geometry"])]
        properties = dict(service, district_id=district["properties"]["id"], position_accuracy_m=ACCURACY_M,
                          position_method="district only", source=PLAN + "; shape: layer area")
        kind, coordinates = ("Polygon", shape[0]) if len(shape) == 1 else ("MultiPolygon", shape)
        features.append(geolib.feature(properties, kind, coordinates))
    geolib.write_geojson(os.path.join(folder, "service_area.geojson"), "service_area", features)


if __name__ == "__main__":
    main()

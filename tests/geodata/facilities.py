"""What must hold between the rows of geodata/beijing's facilities, and the README's table of them.

Rows one by one are checked by check_dataset.py; here are sums, links, twins and later states.
Every *_problems() yields what is wrong, one text each.
"""

import itertools
import json
import os
import re

from osgeo import ogr

import geolib

PUBLISHED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "published_positions.csv")
SAME_PLACE_M = 200.0  # two rows of one name nearer than this are one facility
LATER_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
PLAN_2021 = {"named", "part of a named project", "in a named group", "not stated"}
# The same building as a project of the plan and as a hospital.
TWINS = {"prj-anzhen-tongzhou": "hos-anzhen-tongzhou", "prj-gobroad": "hos-gobroad"}
TABLED = ("project_site", "school", "hospital", "diplomatic_place")


def rows_of(layers, name):
    return [row for row, _ in layers[name].rows]


def duplicate_problems(layer):
    """Rows of one name, in either language, at one place."""
    placed = [(row, geometry["coordinates"]) for row, geometry in layer.rows if geometry and geometry["type"] == "Point"]
    for (a, p), (b, q) in itertools.combinations(placed, 2):
        if (a["name_en"] == b["name_en"] or a["name_zh"] == b["name_zh"]) and geolib.distance_m(p, q) < SAME_PLACE_M:
            yield "%s and %s are one facility" % (a["id"], b["id"])


def later_problems(layer, date, known_states):
    """A later state is another one than on the dataset's day, and its date, if known, comes after that day."""
    for row, _ in layer.rows:
        state, when = row.get("later_status"), row.get("later_date")
        if state and state not in known_states:
            yield "%s: later status %r" % (row["id"], state)
        if when and not state:
            yield "%s: a later date without a status" % row["id"]
        if when and (not LATER_DATE.fullmatch(when) or when < date[: len(when)]):
            yield "%s: later date %r is none, or before %s" % (row["id"], when, date)


def school_problems(layers):
    for row in rows_of(layers, "school"):
        if row["students"] and not re.fullmatch(r"[1-9]\d*", row["students"]):
            yield "%s: students %r" % (row["id"], row["students"])
        if row["students_as_of"] and not row["students"]:
            yield "%s: a year of students without their number" % row["id"]


def project_problems(layers, date):
    places = {row["id"]: geometry for name in ("project_site", "hospital") for row, geometry in layers[name].rows}
    for project, hospital in TWINS.items():
        if places[project] != places[hospital]:
            yield "%s and %s are one place, and differ" % (project, hospital)
    for row in rows_of(layers, "project_site"):
        if row["plan_2021"] not in PLAN_2021:
            yield "%s: plan_2021 %r" % (row["id"], row["plan_2021"])
        if row["started"] and row["opens"] and row["started"] > row["opens"]:
            yield "%s: opens before it is begun" % row["id"]
        if row["started"] and row["status"] == "planned" and row["started"] < date[: len(row["started"])]:
            yield "%s: begun %s, and only planned on %s" % (row["id"], row["started"], date)


def register_problems(layers):
    """The published total is what is named, counted or grouped, and the remainder."""
    value = {row["id"]: int(row["value"]) for row in rows_of(layers, "register")}
    named = [row["category"] for row in rows_of(layers, "project_site") if row["plan_2021"] == "named"]
    unlocated = {"opening_up": value["reg-science-center"]}
    categories = sorted(set(named))
    if len(categories) != value["reg-categories"]:
        yield "%d categories have a named project, %d are published" % (len(categories), value["reg-categories"])
    for category in categories:
        key, count = "reg-named-" + category.replace("_", "-"), named.count(category) + unlocated.get(category, 0)
        if value.get(key) != count:
            yield "%s is %r, and %d are named" % (key, value.get(key), count)
    one_by_one = len(named) + sum(unlocated.values())
    left = value["reg-projects"] - one_by_one - value["reg-schools"] - value["reg-talent-projects"]
    if left != value["reg-remainder"]:
        yield "reg-remainder is %d, computed %d" % (value["reg-remainder"], left)
    if len(layers["community"].rows) != value["reg-talent-communities"]:
        yield "%d communities, %d published" % (len(layers["community"].rows), value["reg-talent-communities"])


def task_problems(layers):
    for row in rows_of(layers, "task"):
        target = layers.get(row["layer"])
        if target is None:
            yield "%s: no layer %s" % (row["id"], row["layer"])
        elif row["feature_id"] not in {r["id"] for r, _ in target.rows}:
            yield "%s: no %s in %s" % (row["id"], row["feature_id"], row["layer"])


def service_area_problems(layers):
    """Each is its district, generalised: the overlap tells a wrong district from a coarser line."""
    districts = {row["id"]: geometry for row, geometry in layers["area"].rows}
    for row, geometry in layers["service_area"].rows:
        ours, theirs = (ogr.CreateGeometryFromJson(json.dumps(g)) for g in (geometry, districts[row["district_id"]]))
        common = ours.Intersection(theirs).GetArea()
        ratio = common / (ours.GetArea() + theirs.GetArea() - common)
        if ratio < 0.98:
            yield "%s: overlap ratio with its district %.3f" % (row["id"], ratio)


def community_problems(layers):
    batches = sorted(str(row["named_year"]) for row in rows_of(layers, "community"))
    if batches != ["2017"] * 4 + ["2019"] * 4:
        yield "not four of 2017 and four of 2019: %r" % batches
    for row, geometry in layers["community"].rows:
        if geometry["type"] != "Polygon" or not row["anchor"]:
            yield "%s: no extent, or no anchor" % row["id"]


def published_offsets(layers):
    """(distance, accuracy stated) of the rows whose position somebody else has published, too."""
    for row in geolib.read_csv(PUBLISHED):
        ours = {r["id"]: (r, geometry) for r, geometry in layers[row["layer"]].rows}[row["id"]]
        distance = geolib.distance_m(ours[1]["coordinates"], (float(row["lon"]), float(row["lat"])))
        yield distance, float(ours[0]["position_accuracy_m"])


def published_table(layers):
    pairs = list(published_offsets(layers))
    distances = [d for d, _ in pairs]
    return ["| what | n | median (m) | worst (m) | within stated accuracy |", "|---|---|---|---|---|",
            "| positions in encyclopedias | %d | %.0f | %.0f | %.0f %% |" % (
                len(pairs), geolib.quantile(distances, 0.5), max(distances),
                100.0 * sum(d <= a for d, a in pairs) / len(pairs))]


def published_problems(layers):
    pairs = list(published_offsets(layers))
    within = sum(d <= a for d, a in pairs)
    if within < 0.9 * len(pairs):
        yield "only %d of %d within the stated accuracy" % (within, len(pairs))


def dataset_checks(layers, date, known_states):
    """(name of the check, problems) of everything here."""
    for name in TABLED + ("place",):
        yield "no facility twice in " + name, duplicate_problems(layers[name])
    for name in ("project_site", "school", "hospital"):
        yield "later states in " + name, later_problems(layers[name], date, known_states)
    yield "pupils", school_problems(layers)
    yield "projects", project_problems(layers, date)
    yield "register adds up", register_problems(layers)
    yield "tasks point to features", task_problems(layers)
    yield "service areas are their districts", service_area_problems(layers)
    yield "communities in two batches", community_problems(layers)
    yield "published positions agree", published_problems(layers)


# ---- the README's table -------------------------------------------------------------------------


def count_lines(layer):
    """How many rows say what, for the columns that sort them."""
    for column in ("category", "status", "plan_2021", "position_method"):
        counts = {}
        for row, _ in layer.rows:
            if row.get(column):
                counts[row[column]] = counts.get(row[column], 0) + 1
        if counts:
            words = ", ".join("%s %d" % (word, n) for word, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])))
            yield "| %s | %s | %s |" % (layer.name, column, words)


def filled_line(layer, columns):
    n = len(layer.rows)
    words = ", ".join("%s %d" % (c, sum(1 for row, _ in layer.rows if row.get(c) not in ("", None))) for c in columns)
    return "| %s | rows of %d that hold | %s |" % (layer.name, n, words)


def table(layers):
    lines = ["| layer | column | rows |", "|---|---|---|"]
    for name in TABLED:
        lines += count_lines(layers[name])
    lines.append(filled_line(layers["school"], ("opens", "capacity", "students", "later_status")))
    lines.append(filled_line(layers["hospital"], ("opens", "capacity", "later_status")))
    lines.append(filled_line(layers["project_site"], ("started", "opens", "investment_yuan", "later_status")))
    value = {row["id"]: row["value"] for row in rows_of(layers, "register")}
    lines.append("| register | of %s projects | named one by one %d, schools %s, talent community projects at least %s, not named at most %s |" % (
        value["reg-projects"],
        int(value["reg-projects"]) - sum(int(value[k]) for k in ("reg-schools", "reg-talent-projects", "reg-remainder")),
        value["reg-schools"], value["reg-talent-projects"], value["reg-remainder"]))
    return lines

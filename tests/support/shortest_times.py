"""Shortest times on the roads of Beijing by a Dijkstra of the tests' own.

shortest_times.py points EDGES FROM.csv TO.csv   writes junctions to go from and to
shortest_times.py check EDGES FOUND.csv          compares from_id, to_id, time_s with its own
"""
import csv
import gzip
import heapq
import io
import random
import sys

N_FROM, N_TO, TOLERANCE_S = 25, 40, 1e-6


def read(path):
    """Arcs of every node with their seconds, where each node lies by the ends of its roads, and its
    neighbours."""
    arcs, places, near = {}, {}, {}
    with gzip.open(path) as packed:
        for row in csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8")):
            a, b = row["from_node"], row["to_node"]
            points = row["WKT"].partition("(")[2].rstrip(")").split(",")
            places.setdefault(a, set()).add(points[0])
            places.setdefault(b, set()).add(points[-1])
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
            seconds = float(row["length_m"]) / float(row["speed_kmh"]) * 3.6
            if row["car_forward"] == "1":
                arcs.setdefault(a, []).append((b, seconds))
            if row["car_backward"] == "1":
                arcs.setdefault(b, []).append((a, seconds))
    return arcs, places, near


def choose(arcs, places, near):
    """Junctions that share their place with no other.  Between junctions facmap joins roads, and a
    position on a joined road counts by its share of the geometry, not of the lengths in the table."""
    taken = {}
    for node, where in places.items():
        for place in where:
            taken[place] = taken.get(place, 0) + 1
    nodes = sorted((node for node in arcs
                    if len(near[node]) > 2 and len(places[node]) == 1 and taken[min(places[node])] == 1), key=int)
    chosen = random.Random(17).sample(nodes, N_FROM + N_TO)
    return chosen[:N_FROM], chosen[N_FROM:]


def write(path, nodes, places):
    with open(path, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("id", "lon", "lat"))
        for node in nodes:
            table.writerow(("n" + node, *min(places[node]).split()))


def times(arcs, start):
    done, queue = {}, [(0.0, start)]
    while queue:
        seconds, node = heapq.heappop(queue)
        if node in done:
            continue
        done[node] = seconds
        for head, cost in arcs.get(node, ()):
            if head not in done:
                heapq.heappush(queue, (seconds + cost, head))
    return done


def check(arcs, starts, ends, path):
    with open(path, encoding="utf-8") as text:
        found = {(row["from_id"][1:], row["to_id"][1:]): float(row["time_s"])
                 for row in csv.DictReader(text) if row["to_id"]}
    worst, n = 0.0, 0
    for start in starts:
        ours = times(arcs, start)
        for end in ends:
            if ((start, end) in found) != (end in ours):
                sys.exit(f"{start} to {end}: found {found.get((start, end))}, expected {ours.get(end)}")
            if end in ours:
                worst, n = max(worst, abs(found[start, end] - ours[end])), n + 1
    print(f"{n} of {len(starts) * len(ends)} pairs have a way, the worst is off by {worst:.2g} s")
    if n < 900 or worst > TOLERANCE_S:
        sys.exit(1)


def main(task, edges, *paths):
    arcs, places, near = read(edges)
    starts, ends = choose(arcs, places, near)
    if task == "points":
        write(paths[0], starts, places)
        write(paths[1], ends, places)
    else:
        check(arcs, starts, ends, paths[0])


main(*sys.argv[1:])

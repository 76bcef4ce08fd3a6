"""Road graphs to search: node numbers and costs in seconds, as numpy arrays and as the raw file that
bench-network and the peers read."""
import csv
import gzip
import io
import os
import pathlib
import struct

import numpy

EDGES = "data/roads/beijing_osm2017_edges.csv.gz"
NODES = "data/roads/beijing_osm2017_nodes.csv.gz"


def shared(name):
    """A file of the data beside the repository, or None where they are not there."""
    beside = pathlib.Path(__file__).resolve().parents[3] / "shared"
    path = pathlib.Path(os.environ.get("FACMAP_SHARED") or beside) / name
    return path if path.exists() else None


def rows(path):
    return csv.DictReader(io.TextIOWrapper(gzip.open(path), encoding="utf-8"))


class Graph:
    def __init__(self, name, n_nodes, tails, heads, costs):
        self.name = name
        self.n_nodes = n_nodes
        self.tails = numpy.asarray(tails, "<u4")
        self.heads = numpy.asarray(heads, "<u4")
        self.costs = numpy.asarray(costs, "<f8")
        self.ends = numpy.empty(0, "<u4")

    def choose_ends(self, n, seed):
        """`n` different nodes that have an arc."""
        nodes = numpy.unique(self.tails)
        self.ends = numpy.random.default_rng(seed).choice(nodes, n, replace=False).astype("<u4")

    def save(self, path):
        with open(path, "wb") as out:
            out.write(struct.pack("<3I", self.n_nodes, len(self.tails), len(self.ends)))
            for column in (self.tails, self.heads, self.ends, self.costs):
                out.write(column.tobytes())

    @classmethod
    def load(cls, path):
        with open(path, "rb") as source:
            n_nodes, n_arcs, n_ends = struct.unpack("<3I", source.read(12))

            def column(kind, n):
                return numpy.fromfile(source, kind, n)

            tails, heads, ends = column("<u4", n_arcs), column("<u4", n_arcs), column("<u4", n_ends)
            graph = cls(path, n_nodes, tails, heads, column("<f8", n_arcs))
        graph.ends = ends
        return graph


def beijing():
    """The roads of Beijing by car, or None where the shared data are not there."""
    path = shared(EDGES)
    if path is None:
        return None
    tails, heads, costs = [], [], []
    for row in rows(path):
        ends = int(row["from_node"]), int(row["to_node"])
        seconds = float(row["length_m"]) / float(row["speed_kmh"]) * 3.6
        for way, (tail, head) in (("car_forward", ends), ("car_backward", ends[::-1])):
            if row[way] == "1":
                tails.append(tail)
                heads.append(head)
                costs.append(seconds)
    return Graph("Beijing", max(max(tails), max(heads)) + 1, tails, heads, costs)


def grid(side, seed):
    """A town of square blocks of 100 m at 30 km/h, its crossings moved by up to 30 m each way."""
    rng = numpy.random.default_rng(seed)
    y, x = numpy.divmod(numpy.arange(side * side), side)
    x_m, y_m = (100 * (axis + rng.uniform(-0.3, 0.3, side * side)) for axis in (x, y))
    east, north = numpy.flatnonzero(x < side - 1), numpy.flatnonzero(y < side - 1)
    a, b = numpy.concatenate([east, north]), numpy.concatenate([east + 1, north + side])
    seconds = numpy.hypot(x_m[a] - x_m[b], y_m[a] - y_m[b]) * 3.6 / 30
    return Graph(f"grid {side} x {side}", side * side, numpy.concatenate([a, b]),
                 numpy.concatenate([b, a]), numpy.concatenate([seconds, seconds]))

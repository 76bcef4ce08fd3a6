"""The searches of the road network side by side with scipy.sparse.csgraph and pgRouting, in one run.

Calls are timed inside the processes, without reading the graph.  All sides get the same graph and the same
ends, and take turns.  What they find is compared before any time is printed.  What runs at the moment goes to
standard error; a process that takes longer than PROCESS_LIMIT_S is stopped, and the whole with it.
"""
import csv
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile

import numpy

import roads

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "peers"))
import pgrouting  # noqa: E402 (found by the line above)

PYTHON = "/usr/bin/python3"
LIMIT_S = 900
N_ENDS = 1000
THREADS = 2
SEED = 7
TARGET_MB = 600
PROCESS_LIMIT_S = 600


class Network:
    def __init__(self, options, folder):
        self.facmap = options.facmap
        self.kernels = options.kernels
        self.runs = options.runs
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def turns(self, what):
        """One after the other, what tells that a side of this run begins."""
        for turn in range(1, self.runs + 1):
            yield lambda side, turn=turn: print(f"{what}: run {turn} of {self.runs}: {side}", file=sys.stderr)

    @staticmethod
    def timed(command):
        """What a process says in JSON, its wall seconds and its peak memory in MB."""
        done = subprocess.run([PYTHON, "-B", str(HERE / "peak.py"), str(PROCESS_LIMIT_S), *command],
                              stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"bench: failed: {' '.join(command)}")
        said, figures = done.stdout.rstrip().rsplit("\n", 1)
        figures = json.loads(figures)
        return json.loads(said), figures["seconds"], figures["peak_mb"]

    def ours(self, graph, task, limit):
        said, _, memory = self.timed([self.kernels, self.path(f"{graph.name}.bin"), task, str(limit), str(THREADS),
                                      self.path("ours")])
        return said, memory

    def scipys(self, graph, task, limit):
        said, _, memory = self.timed([PYTHON, "-B", str(HERE / "peers/csgraph_scipy.py"),
                                      self.path(f"{graph.name}.bin"), task, str(limit), self.path("theirs")])
        return said[task], memory

    def assert_same(self, what):
        ours, theirs = (numpy.fromfile(self.path(side)) for side in ("ours", "theirs"))
        if not numpy.allclose(ours, theirs, rtol=1e-9, atol=1e-6):
            sys.exit(f"bench: {what}: facmap and its peer do not find the same")

    @staticmethod
    def median(figures):
        return statistics.median(seconds for seconds, _ in figures), max(mb for _, mb in figures)

    @staticmethod
    def row(what, ours, peer_name, theirs, target):
        ratio = theirs[0] / ours[0]
        verdict = "met" if ratio >= target else "MISSED"
        print(f"{what:44} facmap {ours[0]:8.3f} s {ours[1]:5.0f} MB   {peer_name:23} {theirs[0]:8.3f} s "
              f"{theirs[1]:5.0f} MB   {ratio:6.2f} x as fast, target {target:g}: {verdict}", flush=True)

    # ---- kernels --------------------------------------------------------------------------

    def reach(self, graph, server):
        what = f"{graph.name}: {N_ENDS:,} areas of {LIMIT_S // 60} min"
        ours, theirs, rows = [], [], []
        for begins in self.turns(what):
            begins("facmap")
            said, memory = self.ours(graph, "reach", LIMIT_S)
            ours.append((said["reach"], memory))
            begins("scipy")
            theirs.append(self.scipys(graph, "reach", LIMIT_S))
            self.assert_same(what)
            if server:
                begins("pgRouting")
                seconds, memory, n_reached = server.reach(graph.ends.tolist(), LIMIT_S)
                rows.append((seconds, memory))
                if n_reached != numpy.fromfile(self.path("ours"))[::2].sum():
                    sys.exit(f"bench: {what}: facmap and pgRouting do not reach the same nodes")
        ours = self.median(ours)
        self.row(what, ours, "scipy dijkstra(limit)", self.median(theirs), 11)
        if server:
            self.row(what, ours, "pgr_drivingDistance", self.median(rows), 30)

    def nearest(self, graph):
        what = f"{graph.name}: nearest of {N_ENDS:,} of every node"
        ours, theirs = [], []
        for begins in self.turns(what):
            begins("facmap")
            said, memory = self.ours(graph, "nearest", "inf")
            ours.append((said["nearest"], memory))
            begins("scipy")
            theirs.append(self.scipys(graph, "nearest", "inf"))
            self.assert_same(what)
        self.row(what, self.median(ours), "scipy min_only=True", self.median(theirs), 4.5)

    def matrix(self, graph):
        """Both in units of a full search of scipy's from one node."""
        build, matrix, single = [], [], []
        for begins in self.turns(f"{graph.name}: hierarchy and matrix"):
            begins("facmap")
            said, memory = self.ours(graph, "matrix", "inf")
            build.append(said["hierarchy"])
            matrix.append((said["matrix"], memory))
            begins("scipy, from one node")
            single.append(self.scipys(graph, "single", "inf")[0])
        build, single, (matrix, memory) = statistics.median(build), statistics.median(single), self.median(matrix)
        for what, seconds, target in (("hierarchy", build, 30),
                                      (f"matrix {N_ENDS:,} x {N_ENDS:,}", matrix, 0.75)):
            units = seconds / single
            print(f"{graph.name + ': ' + what:44} facmap {seconds:8.3f} s {memory:5.0f} MB   "
                  f"{'scipy, from one node':23} {single:8.3f} s   {units:6.2f} such runs, at most {target:g}: "
                  f"{'met' if units <= target else 'MISSED'}")
        print(f"{graph.name + ': memory of both':44} {memory:.0f} MB, under {TARGET_MB}: "
              f"{'met' if memory < TARGET_MB else 'MISSED'}", flush=True)

    # ---- the tool -------------------------------------------------------------------------

    def tool(self, *args):
        subprocess.run([self.facmap, *args, "--quiet"], check=True, timeout=PROCESS_LIMIT_S)

    def write_points(self, name, nodes):
        with open(self.path(name), "w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(("id", "residents", "lon", "lat"))
            for row in nodes:
                table.writerow((row["node_id"], 1, row["lon"], row["lat"]))

    @staticmethod
    def copy_to_disk(source, target):
        """A copy that is on the disk, so that the syncs of a command wait for what it writes itself."""
        with open(target, "wb") as out:
            out.write(pathlib.Path(source).read_bytes())
            out.flush()
            os.fsync(out.fileno())

    def coverage(self, graph):
        """The command of the whole against its kernel: service areas of all facilities."""
        edges, nodes = roads.shared(roads.EDGES), list(roads.rows(roads.shared(roads.NODES)))
        by_id = {int(row["node_id"]): row for row in nodes}
        self.write_points("facility.csv", [by_id[node] for node in graph.ends.tolist()])
        self.write_points("demand.csv", nodes)
        base, ws = self.path("base.sqlite"), self.path("ws.sqlite")
        self.tool("init", base)
        for source, kind in ((edges, "network"), (self.path("facility.csv"), "facility"),
                             (self.path("demand.csv"), "demand")):
            self.tool("load", base, str(source), "--crs", "EPSG:4326", "--kind", kind, "--layer", kind)
        # What is made once for all commands of a workspace, such as the network, is made here.
        command = [self.facmap, "coverage", base, "--of", "facility", "--demand", "demand", "--within",
                   f"{LIMIT_S // 60}min", "--via", "drive", "--direction", "from", "--threads", str(THREADS)]
        subprocess.run([*command, "--as", "warm", "--quiet"], check=True, timeout=PROCESS_LIMIT_S)
        command[2] = ws
        whole, kernel = [], []
        for begins in self.turns(f"{graph.name}: coverage"):
            begins("facmap")
            self.copy_to_disk(base, ws)
            whole.append(self.timed([*command, "--as", "c", "--json"])[1:])
            begins("its kernel")
            kernel.append(self.ours(graph, "reach", LIMIT_S)[0]["reach"])
        (seconds, memory), kernel = self.median(whole), statistics.median(kernel)
        print(f"{graph.name + ': facmap coverage --via drive':44} facmap {seconds:8.3f} s {memory:5.0f} MB   "
              f"{'its kernel':23} {kernel:8.3f} s   {seconds / kernel:6.2f} times, at most 2: "
              f"{'met' if seconds <= 2 * kernel else 'MISSED'}", flush=True)


def run_graph(bench, graph, server):
    print(f"{graph.name}: writing {len(graph.tails):,} arcs", file=sys.stderr)
    graph.choose_ends(N_ENDS, SEED)
    graph.save(bench.path(f"{graph.name}.bin"))
    if server:
        server.load(graph)
    bench.reach(graph, server)
    bench.nearest(graph)


def run(options):
    """Everything, on both networks; `options` as in bench.py."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leave no server and no folder behind
    programs = pgrouting.programs()
    if programs is None:
        print("pgRouting is not installed: scripts/setup --bench installs it; going on without")
    load = os.getloadavg()[0]
    print(f"{options.runs} runs each, {THREADS} threads for facmap, load of the machine before: {load:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="facmap-bench-") as folder:
        bench = Network(options, folder)
        city, town = roads.beijing(), roads.grid(700, 1)
        if city is None:
            print("the shared roads of Beijing are not there: only the grid is searched")
        if programs:
            with pgrouting.Server(programs) as server:
                for graph in filter(None, (city, town)):
                    run_graph(bench, graph, server)
        else:
            for graph in filter(None, (city, town)):
                run_graph(bench, graph, None)
        if city:
            bench.coverage(city)
        bench.matrix(town)

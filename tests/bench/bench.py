"""Times facmap side by side with tools that Debian ships, in one run: whole processes, and of the task
network the searches alone.

    bench.py [--facmap TOOL] [--runs N] [--rows N] [--folder F] [load] [nearest] [coverage] [render] [labels]
             [network]

For each task the two commands take turns (A B A B ...), so that a machine that changes its pace changes it
for both; medians, peak memory and their ratio are printed.  The data are seeded: the same on every run.
"""
import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"
EPSG = 4548
EXTENT = (115.5, 39.5, 117.4, 41.0)
TASKS = ("load", "nearest", "coverage", "render", "labels", "network")


def write_points(path, n, seed, people):
    """CSV of clustered points: most around a few centres, the rest anywhere."""
    rng = random.Random(seed)
    west, south, east, north = EXTENT
    centres = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(40)]
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,%s,lon,lat\n" % ("residents" if people else "name_en"))
        for i in range(n):
            if rng.random() < 0.8:
                x, y = rng.choice(centres)
                x, y = rng.gauss(x, 0.05), rng.gauss(y, 0.05)
            else:
                x, y = rng.uniform(west, east), rng.uniform(south, north)
            value = rng.randint(0, 500) if people else f"Facility {i}"
            out.write(f"r{i},{value},{x:.6f},{y:.6f}\n")


def measure(command, folder):
    """Wall seconds, peak memory (MB) and processor seconds of one run."""
    begun = time.monotonic()
    with open(os.path.join(folder, "log.txt"), "ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    if status != 0:
        sys.exit(f"bench: failed: {' '.join(command)}\n" + open(log.name, encoding="utf-8").read()[-2000:])
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


class Bench:
    def __init__(self, options, rows, folder):
        self.facmap = options.facmap
        self.runs = options.runs
        self.rows = rows
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def fresh(base, ws, peer):
        """What both sides begin with: the workspace as it was, and no output of the peer."""
        shutil.copy(base, ws)
        pathlib.Path(peer).unlink(missing_ok=True)

    def tool(self, *args):
        subprocess.run([self.facmap, *args, "--quiet"], check=True)

    def compare(self, what, ours, peer_name, peer, prepare=lambda: None):
        """Run both in turn and print a row."""
        results = ([], [])
        for turn in range(self.runs + 1):
            for side, command in enumerate((ours, peer)):
                prepare()
                figure = measure(command, self.folder)
                if turn > 0:  # the first turn warms the file cache
                    results[side].append(figure)
        seconds = [statistics.median(s for s, _, _ in side) for side in results]
        memory = [max(m for _, m, _ in side) for side in results]
        work = [statistics.median(w for _, _, w in side) for side in results]
        print(f"{what:34} facmap {seconds[0]:7.2f} s {memory[0]:6.0f} MB   "
              f"{peer_name:28} {seconds[1]:7.2f} s {memory[1]:6.0f} MB   "
              f"{seconds[1] / seconds[0]:5.2f} x as fast, {work[1] / work[0]:5.2f} x less work", flush=True)

    def load(self):
        source = self.path("points.csv")
        write_points(source, self.rows, 1, people=False)
        empty, ws, peer = self.path("empty.sqlite"), self.path("load.sqlite"), self.path("peer.sqlite")
        self.tool("init", empty)

        def ogr2ogr(*settings):
            return ["ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "-oo", "X_POSSIBLE_NAMES=lon",
                    "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326", *settings, peer, source]

        ours = [self.facmap, "load", ws, source, "--crs", "EPSG:4326", "--quiet"]
        self.compare(f"load {self.rows:,} CSV points", ours, "ogr2ogr -f SQLite", ogr2ogr(),
                     lambda: self.fresh(empty, ws, peer))
        fastest = ogr2ogr("-gt", str(self.rows), "--config", "OGR_SQLITE_SYNCHRONOUS", "OFF",
                          "--config", "OGR_SQLITE_JOURNAL", "OFF", "--config", "OGR_SQLITE_CACHE", "512")
        self.compare(f"load {self.rows:,} CSV points", ours, "ogr2ogr, no sync or journal", fastest,
                     lambda: self.fresh(empty, ws, peer))

    def tables(self, n_facilities):
        demand, facility = self.path("demand.csv"), self.path("facility.csv")
        write_points(demand, self.rows, 2, people=True)
        write_points(facility, n_facilities, 3, people=False)
        base = self.path(f"base-{n_facilities}.sqlite")
        self.tool("init", base)
        self.tool("load", base, demand, "--crs", "EPSG:4326", "--kind", "demand")
        self.tool("load", base, facility, "--crs", "EPSG:4326")
        return demand, facility, base

    def nearest(self):
        demand, facility, base = self.tables(1000)
        ws, peer = self.path("nearest.sqlite"), self.path("nearest.gpkg")
        self.compare(
            f"nearest of 1,000 for {self.rows:,}",
            [self.facmap, "proximity", ws, "--from", "demand", "--to", "facility", "--as", "near", "--quiet"],
            "scipy, OGR (planar)",
            [PYTHON, str(HERE / "peers/nearest_scipy.py"), demand, facility, peer, str(EPSG)],
            lambda: self.fresh(base, ws, peer))

    def coverage(self):
        demand, facility, base = self.tables(300)
        ws, peer = self.path("coverage.sqlite"), self.path("coverage.gpkg")
        self.compare(
            f"coverage of 300, 3 limits, {self.rows:,}",
            [self.facmap, "coverage", ws, "--of", "facility", "--within", "1km,3km,5km", "--demand", "demand",
             "--as", "c", "--quiet"],
            "scipy, shapely, OGR (planar)",
            [PYTHON, str(HERE / "peers/coverage_scipy.py"), demand, facility, peer, str(EPSG),
             "1000", "3000", "5000"],
            lambda: self.fresh(base, ws, peer))

    def render(self):
        ws, gpkg = self.path("city.sqlite"), self.path("city.gpkg")
        self.tool("init", ws)
        self.tool("load", ws, str(ROOT / "geodata/beijing/dataset.json"))
        self.tool("export", ws, gpkg)
        self.compare(
            "render the layout, A3 at 300 dpi",
            [self.facmap, "render", ws, "layout", "-o", self.path("ours.png"), "--quiet"],
            "mapnik (no page)",
            [PYTHON, str(HERE / "peers/render_mapnik.py"), gpkg, self.path("theirs.png"), str(EPSG), "4961", "3508"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facmap", default=str(ROOT / "build/release/bin/facmap"))
    parser.add_argument("--kernels", default=str(ROOT / "build/release/bin/bench-network"))
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each command (default 5)")
    parser.add_argument("--rows", type=int, help="points to load and to measure from (default 200000; 1000000 to "
                        "load, where 10000000 shows that neither rate nor memory depend on it)")
    parser.add_argument("--folder", help="keep the town that render draws here, and the pictures, and use them again")
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=", ".join(TASKS) + " (default: all)")
    options = parser.parse_args()
    unknown = [task for task in options.tasks if task not in TASKS]
    if unknown:
        parser.error(f"unknown task '{unknown[0]}': {', '.join(TASKS)}")
    for task in options.tasks or TASKS:
        if task == "labels":
            import labels  # numpy

            labels.run(options, measure)
            continue
        if task == "network":
            import network  # numpy, which the other tasks need not carry

            network.run(options)
            continue
        if task == "render":
            import render  # numpy and GDAL

            render.run(options)
        with tempfile.TemporaryDirectory(prefix="facmap-bench-") as folder:
            rows = options.rows or (1000000 if task == "load" else 200000)
            getattr(Bench(options, rows, folder), task)()


if __name__ == "__main__":
    main()

"""pgRouting in a PostgreSQL server of its own: a temporary cluster that listens on a socket in its own
folder only, and is stopped and deleted afterwards."""
import glob
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile

ACCOUNT = "postgres"  # PostgreSQL refuses to run as root
# Enough memory that no step has to use the disk, and no waiting for it.
SETTINGS = ("listen_addresses=''", "fsync=off", "full_page_writes=off", "shared_buffers=512MB",
            "work_mem=512MB", "maintenance_work_mem=512MB")
STATEMENT_LIMIT_S = 600


def programs():
    """The folder of the newest PostgreSQL that has pgRouting, or None."""
    found = [(int(match[1]), f"/usr/lib/postgresql/{match[1]}/bin")
             for path in glob.glob("/usr/share/postgresql/*/extension/pgrouting.control")
             if (match := re.search(r"/postgresql/(\d+)/", path))]
    found = [(version, folder) for version, folder in found if os.path.exists(f"{folder}/initdb")]
    return max(found)[1] if found else None


class Server:
    def __init__(self, programs_folder):
        self.programs = programs_folder
        self.folder = tempfile.mkdtemp(prefix="facmap-bench-pg-")
        if os.geteuid() == 0:
            owner = pwd.getpwnam(ACCOUNT)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.data = os.path.join(self.folder, "data")

    def run(self, program, *args, **options):
        prefix = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*prefix, os.path.join(self.programs, program), *args], check=False, text=True,
                              cwd=self.folder, stdout=subprocess.PIPE, **options)
        if done.returncode != 0:  # it has said why
            sys.exit(f"bench: PostgreSQL: {program} failed")
        return done.stdout

    def __enter__(self):
        self.run("initdb", "-D", self.data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C")
        settings = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"statement_timeout={STATEMENT_LIMIT_S}s"))
        self.run("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.folder, "log"),
                 "-o", f"-k {self.folder} {settings}", "start")
        self.sql("CREATE EXTENSION postgis; CREATE EXTENSION pgrouting")
        return self

    def __exit__(self, *_):
        try:
            self.run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder)

    def sql(self, text, rows=None):
        """Run statements in a connection of their own; what they print."""
        return self.run("psql", "-h", self.folder, "-U", ACCOUNT, "-d", "postgres", "-X", "-q", "-A", "-t",
                        "-v", "ON_ERROR_STOP=1", "-c", text, input=rows)

    def load(self, graph):
        self.sql("SET client_min_messages = warning; DROP TABLE IF EXISTS arcs; CREATE TABLE arcs "
                 "(id bigint PRIMARY KEY, source bigint, target bigint, cost float8)")
        arcs = zip(graph.tails.tolist(), graph.heads.tolist(), graph.costs.tolist())
        self.sql("COPY arcs FROM STDIN",
                 "".join(f"{arc}\t{tail}\t{head}\t{cost!r}\n" for arc, (tail, head, cost) in enumerate(arcs)))
        self.sql("ANALYZE arcs")

    def reach(self, ends, limit):
        """One call of pgr_drivingDistance: its seconds by the server's clock, the most memory in MB that its
        process held, and how many nodes it reached."""
        nodes = ",".join(map(str, ends))
        found = self.sql(
            "CREATE TEMP TABLE clock AS SELECT clock_timestamp() AS begun;"
            "CREATE TEMP TABLE area AS SELECT count(*) AS n FROM pgr_drivingDistance("
            f"'SELECT id, source, target, cost FROM arcs', ARRAY[{nodes}], {limit}, true);"
            "SELECT extract(epoch FROM clock_timestamp() - begun), n,"
            r" (regexp_match(pg_read_file('/proc/self/status'), 'VmHWM:\s*(\d+)'))[1] FROM clock, area")
        seconds, n, memory_kb = found.strip().split("|")
        return float(seconds), float(memory_kb) / 1024, int(n)

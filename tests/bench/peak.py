"""Runs a command and prints one line of JSON after what it prints: its wall seconds and peak memory in MB.

    peak.py COMMAND...

A process of its own, because Linux counts the memory of whoever starts a program as the program's.
"""
import json
import os
import subprocess
import sys
import time

begun = time.monotonic()
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps({"seconds": time.monotonic() - begun, "peak_mb": usage.ru_maxrss / 1024}))
sys.exit(process.returncode != 0)

"""Runs a command and prints one line of JSON after what it prints: its wall seconds and peak memory in MB.

    peak.py SECONDS COMMAND...

A command that takes longer than SECONDS is stopped, and then this fails.  A process of its own, because Linux
counts the memory of whoever starts a program as the program's.
"""
import json
import os
import signal
import subprocess
import sys
import time

limit, command = int(sys.argv[1]), sys.argv[2:]


def stop(number, _frame):
    process.kill()
    sys.exit(f"bench: stopped{f' after {limit} s' if number == signal.SIGALRM else ''}: {' '.join(command)}")


begun = time.monotonic()
process = subprocess.Popen(command)
for caught in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
    signal.signal(caught, stop)
signal.alarm(limit)
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps({"seconds": time.monotonic() - begun, "peak_mb": usage.ru_maxrss / 1024}))
sys.exit(process.returncode != 0)

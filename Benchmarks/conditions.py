"""The conditions of a measurement: hardware, versions, repetitions."""

import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path


def conditions(quire, threads, rounds, batches):
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    torch = said(sys.executable, "-c", "import torch; print(torch.__version__)")
    return (
        f"{date.today()}, {processor()}, {os.cpu_count()} cores, {gigabytes:.0f} GB, {platform.platform()}, "
        f"load {os.getloadavg()[0]:.1f} before; quire {said(quire, '--version')} ({commit()}), "
        f"PyTorch {torch}, Python {platform.python_version()}.\n"
        f"{threads} threads, batch 64 unless stated, {rounds} rounds of {batches} batches after 3 that do not "
        "count; an entry is the median of its batches, a ratio is taken within its round."
    )


def processor():
    known = Path("/proc/cpuinfo")
    for line in known.read_text().splitlines() if known.exists() else []:
        if line.startswith("model name"):
            return line.split(": ", 1)[1]
    return platform.processor() or platform.machine()


def commit():
    found = said("git", "rev-parse", "--short", "HEAD")
    changed = said("git", "status", "--porcelain", "--untracked-files=no")
    return f"commit {found}{', changed' if changed else ''}" if found else "no commit"


def said(*command):
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, capture_output=True, text=True, cwd=root)
    return done.stdout.strip() if done.returncode == 0 else ""

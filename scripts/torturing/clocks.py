"""A clock that is set back, before a run and during one.

Each fault returns how often it was applied, and a remark for the summary."""

import json
import os
import struct
import subprocess
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from . import world
from .cases import Case, MIDDLE, SHORT, need, reference, rounds


class Clock:
    """The clock of all runs started while it is in use, a number of seconds ahead of the machine's.

    `None` if programs cannot be given another clock."""

    @staticmethod
    def made():
        folder = Path(tempfile.mkdtemp(dir=world.scratch))
        library, source = folder / "clock.so", Path(__file__).with_name("clock.c")
        command = ["clang", "-shared", "-fPIC", "-O1", str(source), "-o", str(library)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        clock = Clock(folder / "ahead", library)
        # Check that it changes the time that a program sees.
        with clock:
            clock.set(10 * 365 * 86400)
            year = subprocess.run(["date", "+%Y"], capture_output=True, text=True).stdout.strip()
        return clock if year.isdigit() and int(year) >= datetime.now().year + 9 else None

    def __init__(self, file, library):
        self.file, self.library = file, library

    def set(self, ahead):
        # Write in place: active runs have mapped the file.
        with open(self.file, "r+b" if self.file.exists() else "wb", buffering=0) as file:
            file.write(struct.pack("<q", ahead))

    def __enter__(self):
        os.environ.update(LD_PRELOAD=str(self.library), QUIRE_TORTURE_CLOCK=str(self.file))

    def __exit__(self, *_):
        del os.environ["LD_PRELOAD"], os.environ["QUIRE_TORTURE_CLOCK"]


def clock(count, end):
    """A clock that was set back by up to ten years, between two runs and in the middle of one."""
    first = Case()
    first.run()
    second = Case(folder=first.folder, name="m", epochs=SHORT + 1)
    second.run()
    other = second.content()
    clock = Clock.made()
    for turn in rounds(count, end):
        seconds = world.chance.randrange(3600, 10 * 365 * 86400)
        between_runs(first, other, seconds, epochs=SHORT + turn % 2)
        if clock:
            with clock:
                within_a_run(clock, seconds)
    if not clock:
        return turn, "between two runs only: this machine's programs cannot be given another clock"
    return 2 * turn, "between two runs and in the middle of one; order of use kept"


def between_runs(first, other, seconds, epochs):
    """All existing records are from the future."""
    case = first.copy()
    for path in case.output.rglob("*"):
        stamp = path.stat()
        os.utime(path, ns=(stamp.st_atime_ns + seconds * 10**9, stamp.st_mtime_ns + seconds * 10**9))
    case.arguments[3] = f"epochs={epochs}"
    case.run()
    case.expect_results_of(reference(epochs))
    need(case.named("m").content() == other, "the other notebook's results changed")
    labels = used_notebooks(case)
    need(labels[0] == "n", f"what was used last does not come first: {labels}")
    need(labels[-1] == "m" or epochs > SHORT, f"what was used first does not come last: {labels}")


def within_a_run(clock, seconds):
    """The clock jumps back during a training, and by the same time again before the next run."""
    case = Case(MIDDLE)
    clock.set(2 * seconds)
    process = case.start()
    case.wait_for_epoch(process, world.chance.randrange(1, 30))
    clock.set(seconds)
    case.end(process)
    case.expect_results_of(reference(MIDDLE))
    need(beginning(case) >= datetime.now() + timedelta(seconds=seconds - 86400), "the clock was not another")
    clock.set(0)
    case.arguments[3] = f"epochs={MIDDLE + 5}"
    said = case.run()
    need("Resumed" in said, f"did not resume: {said[:600]}")
    case.expect_results_of(reference(MIDDLE + 5))


def beginning(case):
    """The start of the run according to its own clock."""
    started = json.loads((case.results / "run.json").read_text())["provenance"]["started"]
    return datetime.strptime(started, "%Y-%m-%dT%H:%M:%SZ")


def used_notebooks(case):
    """The notebooks with records in the store, most recently used first."""
    listing = subprocess.run(
        [world.quire, "cache", "ls", "--json"], cwd=case.folder, capture_output=True, text=True, check=True).stdout
    return [record["label"].split(":")[0] for record in json.loads(listing)["records"]]

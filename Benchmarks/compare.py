"""Compares quire with PyTorch on this machine and prints Markdown tables; scripts/bench calls it.

Every contender runs in a process of its own, once a round, the rounds interleaved. PyTorch is given its batch
ready in memory; quire loads, shuffles and augments beside its steps, unless a table says otherwise.
"""

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

from contenders import Contenders
from tables import Goal, Table, attempt, number, row, rule

ROOT = Path(__file__).resolve().parent.parent
AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}


def comparisons(make, threads):
    """By the name that --only takes."""

    def both(**settings):
        return [make.pytorch(**settings), make.pytorch(tuned=True, **settings)]

    def against(default, tuned, least=None):
        goals = [Goal(default, "quire", "PyTorch default"), Goal(tuned, "quire", "PyTorch tuned")]
        return goals + ([Goal(least, "quire")] if least else [])

    halves = [make.step("1 thread", threads=1), make.step(f"{threads} threads")]
    tables = {
        "float32": Table("float32", both() + [make.epoch()], against(5, 3.5, 520)),
        "mixed": Table(
            "mixed bfloat16, PyTorch with autocast",
            both(precision="bfloat16") + [make.epoch(precision="mixedBFloat16")],
            against(3.5, 2.3, 720),
        ),
        "threads": Table(
            "float32, batches ready in memory", halves, [Goal(0.52, "1 thread", f"{threads} threads")]
        ),
        "avx2": Table(
            "float32, AVX2 at most",
            both(environment=AVX2) + [make.epoch(environment={"QUIRE_ISA": "avx2"})],
            [Goal(2.5, "quire", "PyTorch default")],
        ),
    }
    for network in "resnet20", "vgg", "edited":
        tables[network] = Table(
            f"float32, {network}",
            [make.pytorch(tuned=True, network=network), make.epoch(network=network)],
            [Goal(0.5, "quire", "PyTorch tuned")],
        )
    tables["augment"] = Table(
        "augmentation, a core",
        [make.bench("quire", "augment", figure="imagesPerSecond")],
        [Goal(25_000, "quire")],
    )
    return tables


def single_figures(make, counter):
    """Rows of the closing table that need no rounds: what, what is asked for, what was found."""
    evaluation = make.bench("", "evaluate", "--threads", make.threads, "--rounds", "3", figure="seconds")
    yield "evaluation of 10,000 images", "at most 4 s", evaluation, lambda found: f"{found['seconds']:.2f} s"
    training = make.epoch(images=50_000)
    yield "peak memory, 50,000 images", "at most 700 MB", training, memory
    yield "PyTorch's, without the data", "", make.pytorch(), memory
    waiting = make.epoch(images=10_000)
    yield "share of the time that steps wait for batches", "", waiting, lambda found: f"{100 * found['waitShare']:.2f} %"
    for precision in "float32", "mixedBFloat16":
        step = make.step(precision=precision, environment={"LD_PRELOAD": counter})
        yield f"allocations in a step, {precision}", "0", step, allocations


def memory(found):
    return f"{found['peakMemoryBytes'] / 1e6:,.0f} MB"


def allocations(found):
    return f"{found['allocationsPerStep']:g}" if "allocationsPerStep" in found else "not counted here"


def summary(tables, singles):
    lines = ["### Summary", "", row(["what", "asked", "found"]), rule(3)]
    for table in tables:
        for goal in table.goals:
            value = goal.value(table)
            found = "—" if value is None else f"{value:,.2f}×" if goal.to else number(value, 0)
            asked = f"at least {goal.least:g}×" if goal.to else f"at least {goal.least:,g}"
            if value is not None and value < goal.least:
                found += " (short)"
            lines.append(row([f"{table.title}: {goal.describe()}", asked, found]))
    return "\n".join(lines + [row(list(cells)) for cells in singles])


def conditions(options, quire):
    """Hardware, versions and how it was run."""

    def said(*command):
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        return done.stdout.strip() if done.returncode == 0 else ""

    processor = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), processor)
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    commit = said("git", "rev-parse", "--short", "HEAD") or "unknown"
    changed = ", changed" if said("git", "status", "--porcelain", "--untracked-files=no") else ""
    torch = said(sys.executable, "-c", "import torch; print(torch.__version__)")
    return "\n".join(
        [
            f"{date.today()}, {processor}, {os.cpu_count()} cores, {gigabytes:.0f} GB, {platform.platform()}; "
            f"quire {said(str(quire), '--version')} (commit {commit}{changed}), PyTorch {torch}, "
            f"Python {platform.python_version()}.",
            f"{options.threads} threads, batch 64, {options.rounds} rounds of {options.steps} steps after 3 that do "
            "not count; an entry is the median of its steps, a ratio is taken within its round.",
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quire", type=Path, required=True, help="the program")
    parser.add_argument("--counter", default="", help="the library that counts allocations")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=15)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="one round of 4 steps: to see that it works")
    parser.add_argument("--only", nargs="+", metavar="TABLE", help="some of the tables, and no single figures")
    parser.add_argument("--output", type=Path, help="also write the Markdown to a file")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.steps = 1, 4
    if min(options.rounds, options.steps, options.threads) < 1:
        parser.error("--rounds, --steps and --threads are at least 1")

    make = Contenders(options.quire.resolve(), options.threads, options.steps)
    tables = comparisons(make, options.threads)
    if unknown := set(options.only or []) - set(tables):
        parser.error(f"no table {', '.join(sorted(unknown))}; there are {', '.join(tables)}")
    chosen = [table for name, table in tables.items() if not options.only or name in options.only]
    machine = make.bench("machine", "machine", "--threads", options.threads, figure="float32")

    def say(line):
        print(line, file=sys.stderr, flush=True)

    for table in chosen:
        table.run(options.rounds, machine, say)
    singles = []
    if not options.only:
        for what, asked, contender, found in single_figures(make, options.counter):
            result, failure = attempt(contender)
            singles.append((what, asked, found(result) if result else failure))
            say(f"{what}: {singles[-1][2]}")
    parts = [conditions(options, options.quire)] + [table.markdown() for table in chosen]
    text = "\n\n".join(parts + [summary(chosen, singles)])
    print(text)
    if options.output:
        options.output.write_text(text + "\n")


if __name__ == "__main__":
    main()

"""Compares quire with PyTorch on this machine and prints Markdown tables; scripts/bench calls it.

Every contender runs in a process of its own, once a round, the rounds interleaved. PyTorch is given its batch
ready in memory; quire loads, shuffles and augments beside its steps, unless a table says otherwise.
"""

import argparse
import sys
from pathlib import Path

from conditions import conditions
from contenders import Contenders, NotebookRun
from network_tables import network_tables
from tables import Goal, Single, Table, row, rule

AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}


def comparisons(make, threads):
    """The comparisons by their names for --only."""

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
            "float32, batches in memory", halves, [Goal(0.52, "1 thread", f"{threads} threads")]
        ),
        "avx2": Table(
            "float32, AVX2 at most",
            both(environment=AVX2) + [make.epoch(environment={"QUIRE_ISA": "avx2"})],
            [Goal(2.5, "quire", "PyTorch default")],
        ),
    }
    tables["augment"] = Table(
        "augmentation, per core",
        [make.bench("quire", "augment", figure="imagesPerSecond")],
        [Goal(25_000, "quire")],
    )
    return tables


def single_figures(make, counter, quick):
    """Measurements that need no rounds: the last rows of the summary."""

    def memory(what, contender, most=None):
        return Single(f"peak memory, {what}", contender, "peakMemoryBytes", "MB", scale=1e-6, most=most)

    def allocations(precision):
        step = make.step(precision=precision, environment={"LD_PRELOAD": counter})
        return Single(f"allocations per batch, {precision}", step, "allocationsPerBatch", "", most=0)

    evaluation = make.bench("quire", "evaluate", "--threads", make.threads, figure="seconds")
    notebook = NotebookRun(make.quire, make.threads)
    waiting = make.epoch(images=10_000)
    rows = [
        Single("evaluation of 10,000 images", evaluation, "seconds", "s", decimals=2, most=4),
        memory("training on 50,000 images", make.epoch(images=50_000), 700),
        memory("an epoch of notebooks/cifar10.md", notebook, 700),
        memory("PyTorch, without data", make.pytorch()),
        Single("time spent waiting for batches", waiting, "waitShare", "%", decimals=2, scale=100),
        allocations("float32"),
        allocations("mixedBFloat16"),
    ]
    return [single for single in rows if not (quick and single.contender is notebook)]


def summary(tables, rows):
    lines = ["### Summary", "", row(["what", "asked", "found"]), rule(3)]
    for table in tables:
        lines += table.summary()
    return "\n".join(lines + rows)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quire", type=Path, required=True, help="quire program to measure")
    parser.add_argument("--counter", default="", help="library that counts allocations")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batches", type=int, default=15)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="one round of 4 batches, to check that everything works")
    parser.add_argument(
        "--only", nargs="+", metavar="TABLE", help="run only these tables"
    )
    parser.add_argument("--output", type=Path, help="also write the Markdown to this file")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.batches = 1, 4
    if min(options.rounds, options.batches, options.threads) < 1:
        parser.error("--rounds, --batches and --threads must be at least 1")

    make = Contenders(options.quire.resolve(), options.threads, options.batches)
    tables = {**comparisons(make, options.threads), **network_tables(make, options.quick)}
    if unknown := set(options.only or []) - set(tables):
        parser.error(f"unknown table {', '.join(sorted(unknown))}; the tables are {', '.join(tables)}")
    chosen = [table for name, table in tables.items() if not options.only or name in options.only]
    machine = make.bench("machine", "machine", "--threads", options.threads, figure="float32")

    def say(line):
        print(line, file=sys.stderr, flush=True)

    parts = []

    def give(part):
        parts.append(part)
        print(part + "\n", flush=True)

    give(conditions(make.quire, options.threads, options.rounds, options.batches))
    for table in chosen:
        table.run(options.rounds, machine, say)
        give(table.markdown())
    singles = [] if options.only else single_figures(make, options.counter, options.quick)
    give(summary(chosen, [single.run(say) for single in singles]))
    if options.output:
        options.output.write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main()

"""Tables with a row for each network and batch size: training, evaluation and memory."""

import statistics
from dataclasses import dataclass, field

from networks import NETWORKS
from tables import attempt, number, row, rule

# The rows of --quick.
QUICK = ("mlp", "lenet", "resnet20")


@dataclass
class NetworkRow:
    network: str
    batch_size: int
    # PyTorch, then quire.
    contenders: list
    # The minimum ratio.
    least: float
    # By contender, one JSON object per round; None if it failed.
    results: list = field(default_factory=lambda: [[], []])
    failures: list = field(default_factory=list)

    def run(self, first, say):
        """Runs both contenders; `first` is the index of the one that starts."""
        for index in (first, 1 - first):
            contender = self.contenders[index]
            result, said = attempt(contender)
            self.results[index].append(result)
            if result is None:
                self.failures.append(f"{self.network}, batch {self.batch_size}: {contender.name} failed: {said}")
            shown = said if result is None else number(result[contender.figure], 1)
            say(f"{self.network}, batch {self.batch_size}: {contender.name} {shown}")
        counts = {r[-1]["parameters"] for r in self.results if r[-1]}
        if len(counts) > 1:
            raise SystemExit(f"{self.network}: not the same network, {sorted(counts)} parameters")

    def figures(self, index, figure="imagesPerSecond"):
        return [result and result.get(figure) for result in self.results[index]]

    @property
    def ratios(self):
        return [b / a if a and b else None for a, b in zip(self.figures(0), self.figures(1))]


def median(values):
    found = [value for value in values if value is not None]
    return statistics.median(found) if found else None


@dataclass
class NetworkTable:
    """Images per second of PyTorch tuned and quire, with the ratio of every round."""

    title: str
    rows: list
    machine: list = field(default_factory=list)

    def run(self, rounds, machine, say):
        for index in range(rounds):
            say(f"{self.title}, round {index + 1}")
            self.machine.append(attempt(machine)[0])
            for line in self.rows:
                line.run(index % 2, say)
                if any("not supported by this processor" in failure for failure in line.failures):
                    # No other row has a result either.
                    self.rows = [line]
                    return

    def markdown(self):
        head = ["network", "batch", "PyTorch tuned", "quire", "quire / PyTorch tuned", "by round", "asked"]
        lines = [f"### {self.title} (images/s)", "", row(head), rule(len(head))]
        for line in self.rows:
            ratios = ", ".join(number(ratio, 2) for ratio in line.ratios)
            cells = [line.network, str(line.batch_size), number(median(line.figures(0)), 1)]
            cells += [number(median(line.figures(1)), 1), f"**{number(median(line.ratios), 2)}**", ratios]
            lines.append(row(cells + [f"{line.least:g}"]))
        speeds = ", ".join(number(machine and machine["float32"], 0) for machine in self.machine)
        lines.append(f"\nThe machine in each round: {speeds} GFLOP/s.")
        lines += [f"\n{failure}" for line in self.rows for failure in line.failures]
        return "\n".join(lines)

    def summary(self):
        for line in self.rows:
            ratio = median(line.ratios)
            found = "—" if ratio is None else f"{ratio:.2f}×"
            short = " (short)" if ratio is not None and ratio < line.least else ""
            name = f"{self.title}: {line.network}, batch {line.batch_size}"
            yield row([name, f"at least {line.least:g}×", found + short])


@dataclass
class MemoryTable:
    """Peak memory of a training, and quire's forecast of it."""

    title: str
    rows: list

    def run(self, rounds, machine, say):
        for line in self.rows:
            line.run(0, say)

    def markdown(self):
        head = ["network", "batch", "PyTorch", "of it imports", "quire", "quire / PyTorch"]
        head += ["forecast", "forecast / quire"]
        lines = [f"### {self.title} (MB)", "", row(head), rule(len(head))]
        for line in self.rows:
            pytorch, imports, quire, forecast = self.megabytes(line)
            cells = [number(pytorch, 0), number(imports, 0), number(quire, 0), ratio_text(quire, pytorch)]
            cells += [number(forecast, 0), ratio_text(forecast, quire)]
            lines.append(row([line.network, str(line.batch_size), *cells]))
        lines += [f"\n{failure}" for line in self.rows for failure in line.failures]
        return "\n".join(lines)

    @staticmethod
    def megabytes(line):
        found = line.figures(0, "peakMemoryBytes") + line.figures(0, "importedMemoryBytes")
        found += line.figures(1, "peakMemoryBytes") + line.figures(1, "forecastBytes")
        return [value and value * 1e-6 for value in found]

    def summary(self):
        for line in self.rows:
            pytorch, _, quire, forecast = self.megabytes(line)
            name = f"{self.title}: {line.network}, batch {line.batch_size}"
            over = " (over)" if pytorch and quire and quire > pytorch else ""
            yield row([f"{name}, quire / PyTorch", "at most 1×", ratio_text(quire, pytorch) + over])
            off = " (off)" if forecast and quire and not 0.9 <= forecast / quire <= 1.1 else ""
            yield row([f"{name}, forecast / quire", "0.9…1.1×", ratio_text(forecast, quire) + off])


def ratio_text(a, b):
    return f"{a / b:.2f}×" if a and b else "—"


def network_tables(make, quick):
    """The tables by their names for --only."""

    def settings(name, batch_size):
        batches = make.batches if quick else make.batches * NETWORKS[name].batches_factor
        return {"network": name, "batch-size": batch_size, "batches": batches}

    def rows(contenders, least):
        return [
            NetworkRow(name, size, contenders(settings(name, size)), least(name))
            for name, network in NETWORKS.items()
            if not quick or name in QUICK
            for size in network.batch_sizes
        ]

    def training(**precision):
        pytorch = {k: v.replace("mixedBFloat16", "bfloat16") for k, v in precision.items()}
        return lambda given: [make.pytorch(tuned=True, **given, **pytorch), make.step(**given, **precision)]

    def evaluation(given):
        quire = make.bench("quire", "evaluate", "--rounds", 0, *make.options(given), figure="imagesPerSecond")
        return [make.pytorch("--evaluate", tuned=True, **given), quire]

    def memory(given):
        quire = make.bench("quire", "memory", *make.options(given, without=("batches",)), figure="peakMemoryBytes")
        pytorch = make.pytorch(**given)
        pytorch.figure = "peakMemoryBytes"
        return [pytorch, quire]

    def least(name):
        return {"assignment": 3.5, "mlp": 1.3}.get(name, 2)

    def least_mixed(name):
        return 2.3 if name == "assignment" else 1.5

    mixed = training(precision="mixedBFloat16")
    return {
        "networks": NetworkTable("training, float32", rows(training(), least)),
        "networks-mixed": NetworkTable("training, mixed bfloat16", rows(mixed, least_mixed)),
        "networks-evaluation": NetworkTable("evaluation, float32", rows(evaluation, lambda name: 2)),
        "networks-memory": MemoryTable("peak memory, training in float32", rows(memory, lambda name: 1)),
    }

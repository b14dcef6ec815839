"""Runs rounds of contenders and formats Markdown tables."""

import statistics
from dataclasses import dataclass, field

from contenders import Failure


@dataclass
class Goal:
    """The minimum for the ratio of two contenders, or for one contender's figure."""

    least: float
    of: str
    to: str = None

    @property
    def name(self):
        return f"{self.of} / {self.to}" if self.to else self.of

    @property
    def asked(self):
        return f"at least {self.least:g}×" if self.to else f"at least {self.least:,g}"

    def found(self, table):
        value = table.ratio(self.of, self.to) if self.to else table.median(self.of)
        if value is None:
            return "—"
        shown = f"{value:.2f}×" if self.to else number(value, 0)
        return shown if value >= self.least else f"{shown} (short)"


@dataclass
class Single:
    """A figure that is measured once, with its maximum."""

    what: str
    contender: object
    figure: str
    unit: str
    decimals: int = 0
    scale: float = 1
    most: float = None

    def run(self, say):
        """The row in the summary."""
        result, found = attempt(self.contender)
        if result and self.figure not in result:
            found = "not known here"
        elif result:
            value = result[self.figure] * self.scale
            found = f"{number(value, self.decimals)} {self.unit}".strip()
            if self.most is not None and value > self.most:
                found += " (over)"
        say(f"{self.what}: {found}")
        asked = "" if self.most is None else f"at most {self.most:g} {self.unit}".strip()
        return row([self.what, asked, found])


@dataclass
class Table:
    title: str
    contenders: list
    goals: list = field(default_factory=list)
    unit: str = "images/s"
    # By contender: one JSON object per round; None if it failed.
    results: dict = field(default_factory=dict)
    # One per round: the speed and steadiness of the machine.
    machine: list = field(default_factory=list)
    failures: dict = field(default_factory=dict)

    def run(self, rounds, machine, say):
        """Runs every contender once per round; each round starts with another one."""
        for number in range(rounds):
            self.machine.append(attempt(machine)[0])
            first = number % len(self.contenders)
            for contender in self.contenders[first:] + self.contenders[:first]:
                result, said = attempt(contender)
                self.results.setdefault(contender.name, []).append(result)
                if result is None:
                    self.failures[contender.name] = said
                shown = said if result is None else f"{result[contender.figure]:.1f}"
                say(f"{self.title}, round {number + 1}: {contender.name} {shown}")
        self.check_same_network()

    def check_same_network(self):
        counts = {
            r["parameters"] for results in self.results.values() for r in results if r and "parameters" in r
        }
        if len(counts) > 1:
            raise SystemExit(f"{self.title}: not the same network, {sorted(counts)} parameters")

    def figures(self, name):
        figure = next(c.figure for c in self.contenders if c.name == name)
        return [result and result[figure] for result in self.results[name]]

    def median(self, name):
        found = [figure for figure in self.figures(name) if figure is not None]
        return statistics.median(found) if found else None

    def ratios(self, of, to):
        return [a / b if a and b else None for a, b in zip(self.figures(of), self.figures(to))]

    def ratio(self, of, to):
        """The median of the ratios within the rounds."""
        found = [ratio for ratio in self.ratios(of, to) if ratio is not None]
        return statistics.median(found) if found else None

    def summary(self):
        for goal in self.goals:
            yield row([f"{self.title}: {goal.name}", goal.asked, goal.found(self)])

    def markdown(self):
        names = [contender.name for contender in self.contenders]
        pairs = [(goal.of, goal.to) for goal in self.goals if goal.to]
        columns = [self.figures(name) for name in names] + [self.ratios(*pair) for pair in pairs]
        middle = [self.median(name) for name in names] + [self.ratio(*pair) for pair in pairs]
        decimals = [1] * len(names) + [2] * len(pairs)
        head = (
            ["round"] + names + [f"{of} / {to}" for of, to in pairs] + ["machine, GFLOP/s", "jitter", "free"]
        )
        lines = [f"### {self.title} ({self.unit})", "", row(head), rule(len(head))]
        for index, machine in enumerate(self.machine):
            cells = [number(column[index], d) for column, d in zip(columns, decimals)]
            cells.append(number(machine and machine["float32"], 0))
            cells += [share(machine and machine[name]) for name in ("jitter", "processorShare")]
            lines.append(row([str(index + 1)] + cells))
        lines.append(
            row(["**median**"] + [f"**{number(m, d)}**" for m, d in zip(middle, decimals)] + [""] * 3)
        )
        lines += [f"\n{name} failed: {said}" for name, said in self.failures.items()]
        return "\n".join(lines)


def attempt(contender):
    """The JSON object and None, or None and the reason of the failure."""
    try:
        return contender.run(), None
    except Failure as failure:
        return None, str(failure)


def row(cells):
    return "| " + " | ".join(cells) + " |"


def rule(columns):
    return "|:--" + "|--:" * (columns - 1) + "|"


def number(value, decimals):
    return "—" if value is None else f"{value:,.{decimals}f}"


def share(value):
    return "—" if value is None else f"{100 * value:.0f}%"

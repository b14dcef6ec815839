"""What compare.py lets run against each other: programs in processes of their own that print one JSON object."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Settings of the caller's shell that would change what is measured.
CHANGES_RESULTS = (
    "ATEN_CPU_CAPABILITY DNNL_MAX_CPU_ISA ONEDNN_MAX_CPU_ISA GLIBC_TUNABLES GOMP_CPU_AFFINITY KMP_AFFINITY "
    "LD_PRELOAD MKL_DEBUG_CPU_TYPE MKL_ENABLE_INSTRUCTIONS MKL_NUM_THREADS NVPL_BLAS_DEBUG_CPU_TYPE "
    "OMP_NUM_THREADS OMP_PROC_BIND OPENBLAS_CORETYPE QUIRE_ISA"
).split()


def clean_environment(extra):
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in CHANGES_RESULTS and not name.startswith("MALLOC_")
    }
    return {**kept, **extra}


class Failure(Exception):
    """A program that gave no figures, with what it said."""


@dataclass
class Contender:
    name: str
    command: list
    environment: dict = field(default_factory=dict)
    figure: str = "imagesPerSecond"

    def run(self):
        """The JSON object that the program prints last."""
        try:
            done = subprocess.run(
                [str(word) for word in self.command],
                env=clean_environment(self.environment),
                capture_output=True,
                text=True,
                timeout=1800,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Failure(str(error)) from error
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()
            raise Failure(said[-1])
        return json.loads(done.stdout.strip().splitlines()[-1])


class Contenders:
    """Makes contenders of one comparison: the same number of threads, steps and images a step for all."""

    def __init__(self, quire, threads, steps):
        self.quire, self.threads, self.steps = quire, threads, steps

    def pytorch(self, tuned=False, **settings):
        environment = settings.pop("environment", {})
        command = [sys.executable, HERE / "pytorch_train.py", "--threads", self.threads, "--steps", self.steps]
        command += options(settings) + (["--tuned"] if tuned else [])
        return Contender("PyTorch tuned" if tuned else "PyTorch default", command, environment)

    def step(self, name="quire", environment={}, **settings):
        """Whole steps of quire on a batch in memory."""
        settings = {"threads": self.threads, "steps": self.steps, **settings}
        return Contender(name, [self.quire, "bench", "train", "--json"] + options(settings), environment)

    def epoch(self, name="quire", environment={}, **settings):
        """Steps of quire with the assignment's augmentations running beside them."""
        settings = {"threads": self.threads, "steps": self.steps, **settings}
        return Contender(name, [self.quire, "bench", "epoch", "--json"] + options(settings), environment)

    def bench(self, name, *words, figure):
        return Contender(name, [self.quire, "bench", *words, "--json"], figure=figure)


def options(settings):
    return [word for name, value in settings.items() for word in ("--" + name.replace("_", "-"), value)]

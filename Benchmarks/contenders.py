"""The programs that compare.py compares: separate processes that print JSON."""

import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Environment variables that would change the measurement.
CHANGES_RESULTS = """
ATEN_CPU_CAPABILITY DNNL_MAX_CPU_ISA GLIBC_TUNABLES GOMP_CPU_AFFINITY KMP_AFFINITY LD_PRELOAD
MKL_DEBUG_CPU_TYPE MKL_ENABLE_INSTRUCTIONS MKL_NUM_THREADS NVPL_BLAS_DEBUG_CPU_TYPE OMP_NUM_THREADS
OMP_PROC_BIND ONEDNN_MAX_CPU_ISA OPENBLAS_CORETYPE QUIRE_ISA QUIRE_OPENBLAS
""".split()


def clean_environment(extra):
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in CHANGES_RESULTS and not name.startswith("MALLOC_")
    }
    return {**kept, **extra}


class Failure(Exception):
    """A program that printed no figures, with its output."""


@dataclass
class Contender:
    name: str
    command: list
    environment: dict = field(default_factory=dict)
    figure: str = "imagesPerSecond"

    def run(self):
        """The last JSON object that the program prints."""
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
            said = (
                done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}"
            ).splitlines()
            raise Failure(said[-1])
        return json.loads(done.stdout.strip().splitlines()[-1])


@dataclass
class NotebookRun:
    """The memory of an epoch of the assignment's notebook on noise of CIFAR-10's size."""

    quire: Path
    threads: int

    def run(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]:
                # 10,000 records of a label and 3 planes of 32×32 bytes.
                records = (bytes([random.randrange(10)]) + random.randbytes(3072) for _ in range(10_000))
                Path(folder, name).write_bytes(b"".join(records))
            notebook = HERE.parent / "notebooks" / "cifar10.md"
            command = [
                self.quire,
                "run",
                notebook,
                "--data",
                folder,
                "--output",
                folder,
                "-p",
                "epochs=1",
                "--quiet",
            ]
            process = subprocess.Popen(
                command + ["--threads", str(self.threads)],
                env=clean_environment({}),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            said = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise Failure(said.strip() or f"exit status {process.returncode}")
        return {"peakMemoryBytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)}


class Contenders:
    """Creates the contenders of a comparison, with the same number of threads, batches and images per batch."""

    def __init__(self, quire, threads, batches):
        self.quire, self.threads, self.batches = quire, threads, batches

    def pytorch(self, *words, tuned=False, environment=None, **settings):
        command = [sys.executable, HERE / "pytorch_train.py", *words] + self.options(settings)
        if tuned:
            return Contender("PyTorch tuned", command + ["--tuned"], environment or {})
        return Contender("PyTorch default", command, environment or {})

    def step(self, name="quire", environment=None, **settings):
        """Complete training steps of quire on a batch in memory."""
        command = [self.quire, "bench", "train", "--json"] + self.options(settings)
        return Contender(name, command, environment or {})

    def epoch(self, name="quire", environment=None, **settings):
        """Training steps of quire with the assignment's augmentations running in parallel."""
        command = [self.quire, "bench", "epoch", "--json"] + self.options(settings)
        return Contender(name, command, environment or {})

    def bench(self, name, *words, figure):
        """Another benchmark of quire."""
        return Contender(name, [self.quire, "bench", *words, "--json"], figure=figure)

    def options(self, settings, without=()):
        settings = {"threads": self.threads, "batches": self.batches, **settings}
        return [
            word for name, value in settings.items() if name not in without for word in (f"--{name}", value)
        ]

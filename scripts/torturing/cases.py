"""The notebook under test, runs of it, and checks of their results."""

import json
import re
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import world

NOTEBOOK = """---
title: A notebook that is tortured
seed: 5
---

# Small

```swift parameters
let epochs = 8
let width = 6
```

```swift
//| label: data
let data = loadData(SOURCE, batchSize: 20, augmentation: [
  .horizontalFlip(), .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5)
])
let model = buildModel("Small") {
  Conv2d(3, width, kernelSize: 3, stride: 4); BatchNorm2d(width); ReLU(); Dropout(0.1)
  AdaptiveAvgPool2d(1); Flatten(); Linear(width, 10); LogSoftmax()
}
```

```swift
//| label: training
let history = train(
  model, on: data, epochs: epochs, optimizer: .adamW(learningRate: 0.001, weightDecay: 1e-4),
  schedule: SCHEDULE)
```

The best epoch was `{swift} history.bestEpoch`; the loss ended at `{swift} fixed(history.finalTestLoss, 4)`.

```swift
//| label: curves
//| fig-cap: "How it went."
plot(.history(history))
```

```swift
//| label: result
let evaluation = evaluate(model, on: data)
confusionMatrix(evaluation)
save(model, to: "saved.safetensors")
```
"""


SOURCE = ".synthetic(train: 120, test: 40)"


CYCLIC = ".cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 3, cycleMomentum: true)"


# The epochs of a run that outlives all its kills, and of one that takes a second or two.
LONG, MIDDLE, SHORT = 3000, 60, 8


# The parts of the files in which two equal runs may differ.
TIMES = re.compile(
    r'Time: [0-9.]+s|"(?:seconds|imagesPerSecond)" : [-0-9.e]+|"(?:started|ended)" : "[^"]*"|<time[^>]*>[^<]*</time>'
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]+Z)?|[0-9.]+ (?:s|min|ms)\b|seconds&quot;:[0-9.e-]+"
    r'|<span class="state [a-z]+">[^<]*</span>|class="cell [a-z ]+"|<dt>Steps</dt><dd>.*?</dd>'
)


class Lost(Exception):
    """A fault lost data that it must not lose, or a run failed a check."""


def need(truth, what):
    if not truth:
        raise Lost(what)


class Case:
    """A folder with a notebook, where runs are started."""

    def __init__(self, epochs=SHORT, source=SOURCE, schedule=CYCLIC, folder=None, name="n", more=(),
                 text=NOTEBOOK):
        self.folder = Path(folder or tempfile.mkdtemp(dir=world.scratch))
        self.name = name
        text = text.replace("SOURCE", source).replace("SCHEDULE", schedule)
        self.notebook = self.folder / f"{name}.md"
        self.notebook.write_text(text)
        self.arguments = ["run", f"{name}.md", "-p", f"epochs={epochs}", "--checkpoint-every", "2", *more]
        if "epochs" not in text:
            del self.arguments[2:4]
        self.output = self.folder / "output"
        self.results = self.output / name
        self.store = self.output / ".quire"

    def start(self, limit=None):
        def prepare():
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        self.log = open(self.folder / f"{self.name}.log", "w+")
        return subprocess.Popen(
            [world.quire, *self.arguments], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT, preexec_fn=prepare)

    def end(self, process, expected=0):
        """Waits for the run and returns its output."""
        try:
            status = process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Lost("the run did not end within 120 s")
        said = self.said()
        if expected is not None:
            need(status == expected, f"exit status {status} instead of {expected}: {said[-600:]}")
        self.status = status
        return said

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def run(self, expected=0, limit=None):
        return self.end(self.start(limit), expected)

    def wait_for_epoch(self, process, count=1):
        """Waits until the training has finished this number of epochs."""
        while process.poll() is None:
            try:
                if (self.results / "history.csv").read_text().count("\n") > count:
                    return
            except OSError:
                pass
            time.sleep(0.002)
        raise Lost(f"the run ended before its training was under way: {self.said()[-600:]}")

    def copy(self):
        """A copy that can be damaged without affecting this one."""
        other = Case.__new__(Case)
        other.__dict__.update(self.__dict__)
        other.folder = Path(tempfile.mkdtemp(dir=world.scratch)) / "copy"
        shutil.copytree(self.folder, other.folder)
        other.output, other.notebook = other.folder / "output", other.folder / f"{self.name}.md"
        other.results, other.store = other.output / self.name, other.output / ".quire"
        return other

    def named(self, name):
        """The other notebook in the same folder."""
        other = Case.__new__(Case)
        other.__dict__.update(self.__dict__)
        other.name, other.results = name, self.output / name
        return other

    # MARK: Checks

    def files(self):
        found = {}
        for path in [*sorted(self.output.glob(f"{self.name}.html*")), *sorted(self.results.rglob("*"))]:
            if path.is_file():
                found[str(path.relative_to(self.output))] = path
        return found

    def check_whole(self):
        for name, path in self.files().items():
            if not is_leftover(name):
                try:
                    check_file(name, path.read_bytes())
                except FileNotFoundError:
                    pass  # between the listing and the reading a run may have put another in its place

    def content(self):
        found = {name: path for name, path in self.files().items() if not is_leftover(name)}
        return {name: timeless(name, path.read_bytes(), self.folder) for name, path in found.items()}

    def expect_results_of(self, other):
        self.check_whole()
        mine, its = self.content(), other if isinstance(other, dict) else other.content()
        need(mine.keys() == its.keys(), f"other files: {sorted(mine.keys() ^ its.keys())}")
        different = [name for name in mine if mine[name] != its[name]]
        need(not different, f"{', '.join(different)} differ from those of a run without a break")
        strays = [name for name in self.files() if is_leftover(name)]
        need(not strays, f"left lying after the run that ended: {strays}")


def is_leftover(name):
    """The temporary files of interrupted writes."""
    return re.search(r"\.tmp-[A-Za-z0-9]{6}$", name) is not None


def check_file(name, data):
    kind = Path(name).suffix
    whole = True
    if kind == ".html":
        whole = data.endswith(b"</html>\n")
    elif kind == ".svg":
        whole = data.rstrip().endswith(b"</svg>")
    elif kind == ".png":
        whole = data.startswith(b"\x89PNG") and data[-8:-4] == b"IEND"
    elif kind == ".json":
        try:
            json.loads(data)
        except ValueError:
            whole = False
    elif kind == ".csv":
        lines = data.decode().split("\n")
        whole = lines.pop() == "" and len({line.count(",") for line in lines}) == 1
        whole = whole and [line.split(",")[0] for line in lines[1:]] == [str(i + 1) for i in range(len(lines) - 1)]
    elif kind == ".log":
        whole = data == b"" or data.endswith(b"\n")
    elif kind == ".safetensors":
        length = int.from_bytes(data[:8], "little")
        try:
            header = json.loads(data[8 : 8 + length])
            ends = [entry["data_offsets"][1] for key, entry in header.items() if key != "__metadata__"]
            whole = 8 + length + max(ends) == len(data)
        except (ValueError, KeyError):
            whole = False
    need(whole, f"{name} is not whole ({len(data)} bytes)")


def timeless(name, data, folder):
    kind = Path(name).suffix
    if kind in (".png", ".svg", ".safetensors"):
        return data
    text = data.decode().replace(str(folder), ".")
    if name.endswith("run.json"):
        record = json.loads(text)
        for step in record["steps"]:
            step.pop("status")  # "ran" or "restored"; what a run did not end with, the run's own status says
        text = json.dumps(record, indent=1).replace('": ', '" : ')
    if kind == ".html":
        # The embedded run.json and history.csv; their files are compared by themselves.
        text = re.sub(r'<script type="application/json" id="(run|epochs)">.*?</script>', "", text, flags=re.S)
    if kind == ".csv":
        seconds = text.split("\n")[0].split(",").index("seconds")
        return "\n".join(",".join(c for i, c in enumerate(r.split(",")) if i != seconds) for r in text.split("\n"))
    return TIMES.sub("…", text)


references = {}


def reference(epochs=SHORT, **options):
    """The results of an undisturbed run."""
    key = (epochs, *sorted(options.items()))
    if key not in references:
        case = Case(epochs, **options)
        case.run()
        references[key] = case.content()
    return references[key]


def fingerprint(folder):
    """The contents of a folder, without times."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rounds(count, end):
    """Counts from 1 to `count`, or until the time is up."""
    for number in range(1, count + 1):
        if number > 1 and time.monotonic() > end:
            return
        yield number

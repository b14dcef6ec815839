"""Drives `quire preview` as a user with a browser does. Each check returns a list of problems in words."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from . import checks, chromium

# A machine may be slow, but a page that never changes must not hang the checks.
PATIENCE_MS = 120_000

NOTEBOOK = """---
title: A preview
seed: 1
---

# Beginning

A paragraph to select. It is long enough to have words in the middle.

```swift parameters
//| label: parameters
let epochs = 2
let rate = 0.01
let scheme = "constant"
```

```swift
//| label: data
//| code-fold: true
let data = loadData(.synthetic(train: TRAIN, test: 20), batchSize: 20)
let model = buildModel("Tiny") {
  Conv2d(3, 4, kernelSize: 3, stride: 4); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 10); LogSoftmax()
}
```

```swift
//| label: schedule
let schedule: Schedule = switch scheme {
  case "constant", "none": .constant
  case "cosine": .cosine(tMax: epochs)
  default: fatalError("unknown scheme")
}
```

```swift
//| label: training
let history = train(model, on: data, epochs: epochs, optimizer: .sgd(learningRate: rate), schedule: schedule)
```

# End

There were `{swift} history.epochCount` epochs.

```swift
//| label: curves
plot(.history(history))
```
"""
SMALL = NOTEBOOK.replace("TRAIN", "60")
# Trains until it is stopped.
ENDLESS = NOTEBOOK.replace("TRAIN", "3000").replace("let epochs = 2", "let epochs = 100000")


class Preview:
    """A notebook in a folder of its own, and the server that shows it."""

    def __init__(self, quire, folder, text):
        self.quire, self.folder = quire, Path(folder)
        self.folder.mkdir(parents=True)
        self.process = self.address = None
        self.save(text)

    def save(self, text):
        self.text = text
        # As editors do: a new file takes the place of the old one.
        (self.folder / "n.md.new").write_text(text, "utf-8")
        os.replace(self.folder / "n.md.new", self.folder / "n.md")

    def edit(self, old, new):
        assert old in self.text, old
        self.save(self.text.replace(old, new))

    def start(self):
        self.process = subprocess.Popen(
            [self.quire, "preview", "n.md", "--no-open"], cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("Preview: "):
            raise RuntimeError(f"the preview did not start: {line}{self.process.stdout.read()}")
        self.address = line.removeprefix("Preview: ").strip()
        # The terminal's lines are not needed, but must be read.
        subprocess.Popen(["cat"], stdin=self.process.stdout, stdout=subprocess.DEVNULL)
        return self

    def end(self, number=signal.SIGINT):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait()


@contextlib.contextmanager
def opened(started, quire, folder, text, **view):
    """A preview in a tab; yields both."""
    preview = Preview(quire, folder, text).start()
    try:
        with chromium.visit(started, preview.address, offline=False, **view) as visit:
            visit.page.set_default_timeout(PATIENCE_MS)
            yield preview, visit
    finally:
        preview.end()


def status(page, text):
    """Waits until the bar says something."""
    page.wait_for_function("text => document.querySelector('#preview strong').textContent.includes(text)", arg=text)


def shows(page, text, where="main"):
    page.wait_for_function(
        "([text, where]) => document.querySelector(where).textContent.includes(text)", arg=[text, where])


def editing(started, quire, folder):
    """A saved paragraph appears, and scrolling, folds, selection and focus stay."""
    problems = []
    with opened(started, quire, folder, SMALL, height=400) as (preview, visit):
        page = visit.page
        status(page, "Finished")
        if "token" in page.url:
            problems.append("the token stays in the address bar")
        page.evaluate("""() => {
          document.querySelector('#cell-data details').open = true;
          const words = document.querySelector('.prose p').firstChild;
          getSelection().setBaseAndExtent(words, 2, words, 11);
          document.querySelector('#cell-data summary').focus();
          scrollTo(0, 300);
        }""")
        state = """() => [scrollY, document.querySelector('#cell-data details').open, getSelection().toString(),
          document.activeElement.tagName]"""
        before = page.evaluate(state)
        preview.edit("# End", "# The end of it")
        shows(page, "The end of it")
        shows(page, "The end of it", ".toc")
        status(page, "Finished")
        after = page.evaluate(state)
        if after != before:
            problems.append(f"after an edit, {before} became {after}")
        preview.edit("let epochs = 2", "let epochs = 3")
        shows(page, "There were 3 epochs.")
        problems += visit.problems
        for width in [320, 1440]:
            page.set_viewport_size({"width": width, "height": 900})
            problems += [f"{width} px: {problem}" for problem in checks.overflow(page) + checks.accessibility(page)]
    return problems


def errors(started, quire, folder):
    """An error is shown above its cell, and the last page stays below."""
    with opened(started, quire, folder, SMALL) as (preview, visit):
        page = visit.page
        status(page, "Finished")
        preview.edit("epochs: epochs", "epochz: epochs")
        status(page, "1 error")
        place = page.evaluate("""() => {
          const error = document.querySelector('.problem').closest('.part');
          return [error.nextElementSibling.dataset.part, error.textContent];
        }""")
        problems = [] if place[0] == "cell-training" else [f"the error is before {place[0]}"]
        if "epochz" not in place[1] or "^" not in place[1]:
            problems.append(f"the error has no caret: {place[1]}")
        if "There were 2 epochs." not in page.text_content("main"):
            problems.append("the last page is gone")
        preview.edit("epochz: epochs", "epochs: epochs")
        status(page, "Finished")
        if page.query_selector(".problem"):
            problems.append("the error stays after it was mended")
        return problems + visit.problems


def training(started, quire, folder):
    """A training moves on the page, survives new prose, is asked for before it is lost, stops and resumes."""
    problems = []
    with opened(started, quire, folder, ENDLESS) as (preview, visit):
        page = visit.page
        shows(page, "images/s", "#preview .detail")
        shows(page, "learning rate", "#preview .detail")
        page.wait_for_selector("#preview svg.live path")
        shows(page, "Epoch", "#preview pre")
        first = page.text_content("#preview .detail")
        page.wait_for_function("text => document.querySelector('#preview .detail').textContent !== text", arg=first)
        preview.edit("A paragraph to select.", "A paragraph that is new.")
        shows(page, "A paragraph that is new.")
        status(page, "training")
        problems += checks.accessibility(page)
        # A training of less than five seconds would be repeated without a question.
        page.wait_for_timeout(6_000)
        preview.edit("let rate = 0.01", "let rate = 0.02")
        page.wait_for_selector(".question")
        shows(page, "This edit discards the training in progress", ".question")
        problems += checks.accessibility(page)
        page.click("text=Keep the results")
        page.wait_for_selector(".question", state="detached")
        status(page, "training")
        preview.edit("let rate = 0.02", "let rate = 0.01")
        page.click("text=Stop")
        status(page, "Stopped")
        page.click("#preview >> text=Resume")
        status(page, "training")
        shows(page, "resumed after", "main")
        problems += visit.problems
    return problems


def tabs(started, quire, folder):
    """Two tabs show the same; a restarted server is found again."""
    problems = []
    with opened(started, quire, folder, SMALL) as (preview, visit):
        with chromium.visit(started, preview.address, offline=False) as other:
            other.page.set_default_timeout(PATIENCE_MS)
            for page in [visit.page, other.page]:
                status(page, "Finished")
            preview.edit("# End", "# Both see this")
            for page in [visit.page, other.page]:
                shows(page, "Both see this")
            address = preview.address
            preview.end(signal.SIGKILL)
            for page in [visit.page, other.page]:
                status(page, "Disconnected")
            preview.edit("# Both see this", "# Back again")
            preview.start()
            if preview.address != address:
                problems.append("a restarted preview has another address")
            for page in [visit.page, other.page]:
                shows(page, "Back again")
                status(page, "Finished")
    return problems


def parameters(started, quire, folder):
    """Parameters are replaced for the preview, refused outside their range, and written into the notebook."""
    problems = []
    with opened(started, quire, folder, SMALL) as (preview, visit):
        page = visit.page
        status(page, "Finished")
        page.click("#preview summary >> text=Parameters")
        shows(page, "1 to 100,000", "#preview form")
        page.fill("#parameter-epochs", "0")
        page.click("text=Use these values")
        status(page, "1 error")
        page.fill("#parameter-epochs", "1")
        choices = page.locator("#parameter-scheme option").all_inner_texts()
        if choices != ["constant", "none", "cosine"]:
            problems.append(f"the choices are {choices}")
        page.select_option("#parameter-scheme", "cosine")
        page.click("text=Use these values")
        shows(page, "There were 1 epochs.")
        if "let epochs = 1" in (preview.folder / "n.md").read_text("utf-8"):
            problems.append("the notebook was changed without being asked for")
        page.click("text=Write them into the notebook")
        page.wait_for_selector("#preview .write", state="hidden")
        if "let epochs = 1\n" not in (preview.folder / "n.md").read_text("utf-8"):
            problems.append("the value was not written into the notebook")
        if 'let scheme = "cosine"\n' not in (preview.folder / "n.md").read_text("utf-8"):
            problems.append("the choice was not written into the notebook")
        page.click("#cell-curves >> text=Run from here", force=True)
        status(page, "Finished")
        problems += visit.problems
    return problems


CHECKS = [editing, errors, training, tabs, parameters]

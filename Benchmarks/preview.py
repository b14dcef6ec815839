#!/usr/bin/env python3
"""Measures what the live preview costs.

    pip install websocket-client==1.9.0
    Benchmarks/preview.py --quire .build/debug/quire --rounds 12

The training: epochs of one training run, alternately without and with ten open tabs, each of which takes every message
and confirms it as the page does. The page: the time from the start of the process to the first byte of the page, and from
a saved paragraph to the message that contains it.
"""

import argparse
import csv
import json
import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import websocket

NOTEBOOK = """# Cost of a preview

A paragraph.

```swift
let data = loadData(.synthetic(train: 4000, test: 20), batchSize: 64)
let model = buildModel("Net") {
  Conv2d(3, 32, kernelSize: 3, padding: 1); BatchNorm2d(32); ReLU()
  Conv2d(32, 64, kernelSize: 3, padding: 1); BatchNorm2d(64); ReLU(); AdaptiveAvgPool2d(1); Flatten()
  Linear(64, 10); LogSoftmax()
}
```

```swift
let history = train(model, on: data, epochs: 10000)
```
"""


class Tab:
    """A WebSocket that answers like the page."""

    def __init__(self, port, cookie):
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}/live", cookie=cookie, origin=f"http://127.0.0.1:{port}")
        self.socket.send(json.dumps({"board": "", "seen": 0}))
        self.seen = threading.Condition()
        self.text = ""
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            while True:
                news = json.loads(self.socket.recv())
                if "change" in news:
                    self.socket.send(json.dumps({"seen": news["change"]}))
                with self.seen:
                    self.text = json.dumps(news.get("parts", {}))
                    self.seen.notify_all()
        except (websocket.WebSocketException, OSError):
            pass

    def close(self):
        self.socket.close()


def start(quire, folder):
    begin = time.monotonic()
    process = subprocess.Popen(
        [quire, "preview", "n.md", "--no-open"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = process.stdout.readline().removeprefix("Preview: ").strip()
    port, token = urllib.parse.urlsplit(address).port, urllib.parse.urlsplit(address).query.removeprefix("token=")
    cookie = f"quire-preview-{port}={token}"
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Cookie": cookie})
    urllib.request.urlopen(request).read(1)
    elapsed = time.monotonic() - begin
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return process, port, cookie, elapsed


def epochs(folder):
    """The seconds of each epoch so far."""
    try:
        with open(Path(folder) / "output/n/history.csv", newline="") as file:
            return [float(row["seconds"]) for row in csv.DictReader(file)]
    except (FileNotFoundError, KeyError, ValueError):
        return []


def wait_for(folder, count):
    while len(epochs(folder)) < count:
        time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quire", required=True)
    parser.add_argument("--rounds", type=int, default=12, help="pairs of an epoch without and an epoch with tabs")
    parser.add_argument("--tabs", type=int, default=10)
    options = parser.parse_args()
    quire = str(Path(options.quire).resolve())
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "n.md").write_text(NOTEBOOK)
        first = []
        for _ in range(5):
            process, port, cookie, elapsed = start(quire, folder)
            first.append(elapsed)
            process.send_signal(signal.SIGINT)
            process.wait()
        process, port, cookie, _ = start(quire, folder)
        wait_for(folder, 2)
        pairs, done = [], len(epochs(folder))
        for _ in range(options.rounds):
            # The epoch in which the tabs open or close belongs to neither side.
            wait_for(folder, done + 2)
            alone = epochs(folder)[done + 1]
            tabs = [Tab(port, cookie) for _ in range(options.tabs)]
            done = len(epochs(folder))
            wait_for(folder, done + 2)
            pairs.append((alone, epochs(folder)[done + 1]))
            for tab in tabs:
                tab.close()
            done = len(epochs(folder))
        ratios = sorted(b / a for a, b in pairs)
        tab = Tab(port, cookie)
        edits = []
        for number in range(10):
            text = NOTEBOOK.replace("A paragraph.", f"Paragraph {number} of them.")
            (Path(folder) / "new").write_text(text)
            begin = time.monotonic()
            os.replace(Path(folder) / "new", Path(folder) / "n.md")
            with tab.seen:
                while f"Paragraph {number} of them." not in tab.text:
                    tab.seen.wait()
            edits.append(time.monotonic() - begin)
            time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        process.wait()
    print(f"first byte of the page: median {statistics.median(first) * 1000:.0f} ms of {len(first)} starts")
    print(f"a paragraph during a training: median {statistics.median(edits) * 1000:.0f} ms of {len(edits)} edits,"
          f" longest {max(edits) * 1000:.0f} ms")
    print(f"an epoch with {options.tabs} tabs: median {statistics.median(ratios):.3f} of one without,"
          f" {len(ratios)} pairs from {ratios[0]:.3f} to {ratios[-1]:.3f}"
          f" ({statistics.median(a for a, _ in pairs):.2f} s)")


main()

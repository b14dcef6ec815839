#!/usr/bin/env python3
"""Measures what the live preview costs.

    pip install websocket-client==1.9.0
    Benchmarks/preview.py --quire .build/debug/quire --rounds 12

The training: epochs of one training run, alternately without and with ten open tabs, each of which takes every message
and confirms it as the page does, and the processor time of the program per epoch. The tabs are in a process of their own
that does as little as possible: browsers may be on other machines. The page: the time from the start of the process to the first byte of the page, and from
a saved paragraph to the message that contains it.
"""

import argparse
import base64
import csv
import json
import multiprocessing
import os
import re
import selectors
import signal
import socket
import statistics
import struct
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


def confirm(count, port, cookie):
    """Opens tabs that confirm the number of each change, without reading the rest of a message."""
    selector = selectors.DefaultSelector()
    for _ in range(count):
        tab = socket.create_connection(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        tab.sendall(
            f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            f"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode())
        rest = b""
        while b"\r\n\r\n" not in rest:
            rest += tab.recv(1 << 16)
        send(tab, {"board": "", "seen": 0})
        selector.register(tab, selectors.EVENT_READ, bytearray(rest.split(b"\r\n\r\n", 1)[1]))
    while True:
        for key, _ in selector.select():
            news = key.fileobj.recv(1 << 18)
            if not news:
                return
            key.data.extend(news)
            while (length := whole(key.data)) is not None:
                change = re.search(rb'"change":(\d+)', bytes(key.data[:200]))
                del key.data[:length]
                if change:
                    send(key.fileobj, {"seen": int(change[1])})


def whole(frame):
    """The length of the frame that the bytes begin with; None if it is not complete."""
    size, start = (frame[1] & 127 if len(frame) > 1 else 128), 2
    if size == 126 and len(frame) >= 4:
        size, start = struct.unpack_from(">H", frame, 2)[0], 4
    elif size == 127 and len(frame) >= 10:
        size, start = struct.unpack_from(">Q", frame, 2)[0], 10
    elif size > 125:
        return None
    return start + size if len(frame) >= start + size else None


def send(tab, value):
    text = json.dumps(value).encode()
    # A mask of zeros leaves the text as it is.
    tab.sendall(bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text)


def processor(process):
    """The processor time of a process in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        time.sleep(0.02)


def measured(process, folder, count):
    """The seconds and the processor time of an epoch, averaged over the next ones."""
    # The epoch in which the tabs open or close belongs to neither side.
    begin = len(epochs(folder)) + 1
    wait_for(folder, begin)
    used = processor(process)
    wait_for(folder, begin + count)
    return statistics.mean(epochs(folder)[begin:begin + count]), (processor(process) - used) / count


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quire", required=True)
    parser.add_argument("--rounds", type=int, default=12, help="pairs of an epoch without and an epoch with tabs")
    parser.add_argument("--tabs", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=2, help="epochs of each side of a pair")
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
        pairs = []
        for _ in range(options.rounds):
            alone = measured(process, folder, options.epochs)
            tabs = multiprocessing.Process(target=confirm, args=(options.tabs, port, cookie), daemon=True)
            tabs.start()
            pairs.append((alone, measured(process, folder, options.epochs)))
            tabs.kill()
            tabs.join()
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
    for index, what in enumerate(["an epoch", "the processor time of an epoch"]):
        ratios = sorted(b[index] / a[index] for a, b in pairs)
        print(f"{what} with {options.tabs} tabs: median {statistics.median(ratios):.3f} of one without,"
              f" {len(ratios)} pairs from {ratios[0]:.3f} to {ratios[-1]:.3f}"
              f" ({statistics.median(a[index] for a, _ in pairs):.2f} s)")


if __name__ == "__main__":
    main()

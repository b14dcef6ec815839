"""Missing data: a folder of images next to the notebook, and CIFAR-10 in the `--data` folder.

Each fault returns how often it was applied, and a remark for the summary."""

import random
import re
import shutil
import time
import zlib

from . import world
from .cases import Case, need, rounds

# Loads data of the size of CIFAR-10 and trains nothing.
CIFAR_NOTEBOOK = """---
title: A notebook whose data vanishes
---

```swift
//| label: data
let data = loadData(.cifar10, batchSize: 500)
```

```swift
//| label: result
let model = buildModel("Small") {
  Conv2d(3, 4, kernelSize: 3, stride: 4); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 10); LogSoftmax()
}
let evaluation = evaluate(model, on: data)
confusionMatrix(evaluation)
```
"""


def vanished_data(count, end):
    """Data that disappears between two runs, or at some moment of a run."""
    done = 0
    for turn in rounds(count, end):
        done += vanished_images() + vanished_cifar()
    return done, "images beside the notebook, and CIFAR-10 in --data"


def vanished_images():
    case = Case(source='.imageFolder("images")')
    write_images(case.folder / "images")
    return vanish(case, case.folder / "images", r"n\.md:\d+:\d+: error: .*images", longest=0.25)


def vanished_cifar():
    data = world.scratch / "data"
    if not data.exists():
        write_cifar(data / "cifar-10-batches-bin")
    case = Case(text=CIFAR_NOTEBOOK, more=["--data", str(data)])
    folder = data / "cifar-10-batches-bin"
    done = vanish(case, folder, r"n\.md:\d+:\d+: error: .*(CIFAR|cifar)-10", longest=1)
    return done + vanish(case, folder / "data_batch_3.bin", r"n\.md:\d+:\d+: error: .*data_batch_3\.bin", longest=1)


def vanish(case, place, missed, longest):
    """Removes the data between two runs, and in the first seconds of a third."""
    away = place.with_name(place.name + ".away")
    case.run()
    whole = case.content()
    place.rename(away)
    said = case.run(expected=2)
    need(re.search(missed, said), f"does not say what is missing: {said}")
    need(case.content() == whole, "results changed though nothing was run")
    away.rename(place)
    said = case.run()
    need(re.search(r"restore all \d+ steps from cache", said), f"was run again: {said[:600]}")
    case.expect_results_of(whole)
    # During a run: immediately, so that reading may fail, or later, when all data is in memory.
    shutil.rmtree(case.output)
    process = case.start()
    time.sleep(world.chance.uniform(0, longest))
    place.rename(away)
    said = case.end(process, None)
    need(case.status == 0 or re.search(missed, said), f"exit status {case.status}: {said}")
    need(case.status in (0, 1, 2), f"exit status {case.status}: {said}")
    case.check_whole()
    away.rename(place)
    case.run()
    case.expect_results_of(whole)
    return 2


def write_images(folder):
    draw = random.Random(1)
    for part, number in [("train", 12), ("test", 4)]:
        for label in range(10):
            (folder / part / f"class{label}").mkdir(parents=True)
            for i in range(number):
                pixels = draw.randbytes(3 * 64)
                write_png(folder / part / f"class{label}" / f"{i:02}.png", 8, pixels)


def write_png(path, size, pixels):
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = b"".join(b"\0" + pixels[3 * size * row : 3 * size * (row + 1)] for row in range(size))
    header = size.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_cifar(folder):
    """Noise in CIFAR-10's binary format: for each image its label, then its red, green and blue pixels."""
    draw = random.Random(1)
    folder.mkdir(parents=True)
    for name in [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]:
        with open(folder / f"{name}.bin", "wb") as file:
            for image in range(10_000):
                file.write(bytes([image % 10]) + draw.randbytes(3072))

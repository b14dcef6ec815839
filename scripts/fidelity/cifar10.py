#!/usr/bin/env python3
"""Evaluates a checkpoint of notebooks/cifar10.md with PyTorch and with Quire, on the whole test set.

    scripts/fidelity/cifar10.py output/cifar10/checkpoints/best.safetensors --data DIR
    scripts/fidelity/cifar10.py … --quire .build/release/quire

DIR contains cifar-10-batches-bin. Compares the number of right images, and for the first 500 images the predicted
classes and their log-probabilities. Needs PyTorch, safetensors and Pillow. Exit status: 0 equal; 1 not equal; 2 the
command line is wrong, or Quire cannot run.
"""

import argparse
import math
import re
import subprocess
import sys
import tempfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from PIL import Image
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 1e-4
LOOKED_AT = 500
MEAN, STD = [0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]


class Separable(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.depthwise = nn.Conv2d(i, i, 3, padding=1, groups=i)
        self.pointwise = nn.Conv2d(i, o, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class Dilated(nn.Module):
    def __init__(self, i, o, d):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=d, dilation=d)

    def forward(self, x):
        return self.conv(x)


def block(*layers, drops=True):
    """Layers with their output channels; dropout keeps the positions that the names contain."""
    parts = []
    for layer, channels in layers:
        parts += [layer, nn.BatchNorm2d(channels), nn.ReLU()] + ([nn.Dropout2d()] if drops else [])
    return nn.Sequential(*parts)


def network():
    def separable(*widths):
        return block(*[(Separable(i, o), o) for i, o in zip(widths, widths[1:])])

    def dilated(d, *widths):
        return block(*[(Dilated(i, o, d), o) for i, o in zip(widths, widths[1:])])

    def transition(i, o, stride=1):
        return block((nn.Conv2d(i, o, 1, stride=stride), o), drops=False)

    return nn.Sequential(OrderedDict(
        block1=separable(3, 32, 64, 128), transition1=transition(128, 32),
        block2=separable(32, 32, 64, 128), transition2=transition(128, 32),
        block3=dilated(2, 32, 32, 64, 128), transition3=transition(128, 16),
        block4=dilated(4, 16, 32, 64, 64), transition4=transition(64, 16, 2),
        head=nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10), nn.LogSoftmax(1)),
    ))


def test_images(folder):
    records = np.fromfile(folder / "cifar-10-batches-bin" / "test_batch.bin", np.uint8).reshape(-1, 3073)
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0]


def with_pytorch(weights, images):
    model = network()
    model.load_state_dict(safetensors.torch.load_file(weights))
    model.eval()
    mean, std = (torch.tensor(numbers).reshape(1, 3, 1, 1) for numbers in (MEAN, STD))
    with torch.no_grad():
        return np.concatenate([
            model((torch.from_numpy(images[start : start + 500]).float() / 255 - mean) / std).numpy()
            for start in range(0, len(images), 500)
        ])


NOTEBOOK = """
```swift
let dropout = 0.05
let data = loadData(.cifar10, batchSize: 100)
{model}
loadWeights(model, from: "weights.safetensors")
let evaluation = evaluate(model, on: data)
print("right", evaluation.accuracy)
for answer in predict(model, [{files}], on: data) {{ print("predicted", answer.className, answer.confidence) }}
```
"""


def with_quire(quire, weights, images, data):
    """The number of right images, and the predicted class and its probability for the first images."""
    cells = (ROOT / "notebooks" / "cifar10.md").read_text()
    (model,) = re.findall(r"^let model = buildModel\(.*?^}$", cells, re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        for number, image in enumerate(images[:LOOKED_AT]):
            Image.fromarray(image.transpose(1, 2, 0)).save(place / f"{number}.png")
        (place / "weights.safetensors").write_bytes(weights.read_bytes())
        files = ", ".join(f'"{number}.png"' for number in range(LOOKED_AT))
        (place / "fidelity.md").write_text(NOTEBOOK.format(model=model, files=files))
        run = subprocess.run(
            [quire, "run", place / "fidelity.md", "--data", data, "--output", place / "output", "--color", "never"],
            capture_output=True, text=True)
        if run.returncode:
            print(run.stdout, run.stderr, sep="\n", file=sys.stderr)
            raise SystemExit(2)
        right = round(float(re.search(r"right ([\d.]+)", run.stdout)[1]) * len(images))
        # Texts that are too long for the terminal are in a file.
        texts = [run.stdout, *(path.read_text() for path in (place / "output").rglob("printed/*"))]
        found = max((re.findall(r"predicted (\w+) ([\d.e-]+)", text) for text in texts), key=len)
        return right, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quire", default=str(ROOT / ".build/debug/quire"))
    options = parser.parse_args()
    images, labels = test_images(options.data)
    names = (options.data / "cifar-10-batches-bin" / "batches.meta.txt").read_text().split()
    output = with_pytorch(options.weights, images)
    right = int((output.argmax(1) == labels).sum())
    quires, predicted = with_quire(options.quire, options.weights, images, options.data.resolve())
    print(f"right of {len(images)} test images: PyTorch {right}, Quire {quires}")
    wrong = [number for number, (name, _) in enumerate(predicted) if names[output[number].argmax()] != name]
    worst = max(abs(math.log(float(p)) - output[number].max()) for number, (_, p) in enumerate(predicted))
    print(f"{len(predicted)} images: {len(wrong)} other classes, log-probabilities within {worst:.1e}")
    return 0 if right == quires and not wrong and worst <= TOLERANCE and len(predicted) == LOOKED_AT else 1


sys.exit(main())

#!/usr/bin/env python3
"""Runs ONNX files and compares their outputs with Quire's; Tests/NeuralTests/ONNX/ONNXRuntimeTests.swift calls it.

    scripts/onnx/compare.py            # says whether the packages of scripts/onnx/requirements.txt are installed
    scripts/onnx/compare.py FOLDER     # NAME.onnx, NAME.input and NAME.output (float32) for each network

Prints a line for each problem. Exit status: 0 no problems; 1 problems; 2 packages are missing.
"""

import sys
from pathlib import Path

TOLERANCE = 1e-4

try:
    import numpy as np
    import onnx
    import onnxruntime
except ImportError as error:
    sys.exit(print(f"the Python package '{error.name}' is not installed") or 2)


def problems(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    if (given.name, given.shape[0], session.get_outputs()[0].name) != ("input", "batch", "output"):
        yield f"the ends are {given.name}, {given.shape} and {session.get_outputs()[0].name}"
    images = np.fromfile(path.with_suffix(".input"), np.float32).reshape(-1, *given.shape[1:])
    expected = np.fromfile(path.with_suffix(".output"), np.float32).reshape(len(images), -1)
    for count in [1, len(images)]:
        (found,) = session.run(None, {"input": images[:count]})
        # Relative to the largest number above 1: weights by formula may give logits of thousands.
        scale = max(1, np.abs(expected).max())
        difference = np.abs(found.reshape(count, -1) - expected[:count]).max() / scale
        if not difference <= TOLERANCE:
            yield f"{count} samples: the outputs differ by {difference}"


def main(folder):
    paths = sorted(folder.glob("*.onnx"))
    found = 0
    for path in paths:
        try:
            lines = list(problems(path))
        except Exception as error:  # noqa: BLE001  every failure is a finding
            lines = [f"{type(error).__name__}: {error}"]
        for line in lines:
            print(f"{path.stem}: {line}")
        found += len(lines)
    if not paths:
        print(f"{folder}: no ONNX files")
    return 1 if found or not paths else 0


if len(sys.argv) > 1:
    sys.exit(main(Path(sys.argv[1])))

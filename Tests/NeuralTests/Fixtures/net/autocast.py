#!/usr/bin/env python3
"""How far the gradients of PyTorch's bfloat16 autocast are from its own in single precision, on the fixture's batch.

  autocast.py          needs: pip install torch numpy safetensors
                       writes autocast.json beside itself

A distance is the norm of the difference over the norm of the gradients in single precision (gradients.safetensors).
Biases in front of a normalisation have no gradient but noise and count nowhere.
"""
import json, os, statistics
import numpy, safetensors, torch, torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file

FOLDER = os.path.dirname(os.path.abspath(__file__))


class Separable(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.depthwise = nn.Conv2d(i, i, 3, padding=1, groups=i)
        self.pointwise = nn.Conv2d(i, o, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class Dilated(nn.Module):
    def __init__(self, i, o, dilation):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=dilation, dilation=dilation)

    def forward(self, x):
        return self.conv(x)


def network():
    """The assignment's, with a dropout of 0 where it has one, so that names are the fixture's."""
    layers = []

    def unit(layer, channels, drops):
        layers.extend([layer, nn.BatchNorm2d(channels), nn.ReLU()] + ([nn.Dropout(0)] if drops else []))

    for i, o in ((3, 32), (32, 64), (64, 128)):
        unit(Separable(i, o), o, True)
    unit(nn.Conv2d(128, 32, 1), 32, False)
    for i, o in ((32, 32), (32, 64), (64, 128)):
        unit(Separable(i, o), o, True)
    unit(nn.Conv2d(128, 32, 1), 32, False)
    for i, o in ((32, 32), (32, 64), (64, 128)):
        unit(Dilated(i, o, 2), o, True)
    unit(nn.Conv2d(128, 16, 1), 16, False)
    for i, o, drops in ((16, 32, True), (32, 64, True), (64, 64, False)):
        unit(Dilated(i, o, 4), o, drops)
    unit(nn.Conv2d(64, 16, 1, stride=2), 16, False)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10), nn.LogSoftmax(1))


def gradients(enabled, memory_format):
    model = network().train()
    model.load_state_dict(load_file(f"{FOLDER}/initial.safetensors"))
    model = model.to(memory_format=memory_format)
    batch = load_file(f"{FOLDER}/batch.safetensors")
    images = batch["images"].to(memory_format=memory_format)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled):
        loss = F.nll_loss(model(images), batch["labels"])
    loss.backward()
    return {name: p.grad.double() for name, p in model.named_parameters()}


def distances(found, exact):
    names = [name for name, g in exact.items() if g.abs().max() > 1e-6]
    of = lambda names: float(
        sum((found[n] - exact[n]).square().sum() for n in names).sqrt()
        / sum(exact[n].square().sum() for n in names).sqrt())
    tensors = {name: of([name]) for name in names}
    return {"whole": of(names), "median": statistics.median(tensors.values()), "tensors": tensors}


torch.set_num_threads(1)
exact = {name: g.double() for name, g in load_file(f"{FOLDER}/gradients.safetensors").items()}
result = {
    "versions": {"torch": torch.__version__, "numpy": numpy.__version__, "safetensors": safetensors.__version__},
    "capability": torch.backends.cpu.get_cpu_capability(),
    "oneDNN": torch.backends.mkldnn.is_available(),
}
for name, enabled in (("float32", False), ("autocast", True)):
    for layout, memory_format in (("", torch.contiguous_format), ("ChannelsLast", torch.channels_last)):
        found = distances(gradients(enabled, memory_format), exact)
        print(name + layout, "whole", found["whole"], "median", found["median"])
        if enabled:
            result[name + layout] = found
with open(f"{FOLDER}/autocast.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")

"""Networks that are mostly linear layers."""

from torch import nn


def mlp():
    layers = [nn.Linear(3072, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10)]
    return nn.Sequential(nn.Flatten(), *layers, nn.LogSoftmax(1))


def lenet():
    """LeNet-5 (LeCun et al., 1998) with ReLU and max pooling."""
    layers = []
    for i, o in (3, 6), (6, 16):
        layers += [nn.Conv2d(i, o, 5), nn.ReLU(), nn.MaxPool2d(2)]
    layers += [nn.Flatten()]
    for i, o in (16 * 5 * 5, 120), (120, 84):
        layers += [nn.Linear(i, o), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(84, 10), nn.LogSoftmax(1))

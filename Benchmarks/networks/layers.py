"""What the networks are built from."""

from torch import nn


class Residual(nn.Sequential):
    """Layers whose output is added to their input."""

    def forward(self, x):
        return x + super().forward(x)


def unit(i, o, kernel_size=3, stride=1, groups=1, activation=nn.ReLU):
    """A convolution without a bias that keeps the size at stride 1, BatchNorm and an activation."""
    padding = kernel_size // 2
    layers = [
        nn.Conv2d(i, o, kernel_size, stride=stride, padding=padding, groups=groups, bias=False),
        nn.BatchNorm2d(o),
    ]
    return layers + [activation()] if activation else layers


def head(channels):
    """Global average pooling and a linear layer, for ten classes."""
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10), nn.LogSoftmax(1)]

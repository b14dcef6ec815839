"""Networks of residual blocks (He et al., 2015)."""

from torch import nn

from .layers import Residual, head, unit


def resnet20():
    """ResNet-20 without the shortcuts around the two blocks that halve the image."""
    layers = unit(3, 16) + basic_block(16) + basic_block(16) + basic_block(16)
    for width in 32, 64:
        layers += halving(width) + basic_block(width) + basic_block(width)
    return nn.Sequential(*layers, *head(64))


def resnet18():
    """ResNet-18 for ten classes, without the shortcuts around the three blocks that halve the image."""
    layers = unit(3, 64, 7, stride=2) + [nn.MaxPool2d(3, 2, 1)] + basic_block(64) + basic_block(64)
    for width in 128, 256, 512:
        layers += halving(width) + basic_block(width)
    return nn.Sequential(*layers, *head(512))


def grouped():
    """Three bottlenecks with 3×3 convolutions in 32 groups (Xie et al., 2017)."""
    layers = unit(3, 64)
    for _ in range(3):
        inner = unit(64, 128, 1) + unit(128, 128, groups=32) + unit(128, 64, 1, activation=None)
        layers += [Residual(*inner), nn.ReLU()]
    return nn.Sequential(*layers, *head(64))


def basic_block(width):
    return [Residual(*unit(width, width), *unit(width, width, activation=None)), nn.ReLU()]


def halving(width):
    """A block that halves the image and doubles the channels, without a shortcut."""
    return unit(width // 2, width, stride=2) + unit(width, width)

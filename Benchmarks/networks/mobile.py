"""Networks of inverted residuals (Sandler et al., 2018)."""

from torch import nn

from .layers import Residual, head, unit


def mobilenetv2():
    """MobileNetV2's blocks for 32×32 pixels, with ReLU."""
    layers = unit(3, 32) + inverted_residual(32, 16, expansion=1, stride=1)
    i = 16
    for o, count, stride in (24, 2, 1), (32, 3, 2), (64, 3, 2), (96, 2, 1), (160, 2, 2):
        layers += inverted_residual(i, o, 6, stride)
        for _ in range(count - 1):
            layers += inverted_residual(o, o, 6, 1)
        i = o
    return nn.Sequential(*layers, *unit(160, 640, 1), *head(640))


def depthwise5_silu():
    layers = unit(3, 32, activation=nn.SiLU)
    for _ in range(3):
        inner = unit(32, 128, 1, activation=nn.SiLU)
        inner += unit(128, 128, 5, groups=128, activation=nn.SiLU)
        layers += [Residual(*inner, *unit(128, 32, 1, activation=None))]
    return nn.Sequential(*layers, *head(32))


def inverted_residual(i, o, expansion, stride):
    """Expands the channels, convolves them depthwise and projects them; adds its input if the shape stays."""
    width = i * expansion
    layers = unit(i, width, 1) if expansion > 1 else []
    layers += unit(width, width, stride=stride, groups=width) + unit(width, o, 1, activation=None)
    return [Residual(*layers)] if stride == 1 and i == o else layers

"""The published assignment's network and a modified one."""

from torch import nn

from .layers import head


class DepthwiseSeparable(nn.Module):
    """A depthwise convolution, then a 1×1 convolution across channels."""

    def __init__(self, i, o):
        super().__init__()
        self.depthwise = nn.Conv2d(i, i, 3, padding=1, groups=i)
        self.pointwise = nn.Conv2d(i, o, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


def assignment():
    return network(block3=[unit(dilated(i, o, 2), o) for i, o in ((32, 32), (32, 64), (64, 128))])


def edited():
    """Block 3 has 5×5 convolutions and SiLU."""
    block3 = [
        unit(nn.Conv2d(i, o, 5, padding=2), o, activation=nn.SiLU)
        for i, o in ((32, 32), (32, 64), (64, 128))
    ]
    return network(block3)


def network(block3):
    layers = []
    for i, o in (3, 32), (32, 64), (64, 128):
        layers += unit(DepthwiseSeparable(i, o), o)
    layers += unit(nn.Conv2d(128, 32, 1), 32, drops=False)
    for i, o in (32, 32), (32, 64), (64, 128):
        layers += unit(DepthwiseSeparable(i, o), o)
    layers += unit(nn.Conv2d(128, 32, 1), 32, drops=False)
    layers += sum(block3, [])
    layers += unit(nn.Conv2d(128, 16, 1), 16, drops=False)
    layers += unit(dilated(16, 32, 4), 32) + unit(dilated(32, 64, 4), 64)
    layers += unit(dilated(64, 64, 4), 64, drops=False)
    layers += unit(nn.Conv2d(64, 16, 1, stride=2), 16, drops=False)
    return nn.Sequential(*layers, *head(16))


def unit(layer, channels, drops=True, activation=nn.ReLU):
    layers = [layer, nn.BatchNorm2d(channels), activation()]
    return layers + [nn.Dropout2d(0.05)] if drops else layers


def dilated(i, o, d):
    return nn.Conv2d(i, o, 3, padding=d, dilation=d)

"""The networks of Sources/Benchmarks/BenchmarkNetwork.swift in PyTorch: 3×32×32 to ten classes."""

from torch import nn


class DepthwiseSeparable(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.depthwise = nn.Conv2d(i, i, 3, padding=1, groups=i)
        self.pointwise = nn.Conv2d(i, o, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


def assignment(edited=False):
    """The published assignment's network; edited: block 3 has 5×5 convolutions and SiLU."""

    def unit(layer, channels, drops=True, activation=nn.ReLU):
        layers = [layer, nn.BatchNorm2d(channels), activation()]
        return layers + [nn.Dropout2d(0.05)] if drops else layers

    def dilated(i, o, d):
        return nn.Conv2d(i, o, 3, padding=d, dilation=d)

    layers = []
    for i, o in (3, 32), (32, 64), (64, 128):
        layers += unit(DepthwiseSeparable(i, o), o)
    layers += unit(nn.Conv2d(128, 32, 1), 32, drops=False)
    for i, o in (32, 32), (32, 64), (64, 128):
        layers += unit(DepthwiseSeparable(i, o), o)
    layers += unit(nn.Conv2d(128, 32, 1), 32, drops=False)
    for i, o in (32, 32), (32, 64), (64, 128):
        if edited:
            layers += unit(nn.Conv2d(i, o, 5, padding=2), o, activation=nn.SiLU)
        else:
            layers += unit(dilated(i, o, 2), o)
    layers += unit(nn.Conv2d(128, 16, 1), 16, drops=False)
    layers += unit(dilated(16, 32, 4), 32) + unit(dilated(32, 64, 4), 64)
    layers += unit(dilated(64, 64, 4), 64, drops=False)
    layers += unit(nn.Conv2d(64, 16, 1, stride=2), 16, drops=False)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10), nn.LogSoftmax(1))


def resnet20():
    """ResNet-20 without the shortcuts around the two blocks that halve the image."""

    def unit(i, o, stride=1):
        return [nn.Conv2d(i, o, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(o)]

    def block(width):
        return [Residual(*unit(width, width), nn.ReLU(), *unit(width, width)), nn.ReLU()]

    layers = unit(3, 16) + [nn.ReLU()] + block(16) + block(16) + block(16)
    for width in 32, 64:
        layers += unit(width // 2, width, stride=2) + [nn.ReLU()] + unit(width, width) + [nn.ReLU()]
        layers += block(width) + block(width)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10), nn.LogSoftmax(1))


def vgg():
    """Plain 3×3 convolutions with max pooling, without BatchNorm."""
    layers = []
    for i, o in (3, 64), (64, 128), (128, 256):
        layers += [nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    layers += [nn.Flatten(), nn.Linear(256 * 4 * 4, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10)]
    return nn.Sequential(*layers, nn.LogSoftmax(1))


NETWORKS = {
    "assignment": assignment,
    "resnet20": resnet20,
    "vgg": vgg,
    "edited": lambda: assignment(edited=True),
}

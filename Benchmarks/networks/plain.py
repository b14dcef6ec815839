"""Convolutions and max pooling, without shortcuts."""

from torch import nn

from .layers import head, unit


def vgg():
    """Plain 3×3 convolutions with max pooling, without BatchNorm (Simonyan and Zisserman, 2014)."""
    layers = stages([(3, 64, 64), (64, 128, 128), (128, 256, 256)], vgg_unit)
    layers += [nn.Flatten(), nn.Linear(256 * 4 * 4, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10)]
    return nn.Sequential(*layers, nn.LogSoftmax(1))


def deep_vgg():
    """The same kind of network with up to 512 channels on 4×4 pixels, and global average pooling."""
    widths = [(3, 64, 64), (64, 128, 128), (128, 256, 256, 256), (256, 512, 512, 512)]
    return nn.Sequential(*stages(widths, vgg_unit), *head(512))


def vgg_bn():
    widths = [(3, 32, 32), (32, 64, 64), (64, 128, 128), (128, 256, 256)]
    return nn.Sequential(*stages(widths, unit), *head(256))


def conv5():
    def make(i, o):
        return unit(i, o, kernel_size=5)

    return nn.Sequential(*stages([(3, 32, 32), (32, 64, 64), (64, 128, 128)], make), *head(128))


def groupnorm_gelu():
    def make(i, o):
        return [nn.Conv2d(i, o, 3, padding=1, bias=False), nn.GroupNorm(8, o), nn.GELU()]

    return nn.Sequential(*stages([(3, 64, 64), (64, 128, 128), (128, 256, 256)], make), *head(256))


def vgg_unit(i, o):
    return [nn.Conv2d(i, o, 3, padding=1), nn.ReLU()]


def stages(widths, make):
    """Units between these numbers of channels; max pooling halves the image after each stage."""
    layers = []
    for stage in widths:
        for i, o in zip(stage, stage[1:]):
            layers += make(i, o)
        layers += [nn.MaxPool2d(2)]
    return layers

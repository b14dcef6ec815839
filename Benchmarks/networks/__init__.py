"""The networks of Sources/Benchmarks/Networks in PyTorch: images to log-probabilities of ten classes."""

from dataclasses import dataclass
from typing import Callable

from torch import nn

from . import assignment, mobile, plain, residual, small


@dataclass(frozen=True)
class Network:
    """A network and what it is timed with."""

    make: Callable[[], nn.Module]
    # Channels, height and width of an image.
    input: tuple = (3, 32, 32)
    # The batch sizes that scripts/bench times.
    batch_sizes: tuple = (64,)
    # How many times as many batches scripts/bench times: short ones need more for a steady median.
    batches_factor: int = 1


NETWORKS = {
    "assignment": Network(assignment.assignment),
    "edited": Network(assignment.edited),
    "mlp": Network(small.mlp, batch_sizes=(8, 64, 512), batches_factor=4),
    "lenet": Network(small.lenet, batches_factor=10),
    "vgg": Network(plain.vgg, batch_sizes=(8, 64)),
    "deep-vgg": Network(plain.deep_vgg),
    "vgg-bn-64": Network(plain.vgg_bn, input=(3, 64, 64)),
    "conv5": Network(plain.conv5),
    "groupnorm-gelu": Network(plain.groupnorm_gelu),
    "resnet20": Network(residual.resnet20),
    "resnet18-224": Network(residual.resnet18, input=(3, 224, 224), batch_sizes=(8,)),
    "grouped": Network(residual.grouped),
    "mobilenetv2": Network(mobile.mobilenetv2),
    "depthwise5-silu": Network(mobile.depthwise5_silu),
}

"""Times a network in PyTorch and prints one JSON object, as `quire bench train` and `quire bench evaluate` do.

A training step is forward, NLL loss, backward and AdamW, running statistics and all. The batch lies ready in memory,
augmented and normalised: loading and augmenting cost PyTorch nothing here.

    python3 Benchmarks/pytorch_train.py --network assignment --precision bfloat16 --tuned --batches 20
"""

import argparse
import ctypes
import json
import resource
import statistics
import time

import torch
import torch.nn.functional as F

from networks import NETWORKS

IMPORTED = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

WARM_UP = 3  # untimed steps: the first ones allocate, and oneDNN generates its code


def keep_memory():
    """Makes glibc's malloc keep freed memory; otherwise every large tensor is mapped and zeroed again."""
    try:
        libc = ctypes.CDLL("libc.so.6")
    except OSError:
        return
    M_TRIM_THRESHOLD, M_MMAP_MAX, M_ARENA_MAX = -1, -4, -8
    libc.mallopt(M_TRIM_THRESHOLD, ctypes.c_int(2**31 - 1))
    libc.mallopt(M_MMAP_MAX, 0)
    libc.mallopt(M_ARENA_MAX, 1)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--network", choices=NETWORKS, default="assignment")
    parser.add_argument(
        "--precision", choices=["float32", "bfloat16"], default="float32", help="bfloat16: autocast"
    )
    parser.add_argument("--tuned", action="store_true", help="channels_last, and malloc keeps its memory")
    parser.add_argument("--evaluate", action="store_true", help="time predictions without gradients")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--batch-size", type=int, default=64)
    options = parser.parse_args()

    if options.tuned:
        keep_memory()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    layout = torch.channels_last if options.tuned else torch.contiguous_format
    network = NETWORKS[options.network]
    model = network.make().to(memory_format=layout)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-4)
    images = torch.randn(options.batch_size, *network.input).to(memory_format=layout)
    labels = torch.randint(0, 10, (options.batch_size,))

    def predict():
        with torch.no_grad(), torch.autocast(
            "cpu", torch.bfloat16, enabled=options.precision == "bfloat16"
        ):
            return model(images).float().sum().item()

    def train():
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=options.precision == "bfloat16"):
            output = model(images)
        loss = F.nll_loss(output.float(), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    model.train(not options.evaluate)
    step = predict if options.evaluate else train
    seconds = []
    for index in range(WARM_UP + options.batches):
        start = time.perf_counter()
        loss = step()
        if index >= WARM_UP:
            seconds.append(time.perf_counter() - start)
        assert loss == loss, "the loss is not a number"
    print(
        json.dumps(
            {
                "benchmark": "pytorch",
                "network": options.network,
                "precision": options.precision,
                "tuned": options.tuned,
                "threads": options.threads,
                "batchSize": options.batch_size,
                "imagesPerSecond": options.batch_size / statistics.median(seconds),
                "min": options.batch_size / max(seconds),
                "max": options.batch_size / min(seconds),
                "parameters": sum(p.numel() for p in model.parameters()),
                "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "importedMemoryBytes": IMPORTED,
                "version": torch.__version__,
                "instructionSet": torch.backends.cpu.get_cpu_capability(),
            }
        )
    )


if __name__ == "__main__":
    main()

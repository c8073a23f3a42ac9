#!/usr/bin/python3
"""The PyTorch side of Fathom's speed comparison: one thread, data in memory, float32, one JSON document on stdout."""

import os

# torch.set_num_threads does not reach an OpenBLAS built on pthreads, and a spinning BLAS worker is billed as CPU time:
# the environment has to be set before torch, and with it the BLAS, is loaded.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import ctypes
import json
import math
import re
import sys
import time

import torch
from clock import clocks, spread
from torch import nn
from torch.nn import functional
from training import STOCK_ADAM, Training, data, flops_per_sample, network

IMPORTED = time.process_time()


def rates(flops, seconds):
    """GFLOP/s that belong to the spread of the seconds."""
    return {name: flops / value / 1e9 for name, value in seconds.items()}


def step(options):
    """Seconds per training step; a chunk is one epoch, so that every chunk holds the same batches."""
    kinds = {"stock": STOCK_ADAM, "all": STOCK_ADAM + ("flat",)}.get(options.adam, (options.adam,))
    arms = {kind: Training(options, kind) for kind in kinds}
    steps_per_epoch = math.ceil(options.samples / options.batch)
    for arm in arms.values():
        for _ in range(math.ceil(options.warmup / steps_per_epoch)):
            arm.epoch()
    chunks = math.ceil(options.steps / steps_per_epoch)
    timings = {kind: [] for kind in kinds}
    for _ in range(chunks):
        # The arms take turns, so that a busy neighbour on the machine disturbs all of them alike.
        for kind, arm in arms.items():
            timings[kind].append(clocks(arm.epoch))
    samples_per_step = options.samples / steps_per_epoch
    results = {}
    for kind in kinds:
        cpu, wall = (spread([epoch / steps_per_epoch for epoch in epochs]) for epochs in zip(*timings[kind]))
        results[kind] = {
            "cpu_seconds_per_step": cpu,
            "wall_seconds_per_step": wall,
            "gflops": rates(flops_per_sample(options) * samples_per_step, cpu),
            "final_loss": arms[kind].loss.item(),
        }
    return {
        "steps_per_chunk": steps_per_epoch,
        "chunks": chunks,
        "samples_per_step": samples_per_step,
        "flops_per_sample": flops_per_sample(options),
        "adam": results,
        "best": min(kinds, key=lambda kind: results[kind]["cpu_seconds_per_step"]["median"]),
    }


def process(options):
    """CPU seconds of a whole training process, from the start of the interpreter to here."""
    training = Training(options, options.adam)
    ready = time.process_time()
    steps = sum(training.epoch() for _ in range(options.epochs))
    loss = training.loss.item()
    end = time.process_time()
    return {
        "steps": steps,
        "final_loss": loss,
        "import_cpu_seconds": IMPORTED,
        "setup_cpu_seconds": ready - IMPORTED,
        "train_cpu_seconds": end - ready,
        "total_cpu_seconds": end,
    }


def separation_measures(features, labels, classes, hermitian):
    """log Tr(W B+), log Tr W - log Tr B and log Tr(B W+); W, B: scatter within and between classes, +: pinv."""
    samples = len(labels)
    member = functional.one_hot(labels, classes).to(features.dtype)
    counts = member.sum(0)
    means = (member.T @ features) / counts[:, None]
    between_rows = (means - features.mean(0)) * (counts / samples).sqrt()[:, None]
    between = between_rows.T @ between_rows
    within_rows = features - means[labels]
    within = within_rows.T @ within_rows / samples
    # Tr(XY) of symmetric matrices is the sum of the elementwise product: no matrix product is needed.
    data_separation = (within * torch.linalg.pinv(between, hermitian=hermitian)).sum().log()
    trace_ratio = within.trace().log() - between.trace().log()
    inverse = (between * torch.linalg.pinv(within, hermitian=hermitian)).sum().log()
    return data_separation.item(), trace_ratio.item(), inverse.item()


def layer_outputs(model, inputs):
    """The normalised input, every activation and the logits."""
    found, value = [], inputs
    for place, layer in enumerate(model):
        value = layer(value)
        if place in (0, len(model) - 1) or isinstance(layer, nn.LeakyReLU):
            found.append(value)
    return found


@torch.no_grad()
def separation(options):
    """CPU seconds to measure every layer of a network in evaluation mode; the forward pass is timed apart."""
    options.depth, options.inputs, options.dropout = options.layers - 1, options.width, 0.0
    torch.manual_seed(0)
    inputs, labels = data(options)
    # Class means, or the pseudo-inverses would be taken of noise alone.
    inputs += torch.randn(options.classes, options.inputs)[labels]
    model = network(options).eval()
    activations, measured = [], {}

    def forward():
        activations[:] = layer_outputs(model, inputs)

    def measure(name, hermitian):
        rows = [separation_measures(layer, labels, options.classes, hermitian) for layer in activations]
        measured[name] = dict(zip(("Dmp", "Ds", "iDmp"), zip(*rows)))

    pinv = {"pinv_svd": lambda: measure("pinv_svd", False), "pinv_eigen": lambda: measure("pinv_eigen", True)}
    runs = {"forward": forward} | pinv
    rounds = [{name: clocks(run)[0] for name, run in runs.items()} for _ in range(options.repeats + 1)]
    return {
        "layers": [list(layer.shape) for layer in activations],
        "cpu_seconds": {name: spread([times[name] for times in rounds[1:]]) for name in runs},
        "measures": measured,
    }


def shipped(options):
    """CPU seconds of one cell by the published procedure: every image prepared one by one in every epoch.

    Preparing the images is timed over a few epochs and counted for all of them; everything else is done in full.
    """
    # Here, or the other commands would need PIL and be billed for loading it.
    from images import Images, transform
    from torch.utils.data import DataLoader

    side = math.isqrt(options.inputs)
    if side * side != options.inputs:
        sys.exit(f"expected a square number of pixels after --inputs, found {options.inputs}")
    training = Training(options, options.adam)
    to_tensor, made_with = transform(side)
    images = Images(options.samples, options.classes, to_tensor)
    loader = DataLoader(images, batch_size=options.batch, shuffle=True)
    begun, prepared, batches = time.process_time(), [], []

    def prepare():
        batches[:] = [(images.flatten(1), labels) for images, labels in loader]

    for _ in range(options.prepared):
        prepared.append(clocks(prepare)[0])

    def train():
        for _ in range(options.epochs):
            for images, labels in batches:
                training.step(images, labels)

    @torch.no_grad()
    def measure():
        images, labels = (torch.cat(parts) for parts in zip(*batches))
        for layer in layer_outputs(training.model.eval(), images):
            separation_measures(layer, labels, options.classes, False)

    trained, measured = clocks(train)[0], clocks(measure)[0]
    # Once before the training, for the measurement; in every epoch; and the test images at the end.
    passes = 1 + options.epochs + options.tests / options.samples
    preparation = {name: passes * value for name, value in spread(prepared).items()}
    return {
        "transforms": made_with,
        "images_cpu_seconds": preparation,
        "start_cpu_seconds": begun,
        "train_cpu_seconds": trained,
        "measure_cpu_seconds": measured,
        "final_loss": training.loss.item(),
        "cpu_seconds": {name: begun + value + trained + measured for name, value in preparation.items()},
    }


def gemm(options):
    """Single precision matrix product C[m,n] = A[m,k] B[k,n] into a given C; one size stands for m = k = n."""
    if len(options.size) not in (1, 3):
        sys.exit(f"expected one size or three (m k n) after --size, found {len(options.size)}")
    m, k, n = options.size if len(options.size) == 3 else options.size * 3
    left, right, out = torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)
    calls = max(1, round(2.5e9 / (m * k * n)))

    def chunk():
        for _ in range(calls):
            torch.mm(left, right, out=out)

    chunk()
    cpu = spread([clocks(chunk)[0] / calls for _ in range(options.repeats)])
    return {"shape": [m, k, n], "cpu_seconds": cpu, "gflops": rates(2 * m * k * n, cpu)}


def blas():
    """The BLAS that torch has loaded, asked by its own words; the slow reference BLAS would not be a fair peer."""
    torch.mm(torch.ones(2, 2), torch.ones(2, 2))
    with open("/proc/self/maps", encoding="ascii") as maps:
        libraries = sorted(set(re.findall(r"/\S*(?:blas|mkl_rt)\S*", maps.read())))
    for path in libraries:
        library = ctypes.CDLL(path)
        if hasattr(library, "openblas_get_config"):
            library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
            return {
                "library": os.path.realpath(path),
                "config": library.openblas_get_config().decode(),
                "core": library.openblas_get_corename().decode(),
                "threads": library.openblas_get_num_threads(),
            }
    if torch.backends.mkl.is_available():
        return {"library": "MKL"}
    sys.exit(
        f"expected torch to use OpenBLAS or MKL, found {', '.join(libraries) or 'no BLAS library'}; "
        "install it: apt-get install libopenblas0-pthread"
    )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for run in (step, process, separation, shipped, gemm):
        command = commands.add_parser(run.__name__, help=run.__doc__.splitlines()[0])
        command.set_defaults(run=run)
    numbers = {"samples": 2560, "width": 100, "classes": 10, "slope": 0.0}
    trained = numbers | {"depth": 8, "inputs": 100, "batch": 100, "seed": 1, "dropout": 0.0, "lr": 1e-3}
    defaults = {
        "step": trained | {"steps": 520, "warmup": 52},
        "process": trained | {"epochs": 100},
        "separation": numbers | {"layers": 9, "repeats": 15},
        "shipped": trained | {"batch": 2560, "epochs": 100, "prepared": 3, "tests": 10000},
        "gemm": {"repeats": 15},
    }
    for name, options in defaults.items():
        for option, default in options.items():
            commands.choices[name].add_argument(f"--{option}", type=type(default), default=default)
    commands.choices["gemm"].add_argument("--size", type=int, nargs="+", default=[2048])
    arms = STOCK_ADAM + ("flat",)
    commands.choices["step"].add_argument("--adam", choices=arms + ("stock", "all"), default="stock")
    commands.choices["process"].add_argument("--adam", choices=arms, default="foreach")
    commands.choices["shipped"].add_argument("--adam", choices=arms, default="plain")
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(1)
    simd = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
    machine = {"torch": torch.__version__, "simd": simd and simd[1], "blas": blas()}
    run = vars(options).pop("run")
    given = dict(vars(options))
    print(json.dumps({"options": given, "machine": machine, "result": run(options)}, indent=2))


if __name__ == "__main__":
    main()

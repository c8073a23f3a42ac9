#!/usr/bin/python3
"""Ranks of a layer and its drift in numpy, one thread, one JSON document on stdout.

Every work comes in the forms in which it would be written; the faster one counts. The Gram matrix is a form only where
its rounding does not reach the rank.
"""

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import json
import re
import sys

import numpy as np
from clock import clocks, spread

DECADES = 7


def effective_rank(values):
    shares = values[values > 1e-12 * values[0]] / values.sum()
    return np.exp(-np.sum(shares * np.log(shares)))


def by_svd(features):
    return effective_rank(np.linalg.svd(features - features.mean(0), compute_uv=False))


def by_gram(features):
    centred = features - features.mean(0)
    return effective_rank(np.sqrt(np.maximum(0, np.linalg.eigvalsh(centred.T @ centred)[::-1])))


def drift(below, above, norms):
    return 1 - np.sum((below.T @ above) ** 2) / norms


def library():
    """The BLAS that numpy has loaded; the reference BLAS is some ten times slower than OpenBLAS."""
    np.ones((2, 2)) @ np.ones((2, 2))
    with open("/proc/self/maps", encoding="ascii") as maps:
        fast = re.search(r"openblas|mkl_rt", maps.read())
    return fast[0] if fast else "the reference BLAS, no fair peer: apt-get install libopenblas0-pthread"


def with_spectrum(random, samples, spectrum):
    normal = random.standard_normal((samples, len(spectrum)))
    left, _, right = np.linalg.svd(normal - normal.mean(0), full_matrices=False)
    return (left * spectrum) @ right


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in {"samples": 2000, "features": 512, "repeats": 15}.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    options = parser.parse_args()
    random = np.random.default_rng(1)
    count = options.features
    flat, above = (random.standard_normal((options.samples, count)) for _ in range(2))
    spectra = {
        "steep": 10.0 ** (-DECADES * np.arange(count) / (count - 1)),
        "dependent": (np.arange(count) < count // 2).astype(float),
    }
    features = {name: with_spectrum(random, options.samples, spectrum) for name, spectrum in spectra.items()}
    centred, next_centred = flat - flat.mean(0), above - above.mean(0)
    norms = np.linalg.norm(centred.T @ centred) * np.linalg.norm(next_centred.T @ next_centred)
    works = {
        "flat": {"svd": lambda: by_svd(flat), "gram": lambda: by_gram(flat)},
        "steep": {"svd": lambda: by_svd(features["steep"])},
        "dependent": {"svd": lambda: by_svd(features["dependent"])},
        "drift": {"product": lambda: drift(centred, next_centred, norms)},
    }
    expected = {name: effective_rank(spectrum) for name, spectrum in spectra.items()} | {"flat": by_svd(flat)}
    times = {name: {form: [] for form in forms} for name, forms in works.items()}
    for turn in range(options.repeats + 1):
        for name, forms in works.items():
            for form, work in forms.items():
                found = []
                cpu = clocks(lambda: found.append(work()))[0]
                if turn > 0:
                    times[name][form].append(cpu)
                if abs(found[0] / expected.get(name, found[0]) - 1) > 1e-9:
                    sys.exit(f"expected a rank of {expected[name]}, found {found[0]} by {name}, {form}")
    result = {name: {form: spread(values) for form, values in forms.items()} for name, forms in times.items()}
    machine = {"numpy": f"{np.__version__}, {library()}"}
    print(json.dumps({"options": vars(options), "machine": machine, "result": result}, indent=2))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Spins in numpy: samples of an Ising chain and its coupling from them, one thread, one JSON document on stdout.

Every work comes in the forms in which it would be written; the faster one counts.
"""

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import json
import math
import sys

import numpy as np
from clock import clocks, spread

BATCHES = 64


def products(random, sites, keep):
    """The running product of independent bonds, in double random numbers."""
    signs = np.where(random.random(sites) < keep, 1, -1).astype(np.int8)
    signs[0] = 2 * random.integers(2) - 1
    return np.cumprod(signs, dtype=np.int8)


def parities(random, sites, keep):
    """The running parity of unsatisfied bonds, in single random numbers."""
    turns = random.random(sites, dtype=np.float32) >= keep
    turns[0] = random.integers(2)
    return 1 - 2 * np.logical_xor.accumulate(turns).view(np.int8)


def mean_of_products(spins):
    count = len(spins) - 1
    mean = np.mean(spins[1:] * spins[:-1])
    return math.atanh(mean), 1 / math.sqrt(count * (1 - mean**2))


def count_of_equals(spins):
    count = len(spins) - 1
    satisfied = np.count_nonzero(spins[1:] == spins[:-1])
    unsatisfied = count - satisfied
    return math.log(satisfied / unsatisfied) / 2, math.sqrt(1 / satisfied + 1 / unsatisfied) / 2


def of_sequence(spins, product):
    """The estimate from any sequence with the error from the means of batches, as Fathom's SequenceCoupling."""
    values = spins.astype(float)
    values -= values.mean()
    variance = product(values, values) / len(values)
    correlation = product(values[:-1], values[1:]) / (len(values) - 1) / variance
    bounds = (len(values) - 1) * np.arange(BATCHES + 1) // BATCHES
    terms = values[:-1] * (values[1:] - correlation * values[:-1])
    means = np.add.reduceat(terms, bounds[:-1]) / np.diff(bounds) / variance
    error = means.std(ddof=1) / math.sqrt(BATCHES)
    return math.atanh(correlation), error / (1 - correlation**2)


def sum_of_products(left, right):
    return np.sum(left * right)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in {"sites": 1 << 20, "coupling": 1.0, "repeats": 15}.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    options = parser.parse_args()
    random = np.random.default_rng(1)
    keep = 1 / (1 + math.exp(-2 * options.coupling))
    spins, found = [], []

    def sample(form):
        spins[:] = [form(random, options.sites, keep)]

    def estimate(form, *arguments):
        found[:] = [form(spins[0], *arguments)]

    works = {
        "sample": {"products": lambda: sample(products), "parities": lambda: sample(parities)},
        "bonds": {"mean": lambda: estimate(mean_of_products), "count": lambda: estimate(count_of_equals)},
        "sequence": {
            "sum": lambda: estimate(of_sequence, sum_of_products),
            "dot": lambda: estimate(of_sequence, np.dot),
        },
    }
    times = {name: {form: [] for form in forms} for name, forms in works.items()}
    for turn in range(options.repeats + 1):
        for name, forms in works.items():
            for form, work in forms.items():
                cpu = clocks(work)[0]
                if turn > 0:
                    times[name][form].append(cpu)
                if found and not abs(found[0][0] - options.coupling) <= 6 * found[0][1]:
                    sys.exit(f"expected a coupling of {options.coupling}, found {found[0]} by {name}, {form}")
    result = {name: {form: spread(values) for form, values in forms.items()} for name, forms in times.items()}
    document = {"options": vars(options), "machine": {"numpy": np.__version__}, "result": result}
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()

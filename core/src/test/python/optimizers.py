"""Golden numbers of torch.optim for OptimizerGoldenTest; run with Debian's python3-torch (1.13).

    python3 core/src/test/python/optimizers.py > core/src/test/resources/golden/optimizers.json

Sixteen float64 parameters, sixty steps, a pseudo-gradient of exactly rounded operations that depends on parameter, step
and position: g_i(t) = ((7 i + 13 t) mod 31) / 15.5 - 1 + 0.3 theta_i, with t counted from 0.
"""

import json

import torch

N = 16
STEPS = 60
KEPT = (1, 2, 10, 60)
SETTINGS = [
    ("sgd", dict(lr=0.05)),
    ("sgd", dict(lr=0.05, weight_decay=0.1)),
    ("sgd", dict(lr=0.05, momentum=0.9)),
    ("sgd", dict(lr=0.05, momentum=0.9, weight_decay=0.1)),
    ("sgd", dict(lr=0.05, momentum=0.8, nesterov=True)),
    ("sgd", dict(lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.1)),
    ("adam", dict(lr=0.02)),
    ("adam", dict(lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
    ("adamw", dict(lr=0.02, weight_decay=0.1)),
    ("adamw", dict(lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.0)),
]
KINDS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}


def run(kind, options):
    i = torch.arange(N)
    theta = torch.nn.Parameter(((5 * i) % 16 - 8).to(torch.float64) / 8)
    optimizer = KINDS[kind]([theta], **options)
    kept = {}
    for t in range(STEPS):
        theta.grad = ((7 * i + 13 * t) % 31).to(torch.float64) / 15.5 - 1 + 0.3 * theta.detach()
        optimizer.step()
        if t + 1 in KEPT:
            kept[str(t + 1)] = theta.detach().tolist()
    beta1, beta2 = options.get("betas", (0.9, 0.999))
    return {
        "kind": kind,
        "lr": options["lr"],
        "momentum": options.get("momentum", 0.0),
        "nesterov": options.get("nesterov", False),
        "beta1": beta1,
        "beta2": beta2,
        "eps": options.get("eps", 1e-8),
        "weight_decay": options.get("weight_decay", 0.0),
        "theta": kept,
    }


print(json.dumps({"torch": torch.__version__, "runs": [run(*s) for s in SETTINGS]}, indent=1))

"""Golden numbers of two networks for TorchNetworksTest; run with Debian's python3-torch (1.13).

    python3 core/src/test/python/networks.py > core/src/test/resources/golden/networks.json

Float64 and one training pass each: parameters, input, labels, output, cross entropy, gradients; for the batch-normalised
network also the running statistics after that pass and the output in evaluation mode. Names are those of Fathom's
tensors: W_i and b_i count affine maps, gamma_m, gamma_m_1, ... the normalisations of layer m.
"""

import json

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(20)

BATCH = 7
CLASSES = 3


class Named:
    """Layers whose tensors are listed under Fathom's names, with parameters that are not at their defaults."""

    def __init__(self):
        self.parameters = {}
        self.statistics = {}
        self.affines = 0
        self.modules = []

    def affine(self, layer):
        self.parameters[f"W_{self.affines}"] = layer.weight
        self.parameters[f"b_{self.affines}"] = layer.bias
        self.affines += 1
        self.modules.append(layer)
        return layer

    def norm(self, layer, suffix):
        with torch.no_grad():
            layer.weight.copy_(1 + 0.3 * torch.randn_like(layer.weight))
            layer.bias.copy_(0.3 * torch.randn_like(layer.bias))
        self.parameters[f"gamma_{suffix}"] = layer.weight
        self.parameters[f"beta_{suffix}"] = layer.bias
        if isinstance(layer, nn.BatchNorm2d):
            self.statistics[f"mean_{suffix}"] = layer.running_mean
            self.statistics[f"variance_{suffix}"] = layer.running_var
        self.modules.append(layer)
        return layer


def convolutional(net):
    """2 x 5 x 4 -> conv 3 -> residual stage 3 -> residual stage 4 with stride 2 -> dense; BatchNorm and ReLU."""

    def conv(inputs, outputs, kernel, stride, suffix):
        c = net.affine(nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2))
        return nn.Sequential(c, net.norm(nn.BatchNorm2d(outputs), suffix))

    first = conv(2, 3, 3, 1, "0")
    one, two = conv(3, 3, 3, 1, "1"), conv(3, 3, 3, 1, "1_1")
    three, four, short = conv(3, 4, 3, 2, "2"), conv(4, 4, 3, 1, "2_1"), conv(3, 4, 1, 2, "2_2")
    output = net.affine(nn.Linear(4 * 3 * 2, CLASSES))

    def forward(x):
        z = F.relu(first(x.reshape(-1, 2, 5, 4)))
        z = F.relu(z + two(F.relu(one(z))))
        z = F.relu(short(z) + four(F.relu(three(z))))
        return output(z.flatten(1))

    return forward, 2 * 5 * 4


def residual(net):
    """5 -> 6 -> three blocks z + branch(z)/2 with LayerNorm, GELU and an inner width of 4 -> 3."""
    stem = net.affine(nn.Linear(5, 6))
    blocks = []
    for m in range(1, 4):
        norm = net.norm(nn.LayerNorm(6), str(m))
        blocks.append((norm, net.affine(nn.Linear(6, 4)), net.affine(nn.Linear(4, 6))))
    output = net.affine(nn.Linear(6, CLASSES))

    def forward(x):
        z = stem(x)
        for norm, inside, outside in blocks:
            z = z + 0.5 * outside(F.gelu(inside(norm(z))))
        return output(z)

    return forward, 5


def flat(tensors):
    return {name: tensor.detach().flatten().tolist() for name, tensor in tensors.items()}


def run(build):
    net = Named()
    forward, features = build(net)
    x = torch.randn(BATCH, features)
    labels = torch.randint(CLASSES, (BATCH,))
    output = forward(x)
    loss = F.cross_entropy(output, labels)
    loss.backward()
    for module in net.modules:
        module.eval()
    return {
        "x": x.tolist(),
        "labels": labels.tolist(),
        "parameters": flat(net.parameters),
        "output": output.tolist(),
        "loss": loss.item(),
        "gradients": flat({name: p.grad for name, p in net.parameters.items()}),
        "statistics": flat(net.statistics),
        "evaluation": forward(x).tolist(),
    }


print(
    json.dumps(
        {"torch": torch.__version__, "convolutional": run(convolutional), "residual": run(residual)},
        indent=None,
        separators=(",", ":"),
    )
)

"""The network, its data and its training, as the PyTorch peer runs them."""

import sys

import torch
from torch import nn
from torch.nn import functional

STOCK_ADAM = ("plain", "foreach")


def network(options):
    """BatchNorm, then (Linear, BatchNorm, LeakyReLU, Dropout) x (depth - 1), then Linear to the logits."""
    layers = [nn.BatchNorm1d(options.inputs)]
    fan_in = options.inputs
    for _ in range(options.depth - 1):
        layers += [nn.Linear(fan_in, options.width), nn.BatchNorm1d(options.width)]
        layers += [nn.LeakyReLU(options.slope, inplace=True)]
        # In place, Dropout would overwrite what the backward pass of LeakyReLU reads.
        if options.dropout > 0:
            layers += [nn.Dropout(options.dropout)]
        fan_in = options.width
    return nn.Sequential(*layers, nn.Linear(fan_in, options.classes))


def data(options):
    """Standard normal inputs [samples, inputs] and uniform labels [samples]."""
    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(options.samples, options.inputs, generator=generator)
    labels = torch.randint(options.classes, (options.samples,), generator=generator)
    return inputs, labels


def adam(model, kind, learning_rate):
    """Adam as it comes, by parameter or by list of parameters, or over all parameters laid end to end ("flat")."""
    if kind in STOCK_ADAM:
        return torch.optim.Adam(model.parameters(), lr=learning_rate, foreach=kind == "foreach")
    parameters = list(model.parameters())
    joined = nn.Parameter(nn.utils.parameters_to_vector(parameters).detach())
    joined.grad = torch.zeros_like(joined)
    start = 0
    for parameter in parameters:
        part = slice(start, start + parameter.numel())
        parameter.data = joined.data[part].view_as(parameter)
        parameter.grad = joined.grad[part].view_as(parameter)
        start = part.stop
    return torch.optim.Adam([joined], lr=learning_rate, foreach=False)


class Training:
    """A network, its data and its optimizer; every arm of a comparison starts from the same weights."""

    def __init__(self, options, kind):
        if options.samples % options.batch == 1:
            sys.exit(
                f"expected a last batch of two samples or more, or BatchNorm has no variance; found {options.samples} "
                f"samples in batches of {options.batch}: change --samples or --batch"
            )
        torch.manual_seed(options.seed)
        self.batch = options.batch
        self.inputs, self.labels = data(options)
        self.model = network(options).train()
        self.optimizer = adam(self.model, kind, options.lr)
        # Dropping the gradients saves a pass; the flat layout has to keep them where they lie.
        self.drop_gradients = kind in STOCK_ADAM
        self.shuffles = torch.Generator().manual_seed(options.seed)
        self.loss = None

    def epoch(self):
        """One pass over the data in shuffled batches, the last one partial; returns the number of steps."""
        batches = torch.randperm(len(self.labels), generator=self.shuffles).split(self.batch)
        for batch in batches:
            self.step(self.inputs[batch], self.labels[batch])
        return len(batches)

    def step(self, inputs, labels):
        """Forward, loss, backward and Adam on one batch."""
        self.optimizer.zero_grad(set_to_none=self.drop_gradients)
        self.loss = functional.cross_entropy(self.model(inputs), labels)
        self.loss.backward()
        self.optimizer.step()


def flops_per_sample(options):
    """Multiplications and additions of the matrix products of one training step, per sample.

    Forward, weight gradient and input gradient: 2 flops per weight each, but no gradient for the data.
    """
    weights = options.inputs * options.width + (options.depth - 2) * options.width**2 + options.width * options.classes
    return 2 * (3 * weights - options.inputs * options.width)

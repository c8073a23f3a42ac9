"""Images as the published code feeds them: one by one, every epoch anew, from pixels to a small float tensor."""

import numpy
import torch
from PIL import Image
from torch.nn import functional
from torch.utils.data import Dataset

SIDE = 28


class Bare:
    """What torchvision's transforms compute, without their checks: scaled to [0, 1], normalised with mean 0 and
    deviation 1, reduced by bilinear interpolation without antialiasing."""

    def __init__(self, side):
        self.size = [side, side]
        self.mean, self.deviation = torch.zeros(1, 1, 1), torch.ones(1, 1, 1)

    def __call__(self, image):
        tensor = torch.from_numpy(numpy.array(image)).unsqueeze(0).to(torch.float32).div(255)
        tensor = tensor.sub(self.mean).div_(self.deviation)
        return functional.interpolate(
            tensor.unsqueeze(0), size=self.size, mode="bilinear", align_corners=False, antialias=False
        ).squeeze(0)


def transform(side):
    """The function from image to tensor and what it is made of: torchvision's when that is installed."""
    try:
        import torchvision
        from torchvision import transforms
    except ImportError:
        return Bare(side), "PIL and torch alone"
    steps = [transforms.ToTensor(), transforms.Normalize((0,), (1,)), transforms.Resize(side, antialias=False)]
    return transforms.Compose(steps), f"torchvision {torchvision.__version__}"


class Images(Dataset):
    """Grey images [28, 28] of uniform noise, uniform labels; an image is transformed whenever it is asked for."""

    def __init__(self, samples, classes, transform):
        generator = torch.Generator().manual_seed(0)
        self.pixels = torch.randint(256, (samples, SIDE, SIDE), dtype=torch.uint8, generator=generator)
        self.labels = torch.randint(classes, (samples,), generator=generator)
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = Image.fromarray(self.pixels[index].numpy(), mode="L")
        return self.transform(image), int(self.labels[index])

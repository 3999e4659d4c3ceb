"""The same as train.py, learned by PyTorch: `python samples/train_torch.py --project "Cats and dogs"`.

A linear layer on the features: the place for layers and losses of your own. Pictures as a torch Dataset come by
`project.load(split="train").to_torch(transform)`.
"""

import sys

import numpy as np
import torch
from numpy.typing import NDArray
from train import FREEDOM, Chances, Numbers, main

STEPS = 200


def learn(features: Numbers, marks: NDArray[np.bool_], has_one: bool) -> Chances:
    """features: (images, 1280). marks: which labels the images have (images, labels). has_one: each has exactly one."""
    images = torch.from_numpy(features)
    middle = images.mean(0)
    layer = torch.nn.Linear(features.shape[1], marks.shape[1])
    torch.nn.init.zeros_(layer.weight)
    wanted = torch.from_numpy(marks.argmax(axis=1)) if has_one else torch.from_numpy(marks).float()
    loss = torch.nn.CrossEntropyLoss(reduction="sum") if has_one else torch.nn.BCEWithLogitsLoss(reduction="sum")
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=STEPS, line_search_fn="strong_wolfe")

    def surprise() -> torch.Tensor:
        """What is to become least; small weights keep a fit of few images from following each of them."""
        optimizer.zero_grad()
        found: torch.Tensor = loss(layer(images - middle), wanted) + layer.weight.square().sum() / (2 * FREEDOM)
        found.backward()
        return found

    optimizer.step(surprise)

    def chances(others: Numbers) -> Numbers:
        with torch.no_grad():
            logits = layer(torch.from_numpy(others) - middle)
            found: Numbers = (logits.softmax(1) if has_one else logits.sigmoid()).numpy()
        return found

    return chances


if __name__ == "__main__":
    sys.exit(main(learn))

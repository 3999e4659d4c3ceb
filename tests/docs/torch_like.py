"""What of torch the client and its README use, by numpy: torch itself is some GB. Tests take it where it is there."""

import random
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np


class Tensor:
    def __init__(self, array: Any) -> None:
        self.array = array

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.array.shape)

    def view(self, *shape: int) -> "Tensor":
        return Tensor(self.array.reshape(shape))

    def permute(self, *axes: int) -> "Tensor":
        return Tensor(self.array.transpose(axes))

    def float(self) -> "Tensor":
        return Tensor(self.array.astype(np.float32))

    def __truediv__(self, by: int) -> "Tensor":
        return Tensor(self.array / by)


class DataLoader:
    """Batches of images and labels, each a list."""

    def __init__(self, dataset: Any, batch_size: int, shuffle: bool) -> None:
        self._dataset, self._size, self._shuffle = dataset, batch_size, shuffle

    def __iter__(self) -> Iterator[tuple[list[Any], ...]]:
        places = list(range(len(self._dataset)))
        if self._shuffle:
            random.shuffle(places)
        for start in range(0, len(places), self._size):
            some = [self._dataset[place] for place in places[start : start + self._size]]
            yield tuple(map(list, zip(*some, strict=True)))


def modules() -> dict[str, ModuleType]:
    """As they stand in sys.modules."""
    torch, utils, data = (ModuleType(name) for name in ("torch", "torch.utils", "torch.utils.data"))
    vars(torch).update(
        utils=utils,
        Tensor=Tensor,
        uint8=np.uint8,
        frombuffer=lambda content, dtype: Tensor(np.frombuffer(content, dtype)),
    )
    vars(utils).update(data=data)
    vars(data).update(Dataset=object, DataLoader=DataLoader)
    return {module.__name__: module for module in (torch, utils, data)}

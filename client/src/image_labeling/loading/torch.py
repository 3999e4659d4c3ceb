"""As torch has it. Imported only where it is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch
from torch.utils import data

if TYPE_CHECKING:
    from PIL.Image import Image

    from image_labeling.loading.dataset import Dataset


class TorchDataset(data.Dataset):  # type: ignore[misc]
    """For a DataLoader. transform: makes a tensor of an image. classes: of the numbers that are the labels."""

    def __init__(self, dataset: "Dataset", transform: "Callable[[Image], Any] | None", size: int) -> None:
        self.classes = dataset.classes
        self._dataset = dataset
        self._transform = transform
        self._size = size

    def __len__(self) -> int:
        return len(self._dataset)

    def __getitem__(self, place: int) -> tuple[Any, Any]:
        image, said = self._dataset[place]
        made = self._transform(image) if self._transform else self._tensor(image)
        return made, said if isinstance(said, int) else torch.tensor(said, dtype=torch.float32)

    def _tensor(self, image: "Image") -> torch.Tensor:
        small = image.resize((self._size, self._size))
        pixels = torch.frombuffer(bytearray(small.tobytes()), dtype=torch.uint8)
        return pixels.view(self._size, self._size, 3).permute(2, 0, 1).float() / 255

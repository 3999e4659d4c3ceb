"""Pictures of more than 8 bits, as cameras for science, medicine and maps make them: signed, of any scale, with values
that mean nothing. They are stretched to what a screen shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from functions.imaging.headers.header import Samples

# Of all values the darkest and the lightest are cut off: a hot pixel would make all else black.
PERCENTILES = (0.5, 99.5)
# So many values tell what the percentiles are.
LOOKED_AT = 250_000

Values = NDArray[Any]


@dataclass(frozen=True)
class Deep:
    """A picture of more than 8 bits. rows: its values between two rows: (row, column, channel)."""

    width: int
    height: int
    samples: Samples
    rows: Callable[[int, int], Values]

    def strip(self, top: int, bottom: int, darkest: float, lightest: float) -> Image.Image:
        """Some rows, as a screen shows them."""
        values = self.rows(top, bottom)
        colors, alpha = values[..., : self.samples.colors], values[..., self.samples.colors :]
        numbers: Values = colors.astype(np.float64 if colors.itemsize > 4 else np.float32)
        with np.errstate(invalid="ignore", over="ignore"):
            light = (numbers - darkest) / (lightest - darkest)
        light = np.where(_means_something(colors, self.samples.nodata), np.clip(light, 0, 1), 0)
        if self.samples.inverted:
            light = 1 - light
        shown = [light]
        if alpha.shape[-1]:
            most = np.iinfo(alpha.dtype).max if alpha.dtype.kind in "iu" else 1
            shown.append(np.clip(np.nan_to_num(alpha.astype(np.float32)) / most, 0, 1))
        pixels = np.round(255 * np.concatenate(shown, axis=-1)).astype(np.uint8)
        return Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)

    def extent(self, strip_rows: int) -> tuple[float, float]:
        """From which value on all is black, and from which on all is white."""
        step = max(1, int((self.width * self.height * self.samples.colors / LOOKED_AT) ** 0.5))
        looked_at = []
        for top in range(0, self.height, strip_rows):
            values = self.rows(top, min(self.height, top + strip_rows))
            looked_at.append(values[-top % step :: step, ::step, : self.samples.colors].reshape(-1).copy())
        return _extent(np.concatenate(looked_at), self.samples.nodata)


def of_image(image: Image.Image, kind_of_mode: str, samples: Samples) -> Deep:
    """One that Pillow has decoded. kind_of_mode: NumPy's name of the numbers that it holds."""
    kind = np.dtype(kind_of_mode)

    def rows(top: int, bottom: int) -> Values:
        raw = image.crop((0, top, image.width, bottom)).tobytes()
        return np.frombuffer(raw, kind).reshape(bottom - top, image.width, 1)

    return Deep(image.width, image.height, samples, rows)


def of_bytes(images: Sequence[Image.Image], samples: Samples) -> Deep:
    """One whose bytes Pillow has decoded: both of each number beside each other, or in two images."""

    def rows(top: int, bottom: int) -> Values:
        read = [np.frombuffer(image.crop((0, top, image.width, bottom)).tobytes(), np.uint8) for image in images]
        values: Values = np.stack(read, axis=-1).reshape(-1).view(samples.kind)
        return values.reshape(bottom - top, -1, samples.channels)

    return Deep(*images[0].size, samples, rows)


def of_planes(planes: list[Image.Image], samples: Samples, width: int) -> Deep:
    """One whose bytes Pillow has decoded, as gray pixels: the whole of it, or each channel for itself."""
    channels = samples.channels // len(planes)

    def rows(top: int, bottom: int) -> Values:
        read = [
            _values(np.frombuffer(plane.crop((0, top, plane.width, bottom)).tobytes(), np.uint8), samples, channels)
            for plane in planes
        ]
        values = np.concatenate([part.reshape(bottom - top, -1, channels) for part in read], axis=-1)
        return values[:, :width, : samples.shown]

    return Deep(width, planes[0].height, samples, rows)


def _values(raw: NDArray[np.uint8], samples: Samples, channels: int) -> Values:
    """What bytes mean; each row, or each row of a tile, may say only by how much its values differ."""
    kind = np.dtype(samples.kind)
    if samples.predictor == 3:
        return _floats(raw.reshape(-1, samples.run * kind.itemsize, channels), kind)
    values = raw.view(kind).reshape(-1, samples.run, channels)
    if samples.predictor == 2:
        values = np.cumsum(values, axis=1, dtype=kind.newbyteorder("="))
    return values


def _floats(raw: NDArray[np.uint8], kind: np.dtype[Any]) -> Values:
    """Of each row first come all the highest bytes, then the next."""
    summed = np.cumsum(raw, axis=1, dtype=np.uint8).reshape(len(raw), kind.itemsize, -1)
    values: Values = np.ascontiguousarray(summed.swapaxes(1, 2)).view(kind.newbyteorder(">"))
    return values


def _extent(values: Values, nodata: float | None) -> tuple[float, float]:
    values = values[_means_something(values, nodata)]
    candidates = [values]
    if values.dtype.kind in "iu":
        # What is at the end of the scale is a marker, or too light to be measured: it is black or white anyway.
        ends = np.iinfo(values.dtype)
        candidates.insert(0, values[(values > ends.min) & (values < ends.max)])
    for some in candidates:
        if some.size:
            darkest, lightest = (float(value) for value in np.percentile(some, PERCENTILES))
            if darkest < lightest:
                return darkest, lightest
    # All the same but for less than a percent, or but for nothing.
    darkest, lightest = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    return darkest, lightest if lightest > darkest else darkest + 1


def _means_something(values: Values, nodata: float | None) -> NDArray[np.bool_]:
    found = np.isfinite(values)
    if nodata is not None:
        # As it is kept: -3.4e38 is not the same number with fewer bits.
        found &= values != (np.float32(nodata) if values.dtype == np.float32 else nodata)
    return found

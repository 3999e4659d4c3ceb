"""Photographs that nobody has taken: JPEGs that are as large, and as much work to decode, as those of a camera."""

import io
from pathlib import Path

from PIL import Image

SAMPLES = Path(__file__).parents[2] / "samples" / "cats-and-dogs" / "images"
QUALITY = 88
# What is added at each scale: a photograph has structure at all of them.
OCTAVES = ((1, 0.14), (2, 0.12), (4, 0.2), (16, 0.25), (64, 0.25))


def picture(number: int, width: int, height: int) -> bytes:
    """One JPEG; about 3 MB at 12 megapixels, 25 KB at 320 x 240."""
    samples = sorted(SAMPLES.iterdir())
    with Image.open(samples[number % len(samples)]) as sample:
        image = sample.convert("RGB").resize((width, height), Image.Resampling.BICUBIC)
    for scale, share in OCTAVES:
        noise = Image.effect_noise((max(width // scale, 2), max(height // scale, 2)), 60)
        image = Image.blend(image, noise.resize((width, height), Image.Resampling.BICUBIC).convert("RGB"), share)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()

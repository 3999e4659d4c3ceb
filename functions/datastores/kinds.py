"""What files are by their names: images that are taken, images of kinds that are not, and what is no image."""

from collections.abc import Mapping

TAKEN = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".jfi", ".pjpeg", ".pjp"),
    *(".png", ".apng", ".webp", ".bmp", ".dib", ".tif", ".tiff", ".gif"),
    *(".avif", ".heic", ".heif", ".hif", ".jp2", ".jpf", ".jpx", ".j2k", ".j2c", ".jpc"),
)
NOT_TAKEN = {
    "JPEG XL": (".jxl",),
    "JPEG XR": (".jxr", ".wdp", ".hdp"),
    "SVG": (".svg", ".svgz"),
    "Photoshop": (".psd", ".psb"),
    "camera raw": (
        *(".dng", ".raw", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf"),
        *(".rw2", ".raf", ".pef", ".srw", ".erf", ".kdc", ".dcr", ".mrw", ".3fr", ".iiq", ".x3f"),
    ),
    "PNM": (".pnm", ".pbm", ".pgm", ".ppm", ".pam", ".pfm"),
    "ICO": (".ico", ".cur", ".icns"),
    "OpenEXR": (".exr",),
    "Radiance HDR": (".hdr",),
    "TGA": (".tga",),
    "DDS": (".dds",),
    "PCX": (".pcx",),
    "GIMP": (".xcf",),
    "EPS": (".eps", ".ai"),
    "metafile": (".wmf", ".emf"),
    "DICOM": (".dcm", ".dicom"),
    "NIfTI": (".nii", ".nii.gz"),
    "FITS": (".fits", ".fit", ".fts"),
    "microscope": (".czi", ".lif", ".nd2", ".svs", ".ndpi", ".vsi", ".scn", ".mrxs"),
}
_KINDS = {ending: kind for kind, endings in NOT_TAKEN.items() for ending in endings}


def is_image_name(name: str) -> bool:
    return name.lower().endswith(TAKEN) and not _is_companion(name)


def kind_not_taken(name: str) -> str | None:
    """The kind of an image that is not taken; None for what is taken, and for what is no image."""
    if _is_companion(name):
        return None
    lower = name.lower()
    return next((kind for ending, kind in _KINDS.items() if lower.endswith(ending)), None)


def listed(counts: Mapping[str, int]) -> str:
    """3 JPEG XL, 1 SVG: the most frequent kind first."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count:,} {kind}" for kind, count in ordered)


def _is_companion(name: str) -> bool:
    """macOS puts what its own file system knows of a file beside it, on others: `._cat.jpg` beside `cat.jpg`."""
    return name.rpartition("/")[2].startswith("._")

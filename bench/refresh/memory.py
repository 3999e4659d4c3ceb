"""How much memory this process holds, in bytes, as Linux tells it (proc(5))."""

import gc
from pathlib import Path

STATUS = Path("/proc/self/status")


def resident() -> int:
    return _read("VmRSS")


def peak() -> int:
    """The most since the start, or since `forget_peak`."""
    return _read("VmHWM")


def forget_peak() -> None:
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _read(name: str) -> int:
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024

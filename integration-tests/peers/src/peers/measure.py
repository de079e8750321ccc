"""Wall time, CPU time and peak memory of a piece of work in this process."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType


HALF_PRECISION = ("avx512f", "avx512_bf16", "amx_bf16", "amx_int8", "avx512_vnni")


@dataclass
class Measure:
    """A context: seconds on the wall, seconds of CPU over all threads, and the peak resident memory in MiB.

    The kernel's high-water mark is set back at the start, so the peak is that of this piece alone (weights included). Where
    the kernel does not allow that, it is the peak since the process began.
    """

    wall: float = 0.0
    cpu: float = 0.0
    peak_mib: float = field(default=0.0)

    def __enter__(self) -> Measure:
        try:
            Path("/proc/self/clear_refs").write_text("5")
        except OSError:
            pass
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wall = time.perf_counter() - self._wall
        self.cpu = time.process_time() - self._cpu
        self.peak_mib = peak_mib()


def peak_mib() -> float:
    """VmHWM of this process in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise OSError("/proc/self/status has no VmHWM")


def machine() -> dict[str, object]:
    """What the figures were taken on, with the instructions for half precision that it has, and how busy it was."""
    lines = [line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line]
    names = [value.strip() for key, value in lines if key.strip() == "model name"]
    flags = next((value.split() for key, value in lines if key.strip() == "flags"), [])
    return {
        "cpu": names[0] if names else "unknown",
        "processors": len(names),
        "instructions": [flag for flag in HALF_PRECISION if flag in flags],
        "load_average": load_average(),
    }


def load_average() -> float:
    """Runnable threads of the machine, averaged over the last minute."""
    return float(Path("/proc/loadavg").read_text().split()[0])

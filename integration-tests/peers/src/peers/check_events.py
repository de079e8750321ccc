"""`peers check-events DIR`: whether TensorBoard reads from a run's event files what the run's metrics.jsonl says."""

from __future__ import annotations

import argparse
import json
import math
import struct
from pathlib import Path
from typing import Any, Iterator

from peers.errors import PeersError


def register(commands: Any) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser(
        "check-events",
        help="read a run's event files with TensorBoard and compare with metrics.jsonl",
        description="Reads the event files of a run's folder with TensorBoard's EventAccumulator, which checks the "
        "checksums, and compares every scalar of every step with metrics.jsonl. Exits 1 when one is missing, too many or "
        "different (as f32).",
    )
    command.add_argument("folder", metavar="DIR", type=Path, help="the folder of a run")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Reads, compares, says how much was compared."""
    try:
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    except ImportError as error:
        raise PeersError(f"tensorboard is not installed here ({error}); pip install what requirements.txt pins") from error
    metrics = options.folder / "metrics.jsonl"
    if not metrics.is_file():
        raise PeersError(f"{options.folder} is not the folder of a run: it has no metrics.jsonl")
    wanted = {}
    for line in metrics.read_text(encoding="utf-8").splitlines():
        figures = json.loads(line)
        step = figures.pop("step")
        figures.get("timing", {}).pop("at", None)
        for name, value in _flat(figures):
            wanted[name.replace(".", "/", 1), step] = _f32(value)
    events = EventAccumulator(str(options.folder), size_guidance={"scalars": 0})
    events.Reload()
    found: dict[tuple[str, int], float] = {}
    twice = []
    for tag in events.Tags()["scalars"]:
        for event in events.Scalars(tag):
            if (tag, event.step) in found:
                twice.append((tag, event.step))
            found[tag, event.step] = event.value
    missing = sorted(wanted.keys() - found.keys())
    extra = sorted(found.keys() - wanted.keys())
    different = sorted(key for key in wanted.keys() & found.keys() if wanted[key] != found[key])
    for what, keys in (("missing", missing), ("too many", extra), ("twice", twice), ("DIFFERENT", different)):
        for tag, step in keys[:5]:
            print(f"{what}: {tag} of step {step}")
    steps = len({step for _, step in wanted})
    print(f"{len(wanted)} scalars of {steps} steps compared, {len(events.Tags()['scalars'])} tags")
    return 1 if missing or extra or twice or different or not wanted else 0


def _flat(figures: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            yield prefix + name, value


def _f32(value: float) -> float:
    return struct.unpack("<f", struct.pack("<f", value))[0]

"""`peers check-events DIR`: whether TensorBoard reads from a run's event files what the run's metrics.jsonl and run.json say."""

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
        "checksums, and compares every scalar of every step with metrics.jsonl, and the hyperparameters with run.json. Exits 1 "
        "when one is missing, too many or different (as f32), or a text is there twice for a step.",
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
    events = EventAccumulator(str(options.folder), size_guidance={"scalars": 0, "tensors": 0})
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
    unlike = _hyperparameters(events, options.folder) + _texts(events)
    for what in unlike:
        print(what)
    return 1 if missing or extra or twice or different or unlike or not wanted else 0


def _hyperparameters(events: Any, folder: Path) -> list[str]:
    """What differs between the HParams plugin's start of the session and run.json; prints how many are the same."""
    from tensorboard.plugins.hparams import plugin_data_pb2

    contents = events.PluginTagToContent("hparams")
    start = plugin_data_pb2.HParamsPluginData.FromString(contents["_hparams_/session_start_info"]).session_start_info
    settings = json.loads((folder / "run.json").read_text(encoding="utf-8"))["settings"]
    unlike = sorted(settings.keys() ^ start.hparams.keys())
    for name in settings.keys() & start.hparams.keys():
        value = start.hparams[name]
        kind = value.WhichOneof("kind")
        read = {"number_value": value.number_value, "bool_value": value.bool_value, "string_value": value.string_value}[kind]
        told = settings[name]
        same = read == float(told) if kind == "number_value" else str(read).lower() == told if kind == "bool_value" else read == told
        if not same:
            unlike.append(f"{name} = {told}, and {read} for TensorBoard")
    end = plugin_data_pb2.HParamsPluginData.FromString(contents["_hparams_/session_end_info"]).session_end_info
    print(f"{len(settings)} settings compared, session ended with {end.status}")
    return [f"hyperparameter {what}" for what in unlike]


def _texts(events: Any) -> list[str]:
    """Texts that are there twice for a step; prints how many there are."""
    wrong = []
    count = 0
    for tag in events.PluginTagToContent("text"):
        steps = [event.step for event in events.Tensors(tag)]
        count += len(steps)
        if len(set(steps)) != len(steps):
            wrong.append(f"text {tag}: twice for a step, {steps}")
    print(f"{count} texts")
    return wrong


def _flat(figures: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            yield prefix + name, value


def _f32(value: float) -> float:
    return struct.unpack("<f", struct.pack("<f", value))[0]

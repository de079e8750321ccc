"""`peers bench WHAT`: what transformers, TRL and llama.cpp take for the work that LANPO is timed on.

One process measures one configuration, so its peak memory is its own.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, Iterator

from peers.errors import PeersError

_WHAT = {
    "generate": "transformers' generate: --batch sequences of --prompt tokens get --new tokens each",
    "update": "TRL's GRPO loss, its backward pass and an AdamW step on --batch sequences of --prompt + --new tokens",
    "step": "a whole step of TRL's GRPOTrainer: generation, rewards at random, update",
}
# Arguments that say what is printed, not what is measured.
_NO_SETTINGS = ("run", "json", "command", "what")
# Arguments that llama.cpp has no use for.
_NOT_LLAMA_CPP = ("micro_batch", "lora_rank", "cache", "compile")
_LLAMA_CPP = "llama.cpp"


def register(commands: Any) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser(
        "bench",
        help="time transformers' generate, TRL's GRPO update or a whole GRPO step",
        description="Times one configuration on the CPU. " + "; ".join(f"{k}: {v}" for k, v in _WHAT.items()) + ".",
    )
    command.add_argument("what", choices=_WHAT, help="what is timed")
    command.add_argument(
        "--peer",
        choices=("transformers", _LLAMA_CPP),
        default="transformers",
        help="generate: who generates (default: transformers)",
    )
    command.add_argument("--model", type=Path, required=True, help="a Hugging Face folder")
    command.add_argument("--threads", type=int, default=2, help="threads of PyTorch (default: 2)")
    command.add_argument("--repetitions", type=int, default=5, help="timed repetitions (default: 5)")
    command.add_argument("--warm-up", type=int, default=1, help="repetitions before those (default: 1)")
    command.add_argument("--batch", type=int, default=64, help="sequences (default: 64)")
    command.add_argument("--group", type=int, default=8, help="completions of a prompt (default: 8)")
    command.add_argument("--prompt", type=int, default=128, help="tokens of a prompt (default: 128)")
    command.add_argument(
        "--common", type=int, default=0, help="tokens with which all prompts begin alike, fewer than --prompt (default: 0)"
    )
    command.add_argument("--new", type=int, default=128, help="tokens of a completion, exactly (default: 128)")
    command.add_argument("--warm-up-new", type=int, help="generate: tokens in repetitions that warm up (default: as --new)")
    command.add_argument("--micro-batch", type=int, default=8, help="update, step: sequences at a time (default: 8)")
    command.add_argument(
        "--lora-rank", type=int, default=0, help="update, step: adapters of this rank on queries and values; 0: none (default: 0)"
    )
    command.add_argument("--cache", choices=("dynamic", "static"), default="dynamic", help="generate: kind of KV cache")
    command.add_argument("--compile", action="store_true", help="generate: torch.compile the forward pass")
    command.add_argument(
        "--dtype",
        choices=("f32", "bf16", "f16"),
        default="f32",
        help="generate: of weights and activations, with llama.cpp of weights, f16 for it only; update, step: bf16 is TRL's mixed precision, whose weights stay f32 (default: f32)",
    )
    command.add_argument("--seed", type=int, default=1, help="of prompts, samples and rewards (default: 1)")
    command.add_argument("--json", action="store_true", help="one JSON document on standard output instead of a line")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Checks the sizes, times, prints."""
    _check(options)
    from peers.measure import load_average, machine, peak_mib

    before = machine()
    llama = options.peer == _LLAMA_CPP
    results, packages = _llama_cpp(options) if llama else _transformers(options)
    repetitions = []
    # The trainer prints a summary of its own; standard output is for the document.
    with contextlib.redirect_stdout(sys.stderr):
        for number, result in enumerate(results):
            warm_up = number < options.warm_up
            name = "warm-up" if warm_up else f"repetition {number - options.warm_up + 1} of {options.repetitions}"
            print(f"peers: {options.what}, {name}: {json.dumps(result)}", file=sys.stderr)
            if not warm_up:
                repetitions.append(result)
    median = {key: round(statistics.median(r[key] for r in repetitions), 3) for key in repetitions[0]}
    document = {
        "bench": options.what,
        "settings": {
            key: str(value) if key == "model" else value
            for key, value in vars(options).items()
            if key not in _NO_SETTINGS and not (llama and key in _NOT_LLAMA_CPP)
        },
        "versions": {name: version(name) for name in packages},
        "machine": {**before, "load_average_after": load_average()},
        "process_peak_mib": peak_mib(),
        "repetitions": repetitions,
        "median": median,
    }
    if options.json:
        print(json.dumps(document, indent=2))
    else:
        print(", ".join(f"{key} {value:g}" for key, value in median.items()))
    return 0


def _transformers(options: argparse.Namespace) -> tuple[Iterator[dict[str, float]], tuple[str, ...]]:
    """The measurement and the packages whose versions matter."""
    import torch
    from transformers.utils import logging

    from peers import bench_generate, bench_trl

    torch.set_num_threads(options.threads)
    logging.disable_progress_bar()
    kinds = {"generate": bench_generate.generate, "update": bench_trl.update, "step": bench_trl.step}
    return kinds[options.what](options), ("torch", "transformers", "trl")


def _llama_cpp(options: argparse.Namespace) -> tuple[Iterator[dict[str, float]], tuple[str, ...]]:
    try:
        from peers import bench_llama_cpp
    except ImportError as error:
        raise PeersError(
            f"llama-cpp-python is missing ({error}); unset LANPO_PEERS_LLAMA_PYTHON, or install requirements-llama-cpp.txt there"
        ) from error
    return bench_llama_cpp.generate(options), ("llama-cpp-python", "gguf", "numpy")


def _check(options: argparse.Namespace) -> None:
    if options.warm_up_new is None:
        options.warm_up_new = options.new
    for name in ("threads", "repetitions", "batch", "group", "prompt", "new", "warm_up_new", "micro_batch"):
        if getattr(options, name) < 1:
            raise PeersError(f"--{name.replace('_', '-')} is {getattr(options, name)}; it must be at least 1")
    for name in ("warm_up", "lora_rank"):
        if getattr(options, name) < 0:
            raise PeersError(f"--{name.replace('_', '-')} is {getattr(options, name)}; it must not be negative")
    if not (options.model / "config.json").is_file():
        raise PeersError(f"--model {options.model} has no config.json; make one with peers export-smollm2")
    if not 0 <= options.common < options.prompt:
        raise PeersError(f"--common is {options.common}; it must be 0 or more and less than --prompt {options.prompt}")
    if options.peer == _LLAMA_CPP and options.what != "generate":
        raise PeersError(f"--peer {_LLAMA_CPP} generates only; {options.what} is timed with transformers")
    if options.peer != _LLAMA_CPP and options.dtype == "f16":
        raise PeersError(f"--dtype f16 is for --peer {_LLAMA_CPP} only; processors have no fast products of it in PyTorch")
    if options.batch % options.group:
        raise PeersError(f"--batch {options.batch} is not a multiple of --group {options.group}")
    if options.what != "generate" and options.batch % options.micro_batch:
        raise PeersError(f"--batch {options.batch} is not a multiple of --micro-batch {options.micro_batch}")

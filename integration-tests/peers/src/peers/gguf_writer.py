"""A GGUF file of a Hugging Face folder, for llama.cpp. It has no words: what is timed needs token numbers only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, get_tensor_name_map, quantize
from gguf.constants import MODEL_ARCH, MODEL_ARCH_NAMES
from gguf.utility import SafetensorsLocal

from peers.errors import PeersError

_ARCHITECTURES = {"llama": MODEL_ARCH.LLAMA, "qwen2": MODEL_ARCH.QWEN2}
_TYPES = {"f32": GGMLQuantizationType.F32, "f16": GGMLQuantizationType.F16, "bf16": GGMLQuantizationType.BF16}


def write_gguf(folder: Path, file: Path, dtype: str) -> None:
    """Matrices in the given type; biases and the weights of norms in f32, as llama.cpp wants them."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kind = config["model_type"]
    if kind not in _ARCHITECTURES:
        raise PeersError(f"{folder}: model_type is {kind}; for llama.cpp only {', '.join(_ARCHITECTURES)} can be written")
    rope = config.get("rope_parameters") or {**(config.get("rope_scaling") or {}), "rope_theta": config.get("rope_theta")}
    if rope.get("rope_type", rope.get("type", "default")) != "default":
        raise PeersError(f"{folder}: its rope is scaled ({rope}); for llama.cpp only a plain one can be written")
    heads, layers = config["num_attention_heads"], config["num_hidden_layers"]
    groups = config.get("num_key_value_heads", heads)
    size = config.get("head_dim") or config["hidden_size"] // heads
    architecture = _ARCHITECTURES[kind]
    writer = GGUFWriter(file, MODEL_ARCH_NAMES[architecture])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(layers)
    writer.add_head_count(heads)
    writer.add_head_count_kv(groups)
    writer.add_key_length(size)
    writer.add_value_length(size)
    writer.add_rope_dimension_count(size)
    writer.add_rope_freq_base(float(rope["rope_theta"]))
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_tokenizer_model("none")
    names = get_tensor_name_map(architecture, layers)
    for name, values in _tensors(folder):
        if name == "lm_head.weight" and config.get("tie_word_embeddings"):
            continue
        stored = names.get_name(name, (".weight", ".bias"))
        if stored is None:
            raise PeersError(f"{folder}: tensor {name} has no place in a GGUF file of a {kind} model")
        if kind == "llama" and ".q_proj." in name:
            values = neighbouring_pairs(values, heads)
        elif kind == "llama" and ".k_proj." in name:
            values = neighbouring_pairs(values, groups)
        as_type = _TYPES[dtype] if values.ndim == 2 else GGMLQuantizationType.F32
        writer.add_tensor(stored, quantize(np.ascontiguousarray(values), as_type), raw_dtype=as_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def neighbouring_pairs(rows: np.ndarray, heads: int) -> np.ndarray:
    """Puts each head's rows from halves `[heads, 2, d/2, ...]` into neighbouring pairs `[heads, d/2, 2, ...]`, see gguf_model."""
    shape = rows.shape
    return rows.reshape(heads, 2, shape[0] // heads // 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def _tensors(folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Every tensor as f32; the package safetensors cannot make NumPy arrays of bf16."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise PeersError(f"{folder} has no *.safetensors")
    for file in files:
        for name, tensor in SafetensorsLocal(file).tensors.items():
            yield name, _f32(file, tensor).reshape(tensor.shape)


def _f32(file: Path, tensor: Any) -> np.ndarray:
    data = tensor.mmap_bytes()
    if tensor.dtype == "BF16":
        return (data.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
    kinds = {"F32": np.float32, "F16": np.float16}
    if tensor.dtype not in kinds:
        raise PeersError(f"{file}: a tensor is {tensor.dtype}; F32, F16 and BF16 are known")
    return data.view(kinds[tensor.dtype]).astype(np.float32)

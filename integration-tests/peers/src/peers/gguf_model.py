"""A Llama model in a GGUF file, seen as what a Hugging Face folder holds.

llama.cpp stores the rows of the query and key projections in another order: its rope turns neighbouring pairs
(2i, 2i+1), transformers' turns the pairs (i, i + d/2) of each head. `weights` puts the rows back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

import numpy as np
from gguf import GGUFReader, dequantize

from peers.errors import PeersError

_OUTER = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_BLOCK = {
    "attn_norm.weight": "input_layernorm.weight",
    "attn_q.weight": "self_attn.q_proj.weight",
    "attn_k.weight": "self_attn.k_proj.weight",
    "attn_v.weight": "self_attn.v_proj.weight",
    "attn_output.weight": "self_attn.o_proj.weight",
    "ffn_norm.weight": "post_attention_layernorm.weight",
    "ffn_gate.weight": "mlp.gate_proj.weight",
    "ffn_up.weight": "mlp.up_proj.weight",
    "ffn_down.weight": "mlp.down_proj.weight",
}


class GgufLlama:
    """Reads metadata and dequantised weights of one GGUF file of the `llama` architecture."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = GGUFReader(path)
        architecture = self.value("general.architecture")
        if architecture != "llama":
            raise PeersError(f"{path}: general.architecture is {architecture}; only llama can be exported")

    def value(self, key: str) -> Any:
        """The metadata value of a key; an error names a missing one."""
        field = self._reader.fields.get(key)
        if field is None:
            raise PeersError(f"{self.path}: there is no {key}; the file cannot be exported without it")
        return field.contents()

    def optional(self, key: str, default: Any) -> Any:
        """The metadata value of a key, or the default."""
        return self.value(key) if key in self._reader.fields else default

    @property
    def tied(self) -> bool:
        """Whether the output projection is the embedding itself: then the file has no tensor for it."""
        return all(tensor.name != "output.weight" for tensor in self._reader.tensors)

    def config(self, dtype: str) -> dict[str, Any]:
        """The content of config.json, with the keys that files on the hub have (every version of transformers reads them)."""
        heads = self.value("llama.attention.head_count")
        width = self.value("llama.embedding_length")
        return {
            "architectures": ["LlamaForCausalLM"],
            "attention_bias": False,
            "attention_dropout": 0.0,
            "bos_token_id": self.value("tokenizer.ggml.bos_token_id"),
            "eos_token_id": self.value("tokenizer.ggml.eos_token_id"),
            "pad_token_id": self.value("tokenizer.ggml.padding_token_id"),
            "head_dim": self.optional("llama.attention.key_length", width // heads),
            "hidden_act": "silu",
            "hidden_size": width,
            "initializer_range": 0.02,
            "intermediate_size": self.value("llama.feed_forward_length"),
            "max_position_embeddings": self.value("llama.context_length"),
            "mlp_bias": False,
            "model_type": "llama",
            "num_attention_heads": heads,
            "num_hidden_layers": self.value("llama.block_count"),
            "num_key_value_heads": self.value("llama.attention.head_count_kv"),
            "rms_norm_eps": _shortest(self.value("llama.attention.layer_norm_rms_epsilon")),
            "rope_scaling": None,
            "rope_theta": _shortest(self.value("llama.rope.freq_base")),
            "tie_word_embeddings": self.tied,
            "torch_dtype": dtype,
            "use_cache": True,
            "vocab_size": self.value("llama.vocab_size"),
        }

    def weights(self) -> Iterator[tuple[str, np.ndarray]]:
        """Every tensor under its Hugging Face name as f32 `[out, in]` or `[width]`."""
        heads = self.value("llama.attention.head_count")
        groups = self.value("llama.attention.head_count_kv")
        for tensor in self._reader.tensors:
            values = dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
            values = values.reshape(tuple(int(size) for size in reversed(tensor.shape)))
            if tensor.name.endswith("attn_q.weight"):
                values = _half_split(values, heads)
            elif tensor.name.endswith("attn_k.weight"):
                values = _half_split(values, groups)
            yield self._name(tensor.name), np.ascontiguousarray(values)

    def _name(self, name: str) -> str:
        if name in _OUTER:
            return _OUTER[name]
        parts = name.split(".", 2)
        if len(parts) == 3 and parts[0] == "blk" and parts[2] in _BLOCK:
            return f"model.layers.{parts[1]}.{_BLOCK[parts[2]]}"
        raise PeersError(f"{self.path}: tensor {name} has no place in a Llama checkpoint")


def _half_split(rows: np.ndarray, heads: int) -> np.ndarray:
    """Puts each head's rows from neighbouring pairs `[heads, d/2, 2, in]` into halves `[heads, 2, d/2, in]`."""
    out, width = rows.shape
    return rows.reshape(heads, out // heads // 2, 2, width).swapaxes(1, 2).reshape(out, width)


def _shortest(value: float) -> float:
    """The shortest decimal of an f32 value: 1e-05, not 9.999999747378752e-06."""
    return float(str(np.float32(value)))

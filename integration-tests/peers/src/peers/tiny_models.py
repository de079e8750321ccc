"""Tiny checkpoints of each model family, with random weights in every place where a family differs from the others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import torch
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PretrainedConfig,
    PreTrainedModel,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from peers.jsonfile import read_json, write_json
from peers.tiny_tokenizer import BOS, EOS, PAD

VOCABULARY = 96
_LLAMA3_ROPE = {
    "rope_type": "llama3",
    "rope_theta": 500000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    # Far below the 70 positions of the reference texts, and between the wave lengths of the heads: all branches count.
    "original_max_position_embeddings": 16,
}
_SHARED: dict[str, Any] = {
    "vocab_size": VOCABULARY,
    "intermediate_size": 48,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "pad_token_id": PAD,
    "bos_token_id": BOS,
    "eos_token_id": EOS,
}


@dataclass(frozen=True)
class TinyModel:
    """How one checkpoint is made and stored.

    `shard` is the largest size of a weight file; `hub_keys` writes config.json with the keys that transformers wrote before
    version 5, as most files on the hub have them.
    """

    name: str
    kind: type[PreTrainedModel]
    config: Callable[[], PretrainedConfig]
    dtype: torch.dtype
    shard: str
    hub_keys: bool = False

    def build(self, seed: int) -> PreTrainedModel:
        """The model with random weights, rounded to the stored type and kept in f32."""
        model = self.kind(self.config()).eval()
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for name, weight in model.named_parameters():
                drawn = torch.randn(weight.shape, generator=generator) * _spread(name, weight)
                if name.endswith("norm.weight"):
                    drawn += 1
                weight.copy_(drawn.to(self.dtype))
        return model

    def save(self, model: PreTrainedModel, folder: Path) -> None:
        """Writes the checkpoint as transformers does."""
        stored = self.kind(model.config)
        stored.load_state_dict(model.state_dict())
        stored.to(self.dtype).save_pretrained(folder, max_shard_size=self.shard)
        for file in folder.glob("*.safetensors"):
            file.chmod(0o644)
        if self.hub_keys:
            _write_hub_keys(folder / "config.json")


def _spread(name: str, weight: torch.Tensor) -> float:
    """Standard deviations that give attention something to choose from and logits of a few units."""
    if name.endswith("norm.weight"):
        return 0.2
    if name.endswith("bias"):
        return 0.5
    if "embed_tokens" in name or "lm_head" in name:
        return 0.5
    # Blocks must outweigh the embedding, or a model whose output is tied to it says the last token again.
    return 2.0 / math.sqrt(weight.shape[1])


def _write_hub_keys(path: Path) -> None:
    config = read_json(path)
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope.pop("rope_theta")
    config["rope_scaling"] = rope
    config["torch_dtype"] = config.pop("dtype")
    config["transformers_version"] = "4.45.0"
    write_json(path, dict(sorted(config.items())))


def _llama() -> LlamaConfig:
    return LlamaConfig(**_SHARED, hidden_size=32, num_hidden_layers=2, rms_norm_eps=1e-5, tie_word_embeddings=True)


def _llama3() -> LlamaConfig:
    return LlamaConfig(
        **_SHARED,
        hidden_size=48,
        num_hidden_layers=2,
        head_dim=16,
        rms_norm_eps=1e-5,
        rope_parameters=dict(_LLAMA3_ROPE),
        tie_word_embeddings=False,
    )


def _qwen2() -> Qwen2Config:
    return Qwen2Config(
        **_SHARED,
        hidden_size=32,
        num_hidden_layers=3,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 1000000.0},
        tie_word_embeddings=False,
    )


def _qwen3() -> Qwen3Config:
    return Qwen3Config(
        **_SHARED,
        hidden_size=40,
        num_hidden_layers=2,
        head_dim=16,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 1000000.0},
        tie_word_embeddings=True,
    )


TINY_MODELS = (
    TinyModel("llama", LlamaForCausalLM, _llama, torch.float32, "5GB"),
    TinyModel("llama3", LlamaForCausalLM, _llama3, torch.float32, "40KB"),
    TinyModel("llama3-hub", LlamaForCausalLM, _llama3, torch.float16, "5GB", hub_keys=True),
    TinyModel("qwen2", Qwen2ForCausalLM, _qwen2, torch.bfloat16, "20KB"),
    TinyModel("qwen3", Qwen3ForCausalLM, _qwen3, torch.float16, "5GB"),
)

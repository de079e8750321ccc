"""The tokenizer of a GGUF file as tokenizer.json and its companions."""

from __future__ import annotations

import json
from typing import Any

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from peers.errors import PeersError
from peers.gguf_model import GgufLlama

# gguf.TokenType.CONTROL: markers such as <|im_start|>, which decoding leaves out.
_CONTROL = 3


def tokenizer_files(model: GgufLlama) -> dict[str, str]:
    """The text of tokenizer.json, tokenizer_config.json and special_tokens_map.json."""
    kind, split = model.value("tokenizer.ggml.model"), model.value("tokenizer.ggml.pre")
    if (kind, split) != ("gpt2", "smollm"):
        raise PeersError(
            f"{model.path}: tokenizer.ggml.model is {kind} and tokenizer.ggml.pre is {split}; only gpt2 with smollm is known"
        )
    tokens: list[str] = model.value("tokenizer.ggml.tokens")
    types: list[int] = model.value("tokenizer.ggml.token_type")
    control = [token for token, number in zip(tokens, types) if number == _CONTROL]
    tokenizer = _build(tokens, model.value("tokenizer.ggml.merges"), control)

    def named(role: str) -> str:
        return tokens[model.value(f"tokenizer.ggml.{role}_token_id")]

    names = {
        "bos_token": named("bos"),
        "eos_token": named("eos"),
        "pad_token": named("padding"),
        "unk_token": named("unknown"),
    }
    config: dict[str, Any] = {
        "add_prefix_space": model.value("tokenizer.ggml.add_space_prefix"),
        "added_tokens_decoder": {
            str(tokens.index(token)): {
                "content": token,
                "lstrip": False,
                "normalized": False,
                "rstrip": False,
                "single_word": False,
                "special": True,
            }
            for token in control
        },
        "additional_special_tokens": [names["bos_token"], names["eos_token"]],
        **names,
        "chat_template": model.value("tokenizer.chat_template"),
        "clean_up_tokenization_spaces": False,
        "model_max_length": model.value("llama.context_length"),
        "tokenizer_class": "PreTrainedTokenizerFast",
    }
    return {
        "tokenizer.json": tokenizer.to_str(pretty=True),
        "tokenizer_config.json": json.dumps(config, indent=2, ensure_ascii=False) + "\n",
        "special_tokens_map.json": json.dumps(names, indent=2) + "\n",
    }


def _build(tokens: list[str], merges: list[str], control: list[str]) -> Tokenizer:
    """Byte-level BPE whose pre-tokenizer splits every digit off before the GPT-2 pattern (llama.cpp's name: smollm)."""
    pairs = [tuple(merge.split(" ")) for merge in merges]
    tokenizer = Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=pairs))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in control])
    return tokenizer

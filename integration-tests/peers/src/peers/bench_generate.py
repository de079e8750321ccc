"""Timing of transformers' `generate`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Iterator

import torch
from transformers import AutoModelForCausalLM, PreTrainedModel

from peers.measure import Measure


def load(folder: Path, dtype: torch.dtype = torch.float32) -> PreTrainedModel:
    """The model with the fused attention of PyTorch."""
    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, attn_implementation="sdpa")
    return model.eval()


def random_prompts(options: argparse.Namespace, vocabulary: int) -> torch.Tensor:
    """Random ids `[batch, prompt]`; each prompt stands there once for every completion of its group. All begin alike with `common` of them."""
    generator = torch.Generator().manual_seed(options.seed)
    # The first ids are markers in the tokenizers used here.
    first, shape = min(100, vocabulary // 2), (options.batch // options.group, options.prompt)
    prompts = torch.randint(first, vocabulary, shape, generator=generator)
    prompts[:, : options.common] = prompts[0, : options.common]
    return prompts.repeat_interleave(options.group, 0)


def generate(options: argparse.Namespace) -> Iterator[dict[str, float]]:
    """Samples at temperature 1 from the whole distribution; the end of a sequence is suppressed up to the wanted length."""
    model = load(options.model, {"f32": torch.float32, "bf16": torch.bfloat16}[options.dtype])
    if options.compile:
        model.forward = torch.compile(model.forward, dynamic=options.cache == "dynamic")
    ids = random_prompts(options, model.config.vocab_size)
    torch.manual_seed(options.seed)
    for number in range(options.warm_up + options.repetitions):
        new = options.warm_up_new if number < options.warm_up else options.new
        with Measure() as measure, torch.inference_mode():
            output = model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                do_sample=True,
                temperature=1.0,
                top_k=0,
                top_p=1.0,
                min_new_tokens=new,
                max_new_tokens=new,
                use_cache=True,
                cache_implementation="static" if options.cache == "static" else None,
                pad_token_id=0,
            )
        if output.shape != (options.batch, options.prompt + new):
            raise AssertionError(f"generate returned {tuple(output.shape)}")
        tokens = options.batch * new
        yield {
            "wall_s": round(measure.wall, 3),
            "cpu_s": round(measure.cpu, 3),
            "new_tokens_per_s": round(tokens / measure.wall, 2),
            "new_tokens_per_cpu_s": round(tokens / measure.cpu, 2),
            "peak_mib": measure.peak_mib,
        }

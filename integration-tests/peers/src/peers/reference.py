"""reference.json: what transformers computes in f32 from a stored checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, PreTrainedModel

from peers.jsonfile import f32_list
from peers.tiny_tokenizer import EOS, UNKNOWN

GREEDY_TOKENS = 64
# Implementations differ by some 1e-6 here: a choice with this much between the best two is the same in all of them.
SMALLEST_GAP = 5e-3
_FEWEST_DISTINCT = 12
_PROMPT_LENGTHS = (5, 40)


def prompts(vocabulary: int) -> list[list[int]]:
    """A short prompt and one beyond the original context of the scaled rope, without markers."""
    generator = torch.Generator().manual_seed(7)
    return [
        torch.randint(UNKNOWN + 1, vocabulary, (length,), generator=generator).tolist() for length in _PROMPT_LENGTHS
    ]


def suits(model: PreTrainedModel) -> bool:
    """Whether greedy decoding has no near-ties, does not end and does not only repeat itself."""
    for prompt in prompts(model.config.vocab_size):
        tokens, gap = _greedy(model, prompt)
        if gap < SMALLEST_GAP or EOS in tokens or len(set(tokens)) < _FEWEST_DISTINCT:
            return False
    return True


def load_f32(folder: Path) -> PreTrainedModel:
    """The checkpoint with its weights widened to f32 and attention written out."""
    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    )
    return model.eval()


@torch.inference_mode()
def compute(
    model: PreTrainedModel, given: list[list[int]] | None = None, positions: list[list[int]] | None = None
) -> dict[str, Any]:
    """Logits `[vocabulary]` at some positions of each prompt, and the greedy continuation.

    Without `given` the prompts are those of the fixtures, without `positions` the first, the middle and the last of each.
    """
    entries = []
    for number, prompt in enumerate(given or prompts(model.config.vocab_size)):
        chosen = positions[number] if positions else sorted({0, len(prompt) // 2, len(prompt) - 1})
        logits = model(input_ids=torch.tensor([prompt])).logits[0]
        tokens, gap = _greedy(model, prompt)
        entries.append(
            {
                "prompt_ids": prompt,
                "logits": [{"position": at, "values": f32_list(logits[at])} for at in chosen],
                "greedy_ids": tokens,
                "smallest_gap": f32_list([gap])[0],
            }
        )
    return {"dtype": "float32", "tolerance": 1e-4, "prompts": entries}


@torch.inference_mode()
def reference(folder: Path) -> dict[str, Any]:
    """`compute` on a stored checkpoint, after making sure that decoding with a cache chooses the same tokens."""
    model = load_f32(folder)
    result = compute(model)
    for entry in result["prompts"]:
        prompt = entry["prompt_ids"]
        generated = model.generate(torch.tensor([prompt]), max_new_tokens=GREEDY_TOKENS, do_sample=False)
        if generated[0, len(prompt) :].tolist() != entry["greedy_ids"]:
            raise AssertionError(f"{folder}: generate with its cache and full forward passes choose different tokens")
    return result


@torch.inference_mode()
def _greedy(model: PreTrainedModel, prompt: list[int]) -> tuple[list[int], float]:
    """Tokens chosen by full forward passes, and the smallest difference between the two best logits."""
    ids, gap = list(prompt), float("inf")
    for _ in range(GREEDY_TOKENS):
        best = model(input_ids=torch.tensor([ids])).logits[0, -1].topk(2)
        gap = min(gap, (best.values[0] - best.values[1]).item())
        ids.append(int(best.indices[0]))
    return ids[len(prompt) :], gap

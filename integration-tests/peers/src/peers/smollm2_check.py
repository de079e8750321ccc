"""Whether an exported SmolLM2 works: wrong row orders or a wrong tokenizer show up in perplexity and in the answer."""

from __future__ import annotations

import math
import sys
from pathlib import Path

_SENTENCES = (
    "The Earth goes around the Sun once a year, and the Moon goes around the Earth about once a month.",
    "Water boils at 100 degrees Celsius at sea level, but at a lower temperature on top of a high mountain.",
    "She opened the door, looked at the empty room, and wondered where everyone had gone.",
)
_QUESTION = "What is the capital of France?"
_TEXTS = ("plain words", "  two spaces\n\n\tand a tab", "12345 + 67,890 = 80235", "naïve café – “quotes” 漢字 🙂", "")
_MOST_PERPLEXITY = 40.0


def check(folder: Path) -> int:
    """Prints what it finds to standard error; 1 when the folder does not behave like SmolLM2."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    failures = []
    for text in _TEXTS:
        if tokenizer.decode(tokenizer(text).input_ids) != text:
            failures.append(f"{text!r} does not survive encoding and decoding")
    if len(tokenizer("12345").input_ids) != 5:
        failures.append("digits are not split")
    with torch.inference_mode():
        for sentence in _SENTENCES:
            ids = tokenizer(sentence, return_tensors="pt").input_ids
            perplexity = math.exp(model(ids, labels=ids).loss.item())
            _say(f"perplexity {perplexity:.1f}: {sentence}")
            if perplexity > _MOST_PERPLEXITY:
                failures.append(f"perplexity {perplexity:.1f} is above {_MOST_PERPLEXITY}")
        prompt = tokenizer.apply_chat_template(
            [{"role": "user", "content": _QUESTION}], add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        output = model.generate(**prompt, max_new_tokens=60, do_sample=False)[0, prompt["input_ids"].shape[1] :]
    answer = tokenizer.decode(output, skip_special_tokens=True)
    _say(f"{_QUESTION} {answer}")
    if "Paris" not in answer:
        failures.append("the answer does not name Paris")
    for failure in failures:
        _say(f"FAILED: {failure}")
    return 1 if failures else 0


def _say(line: str) -> None:
    print(f"peers: {line}", file=sys.stderr)

"""Timing of TRL's GRPO: its update alone, and a whole step of its trainer.

Both are TRL at its cheapest: no reference model (beta 0), no second pass for the sampling log-probabilities (the batch is used
once), no gradient checkpointing, fused AdamW, the default loss (dapo).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import Any, Iterator

import torch
from transformers import AutoTokenizer, PreTrainedTokenizerBase, TrainerCallback
from trl import GRPOTrainer

from peers.bench_generate import load, random_prompts
from peers.errors import PeersError
from peers.measure import Measure
from peers.trl_setup import grpo_trainer


class _TimedTrainer(GRPOTrainer):
    """TRL's trainer with a clock around generation and rewards."""

    def _generate_and_score_completions(self, inputs: Any) -> Any:
        with Measure() as self.generation:
            outputs = super()._generate_and_score_completions(inputs)
        self.generated_tokens = int(outputs["completion_mask"].sum())
        self.prompt_tokens = int(outputs["prompt_mask"].sum())
        return outputs


class _Steps(TrainerCallback):
    """A clock around each optimiser step, which includes the generation for it."""

    def __init__(self) -> None:
        self.trainer: _TimedTrainer | None = None
        self.results: list[dict[str, float]] = []
        self._measure = Measure()

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._measure = Measure()
        self._measure.__enter__()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._measure.__exit__(None, None, None)
        trainer, whole = self.trainer, self._measure
        assert trainer is not None
        generation, tokens = trainer.generation, trainer.generated_tokens
        update_wall, update_cpu = whole.wall - generation.wall, whole.cpu - generation.cpu
        self.results.append(
            {
                "wall_s": round(whole.wall, 3),
                "cpu_s": round(whole.cpu, 3),
                "generation_wall_s": round(generation.wall, 3),
                "generation_cpu_s": round(generation.cpu, 3),
                "update_wall_s": round(update_wall, 3),
                "update_cpu_s": round(update_cpu, 3),
                "generated_tokens": tokens,
                "new_tokens_per_s": round(tokens / whole.wall, 2),
                "generation_new_tokens_per_s": round(tokens / generation.wall, 2),
                "update_tokens_per_s": round((trainer.prompt_tokens + tokens) / update_wall, 2),
                # The clock of the generation sets the high-water mark back: the peak of a step is the higher of the two.
                "peak_mib": max(generation.peak_mib, whole.peak_mib),
            }
        )
        print(f"peers: step {len(self.results)} took {whole.wall:.1f} s", file=sys.stderr)


def update(options: argparse.Namespace) -> Iterator[dict[str, float]]:
    """Loss, backward pass and optimiser step of one batch, in micro-batches whose gradients add up."""
    with tempfile.TemporaryDirectory() as scratch:
        trainer = _trainer(options, ["x"] * options.batch, Path(scratch), GRPOTrainer, [])
        micro_batches = options.batch // options.micro_batch
        # Set by Trainer.train() at each step.
        trainer.current_gradient_accumulation_steps = micro_batches
        trainer.create_optimizer()
        trainer.model.train()
        batch = _random_batch(options, trainer.model.config.vocab_size)
        for _ in range(options.warm_up + options.repetitions):
            with Measure() as measure:
                for start in range(0, options.batch, options.micro_batch):
                    rows = slice(start, start + options.micro_batch)
                    inputs = {name: value[rows] if value.dim() else value for name, value in batch.items()}
                    # What Trainer.train() has accelerate put around the forward pass.
                    with torch.autocast("cpu", torch.bfloat16, enabled=options.dtype == "bf16"):
                        loss = trainer.compute_loss(trainer.model, inputs)
                    loss.backward()
                torch.nn.utils.clip_grad_norm_(trainer.model.parameters(), trainer.args.max_grad_norm)
                trainer.optimizer.step()
                trainer.optimizer.zero_grad()
            tokens = options.batch * (options.prompt + options.new)
            yield {
                "wall_s": round(measure.wall, 3),
                "cpu_s": round(measure.cpu, 3),
                "tokens_per_s": round(tokens / measure.wall, 2),
                "tokens_per_cpu_s": round(tokens / measure.cpu, 2),
                "peak_mib": measure.peak_mib,
            }


def step(options: argparse.Namespace) -> Iterator[dict[str, float]]:
    """Whole steps of `GRPOTrainer.train()`; results come after the last one."""
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    prompts = text_prompts(tokenizer, options.batch // options.group, options.prompt, options.common, options.seed)
    steps = _Steps()
    with tempfile.TemporaryDirectory() as scratch:
        trainer = _trainer(options, prompts, Path(scratch), _TimedTrainer, [steps])
        steps.trainer = trainer
        trainer.train()
    expected = options.batch * options.new
    for result in steps.results:
        if result["generated_tokens"] != expected:
            raise AssertionError(f"{result['generated_tokens']} tokens were generated instead of {expected}")
    yield from steps.results


def text_prompts(tokenizer: PreTrainedTokenizerBase, count: int, length: int, common: int, seed: int) -> list[str]:
    """Texts of exactly `length` tokens, made of words that are one token each; all begin with the same `common` ones."""
    words = []
    for i in range(len(tokenizer)):
        word = tokenizer.decode([i]).strip()
        if word.isascii() and word.isalnum() and tokenizer(f" {word}", add_special_tokens=False).input_ids == [i]:
            words.append(word)
        if len(words) == 2000:
            break
    chooser = random.Random(seed)
    begin = "".join(f" {chooser.choice(words)}" for _ in range(common))
    texts = [begin + "".join(f" {chooser.choice(words)}" for _ in range(length - common)) for _ in range(count)]
    for text in texts:
        if len(tokenizer(text).input_ids) != length:
            raise PeersError(f"the tokenizer makes other than {length} tokens of a prompt of {length} words")
    return texts


def _random_batch(options: argparse.Namespace, vocabulary: int) -> dict[str, torch.Tensor]:
    """A batch as the trainer's generation leaves it: nothing padded, random completions and advantages."""
    generator = torch.Generator().manual_seed(options.seed)
    completions = torch.randint(0, vocabulary, (options.batch, options.new), generator=generator)
    prompts = random_prompts(options, vocabulary)
    return {
        "prompt_ids": prompts,
        "prompt_mask": torch.ones_like(prompts),
        "completion_ids": completions,
        "completion_mask": torch.ones_like(completions),
        "advantages": torch.randn(options.batch, generator=generator),
        "num_items_in_batch": torch.tensor(completions.numel()),
    }


def _trainer(
    options: argparse.Namespace, prompts: list[str], scratch: Path, kind: type[GRPOTrainer], callbacks: list[TrainerCallback]
) -> Any:
    chooser = random.Random(options.seed)
    return grpo_trainer(
        load(options.model),
        AutoTokenizer.from_pretrained(options.model),
        prompts,
        lambda completions, **_: [chooser.random() for _ in completions],
        scratch,
        kind,
        callbacks,
        options.dtype == "bf16",
        options.lora_rank,
        per_device_train_batch_size=options.micro_batch,
        gradient_accumulation_steps=options.batch // options.micro_batch,
        num_generations=options.group,
        max_completion_length=options.new,
        generation_kwargs={"min_new_tokens": options.new},
        max_steps=options.warm_up + options.repetitions,
        beta=0.0,
        temperature=1.0,
        seed=options.seed,
    )

"""grpo.json: TRL's GRPO loss and gradients on a fixed batch of two groups.

The loss is `GRPOTrainer.compute_loss` itself. The sampling ("old") log-probabilities differ from the model's by random
amounts, so that ratios leave the clip range on both sides.
"""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Iterable

import torch
from transformers import AutoTokenizer
from trl import GRPOTrainer

from peers.jsonfile import f32_base64, f32_list, write_json
from peers.reference import load_f32
from peers.tiny_tokenizer import EOS, PAD, UNKNOWN
from peers.trl_setup import grpo_trainer

SEED = 11
_CHECKPOINTS = ("llama", "qwen3")
_GROUP = 4
_PROMPT_LENGTHS = (9, 5)
_COMPLETION_LENGTHS = (3, 12, 7, 1, 10, 4, 12, 6)
_MAX_COMPLETION = 16
_LOSSES = ("grpo", "bnpo", "dapo", "dr_grpo")
_BETAS = (0.0, 0.04)
TEMPERATURES = (1.0, 0.7)
_CLIP_LOW, _CLIP_HIGH = 0.2, 0.28
_NORMALISERS = {
    "grpo": "mean over sequences of each sequence's mean over its completion tokens",
    "bnpo": "sum over all completion tokens / completion tokens of the (micro-)batch",
    "dapo": "sum over all completion tokens / num_items_in_batch, the completion tokens of the whole generation batch",
    "dr_grpo": "sum over all completion tokens / (sequences x max_completion_length)",
}
_FULL_PARAMETERS = (
    "model.norm.weight",
    "model.layers.0.input_layernorm.weight",
    "model.layers.0.self_attn.q_norm.weight",
    "model.layers.1.self_attn.k_norm.weight",
)
# One case stores more, by parts of the names: all of llama's, and the projections before qwen3's norms.
_FULL_CASE = {"llama": ("",), "qwen3": ("self_attn.q_proj", "self_attn.k_proj")}


@dataclass(frozen=True)
class Case:
    """One setting of the loss."""

    loss_type: str
    beta: float
    temperature: float

    def stores(self, checkpoint: str, parameter: str) -> bool:
        """Whether the whole gradient of a parameter is stored, not its norm alone."""
        if parameter in _FULL_PARAMETERS:
            return True
        return self == Case("dapo", 0.04, 0.7) and any(part in parameter for part in _FULL_CASE[checkpoint])


@dataclass(frozen=True)
class Batch:
    """Prompt and completion ids of 8 sequences, prompt `i` shared by sequences `4i` to `4i + 3`, and their advantages."""

    prompts: list[list[int]]
    completions: list[list[int]]
    advantages: list[float]

    def tensors(self) -> dict[str, torch.Tensor]:
        """Ids and masks as TRL pads them: prompts on the left, completions on the right."""
        rows = [self.prompts[i // _GROUP] for i in range(len(self.completions))]
        before, after = max(map(len, rows)), max(map(len, self.completions))
        return {
            "prompt_ids": torch.tensor([[PAD] * (before - len(row)) + row for row in rows]),
            "prompt_mask": torch.tensor([[0] * (before - len(row)) + [1] * len(row) for row in rows]),
            "completion_ids": torch.tensor([row + [PAD] * (after - len(row)) for row in self.completions]),
            "completion_mask": torch.tensor([[1] * len(row) + [0] * (after - len(row)) for row in self.completions]),
            "advantages": torch.tensor(self.advantages),
            "num_items_in_batch": torch.tensor(sum(map(len, self.completions))),
        }


def write_grpo(checkpoints: Path, path: Path) -> None:
    """Writes the cases of every checkpoint under `checkpoints`."""
    write_json(
        path,
        {
            "seed": SEED,
            "dtype": "float32",
            "group_size": _GROUP,
            "max_completion_length": _MAX_COMPLETION,
            "clip_low": _CLIP_LOW,
            "clip_high": _CLIP_HIGH,
            "normalisers": _NORMALISERS,
            "kl": "exp(ref - new) - (ref - new) - 1 per token, times beta, added to the clipped loss before normalising; not weighted by the ratio",
            "gradient_accumulation_steps": 1,
            "eos_token_id": EOS,
            "checkpoints": {name: _checkpoint(checkpoints / name) for name in _CHECKPOINTS},
        },
    )


def _checkpoint(folder: Path) -> dict[str, Any]:
    generator = _generator(folder)
    batch = _batch(generator, load_f32(folder).config.vocab_size)
    samplings: dict[float, dict[str, torch.Tensor]] = {}
    cases = []
    for temperature, loss_type, beta in itertools.product(TEMPERATURES, _LOSSES, _BETAS):
        case = Case(loss_type, beta, temperature)
        with tempfile.TemporaryDirectory() as scratch:
            trainer = case_trainer(folder, case, len(batch.completions), Path(scratch))
            if temperature not in samplings:
                samplings[temperature] = _samplings(trainer, batch, generator)
            cases.append(_run(folder.name, trainer, case, batch, samplings[temperature]))
    lengths = [len(row) for row in batch.completions]
    return {
        **asdict(batch),
        "log_probabilities": [
            {"temperature": temperature, **{name: _ragged(rows, lengths) for name, rows in sampling.items()}}
            for temperature, sampling in samplings.items()
        ],
        "cases": cases,
    }


def _generator(folder: Path) -> torch.Generator:
    return torch.Generator().manual_seed(SEED + _CHECKPOINTS.index(folder.name))


def checkpoint_batch(folder: Path) -> Batch:
    """The batch of a checkpoint."""
    return _batch(_generator(folder), load_f32(folder).config.vocab_size)


def _batch(generator: torch.Generator, vocabulary: int) -> Batch:
    def ids(length: int) -> list[int]:
        return torch.randint(UNKNOWN + 1, vocabulary, (length,), generator=generator).tolist()

    completions = [ids(length) for length in _COMPLETION_LENGTHS]
    for row in completions[::2]:
        row[-1] = EOS
    rewards = torch.rand((len(completions) // _GROUP, _GROUP), generator=generator)
    advantages = (rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)
    return Batch([ids(length) for length in _PROMPT_LENGTHS], completions, f32_list(advantages.flatten()))


def case_trainer(folder: Path, case: Case, sequences: int, scratch: Path) -> GRPOTrainer:
    """The trainer of a case, for a batch that is a step."""
    trainer = grpo_trainer(
        load_f32(folder),
        AutoTokenizer.from_pretrained(folder),
        ["t5 t6"] * sequences,
        lambda completions, **_: [0.0] * len(completions),
        scratch,
        per_device_train_batch_size=sequences,
        gradient_accumulation_steps=1,
        num_generations=_GROUP,
        max_completion_length=_MAX_COMPLETION,
        loss_type=case.loss_type,
        use_bias_correction_kl=False,  # the estimator of the GRPO paper; TRL weights it by the ratio unless told not to
        beta=case.beta,
        temperature=case.temperature,
        epsilon=_CLIP_LOW,
        epsilon_high=_CLIP_HIGH,
        seed=SEED,
    )
    # Set by Trainer.train() at each step; here the batch is a step.
    trainer.current_gradient_accumulation_steps = 1
    trainer.model.train()
    return trainer


@torch.no_grad()
def _samplings(trainer: GRPOTrainer, batch: Batch, generator: torch.Generator) -> dict[str, torch.Tensor]:
    """Log-probabilities of the completion tokens `[sequences, longest]`: the model's, when sampled, of the reference."""
    inputs = batch.tensors()
    ids = torch.cat([inputs["prompt_ids"], inputs["completion_ids"]], 1)
    mask = torch.cat([inputs["prompt_mask"], inputs["completion_mask"]], 1)
    current, _, _ = trainer._get_per_token_logps_and_entropies(
        trainer.model, ids, mask, inputs["completion_ids"].shape[1]
    )
    old = current + 0.3 * torch.randn(current.shape, generator=generator)
    reference = current + 0.2 * torch.randn(current.shape, generator=generator)
    return {"current": current, "old": old, "reference": reference}


def _run(
    checkpoint: str, trainer: GRPOTrainer, case: Case, batch: Batch, sampling: dict[str, torch.Tensor]
) -> dict[str, Any]:
    inputs = batch.tensors()
    inputs["old_per_token_logps"] = sampling["old"]
    if case.beta:
        inputs["ref_per_token_logps"] = sampling["reference"]
    loss = trainer.compute_loss(trainer.model, inputs)
    loss.backward()
    gradients = {name: weight.grad for name, weight in trainer.model.named_parameters()}
    metrics = trainer._metrics["train"]
    clipped = {side: metrics[f"clip_ratio/{side}_mean"][-1] for side in ("low", "high")}
    if not all(clipped.values()):
        raise AssertionError(f"{case}: no token was clipped on one side ({clipped}); choose another seed")
    return {
        **asdict(case),
        "loss": f32_list([loss.item()])[0],
        "clipped_low": clipped["low"],
        "clipped_high": clipped["high"],
        "kl": metrics["kl"][-1] if case.beta else None,
        "gradient_norm": f32_list([torch.stack([g.norm() for g in gradients.values()]).norm()])[0],
        "gradient_norms": {name: f32_list([g.norm()])[0] for name, g in gradients.items()},
        "gradients": {
            parameter: f32_base64(gradient) for parameter, gradient in gradients.items() if case.stores(checkpoint, parameter)
        },
    }


def _ragged(rows: torch.Tensor, lengths: Iterable[int]) -> list[list[float]]:
    return [f32_list(row[:length]) for row, length in zip(rows, lengths)]

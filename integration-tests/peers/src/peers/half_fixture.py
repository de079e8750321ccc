"""half.json: how far TRL's gradients in bf16 are from its own in f32, on the batch of grpo.json.

In bf16 TRL multiplies under autocast; weights and their gradients stay f32. The policy is taken for the one that sampled, so
that every ratio is one: next to a bound of the clip range rounding would decide whether a token counts at all. The loss is
that of a policy in f32 that sampled, with a clip range that no ratio leaves: with ratios of one it would be the same in both.
"""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

import torch

from peers.grpo_fixture import TEMPERATURES, Case, checkpoint_batch, case_trainer
from peers.jsonfile import write_json

Gradients = dict[str, torch.Tensor]


def write_half(checkpoints: Path, names: tuple[str, ...], path: Path) -> None:
    """Writes the distances for some of the checkpoints under `checkpoints`."""
    write_json(
        path,
        {
            "what": "distance: norm of the difference between the gradients in bf16 and in f32, divided by the norm in f32; gap: of log-probabilities, in nats; loss_gap: of losses, ratios being to the policy in f32",
            "checkpoints": {name: _checkpoint(checkpoints / name) for name in names},
        },
    )


def _checkpoint(folder: Path) -> list[dict[str, Any]]:
    batch = checkpoint_batch(folder)
    cases = []
    for temperature, loss_type in itertools.product(TEMPERATURES, ("grpo", "dapo")):
        case = Case(loss_type, 0.0, temperature)
        with tempfile.TemporaryDirectory() as scratch:
            trainer = case_trainer(folder, case, len(batch.completions), Path(scratch))
            inputs = batch.tensors()
            single = gradients(trainer, inputs, half=False)
            half = gradients(trainer, inputs, half=True)
            exact = _log_probabilities(trainer, inputs, False)
            mask = inputs["completion_mask"].bool()
            gaps = (_log_probabilities(trainer, inputs, True) - exact)[mask].abs()
            losses = [_loss(trainer, inputs, exact, half) for half in (False, True)]
        cases.append(
            {
                "loss_type": loss_type,
                "temperature": temperature,
                "log_probability_gap": _rounded(gaps.mean()),
                "widest_log_probability_gap": _rounded(gaps.max()),
                "loss_gap": _rounded((losses[1] - losses[0]).abs()),
                **distance(single, half),
            }
        )
    return cases


def gradients(trainer: Any, inputs: dict[str, Any], half: bool) -> Gradients:
    """Gradients of a batch's loss, in f32 or under autocast as `Trainer.train()` has accelerate do it."""
    trainer.model.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        loss = trainer.compute_loss(trainer.model, dict(inputs))
    loss.backward()
    return {name: weight.grad.detach().clone() for name, weight in trainer.model.named_parameters()}


@torch.no_grad()
def _loss(trainer: Any, inputs: dict[str, Any], sampling: torch.Tensor, half: bool) -> torch.Tensor:
    """The loss with log-probabilities of sampling, without clipping."""
    trainer.epsilon_low, trainer.epsilon_high = 1.0, 100.0
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        return trainer.compute_loss(trainer.model, dict(inputs, old_per_token_logps=sampling)).float()


@torch.no_grad()
def _log_probabilities(trainer: Any, inputs: dict[str, Any], half: bool) -> torch.Tensor:
    """`[sequences, longest completion]`, padded as the ids are."""
    ids = torch.cat([inputs["prompt_ids"], inputs["completion_ids"]], 1)
    mask = torch.cat([inputs["prompt_mask"], inputs["completion_mask"]], 1)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        found, _, _ = trainer._get_per_token_logps_and_entropies(
            trainer.model, ids, mask, inputs["completion_ids"].shape[1]
        )
    return found.float()


def distance(single: Gradients, half: Gradients) -> dict[str, Any]:
    """Relative distance and cosine of all gradients as one vector, and the distance of each."""
    one = torch.cat([g.double().flatten() for g in single.values()])
    two = torch.cat([half[name].double().flatten() for name in single])
    return {
        "distance": _rounded((two - one).norm() / one.norm()),
        "cosine": _rounded(torch.dot(one, two) / (one.norm() * two.norm())),
        "distances": {name: _rounded((half[name] - g).norm() / g.norm()) for name, g in single.items()},
    }


def _rounded(value: torch.Tensor) -> float:
    return float(f"{value.item():.5g}")

"""half.json: how far TRL's gradients in bf16 are from its own in f32, on the batch of grpo.json.

In bf16 TRL multiplies under autocast; weights and their gradients stay f32. The policy is taken for the one that sampled, so
that every ratio is one: next to a bound of the clip range rounding would decide whether a token counts at all.
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
            "what": "norm of the difference between the gradients in bf16 and in f32, divided by the norm in f32; cosine of the two",
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
            single_loss, single = gradients(trainer, inputs, half=False)
            half_loss, half = gradients(trainer, inputs, half=True)
        cases.append(
            {
                "loss_type": loss_type,
                "temperature": temperature,
                "loss_difference": float(f"{abs(half_loss - single_loss):.5g}"),
                **distance(single, half),
            }
        )
    return cases


def gradients(trainer: Any, inputs: dict[str, Any], half: bool) -> tuple[float, Gradients]:
    """Loss and gradients of a batch, in f32 or under autocast as `Trainer.train()` has accelerate do it."""
    trainer.model.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        loss = trainer.compute_loss(trainer.model, dict(inputs))
    loss.backward()
    return loss.item(), {name: weight.grad.detach().clone() for name, weight in trainer.model.named_parameters()}


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

"""objectives.json: losses and gradients of the field's objectives on the batch of grpo.json.

Each is its paper's formula, written here in PyTorch and differentiated by autograd, every sequence read by itself. Where TRL
has the objective, its trainer must agree, or nothing is written.

The formulas: GRPO arXiv 2402.03300, Dr. GRPO 2503.20783, RLOO 2402.14740, REINFORCE++ 2501.03262, DAPO 2503.14476, GSPO
2507.18071, CISPO 2506.13585; the dual clip 1912.09729. k1 and k2 are verl's estimators; TRL has k3 only.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel

from peers.errors import PeersError
from peers.jsonfile import f32_base64, f32_list, read_json, write_json
from peers.reference import load_f32

SEED = 23
_MAX_COMPLETION = 16
_LOW, _HIGH = 0.2, 0.28
_DUAL = 1.4
_BETA = 0.05
_ENTROPY = 0.02
_CHECKPOINT = "llama"
_STORED = "model.norm.weight"
_LOSS_TOLERANCE = 1e-5
_GRADIENT_TOLERANCE = 2e-5


@dataclass(frozen=True)
class Case:
    """An objective with its options.

    `dual` 0: no dual clip. `kl` 0: no penalty; 1, 2 or 3: the estimator. `equal`: the second group's rewards are equal.
    `absent`: sequences that were not scored; the policy never sees them, and the normaliser counts the others.
    """

    objective: str
    temperature: float = 0.7
    dual: float = 0.0
    kl: int = 0
    entropy: float = 0.0
    equal: bool = False
    absent: tuple[int, ...] = ()


def _cases(objective: str) -> list[Case]:
    cases = [Case(objective), Case(objective, 1.0), Case(objective, kl=3), Case(objective, kl=3, equal=True)]
    cases.append(Case(objective, absent=(2, 5)))
    if objective != "gspo":
        cases += [Case(objective, kl=1), Case(objective, 1.0, kl=2), Case(objective, entropy=_ENTROPY)]
        cases.append(Case(objective, 1.0, kl=3, entropy=_ENTROPY))
    if objective not in ("gspo", "cispo"):
        cases += [Case(objective, dual=_DUAL), Case(objective, dual=_DUAL, kl=2, entropy=_ENTROPY)]
    return cases


@dataclass(frozen=True)
class Batch:
    """Two groups of four; log-probabilities by temperature."""

    prompts: list[list[int]]
    completions: list[list[int]]
    rewards: torch.Tensor
    sampled: dict[float, list[torch.Tensor]]
    reference: dict[float, list[torch.Tensor]]


def write_objectives(checkpoints: Path, path: Path) -> None:
    """Writes the cases of a checkpoint under `checkpoints`, which has grpo.json already."""
    known = read_json(checkpoints / "grpo.json")["checkpoints"][_CHECKPOINT]
    model = load_f32(checkpoints / _CHECKPOINT)
    write_json(
        path,
        {
            "what": "loss and gradients of objectives on the batch of grpo.json; scale: of each token of a sequence",
            "clip_low": _LOW,
            "clip_high": _HIGH,
            "beta": _BETA,
            "parameters": sorted(name for name, _ in model.named_parameters()),
            _CHECKPOINT: _runs(model, known),
        },
    )


def _runs(model: PreTrainedModel, known: dict[str, Any]) -> list[dict[str, Any]]:
    generator = torch.Generator().manual_seed(SEED)
    by_temperature = {p["temperature"]: p for p in known["log_probabilities"]}
    batch = Batch(
        known["prompts"],
        known["completions"],
        torch.rand((len(known["completions"]),), generator=generator),
        *({t: [torch.tensor(row) for row in p[name]] for t, p in by_temperature.items()} for name in ("old", "reference")),
    )
    found = []
    for objective in ("grpo", "dr-grpo", "rloo", "reinforce++", "dapo", "gspo", "cispo"):
        for case in _cases(objective):
            found.append(_run(model, batch, case))
    return found


def _run(model: PreTrainedModel, batch: Batch, case: Case) -> dict[str, Any]:
    advantages, scales = advantages_of(case, batch), _scales(case, batch)
    model.zero_grad(set_to_none=True)
    loss = _loss(model, batch, case, advantages, scales)
    loss.backward()
    gradients = dict(sorted((name, weight.grad) for name, weight in model.named_parameters()))
    rows = [f32_list(row) for row in advantages]
    stored = case.temperature != 1 and not case.equal and not case.absent
    return {
        **asdict(case),
        "advantages": rows if case.objective == "reinforce++" else [row[0] for row in rows],
        "scales": f32_list(scales),
        "loss": f32_list([loss.item()])[0],
        "gradient_norm": _six_digits(torch.stack([g.norm() for g in gradients.values()]).norm()),
        "gradient_norms": [_six_digits(g.norm()) for g in gradients.values()],
        "gradient": f32_base64(gradients[_STORED]) if stored else "",
    }


def _six_digits(value: torch.Tensor) -> float:
    return float(f"{value.item():.6g}")


def _rewards(case: Case, batch: Batch) -> torch.Tensor:
    rewards = batch.rewards.clone().view(2, 4)
    if case.equal:
        rewards[1] = rewards[1, 0]
    return rewards


def advantages_of(case: Case, batch: Batch) -> list[torch.Tensor]:
    """For each sequence one advantage a token."""
    rewards = _rewards(case, batch)
    lengths = [len(row) for row in batch.completions]
    if case.objective == "reinforce++":
        # reward at the end and k1 at every token, summed up from behind, and normalised over the tokens of the batch
        returns = []
        for i, reward in enumerate(rewards.flatten()):
            gaps = batch.sampled[case.temperature][i] - batch.reference[case.temperature][i]
            token_rewards = -_BETA * gaps
            token_rewards[-1] += reward
            returns.append(token_rewards.flip(0).cumsum(0).flip(0))
        every = torch.cat([row for i, row in enumerate(returns) if i not in case.absent])
        return [(row - every.mean()) / (every.std() + 1e-8) for row in returns]
    centred = rewards - rewards.mean(1, keepdim=True)
    if case.objective == "dr-grpo":
        values = centred
    elif case.objective == "rloo":
        values = rewards - (rewards.sum(1, keepdim=True) - rewards) / (rewards.shape[1] - 1)
    else:
        values = centred / (rewards.std(1, keepdim=True) + 1e-4)
    return [value.expand(length).clone() for value, length in zip(values.flatten(), lengths)]


def _scales(case: Case, batch: Batch) -> torch.Tensor:
    """What the aggregation makes of each token of a sequence."""
    present = [i for i in range(len(batch.completions)) if i not in case.absent]
    lengths = torch.tensor([float(len(row)) for row in batch.completions])
    if case.objective in ("grpo", "rloo", "gspo"):
        return 1 / (lengths * len(present))
    if case.objective == "dr-grpo":
        return torch.full_like(lengths, 1 / (len(present) * _MAX_COMPLETION))
    return torch.full_like(lengths, 1 / lengths[present].sum().item())


def _loss(
    model: PreTrainedModel, batch: Batch, case: Case, advantages: list[torch.Tensor], scales: torch.Tensor
) -> torch.Tensor:
    total = torch.zeros(())
    for i, completion in enumerate(batch.completions):
        if i in case.absent:
            continue
        prompt = batch.prompts[i // 4]
        ids = torch.tensor([prompt + completion])
        logits = model(input_ids=ids).logits[0, len(prompt) - 1 : -1] / case.temperature
        every = torch.log_softmax(logits, -1)
        new = every[torch.arange(len(completion)), torch.tensor(completion)]
        terms = -_gain(case, new, batch.sampled[case.temperature][i], advantages[i])
        if case.kl:
            terms = terms + _BETA * _divergence(case.kl, batch.reference[case.temperature][i] - new)
        terms = terms + case.entropy * (every.exp() * every).sum(-1)
        total = total + scales[i] * terms.sum()
    return total


def _gain(case: Case, new: torch.Tensor, old: torch.Tensor, advantages: torch.Tensor) -> torch.Tensor:
    gaps = new - old
    if case.objective == "gspo":
        gaps = gaps.mean().expand_as(gaps)
    ratio = gaps.exp()
    if case.objective == "cispo":
        return ratio.clamp(max=1 + _HIGH).detach() * advantages * new
    gain = torch.min(ratio * advantages, ratio.clamp(1 - _LOW, 1 + _HIGH) * advantages)
    if case.dual:
        gain = torch.where(advantages < 0, torch.max(gain, case.dual * advantages), gain)
    return gain


def _divergence(estimator: int, r: torch.Tensor) -> torch.Tensor:
    return {1: -r, 2: r * r / 2, 3: r.exp() - r - 1}[estimator]


def check_trl(checkpoints: Path) -> int:
    """Compares with TRL's trainer what it has too; returns how many cases that were."""
    from transformers import AutoTokenizer

    from peers.grpo_fixture import Batch as TrlBatch
    from peers.trl_setup import grpo_trainer

    folder = checkpoints / _CHECKPOINT
    known = read_json(checkpoints / "grpo.json")["checkpoints"][_CHECKPOINT]
    written = read_json(checkpoints / "objectives.json")
    of = {p["temperature"]: p for p in known["log_probabilities"]}
    trl_names = {"dr-grpo": "dr_grpo", "dapo": "dapo", "reinforce++": "dapo", "cispo": "cispo"}
    compared = 0
    for expected in written[_CHECKPOINT]:
        loss_type = trl_names.get(expected["objective"], "grpo")
        token_mean = loss_type in ("dapo", "cispo")
        if expected["absent"] or expected["kl"] in (1, 2) or (expected["entropy"] and not token_mean):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            trainer = grpo_trainer(
                load_f32(folder),
                AutoTokenizer.from_pretrained(folder),
                ["t5 t6"] * 8,
                lambda completions, **_: [0.0] * len(completions),
                Path(scratch),
                per_device_train_batch_size=8,
                gradient_accumulation_steps=1,
                num_generations=4,
                max_completion_length=_MAX_COMPLETION,
                loss_type=loss_type,
                importance_sampling_level="sequence" if expected["objective"] == "gspo" else "token",
                use_bias_correction_kl=False,
                beta=_BETA if expected["kl"] else 0.0,
                temperature=expected["temperature"],
                epsilon=_LOW,
                epsilon_high=1 + _HIGH if loss_type == "cispo" else _HIGH,
                delta=expected["dual"] or None,
                entropy_coef=expected["entropy"],
                seed=SEED,
            )
            trainer.current_gradient_accumulation_steps = 1
            trainer.model.train()
            inputs = TrlBatch(known["prompts"], known["completions"], [0.0] * 8).tensors()
            mask = inputs["completion_mask"]
            inputs["advantages"] = _padded(expected["advantages"], mask.shape)
            inputs["old_per_token_logps"] = _padded(of[expected["temperature"]]["old"], mask.shape)
            inputs["ref_per_token_logps"] = _padded(of[expected["temperature"]]["reference"], mask.shape)
            loss = trainer.compute_loss(trainer.model, inputs)
            loss.backward()
            gradients = {n: w.grad for n, w in trainer.model.named_parameters()}
            _agree(expected, loss.item(), [gradients[n].norm().item() for n in written["parameters"]])
            compared += 1
    return compared


def _padded(rows: list[Any], shape: torch.Size) -> torch.Tensor:
    padded = torch.zeros(shape)
    for i, row in enumerate(rows):
        padded[i, : len(row) if isinstance(row, list) else None] = torch.tensor(row)
    return padded


def _agree(expected: dict[str, Any], loss: float, norms: list[float]) -> None:
    wrong = abs(loss - expected["loss"]) > _LOSS_TOLERANCE * max(1, abs(loss))
    for norm, other in zip(norms, expected["gradient_norms"]):
        wrong = wrong or abs(norm - other) > _GRADIENT_TOLERANCE * expected["gradient_norm"]
    if wrong:
        raise PeersError(f"TRL has another loss or gradient ({loss} for {expected['loss']}): {expected}")

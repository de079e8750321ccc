"""A real GRPOTrainer of TRL on the CPU, with what TRL would do differently by default switched off."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Sequence

from datasets import Dataset
from peft import LoraConfig
from transformers import PreTrainedModel, PreTrainedTokenizerBase, TrainerCallback
from trl import GRPOConfig, GRPOTrainer


def grpo_trainer(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    prompts: Sequence[str],
    reward: Callable[..., list[float]],
    scratch: Path,
    kind: type[GRPOTrainer] = GRPOTrainer,
    callbacks: Sequence[TrainerCallback] = (),
    bf16: bool = False,
    lora_rank: int = 0,
    **settings: Any,
) -> GRPOTrainer:
    """The trainer for text prompts; `settings` go to GRPOConfig. Nothing is saved or reported; `scratch` is its folder.

    With `bf16` products are computed in half precision while weights and their gradients stay f32, as TRL does by default.
    With a rank the weights are frozen and adapters of queries and values are trained, LANPO's default targets.
    """
    config = GRPOConfig(
        output_dir=str(scratch),
        use_cpu=True,
        bf16=bf16,
        gradient_checkpointing=False,
        use_vllm=False,
        report_to=[],
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
        dataloader_pin_memory=False,
        **settings,
    )
    return kind(
        model=model,
        reward_funcs=reward,
        args=config,
        train_dataset=Dataset.from_list([{"prompt": prompt} for prompt in prompts]),
        processing_class=tokenizer,
        callbacks=list(callbacks),
        peft_config=_adapters(lora_rank),
    )


def _adapters(rank: int) -> LoraConfig | None:
    return LoraConfig(r=rank, lora_alpha=16, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM") if rank else None

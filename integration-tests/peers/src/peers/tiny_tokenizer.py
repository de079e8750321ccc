"""A tokenizer for a vocabulary of under a hundred ids: a few markers, then the words t4, t5 and so on, split at white space."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from peers.jsonfile import read_json, write_json

PAD, BOS, EOS, UNKNOWN = 0, 1, 2, 3
_MARKERS = ("<pad>", "<bos>", "<eos>", "<unk>")


def tiny_tokenizer(size: int) -> PreTrainedTokenizerFast:
    """A tokenizer of `size` words; no marker is added to an encoded text."""
    words = [*_MARKERS, *(f"t{i}" for i in range(len(_MARKERS), size))]
    inner = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token=_MARKERS[UNKNOWN]))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=inner,
        pad_token=_MARKERS[PAD],
        bos_token=_MARKERS[BOS],
        eos_token=_MARKERS[EOS],
        unk_token=_MARKERS[UNKNOWN],
        model_max_length=128,
    )


def save_tokenizer(tokenizer: PreTrainedTokenizerFast, folder: Path, hub_keys: bool) -> None:
    """Writes tokenizer.json and tokenizer_config.json; `hub_keys` names the class as versions before 5 do."""
    tokenizer.save_pretrained(folder)
    if hub_keys:
        path = folder / "tokenizer_config.json"
        config = read_json(path)
        config.pop("backend")
        config["tokenizer_class"] = "PreTrainedTokenizerFast"
        write_json(path, config)

"""gguf/quants.gguf: blocks of every quantisation that LANPO reads, each beside the numbers that the package gguf makes of it."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

SEED = 20

# where the blocks of a type keep their scales, which are f16; every other byte may be anything
_SCALES: dict[Type, tuple[int, ...]] = {
    Type.Q4_0: (0,),
    Type.Q4_1: (0, 2),
    Type.Q5_0: (0,),
    Type.Q5_1: (0, 2),
    Type.Q8_0: (0,),
    Type.Q2_K: (80, 82),
    Type.Q3_K: (108,),
    Type.Q4_K: (0, 2),
    Type.Q5_K: (0, 2),
    Type.Q6_K: (208,),
    Type.IQ4_NL: (0,),
    Type.IQ4_XS: (0,),
}
_BLOCKS = 3


def write_gguf(path: Path) -> None:
    """Writes random blocks of each type as tensor NAME, and what they stand for as NAME.expected in f32."""
    random = np.random.default_rng(SEED)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, "llama")
    for kind, places in _SCALES.items():
        _, width = gguf.GGML_QUANT_SIZES[kind]
        blocks = random.integers(0, 256, (_BLOCKS, width), dtype=np.uint8)
        for place in places:
            scales = random.normal(0, 0.02, _BLOCKS).astype(np.float16)
            blocks[:, place : place + 2] = scales.view(np.uint8).reshape(_BLOCKS, 2)
        _add(writer, kind, blocks.reshape(1, -1))
    for kind, values in (
        (Type.F16, random.normal(0, 1, 40).astype(np.float16)),
        (Type.BF16, (random.normal(0, 1, 40).astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)),
    ):
        _add(writer, kind, values.reshape(1, -1).view(np.uint8))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add(writer: gguf.GGUFWriter, kind: Type, raw: np.ndarray) -> None:
    writer.add_tensor(kind.name, raw, raw_dtype=kind)
    writer.add_tensor(f"{kind.name}.expected", gguf.dequantize(raw, kind).astype(np.float32))

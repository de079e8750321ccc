"""JSON files that are the same for the same content: sorted where order means nothing, floats as short as f32 allows."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, Iterable


def write_json(path: Path, content: Any) -> None:
    """Writes UTF-8 with one top-level entry a line, so that a changed entry is one changed line."""
    if isinstance(content, dict):
        lines = [f"{_compact(key)}: {_compact(value)}" for key, value in content.items()]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
    else:
        text = "[\n" + ",\n".join(_compact(item) for item in content) + "\n]\n"
    path.write_text(text, encoding="utf-8")


def read_json(path: Path) -> Any:
    """Parses a UTF-8 JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def f32_list(values: Iterable[float]) -> list[float]:
    """f32 values with nine significant digits: enough to get the same f32 back."""
    return [float(f"{float(value):.9g}") for value in values]


def f32_base64(values: Any) -> str:
    """A tensor's numbers as little-endian f32 in row-major order."""
    return base64.b64encode(values.detach().numpy().astype("<f4").tobytes()).decode("ascii")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))

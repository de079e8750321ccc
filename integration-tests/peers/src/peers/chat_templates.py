"""chat-templates.json: conversations rendered by transformers with the templates of the families."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast

from peers.gguf_model import GgufLlama
from peers.jsonfile import write_json
from peers.smollm2 import find_gguf

Message = dict[str, str]


@dataclass(frozen=True)
class Template:
    """A template with the markers of its model; `variables` are passed to every rendering."""

    name: str
    text: str
    bos_token: str | None
    eos_token: str
    variables: dict[str, Any] = field(default_factory=dict)


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


_SYSTEM = _message("system", "Answer in one sentence.")
_QUESTION = _message("user", "What is 2 + 2?")
_ANSWER = _message("assistant", "It is 4.")

# name, messages, whether the opening of an answer follows
_SHAPES: tuple[tuple[str, list[Message], bool], ...] = (
    ("user", [_QUESTION], True),
    ("user without opening", [_QUESTION], False),
    ("system and user", [_SYSTEM, _QUESTION], True),
    ("finished conversation", [_SYSTEM, _QUESTION, _ANSWER], False),
    ("several turns", [_QUESTION, _ANSWER, _message("user", "And 3 + 3?"), _message("assistant", "6"), _QUESTION], True),
    ("unicode", [_message("user", "Grüße, 東京 — “ça va”? 🙂 \u00a0\u2028é")], True),
    (
        "white space around and inside",
        [_message("system", "  \n padded \n"), _message("user", "\n\n  two\n\n\tlines \r\n"), _message("assistant", " \n4 \n")],
        False,
    ),
    (
        "markup and quotes",
        [_message("user", "<b>\"a\" & 'b'</b> {{ 1 + 1 }} {% if x %} \\n \\ \\\" </s> <|im_end|> $x #y")],
        True,
    ),
    ("empty contents", [_message("system", ""), _message("user", ""), _message("assistant", ""), _message("user", "?")], True),
    (
        "reasoning in an answer",
        [_QUESTION, _message("assistant", "<think>\nTwo and two.\n</think>\n\nIt is 4."), _message("user", "Sure?")],
        True,
    ),
    (
        "reasoning in the last answer",
        [_QUESTION, _message("assistant", "<think>\nTwo and two.\n</think>\n\nIt is 4.\n")],
        False,
    ),
)


def templates() -> list[Template]:
    """SmolLM2's from its GGUF, the others as TRL carries them to recognise models by their templates."""
    smollm2 = GgufLlama(find_gguf()).value("tokenizer.chat_template")
    date = {"date_string": "26 Jul 2024"}
    return [
        Template("smollm2", smollm2, "<|im_start|>", "<|im_end|>"),
        Template("qwen2.5", _of_trl("qwen2_5"), None, "<|im_end|>"),
        Template("qwen3", _of_trl("qwen3"), None, "<|im_end|>"),
        Template("qwen3 not thinking", _of_trl("qwen3"), None, "<|im_end|>", {"enable_thinking": False}),
        Template("llama3", _of_trl("llama3"), "<|begin_of_text|>", "<|eot_id|>"),
        Template("llama3.1", _of_trl("llama3_1"), "<|begin_of_text|>", "<|eot_id|>"),
        Template("llama3.2", _of_trl("llama3_2"), "<|begin_of_text|>", "<|eot_id|>", date),
        Template("qwen3 instruct 2507", _of_trl("qwen3_instruct_2507"), None, "<|im_end|>"),
        Template("deepseek v3", _of_trl("deepseekv3"), _DEEPSEEK[0], _DEEPSEEK[1]),
        Template("deepseek r1 distill", _of_trl("deepseek_r1_distill"), _DEEPSEEK[0], _DEEPSEEK[1]),
        Template("phi3", _of_trl("phi3"), "<s>", "<|endoftext|>"),
        Template("phi3.5", _of_trl("phi3_5"), "<s>", "<|endoftext|>"),
        Template("glm4.5", _of_trl("glm4moe"), None, "<|endoftext|>"),
        Template("glm4.5 not thinking", _of_trl("glm4moe"), None, "<|endoftext|>", {"enable_thinking": False}),
    ]


# Variants of a template that has all shapes already: enough to see that the variant is told apart.
_FEW = {"qwen3 not thinking": 1, "llama3.1": 3, "glm4.5 not thinking": 1, "phi3.5": 3}

_DEEPSEEK = ("<\uff5cbegin\u2581of\u2581sentence\uff5c>", "<\uff5cend\u2581of\u2581sentence\uff5c>")


def write_chat_templates(path: Path) -> None:
    """Writes one entry for each template and shape."""
    entries = []
    for template in templates():
        shapes = _SHAPES[: _FEW.get(template.name, len(_SHAPES))]
        entries += [_entry(template, *shape) for shape in shapes]
    write_json(path, entries)


def _of_trl(name: str) -> str:
    return files("trl").joinpath("chat_templates", f"{name}.jinja").read_text(encoding="utf-8")


def _entry(template: Template, shape: str, messages: list[Message], opening: bool) -> dict[str, Any]:
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(models.WordLevel({"x": 0}, unk_token="x")),
        bos_token=template.bos_token,
        eos_token=template.eos_token,
        chat_template=template.text,
    )
    rendered = tokenizer.apply_chat_template(
        messages, tokenize=False, add_generation_prompt=opening, **template.variables
    )
    return {
        "name": f"{template.name}: {shape}",
        "template": template.text,
        "bos_token": template.bos_token,
        "eos_token": template.eos_token,
        "variables": template.variables,
        "messages": messages,
        "add_generation_prompt": opening,
        "rendered": rendered,
    }

"""Timing of llama.cpp's batched decoding, through the low-level interface of llama-cpp-python."""

from __future__ import annotations

import argparse
import ctypes
import tempfile
import time
from pathlib import Path
from typing import Iterator

import llama_cpp as llama
import numpy as np

from peers.errors import PeersError
from peers.gguf_writer import write_gguf
from peers.measure import Measure

# Tokens of prompts that are handed over at a time, llama.cpp's default.
_BATCH = 2048


# The library writes to standard error by itself; only errors are of interest. Kept here because the library keeps a pointer.
@llama.llama_log_callback
def _quiet(level: int, text: bytes, _: ctypes.c_void_p) -> None:
    if level == 4:
        print(text.decode("utf-8", "replace"), end="", flush=True)


def generate(options: argparse.Namespace) -> Iterator[dict[str, float]]:
    """Samples at temperature 1 from the whole distribution, exactly the wanted number of tokens.

    A prompt is read once for its group and copied to the other sequences. Keys and values are f16 and attention is chosen by
    llama.cpp, its defaults; each sequence has a stream of its own in the cache, which is faster than one for all.
    """
    llama.llama_log_set(_quiet, ctypes.c_void_p(0))
    llama.llama_backend_init()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "model.gguf"
        write_gguf(options.model, file, options.dtype)
        model = llama.llama_model_load_from_file(str(file).encode(), llama.llama_model_default_params())
    if not model:
        raise PeersError(f"llama.cpp cannot load what was written of {options.model}; its message is above")
    generation = _Generation(options, model)
    try:
        for number in range(options.warm_up + options.repetitions):
            new = options.warm_up_new if number < options.warm_up else options.new
            with Measure() as measure:
                generation.run(new)
            tokens = options.batch * new
            yield {
                "wall_s": round(measure.wall, 3),
                "cpu_s": round(measure.cpu, 3),
                "prompt_wall_s": round(generation.prompt_wall, 3),
                "sampling_wall_s": round(generation.sampling_wall, 3),
                "new_tokens_per_s": round(tokens / measure.wall, 2),
                "new_tokens_per_cpu_s": round(tokens / measure.cpu, 2),
                "peak_mib": measure.peak_mib,
            }
    finally:
        generation.close()
        llama.llama_model_free(model)


class _Generation:
    """One context, which all repetitions use."""

    def __init__(self, options: argparse.Namespace, model: llama.llama_model_p) -> None:
        self._options = options
        self._vocabulary = llama.llama_vocab_n_tokens(llama.llama_model_get_vocab(model))
        parameters = llama.llama_context_default_params()
        # The length of each sequence is rounded up by llama.cpp, so the sum is told after rounding.
        parameters.n_ctx = options.batch * -(-(options.prompt + options.new) // 256) * 256
        parameters.n_seq_max = options.batch
        parameters.n_batch = max(_BATCH, options.batch)
        parameters.n_threads = parameters.n_threads_batch = options.threads
        parameters.kv_unified = False
        self._context = llama.llama_init_from_model(model, parameters)
        if not self._context:
            raise PeersError("llama.cpp cannot make a context; its message is above")
        self._batch = llama.llama_batch_init(parameters.n_batch, 0, 1)
        self._capacity = parameters.n_batch
        self._sampler = llama.llama_sampler_init_dist(options.seed)
        self._memory = llama.llama_get_memory(self._context)
        first = min(100, self._vocabulary // 2)
        shape = (options.batch // options.group, options.prompt)
        self._prompts = np.random.default_rng(options.seed).integers(first, self._vocabulary, shape)

    def run(self, new: int) -> None:
        """Reads the prompts, then writes completions of `new` tokens."""
        options, group = self._options, self._options.group
        llama.llama_memory_clear(self._memory, True)
        begin = time.perf_counter()
        self.sampling_wall = 0.0
        last = np.zeros(options.batch, np.int32)
        for prompts, at, end in self._parts():
            self._decode(
                [
                    (int(self._prompts[p, t]), t, p * group, t + 1 == options.prompt)
                    for p in prompts
                    for t in range(at, end)
                ]
            )
            if end == options.prompt:
                for number, p in enumerate(prompts):
                    for member in range(p * group, (p + 1) * group):
                        last[member] = self._sample((number + 1) * (end - at) - 1)
                        if member != p * group:
                            llama.llama_memory_seq_cp(self._memory, p * group, member, -1, -1)
        self.prompt_wall = time.perf_counter() - begin
        for position in range(options.prompt, options.prompt + new - 1):
            self._decode([(int(token), position, sequence, True) for sequence, token in enumerate(last)])
            for sequence in range(options.batch):
                last[sequence] = self._sample(sequence)

    def _parts(self) -> Iterator[tuple[range, int, int]]:
        """Some prompts from a position to another that go into one call: many short ones, or a piece of a long one."""
        together = max(1, self._capacity // self._options.prompt)
        for start in range(0, len(self._prompts), together):
            for at in range(0, self._options.prompt, self._capacity):
                end = min(at + self._capacity, self._options.prompt)
                yield range(start, min(start + together, len(self._prompts))), at, end

    def _decode(self, tokens: list[tuple[int, int, int, bool]]) -> None:
        """One call for tokens with their positions, sequences and whether logits are wanted."""
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, (token, position, sequence, wanted) in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = position
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = sequence
            batch.logits[i] = wanted
        code = llama.llama_decode(self._context, batch)
        if code:
            raise PeersError(f"llama_decode returned {code}")

    def _sample(self, output: int) -> int:
        begin = time.perf_counter()
        token = llama.llama_sampler_sample(self._sampler, self._context, output)
        self.sampling_wall += time.perf_counter() - begin
        return token

    def close(self) -> None:
        """Frees what llama.cpp has allocated."""
        llama.llama_sampler_free(self._sampler)
        llama.llama_batch_free(self._batch)
        llama.llama_free(self._context)

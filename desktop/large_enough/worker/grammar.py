"""Holds an answer to a grammar (llama.cpp's GBNF)."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from large_enough.domain.errors import EngineError, FailureKind, RequestError
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.decode_causes import error_text
from large_enough.worker.engine_log import EngineLog

ROOT = b"root"
"""Name of the rule that the whole answer follows."""


class GrammarChooser:
    """Chooses tokens with a chain of samplers among those that a grammar allows.

    The engine's own way (`llama_sampler_sample`) would choose a forbidden token if all are
    forbidden, and then abort when the grammar is told of it. So it is looked at in between.
    """

    def __init__(
        self,
        bindings: Bindings,
        context: Handle,
        grammar: Handle,
        chain: Handle,
        vocabulary_size: int,
    ) -> None:
        self._bindings = bindings
        self._context = context
        self._grammar = grammar
        self._chain = chain
        self._candidates = np.zeros(
            vocabulary_size, dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)]
        )

    def choose(self, row: int) -> int:
        """Return the next token.

        Args:
            row: Behind which token of the batch; -1 for its last one.

        Raises:
            EngineError: The grammar allows none of the model's tokens.
        """
        array = self._all_candidates(row)
        self._bindings.llama_sampler_apply(self._grammar, ctypes.byref(array))
        if not np.isfinite(self._candidates["logit"]).any():
            raise _nothing_allowed()
        self._bindings.llama_sampler_apply(self._chain, ctypes.byref(array))
        chosen = array.data[array.selected]
        if not 0 <= array.selected < array.size or not np.isfinite(chosen.logit):
            raise _nothing_allowed()
        for sampler in (self._grammar, self._chain):
            self._bindings.llama_sampler_accept(sampler, chosen.id)
        return int(chosen.id)

    def _all_candidates(self, row: int) -> ctypes.Structure:
        size, candidates = len(self._candidates), self._candidates
        values = self._bindings.llama_get_logits_ith(self._context, row)
        candidates["id"] = np.arange(size, dtype=np.int32)
        candidates["logit"] = np.ctypeslib.as_array(values, (size,))
        candidates["p"] = 0
        pointer = ctypes.POINTER(self._bindings.llama_token_data)
        array: ctypes.Structure = self._bindings.llama_token_data_array(
            data=candidates.ctypes.data_as(pointer), size=size, selected=-1, sorted=False
        )
        return array


@contextmanager
def open_grammar(
    bindings: Bindings, log: EngineLog, vocabulary: Handle, text: str
) -> Iterator[Handle]:
    """Yield the sampler of a grammar, freed when the block ends.

    Raises:
        RequestError: It is no grammar.
    """
    log.clear()
    grammar = bindings.llama_sampler_init_grammar(vocabulary, text.encode(), ROOT)
    if not grammar:
        raise RequestError(FailureKind.BAD_SETTING, "grammar", detail=error_text(log.lines))
    try:
        yield grammar
    finally:
        bindings.llama_sampler_free(grammar)


def _nothing_allowed() -> EngineError:
    return EngineError(
        FailureKind.ENGINE_REFUSED, detail="the grammar allows none of the model's tokens here"
    )

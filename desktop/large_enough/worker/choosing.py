"""Chooses the tokens of one answer, as its request wants it."""

import contextlib
from collections.abc import Callable, Sequence

from large_enough.domain.generation import GenerationRequest
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.grammar import GrammarChooser, open_grammar
from large_enough.worker.llama_vocabulary import LlamaVocabulary
from large_enough.worker.sampling import sampler_chain

Choose = Callable[[int], int]
"""Takes the row of the batch behind which to choose (-1: the last one); returns a token."""


class Chooser:
    """The samplers of one answer; `close` frees them."""

    def __init__(
        self,
        bindings: Bindings,
        log: EngineLog,
        context: Handle,
        vocabulary: LlamaVocabulary,
        request: GenerationRequest,
        prompt_tokens: Sequence[int],
    ) -> None:
        """Set the samplers up.

        Raises:
            RequestError: The request's grammar is none.
        """
        with contextlib.ExitStack() as stack:
            self.chain: Handle = stack.enter_context(
                sampler_chain(bindings, request.sampling, prompt_tokens, vocabulary.size)
            )
            self.choose: Choose | None = None
            if request.grammar:
                grammar = stack.enter_context(
                    open_grammar(bindings, log, vocabulary.handle, request.grammar)
                )
                self.choose = GrammarChooser(
                    bindings, context, grammar, self.chain, vocabulary.size
                ).choose
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Free the samplers."""
        self._stack.close()

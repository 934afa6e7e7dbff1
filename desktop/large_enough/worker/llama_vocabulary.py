"""The tokenizer inside a loaded model."""

import ctypes

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.thoughts import TagFamily

PIECE_BYTES = 256
"""First guess at the length of a token's text."""


class LlamaVocabulary:
    """Tokenises text and gives the text of tokens."""

    def __init__(self, bindings: Bindings, model: Handle, path: str) -> None:
        """Look at the vocabulary of a model.

        Raises:
            ModelFileError: It has none. Asked to tokenise, the engine would abort.
        """
        self._bindings = bindings
        self.handle: Handle = bindings.llama_model_get_vocab(model)
        if bindings.llama_vocab_type(self.handle) == bindings.LLAMA_VOCAB_TYPE_NONE:
            raise ModelFileError(FailureKind.NOT_A_LANGUAGE_MODEL, path, detail="no vocabulary")
        self.size: int = bindings.llama_vocab_n_tokens(self.handle)
        self._bos: int = bindings.llama_vocab_bos(self.handle)
        self._eos: int = bindings.llama_vocab_eos(self.handle)
        wants_bos = bindings.llama_vocab_get_add_bos(self.handle)
        wants_eos = bindings.llama_vocab_get_add_eos(self.handle)
        # A header may want tokens added that it does not define: the engine would abort.
        can_add = not (wants_bos and self._bos < 0) and not (wants_eos and self._eos < 0)
        self.adds_bos: bool = wants_bos and can_add
        self.adds_eos: bool = wants_eos and can_add
        self.bos_text = self._text_or_nothing(self._bos)
        self.eos_text = self._text_or_nothing(self._eos)
        self._pieces: dict[int, bytes | None] = {}
        self._control_texts: tuple[str, ...] | None = None

    @property
    def warm_up_tokens(self) -> list[int]:
        """One or two tokens that every vocabulary has."""
        return [token for token in (self._bos, self._eos) if token >= 0] or [0]

    def tokenize(self, text: str, *, add_special: bool, parse_special: bool) -> list[int]:
        """Return the tokens of a text (see `prompting.Vocabulary`)."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8  # a token is at least a byte; some are added at both ends
        add_special = add_special and (self.adds_bos or self.adds_eos)
        while True:
            tokens = (self._bindings.llama_token * room)()
            count = self._bindings.llama_tokenize(
                self.handle, data, len(data), tokens, room, add_special, parse_special
            )
            if count >= 0:
                return list(tokens[:count])
            room = -count

    def piece(self, token: int) -> bytes | None:
        """Return a token's bytes, none for control tokens; None for one that ends the text."""
        if token not in self._pieces:
            ends = self._bindings.llama_vocab_is_eog(self.handle, token)
            self._pieces[token] = None if ends else self._read_piece(token, special=False)
        return self._pieces[token]

    def control_texts(self) -> tuple[str, ...]:
        """Return the texts of all tokens that are only found when special tokens are looked for."""
        if self._control_texts is None:
            hidden = (
                self._bindings.LLAMA_TOKEN_ATTR_CONTROL | self._bindings.LLAMA_TOKEN_ATTR_UNKNOWN
            )
            attributes = self._bindings.llama_vocab_get_attr
            self._control_texts = tuple(
                self._text(token)
                for token in range(self.size)
                if attributes(self.handle, token) & hidden
            )
        return self._control_texts

    def hidden_tags(self, family: TagFamily) -> dict[int, str]:
        """Return the control tokens that the tags of thoughts are made of, with their texts."""
        tokens = {
            token
            for tag in family.texts
            for token in self.tokenize(tag, add_special=False, parse_special=True)
        }
        return {token: self._text(token) for token in tokens if self.piece(token) == b""}

    def _text_or_nothing(self, token: int) -> str:
        return self._text(token) if token >= 0 else ""

    def _text(self, token: int) -> str:
        return self._read_piece(token, special=True).decode("utf-8", "replace")

    def _read_piece(self, token: int, *, special: bool) -> bytes:
        room = PIECE_BYTES
        while True:
            buffer = ctypes.create_string_buffer(room)
            length = self._bindings.llama_token_to_piece(
                self.handle, token, buffer, room, 0, special
            )
            if length >= 0:
                return buffer.raw[:length]
            room = -length

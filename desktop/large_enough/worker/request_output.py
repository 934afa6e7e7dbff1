"""The way up for the progress and the text of one request."""

from large_enough.protocol.messages import Reading, Text
from large_enough.worker.channel import Channel


class RequestOutput:
    """Sends progress and text of one request."""

    def __init__(self, channel: Channel, request_id: int) -> None:
        self._channel = channel
        self._request_id = request_id

    def reading(self, done_token_count: int, total_token_count: int) -> None:
        """Tell how much of the prompt has been read."""
        self._channel.send(
            Reading(
                request_id=self._request_id,
                done_token_count=done_token_count,
                total_token_count=total_token_count,
            )
        )

    def text(self, text: str, is_thought: bool, token_count: int, t_s: float) -> None:
        """Give more of the answer."""
        self._channel.send(
            Text(
                request_id=self._request_id,
                text=text,
                is_thought=is_thought,
                token_count=token_count,
                t_s=t_s,
            )
        )

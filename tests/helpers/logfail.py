"""Makes a test fail that logs a warning nobody expected."""

import logging
import re


class WarningWatch(logging.Handler):
    """Collects what is logged at WARNING or above during one test."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self._records: list[logging.LogRecord] = []
        self._allowed: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self._records.append(record)

    def allow(self, pattern: str) -> None:
        """Expect messages in which this regular expression is found."""
        self._allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Return the messages that no pattern allows."""
        messages = [
            f"{record.levelname} {record.name}: {record.getMessage()}" for record in self._records
        ]
        return [
            message
            for message in messages
            if not any(pattern.search(message) for pattern in self._allowed)
        ]

"""Keeps the records of thorough measurements, one JSON file each."""

from pathlib import Path

import msgspec

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.thorough import ThoroughRecord
from large_enough.resources.files import replace_file
from large_enough.store.log_lines import encode_record
from large_enough.store.run_log import log_name


def write_thorough(folder: Path, record: ThoroughRecord) -> Path:
    """Write a record.

    Args:
        folder: Made if it is not there.
        record: Of a measurement that has ended.

    Returns:
        Where it lies; names sort by time.

    Raises:
        StoreError: LOG_NOT_WRITTEN.
    """
    name = log_name(record.started_utc, record.session_id).replace(".jsonl", ".json")
    try:
        return replace_file(folder, name, encode_record(record) + b"\n")
    except (OSError, ValueError) as error:
        raise StoreError(
            FailureKind.LOG_NOT_WRITTEN, str(folder / name), detail=str(error), problem=str(error)
        ) from error


def read_thorough(path: Path) -> ThoroughRecord:
    """Read a record.

    Raises:
        StoreError: LOG_UNREADABLE.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=ThoroughRecord)
    except (OSError, msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise StoreError(
            FailureKind.LOG_UNREADABLE, str(path), detail=str(error), problem=str(error)
        ) from error

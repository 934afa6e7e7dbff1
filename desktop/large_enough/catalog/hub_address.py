"""Decides which address stands for the Hugging Face Hub."""

import ipaddress
import urllib.parse
from collections.abc import Mapping

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.wording.translate import _

DEFAULT_HUB = "https://huggingface.co"
"""The hub itself."""
HUB_VARIABLE = "HF_ENDPOINT"
"""Environment variable that names a mirror; huggingface_hub reads it, too."""


def hub_address(
    environ: Mapping[str, str], *, override: str | None = None, setting: str | None = None
) -> str:
    """Return the address that models are fetched through, without a slash at its end.

    The first that is given wins: the command line, the user's setting, `HF_ENDPOINT`, the hub
    itself. Only https is trusted, except on this machine itself.

    Args:
        environ: The environment.
        override: What the command line says.
        setting: What the settings file says.

    Raises:
        RequestError: `BAD_SETTING`: it is no such address.
    """
    named = {
        "--hub": override,
        "hub_address": setting,
        HUB_VARIABLE: environ.get(HUB_VARIABLE),
    }
    subject, address = next(
        ((name, value.strip()) for name, value in named.items() if value and value.strip()),
        ("", DEFAULT_HUB),
    )
    if not _is_trusted(address):
        raise RequestError(
            FailureKind.BAD_SETTING,
            subject,
            problem=_("{address} is not an https address").format(address=address),
            allowed=_("an address that begins with https:// (http:// only on this machine)"),
        )
    return address.rstrip("/")


def with_hub(environ: Mapping[str, str], address: str) -> dict[str, str]:
    """Return the environment for programs that shall fetch through that address."""
    return {**environ, HUB_VARIABLE: address}


def _is_trusted(address: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(address)
        host = parts.hostname or ""
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    is_known = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))
    return bool(host) and has_port and is_plain and is_known and address.isprintable()


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""Keeps tests from reaching any other machine."""

import ipaddress
import os
import sys
from collections.abc import MutableMapping

_CLOSED = "http://127.0.0.1:9"
"""Nothing listens on the discard port: who goes through this proxy is refused at once."""

_LOCAL_NAMES = frozenset({"", "localhost", "ip6-localhost"})


class NetworkUsedError(RuntimeError):
    """A test tried to reach another machine."""


def forbid_network(environ: MutableMapping[str, str] = os.environ) -> None:
    """Refuse connections and look-ups beyond this machine, from now on and for good.

    In this process an audit hook sees every one. Child processes are led to a closed port, which
    holds for pip, huggingface_hub and all else that heeds the proxy variables.
    """
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        environ[name] = environ[name.upper()] = _CLOSED
    environ["no_proxy"] = environ["NO_PROXY"] = "localhost,127.0.0.1,::1"
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""  # a path or bytes: a local socket
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        problem = f"{event} {host!r}: tests do not use the network"
        raise NetworkUsedError(problem)


def _is_local(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    if name in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False

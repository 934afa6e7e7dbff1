"""Tries once whether a server answers at all, so that being offline is told at once.

Started as a script in a process of its own (see `reach`), because looking a name up can take long
and cannot be interrupted. Uses the standard library alone.

Arguments: address, seconds to wait. Exit code 0 if the server, or the proxy in front of it, takes a
connection; else 1 with the cause on standard error.
"""

import socket
import sys
import urllib.parse
import urllib.request

_PORTS = {"https": 443, "http": 80}
_PROXY_PORT = 1080  # SOCKS; the others name theirs


def place(address: str) -> tuple[str, int]:
    """Return host and port that would be connected to: those of the proxy if there is one."""
    parts = urllib.parse.urlsplit(address)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, _PORTS["https"])
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(host):
        return host, port
    behind = urllib.parse.urlsplit(proxy if "//" in proxy else f"http://{proxy}")
    return behind.hostname or "", behind.port or _PORTS.get(behind.scheme, _PROXY_PORT)


def main(address: str, patience_s: float) -> int:
    """Try to connect; return the exit code."""
    try:
        socket.create_connection(place(address), timeout=patience_s).close()
    except (OSError, ValueError) as error:
        print(f"connection failed: {error}", file=sys.stderr)  # noqa: T201 - the parent reads this
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))

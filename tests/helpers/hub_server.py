"""A server on this machine that behaves, or misbehaves, like the Hugging Face Hub."""

import contextlib
import dataclasses
import hashlib
import http.server
import json
import socketserver
import threading
from collections.abc import Iterator, Mapping
from typing import Any

PIECE_BYTES = 16 << 10


@dataclasses.dataclass(slots=True)
class Hub:
    """What the server does, and what was asked of it."""

    content: bytes
    """Of every file that `files` does not name."""
    files: dict[str, bytes] = dataclasses.field(default_factory=dict)
    """By their last name."""
    api: dict[str, Any] = dataclasses.field(default_factory=dict)
    """Answers of the API by path: an object to be sent as JSON, or bytes; others are not found."""
    status: int = 200
    """Of every answer."""
    redirects: bool = False
    """Whether the file lies at another address, as behind the real hub."""
    knows_ranges: bool = True
    told_size_bytes: int | None = None
    """Size it tells when asked; None for the true one."""
    is_deaf: bool = False
    """Whether it accepts connections and never answers."""
    cuts_bytes: list[int] = dataclasses.field(default_factory=list)
    """After so many bytes the next transfers are cut, one after the other."""
    pause_bytes: int | None = None
    """After so many bytes a transfer waits until `go_on` is set."""
    go_on: threading.Event = dataclasses.field(default_factory=threading.Event)
    asked: list[str] = dataclasses.field(default_factory=list)
    """Method, path and range of every request."""
    headers: list[dict[str, str]] = dataclasses.field(default_factory=list)
    """Headers of every request."""
    address: str = ""

    def publish(self, repository: str, files: Mapping[str, bytes], **more: Any) -> None:
        """Let the API list a repository with these files, and let them be fetched.

        Args:
            repository: Owner and name.
            files: Contents by path.
            more: What the API says about the repository besides.
        """
        self.files |= {path.rpartition("/")[2]: content for path, content in files.items()}
        tree = [tree_entry(path, content) for path, content in files.items()]
        info = {"id": repository, "sha": COMMIT, "gated": False, "private": False, "siblings": []}
        info |= {"tags": [], "downloads": 0, "likes": 0, **more}
        self.api[f"/api/models/{repository}/tree/{COMMIT}"] = tree
        self.api[f"/api/models/{repository}/revision/main"] = info


COMMIT = "c0ffee" + "0" * 34
"""Of every repository."""


def tree_entry(path: str, content: bytes) -> dict[str, Any]:
    """Return what the API lists for one file in large file storage."""
    sha256 = hashlib.sha256(content).hexdigest()
    lfs = {"oid": sha256, "size": len(content), "pointerSize": 134}
    return {"type": "file", "oid": "ab" * 20, "size": len(content), "path": path, "lfs": lfs}


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = False
    block_on_close = True
    hub: Hub

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about clients that go away."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def end_headers(self) -> None:
        """Say that there is one answer for each connection."""
        self.send_header("Connection", "close")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet."""

    def _answer(self, *, with_body: bool) -> None:
        hub = self.server.hub
        wanted = self.headers.get("Range", "")
        hub.asked.append(f"{self.command} {self.path} {wanted}".strip())
        hub.headers.append(dict(self.headers))
        self.close_connection = True
        if hub.is_deaf:
            hub.go_on.wait()
        elif hub.status != http.HTTPStatus.OK:
            self._refuse(hub.status)
        elif self.path.startswith("/api/"):
            self._tell(hub)
        elif hub.redirects and not self.path.startswith("/elsewhere"):
            self._redirect(hub)
        else:
            self._give(hub, wanted, with_body=with_body)

    def _tell(self, hub: Hub) -> None:
        """Answer as the API does."""
        answer = hub.api.get(self.path.partition("?")[0])
        if answer is None:
            self._refuse(http.HTTPStatus.NOT_FOUND)
            return
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _redirect(self, hub: Hub) -> None:
        self.send_response(http.HTTPStatus.FOUND)
        self.send_header("Location", f"{hub.address}/elsewhere{self.path}")
        self.send_header("X-Linked-Size", str(len(self._content(hub))))
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", '"etag"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _give(self, hub: Hub, wanted: str, *, with_body: bool) -> None:
        is_part = bool(wanted) and hub.knows_ranges
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if is_part else 0
        content = self._content(hub)
        body = content[start:]
        told_bytes = len(body) if hub.told_size_bytes is None else hub.told_size_bytes
        self.send_response(http.HTTPStatus.PARTIAL_CONTENT if is_part else http.HTTPStatus.OK)
        self.send_header("Content-Length", str(told_bytes))
        self.send_header("ETag", '"etag"')
        self.send_header("X-Repo-Commit", COMMIT)
        if is_part:
            total = len(content)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.end_headers()
        if with_body:
            self._send(hub, body)

    def _content(self, hub: Hub) -> bytes:
        name = self.path.partition("?")[0].rpartition("/")[2]
        return hub.files.get(name, hub.content)

    def _send(self, hub: Hub, body: bytes) -> None:
        cut_bytes = hub.cuts_bytes.pop(0) if hub.cuts_bytes else len(body)
        for start in range(0, min(cut_bytes, len(body)), PIECE_BYTES):
            if hub.pause_bytes is not None and start >= hub.pause_bytes:
                hub.go_on.wait()
            self.wfile.write(body[start : min(start + PIECE_BYTES, cut_bytes)])
            self.wfile.flush()


@contextlib.contextmanager
def running_hub(content: bytes) -> Iterator[Hub]:
    """Run a server for as long as the context lasts."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.hub = Hub(content, address=f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.hub
        finally:
            server.hub.go_on.set()
            server.shutdown()
            thread.join()

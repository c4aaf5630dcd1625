"""A server on loopback with files that can be fetched in parts, and faults on request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FileServer(ThreadingHTTPServer):
    """Answers GET for `files` (path -> content).

    cuts: path -> bytes after which its next answer breaks off, once. knows_ranges: whether Range is
    understood. statuses: statuses to send first, one a request.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.cuts: dict[str, int] = {}
        self.knows_ranges = True
        self.statuses: list[int] = []
        self.ranges: list[str | None] = []

    @property
    def url(self) -> str:
        """The address, with a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    """Handles one request."""

    server: FileServer

    def do_GET(self) -> None:
        """Send a file, or the part of it that was asked for."""
        content = self.server.files.get(self.path)
        if self.server.statuses:
            self.send_error(self.server.statuses.pop(0))
            return
        if content is None:
            self.send_error(404)
            return
        wanted = self.headers.get("Range")
        self.server.ranges.append(wanted)
        start = 0
        if wanted and self.server.knows_ranges:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(content):
                self.send_error(416)
                return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        end = self.server.cuts.pop(self.path, None)
        self.wfile.write(content[start : None if end is None else start + end])
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""


@contextmanager
def running_file_server() -> Iterator[FileServer]:
    """Serve on a free port of 127.0.0.1."""
    with FileServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

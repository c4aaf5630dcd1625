"""A loopback server for files, with byte ranges and faults on request."""

from tests.support.servers.base import Answer, LoopbackServer, Request


class FileServer(LoopbackServer):
    """Answers GET for `files` (path -> content).

    cuts: path -> bytes after which its next answer breaks off, once. knows_ranges: whether Range is
    understood. ranges: what Range said in each request for a file that exists.
    """

    root = "/"

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.cuts: dict[str, int] = {}
        self.knows_ranges = True
        self.ranges: list[str | None] = []

    def respond(self, request: Request) -> Answer:
        """Send a file, or the requested range of it."""
        content = self.files.get(request.path)
        if content is None:
            return Answer(status=404)
        wanted = request.headers.get("Range")
        self.ranges.append(wanted)
        start = 0
        if wanted and self.knows_ranges:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(content):
                return Answer(status=416)
        cut = self.cuts.pop(request.path, None)
        return Answer(content[start:], 206 if start else 200, cut=cut)

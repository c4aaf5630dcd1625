"""Send a file of an export, whole or in part, so that downloads can be resumed.

Source: RFC 9110, range requests (section 14) and If-Range (13.1.5). The entity tag is the SHA-256.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from apps.public.exports import storage

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_CHUNK = 1 << 18
SECONDS_FRESH = 86_400


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file, which never changes. etag: with quotes."""

    folder: str
    name: str
    media_type: str
    size: int
    etag: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A range of bytes, both ends included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(ValueError):
    """The range contains no byte of the file."""


def byte_range(header: str | None, size: int) -> ByteRange | None:
    """Return the range in a Range header; None for the whole file.

    Multiple ranges and unknown units are ignored, as the standard permits.

    Args:
        header: The value of the header, if there is one.
        size: The size of the file in bytes.

    Raises:
        Unsatisfiable: If the file has no such byte.
    """
    match = _RANGE.fullmatch(header.replace(" ", "")) if header else None
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        if not length:
            raise Unsatisfiable
        return ByteRange(size - length, size - 1)
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return ByteRange(first, last)


def file_response(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """Return the response to GET or HEAD: the file or a range of it, or 304, 412 or 416."""
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": file.etag,
        "Last-Modified": http_date(file.made_at.timestamp()),
        "Cache-Control": f"public, max-age={SECONDS_FRESH}, immutable, no-transform",
        "Content-Disposition": f'attachment; filename="{file.name}"',
    }
    conditional = get_conditional_response(
        request, file.etag, int(file.made_at.timestamp()), HttpResponse(headers=headers)
    )
    if conditional is not None and conditional.status_code != HTTPStatus.OK:
        return conditional
    try:
        part = _requested_range(request, file)
    except Unsatisfiable:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{file.size}", "Accept-Ranges": "bytes"},
        )
    answer = HttpResponse() if request.method == "HEAD" else _streamed(file, part)
    answer.headers["Content-Type"] = file.media_type
    for name, value in headers.items():
        answer.headers[name] = value
    answer.headers["Content-Length"] = str(file.size if part is None else part.length)
    if part is not None:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{file.size}"
    return answer


def _requested_range(request: HttpRequest, file: StoredFile) -> ByteRange | None:
    """Return the requested range; None for the whole file, also if If-Range does not match."""
    condition = request.headers.get("If-Range", "").strip()
    if condition:
        is_tag = condition.startswith(('"', "W/"))
        made_at = int(file.made_at.timestamp())
        is_same = condition == file.etag if is_tag else parse_http_date_safe(condition) == made_at
        if not is_same:
            return None
    return byte_range(request.headers.get("Range"), file.size)


def _streamed(file: StoredFile, part: ByteRange | None) -> StreamingHttpResponse:
    opened = storage.open_file(file.folder, file.name)
    whole = ByteRange(0, file.size - 1)
    return StreamingHttpResponse(_chunks(opened, part or whole))


def _chunks(opened: IO[bytes], part: ByteRange) -> Iterator[bytes]:
    with opened:
        opened.seek(part.first)
        left = part.length
        while left > 0:
            chunk = opened.read(min(_CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk

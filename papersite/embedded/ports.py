"""Free TCP ports on this machine."""

import errno
import socket
from pathlib import Path


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Return whether a server can listen on this port now.

    Raises OSError for a bad host, or a port below 1024 for an ordinary user.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        # As the servers do, so that closing connections do not block the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def find_free_port() -> int:
    """Return a port on 127.0.0.1 that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def choose_port(file: Path) -> int:
    """Return the port in `file` if it is free, else another one.

    The caller writes the port to the file once its server listens there.
    """
    try:
        port = int(file.read_text())
    except (FileNotFoundError, ValueError):
        return find_free_port()
    return port if is_free(port) else find_free_port()

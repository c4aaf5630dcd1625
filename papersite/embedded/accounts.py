"""The user that runs a server: PostgreSQL refuses to run as root, and Valkey need not."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from papersite.embedded import EmbeddedError


@dataclass(frozen=True)
class Account:
    """A user that a program runs as."""

    name: str
    uid: int
    gid: int

    def can_run(self, *argv: str | Path) -> bool:
        """Return whether a command succeeds for this user."""
        try:
            return (
                subprocess.run(
                    [str(part) for part in argv],
                    user=self.uid,
                    group=self.gid,
                    extra_groups=[],
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    check=False,
                ).returncode
                == 0
            )
        except OSError:
            # This user may not execute it, or this root may not switch users.
            return False

    def can_enter(self, folder: Path) -> bool:
        """Return whether this user can enter `folder`."""
        return self.can_run("test", "-x", folder)


def server_account(data_dir: Path) -> Account | None:
    """Return the user that runs the server of `data_dir`; None is the current user.

    Under root it is `nobody`, or the owner of an existing data folder. Raises EmbeddedError if
    root cannot become that user.
    """
    if os.geteuid() != 0:
        return None
    owner = data_dir.stat().st_uid if data_dir.exists() else 0
    try:
        entry = pwd.getpwuid(owner) if owner != 0 else pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            "PostgreSQL does not run as root, and there is no user to run it as: "
            f"{'the owner of ' + str(data_dir) if owner else 'nobody'} is not in /etc/passwd. "
            "Start as an ordinary user, or set DATABASE_URL and REDIS_URL to servers of your own."
        ) from None
    account = Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    if not account.can_run("test", "-d", "/"):
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and this root cannot become {account.name} "
            "(a container without the right to change users?). "
            "Start as an ordinary user, or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return account

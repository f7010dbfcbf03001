"""Whether a file lock taken here is seen by everybody who may write to the ledger."""

from __future__ import annotations

import errno
import fcntl
from pathlib import Path
from typing import Literal

from tui_inbox.mounts import Mount, is_elsewhere, mount_of

Locks = Literal["auto", "shared", "single"]

# Clustered file systems whose locks hold for all machines, and NFS 4, where they are part of the
# protocol: unless an option of the mount keeps them on this machine.
_SHARED = frozenset({"ceph", "gfs2", "gpfs", "lustre", "nfs4", "ocfs2"})
_KEPT_HERE = frozenset(
    {"nolock", "local_lock=all", "local_lock=flock", "localflock", "localflocks", "noflock"}
)
# What flock() says where there are no locks at all, as against one that is taken.
_NO_LOCKS = frozenset({errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL})


def why_single(folder: Path, locks: Locks) -> str | None:
    """Why only one process may write at a time: the type of the share, ``setting``.

    ``None`` where locks can be trusted, or are said to be (``locks`` is ``shared``).
    """
    if locks == "shared":
        return None
    if locks == "single":
        return "setting"
    mount = mount_of(folder)
    return None if mount is None or _trusted(mount) else mount.filesystem


def _trusted(mount: Mount) -> bool:
    kind = mount.filesystem
    if kind in _SHARED:
        return not mount.options & _KEPT_HERE
    # Of other shares locks are kept here, are emulated, or depend on the server's mood.
    return not is_elsewhere(kind)


def has_locks(descriptor: int) -> bool:
    """Whether the file system of an open file has locks at all, whoever holds them."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as found:
        return found.errno not in _NO_LOCKS
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return True

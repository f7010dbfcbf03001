"""On which file system a folder lies, as the kernel's mount table has it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

#: See proc_pid_mountinfo(5).
MOUNT_TABLE = Path("/proc/self/mountinfo")

# Network shares, and what containers and virtual machines are given of their host's files. (Types
# as the kernel names them in the mount table.)
_ELSEWHERE = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "drvfs",
        "fakeowner",
        "glusterfs",
        "gfs2",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    }
)
# Of FUSE only what is known to be a disk of this machine; not sshfs, rclone, gvfs, grpcfuse ….
_FUSE_LOCAL = frozenset({"fuseblk", "fuse.ntfs-3g", "fuse.mergerfs", "fuse.fuse-overlayfs"})

_OCTAL = re.compile(r"\\([0-7]{3})")


class Mount(NamedTuple):
    """The type (``ext4``, ``cifs``, ``fuse.sshfs``) and the options of a file system."""

    filesystem: str
    options: frozenset[str] = frozenset()


def mount_of(folder: Path, table: Path | None = None) -> Mount | None:
    """What ``folder`` lies on; ``None`` where there is no mount table to read."""
    try:
        text = (table or MOUNT_TABLE).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    real = os.path.realpath(folder)
    best: tuple[int, Mount] | None = None
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields, rest = left.split(" "), right.split(" ")
        if len(fields) < 6 or not right:
            continue
        point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
        # As long as the last or longer: of two mounts on one point the later hides the earlier.
        if _lies_on(real, point) and (best is None or len(point) >= best[0]):
            options = frozenset(fields[5].split(",")).union(*(o.split(",") for o in rest[2:]))
            best = (len(point), Mount(rest[0], options))
    return None if best is None else best[1]


def is_elsewhere(filesystem: str) -> bool:
    """Whether others may change such a file system's files without this kernel having a part in
    it: then it tells nothing of their changes, and its locks need not be theirs."""
    if filesystem == "fuse" or filesystem.startswith("fuse"):
        return filesystem not in _FUSE_LOCAL
    return filesystem in _ELSEWHERE


def _lies_on(path: str, point: str) -> bool:
    return point == "/" or path == point or path.startswith(point + "/")

"""Whether the kernel can tell of changes in a folder, by the sort of its file system."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNT_TABLE = Path("/proc/self/mountinfo")

# What others change over there is not told here: network shares, and what containers and virtual
# machines are given of their host's files. (Types as the kernel names them in the mount table.)
_TOLD_NOTHING = frozenset(
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
# Of FUSE only what is known to be local; all others (sshfs, rclone, gvfs, grpcfuse …) are polled.
_FUSE_LOCAL = frozenset({"fuseblk", "fuse.ntfs-3g", "fuse.mergerfs", "fuse.fuse-overlayfs"})
_OCTAL = re.compile(r"\\([0-7]{3})")


def filesystem_of(folder: Path, table: Path = MOUNT_TABLE) -> str | None:
    """The type of the file system that ``folder`` lies on (``ext4``, ``cifs``, ``fuse.sshfs``).

    ``None`` where there is no mount table to read (see proc_pid_mountinfo(5)).
    """
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    real = os.path.realpath(folder)
    best: tuple[int, str] | None = None
    for line in lines:
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
        # As long as the last or longer: of two mounts on one point the later hides the earlier.
        if _lies_on(real, point) and (best is None or len(point) >= best[0]):
            best = (len(point), right.split(" ", 1)[0])
    return None if best is None else best[1]


def tells_nothing(filesystem: str | None) -> bool:
    """Whether changes made elsewhere go unnoticed on this file system, so it must be polled."""
    if filesystem is None:
        return False
    if filesystem == "fuse" or filesystem.startswith("fuse"):
        return filesystem not in _FUSE_LOCAL
    return filesystem in _TOLD_NOTHING


def _lies_on(path: str, point: str) -> bool:
    return point == "/" or path == point or path.startswith(point + "/")

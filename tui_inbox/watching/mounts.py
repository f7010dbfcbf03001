"""Whether the kernel can tell of changes in a folder, by the sort of its file system."""

from __future__ import annotations

from pathlib import Path

from tui_inbox.mounts import mount_of

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


def filesystem_of(folder: Path, table: Path | None = None) -> str | None:
    """The type of the file system that ``folder`` lies on (``ext4``, ``cifs``, ``fuse.sshfs``).

    ``None`` where there is no mount table to read.
    """
    mount = mount_of(folder, table)
    return None if mount is None else mount.filesystem


def tells_nothing(filesystem: str | None) -> bool:
    """Whether changes made elsewhere go unnoticed on this file system, so it must be polled."""
    if filesystem is None:
        return False
    if filesystem == "fuse" or filesystem.startswith("fuse"):
        return filesystem not in _FUSE_LOCAL
    return filesystem in _TOLD_NOTHING

"""Whether the kernel can tell of changes in a folder, by the sort of its file system."""

from __future__ import annotations

from pathlib import Path

from tui_inbox.mounts import is_elsewhere, mount_of


def filesystem_of(folder: Path, table: Path | None = None) -> str | None:
    """The type of the file system that ``folder`` lies on (``ext4``, ``cifs``, ``fuse.sshfs``).

    ``None`` where there is no mount table to read.
    """
    mount = mount_of(folder, table)
    return None if mount is None else mount.filesystem


def tells_nothing(filesystem: str | None) -> bool:
    """Whether changes made elsewhere go unnoticed on this file system, so it must be polled."""
    return filesystem is not None and is_elsewhere(filesystem)

"""On which file system a folder lies, as the kernel's mount table has it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

#: See proc_pid_mountinfo(5).
MOUNT_TABLE = Path("/proc/self/mountinfo")

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


def _lies_on(path: str, point: str) -> bool:
    return point == "/" or path == point or path.startswith(point + "/")

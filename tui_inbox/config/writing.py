"""Writing settings back: what stands in the file, comments and order too, stays as it is."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from tui_inbox.config.errors import SettingsError, SettingsErrorCode
from tui_inbox.config.files import read_text
from tui_inbox.config.schema import parts_of
from tui_inbox.config.values import checked

# The file is read, changed and replaced: two threads at once would lose one of the changes.
_writing = threading.Lock()


def write_settings(file: Path, changes: Mapping[str, Any]) -> None:
    """Set each dotted key in ``file``; ``None`` takes it out, so that the default counts.

    The file is replaced as a whole, or not at all.

    :raises SettingsError: a value cannot be that of its key, or the file is not valid TOML.
    :raises OSError: the file cannot be written.
    """
    # Imported here: only who changes settings needs it.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    values = {
        key: None if value is None else checked(key, value, str(file))
        for key, value in changes.items()
    }
    with _writing:
        try:
            document = tomlkit.parse(read_text(file) or "")
        except TOMLKitError as error:
            raise SettingsError(
                SettingsErrorCode.NOT_TOML, str(file), details={"detail": str(error)}
            ) from None
        for key, value in values.items():
            _set(document, key, value, file)
        _replace(file, tomlkit.dumps(document).encode())


def _set(document: Any, key: str, value: Any, file: Path) -> None:
    import tomlkit

    *path, name = parts_of(key)
    table = document
    for part in path:
        if part not in table:
            if value is None:
                return
            table[part] = tomlkit.table()
        table = table[part]
        if not isinstance(table, MutableMapping):
            raise SettingsError(
                SettingsErrorCode.WRONG_TYPE, str(file), key=part, details={"expected": "table"}
            )
    if value is not None:
        table[name] = list(value) if isinstance(value, tuple) else value
    elif name in table:
        del table[name]


def _replace(file: Path, data: bytes) -> None:
    _make_folder(file.parent)
    # People keep their own settings elsewhere and link to them; what another has put into a shared
    # folder must not lead to a file of ours.
    own_link = file.is_symlink() and file.lstat().st_uid == os.geteuid()
    target = file.resolve() if own_link else file
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o644)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.fchmod(descriptor, _mode(target, descriptor))
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _mode(target: Path, new: int) -> int:
    """The mode of the file that is there, else of the ``new`` one; in a folder of a group the group
    can read and write it, whatever the umask of the one who wrote it last."""
    before = os.fstat(new)
    if target.is_file() and not target.is_symlink():
        before = target.stat()
    shared = target.parent.stat().st_mode & stat.S_ISGID
    group = stat.S_IRGRP | stat.S_IWGRP if shared else 0
    return stat.S_IMODE(before.st_mode) & 0o666 | group


def _make_folder(folder: Path) -> None:
    """For its owner alone, and for the group where the folder around it is the group's: it may
    become the ledger's, to which all of them must be able to write."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(stat.S_IRWXU)
    except FileExistsError:
        return
    around = folder.parent.stat().st_mode
    if around & stat.S_ISGID:
        folder.chmod(stat.S_IRWXU | stat.S_ISGID | (around & stat.S_IRWXG))

"""Writing settings back: what stands in the file, comments and order too, stays as it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui_inbox.config.errors import SettingsError, SettingsErrorCode
from tui_inbox.config.files import read_text
from tui_inbox.config.values import checked


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
    try:
        document = tomlkit.parse(read_text(file) or "")
    except TOMLKitError as error:
        raise SettingsError(
            SettingsErrorCode.NOT_TOML, str(file), details={"detail": str(error)}
        ) from None
    for key, value in values.items():
        *path, name = key.split(".")
        table: Any = document
        for part in path:
            if part not in table and value is not None:
                table[part] = tomlkit.table()
            table = table.get(part, {})
        if value is not None:
            table[name] = list(value) if isinstance(value, tuple) else value
        elif name in table:
            del table[name]
    _replace(file, tomlkit.dumps(document).encode())


def _replace(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # People keep their own settings elsewhere and link to them.
    target = file.resolve() if file.is_symlink() else file
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mode = 0o644
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise

"""What a person types to name a letter -> the letters that it may mean."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path

from tui_inbox.catalogue import Catalogue
from tui_inbox.ledger import Record
from tui_inbox.triage import is_decided
from tui_inbox.watching import native_of, path_of

_REGISTER = re.compile(r"(\d{1,9})(?:/(\d{4}))?")
#: Buddhist-era years are this much ahead.
_ERA = 543


def matches(
    typed: str, folder: Path, catalogue: Catalogue, records: Mapping[str, Record]
) -> tuple[str, ...]:
    """Ids by a path, a whole id, else by the start of an id or a register number (``12/2567``).

    Letters that people decided about are found though neither file nor catalogue has them still.
    """
    typed = path_of(typed.strip())
    if not typed or not _is_text(typed):
        return ()
    paths = _paths(typed, folder)
    for path in paths:
        id = catalogue.id_of(path)
        if id is not None:
            return (id,)
    decided = {id: record for id, record in records.items() if is_decided(record)}
    for path in paths:
        by_path = tuple(id for id, record in decided.items() if path in record.paths)
        if by_path:
            return by_path
    lowered = typed.casefold()
    by_id = (*catalogue.ids(lowered), *(id for id in decided if id.startswith(lowered)))
    if lowered in by_id:
        return (lowered,)
    register = _REGISTER.fullmatch("".join(_digit(character) for character in typed))
    by_number: list[str] = []
    if register is not None:
        number, year = int(register[1]), int(register[2]) if register[2] else None
        by_number = [
            id
            for id, record in records.items()
            if record.register_number == number
            and (year is None or record.register_year in (year, year - _ERA))
        ]
    return tuple(dict.fromkeys((*by_number, *by_id)))


def _is_text(typed: str) -> bool:
    try:
        typed.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digit(character: str) -> str:
    return str(int(character)) if character.isdecimal() else character


def _paths(typed: str, folder: Path) -> list[str]:
    """The path inside the inbox that was meant: relative to it, to the current folder, or whole.

    ``typed`` and what is found are in the stored form, in which any name of a file is text.
    """
    if "\0" in typed:
        return []
    found = [typed.removeprefix("./")]
    with contextlib.suppress(ValueError, OSError):
        inside = Path(native_of(typed)).absolute().relative_to(folder.absolute())
        found.append(path_of(inside.as_posix()))
    return found

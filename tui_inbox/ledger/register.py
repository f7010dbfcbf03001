"""The register's numbers: running within a calendar year, none given twice, none skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui_inbox.ledger.model import Edit, ErrorCode, LedgerError
from tui_inbox.ledger.state import State

FIELDS = ("register_year", "register_number")


def check(state: State, edits: Iterable[Edit]) -> None:
    """Refuse edits after which a number would stand twice, or one would be missing in a year.

    A number may be given back only if no later one of that year stays. A number that is taken
    over from a stamp may run ahead: the paper register has those before it.
    """
    wanted: dict[str, dict[str, int | None]] = {}
    for edit in edits:
        if edit.field in FIELDS:
            wanted.setdefault(edit.id, {})[edit.field] = edit.after
        elif not edit.field:
            whole = edit.after or {}
            wanted[edit.id] = {name: whole.get(name) for name in FIELDS}
    given: dict[tuple[int, int], str] = {}
    freed: set[tuple[int, int]] = set()
    for id, values in wanted.items():
        record = state.records.get(id)
        old = (record.register_year, record.register_number) if record else (None, None)
        year = values.get("register_year", old[0])
        number = values.get("register_number", old[1])
        if old[0] is not None and old[1] is not None and (year, number) != old:
            freed.add((old[0], old[1]))
        if year is not None and number is not None:
            holder = given.get((year, number)) or state.by_number.get((year, number))
            if holder not in (None, id):
                raise LedgerError(ErrorCode.REGISTER_TAKEN, str(holder), f"{number}/{year}")
            given[year, number] = id
    for year, number in sorted(freed - given.keys()):
        if any(y == year and n > number for y, n in state.by_number if (y, n) not in freed):
            raise LedgerError(ErrorCode.REGISTER_GAP, "", f"{number}/{year}")


def require_possible(year: int, number: int) -> None:
    """Raises ``ValueError`` for what is no year or no number of a register."""
    if not 1 <= year <= 9999 or number < 1:
        raise ValueError(f"{number}/{year}")


def given(
    state: State,
    ids: Sequence[str],
    year: int,
    number: int | None,
    stamped: Mapping[str, tuple[int, int]],
) -> Iterator[tuple[str, int, int]]:
    """Each letter that gets a number, with its year and number; see ``Ledger.register``."""
    if number is not None:
        yield from ((id, year, number + place) for place, id in enumerate(ids))
        return
    held = state.records
    fresh = [id for id in ids if id not in held or held[id].register_number is None]
    taken = {id: stamped[id] for id in fresh if id in stamped}
    last = max((n for y, n in taken.values() if y == year), default=0)
    following = max(last, state.last_number(year)) + 1
    for id in fresh:
        if id in taken:
            yield (id, *taken[id])
        else:
            yield id, year, following
            following += 1

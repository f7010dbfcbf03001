"""Letters as data: one object a line, as the contract has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.cli.session import Session
from tui_inbox.contract import contract_row

if TYPE_CHECKING:
    from tui_inbox.service import HistoryItem, Hit
    from tui_inbox.triage import Row
    from tui_inbox.triage.related import Related


def write_json(session: Session, rows: Iterable[Row]) -> None:
    """Print ``rows`` as ``list --json`` does."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        session.output.data(encoder.encode(contract_row(row, session.messages)))


def write_hits(session: Session, hits: Iterable[Hit]) -> None:
    """Print letters that a search found: as ``list --json`` does, with the line that holds it."""
    encoder = msgspec.json.Encoder()
    for hit in hits:
        row = contract_row(hit.row, session.messages)
        row |= {"snippet": hit.snippet, "spans": hit.spans}
        session.output.data(encoder.encode(row))


def write_related(session: Session, found: Iterable[Related]) -> None:
    """Print letters that belong to another: as ``list --json`` does, with what ties them."""
    encoder = msgspec.json.Encoder()
    for one in found:
        row = contract_row(one.row, session.messages)
        row |= {"bond": one.bond, "sure": one.sure, "why": one.why, "tied_by": one.number}
        session.output.data(encoder.encode(row))


def write_history_json(session: Session, items: Iterable[HistoryItem]) -> None:
    """Print entries of the history, one a line, with each value before and after."""
    encoder = msgspec.json.Encoder()
    for item in items:
        line = {
            "seq": item.seq,
            "at": item.at,
            "by": item.author,
            "host": item.host,
            "op": item.kind,
            "of": item.of,
            "undone": item.undone,
            "edits": [
                {
                    "id": edit.id,
                    "field": edit.field or None,
                    "key": edit.key,
                    "before": edit.before,
                    "after": edit.after,
                }
                for edit in item.edits
            ],
        }
        session.output.data(encoder.encode(line))

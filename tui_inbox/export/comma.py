"""A sheet as CSV that Excel opens as it is: UTF-8 with its mark, lines ended as in RFC 4180."""

from __future__ import annotations

import csv
import io

from tui_inbox.export.sheet import Sheet

#: What a spreadsheet takes for the beginning of a formula, in both widths.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫")


def csv_bytes(sheet: Sheet) -> bytes:
    """The heads and the rows; title and foot are for paper."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.head for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([inert(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def inert(cell: str) -> str:
    """A cell that no spreadsheet computes: an apostrophe before what begins like a formula."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell

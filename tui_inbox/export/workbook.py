"""A sheet as XLSX that prints on A4 across: every cell is text, so none can be a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from tui_inbox.export.sheet import Sheet
from tui_inbox.thai.cells import cells
from tui_inbox.thai.wrap import wrap

#: The type of official papers; where it is not installed the office's programs take another.
FONT = "TH SarabunPSK"
#: Points that a line of it takes, or of the taller ones that stand in for it; the most of a row.
_LINE, _TALLEST = 24, 400
_A4 = 9


def xlsx_bytes(sheet: Sheet) -> bytes:
    """The same sheet gives the same bytes."""
    # Imported here: nothing else needs it, and it takes a while.
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": sheet.title,
            "author": sheet.author,
            "created": dt.datetime.combine(sheet.made, dt.time()),
        }
    )
    page = book.add_worksheet(sheet.title[:31])
    look = {"font_name": FONT, "font_size": 14, "valign": "top"}
    title = book.add_format(look | {"font_size": 18, "bold": True, "align": "center"})
    under = book.add_format(look | {"align": "center"})
    head = book.add_format(
        look
        | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        | {"bg_color": "#E7E6E6"}
    )
    cell = book.add_format(look | {"text_wrap": True, "border": 1, "num_format": "@"})
    plain = book.add_format(look)

    last = len(sheet.columns) - 1
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
    at = 0
    for line, form in ((sheet.title, title), *((line, under) for line in sheet.under)):
        page.merge_range(at, 0, at, last, "", form)
        page.write_string(at, 0, line, form)
        page.set_row(at, _LINE * (1.3 if form is title else 1))
        at += 1
    top = at
    page.set_row(top, _height(sheet, [column.head for column in sheet.columns]))
    for number, column in enumerate(sheet.columns):
        page.write_string(top, number, column.head, head)
    for row in sheet.rows:
        at += 1
        page.set_row(at, _height(sheet, row))
        for number, text in enumerate(row):
            page.write_string(at, number, text, cell)
    page.autofilter(top, 0, at, last)
    page.freeze_panes(top + 1, 0)
    for line in sheet.foot:
        at += 1
        page.set_row(at, _LINE)
        page.write_string(at, 0, line, plain)

    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, top)
    page.print_area(0, 0, at, last)
    page.set_footer(f'&R&"{FONT}"&12{sheet.page.replace("{page}", "&P")}')
    book.close()
    return stream.getvalue()


def _height(sheet: Sheet, row: Sequence[str]) -> float:
    """Points for a row. Not every program finds that out by itself, and none before it prints."""
    # Two characters less, for the margins and for wider types.
    lines = (
        _lines(text, column.width - 2) for text, column in zip(row, sheet.columns, strict=True)
    )
    return min(_TALLEST, _LINE * max(lines))


def _lines(text: str, width: int) -> int:
    return 1 if cells(text) <= width else len(wrap(text, width))

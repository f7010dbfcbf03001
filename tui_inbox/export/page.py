"""A sheet as a page to print: HTML that needs nothing else and does nothing by itself."""

from __future__ import annotations

from html import escape

from tui_inbox.export.sheet import Sheet

_STYLE = """
@page { size: A4 landscape; margin: 12mm 10mm 14mm;
  @bottom-right { content: %(page)s; font: 11pt %(fonts)s } }
html { font: 12pt/1.3 %(fonts)s; color: #000; background: #fff }
body { margin: 0 auto; max-width: 277mm }
h1 { font-size: 18pt; margin: 0; text-align: center }
header p { margin: 0 0 1mm; text-align: center }
table { border-collapse: collapse; width: 100%%; table-layout: fixed; margin-top: 2mm }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 1px solid #000; padding: .6mm 1.2mm; vertical-align: top; text-align: left;
  overflow-wrap: anywhere }
thead th { text-align: center; vertical-align: middle; background: #eee;
  print-color-adjust: exact; overflow-wrap: normal }
th.group { background: #f7f7f7; break-after: avoid }
footer p { margin: 1mm 0 0 }
"""
_FONTS = (
    '"TH Sarabun New", "TH SarabunPSK", Sarabun, Laksaman, "Noto Sans Thai", Garuda, sans-serif'
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_text(sheet: Sheet) -> str:
    """A whole document; no text in it is mark-up, and it loads and runs nothing."""
    total = sum(column.width for column in sheet.columns)
    before, _, after = sheet.page.partition("{page}")
    counter = "counter(page, thai)" if sheet.thai_digits else "counter(page)"
    style = _STYLE % {"page": f'"{before}" {counter} "{after}"', "fonts": _FONTS}
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(sheet.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(' '.join([sheet.title, *sheet.under]))}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{escape(sheet.title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in sheet.under),
        "</header>",
        "<table>",
        "<colgroup>",
        *(f'<col style="width:{100 * c.width / total:.2f}%">' for c in sheet.columns),
        "</colgroup>",
        "<thead>",
        _row("th", [column.head for column in sheet.columns], ' scope="col"'),
        "</thead>",
    ]
    for group in sheet.groups:
        parts.append("<tbody>")
        if group.name is not None:
            span = f' class="group" scope="rowgroup" colspan="{len(sheet.columns)}"'
            parts.append(_row("th", [group.name], span))
        parts += [_row("td", row) for row in group.rows]
        parts.append("</tbody>")
    parts += [
        "</table>",
        "<footer>",
        *(f"<p>{escape(line)}</p>" for line in sheet.foot),
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _row(tag: str, cells: list[str] | tuple[str, ...], attributes: str = "") -> str:
    return (
        "<tr>" + "".join(f"<{tag}{attributes}>{escape(text)}</{tag}>" for text in cells) + "</tr>"
    )

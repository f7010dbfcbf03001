"""The screen as an SVG in which every cluster stands in its cell.

Textual's own export stretches runs of text to their width, which pulls Thai marks off their
bases; here each cluster has its own place, so that the picture is right in any font.
"""

from __future__ import annotations

from html import escape

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App

from tui_inbox.thai.cells import cells, clusters

CELL, LINE, SIZE = 9.0, 20.0, 15.0
_LEFT_BLOCKS, _LOWER_BLOCKS = "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇"
FONTS = '"DejaVu Sans Mono", "Noto Sans Mono", "Noto Sans Thai", Loma, Waree, Thonburi, "Leelawadee UI", monospace'


def to_svg(app: App[None], title: str) -> str:
    """The app's screen as it is now."""
    strips = app.screen._compositor.render_strips()
    width = app.size.width
    ground = app.screen.background_colors[1].rich_color.get_truecolor().hex
    text_colour = app.screen.rich_style.color
    default = text_colour.get_truecolor().hex if text_colour is not None else "#cccccc"
    shapes: list[str] = []
    texts: list[str] = []
    for row, strip in enumerate(strips):
        column = 0
        for segment in strip:
            column = _segment(segment, column, row, shapes, texts, ground, default)
    pixel_width, pixel_height = width * CELL + 24, len(strips) * LINE + 52
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {pixel_width:g} {pixel_height:g}"'
            f" font-family='{FONTS}' font-size=\"{SIZE:g}\">",
            f'<rect width="{pixel_width:g}" height="{pixel_height:g}" rx="8" fill="{ground}" stroke="#8888"/>',
            *(
                f'<circle cx="{x}" cy="18" r="6" fill="{fill}"/>'
                for x, fill in ((20, "#ff5f57"), (40, "#febc2e"), (60, "#28c840"))
            ),
            f'<text x="{pixel_width / 2:g}" y="23" text-anchor="middle" fill="{default}">{escape(title)}</text>',
            '<g transform="translate(12 38)">',
            *shapes,
            *texts,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _segment(
    segment: Segment,
    column: int,
    row: int,
    shapes: list[str],
    texts: list[str],
    ground: str,
    default: str,
) -> int:
    style = segment.style or Style.null()
    fore, back = _hex(style.color, default), _hex(style.bgcolor, ground)
    if style.reverse:
        fore, back = back, fore
    width = cells(segment.text)
    top = row * LINE
    if back != ground and width:
        shapes.append(
            f'<rect x="{column * CELL:g}" y="{top:g}" width="{width * CELL:g}" height="{LINE + 0.3:g}" fill="{back}"/>'
        )
    looks = f'fill="{fore}"'
    if style.bold:
        looks += ' font-weight="bold"'
    if style.italic:
        looks += ' font-style="italic"'
    start = column
    parts: list[str] = []
    for begin, end in clusters(segment.text):
        cluster = segment.text[begin:end]
        block = _block(cluster)
        if block is not None:
            # Drawn, not written: glyphs of blocks differ from font to font.
            left, upper, wide, high = block
            shapes.append(
                f'<rect x="{(column + left) * CELL:g}" y="{top + upper * LINE:g}" width="{wide * CELL:g}" height="{high * LINE:g}" fill="{fore}"/>'
            )
        elif cluster.strip():
            # In the middle of its cells: Thai letters of a proportional font differ in width.
            middle = (column + cells(cluster) / 2) * CELL
            parts.append(f'<tspan x="{middle:g}">{escape(cluster)}</tspan>')
        column += cells(cluster)
    if parts:
        texts.append(f'<text y="{top + 15:g}" text-anchor="middle" {looks}>{"".join(parts)}</text>')
    if style.underline:
        shapes.append(
            f'<rect x="{start * CELL:g}" y="{top + LINE - 1:g}" width="{width * CELL:g}" height="1" fill="{fore}"/>'
        )
    return column


def _block(character: str) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of a block element as parts of its cell."""
    if character in _LEFT_BLOCKS:
        return 0, 0, (_LEFT_BLOCKS.index(character) + 1) / 8, 1
    if character in _LOWER_BLOCKS:
        high = (_LOWER_BLOCKS.index(character) + 1) / 8
        return 0, 1 - high, 1, high
    return None


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex

"""The columns of the list's rows of one line: always exact, the least needed given up first."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.config import Column, DisplaySettings
from tui_inbox.tui.widgets.letters import column_widths

COLUMNS = st.lists(st.sampled_from(get_args(Column)), min_size=1, unique=True).map(tuple)
DEFAULT = DisplaySettings().columns


@given(COLUMNS, st.integers(1, 220))
def test_columns_fill_the_row_exactly_in_the_order_of_the_settings(
    columns: tuple[str, ...], room: int
) -> None:
    widths = column_widths(columns, room)
    if widths:
        assert sum(widths.values()) == room or room < 17
    assert list(widths) == [name for name in columns if name in widths]
    assert "subject" in widths or "subject" not in columns


def test_a_narrow_pane_gives_up_the_sender_then_the_number() -> None:
    assert list(column_widths(DEFAULT, 130)) == [
        "due", "status", "number", "sender", "subject", "flags"
    ]  # fmt: skip
    assert "sender" not in column_widths(DEFAULT, 90)
    assert "number" in column_widths(DEFAULT, 90)
    assert list(column_widths(DEFAULT, 70)) == ["due", "status", "subject", "flags"]
    assert list(column_widths(DEFAULT, 40)) == ["due", "subject"]

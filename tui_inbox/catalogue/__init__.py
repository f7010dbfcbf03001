"""What can be rebuilt from the files: letters, their texts and the index to search them."""

from __future__ import annotations

from tui_inbox.catalogue.checking import IndexReport, IndexState, check_index
from tui_inbox.catalogue.columns import Columns, Numbered
from tui_inbox.catalogue.content import content_of, fold
from tui_inbox.catalogue.lines import Flag, Sort, moment
from tui_inbox.catalogue.mentions import Mention, Role, number_key
from tui_inbox.catalogue.model import Content, Entry, Head, Summary
from tui_inbox.catalogue.store import Catalogue, Mark
from tui_inbox.catalogue.writer import NO_STAMP, Writer, problem_id

__all__ = [
    "NO_STAMP",
    "Catalogue",
    "Columns",
    "Content",
    "Entry",
    "Flag",
    "Head",
    "IndexReport",
    "IndexState",
    "Mark",
    "Mention",
    "Numbered",
    "Role",
    "Sort",
    "Summary",
    "Writer",
    "check_index",
    "content_of",
    "fold",
    "moment",
    "number_key",
    "problem_id",
]

"""The query language: one for the search box, the command line and saved views."""

from __future__ import annotations

from tui_inbox.triage.errors import QueryError
from tui_inbox.triage.query.completing import Completions, Vocabulary, complete
from tui_inbox.triage.query.matching import Matcher
from tui_inbox.triage.query.names import Field
from tui_inbox.triage.query.parsing import is_plain, parse
from tui_inbox.triage.query.syntax import Node, Text, fields_of, texts

__all__ = [
    "Completions",
    "Field",
    "Matcher",
    "Node",
    "QueryError",
    "Text",
    "Vocabulary",
    "complete",
    "fields_of",
    "is_plain",
    "parse",
    "texts",
]

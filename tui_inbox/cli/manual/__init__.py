"""The manual, from the commands' definitions: as a man page and as Markdown."""

from __future__ import annotations

from tui_inbox.cli.manual.markdown import markdown
from tui_inbox.cli.manual.pages import page
from tui_inbox.cli.manual.roff import man_page

__all__ = ["man_page", "markdown", "page"]

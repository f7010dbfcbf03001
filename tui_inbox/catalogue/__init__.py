"""What can be rebuilt from the files: letters, their texts and the index to search them."""

from __future__ import annotations

from tui_inbox.catalogue.model import Entry, Summary

__all__ = ["Entry", "Summary"]

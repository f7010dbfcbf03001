"""Bytes to a :class:`~tui_inbox.letter.Letter`. Pure: no files, no clock, no screen.

decode → repair → page (lines) → split (documents) → head, body, tail of each → checks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tui_inbox.letter import Letter, Problem, ProblemCode
from tui_inbox.reading.check import find_checks
from tui_inbox.reading.decode import MAX_BYTES, Decoded, decode
from tui_inbox.reading.document import read_document
from tui_inbox.reading.page import Page
from tui_inbox.reading.repair import Folded
from tui_inbox.reading.split import split

__all__ = ["MAX_BYTES", "Decoded", "decode", "read"]


def read(data: bytes, *, offices: Sequence[str] = ()) -> Letter:
    """Read one file's bytes.

    ``offices`` are the names under which the reader's own office appears on receipt stamps: days
    after receipt count from its own stamp. Never raises: what cannot be read is a ``problem``.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    decoded = decode(data)
    if isinstance(decoded, Problem):
        return Letter(sha256, None, (), problem=decoded)
    page = Page(Folded(decoded.text))
    blocks = split(page)
    if not blocks:
        return Letter(sha256, decoded.encoding, (), problem=Problem(ProblemCode.EMPTY))
    drafts = [read_document(page, block, offices) for block in blocks]
    checks = find_checks(page, drafts, decoded.replaced)
    return Letter(
        sha256,
        decoded.encoding,
        tuple(draft.document() for draft in drafts),
        tuple(checks),
    )

"""What can be wrong with a query; apart from the language, so that naming it loads none of that."""

from __future__ import annotations

from collections.abc import Mapping


class QueryError(Exception):
    """A query that cannot be read; worded by ``query.error.<code>``.

    ``span`` is the place in what was typed; ``nearest`` what was probably meant, to be put there
    instead; ``details`` fill the message.

    Codes: ``unknown_field``, ``unknown_value``, ``no_value``, ``bad_day``, ``bad_number``,
    ``open_bracket``, ``or_end``.
    """

    def __init__(
        self,
        code: str,
        span: tuple[int, int],
        *,
        nearest: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.span = span
        self.nearest = nearest
        self.details = dict(details or {})
        super().__init__(f"{code} at {span} {self.details or ''}".rstrip())

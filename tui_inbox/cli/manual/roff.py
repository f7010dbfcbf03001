"""The manual as a man page, in the macros that both groff and mandoc know."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox import __version__
from tui_inbox.cli.manual.pages import Page, Part


def man_page(page: Page) -> str:
    """The source of ``tui-inbox.1``."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f'.TH "{page.title.upper()}" "1" "" "{page.title} {__version__}" ""'
    # Thai has no hyphens and no blanks between words: nothing is hyphenated or stretched.
    yield ".nh"
    yield ".ad l"
    yield '.SH "NAME"'
    yield f"{_text(page.title)} \\- {_text(page.about)}"
    for section in page.sections:
        yield f'.SH "{_text(section.heading)}"'
        for part in section.parts:
            yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if part.heading is not None:
        yield f'.SS "{_text(part.heading)}"'
    if part.usage is not None:
        yield f"\\fB{_text(part.usage)}\\fR"
    if part.text is not None:
        # The first paragraph of a section begins by itself.
        if part.usage is not None:
            yield ".PP"
        yield _text(part.text)
    for entry in part.entries:
        yield ".TP"
        yield f"\\fB{_text(entry.term)}\\fR"
        yield _text(entry.text)
    for line in part.lines:
        yield ".PP"
        yield _text(line.text)
        yield ".PP"
        yield ".RS 4"
        yield ".nf"
        yield _text(line.term)
        yield ".fi"
        yield ".RE"


def _text(text: str) -> str:
    """``text`` with everything that roff would take for itself made literal."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    escaped = escaped.replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha")
    escaped = escaped.replace("~", "\\(ti")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped

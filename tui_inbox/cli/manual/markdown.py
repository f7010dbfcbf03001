"""The manual as Markdown, for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.cli.manual.pages import Page, Part


def markdown(page: Page) -> str:
    """The text of docs/cli.md."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {page.title}"
    yield ""
    yield page.about
    for section in page.sections:
        yield ""
        yield f"## {section.heading}"
        for part in section.parts:
            yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if part.heading is not None:
        yield ""
        yield f"### {part.heading}"
    if part.usage is not None:
        yield ""
        yield "```text"
        yield part.usage
        yield "```"
    if part.text is not None:
        yield ""
        yield _plain(part.text)
    if part.entries:
        yield ""
        for entry in part.entries:
            yield f"- `{entry.term}`: {_plain(entry.text)}"
    if part.lines:
        yield ""
        yield "```sh"
        for line in part.lines:
            yield f"# {line.text}"
            yield line.term
        yield "```"


def _plain(text: str) -> str:
    """``text`` without what Markdown would take for mark-up."""
    for character in "\\*_<>[]`":
        text = text.replace(character, f"\\{character}")
    return text

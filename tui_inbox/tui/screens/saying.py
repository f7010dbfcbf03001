"""What the bars of the main screen say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.thai.cells import one_line
from tui_inbox.triage import View
from tui_inbox.tui.commands import COMMANDS

_PRESSING = (
    (View.OVERDUE, "error"),
    (View.TODAY, "warning"),
    (View.MOST_URGENT, "error"),
    (View.PROBLEMS, "warning"),
)

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen
    from tui_inbox.tui.widgets.bars import Part


def show_bars(screen: MainScreen) -> None:
    """Bring every bar up to the screen's state."""
    _show_title(screen)
    _show_list_title(screen)
    screen.facets_title.show(
        [(screen.words("facet.title"), "active" if screen.focused is screen.facets else "dim")]
    )
    screen.detail.active = screen.reading
    screen.detail.render_tabs()
    _show_position(screen)
    if screen.focused is screen.search:
        tab = ("Tab", screen.words("search.complete"), "screen.command('next_pane')")
        screen.key_bar.show_keys(
            [
                *([tab] if screen.find.asked.completions.candidates else []),
                ("Enter", screen.words("search.go"), "screen.command('open')"),
                ("Esc", screen.words("search.clear"), "screen.command('back')"),
            ]
        )
        return
    screen.key_bar.show_keys(
        [
            (
                screen.words.keymap.shown(command),
                command.label(screen),
                f"screen.command('{command.id}')",
            )
            for command in sorted(COMMANDS, key=lambda command: command.footer)
            if command.footer and command.refusal(screen) is None
        ]
    )


def show_status(screen: MainScreen, text: str, style: str) -> None:
    """Say ``text`` at the left of the status line."""
    screen.status_bar.show([(text, style)] if text else _pressing(screen), _position(screen))


def _pressing(screen: MainScreen) -> list[Part]:
    """What waits, for as long as there is nothing else to say; why the folder is away first."""
    status = screen.inbox_status
    if not status.online and status.offline is not None:
        return [(screen.words.unavailable(status.offline), "error")]
    counts = screen.board.views
    parts: list[Part] = []
    for view, style in _PRESSING:
        count = counts.get(view, 0)
        if count:
            name = screen.words(f"view.{view.value}")
            parts += [(" · " if parts else "", "dim"), (f"{name} ", "")]
            parts.append((screen.words.number(count), style))
    return parts


def _show_title(screen: MainScreen) -> None:
    words, status = screen.words, screen.inbox_status
    office = words.settings.office.name or screen.inbox.folder.name
    left: list[Part] = [
        (words("title"), "strong"),
        (f"  {one_line(office)}", ""),
    ]
    right: list[Part] = []
    if not status.online:
        right += [(f" {words('badge.offline')} ", "alarm"), ("  ", "")]
    if not status.writable:
        right += [(f" {words('badge.read_only')} ", "warning"), ("  ", "")]
    if status.single_writer is not None:
        right += [(f" {words('badge.single_writer')} ", "dim"), ("  ", "")]
    if status.mode == "poll" and status.why != "setting":
        right += [(words("badge.polling"), "dim"), ("  ", "")]
    if status.pending:
        right += [(words("badge.pending", count=words.number(status.pending)), "warning")]
        right += [("  ", "")]
    right.append((words.weekday(words.today), "dim"))
    screen.title_bar.show(left, right)


def _show_list_title(screen: MainScreen) -> None:
    words, shown = screen.words, len(screen.board.rows)
    count = words("count.letters", count=words.number(shown))
    style = "active" if screen.focused in {screen.letters, screen.search} else "dim"
    right: list[Part] = [(count, "dim")]
    if fresh := len(screen.letters.fresh):
        right = [(words("badge.fresh", count=words.number(fresh)), "done"), ("  ", ""), *right]
    screen.list_title.show([(screen.find.description(), style)], right)


def _position(screen: MainScreen) -> list[Part]:
    words, letters = screen.words, screen.letters
    if letters.cursor_key is None:
        return []
    parts: list[Part] = []
    if letters.marked:
        marked = words("position.marked", count=words.number(len(letters.marked)))
        parts += [(marked, "key"), ("  ", "")]
    parts.append(
        (
            words(
                "position.at",
                number=words.number(letters.cursor + 1),
                count=words.number(len(letters.keys)),
            ),
            "dim",
        )
    )
    return parts


def _show_position(screen: MainScreen) -> None:
    bar = screen.status_bar
    said = [part[:2] for part in bar.left] if screen.said else _pressing(screen)
    bar.show(said, _position(screen))


#: Seconds that what is amiss with the ledger stays on the screen.
LEDGER_SECONDS = 20
#: Findings that are told one by one.
MOST_FINDINGS = 3


def tell_ledger(screen: MainScreen) -> None:
    """At the start: what was amiss in the ledger's files, and that only one may write, if so."""
    words = screen.words
    findings = screen.inbox.findings
    texts = [words.finding(finding) for finding in findings[:MOST_FINDINGS]]
    if len(findings) > MOST_FINDINGS:
        rest = words.number(len(findings) - MOST_FINDINGS)
        texts.append(words.messages("ledger.more", n=rest))
    why = screen.inbox_status.single_writer
    if why is not None:
        texts.append(words.messages("ledger.single", why=why))
    for text in texts:
        screen.notify(one_line(text), severity="warning", timeout=LEDGER_SECONDS, markup=False)

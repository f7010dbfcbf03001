"""The settings, made from their schema: what each is, what it is now, and changing it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args, get_origin

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.config import (
    Found,
    Settings,
    SettingsError,
    Source,
    find_settings,
    inbox_file,
    keys,
    user_file,
)
from tui_inbox.config.schema import is_free, type_of
from tui_inbox.config.values import from_text
from tui_inbox.config.writing import write_settings
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.screens.dialogs.base import Dialog, Key
from tui_inbox.tui.screens.dialogs.choices import Choice, ChooseOne, ChoosingDialog
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.wording import Words


def value_text(value: object) -> str:
    """A value as it is typed: lists with commas between, truth as ``true`` or ``false``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return str(value)


def error_text(words: Words, error: SettingsError) -> str:
    """What is wrong with a value, in a sentence."""
    details = dict(error.details)
    if "expected" in details:
        details["expected"] = words.messages(f"config.expected.{details['expected']}")
    where = Path(error.source).name
    key = f"config.error.{error.code}"
    return words.messages(key, where=where, key=error.key or "", **details)


def value_of(settings: Settings, key: str) -> object:
    value: object = settings
    for part in key.split("."):
        value = getattr(value, part)
    return value


class AskText(Dialog[str]):
    """Asks for one value as text; ``check`` says what is wrong with it, right at the field."""

    def __init__(
        self,
        title: str,
        words: Words,
        segmenter: Segmenter,
        *,
        value: str,
        check: Callable[[str], str | None],
    ) -> None:
        super().__init__(title, words)
        self.input = ThaiInput(segmenter, id="dialog-input")
        self.input.value = value
        self.check = check

    def body(self) -> Iterable[Widget]:
        yield self.input

    def on_mount(self) -> None:
        super().on_mount()
        self.input.focus()
        self.input.cursor_position = len(self.input.value)

    def key_row(self) -> Sequence[Key]:
        return [
            ("Enter", self.text("setup.save"), "screen.take"),
            ("Esc", self.text("cancel"), "screen.close"),
        ]

    @on(Input.Changed, "#dialog-input")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.calm()

    @on(Input.Submitted, "#dialog-input")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        wrong = self.check(self.input.value.strip())
        if wrong is not None:
            self.complain(wrong)
        else:
            self.dismiss(self.input.value.strip())


class SettingsDialog(ChoosingDialog[bool]):
    """Gives whether anything was changed. Each change is written at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "reset", show=False, priority=True),
        Binding(",".join(with_twins(("ctrl+s",))), "close", show=False, priority=True),
    ]

    def __init__(self, words: Words, segmenter: Segmenter, inbox: Path) -> None:
        text = words.messages
        placeholder = text("dialogs.setup.placeholder")
        input = ThaiInput(segmenter, placeholder=placeholder, id="dialog-input")
        super().__init__(
            text("dialogs.setup.title"), words, input, empty=text("dialogs.setup.empty")
        )
        self.segmenter = segmenter
        self.inbox = inbox
        self.found: Mapping[str, Found] = {}
        self.changed = False
        self.add_class("-wide")
        self._look()

    def _look(self) -> None:
        self.found = find_settings(self.inbox, report=lambda _: None)

    def choices(self) -> Sequence[Choice]:
        found = []
        for key in keys():
            shown = one_line(value_text(self._value(key)))
            if is_free(key):
                shown = self.text("setup.in_file")
            about = self.words.messages(f"settings.{key}")
            mark = "•" if key in self.found else " "
            found.append(Choice(key, f"{about}  {key}", shown or "–", mark))
        return found

    def _value(self, key: str) -> object:
        return self.found[key].value if key in self.found else value_of(Settings(), key)

    def _file(self, key: str) -> Path:
        """Where a value is written: where it stands, else with the inbox what is the office's."""
        known = self.found.get(key)
        shared = known.source is Source.INBOX if known else key.startswith("office.")
        return inbox_file(self.inbox) if shared else user_file()

    def chosen(self, value: str) -> None:
        known, kind = self.found.get(value), _bare(type_of(value))
        if is_free(value):
            self.complain(self.text("setup.edit_file", file=str(user_file())))
        elif known is not None and known.source in {Source.FLAG, Source.ENVIRONMENT}:
            self.complain(self.text("setup.elsewhere", where=known.where or ""))
        elif kind is bool:
            self._write(value, not self._value(value))
        elif get_origin(kind) is Literal:
            self._choose(value, [str(one) for one in get_args(kind)])
        else:
            self._ask(value)

    def _choose(self, key: str, values: Sequence[str]) -> None:
        def answered(value: str | None) -> None:
            if value is not None:
                self._write(key, value)

        self.app.push_screen(
            ChooseOne(
                self.words.messages(f"settings.{key}"),
                self.words,
                self.segmenter,
                choices=[Choice(value, value) for value in values],
                placeholder=self.text("setup.placeholder"),
                empty=self.text("setup.empty"),
                take=self.text("setup.save"),
            ),
            answered,
        )

    def _ask(self, key: str) -> None:
        def check(text: str) -> str | None:
            if not text:
                return None
            try:
                from_text(key, text, str(self._file(key)))
            except SettingsError as error:
                return error_text(self.words, error)
            return None

        def answered(text: str | None) -> None:
            if text is not None:
                value = from_text(key, text, str(self._file(key))) if text else None
                self._write(key, value)

        self.app.push_screen(
            AskText(
                self.words.messages(f"settings.{key}"),
                self.words,
                self.segmenter,
                value=value_text(self._value(key)),
                check=check,
            ),
            answered,
        )

    def action_close(self) -> None:
        self.dismiss(self.changed)

    def action_reset(self) -> None:
        key = self.list.cursor_key
        if key is not None and key in self.found and not is_free(key):
            self._write(key, None)

    def _write(self, key: str, value: Any) -> None:
        file = self._file(key)

        async def write() -> None:
            try:
                await asyncio.to_thread(write_settings, file, {key: value})
            except SettingsError as error:
                self.complain(error_text(self.words, error))
            except OSError as error:
                detail = error.strerror or str(error)
                self.complain(self.text("setup.not_written", file=str(file), detail=detail))
            else:
                self.changed = True
                await asyncio.to_thread(self._look)
                at = self.list.cursor
                self.narrow(stay=True)
                self.list.go_to(at)
                self.heading.show([(self.text("setup.written", file=file.name), "done")])

        self.run_worker(write(), group="settings")

    def key_row(self) -> Sequence[Key]:
        return [
            ("Enter", self.text("setup.change"), "screen.take"),
            ("F4", self.text("setup.reset"), "screen.reset"),
            ("↑ ↓", self.text("move"), ""),
            ("Esc", self.text("setup.close"), "screen.close"),
        ]


def _bare(kind: Any) -> Any:
    """A setting's type without what it must also fulfil, and without ``None``."""
    if get_origin(kind) is Literal or kind is bool:
        return kind
    given = [one for one in get_args(kind) if one is not type(None)]
    return given[0] if given and get_origin(kind) is None else kind

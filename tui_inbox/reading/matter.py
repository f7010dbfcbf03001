"""The matter of a document: what its body asks, by when, and to what it invites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_inbox.letter import Action, Deadline, Kind, Receipt, Span
from tui_inbox.reading.asks import (
    ASKING,
    MEMO_ASKING,
    action_of,
    asking_sentences,
    make_ask,
    requests,
    tells_to,
)
from tui_inbox.reading.body import Body, read_body
from tui_inbox.reading.deadlines import find_deadlines
from tui_inbox.reading.draft import BlockReader
from tui_inbox.reading.events import find_events
from tui_inbox.reading.obligation import Setting
from tui_inbox.reading.relayed import relayed

LETTERS = (Kind.EXTERNAL_LETTER, Kind.INTERNAL_MEMO, Kind.STAMPED_LETTER)


_SENT_BACK = re.compile(r"ส่ง(?:คืน|กลับ)|ตอบกลับ|กรอก(?:แล้ว)?ส่ง")


class MatterReader(BlockReader):
    """Reads bodies: asks, deadlines, events, and the action that they come to."""

    def body(self, first: int, stop: int) -> Body:
        """The sentences of lines ``[first, stop)`` of the block."""
        memo = self.draft.kind is Kind.INTERNAL_MEMO
        asking = MEMO_ASKING if memo else ASKING
        return read_body(self.lines[first:stop], memo=memo, asking=asking)

    def matter(self, body: Body, receipt: Receipt | None) -> None:
        """Asks, deadlines, events and the action of a body."""
        kind = self.draft.kind
        date = self.draft.values.get("date")
        iso = date if isinstance(date, str) else None
        subject = self.draft.values.get("subject")
        own = (self.draft.values.get("sender"), self.draft.values.get("owner_unit"))
        told = relayed(body, tuple(name for name in own if isinstance(name, str)))
        setting = Setting(kind, iso, receipt, sort=self._sort(), told=told)
        deadlines, doubts = find_deadlines(self.folded, body, setting)
        sentences = asking_sentences(body, kind, told)
        if kind in LETTERS:
            sentences = self._with_terms(body, sentences, deadlines)
        asks = [make_ask(self.folded, body, span) for span in sentences]
        deadlines = [*self._enclosed_terms(setting), *deadlines]
        events = find_events(
            self.folded, body, kind, subject if isinstance(subject, str) else None, iso
        )
        action, where = action_of(body, sentences, kind, bool(events))
        self.draft.doubts = tuple(doubts)
        if asks:
            self.draft.values["asks"] = tuple(asks)
        if deadlines:
            self.draft.values["deadlines"] = tuple(deadlines)
        if events:
            self.draft.values["events"] = tuple(events)
        self.put("action", action, where)

    def _with_terms(
        self, body: Body, sentences: Sequence[Span], deadlines: Sequence[Deadline]
    ) -> list[Span]:
        """The sentences that ask, with those that ask by nothing but the time that they set."""
        places = [self.folded.span(*span) for span in sentences]
        silent: list[Span] = []
        for deadline in deadlines:
            start = deadline.span[0]
            if any(left <= start < right for left, right in places):
                continue
            silent += [
                span
                for span in body.sentences
                if (place := self.folded.span(*span))[0] <= start < place[1]
                and tells_to(body.flat[slice(*span)])
            ]
        return sorted({*sentences, *silent})

    def _sort(self) -> str | None:
        sender = self.draft.values.get("sender")
        recipients = self.draft.values.get("recipients")
        if not isinstance(sender, str) or not isinstance(recipients, tuple):
            return None
        sort = next((word for word in ("จังหวัด", "อำเภอ") if sender.startswith(word)), None)
        posts = {"จังหวัด": "ผู้ว่าราชการ", "อำเภอ": "นายอำเภอ"}
        if sort is None or any(
            one.startswith(sort) or posts[sort] in one for one in map(str, recipients)
        ):
            return None
        return sort

    def _enclosed_terms(self, setting: Setting) -> list[Deadline]:
        """Terms that stand in สิ่งที่ส่งมาด้วย: a form to be sent back by a day."""
        places = [one.span for one in self.enclosures]
        lines = [
            line
            for line in self.lines
            if any(left < line.end and line.start < right for left, right in places)
        ]
        if not any(_SENT_BACK.search(line.text) for line in lines):
            return []
        body = read_body(lines, asking=ASKING)
        terms, _ = find_deadlines(
            self.folded, body, Setting(Kind.ENCLOSURE, setting.letter_date, setting.receipt)
        )
        return terms

    def requests(self, body: Body) -> None:
        """What a form or list asks by itself: its requests and the terms they set."""
        spans = [span for span in asking_sentences(body, self.draft.kind) if requests(body, span)]
        if spans:
            self.draft.values["asks"] = tuple(make_ask(self.folded, body, span) for span in spans)
        deadlines, doubts = find_deadlines(self.folded, body, Setting(self.draft.kind, None, None))
        self.draft.doubts = tuple(doubts)
        if deadlines:
            self.draft.values["deadlines"] = tuple(deadlines)
        if spans or deadlines:
            self.put("action", Action.ACT, spans[0] if spans else None)

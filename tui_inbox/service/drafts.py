"""Notes that are half written, kept on disk for their author until they are saved.

One file a draft in the user's own folder and not in the inbox, which others can read: a draft on
a secret letter is nobody else's. Files are readable by their owner only (0600).
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator, MutableMapping
from pathlib import Path

import msgspec

from tui_inbox.config import state_folder

log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000

Key = tuple[str, ...]
"""The letters that a note is written for; or a letter, ``note`` and the id of a note of it."""


class _Draft(msgspec.Struct, frozen=True):
    key: Key
    text: str


class Drafts(MutableMapping[Key, str]):
    """What is put in is in memory at once, and on disk after :meth:`flush`.

    Methods may be called from any thread; only ``load`` and ``flush`` touch the disk.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._texts: dict[Key, str] = {}
        self._dirty: set[Key] = set()
        self._lock = threading.RLock()
        # One writer at a time, so that an older text never comes after a newer one.
        self._writing = threading.Lock()

    def __getitem__(self, key: Key) -> str:
        return self._texts[key]

    def __setitem__(self, key: Key, text: str) -> None:
        with self._lock:
            if self._texts.get(key) != text:
                self._texts[key] = text
                self._dirty.add(key)

    def __delitem__(self, key: Key) -> None:
        with self._lock:
            del self._texts[key]
            self._dirty.add(key)

    def __iter__(self) -> Iterator[Key]:
        with self._lock:
            return iter(list(self._texts))

    def __len__(self) -> int:
        return len(self._texts)

    def put(self, key: Key, text: str) -> None:
        """Keep ``text``; a blank one is none."""
        if text.strip():
            self[key] = text
        elif key in self:
            del self[key]

    def load(self) -> int:
        """Take in what an earlier run left; how many drafts that were.

        What is already in memory is newer and stays. A file that cannot be read is left alone.
        """
        found = 0
        try:
            files = sorted(self.folder.glob("*.json"))
        except OSError as error:
            log.warning("drafts cannot be looked up: %s", error)
            return 0
        for file in files:
            try:
                if file.stat().st_size > MAX_BYTES:
                    continue
                draft = msgspec.json.decode(file.read_bytes(), type=_Draft)
            except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
                log.warning("the draft %s cannot be read: %s", file.name, error)
                continue
            with self._lock:
                if draft.key not in self._texts and draft.key not in self._dirty:
                    self._texts[draft.key] = draft.text
                    found += 1
        return found

    def flush(self) -> None:
        """Bring the disk up to what is in memory. Blocking.

        :raises OSError: a draft could not be written; it stays in memory and is tried again.
        """
        with self._writing:
            with self._lock:
                dirty = list(self._dirty)
            for key in dirty:
                with self._lock:
                    text = self._texts.get(key)
                if text is None:
                    self._file(key).unlink(missing_ok=True)
                else:
                    self._write(key, text)
                with self._lock:
                    if self._texts.get(key) == text:
                        self._dirty.discard(key)

    def _file(self, key: Key) -> Path:
        name = hashlib.sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / f"{name[:32]}.json"

    def _write(self, key: Key, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._file(key)
        temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(msgspec.json.encode(_Draft(key, text)))
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(file)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def drafts_of(inbox: Path, state: Path | None = None) -> Drafts:
    """The drafts on the letters of the folder ``inbox``, by default in the user's state folder."""
    real = hashlib.sha256(os.fsencode(inbox.resolve())).hexdigest()
    return Drafts((state or state_folder()) / "drafts" / real[:32])

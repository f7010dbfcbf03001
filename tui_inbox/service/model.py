"""What the service says of itself: its state, its news, its errors. Codes, never worded text."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tui_inbox.ledger import Conflict
from tui_inbox.service.near import Near
from tui_inbox.service.searching import Hit


class HookFailure(msgspec.Struct, frozen=True):
    """A hook's run that failed; worded by ``watching.hook.<code>`` with ``program``, ``detail``.

    Codes: ``missing``, ``permission``, ``exit`` (``detail`` is the exit code and what the program
    said last), ``signal``, ``timeout``, ``io``. ``count`` is how many have failed until now.
    """

    code: str
    program: str
    detail: str = ""
    count: int = 1


class InboxStatus(msgspec.Struct, frozen=True):
    """The state of an open inbox, for the status line.

    ``online``: the folder can be listed, else ``offline`` is the code of why not. ``mode`` is
    ``native`` or ``poll`` while watching, else ``None``; ``why`` the code of its choice,
    ``filesystem`` the folder's as the system names it, ``interval`` the seconds between two passes
    of polling. ``failures`` counts what went wrong in watching and was begun anew. ``hook`` is the
    last run of the arrivals' hook that failed.
    ``scanned``: one whole scan is done since the inbox was opened; ``pending`` files are seen and
    not yet read. ``known`` letters, ``problems`` files that cannot be read, as of the last look.
    ``writable``: the ledger can take an entry. ``single_writer``: why only one process may write
    at a time (the type of a network share, ``setting``, ``no_locks``). ``cached``: the catalogue is
    on disk, else it lives in memory and the next start reads every file again (``cache_error`` says
    why). ``rebuilt``: the catalogue was damaged or old and is being filled again.
    """

    online: bool = True
    mode: str | None = None
    why: str | None = None
    offline: str | None = None
    scanned: bool = False
    pending: int = 0
    known: int = 0
    problems: int = 0
    writable: bool = True
    single_writer: str | None = None
    cached: bool = True
    cache_error: str | None = None
    rebuilt: bool = False
    filesystem: str | None = None
    interval: float | None = None
    failures: int = 0
    hook: HookFailure | None = None


class Update(msgspec.Struct, frozen=True):
    """What changed: letters by id, those that are new among them, and whether the status did.

    ``first``: the first whole scan since the inbox was opened is still under way. Only this can
    tell: when the update is looked at the scan may be over.
    """

    ids: frozenset[str] = frozenset()
    status_changed: bool = False
    arrived: tuple[str, ...] = ()
    first: bool = False


class Found(msgspec.Struct, frozen=True):
    """What a search found, the likeliest first; ``total`` counts what a limit left out, too.

    ``near`` are other queries that find something, where this one finds nothing.
    """

    hits: tuple[Hit, ...]
    total: int
    near: tuple[Near, ...] = ()


class ServiceError(Exception):
    """Something that the service could not do: a code and what fills its message."""

    def __init__(self, code: str, details: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.details = dict(details or {})
        super().__init__(f"{code} {self.details or ''}".rstrip())


class InboxUnavailable(ServiceError):
    """The inbox cannot be opened; worded by ``triage.unavailable.<code>`` with ``path``.

    Codes: ``missing``, ``not_a_folder``, ``permission``, ``emptied`` (it was not empty before, and
    is another folder now: the mount point of a share that is not there), ``io``.
    """


class ActionFailed(ServiceError):
    """A decision was not written down, nothing of it is kept, and the caller still has it.

    ``code`` and ``details`` (``path``, ``detail``) are those of the ledger's error, worded by
    ``ledger.error.<code>``; ``unknown_letter`` (``id``) and ``index_busy`` (``detail``) are
    the service's own. ``conflicts`` is what stands in the way of an undo or redo: what the action
    left, and what somebody made of it since (:func:`tui_inbox.locale.decisions.conflict_text`).
    """

    def __init__(
        self,
        code: str,
        details: Mapping[str, str] | None = None,
        conflicts: tuple[Conflict, ...] = (),
    ) -> None:
        super().__init__(code, details)
        self.conflicts = conflicts

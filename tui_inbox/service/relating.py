"""The letters that belong to a letter, gathered from the index."""

from __future__ import annotations

from tui_inbox.catalogue import Catalogue
from tui_inbox.letter import Secrecy
from tui_inbox.service.searching import Searching
from tui_inbox.service.shown import Shown
from tui_inbox.triage import Row
from tui_inbox.triage.related import Bound, Related, bounds, matter, same_matter

#: A number that more letters speak of than this ties none of them together.
MOST = 500


def related(row: Row, catalogue: Catalogue, index: Searching, shown: Shown) -> tuple[Related, ...]:
    """What belongs to ``row``, the surest and strongest first."""
    own = catalogue.mentions(row.id)
    others = [
        mention
        for number in dict.fromkeys(mention.number for mention in own)
        for mention in catalogue.mentions_like(number)[:MOST]
    ]
    found = bounds(own, others)
    known = {bound.id for bound in found}
    found += [
        bound for bound in _same_matter(row, catalogue, index, shown) if bound.id not in known
    ]
    pairs = ((bound, shown.row(bound.id)) for bound in found)
    return tuple(
        Related(other, bound.bond, bound.sure, bound.why, bound.number)
        for bound, other in pairs
        if other is not None
    )


def _same_matter(row: Row, catalogue: Catalogue, index: Searching, shown: Shown) -> list[Bound]:
    if row.secrecy is not Secrecy.NONE or row.subject is None or row.sender is None:
        return []
    about = matter(index.fold(row.subject))
    if about is None:
        return []
    rows = list(shown.rows(sorted(catalogue.search(about, "subject"))[:MOST]))
    pairs = [(other, matter(index.fold(other.subject or ""))) for other in rows]
    bound = same_matter(row, pairs, about)
    dates = {other.id: other.date or "" for other in rows}
    # The nearest in time first, and no whole series of monthly letters.
    return sorted(bound, key=lambda one: _apart(row.date or "", dates[one.id]))[:10]


def _apart(one: str, other: str) -> int:
    days = [
        int(part[:4]) * 372 + int(part[5:7]) * 31 + int(part[8:10] or 1) for part in (one, other)
    ]
    return abs(days[0] - days[1])

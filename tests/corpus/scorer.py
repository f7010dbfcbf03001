"""Runs the reader over the corpus and counts what it got right.

Truth comes from the correspondence regulation and the contract, never from the reader. A field of
a document is right when it equals the truth after folding (Thai digits, nikhahit + sara aa, runs
of white space). Texts that people read (subject, names, offices) may differ in white space: where
a line was broken in the middle of a Thai word nobody can say whether a space belongs there. Such
matches count as right and are shown as ``spacing``.
"""

from __future__ import annotations

import calendar
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

HERE = Path(__file__).parent
SETS = {"open": ("open",), "held": ("held",), "all": ("open", "held")}

#: Fields that every document has: each document counts once.
ENUMS = ("kind", "urgency", "secrecy", "circular", "action")
#: Fields that may be absent; only what is there counts as expected or as found.
STRICT = ("number", "date")
TEXTS = ("sender", "subject", "owner_unit")
SIGNATORY = ("name", "position", "authority")
LISTS: dict[str, tuple[str, ...]] = {
    "references": ("number", "date", "urgency"),
    "enclosures": ("number", "date", "quantity", "unit"),
    "deadlines": ("date", "time", "basis", "days"),
    "events": ("start", "end", "status"),
    "contacts": ("type", "value"),
    "receipts": ("number", "date", "time", "office"),
}
FIELDS = (
    *ENUMS,
    *STRICT,
    *TEXTS,
    "recipients",
    "references",
    "enclosures",
    "enclosures.text",
    "asks",
    "deadlines",
    "events",
    "events.place",
    *(f"signatory.{part}" for part in SIGNATORY),
    "contacts",
    "contacts.name",
    "links",
    "receipts",
    "checks",
)
TRUTH_KEYS = frozenset(
    (
        *("starts", *ENUMS, *STRICT, *TEXTS, *LISTS),
        *("recipients", "asks", "signatory", "links"),
    )
)
OPTIONAL_KEYS = frozenset(("unsure", "nth", "or_starts", "start_offset", "fuzzy"))

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
#: Private-use glyphs of Thai PDF fonts (Adobe/Apple positional variants) and what they stand for.
PRIVATE_USE = {
    0xF700: 0x0E10, 0xF701: 0x0E34, 0xF702: 0x0E35, 0xF703: 0x0E36, 0xF704: 0x0E37,
    0xF705: 0x0E48, 0xF706: 0x0E49, 0xF707: 0x0E4A, 0xF708: 0x0E4B, 0xF709: 0x0E4C,
    0xF70A: 0x0E48, 0xF70B: 0x0E49, 0xF70C: 0x0E4A, 0xF70D: 0x0E4B, 0xF70E: 0x0E4C,
    0xF70F: 0x0E0D, 0xF710: 0x0E31, 0xF711: 0x0E4D, 0xF712: 0x0E47, 0xF713: 0x0E48,
    0xF714: 0x0E49, 0xF715: 0x0E4A, 0xF716: 0x0E4B, 0xF717: 0x0E4C, 0xF718: 0x0E38,
    0xF719: 0x0E39, 0xF71A: 0x0E3A,
}  # fmt: skip
_MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน "
    "กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
).split()
_ABBREVIATED = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()


def fold(value: str) -> str:
    """Digits Arabic, ํา as ำ (a tone mark between them too), marks in order, white space single."""
    value = value.translate(_INVISIBLE).translate(PRIVATE_USE).translate(_DIGITS)
    value = re.sub("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a])", "\\2\\1", value)
    value = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", value)
    value = re.sub("([\u0e48-\u0e4b])\u0e4d\u0e32", "\\1\u0e33", value)
    return re.sub(r"\s+", " ", value).strip()


def squeeze(value: str) -> str:
    """`fold` without any white space."""
    return re.sub(r"\s+", "", fold(value))


# ---------------------------------------------------------------------------- truth


@dataclass(frozen=True)
class Case:
    """One letter of the corpus with its truth (the parsed JSON)."""

    name: str
    data: bytes
    text: str
    truth: dict[str, Any]

    def starts(self) -> list[tuple[int, ...]]:
        """Offsets at which each document may begin; the first one is the preferred."""
        found: list[tuple[int, ...]] = []
        last = -1
        for document in self.truth["documents"]:
            if "start_offset" in document:
                offsets = [document["start_offset"]]
            else:
                offsets = [_locate(self.text, document["starts"], last, document.get("nth"))]
            for other in document.get("or_starts", ()):
                offsets.append(_locate(self.text, other, last, None))
            last = offsets[0]
            found.append(tuple(offsets))
        return found


def _locate(text: str, line: str, after: int, nth: int | None) -> int:
    """Offset of the first line equal to `line` after `after`, or of its nth in the whole text."""
    seen = 0
    for match in re.finditer(r"[^\r\n]+", text):
        if match.group().strip() != line:
            continue
        seen += 1
        offset = match.start() + len(match.group()) - len(match.group().lstrip())
        if seen == nth or (nth is None and offset > after):
            return offset
    raise ValueError(f"no line {line!r} after {after}")


def validate(case: Case) -> list[str]:
    """What is wrong with the truth itself."""
    wrong = []
    for index, document in enumerate(case.truth["documents"]):
        keys = set(document)
        if missing := TRUTH_KEYS - keys:
            wrong.append(f"{case.name}[{index}]: without {sorted(missing)}")
        if extra := keys - TRUTH_KEYS - OPTIONAL_KEYS:
            wrong.append(f"{case.name}[{index}]: unknown {sorted(extra)}")
        printed = squeeze(case.text)
        for ask in document.get("asks", ()):
            if squeeze(ask) not in printed:
                wrong.append(f"{case.name}[{index}]: ask not in the text: {ask}")
    try:
        starts = case.starts()
    except ValueError as error:
        wrong.append(f"{case.name}: {error}")
    else:
        if [s[0] for s in starts] != sorted({s[0] for s in starts}):
            wrong.append(f"{case.name}: documents not in order")
    if "checks" not in case.truth:
        wrong.append(f"{case.name}: without checks")
    return wrong


def load(which: str = "open", only: str | None = None) -> list[Case]:
    """The cases of a set in file order. Text is decoded as UTF-8 unless the truth says otherwise."""
    cases = []
    for folder in SETS[which]:
        for path in sorted((HERE / folder).glob("*.txt")):
            if only is not None and only not in path.stem:
                continue
            data = path.read_bytes()
            truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
            text = data.decode(truth.get("encoding", "utf-8"))
            cases.append(Case(f"{folder}/{path.stem}", data, text, truth))
    return cases


# ---------------------------------------------------------------------------- counting


@dataclass
class Tally:
    expected: int = 0
    found: int = 0
    right: int = 0
    spacing: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    def as_pair(self) -> tuple[float, float]:
        return self.precision, self.recall


@dataclass(frozen=True)
class Difference:
    file: str
    document: int
    field: str
    expected: object
    got: object

    def __str__(self) -> str:
        return (
            f"{self.file}[{self.document}] {self.field}\n"
            f"    expected  {self.expected!r}\n    got       {self.got!r}"
        )


@dataclass
class Scores:
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    files: int = 0
    documents: int = 0
    split_right: int = 0
    bundles: int = 0
    bundles_right: int = 0
    false_most_urgent: int = 0
    missed_most_urgent: int = 0
    differences: list[Difference] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)  # per 5,000 characters, one per file
    total_seconds: float = 0.0
    total_characters: int = 0

    def differ(self, case: Case, index: int, name: str, expected: object, got: object) -> None:
        self.differences.append(Difference(case.name, index, name, expected, got))


def score(
    cases: Iterable[Case], read: Callable[[bytes], Any], *, repeat: int = 1
) -> Scores:
    """Read every case and count. An exception of the reader is a violation, and all is missed."""
    scores = Scores()
    for case in cases:
        best = float("inf")
        letter = None
        try:
            for _ in range(repeat):
                began = time.perf_counter()
                letter = read(case.data)
                best = min(best, time.perf_counter() - began)
        except Exception as error:
            scores.violations.append(f"{case.name}: {type(error).__name__}: {error}")
        else:
            size = max(len(case.text), 1)
            scores.milliseconds.append(best * 1000 * 5000 / size)
            scores.total_seconds += best
            scores.total_characters += size
        scores.files += 1
        documents = _plain(letter.documents) if letter is not None else []
        if letter is not None:
            scores.violations += [f"{case.name}: {v}" for v in violations(letter, case.text)]
        _score_file(scores, case, documents, _plain(letter.checks) if letter is not None else [])
    return scores


def _plain(value: Any) -> Any:
    """Structs as dicts, enums as strings, tuples as lists."""
    if hasattr(value, "__struct_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, str) else value


_DECOR = re.compile(
    r"[\s`#*_\-–—=|<>./\\~^'\"ๆฯ0-9๐-๙๏๚๛]*"
    r"|<!--.*?-->|<a\b[^>]*>(?:</a>)?|</?[a-z]+[^>]*>|\[?!?\[[^\]]*\]\([^)]*\)"
    r"|```\w*|\[?หน้า(ที่)?\s*[0-9๐-๙]+.*|Page\s*\d+.*|(?=.{1,12}$)[^ก-ฮ]*",
    re.IGNORECASE,
)


def _same_start(text: str, found: int, allowed: tuple[int, ...], *, first: bool) -> bool:
    """Whether only blank or engine-made lines lie between the found start and an allowed one.

    What stands before the first document (junk of the garuda, stamps) may belong to it or not.
    """
    if first and found <= max(allowed):
        return True
    for offset in allowed:
        between = text[min(found, offset) : max(found, offset)]
        if all(_DECOR.fullmatch(line.strip()) for line in between.splitlines()):
            return True
    return False


def _score_file(
    scores: Scores, case: Case, found: list[dict[str, Any]], checks: list[dict[str, Any]]
) -> None:
    expected = case.truth["documents"]
    starts = case.starts()
    scores.documents += len(expected)
    pairs: list[tuple[int, dict[str, Any] | None, dict[str, Any] | None]] = []
    free = list(range(len(found)))
    for index, truth in enumerate(expected):
        for number in free:
            if _same_start(case.text, found[number]["span"][0], starts[index], first=index == 0):
                free.remove(number)
                pairs.append((index, truth, found[number]))
                break
        else:
            pairs.append((index, truth, None))
            scores.differ(case, index, "document", truth["starts"], None)
    for number in free:
        pairs.append((number, None, found[number]))
        begin = found[number]["span"][0]
        scores.differ(case, number, "document", None, case.text[begin : begin + 60].strip())
    split = len(found) == len(expected) and all(got and truth for _, truth, got in pairs)
    scores.split_right += split
    if len(expected) > 1:
        scores.bundles += 1
        scores.bundles_right += split
    for index, truth, got in pairs:
        _score_document(scores, case, index, truth, got)
    if "checks" not in case.truth.get("unsure", ()):
        wanted = set(case.truth["checks"])
        allowed = set(case.truth.get("checks_optional", ())) - wanted
        codes = {check["code"] for check in checks} - allowed
        _multiset(scores, case, 0, "checks", sorted(wanted), sorted(codes))


def _score_document(
    scores: Scores,
    case: Case,
    index: int,
    truth: dict[str, Any] | None,
    got: dict[str, Any] | None,
) -> None:
    unsure = frozenset(truth.get("unsure", ())) if truth else frozenset()
    fuzzy = bool(truth and truth.get("fuzzy"))

    def pick(source: dict[str, Any] | None, name: str, default: Any) -> Any:
        return default if source is None or source[name] is None else source[name]

    for name in ENUMS:
        if name in unsure:
            continue
        tally = scores.tallies[name]
        tally.expected += truth is not None
        tally.found += got is not None
        wanted = truth[name] if truth else None
        value = got[name] if got else None
        if name == "urgency":
            scores.missed_most_urgent += wanted == "most_urgent" != value
            scores.false_most_urgent += value == "most_urgent" != wanted
        if truth and got and wanted == value:
            tally.right += 1
        elif truth and got:
            scores.differ(case, index, name, wanted, value)
    for name in (*STRICT, *TEXTS):
        if name not in unsure:
            _scalar(scores, case, index, name, pick(truth, name, None), pick(got, name, None))
    for part in SIGNATORY:
        if "signatory" not in unsure and f"signatory.{part}" not in unsure:
            wanted = pick(truth, "signatory", {}).get(part)
            value = pick(got, "signatory", {}).get(part)
            _scalar(scores, case, index, f"signatory.{part}", wanted, value)
    for name in ("recipients", "links"):
        if name not in unsure:
            key = squeeze if name == "recipients" else str
            wanted_items = [key(item) for item in pick(truth, name, [])]
            _multiset(scores, case, index, name, wanted_items, [key(i) for i in pick(got, name, [])])
    for name, keys in LISTS.items():
        if name in unsure:
            continue
        wanted_list = [_key(item, keys) for item in pick(truth, name, [])]
        got_list = [_key(item, keys) for item in pick(got, name, [])]
        _multiset(scores, case, index, name, wanted_list, got_list)
    if "events" not in unsure and "events.place" not in unsure:
        places = [squeeze(e["place"]) for e in pick(truth, "events", []) if e["place"]]
        got_places = [squeeze(e["place"]) for e in pick(got, "events", []) if e["place"]]
        _multiset(scores, case, index, "events.place", places, got_places)
    if "contacts" not in unsure and "contacts.name" not in unsure:
        names = [(c["value"], squeeze(c["name"])) for c in pick(truth, "contacts", []) if c["name"]]
        got_names = [(c["value"], squeeze(c["name"])) for c in pick(got, "contacts", []) if c["name"]]
        _multiset(scores, case, index, "contacts.name", names, got_names)
    if "enclosures" not in unsure and "enclosures.text" not in unsure:
        wanted_texts = [e["text"] for e in pick(truth, "enclosures", [])]
        got_texts = [e["text"] for e in pick(got, "enclosures", [])]
        _texts(scores, case, index, "enclosures.text", wanted_texts, got_texts, fuzzy=True)
    if "asks" not in unsure:
        _asks(scores, case, index, pick(truth, "asks", []), pick(got, "asks", []), fuzzy=fuzzy)


def _key(item: dict[str, Any], keys: tuple[str, ...]) -> tuple[Any, ...]:
    if item.get("type") in ("phone", "fax"):  # a dash in a number is punctuation, not a value
        return (item["type"], re.sub(r"[\s\-–.]", "", fold(item["value"])))
    return tuple(
        (squeeze(item[k]) if k in ("office", "unit") else fold(item[k]))
        if isinstance(item.get(k), str)
        else item.get(k)
        for k in keys
    )


def _scalar(
    scores: Scores, case: Case, index: int, name: str, wanted: str | None, value: str | None
) -> None:
    tally = scores.tallies[name]
    tally.expected += wanted is not None
    tally.found += value is not None
    if wanted is not None and value is not None:
        if fold(wanted) == fold(value):
            tally.right += 1
            return
        if name not in STRICT and squeeze(wanted) == squeeze(value):
            tally.right += 1
            tally.spacing += 1
            return
    if wanted != value:
        scores.differ(case, index, name, wanted, value)


def _multiset(
    scores: Scores, case: Case, index: int, name: str, wanted: list[Any], value: list[Any]
) -> None:
    tally = scores.tallies[name]
    tally.expected += len(wanted)
    tally.found += len(value)
    left, right = Counter(wanted), Counter(value)
    tally.right += (left & right).total()
    if left != right:
        scores.differ(
            case, index, name, list((left - right).elements()), list((right - left).elements())
        )


def _texts(
    scores: Scores,
    case: Case,
    index: int,
    name: str,
    wanted: list[str],
    value: list[str],
    *,
    fuzzy: bool,
) -> None:
    """One to one; a text is right when it is 90 % the same, or holds the whole of the other."""
    tally = scores.tallies[name]
    tally.expected += len(wanted)
    tally.found += len(value)
    left = list(value)
    missed = []
    for text in wanted:
        key = squeeze(text)
        for other in left:
            got = squeeze(other)
            if key == got or (fuzzy and (key in got or fuzz.ratio(key, got) >= 90)):
                left.remove(other)
                tally.right += 1
                break
        else:
            missed.append(text)
    if missed or left:
        scores.differ(case, index, name, missed, left)


_CLOSING = re.compile("(จึง|เพื่อ)?(กราบ)?(เรียน|เสนอ|แจ้ง)มา(เพื่อ|ยัง)|จึงประกาศ|จึงเร[^ก-ฮ]?ยนมา")


def _asks(
    scores: Scores,
    case: Case,
    index: int,
    wanted: list[str],
    value: list[dict[str, Any]],
    *,
    fuzzy: bool,
) -> None:
    """Recall over the expected substrings; precision over the found sentences.

    A closing phrase (จึงเรียนมา…) that the truth does not list is neither right nor wrong.
    """

    def inside(part: str, whole: str) -> bool:
        part, whole = squeeze(part), squeeze(whole)
        if part in whole:
            return True
        return fuzzy and len(part) <= len(whole) + 3 and fuzz.partial_ratio(part, whole) >= 85

    tally = scores.tallies["asks"]
    texts = [item["text"] for item in value]
    missed = [part for part in wanted if not any(inside(part, text) for text in texts)]
    false = [
        text
        for text in texts
        if not _CLOSING.match(squeeze(text)) and not any(inside(part, text) for part in wanted)
    ]
    # Several expected parts may stand in one found sentence, so both sides are counted in the
    # truth's unit for recall and in the finding's for precision; `right` is kept consistent by
    # counting false findings as found but not right.
    tally.expected += len(wanted)
    tally.right += len(wanted) - len(missed)
    tally.found += len(wanted) - len(missed) + len(false)
    if missed or false:
        scores.differ(case, index, "asks", missed, false)


# ---------------------------------------------------------------------------- the contract


def violations(letter: Any, text: str) -> Iterator[str]:
    """Where a result breaks the contract, whatever the truth is."""
    plain = _plain(letter)
    size = len(text)
    if (plain["problem"] is not None) != (not plain["documents"]):
        yield "problem and documents do not exclude each other"
    last = 0
    for index, document in enumerate(plain["documents"]):
        where = f"document {index}"
        start, end = document["span"]
        if not 0 <= start < end <= size:
            yield f"{where}: span {start, end} outside of 0..{size}"
        if start < last:
            yield f"{where}: span {start, end} overlaps the one before"
        last = end
        yield from (f"{where}: {v}" for v in _evidence(document, text))
        yield from (f"{where}: {v}" for v in _values(document))
        yield from (f"{where}: {v}" for v in _dates(document))
    for check in plain["checks"]:
        for begin, finish in check["spans"]:
            if not 0 <= begin < finish <= size:
                yield f"check {check['code']}: span {begin, finish} outside of 0..{size}"


def _evidence(document: dict[str, Any], text: str) -> Iterator[str]:
    start, end = document["span"]
    spans = [(name, tuple(span)) for name, span in document["spans"].items()]
    for name, several in document.get("marks", {}).items():
        spans += [(name, tuple(span)) for span in several]
    for name in ("asks", "deadlines", "events"):
        spans += [(name, tuple(item["span"])) for item in document[name]]
    for name, (begin, finish) in spans:
        if not start <= begin < finish <= end:
            yield f"{name}: span {begin, finish} outside of the document's {start, end}"
    for name in ("number", "date", *TEXTS):
        span = document["spans"].get(name)
        if document[name] is None:
            if span is not None:
                yield f"{name}: a span without a value"
            continue
        if span is None:
            yield f"{name}: a value without a span"
            continue
        printed = text[span[0] : span[1]]
        if name == "date":
            parsed = parse_date(printed)
            if parsed is not None and parsed != document[name]:
                yield f"date: span {printed!r} is not {document[name]}"
        elif not _covers(name, printed, document[name]):
            yield f"{name}: span {printed!r} is not {document[name]!r}"
    for name, absent in (("urgency", "normal"), ("secrecy", "none")):
        if document[name] == absent and name in document["spans"]:
            yield f"{name}: a span for {absent!r}"
        if document[name] != absent and name not in document["spans"]:
            yield f"{name}: a value without a span"


def _covers(name: str, printed: str, value: str) -> bool:
    shown, wanted = squeeze(printed), squeeze(value)
    if name == "number":
        shown, wanted = (re.sub(r"[.()\[\]<>*_|#]", "", part) for part in (shown, wanted))
        shown = re.sub(r"^(ที่|ที|เลขที่)", "", shown)
    if shown == wanted or (name == "sender" and wanted in shown):
        return True
    # Stamp lines or marks may lie inside a value of several lines.
    rest = iter(shown)
    return len(shown) <= len(wanted) * 1.5 + 40 and all(char in rest for char in wanted)


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, path)


def _values(document: dict[str, Any]) -> Iterator[str]:
    for path, value in _strings(document):
        if any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in value):
            # The text of an ask, a deadline or an event is a quotation: it may hold line ends.
            if path.endswith(".text") and not any(
                unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\r\n\t"
                for char in value
            ):
                continue
            yield f"{path}: control characters in {value!r}"
        if not value.strip():
            yield f"{path}: an empty string"
    for contact in document["contacts"]:
        if re.search(r"[\s๐-๙]", contact["value"]):
            yield f"contacts: {contact['value']!r} is not without spaces in Arabic digits"


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _dates(document: dict[str, Any]) -> Iterator[str]:
    def day(value: str | None, where: str, pattern: str) -> Iterator[str]:
        if value is not None and not re.fullmatch(pattern, value):
            yield f"{where}: {value!r} is not {pattern}"

    full = r"\d{4}-\d{2}-\d{2}"
    yield from day(document["date"], "date", rf"{full}|\d{{4}}-\d{{2}}")
    for item in document["deadlines"]:
        yield from day(item["date"], "deadline", full)
        yield from day(item["time"], "deadline", r"([01]\d|2[0-3]):[0-5]\d|24:00")
        if item["days"] is not None and item["basis"] != "after_receipt":
            yield "deadline: days without after_receipt"
        if item["basis"] == "recurring" and item["date"] is not None:
            yield "deadline: recurring with a date"
        if item["basis"] == "month" and item["date"] is not None:
            year, month, last = map(int, item["date"].split("-"))
            if last != calendar.monthrange(year, month)[1]:
                yield f"deadline: {item['date']} is not the last of its month"
    for item in document["events"]:
        for end in ("start", "end"):
            yield from day(item[end], f"event {end}", rf"{full}(T([01]\d|2[0-3]):[0-5]\d)?")
    for item in document["receipts"]:
        yield from day(item["date"], "receipt", full)


def parse_date(printed: str) -> str | None:
    """The ISO date of a Thai date, None where it is not plain enough to say."""
    text = fold(printed)
    month = next((i for i, name in enumerate(_MONTHS, 1) if name in text), None)
    if month is None:
        month = next(
            (
                i
                for i, name in enumerate(_ABBREVIATED, 1)
                if re.search(rf"(?<![ก-๏]){re.escape(name)}", text)
            ),
            None,
        )
    numbers = re.findall(r"\d+", text)
    if month is None or not numbers or len(numbers) > 2:
        return None
    year = int(numbers[-1])
    year = year + 2500 - 543 if year < 100 else year - 543 if year > 2400 else year
    if len(numbers) == 1:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{int(numbers[0]):02d}"

"""Damages a letter the way engines do, so that its truth stays what it was.

Each damage is a function of lines and a random generator, chosen by name; the same seed gives the
same damage. The confusions are those measured on official pages (docs/reading.md): labels and
running text suffer, printed values do not, because a value is expected as it is printed. Only
``thai_digits`` changes values, and with them the truth: see :func:`misread_digits`.
"""

from __future__ import annotations

import copy
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.corpus.scorer import Case, squeeze


@dataclass
class Line:
    """One line; ``start`` is the index of the document that it begins, ``fixed`` keeps it whole."""

    text: str
    start: int | None = None
    fixed: bool = False


Damage = Callable[[list[Line], Random], list[Line]]

# ---------------------------------------------------------------------------- labels

#: A label and what engines make of it. Only at the start of a line, where a label can stand.
_LABELS: dict[str, tuple[str, ...]] = {
    "เรื่อง": ("เรือง", "เรอง", "เรื้อง", "เรี่อง", "เร่อง", "เรื่ อง"),
    "เรียน": ("เรยน", "เรืยน", "เรียบ", "เรี ยน"),
    "กราบเรียน": ("กราบเรยน", "กราบเรืยน"),
    "อ้างถึง": ("อ้างถีง", "อางถึง", "อ้างถง"),
    "สิ่งที่ส่งมาด้วย": ("สิงทีส่งมาด้วย", "สิ่งทีส่งมาด้วย", "สิงที่สงมาด้วย", "สิ่งที่ส่งมาต้วย"),
    "บันทึกข้อความ": ("บันทีกข้อความ", "บันทึกขัอความ", "บันทึกข้อความ."),
    "ส่วนราชการ": ("สวนราชการ", "ส่วนราซการ", "ส่ วนราชการ"),
    "ขอแสดงความนับถือ": ("ขอแสดงความนับถีอ", "ขอแสตงความนับถือ", "ขอแสดงความนับถอ"),
    "ที่": ("ที", "ทึ่", "ที๋", "ทิ"),
    "วันที่": ("วันที", "วันทึ่"),
    "จึงเรียนมา": ("จึงเรยนมา", "จงเรียนมา", "จึงเรืยนมา"),
    "คำสั่ง": ("คําสัง", "คําสั่ง"),
    "สั่ง ณ วันที่": ("สัง ณ วันที", "สั่ง ณ วันที"),
    "ประกาศ ณ วันที่": ("ประกาศ ณ วันที",),
}
_LABEL = re.compile(
    r"^(?P<lead>[\s*#_|]*)(?P<label>"
    + "|".join(sorted(map(re.escape, _LABELS), key=len, reverse=True))
    + r")(?=[\s*:_|]|$|เพื่อ)"
)
_URGENCY = {
    "ด่วนที่สุด": ("ด่วนทีสุด", "ต่วนที่สุด", "ดวนที่สุด", "ด่วนท่ีสุด", "ด่วนทึ่สุด"),
    "ด่วนมาก": ("ด่วนมาก.", "ต่วนมาก", "ดวนมาก"),
    "ด่วน": ("ดวน", "ต่วน"),
}


def labels(lines: list[Line], random: Random) -> list[Line]:
    """เรื่อง → เรอง, สิ่งที่ส่งมาด้วย → สิงทีส่งมาด้วย …: a third of them stays as it is."""
    for line in lines:
        match = _LABEL.match(line.text)
        if match and random.random() < 0.67:
            wrong = random.choice(_LABELS[match["label"]])
            line.text = line.text[: match.start("label")] + wrong + line.text[match.end() :]
    return lines


def urgency(lines: list[Line], random: Random) -> list[Line]:
    """The urgency where it stands alone on its line."""
    for line in lines:
        bare = line.text.strip()
        if bare in _URGENCY and random.random() < 0.67:
            line.text = line.text.replace(bare, random.choice(_URGENCY[bare]))
    return lines


# ---------------------------------------------------------------------------- running text

_NIKHAHIT = "\u0e4d\u0e32"


def sara_am(lines: list[Line], random: Random) -> list[Line]:
    """ำ as nikhahit + sara aa everywhere, as Tesseract writes it (values fold to the same)."""
    for line in lines:
        line.text = line.text.replace("\u0e33", _NIKHAHIT)
    return lines


def sara_am_lost(lines: list[Line], random: Random) -> list[Line]:
    """ำ as า or ้า in running text, as PDF text and vision models have it."""
    for line in _running(lines):
        wrong = random.choice(("\u0e32", "\u0e49\u0e32"))
        line.text = re.sub("(?<=[ก-ฮ])\u0e33", wrong, line.text)
    return lines


def tone_marks(lines: list[Line], random: Random) -> list[Line]:
    """Some ่ lost in running text."""
    for line in _running(lines):
        line.text = "".join(c for c in line.text if c != "\u0e48" or random.random() > 0.2)
    return lines


_CONSONANTS = {"ช": "ข", "ด": "ต", "ส": "ล"}


def consonants(lines: list[Line], random: Random) -> list[Line]:
    """ช→ข, ด→ต, ส→ล in running text."""
    for line in _running(lines):
        line.text = "".join(
            _CONSONANTS[c] if c in _CONSONANTS and random.random() < 0.06 else c for c in line.text
        )
    return lines


def swapped_marks(lines: list[Line], random: Random) -> list[Line]:
    """Tone marks before their vowels (ท่ี for ที่), everywhere: values fold to the same."""
    for line in lines:
        line.text = re.sub(
            "([\u0e31\u0e34-\u0e39])([\u0e48-\u0e4b])",
            lambda m: m[2] + m[1] if random.random() < 0.5 else m[0],
            line.text,
        )
    return lines


def private_use(lines: list[Line], random: Random) -> list[Line]:
    """Lowered tone marks as the private-use glyphs of PDF fonts, everywhere."""
    glyphs = dict(zip("\u0e48\u0e49\u0e4a\u0e4b\u0e4c", map(chr, range(0xF70A, 0xF70F)), strict=True))
    for line in lines:
        line.text = re.sub(
            "([ก-ฮ])([\u0e48-\u0e4c])(?!\u0e33)", lambda m: m[1] + glyphs[m[2]], line.text
        )
    return lines


def split_words(lines: list[Line], random: Random) -> list[Line]:
    """Blanks inside words of running text (ด้ว ย), as PDF extraction leaves them."""
    for line in _running(lines):
        line.text = re.sub(
            "(?<=[ก-ฮ][\u0e48-\u0e4b])(?=[ก-ฮ][ก-ฮ])|(?<=[ก-ฮ][\u0e34-\u0e37])(?=[ก-ฮ])",
            lambda _: " " if random.random() < 0.08 else "",
            line.text,
        )
    return lines


def _running(lines: list[Line]) -> list[Line]:
    """Lines of body text that hold no value of the truth and no number."""
    return [
        line
        for line in lines
        if not line.fixed and len(line.text) > 40 and not re.search("[0-9๐-๙@]|http", line.text)
    ]


# ---------------------------------------------------------------------------- lines

_JUNK = (
    "ie a) 7", "‘๑ wa", "~~ ๐ ง", "\\ i", "= ao ง", "| ๑", "ณ๕ ๑ป", "©", ". .", "ขะ   ง",
    "ew ey  ae", "‘", "%  2  al", "5 a",
)  # fmt: skip


def junk_top(lines: list[Line], random: Random) -> list[Line]:
    """What Tesseract makes of the garuda, above the first document."""
    junk = [Line(random.choice(_JUNK)) for _ in range(random.randint(1, 4))]
    return junk + lines


def blank_lines(lines: list[Line], random: Random) -> list[Line]:
    """Blank lines put in between paragraphs and heads."""
    out: list[Line] = []
    for line in lines:
        if out and random.random() < 0.25:
            out.append(Line(""))
        out.append(line)
    return out


def no_blank_lines(lines: list[Line], random: Random) -> list[Line]:
    """All blank lines lost."""
    return [line for line in lines if line.text.strip()]


def edge_junk(lines: list[Line], random: Random) -> list[Line]:
    """Stray strokes at the ends of running lines."""
    for line in _running(lines):
        if random.random() < 0.15:
            line.text += random.choice((" |", " !", " '", " ."))
    return lines


def fence(lines: list[Line], random: Random) -> list[Line]:
    """The whole page in a Markdown fence."""
    return [Line("```markdown"), *lines, Line("```")]


def anchors(lines: list[Line], random: Random) -> list[Line]:
    """Anchors and page comments of vision OCR before each document and at the end."""
    out: list[Line] = []
    page = 0
    for line in lines:
        if line.start is not None:
            page += 1
            out += [Line(f"<!-- PAGE {page} -->"), Line(f"<a id='{random.randrange(16**6):06x}'></a>")]
        out.append(line)
    return [*out, Line("<!-- PAGE END -->")]


def bold_labels(lines: list[Line], random: Random) -> list[Line]:
    """Labels and lone urgencies in Markdown bold."""
    for line in lines:
        match = _LABEL.match(line.text)
        bare = line.text.strip()
        if match and match["label"] != "จึงเรียนมา" and not re.match(r"[*#]", line.text.strip()):
            line.text = (
                f"{line.text[: match.start('label')]}**{match['label']}**{line.text[match.end() :]}"
            )
        elif bare in _URGENCY:
            line.text = line.text.replace(bare, f"**{bare}**")
    return lines


def paragraphs_html(lines: list[Line], random: Random) -> list[Line]:
    """Every line in a paragraph tag."""
    for line in lines:
        if line.text.strip() and not re.search("[<>`|]", line.text):
            line.text = f"<p>{line.text.strip()}</p>"
    return lines


def indented(lines: list[Line], random: Random) -> list[Line]:
    """Lines shifted to the right, as with `pdftotext -layout`."""
    for line in lines:
        if line.text.strip():
            line.text = " " * random.choice((0, 0, 1, 4, 8)) + line.text
    return lines


def crlf(lines: list[Line], random: Random) -> list[Line]:
    """Windows line ends."""
    for line in lines:
        line.text += "\r"
    return lines


def _stamp(lines: list[Line], random: Random, document: dict[str, Any]) -> list[Line]:
    """A receipt stamp between the address lines of an external letter; its truth gains a receipt.

    Left out where a stamp's date would matter to a deadline or could not be told from the letter's.
    """
    day = document["date"]
    if (
        document["kind"] != "external_letter"
        or document["receipts"]
        or not day
        or len(day) < 10
        or "receipts" in document.get("unsure", ())
        or any(d["basis"] == "after_receipt" for d in document["deadlines"])
    ):
        return lines
    received = date.fromisoformat(day) + timedelta(days=random.randint(0, 2))
    number, hour = random.randint(100, 9999), random.randint(9, 15)
    months = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
    office = random.choice(("สำนักงานเลขานุการ", "กลุ่มงานอำนวยการ", "งานสารบรรณ"))
    stamp = [
        Line(office, fixed=True),
        Line(f"เลขรับ {number}", fixed=True),
        Line(f"วันที่ {received.day} {months[received.month - 1]} {received.year + 543}", fixed=True),
        Line(f"เวลา {hour:02d}.15 น.", fixed=True),
    ]
    first = next(i for i, line in enumerate(lines) if line.start == 0)
    head = next(
        (i for i, line in enumerate(lines) if i > first and re.match(r"\W*เรื่?อง", line.text)), None
    )
    if head is None or head - first < 2:
        return lines
    document["receipts"] = [
        {"number": str(number), "date": received.isoformat(), "time": f"{hour:02d}:15", "office": office}
    ]
    at = sorted(random.randint(first + 1, head) for _ in stamp)
    out = list(lines)
    for place, line in reversed(list(zip(at, stamp, strict=True))):
        out.insert(place, line)
    return out


#: Every damage that leaves the truth as it is, by name.
DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        bold_labels, labels, urgency, sara_am, sara_am_lost, tone_marks, consonants,
        swapped_marks, private_use, split_words, junk_top, blank_lines, no_blank_lines,
        edge_junk, anchors, fence, paragraphs_html, indented, crlf,
    )
}  # fmt: skip
#: What one engine does together.
ENGINES: dict[str, tuple[str, ...]] = {
    "tesseract": ("labels", "urgency", "sara_am", "tone_marks", "consonants", "edge_junk", "junk_top", "no_blank_lines"),
    "pdf": ("private_use", "split_words", "sara_am_lost", "indented", "blank_lines"),
    "pdf_swapped": ("swapped_marks", "split_words", "no_blank_lines", "crlf"),
    "vision": ("bold_labels", "anchors", "fence", "consonants"),
    "html": ("paragraphs_html", "anchors", "labels"),
}  # fmt: skip
#: `--noisy`: each letter goes through one engine, chosen by the seed and its name.
PROFILE: tuple[str, ...] = ("engine",)


def damage(case: Case, names: tuple[str, ...] = PROFILE, *, seed: int = 1) -> Case:
    """`case` after the named damages, one after the other.

    ``engine`` stands for the damages of one engine; a name of `ENGINES` for those of that one;
    ``stamps`` puts a receipt stamp into the address block (the truth gains a receipt);
    ``thai_digits`` is :func:`misread_digits`. Only UTF-8 cases are damaged; others come back.
    """
    if case.truth.get("encoding", "utf-8") != "utf-8":
        return case
    random = Random(zlib.crc32(case.name.encode()) ^ seed)
    wanted: list[str] = []
    for name in names:
        if name == "engine":
            name = random.choice(sorted(ENGINES))
        wanted += ENGINES.get(name, (name,))
    if "thai_digits" in wanted:
        case = misread_digits(case)
    lines = _lines(case)
    truth = copy.deepcopy(case.truth)
    for name in wanted:
        if name == "stamps":
            lines = _stamp(lines, random, truth["documents"][0])
        elif name != "thai_digits":
            lines = DAMAGES[name](lines, random)
    offset = 0
    for line in lines:
        if line.start is not None:
            document = truth["documents"][line.start]
            document["start_offset"] = offset + len(line.text) - len(line.text.lstrip())
            # Body text is damaged, so what is asked is found by likeness.
            document["fuzzy"] = True
            document.pop("or_starts", None)
        offset += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    return Case(f"{case.name}~{'+'.join(names)}", text.encode(), text, truth)


def _lines(case: Case) -> list[Line]:
    starts = {offsets[0]: number for number, offsets in enumerate(case.starts())}
    values = [squeeze(v) for d in case.truth["documents"] for v in _printed(d) if v]
    lines = []
    offset = 0
    for text in case.text.split("\n"):
        begin = offset + len(text) - len(text.lstrip())
        short = squeeze(text)
        # A line is kept whole where it holds a value, or is a part of one.
        fixed = any(v in short or (len(short) > 3 and short in v) for v in values)
        lines.append(Line(text, starts.get(begin), fixed))
        offset += len(text) + 1
    for before, line in zip(lines, lines[1:], strict=False):
        # A value broken over two lines.
        joined = squeeze(before.text + line.text)
        if any(v in joined for v in values):
            before.fixed = line.fixed = True
    # The reference block is all values: from a head label to the blank line or body after it.
    inside = False
    for line in lines:
        if re.match(r"\s*(\**)?(เรื่อง|อ้างถึง|สิ่งที่ส่งมาด้วย|เรียน)", line.text):
            inside = True
        elif len(line.text) > 60 and not re.match(r"\s*[0-9๐-๙]+[.)]", line.text):
            inside = False
        line.fixed = line.fixed or inside
    return lines


def _printed(document: dict[str, Any]) -> list[str | None]:
    """Every value that must stay as printed."""
    values: list[str | None] = [document[n] for n in ("sender", "subject", "owner_unit")]
    values += document["recipients"] + document["links"]
    values += [e["text"] for e in document["enclosures"]]
    values += [e["unit"] for e in document["enclosures"] if e["unit"] and len(e["unit"]) > 5]
    values += [e["place"] for e in document["events"]]
    values += [c["name"] for c in document["contacts"]]
    values += [r["office"] for r in document["receipts"]]
    if document["signatory"]:
        values += [document["signatory"][part] for part in ("name", "position", "authority")]
    return values


# ---------------------------------------------------------------------------- digits

#: Tesseract on printed Thai digits: 0 of 79 of these five were read right.
_MISREAD = str.maketrans("๔๖๗๘๙", "๕๒๓๕๓")


def misread_digits(case: Case) -> Case:
    """Thai digits as Tesseract reads them. No number of the letter can be trusted afterwards.

    The truth then keeps what has no digits in it; every other field is unsure, and the file must
    raise ``suspicious_digits`` where enough Thai digits are left to say so.
    """
    text = case.text.translate(_MISREAD)
    if text == case.text or len(re.findall("[๐-๙]", text)) < 12:
        return case
    starts = case.starts()
    truth = copy.deepcopy(case.truth)
    for document, offsets in zip(truth["documents"], starts, strict=True):
        document["start_offset"] = offsets[0]
        document.pop("or_starts", None)
        document["fuzzy"] = True
        numeric = {"number", "date", "references", "enclosures", "enclosures.text", "deadlines"}
        numeric |= {"events", "events.place", "contacts", "contacts.name", "links", "receipts"}
        for name in ("sender", "subject", "owner_unit", "signatory", "recipients"):
            if re.search("[๐-๙0-9]", str(document[name])):
                numeric.add(name)
        document["unsure"] = sorted({*document.get("unsure", ()), *numeric})
    mixed = re.search("[0-9]", re.sub(r"https?://\S+|\S+@\S+", "", case.text)) is not None
    truth["checks"] = ["suspicious_digits"]
    truth["checks_optional"] = [
        "weekday_mismatch", "date_order", "reference_mismatch", "conflicting_values", "missing_part",
    ]  # fmt: skip
    if mixed:
        truth["unsure"] = ["checks"]
    return Case(f"{case.name}~digits", text.encode(), text, truth)

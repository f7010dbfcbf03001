"""Make any number of realistic letters, the same ones for the same seed.

``python tests/bench/make_letters.py FOLDER COUNT [--seed N]``

Letter *n* depends on the seed and *n* alone, so the first 1,000 of 100,000 are those of 1,000.
They are spread over the ten years before the last day of November 2569 (B.E.), more in recent
years and in the last months of a budget year; a few senders send most. There is every kind of
document, every class of urgency and secrecy, bundles with the letter that they forward, letters
that cite earlier ones, duplicates with another text, Thai and Arabic digits, the encodings and the
damage that offices get, and files that cannot be read. Names and numbers are invented.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import stock

LAST_DAY = dt.date(2026, 11, 30)
YEARS = 10
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
# What Tesseract makes of printed Thai digits.
MISREAD = str.maketrans("๔๖๗๘๙", "๕๒๓๕๓")

KINDS = (
    ("external", 62), ("bundle", 8), ("memo", 12), ("stamped", 6), ("order", 4), ("announcement", 4),
    ("regulation", 1), ("news", 1), ("certificate", 1), ("minutes", 1),
)  # fmt: skip
URGENCIES = (("", 65), ("ด่วน", 15), ("ด่วนมาก", 12), ("ด่วนที่สุด", 8))


def letter(seed: int, n: int) -> tuple[str, bytes]:
    """The path inside the folder and the bytes of letter ``n``."""
    maker = _Maker(seed, n)
    day = maker.day
    name = f"{day.year + 543}/{day.month:02}/{day.isoformat()}-{n:06}.txt"
    return name, maker.data()


class _Maker:
    def __init__(self, seed: int, n: int) -> None:
        self.seed, self.n = seed, n
        self.random = random.Random(f"{seed}/{n}")
        self.day = self._some_day()
        self.sender, self.number = self._sender()
        self.verb = self.random.choice(stock.VERBS)
        self.matter = self.random.choice(stock.MATTERS)
        self.subject = f"{self.verb}{self.matter} ประจำปีงบประมาณ พ.ศ. {self.day.year + 543}"
        self.kind = self._weighted(KINDS)

    def data(self) -> bytes:
        chance = self.random.random()
        if chance < 0.0005:
            return b"" if chance < 0.00025 else bytes(range(256)) * 4
        text = getattr(self, f"_{self.kind}")()
        if self.random.random() < 0.005:
            text = f"ลับ\n{text}"
        if self.random.random() < 0.7:
            text = text.translate(THAI)
            if self.random.random() < 0.05:
                text = text.translate(MISREAD).replace("ำ", "ํา")
        coding = self.random.random()
        if coding < 0.02:
            return text.encode("cp874", "replace")
        return text.encode("utf-8-sig" if coding < 0.04 else "utf-8")

    # Parts

    def _weighted(self, choices: tuple[tuple[str, int], ...]) -> str:
        names, weights = zip(*choices, strict=True)
        return str(self.random.choices(names, weights)[0])

    def _some_day(self) -> dt.date:
        while True:
            back = int(self.random.random() ** 1.4 * 365 * YEARS)
            day = LAST_DAY - dt.timedelta(back)
            busy = 1.0 if day.month in (8, 9, 11) else 0.7
            if day.weekday() < 5 and self.random.random() < busy:
                return day

    def _sender(self) -> tuple[str, str]:
        """Sender and number; few senders send most (the k-th about 1/k as much)."""
        serial = self.random.randint(1, 9999)
        circular = "ว " if self.random.random() < 0.6 else ""
        if self.random.random() < 0.3:
            place = int(len(stock.DEPARTMENTS) ** self.random.random()) - 1
            name, code = stock.DEPARTMENTS[place]
            return name, f"{code}/{circular}{serial}"
        province, code = stock.PROVINCES[int(len(stock.PROVINCES) ** self.random.random()) - 1]
        unit, number = stock.UNITS[int(len(stock.UNITS) ** self.random.random()) - 1]
        return unit.format(province), f"{code} {number}/{circular}{serial}"

    def _date(self, day: dt.date | None = None) -> str:
        day = day or self.day
        return f"{day.day} {stock.MONTHS[day.month - 1]} {day.year + 543}"

    def _person(self) -> str:
        return f"(นาย{self.random.choice(stock.FIRST)} {self.random.choice(stock.LAST)})"

    def _paragraphs(self) -> str:
        # Most letters are one page, a few many: the number of sentences is lognormal.
        count = max(2, min(120, int(self.random.lognormvariate(1.7, 0.7))))
        chosen = [self._sentence() for _ in range(count)]
        parts = [chosen[at : at + 3] for at in range(0, count, 3)]
        return "\n\n".join("        " + " ".join(part) for part in parts)

    def _sentence(self) -> str:
        if self.random.random() < 0.6:
            return self.random.choice(stock.SENTENCES)
        return self.random.choice(stock.THEMED).format(
            province=self.random.choice(stock.PROVINCES)[0],
            matter=self.matter,
            verb=self.verb,
            count=self.random.randint(2, 999),
        )

    def _ask(self) -> str:
        chance = self.random.random()
        if chance < 0.35:
            due = self.day + dt.timedelta(self.random.randint(5, 45))
            return f"        จึงขอให้รายงานผลการดำเนินงานภายในวันที่ {self._date(due)}\n\n"
        if chance < 0.5:
            day = self.day + dt.timedelta(self.random.randint(3, 30))
            return (
                f"        จึงขอเชิญเข้าร่วมประชุมในวันที่ {self._date(day)} เวลา 09.30 น."
                " ณ ห้องประชุมศาลากลางจังหวัด\n\n"
            )
        return ""

    def _cites(self) -> str:
        """An earlier letter of the same making, where there is one."""
        if self.n < 10 or self.random.random() > 0.3:
            return ""
        other = _Maker(self.seed, self.random.randrange(max(0, self.n - 5000), self.n))
        return f"อ้างถึง หนังสือ{other.sender} ที่ {other.number} ลงวันที่ {other._date()}\n\n"

    # Kinds

    def _external(self) -> str:
        urgency = self._weighted(URGENCIES)
        number, subject = self.number, self.subject
        date = self._date()
        if self.n > 100 and self.random.random() < 0.002:
            twin = _Maker(self.seed, self.n - 100)
            self.sender, number, date = twin.sender, twin.number, twin._date()
        return (
            f"{urgency}\nที่ {number}                    {self.sender}\n"
            f"                                        ถนนราชดำเนิน 10200\n\n"
            f"                    {date}\n\nเรื่อง {subject}\n\n"
            f"เรียน {self.random.choice(stock.POSTS)}\n\n{self._cites()}{self._paragraphs()}\n\n"
            f"{self._ask()}        จึงเรียนมาเพื่อโปรดทราบ\n\n"
            f"                    ขอแสดงความนับถือ\n\n\n                    {self._person()}\n"
            f"                    ผู้อำนวยการ{self.sender}\n\n"
            f"กลุ่มงานบริหารทั่วไป\nโทร. 0 {self.random.randint(2000, 7999)} {self.random.randint(1000, 9999)}\n"
        )

    def _bundle(self) -> str:
        inner = _Maker(self.seed, self.random.randrange(10**6) + 10**7)
        inner.sender, inner.number = inner._sender()
        inner.day = self.day - dt.timedelta(self.random.randint(2, 20))
        cover = self._external().replace(
            "จึงเรียนมา",
            f"พร้อมนี้ได้ส่งหนังสือ{inner.sender} ที่ {inner.number} ลงวันที่ {inner._date()}"
            " มาด้วยแล้ว จึงเรียนมา",
        )
        return f"{cover}\n\n{inner._external()}"

    def _memo(self) -> str:
        return (
            f"{self._weighted(URGENCIES)}\nบันทึกข้อความ\nส่วนราชการ {self.sender} โทร. 1234\n"
            f"ที่ {self.number}                วันที่ {self._date()}\nเรื่อง {self.subject}\n\n"
            f"เรียน {self.random.choice(stock.POSTS)}\n\n{self._paragraphs()}\n\n{self._ask()}"
            f"        จึงเรียนมาเพื่อโปรดพิจารณา\n\n                    {self._person()}\n"
        )

    def _stamped(self) -> str:
        return (
            f"ที่ {self.number}\n\nถึง {self.random.choice(stock.POSTS)}\n\n{self._paragraphs()}\n\n"
            f"{self._ask()}                    {self.sender}\n                    {self._date()}\n"
        )

    def _titled(self, title: str, closing: str) -> str:
        return (
            f"{title}{self.sender}\nที่ {self.random.randint(1, 999)}/{self.day.year + 543}\n"
            f"เรื่อง {self.subject}\n\n{self._paragraphs()}\n\n        {closing} {self._date()}\n\n"
            f"                    {self._person()}\n"
        )

    def _order(self) -> str:
        return self._titled("คำสั่ง", "สั่ง ณ วันที่")

    def _announcement(self) -> str:
        return self._titled("ประกาศ", "ประกาศ ณ วันที่")

    def _regulation(self) -> str:
        return self._titled("ระเบียบ", "ประกาศ ณ วันที่").replace("เรื่อง ", "ว่าด้วย")

    def _news(self) -> str:
        return f"ข่าวประชาสัมพันธ์\n{self.sender}\n{self._date()}\n\n{self.subject}\n\n{self._paragraphs()}\n"

    def _certificate(self) -> str:
        return (
            f"เลขที่ {self.random.randint(1, 999)}/{self.day.year + 543}\n{self.sender}\n\n"
            f"หนังสือรับรองฉบับนี้ให้ไว้เพื่อรับรองว่า {self._person()} เป็นผู้ปฏิบัติงานด้าน{self.subject}\n\n"
            f"ให้ไว้ ณ วันที่ {self._date()}\n"
        )

    def _minutes(self) -> str:
        return (
            f"รายงานการประชุม{self.subject}\nวันที่ {self._date()}\nณ ห้องประชุม{self.sender}\n\n"
            f"ผู้มาประชุม\n1. {self._person()}\n2. {self._person()}\n\nเริ่มประชุมเวลา 09.30 น.\n\n"
            f"ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ\n{self._paragraphs()}\n\n"
            f"เลิกประชุมเวลา 12.00 น.\n"
        )


def letters(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    return (letter(seed, n) for n in range(count))


def make(folder: Path, count: int, seed: int = 1) -> None:
    """Write ``count`` letters below ``folder``, which need not be there."""
    made: set[Path] = set()
    for name, data in letters(seed, count):
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    make(given.folder, given.count, given.seed)

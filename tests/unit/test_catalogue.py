from __future__ import annotations

import stat
import threading
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from tui_inbox.catalogue import (
    Catalogue,
    Entry,
    Mark,
    Numbered,
    content_of,
    problem_id,
    schema,
)
from tui_inbox.letter import (
    Ask,
    Basis,
    Deadline,
    Document,
    Event,
    EventStatus,
    Kind,
    Letter,
    Problem,
    ProblemCode,
    Secrecy,
    Urgency,
)
from tui_inbox.watching import Stamp

NOW = "2024-06-21T02:30:00.000Z"
PLAIN = Document(kind=Kind.EXTERNAL_LETTER, span=(0, 10))


def ids_of(catalogue: Catalogue, text: str) -> frozenset[str]:
    return catalogue.ids_of(catalogue.search(text))


def stamp(n: int = 1) -> Stamp:
    return Stamp(size=10, mtime_ns=n, inode=n)


def letter(sha256: str, **fields: object) -> Letter:
    document = msgspec.structs.replace(PLAIN, **fields)
    return Letter(sha256=sha256, encoding="utf-8", documents=(document,))


def entry(path: str, sha256: str, text: str = "", *, n: int = 1, **fields: object) -> Entry:
    return Entry(
        path=path,
        stamp=stamp(n),
        letter_id=sha256,
        sha256=sha256,
        received=NOW,
        content=content_of(letter(sha256, **fields), text, path),
    )


@pytest.fixture
def catalogue(tmp_path: Path):
    made = Catalogue(tmp_path / "cache" / "one.sqlite", reader="a")
    yield made
    made.close()


def test_what_is_put_comes_back_after_reopening(tmp_path: Path) -> None:
    where = tmp_path / "cache" / "one.sqlite"
    first = Catalogue(where, reader="a")
    fields: dict[str, object] = {
        "urgency": Urgency.MOST_URGENT,
        "number": "อบ 0023.3/ว 2566",
        "deadlines": (Deadline("2024-07-05", None, Basis.ABSOLUTE, None, "ภายใน", (1, 2)),),
        "events": (
            Event("2024-07-05T09:30", None, None, EventStatus.SCHEDULED, "ประชุม", (1, 2)),
            Event("2024-07-01", None, None, EventStatus.CANCELLED, "งด", (1, 2)),
        ),
    }
    first.put(entry("2567/a.txt", "a" * 64, "เรื่อง น้ำท่วม", **fields))
    first.close()

    again = Catalogue(where, reader="a")
    assert not again.rebuilt
    assert dict(again.stamps()) == {"2567/a.txt": stamp()}
    assert again.letter("a" * 64) == letter("a" * 64, **fields)
    assert again.text("a" * 64) == "เรื่อง น้ำท่วม"
    (summary,) = again.summaries()
    assert summary == again.summary("a" * 64)
    assert summary.number == "อบ 0023.3/ว 2566"
    assert summary.deadlines == ("2024-07-05",)
    assert summary.events == ("2024-07-05",)
    assert summary.received == NOW
    assert again.ids("aa") == ("a" * 64,)
    assert again.ids("b") == ()
    again.close()


def test_nobody_else_can_read_the_file(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64))
    assert stat.S_IMODE(catalogue.path.parent.stat().st_mode) == 0o700
    for file in catalogue.path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_same_content_twice_is_one_letter_with_two_paths(catalogue: Catalogue) -> None:
    catalogue.put(entry("b.txt", "a" * 64, n=1))
    catalogue.put(entry("a.txt", "a" * 64, n=2))
    (summary,) = catalogue.summaries()
    assert summary.paths == ("a.txt", "b.txt")
    catalogue.gone(["a.txt"])
    (summary,) = catalogue.summaries()
    assert (summary.paths, summary.gone) == (("b.txt",), False)


def test_gone_and_back_again(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64, "ข้อความ"))
    assert catalogue.gone(["a.txt", "never-seen.txt"]) == {"a" * 64}
    (summary,) = catalogue.summaries()
    assert (summary.gone, summary.paths) == (True, ("a.txt",))
    assert catalogue.gone_ids() == ("a" * 64,)
    assert dict(catalogue.stamps()) == {}
    catalogue.put(entry("b.txt", "a" * 64, n=3))
    (summary,) = catalogue.summaries()
    assert (summary.gone, summary.paths, summary.received) == (False, ("b.txt",), NOW)


def test_an_amended_letter_is_searched_by_its_new_text_only(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64, "ฉบับเดิมหนึ่ง", subject="เดิม"))
    new = letter("b" * 64, subject="แก้ไข")
    content = content_of(new, "ฉบับใหม่สอง", "a.txt")
    catalogue.put(Entry("a.txt", stamp(2), "a" * 64, "b" * 64, NOW, content, amended=True))
    (summary,) = catalogue.summaries()
    assert (summary.id, summary.sha256, summary.amended) == ("a" * 64, "b" * 64, True)
    assert summary.subject == "แก้ไข"
    assert ids_of(catalogue, "ฉบับเดิม") == frozenset()
    assert ids_of(catalogue, "ฉบับใหม่") == {"a" * 64}
    assert ids_of(catalogue, "แก้ไข") == {"a" * 64}
    assert catalogue.text("a" * 64) == "ฉบับใหม่สอง"


def test_a_problem_is_a_row_until_the_file_is_read_or_gone(catalogue: Catalogue) -> None:
    empty = Problem(ProblemCode.EMPTY)
    id = catalogue.put_problem("a.txt", stamp(), empty, NOW)
    assert id == problem_id("a.txt")
    assert id is not None
    assert catalogue.put_problem("a.txt", stamp(), empty, NOW) is None
    (summary,) = catalogue.summaries()
    assert (summary.problem, summary.sha256, summary.path) == (empty, None, "a.txt")
    assert ids_of(catalogue, "A.TXT") == {id}
    catalogue.put(entry("a.txt", "a" * 64))
    assert [item.id for item in catalogue.summaries()] == ["a" * 64]
    catalogue.put_problem("b.txt", None, Problem(ProblemCode.PERMISSION), NOW)
    assert dict(catalogue.stamps()) == {"a.txt": stamp(), "b.txt": None}
    catalogue.gone(["b.txt"])
    assert [item.id for item in catalogue.summaries()] == ["a" * 64]


def test_a_known_letter_whose_file_is_unreadable_keeps_what_is_known(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64, "ข้อความ", subject="เรื่องเดิม"))
    catalogue.put_problem("a.txt", stamp(2), Problem(ProblemCode.EMPTY), NOW)
    (summary,) = catalogue.summaries()
    assert summary.subject == "เรื่องเดิม"
    assert summary.problem == Problem(ProblemCode.EMPTY)
    assert ids_of(catalogue, "ข้อความ") == {"a" * 64}


def test_a_secret_letter_leaves_no_word_in_the_file(catalogue: Catalogue) -> None:
    words = "แผนการย้ายคลังเก็บ"
    catalogue.put(
        entry(
            "s.txt",
            "a" * 64,
            f"ลับ {words}",
            secrecy=Secrecy.CONFIDENTIAL,
            number="กห 0301/55",
            sender="กองทัพบก",
            subject=words,
            recipients=(words,),
            asks=(Ask(words, (0, 3)),),
            deadlines=(Deadline("2024-07-05", None, Basis.ABSOLUTE, None, words, (0, 3)),),
        )
    )
    (summary,) = catalogue.summaries()
    assert (summary.subject, summary.recipients) == (None, ())
    assert (summary.number, summary.sender) == ("กห 0301/55", "กองทัพบก")
    assert summary.deadlines == ("2024-07-05",)
    assert catalogue.text("a" * 64) is None
    assert ids_of(catalogue, words[:5]) == frozenset()
    assert ids_of(catalogue, "0301") == {"a" * 64}
    catalogue.close()
    for file in catalogue.path.parent.iterdir():
        assert words.encode() not in file.read_bytes()
        assert words[:3].encode() not in file.read_bytes()


def test_a_secret_part_makes_the_whole_file_secret(catalogue: Catalogue) -> None:
    cover = Document(kind=Kind.EXTERNAL_LETTER, span=(0, 5), subject="นำส่งเอกสาร")
    inner = Document(kind=Kind.ENCLOSURE, span=(5, 9), secrecy=Secrecy.SECRET)
    both = Letter("a" * 64, "utf-8", (cover, inner))
    content = content_of(both, "นำส่งเอกสาร", "a.txt")
    catalogue.put(Entry("a.txt", stamp(), "a" * 64, "a" * 64, NOW, content))
    (summary,) = catalogue.summaries()
    assert (summary.secrecy, summary.subject) == (Secrecy.SECRET, None)
    assert ids_of(catalogue, "นำส่ง") == frozenset()


def test_forgotten_letters_leave_the_index(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64, "ข้อความหนึ่ง"))
    catalogue.put(entry("b.txt", "b" * 64, "ข้อความสอง"))
    catalogue.forget(["a" * 64])
    assert ids_of(catalogue, "ข้อความ") == {"b" * 64}
    assert ids_of(catalogue, "ข") == {"b" * 64}
    assert catalogue.letter("a" * 64) is None


def followed(catalogue: Catalogue, mark: Mark | None) -> tuple[Mark, bool | None, list[str]]:
    """The new mark, whether all was told (``None``: nothing was), and of which letters."""
    told: list[tuple[bool, list[str]]] = []

    def note(whole: bool, lines: Iterable[Numbered]) -> None:
        told.append((whole, [line[1] for line in lines]))

    mark = catalogue.follow(mark, partial(note, True), partial(note, False))
    return mark, *(told[-1] if told else (None, []))


def test_only_what_changed_is_told(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64))
    mark, whole, ids = followed(catalogue, None)
    assert (whole, ids) == (True, ["a" * 64])
    assert followed(catalogue, mark)[1] is None
    catalogue.put(entry("b.txt", "b" * 64, n=2))
    catalogue.put(entry("a.txt", "a" * 64))
    mark, whole, ids = followed(catalogue, mark)
    assert (whole, ids) == (False, ["b" * 64])
    catalogue.forget(["b" * 64])
    assert followed(catalogue, mark)[1:] == (True, ["a" * 64])


def test_two_catalogues_share_one_file(tmp_path: Path) -> None:
    where = tmp_path / "one.sqlite"
    one, two = Catalogue(where), Catalogue(where)
    mark = followed(two, None)[0]
    one.put(entry("a.txt", "a" * 64, "ข้อความ"))
    assert followed(two, mark)[1:] == (False, ["a" * 64])
    assert ids_of(two, "ข้อความ") == {"a" * 64}
    one.close()
    two.close()


def test_readers_do_not_disturb_a_writer(catalogue: Catalogue) -> None:
    errors: list[BaseException] = []
    stop = threading.Event()

    def look() -> None:
        try:
            while not stop.is_set():
                found = ids_of(catalogue, "ข้อ")
                assert found <= set(catalogue.ids(""))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(60):
        catalogue.put(entry(f"{n}.txt", f"{n:064x}", f"ข้อความ {n}", n=n + 1))
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(ids_of(catalogue, "ข้อ")) == 60


@pytest.mark.parametrize("reader", ["b", ""])
def test_other_reading_rules_empty_it(tmp_path: Path, reader: str) -> None:
    where = tmp_path / "one.sqlite"
    first = Catalogue(where, reader="a")
    first.put(entry("a.txt", "a" * 64))
    first.close()
    again = Catalogue(where, reader=reader)
    assert again.rebuilt
    assert again.summaries() == []
    again.put(entry("a.txt", "a" * 64))
    assert again.persistent
    again.close()


def test_a_letter_without_a_subject_is_listed_by_what_it_asks(catalogue: Catalogue) -> None:
    ask = Ask("จึงขอให้อำเภอตรวจสอบข้อมูล" + "ก" * 300, (0, 3))
    catalogue.put(entry("a.txt", "a" * 64, kind=Kind.STAMPED_LETTER, asks=(ask,)))
    catalogue.put(entry("b.txt", "b" * 64, subject="เรื่อง", asks=(ask,)))
    catalogue.put(entry("c.txt", "c" * 64, secrecy=Secrecy.SECRET, asks=(ask,)))
    stamped, titled, secret = sorted(catalogue.summaries(), key=lambda summary: summary.path)
    assert stamped.subject is None
    assert stamped.gist is not None
    assert stamped.gist.startswith("ขอให้อำเภอตรวจสอบข้อมูล")
    assert len(stamped.gist) == 200
    assert (titled.gist, secret.gist) == (None, None)


def test_a_sight_counts_until_anything_is_written_of_a_file(catalogue: Catalogue) -> None:
    catalogue.put(entry("a.txt", "a" * 64))
    catalogue.put(entry("b.txt", "b" * 64))
    changes = (
        lambda: catalogue.put(entry("c.txt", "c" * 64)),
        lambda: catalogue.put(entry("c.txt", "c" * 64, n=2)),
        lambda: catalogue.put_problem("d.txt", stamp(), Problem(ProblemCode.EMPTY), NOW),
        lambda: catalogue.gone(["a.txt"]),
        lambda: catalogue.forget(["a" * 64]),
    )
    for change in changes:
        assert not catalogue.is_sight("seen")
        catalogue.note_sight(catalogue.files_mark(), "seen")
        assert catalogue.is_sight("seen")
        assert not catalogue.is_sight("seen otherwise")
        change()
    assert not catalogue.is_sight("seen")
    # What was written between the look and the note counts too.
    mark = catalogue.files_mark()
    catalogue.put(entry("e.txt", "e" * 64))
    catalogue.note_sight(mark, "seen")
    assert not catalogue.is_sight("seen")


def test_a_sight_is_not_noted_where_another_writes(tmp_path: Path) -> None:
    where = tmp_path / "cache" / "one.sqlite"
    one, other = Catalogue(where), Catalogue(where)
    began = time.monotonic()
    one.write(lambda _: other.note_sight(0, "seen"))
    assert time.monotonic() - began < schema.BUSY_SECONDS / 2
    assert not other.is_sight("seen")
    other.note_sight(0, "seen")
    assert one.is_sight("seen")
    one.close()
    other.close()


def test_stamps_are_given_by_folder_however_many_there_are(catalogue: Catalogue) -> None:
    paths = [f"ก/{at}.txt" for at in range(1500)] + [
        "ก.txt",
        "ก0/a.txt",
        "\U0010ffff.txt",
        "ก/ข/a.txt",
    ]
    catalogue.write(lambda writer: [writer.put(entry(path, "a" * 64)) for path in paths] and None)
    assert dict(catalogue.stamps()) == dict.fromkeys(paths, stamp())
    assert [path for path, _ in catalogue.stamps()] == sorted(paths)
    assert {path for path, _ in catalogue.stamps("ก")} == {
        path for path in paths if path.startswith("ก/")
    }
    assert [path for path, _ in catalogue.stamps("ก/ข")] == ["ก/ข/a.txt"]
    assert list(catalogue.stamps("ค")) == []

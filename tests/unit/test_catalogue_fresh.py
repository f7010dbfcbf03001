"""Many new letters at once are what each of them is alone: table by table, row by row."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.catalogue import Catalogue, Entry, content_of, index
from tui_inbox.catalogue.content import unpack_letter, unpack_text
from tui_inbox.catalogue.head import storable
from tui_inbox.letter import (
    Basis,
    Cited,
    Deadline,
    Document,
    Kind,
    Letter,
    Problem,
    ProblemCode,
    Secrecy,
    Urgency,
)
from tui_inbox.watching import Stamp

words = st.sampled_from(
    ("", "น้ำท่วม", "ที่ นม 0017.3/ว 45", "กข", "ก", "a\0b", "\ufffe\uffff", "😀", "İ")
)
numbers = st.none() | st.sampled_from(("นม 0017.3/ว 45", "มท 0808/1", "1"))
dates = st.none() | st.sampled_from(("2024-07-05", "2024-07"))
documents = st.builds(
    Document,
    kind=st.sampled_from(Kind),
    span=st.just((0, 1)),
    urgency=st.sampled_from(Urgency),
    secrecy=st.sampled_from((Secrecy.NONE, Secrecy.NONE, Secrecy.SECRET)),
    number=numbers,
    date=dates,
    sender=st.none() | words,
    subject=st.none() | words,
    recipients=st.lists(words, max_size=2).map(tuple),
    references=st.lists(st.builds(Cited, words, number=numbers, date=dates), max_size=2).map(tuple),
    deadlines=st.lists(
        st.builds(
            Deadline,
            date=dates,
            time=st.none(),
            basis=st.sampled_from(Basis),
            days=st.none(),
            text=st.just("ภายใน"),
            span=st.just((0, 1)),
        ),
        max_size=2,
    ).map(tuple),
)
files = st.tuples(st.lists(documents, min_size=1, max_size=2), st.lists(words, max_size=4))


def entries(made: list[tuple[list[Document], list[str]]], first: int) -> list[Entry]:
    found = []
    for n, (parts, text) in enumerate(made, first):
        path, sha256 = f"2567/{n} ที่.txt", f"{n:064x}"
        content = content_of(Letter(sha256, "utf-8", tuple(parts)), "\n".join(text), path)
        received = f"2024-06-{n + 1:02}T02:30:00.000Z"
        found.append(Entry(path, Stamp(n, n, n), sha256, sha256, received, content))
    return found


def tables(catalogue: Catalogue) -> dict[str, list[tuple[object, ...]]]:
    """All that the file holds, and what the index says of each word that is in it."""
    db = sqlite3.connect(catalogue.path)
    names = [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("trigrams", "pairs"))
    ]
    found = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    # A file's own name, which no other has.
    found["meta"] = [row for row in found["meta"] if row[0] != "made"]
    for table in ("trigrams", "pairs"):
        db.execute(
            f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab(main, {table}, instance)"
        )
        found[table] = sorted(db.execute(f"SELECT * FROM temp.{table}_words"), key=str)
    db.close()
    return found


@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(files, max_size=2),
    made=st.lists(files, max_size=5),
    scanned=st.booleans(),
    problem=st.booleans(),
)
def test_many_at_once_are_what_each_is_alone(
    before: list[tuple[list[Document], list[str]]],
    made: list[tuple[list[Document], list[str]]],
    scanned: bool,
    problem: bool,
) -> None:
    found = []
    for way in ("one by one", "at once"):
        with tempfile.TemporaryDirectory() as folder:
            catalogue = Catalogue(Path(folder) / "c.sqlite")
            for entry in entries(before, 0):
                catalogue.put(entry)
            if problem:
                catalogue.put_problem("p.txt", None, Problem(ProblemCode.EMPTY), "")
            if scanned:
                catalogue.finish_scan("1:2")
            # A number that was given once is not given again.
            catalogue.forget([f"{0:064x}"])
            fresh = entries(made, len(before))
            with_content = [(entry, entry.content) for entry in fresh if entry.content is not None]
            if way == "at once":
                catalogue.write(lambda writer, new=with_content: writer.put_fresh(new))
            else:
                catalogue.write(lambda writer, new=fresh: [writer.put(entry) for entry in new])
            found.append(tables(catalogue))
            catalogue.close()
    assert found[0] == found[1]


def test_what_is_known_in_any_way_is_not_new(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "c.sqlite")
    one, two, other = entries([([Document(Kind.ORDER, (0, 1))], ["ก"])] * 3, 0)
    catalogue.put(one)
    amended = Entry("2567/1 ที่.txt", two.stamp, two.sha256, "f" * 64, "", other.content)
    catalogue.put(amended)
    files = [
        (one.path, "1" * 64),  # its path
        ("new.txt", one.sha256),  # its content
        ("new.txt", two.sha256),  # a letter's name that no content has any more
        ("new.txt", "2" * 64),
        ("new.txt", "3" * 64),  # named just before
        ("newer.txt", "2" * 64),
        ("newer.txt", "4" * 64),
    ]
    unknown = catalogue.write(lambda writer: writer.unknown(files))
    assert unknown == [False, False, False, False, False, False, False]
    assert catalogue.write(lambda writer: writer.unknown(files[3:4] + files[6:])) == [True, True]
    catalogue.close()


@given(parts=st.lists(documents, max_size=2), text=st.lists(words).map("\n".join) | st.text())
def test_a_letter_is_unpacked_as_it_was_packed(parts: list[Document], text: str) -> None:
    letter = Letter("a" * 64, "utf-8", tuple(parts))
    made = content_of(letter, text, "a.txt")
    assert unpack_letter(made.letter, made.text) == storable(letter)
    assert (made.text is None) == any(part.secrecy is not Secrecy.NONE for part in parts)
    assert made.text is None or unpack_text(made.text) == text


texts = st.text(st.sampled_from("กข่า 1a\n\0\ufffe\uffff😀\ud800"), max_size=12) | st.text()


@given(st.tuples(texts, texts, texts, texts))
def test_the_short_words_are_every_character_and_pair(four: tuple[str, str, str, str]) -> None:
    grams = {text[n : n + size] for text in four for n in range(len(text)) for size in (1, 2)}
    grams = {gram for gram in grams if gram}
    words = index.grams(*four).split()
    assert len(words) == len(set(words))
    assert set(words) == {"x".join(f"{ord(c):x}" for c in gram) for gram in grams}

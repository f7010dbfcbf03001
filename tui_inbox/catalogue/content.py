"""What is stored and searched of a content: made of the letter alone, so anywhere, by any process.

A letter's file is read once; all that takes thought is done there, and who writes only writes.
"""

from __future__ import annotations

import zlib

import msgspec

from tui_inbox.catalogue import index
from tui_inbox.catalogue.head import fields, head, secrecy, storable
from tui_inbox.catalogue.mentions import mentions, number_key
from tui_inbox.catalogue.model import Content
from tui_inbox.letter import Letter, Secrecy

# Twice as quick as the level that zlib takes by itself, and a tenth larger.
_LEVEL = 3

_pack = msgspec.msgpack.Encoder().encode
_letter = msgspec.msgpack.Decoder(Letter).decode


def content_of(letter: Letter, text: str, path: str, folded: str | None = None) -> Content:
    """What is stored of ``letter``, read from ``text`` in the file at ``path``.

    ``folded`` is the text as :func:`fold` makes it, where that is at hand.
    """
    shown = head(letter)
    secret = secrecy(letter) is not Secrecy.NONE
    subject, recipients, named = map(fold, fields(shown))
    # What is searched of a letter is what is kept of it, so that it can be taken out again.
    body = "" if secret else fold(text) if folded is None else folded
    where = fold(path)
    texts = body, subject, recipients, other(named, where)
    raw = b"" if secret else text.encode("utf-8", "surrogatepass")
    return Content(
        pack_letter(storable(letter), raw),
        shown,
        None if secret else zlib.compress(raw, _LEVEL),
        tuple(
            (number_key(one.number), one.role.value, one.number, one.date, one.sender)
            for one in mentions("", letter)
        ),
        where,
        index.plain_texts(texts),
        index.grams(*texts),
    )


def other(named: str, paths: str) -> str:
    """The last of the texts that a letter is found by: number, sender and paths, folded."""
    return f"{named}\n{paths}"


def pack_letter(letter: Letter, text: bytes) -> bytes:
    """``letter``, small: most of its words are those of ``text``, from which they are taken."""
    press = zlib.compressobj(_LEVEL, zdict=text)
    return press.compress(_pack(letter)) + press.flush()


def unpack_letter(blob: bytes, text: bytes | None) -> Letter:
    """The letter in ``blob``; ``text`` is that which was read, packed, where it is kept."""
    press = zlib.decompressobj(zdict=b"" if text is None else zlib.decompress(text))
    return _letter(press.decompress(blob) + press.flush())


def unpack_text(blob: bytes) -> str:
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")


def fold(text: str) -> str:
    """The key under which ``text`` is stored and found."""
    # Only needed once a letter is put in or searched for: a start with neither does without.
    from tui_inbox.thai.folding import fold_for_search

    return fold_for_search(text)

"""Bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import re

import msgspec

from tui_inbox.letter import Problem, ProblemCode

MAX_BYTES = 8_000_000
"""Largest file that is read at all. The longest real bundle seen is far below one megabyte."""

_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"GIF8",
)
_UTF8_THAI = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")
# What no text has: C0 without tab, line ends, form feed and ESC; DEL; what cp874 leaves undefined.
_NOT_TEXT = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f\ufffd\ufffe\uffff]")
_MAX_ODD_SHARE = 0.05


class Decoded(msgspec.Struct, frozen=True):
    """``text`` is what every span refers to; ``replaced`` counts undecodable places (U+FFFD)."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes) -> Decoded | Problem:
    """Decode a file's bytes; a :class:`Problem` where they hold no text. Raises nothing."""
    if not data.strip(b"\x00 \t\r\n\f"):
        return Problem(ProblemCode.EMPTY)
    if len(data) > MAX_BYTES:
        return Problem(ProblemCode.TOO_LARGE, {"limit": f"{MAX_BYTES:,}"})
    if data.startswith(_MAGIC):
        return Problem(ProblemCode.NOT_TEXT)
    decoded = _decode(data)
    odd = len(_NOT_TEXT.findall(decoded.text))
    if odd > max(_MAX_ODD_SHARE * len(decoded.text), 2) or (
        "\x00" in decoded.text and odd > 0.01 * len(decoded.text)
    ):
        return Problem(ProblemCode.NOT_TEXT)
    if not decoded.text.strip("\ufeff\u200b \t\r\n\f\x00\ufffd"):
        return Problem(ProblemCode.EMPTY)
    return decoded


def _decode(data: bytes) -> Decoded:
    if data.startswith(b"\xef\xbb\xbf"):
        return _lenient(data[3:], "utf-8", "utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
        return _lenient(data[2:], codec, "utf-16")
    bare = _bare_utf16(data)
    if bare is not None:
        return _lenient(data, bare, "utf-16")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    # Damaged UTF-8 still consists of three-byte Thai; read as cp874 it would be mojibake.
    thai = 3 * len(_UTF8_THAI.findall(data))
    if 2 * thai >= len(_HIGH.findall(data)):
        return _lenient(data, "utf-8", "utf-8")
    return _lenient(data, "cp874", "cp874")


def _lenient(data: bytes, codec: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
        return Decoded(text, name, text.count("\ufffd"))


def _bare_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: its high bytes are 00 (Latin) or 0E (Thai)."""
    sample = data[:4096]
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset : 2 * half : 2]
        if high.count(0) + high.count(0x0E) >= 0.95 * half:
            return codec
    return None

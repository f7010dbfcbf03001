"""The Thai keyboard (Kedmanee, TIS 820-2531) and the US layout, key by key.

A person who forgot to switch types ``่`` for ``j`` and ``ฟ`` for ``a``: both mean the same key.
"""

from __future__ import annotations

_LATIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_THAI = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ"
_LATIN_SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_THAI_SHIFTED = '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'

TO_THAI = dict(zip(_LATIN + _LATIN_SHIFTED, _THAI + _THAI_SHIFTED, strict=True))
TO_LATIN = {thai: latin for latin, thai in TO_THAI.items()}


def is_thai(character: str) -> bool:
    """Whether ``character`` is of the Thai block (U+0E01–U+0E5B)."""
    return "\u0e01" <= character <= "\u0e5b"


def twin(character: str) -> str | None:
    """The Thai character on the key that types ``character`` in the US layout.

    ``None`` where that key types no Thai character (``2`` types ``/``): such a twin would
    shadow the key of that name.
    """
    thai = TO_THAI.get(character)
    return thai if thai is not None and is_thai(thai) else None


def swap_layout(text: str) -> str | None:
    """``text`` as the same keys give it in the other layout, ``None`` if it gives nothing else.

    Text with a Thai character is taken as typed in the Thai layout, other text as typed in the
    US layout; characters that are on no key stay.
    """
    table = TO_LATIN if any(map(is_thai, text)) else TO_THAI
    swapped = "".join(table.get(character, character) for character in text)
    return swapped if swapped != text else None

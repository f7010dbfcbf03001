"""The Thai language in a terminal and on paper; nothing of letters."""

from __future__ import annotations

#: Above/below vowels, tone marks, THANTHAKHAT and the like, which take no cell of their own:
#: U+0E31, U+0E34–3A, U+0E47–4E. For use inside a character class.
THAI_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"

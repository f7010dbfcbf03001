"""The Thai language in a terminal and on paper; nothing of letters."""

"""What an office hands on: its register, calendar, follow-up list, cover notes, figures.

Values in, bytes or text out: nothing here opens a file, a store or a clock. What is handed on
leaves the office's hands, so the text of a letter in a secret class never gets here.
"""

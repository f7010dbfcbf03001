"""How a letter is addressed to this office: by name, as one of a class, or for information."""

from __future__ import annotations

import functools

from tui_inbox.config import OfficeSettings
from tui_inbox.triage.model import Addressed

# The classes that circulars are sent to, by how the names of their members begin, each with the
# other words by which letters mean it.
_CLASSES = (
    (("อำเภอ", "ที่ว่าการอำเภอ"), ("อำเภอ",)),
    (("จังหวัด", "ศาลากลางจังหวัด"), ("จังหวัด", "หัวหน้าส่วนราชการ")),
    (("เทศบาล",), ("เทศบาล", "นายกเทศมนตรี", "องค์กรปกครองส่วนท้องถิ่น", "อปท")),
    (
        ("องค์การบริหารส่วนตำบล", "อบต"),
        ("องค์การบริหารส่วนตำบล", "อบต", "องค์กรปกครองส่วนท้องถิ่น", "อปท"),
    ),
    (
        ("องค์การบริหารส่วนจังหวัด", "อบจ"),
        ("องค์การบริหารส่วนจังหวัด", "อบจ", "องค์กรปกครองส่วนท้องถิ่น", "อปท"),
    ),
    (("โรงเรียน",), ("โรงเรียน", "สถานศึกษา")),
    (("วิทยาลัย",), ("วิทยาลัย", "สถานศึกษา")),
    (("มหาวิทยาลัย",), ("มหาวิทยาลัย", "สถาบันอุดมศึกษา", "อธิการบดี")),
    (("กรม",), ("กรม", "อธิบดี", "หัวหน้าส่วนราชการ", "ส่วนราชการ")),
    (("กระทรวง",), ("กระทรวง", "ปลัดกระทรวง", "หัวหน้าส่วนราชการ", "ส่วนราชการ")),
    (("โรงพยาบาล",), ("โรงพยาบาล", "สถานพยาบาล", "หน่วยบริการ")),
    (("สถานีตำรวจ", "สภ."), ("สถานีตำรวจ", "สภ.")),
    (("สำนักงาน",), ("สำนักงาน", "หัวหน้าส่วนราชการ", "ส่วนราชการ", "หน่วยงาน")),
)
_EVERY = ("ทุก", "หัวหน้าส่วนราชการประจำจังหวัด")


@functools.lru_cache(maxsize=16384)
def addressed(recipients: tuple[str, ...], office: OfficeSettings) -> Addressed | None:
    """By name, else as one of the class that is addressed (ทุกอำเภอ), else for information.

    A post counts as its office (นายอำเภอX is อำเภอX). ``None`` where the office has no name in the
    settings, or the letter names no recipient.
    """
    names = [_bare(name) for name in (*office.names, *office.units)]
    if not recipients or not names:
        return None
    named = [_bare(recipient) for recipient in recipients]
    mayors = [name.replace("เทศบาล", "นายกเทศมนตรี", 1) for name in names if "เทศบาล" in name]
    if any(name in recipient for recipient in named for name in (*names, *mayors)):
        return Addressed.US
    words = {
        word
        for name in names
        for beginnings, meant in _CLASSES
        if name.startswith(beginnings)
        for word in meant
    }
    if any(
        every in recipient and any(word in recipient for word in words)
        for recipient in named
        for every in _EVERY
    ):
        return Addressed.CLASS
    return Addressed.COPY


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()

"""The fields that the text of a cover note in the settings may have, by their names."""

from __future__ import annotations

import re

#: Thai names for those who write the templates, and the names by which the program knows them.
FIELDS = {
    "to": "เรียน",
    "action": "เพื่อโปรด",
    "number": "เลขที่",
    "date": "ลงวันที่",
    "sender": "จาก",
    "subject": "เรื่อง",
    "urgency": "ชั้นความเร็ว",
    "secrecy": "ชั้นความลับ",
    "due": "ครบกำหนด",
    "asks": "สิ่งที่ขอ",
    "register_number": "เลขทะเบียนรับ",
    "received": "วันที่รับ",
    "assignee": "ผู้รับผิดชอบ",
    "note": "บันทึก",
    "office": "หน่วยงาน",
    "author": "ผู้จัดทำ",
    "today": "วันนี้",
}
_NAMES = {name: name for name in FIELDS} | {thai: name for name, thai in FIELDS.items()}
FIELD = re.compile(r"\{([^{}\n]*)\}")


def field_of(name: str) -> str | None:
    """The field that a name in braces means; ``None`` for one that there is not."""
    return _NAMES.get(name.strip())


def unknown_field(template: str) -> str | None:
    """The first name in braces that is no field's."""
    return next((name for name in FIELD.findall(template) if field_of(name) is None), None)


def names() -> list[str]:
    """Every name that a field has."""
    return list(_NAMES)

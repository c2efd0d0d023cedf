"""One agency under its many spellings: "UBND xã, phường" and "Ủy ban nhân dân cấp xã" are the same to who looks for it.

Only what is certain is brought together: abbreviations, the ministry behind a department's name, the ways to say "of a
province" and "of a commune". The office of one province stays another than that of the next.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256

from django.utils.text import slugify

from motcua.core.text import clean, fold

LONGEST_KEY = 90
UNNAMED = "chua-cong-bo"  # the key where no agency is published

# Where a comma ends one agency and begins the next, not "tỉnh, thành phố".
_NEXT = re.compile(
    r"\s*[;\n]\s*|,\s+(?=(?:Sở|Uỷ ban|Ủy ban|UBND|Chủ tịch|Bộ (?!phận)|Cục|Chi cục|Tổng cục|Công an|Tổ chức|Cơ quan"
    r"|Phòng|Ban|Văn phòng|Trung tâm|Thuế|Hải quan|Ngân hàng|Bảo hiểm|Tòa án|Viện|Vụ|Trường|Hội đồng|Cảng vụ|Đội)\b)"
)
_SHORT = {  # abbreviations in full, as display
    r"\bUBND\b": "Ủy ban nhân dân",
    r"\bHĐND\b": "Hội đồng nhân dân",
    r"\bBHXH\b": "Bảo hiểm xã hội",
    r"\bNN và MT\b": "Nông nghiệp và Môi trường",
    r"\bQL KKT\b": "Quản lý Khu kinh tế",
    r"\bTP\.? ?HCM\b": "Thành phố Hồ Chí Minh",
    r"\bTP\. ?(?=\w)": "Thành phố ",
    r"\b[Uu]ỷ\b": "Ủy",
}
_ALIKE = (  # of folded names; the order counts
    (re.compile(r"\s*(?:[-/–]|thuoc) (?:bo|ban co yeu|tong cuc|cuc) .*$"), ""),  # whose department it is
    (re.compile(r"^((?:cuc|vu|tong cuc|chi cuc) [^/]+)/.*$"), r"\1"),
    (re.compile(r"\bcap (?=xa|phuong|tinh|huyen|trung uong)"), ""),
    (re.compile(r"\b(?:cac )?xa ?[,/] ?phuong(?: ?(?:[,/]|va) ?(?:thi tran|dac khu))*"), "xa"),
    (re.compile(r"\b(?:cac )?tinh ?(?:[,/]|va) ?thanh pho(?: truc thuoc trung uong)?"), "tinh"),
    (re.compile(r"\bhuyen ?[,/] ?(?:thanh pho|quan)\b.*$"), "huyen"),
    (re.compile(r"[^a-z0-9]+"), " "),
)


def usual_name(name: str) -> str:
    """A name as it is shown: abbreviations in full, tidied, with a capital first."""
    shown = clean(name).rstrip(" .;,")
    for pattern, full in _SHORT.items():
        shown = re.sub(pattern, full, shown)
    return shown[:1].upper() + shown[1:]


@lru_cache(maxsize=5000)  # the whole country's catalogue has some 700 spellings
def key_of(name: str) -> str:
    """The same for every spelling of one agency, fit for an address: "cuc-hai-quan"."""
    text = fold(usual_name(name))
    for pattern, same in _ALIKE:
        text = pattern.sub(same, text)
    key = slugify(text)
    if len(key) <= LONGEST_KEY:
        return key or UNNAMED
    return f"{key[: LONGEST_KEY - 9]}-{sha256(key.encode()).hexdigest()[:8]}"


def named_in(agencies: Mapping[str, Iterable[str]], as_published: str = "") -> list[str]:
    """The performing agencies of a record, one by one; of a record without such a list those that its text names."""
    listed = agencies.get("performing") or _NEXT.split(as_published)
    return list(dict.fromkeys(name for name in map(clean, listed) if name))

"""The longer texts of a line taken apart without losing a word: steps, results, legal basis, agencies, audience."""

import re
from collections.abc import Sequence
from typing import Any

from motcua.procedures.importing.naming import plain_code
from motcua.procedures.importing.tidying import CAPITALS, one_line

LONGEST_AGENCY = 200
LONGEST_AUDIENCE = 120
LONGEST_KEYWORD = 200

_STEP = re.compile(
    r"^[\s*+\-–•]*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s*)?(Bước\s+(?:thứ\s+)?(?:\d{1,2}(?:\.\d{1,2})*|\w{2,6}))\s*([:.)\-–]|$)\s*",
    re.I,
)
_SUBSTEP = re.compile(r"\d\.\d")
_LONGEST_TITLE = 150

_OUTSIDE_BRACKETS = r"(?![^()]*\))"
_RESULTS = re.compile(rf";+\s*(?=[{CAPITALS}+\-]){_OUTSIDE_BRACKETS}")
_RESULT_CODE = re.compile(r"\s*Mã:\s*((?:[\d.]+[GH]\d+-)?KQ\.(?:[gG]\d+\.)?\d+)")
_LAST_LETTER, _DIGIT = re.compile(r"\w"), re.compile(r"\d")
_NUMBER_WITHIN = re.compile(
    r"\b(\d{1,4}/\d{4}/[A-ZĐ][\w-]*(?:-[A-ZĐ]\w*)*|\d{1,3}/\d{4}/QH\d+|\d{1,3}/(?:QĐ|NQ)-[A-ZĐ]\w*)"
)
_AGENCY_WORD = (
    r"(?:Ủy ban|Uỷ ban|UBND|Sở|Bộ|Cục|Chi cục|Tổng cục|Phòng|Công an|Trung tâm|Văn phòng|Ban|Cơ quan|Chi nhánh|Tòa án|"
    r"Toà án|Ngân hàng|Thuế|Hải quan|Đồn|Thanh tra|Cảng vụ|Trường|Viện|Kho bạc|Bảo hiểm|Hội đồng|Thủ tướng|Chủ tịch)"
)
_AGENCIES = re.compile(rf"[;\n]+\s*|,\s+(?={_AGENCY_WORD}\s){_OUTSIDE_BRACKETS}")
_AGENCY_HEAD = re.compile(r"^[^:]{0,60}(?:cơ quan|thẩm quyền)[^:]{0,60}:\s*", re.I)
_PROVINCE_TAIL = re.compile(rf"^(Sở .+?)\s*(?:-\s*)?(?:[Tt]ỉnh|[Tt]hành phố)\s+[{CAPITALS}][^,;()]*$")
_AUDIENCE = re.compile(rf",\s*(?=[{CAPITALS}]){_OUTSIDE_BRACKETS}")
_KEYWORDS = re.compile(rf"[;,\n]\s*{_OUTSIDE_BRACKETS}")


def read_steps(text: str) -> list[dict[str, str]]:
    """Steps as [{title, text}]: each "Bước n" begins one; what stands before any has no title."""
    steps: list[dict[str, str]] = []
    current: list[str] = []
    title = ""

    def close() -> None:
        if body := "\n".join(current).strip():
            steps.append({"title": title, "text": body})
        elif title:
            steps.append({"title": title, "text": ""})

    for line in text.split("\n"):
        found = _STEP.match(line)
        if found and not _SUBSTEP.search(found[1]):
            close()
            rest = line[found.end() :].strip()
            is_title = 0 < len(rest) <= _LONGEST_TITLE and rest[-1] not in ".;"
            title = f"{found[1]}: {rest}".rstrip(":") if is_title else found[1]
            current = [rest] if rest and not is_title else []
        else:
            current.append(line)
    close()
    return steps


def read_results(text: str | None) -> list[dict[str, str]]:
    """Results as [{code, name}]; a source joins several with semicolons."""
    results = []
    for part in _RESULTS.split(one_line(text)):
        name = part.strip(" ;")
        code = _RESULT_CODE.search(name)
        if code and code.end() == len(name):
            results.append({"code": code[1], "name": name[: code.start()].strip()})
        elif name:
            results.append({"code": "", "name": name})
    return results


def read_legal_basis(lines: Sequence[str]) -> list[dict[str, str]]:
    """The legal basis as [{number, title}], each once; a number that isn't certain stays in the title alone."""
    found = []
    for line in dict.fromkeys(map(one_line, lines)):
        title, number = _number_at_end(line)
        if title and number:
            found.append({"number": number, "title": title})
        elif line:
            within = set(_NUMBER_WITHIN.findall(line))
            found.append({"number": within.pop() if len(within) == 1 else "", "title": line})
    return found


def _number_at_end(line: str) -> tuple[str, str]:
    """What stands before the last brackets, and the number in them ("12/2023/NĐ-CP"); empty where there is none.

    Step by step, because a single pattern takes hours over a line of digits and slashes.
    """
    last = _LAST_LETTER.search(line[::-1])
    end = len(line) - last.start() if last else 0
    opening, closing = line.rfind("(", 0, end), line.find(")", end)
    within = line[opening + 1 : closing] if opening >= 0 and closing >= 0 else ""
    digit = _DIGIT.search(within)
    if "(" in within or ")" in within or digit is None or "/" not in within[digit.end() :]:
        return line, ""
    return line[:opening].strip(), within.strip()


def read_agencies(text: str | None) -> list[str]:
    """The agencies in a cell, each once, spelt alike; a part too long to be one is left out."""
    agencies = []
    for part in _AGENCIES.split(text or ""):
        agency = _AGENCY_HEAD.sub("", one_line(part)).strip(" -+*.,;:")
        agency = re.sub(r"^\(?\d{1,2}[.)]\s*", "", agency)
        if agency and len(agency) <= LONGEST_AGENCY:
            agencies.append(agency_name(agency))
    return list(dict.fromkeys(agencies))


def agency_name(name: str) -> str:
    """One spelling for an agency: UBND written out, ủy not uỷ, a department (sở) without its province."""
    name = re.sub(r"\bUBND\b", "Ủy ban nhân dân", one_line(name))
    name = re.sub(r"\b[UuỦủ][ỷỶyYủ]\s+ban\s+nhân\s+dân\b", "Ủy ban nhân dân", name, flags=re.I)
    name = re.sub(r"\b[UuỦủ][ỷy]\s+ban\b", "Ủy ban", name)
    name = re.sub(r"\bHĐND\b", "Hội đồng nhân dân", name)
    name = _PROVINCE_TAIL.sub(lambda found: found[1].strip(" -"), name)
    return name[:1].upper() + name[1:]


def read_audience(value: Any) -> list[str]:
    """Who it is for; commas stand between values and, in brackets or before a small letter, inside them."""
    parts = value if isinstance(value, list) else _AUDIENCE.split(one_line(value))
    return list(dict.fromkeys(name for part in parts if (name := one_line(part)) and len(name) <= LONGEST_AUDIENCE))


def read_keywords(value: Any) -> list[str]:
    """Keywords, each once, without codes; one that is too long to be typed is left out."""
    parts = value if isinstance(value, list) else _KEYWORDS.split(value or "")
    words = dict.fromkeys(one_line(part).strip(" .") for part in parts)
    return [word for word in words if word and len(word) <= LONGEST_KEYWORD and not plain_code(word)]

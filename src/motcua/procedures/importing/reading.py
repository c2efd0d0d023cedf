"""A line of the catalogue (docs/catalogue.md) read into a record, and what is doubtful in it."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.core.text import fold
from motcua.procedures.importing import naming, texts
from motcua.procedures.importing.doubts import Doubtful, Kind
from motcua.procedures.importing.fees import read_fee
from motcua.procedures.importing.limits import read_limit
from motcua.procedures.importing.papers import file_names, read_papers
from motcua.procedures.importing.tidying import one_line, tidy_line
from motcua.procedures.models import Channel, ProcedureVersion
from motcua.procedures.records import RecordError, canonical, check_part
from motcua.procedures.rules.forms import HELD

OWN = "motcua"  # the key under which an export keeps what the other keys can't say
NO_FIELD = "Chưa công bố lĩnh vực"
NO_FIELD_SLUG = "chua-phan-loai"
_LONGEST_SOURCE = 200  # letters of its name
BODY = ("steps", "methods", "components")  # a line without any of them is a short one

_Level = ProcedureVersion.Level
LEVELS = {
    "ministry": _Level.MINISTRY,
    "province": _Level.PROVINCE,
    "commune": _Level.COMMUNE,
    "other": _Level.OTHER,
}
CHANNELS = {"direct": Channel.DIRECT, "online": Channel.ONLINE, "postal": Channel.POST}
KINDS = {
    "CENTRAL_REGULATION": "TTHC được luật giao quy định chi tiết",
    "LOCAL_REGULATION": "TTHC được luật giao cho địa phương quy định hoặc quy định chi tiết",
    "NOT_ASSIGNED_REGULATION": "TTHC không được luật giao cho địa phương quy định hoặc quy định chi tiết",
    "OTHER": "Loại khác",
}
LIFE_EVENTS = {  # the National portal's groups, as crawls name them, and ours
    "cu-tru-giay-to": "cu-tru-va-giay-to-tuy-than",
    "hon-nhan-gia-dinh": "hon-nhan-va-gia-dinh",
    "suc-khoe-y-te": "suc-khoe-va-y-te",
    "phuong-tien-nguoi-lai": "phuong-tien-va-nguoi-lai",
}
_WANTED = {  # what the law asks of every record (NĐ 63/2010 Điều 8), and the line's key for it
    "steps": "steps",
    "methods": "methods",
    "requirements": "components",
    "audience": "audience",
    "agency_text": "agency",
    "results": "result",
    "levels": "level",
    "legal_basis": "legal_basis",
    "decision_no": "decision_no",
}


class LineError(ValueError):
    """A line that can't be read as a record; the text says why, in Vietnamese."""


@dataclass(frozen=True)
class Reading:
    """What a line says.

    Attributes:
        key: under which it is kept: the code; without one "nguon-" and a sum of source and name.
        code: of the national catalogue; empty: it has none that can be published.
        is_local: its number carries a province's tail; it gives way to the national line of the same code.
        is_short: a line of the catalogue only, without steps, ways and papers.
        record: as `services.publish_record` takes it, in canonical form; without `effective_from` unless the line
            names one, and without a code if it has none.
        field_name: of the field whose slug the record names, should it be new.
        life_events: slugs, for the first publication.
        line: the source's line, tidied, with nothing left out.
    """

    key: str
    code: str
    is_local: bool
    is_short: bool
    record: dict[str, Any]
    field_name: str
    life_events: list[str]
    doubts: list[Doubtful]
    line: dict[str, Any] = field(repr=False)

    @property
    def source_name(self) -> str:
        """Who published the file that it came with, as `SourceRecord.origin` has it; empty: it doesn't say."""
        said = one_line(self.line.get("source"))
        return said.partition("@")[0].partition(":")[0].strip()[:_LONGEST_SOURCE]

    @property
    def worth(self) -> tuple[bool, bool]:
        """Of two lines of one key the greater counts: a full one, then the national one."""
        return not self.is_short, not self.is_local


def read(raw: Mapping[str, Any]) -> Reading:
    """Read a line; all that isn't certain is in `doubts`.

    Raises:
        LineError: it has no name, or a key holds something of another type.
    """
    line: dict[str, Any] = tidy_line(dict(raw))
    _check(line)
    own = line.get(OWN) or {}
    code = naming.plain_code(line.get("code"))
    is_short = not any(line.get(key) for key in BODY) and not any(key in own for key in ("steps", "methods"))
    record, doubts = _plain_record(line)
    if code:
        record["code"] = code
    record |= _checked(own)
    record = canonical({key: value for key, value in record.items() if value is not None})
    if not is_short:
        doubts += _missing(line, record)
    doubts = [doubt for doubt in doubts if doubt.place.partition("/")[0] not in own]
    return Reading(
        key=code or _source_key(line),
        code=code,
        is_local=bool(code) and one_line(line.get("code_raw") or line.get("code")) != code,
        is_short=is_short,
        record=record,
        field_name=naming.field_name(line.get("field")) or NO_FIELD,
        life_events=_life_events(line),
        doubts=doubts + _about_all(line, code),
        line=line,
    )


def life_event_slug(name: str) -> str:
    """Our slug for a life event as a source names it ("cu_tru_giay_to")."""
    plain = name.replace("_", "-")
    return LIFE_EVENTS.get(plain, plain)


def _checked(own: Mapping[str, Any]) -> Mapping[str, Any]:
    # Another portal's files aren't here; what is held here stays (services.held.kept_by).
    own = {key: value for key, value in own.items() if key != HELD}
    said = {key: value for key, value in own.items() if value is not None and key != "change_note"}
    try:
        check_part(said)
    except RecordError as trouble:
        raise LineError(f"{OWN}: {trouble}") from None
    if not isinstance(own.get("change_note", ""), str):
        raise LineError(f"{OWN}: change_note phải là chữ")
    return own


def _plain_record(line: Mapping[str, Any]) -> tuple[dict[str, Any], list[Doubtful]]:
    name = one_line(line["name"])
    performing = texts.read_agencies(line.get("agency"))
    competent = texts.read_agencies(line.get("authority"))
    papers = read_papers(line.get("components") or [], line.get("forms") or [])
    methods, doubts = _methods(line.get("methods") or [])
    if naming.is_doubtful(line["name"]):
        doubts.append(Doubtful(Kind.NAME_DOUBTFUL, "name", line["name"]))
    named = {file for row in papers.rows for file in row.get("form_files", ())}
    files = dict.fromkeys(file for form in line.get("forms") or [] for file in file_names(form))
    record = {
        "name": name,
        "short_name": naming.short_name(name),
        "field": naming.field_slug(naming.field_name(line.get("field"))) or NO_FIELD_SLUG,
        "levels": _levels(line, name, performing),
        "audience": texts.read_audience(line.get("audience")),
        "agency_text": line.get("agency") or "",
        "agencies": {"performing": performing, "competent": competent},
        "decision_no": one_line(line.get("decision_no")),
        "issuing_body": one_line(line.get("issuing_body")),
        "portal_url": one_line(line.get("portal_url")),
        "kind": KINDS.get(one_line(line.get("kind")), one_line(line.get("kind"))),
        "summary": line.get("summary") or "",
        "steps": texts.read_steps(line.get("steps") or ""),
        "methods": methods,
        "requirements": papers.rows,
        "dossier_sets": papers.sets or 1,
        "conditions": line.get("conditions") or "",
        "results": texts.read_results(line.get("result")),
        "legal_basis": texts.read_legal_basis(line.get("legal_basis") or []),
        "keywords": texts.read_keywords(line.get("keywords")),
        "forms": [file for file in files if file not in named],
    }
    return record, doubts + papers.doubts


def _levels(line: Mapping[str, Any], name: str, performing: list[str]) -> list[str]:
    given = [LEVELS[level] for level in line.get("levels") or [] if level in LEVELS]
    if not given and line.get("level"):
        said = fold(line["level"])
        signs = {"bo": _Level.MINISTRY, "tinh": _Level.PROVINCE, "xa": _Level.COMMUNE, "khac": _Level.OTHER}
        given = [level for word, level in signs.items() if f" {word}" in f" {said}"]
    return [str(level) for level in given or naming.levels_said(name, performing)]


def _methods(rows: list[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[Doubtful]]:
    methods, doubts = [], []
    for position, row in enumerate(rows, 1):
        limit, fee = read_limit(row), read_fee(row)
        methods.append(
            {
                "channel": str(CHANNELS[row["channel"]]),
                "limit_value": limit.value,
                "limit_unit": str(limit.unit),
                "limit_text": limit.text,
                "fee_kind": str(fee.kind),
                "fee_text": fee.text,
                "fees": fee.fees,
                "description": row.get("description") or "",
            }
        )
        place = f"methods/{position}"
        if limit.doubt:
            doubts.append(Doubtful(limit.doubt, place, row.get("duration_text") or ""))
        if fee.doubt:
            doubts.append(Doubtful(fee.doubt, place, row.get("fee_text") or ""))
    return methods, _together(doubts, len(rows))


def _together(doubts: list[Doubtful], count: int) -> list[Doubtful]:
    """What is missing from every way is one doubt about all of them."""
    kept = list(doubts)
    for kind in (Kind.FEE_MISSING, Kind.LIMIT_MISSING):
        same = [doubt for doubt in kept if doubt.kind == kind]
        if count > 1 and len(same) == count:
            said = "\n".join(dict.fromkeys(doubt.text for doubt in same if doubt.text))
            kept = [doubt for doubt in kept if doubt.kind != kind] + [Doubtful(kind, "methods", said)]
    return kept


def _missing(line: Mapping[str, Any], record: Mapping[str, Any]) -> list[Doubtful]:
    missing = [Doubtful(Kind.PART_MISSING, part) for part in _WANTED if not record.get(part)]
    if not one_line(line.get("field")) and record["field"] == NO_FIELD_SLUG:
        missing.append(Doubtful(Kind.PART_MISSING, "field"))
    return missing


def _about_all(line: Mapping[str, Any], code: str) -> list[Doubtful]:
    doubts = []
    if not code:
        doubts.append(Doubtful(Kind.NO_CODE, "", one_line(line.get("code_raw") or line.get("code"))))
    listed = [value for key, value in line.items() if key.startswith("in_national_index")]
    scope = line.get("scope")
    if False in listed or (isinstance(scope, str) and not scope.startswith("national_portal")):
        doubts.append(Doubtful(Kind.STALE, "", scope if isinstance(scope, str) else ""))
    return doubts


def _life_events(line: Mapping[str, Any]) -> list[str]:
    return sorted({life_event_slug(one_line(name)) for name in line.get("life_events") or []})


def _source_key(line: Mapping[str, Any]) -> str:
    """Source and name together: one source may hold several records."""
    said = f"{one_line(line.get('source'))}\n{fold(line['name'])}"
    return f"nguon-{hashlib.sha256(said.encode()).hexdigest()[:40]}"


_TEXTS = (
    *("name", "code", "code_raw", "field", "level", "agency", "authority", "steps", "result", "conditions", "scope"),
    *("decision_no", "issuing_body", "portal_url", "kind", "keywords", "summary", "source"),
)
# Ten times what the national catalogue has, and more: what is taken apart word by word must end somewhere.
_LONGEST_CELL, _MOST = 20_000, 3_000
_CELLS = ("agency", "authority", "result", "audience", "keywords", "field", "level")
_LONGEST = dict.fromkeys(_CELLS, _LONGEST_CELL) | {
    "name": 1500,
    "decision_no": 100,
    "issuing_body": 200,
    "portal_url": 300,
    "kind": 200,
}
_LISTS = {"forms": str, "legal_basis": str, "levels": str, "life_events": str, "methods": dict, "components": dict}


def _check(line: Mapping[str, Any]) -> None:
    if not isinstance(line.get("name"), str) or not line["name"]:
        raise LineError("không có tên thủ tục (name)")
    for key in _TEXTS:
        if not isinstance(line.get(key) or "", str):
            raise LineError(f"{key} phải là chữ")
    for key, longest in _LONGEST.items():
        if isinstance(line.get(key), str) and len(line[key]) > longest:
            raise LineError(f"{key} dài hơn {longest} ký tự")
    for key, kind in _LISTS.items():
        value = line.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
            raise LineError(f"{key} phải là danh sách các {'chuỗi chữ' if kind is str else 'đối tượng'}")
        if len(value) > _MOST:
            raise LineError(f"{key} có hơn {_MOST} dòng")
    audience = line.get("audience") or ""
    is_list = isinstance(audience, list) and all(isinstance(one, str) for one in audience)
    if not (is_list or isinstance(audience, str)) or not isinstance(line.get(OWN) or {}, dict):
        raise LineError("audience hoặc motcua sai kiểu")
    for position, row in enumerate(line.get("methods") or [], 1):
        _check_method(row, position)
    for position, row in enumerate(line.get("components") or [], 1):
        _check_component(row, position)


def _check_method(row: Mapping[str, Any], position: int) -> None:
    if not isinstance(row.get("channel"), str) or row["channel"] not in CHANNELS:
        raise LineError(f"methods/{position}: channel phải là direct, online hoặc postal")
    for key in ("duration_text", "duration_unit", "fee_text", "description"):
        if not isinstance(row.get(key) or "", str):
            raise LineError(f"methods/{position}: {key} phải là chữ")
    value = row.get("duration_value") or 0
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise LineError(f"methods/{position}: duration_value phải là số")
    fees = row.get("fees") or []
    if not isinstance(fees, list) or not all(map(_is_fee, fees)):
        raise LineError(f"methods/{position}: fees phải là danh sách các mức phí")


def _is_fee(fee: Any) -> bool:
    return (
        isinstance(fee, dict)
        and isinstance(fee.get("amount") or 0, int | float | str)
        and isinstance(fee.get("currency") or "", str)
        and isinstance(fee.get("note") or "", str)
    )


def _check_component(row: Mapping[str, Any], position: int) -> None:
    if not isinstance(row.get("name"), str) or not row["name"]:
        raise LineError(f"components/{position}: không có tên giấy tờ")
    for key in ("form_name", "group"):
        if not isinstance(row.get(key) or "", str):
            raise LineError(f"components/{position}: {key} phải là chữ")
    for key in ("name", "form_name", "group"):
        if len(row.get(key) or "") > _LONGEST_CELL:
            raise LineError(f"components/{position}: {key} dài hơn {_LONGEST_CELL} ký tự")
    for key in ("originals", "copies"):
        count = row.get(key) or 0
        if not isinstance(count, int) or not 0 <= count <= 32767:
            raise LineError(f"components/{position}: {key} phải là số nguyên không âm")
